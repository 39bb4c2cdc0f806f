"""Putting a service together for a script: the real parts, on the script's settings."""

from __future__ import annotations

from bot.clock import HandClock
from bot.console.sender import ConsoleScreen
from bot.platforms import ChatPlatform
from bot.play.ends import console_end, slack_end, telegram_end
from bot.play.process import ServiceSpec
from bot.receiving import Receiving, build_receiving
from bot.settings import Settings
from bot.wiring import Service, build


async def build_service(spec: ServiceSpec, screen: ConsoleScreen, clock: HandClock) -> Service:
    """The whole product on this event loop, not started yet."""
    settings = settings_of(spec)
    ends = ends_of(spec, settings, screen, clock)
    return await build(settings, clock=clock, platforms=ends)


async def build_receiver(spec: ServiceSpec, screen: ConsoleScreen, clock: HandClock) -> Receiving:
    """What only receives, where the settings name a broker. Not started yet."""
    settings = settings_of(spec)
    ends = ends_of(spec, settings, screen, clock)
    return await build_receiving(settings, clock=clock, platforms=ends)


def settings_of(spec: ServiceSpec) -> Settings:
    """Nothing but the script's own."""
    return Settings(_env_file=None, family_scheduler_crash_at=spec.crash_at, **spec.settings)


def ends_of(
    spec: ServiceSpec, settings: Settings, screen: ConsoleScreen, clock: HandClock
) -> list[ChatPlatform]:
    """One for each platform that the script is played on."""
    return [_end(name, settings, screen, clock) for name in spec.platform.split()]


def _end(name: str, settings: Settings, screen: ConsoleScreen, clock: HandClock) -> ChatPlatform:
    if name == "telegram":
        return telegram_end(settings, clock)
    return slack_end(settings, clock) if name == "slack" else console_end(screen)
