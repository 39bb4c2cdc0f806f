"""The whole product over the counterpart: being heard, groups, topics, the way into a group."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import HandClock
from bot.pacing import UNPACED
from bot.play.counterparts.telegram import Chat, Message, Telegram, User
from bot.settings import Settings
from bot.telegram.app import TelegramOptions, TelegramPlatform
from bot.wiring import Service, build
from tests.bot.telegram.conftest import no_sleep

NOW = datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("America/New_York"))


@dataclass
class House:
    """People on Telegram, and the service they talk to."""

    telegram: Telegram
    service: Service
    clock: HandClock
    anna: User
    seen: dict[int, int] = field(default_factory=dict)

    async def settle(self) -> None:
        for _ in range(2):
            await self.telegram.drained()
            await self.service.settle()

    async def say(self, chat: Chat, text: str, topic: int | None = None) -> str:
        """What Anna writes; what the bot answers with."""
        before = len(self.telegram.from_bot(chat))
        self.telegram.say(chat, self.anna, text, topic=topic)
        await self.settle()
        return "\n".join(m.text for m in self.telegram.from_bot(chat)[before:])

    async def tap(self, chat: Chat, label: str) -> tuple[str | None, bool | None]:
        """Anna taps the newest such button; the toast."""
        card = next(m for m in reversed(self.telegram.from_bot(chat)) if _label(m, label))
        tap = self.telegram.tap(self.anna, card, _label(card, label) or "")
        await self.settle()
        return tap.answer, tap.alert

    async def begin(self, chat: Chat) -> None:
        await self.say(chat, "/start@family_bot")
        await self.tap(chat, "New York")
        await self.tap(chat, "No digest")

    async def families(self) -> int:
        async with self.service.database.reader() as uow:
            return len(await uow.households.all_ids())


def _label(message: Message, begins: str) -> str | None:
    return next((label for label in message.labels if label.startswith(begins)), None)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[House]:
    async with Telegram() as telegram:
        clock = HandClock(NOW)
        options = TelegramOptions(telegram.state.token, telegram.base_url, pace=UNPACED)
        platform = TelegramPlatform(options, now=clock.now, sleep=no_sleep)
        settings = Settings(_env_file=None, database_url=url)
        service = await build(settings, clock=clock, platforms=[platform])
        await service.start()
        await platform.ready()
        try:
            yield House(telegram, service, clock, telegram.user("Anna"))
        finally:
            await service.stop()


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    async with opened(sqlite_url) as found:
        yield found


ONLY = "In this group I only see what is meant for me"
DEAF = "I still hear nothing that is not for me"


@pytest.mark.parametrize(
    ("privacy", "place", "told"),
    [
        (True, "member", True),
        (True, "administrator", False),
        (False, "member", False),
    ],
)
async def test_privacy_mode_is_explained_where_it_holds(
    house: House, privacy: bool, place: str, told: bool
) -> None:
    group = house.telegram.group("Riveras", [house.anna])
    house.telegram.state.privacy = privacy
    group.bot = place  # type: ignore[assignment]
    assert (ONLY in await house.say(group, "/start@family_bot")) is told
    answer = await house.say(group, "/settings@family_bot listen on")
    assert "talk that is not for me: yes" in answer
    assert (DEAF in answer) is told
    assert DEAF not in await house.say(group, "/settings@family_bot listen off")
    assert DEAF not in await house.say(group, "/settings@family_bot 24h")


async def test_where_telegram_does_not_answer_what_was_known_is_told(house: House) -> None:
    from bot.play.counterparts.telegram import ApiError

    group = house.telegram.group("Riveras", [house.anna])
    house.telegram.state.privacy = False
    house.telegram.fail_next("getMe", ApiError(500, "Internal Server Error"))
    assert ONLY in await house.say(group, "/start@family_bot")


async def test_alone_one_is_shown_the_way_into_the_group(house: House) -> None:
    private = house.telegram.private(house.anna)
    link = "https://t.me/family_bot?startgroup=family"
    assert link in await house.say(private, "/start")
    await house.tap(private, "New York")
    await house.tap(private, "No digest")
    assert link in await house.say(private, "/start")
    group = house.telegram.group("Riveras", [house.anna], bot=False)
    house.telegram.add_bot(group, house.anna)
    await house.settle()
    told = "\n".join(m.text for m in house.telegram.from_bot(group))
    assert "now shares the calendar of Anna's family" in told
    assert link not in told
    assert link not in await house.say(private, "/start")
    await house.say(group, "@family_bot dentist tomorrow 3pm")
    assert "dentist" in await house.say(private, "what's on tomorrow?")
    assert await house.families() == 1


async def test_a_group_keeps_its_calendar_as_a_supergroup(house: House) -> None:
    group = house.telegram.group("Riveras", [house.anna])
    await house.begin(group)
    await house.say(group, "@family_bot dentist Friday 3pm")
    new = house.telegram.migrate(group, house.anna)
    await house.settle()
    assert "dentist" in await house.say(new, "@family_bot what's on Friday?")
    house.clock.set(NOW + timedelta(days=2, hours=4))
    before = len(house.telegram.from_bot(new))
    await house.settle()
    assert "dentist" in house.telegram.from_bot(new)[before].text
    assert await house.families() == 1


async def test_a_topic_is_answered_and_reminded_in_itself(house: House) -> None:
    group = house.telegram.group("Riveras", [house.anna], supergroup=True)
    school, sports = (house.telegram.topic(group, name) for name in ("School", "Sports"))
    await house.begin(group)
    assert "dentist" in await house.say(group, "@family_bot dentist today 3pm", topic=school)
    assert "dentist" in await house.say(group, "/today@family_bot", topic=sports)
    house.clock.set(NOW + timedelta(hours=4))
    await house.settle()
    newest = house.telegram.from_bot(group)[-3:]
    assert [m.topic for m in newest] == [school, sports, school]
    assert "⏰ dentist" in newest[-1].text
    assert await house.families() == 1
