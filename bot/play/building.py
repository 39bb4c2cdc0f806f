"""Putting a service together for a script: the real parts, on the script's settings."""

from __future__ import annotations

from bot.clock import HandClock
from bot.console.sender import ConsoleScreen
from bot.platforms import ChatPlatform
from bot.play.ends import console_end, slack_end, telegram_end
from bot.play.process import ServiceSpec
from bot.settings import Settings
from bot.wiring import Service, build


async def build_service(spec: ServiceSpec, screen: ConsoleScreen, clock: HandClock) -> Service:
    """The whole product on this event loop, not started yet."""
    settings = Settings(_env_file=None, family_scheduler_crash_at=spec.crash_at, **spec.settings)
    ends = [_end(name, settings, screen, clock) for name in spec.platform.split()]
    return await build(settings, clock=clock, platforms=ends)


def _end(name: str, settings: Settings, screen: ConsoleScreen, clock: HandClock) -> ChatPlatform:
    if name == "telegram":
        return telegram_end(settings, clock)
    return slack_end(settings, clock) if name == "slack" else console_end(screen)
