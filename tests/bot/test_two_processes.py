"""Two processes on one PostgreSQL: whatever they do at the same moment happens once.

Real processes, forked from the nursery; each is told of its own people only, and both drain
whatever they find. What either shows is on one list.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest

from bot.console import codec
from bot.console.sender import Shown
from bot.play.nursery import Nursery
from bot.play.process import ServiceSpec
from bot.play.remote import RemoteProcess
from scheduling.events import Occurrence
from scheduling.family import Household, Member, Resource, ResourceType, Role, Settings
from scheduling.messages import Inbound, TapAnswer
from scheduling.ports import Chat
from scheduling.span import Span
from storage.engine import Database, open_database

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
ALWAYS = Span(NOW - timedelta(days=1), NOW + timedelta(days=400))
PEOPLE = {"Anna": codec.chat("one"), "Ben": codec.chat("two"), "Cleo": codec.chat("one")}
"""Three parents of one family, and the chat of it in which each writes."""

RACES = 200
TAPS = 50
REMINDERS = 100


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as opened:
        yield opened


@dataclass
class Screen:
    """All that one process has shown, in order."""

    shown: list[Shown] = field(default_factory=list)

    def show(self, shown: Shown) -> None:
        self.shown.append(shown)


class Pair:
    """One family, its database, and two processes that serve it."""

    def __init__(self, url: str, nursery: Nursery, database: Database) -> None:
        self.database = database
        self.screens = (Screen(), Screen())
        spec = ServiceSpec({"database_url": url, "lease_seconds": 60}, "console")
        self.processes = [RemoteProcess(spec, screen, nursery) for screen in self.screens]
        self.family = _family(Settings())
        self._numbers = count(1)

    async def start(self) -> None:
        await _write(self.database, self.family)
        await asyncio.gather(*(process.start(NOW) for process in self.processes))

    def said(self, who: str, text: str) -> Inbound:
        return codec.message(text, codec.account(who), PEOPLE[who], self._number(), NOW)

    def tapped(self, who: str, data: str, shown: Shown) -> Inbound:
        return codec.tap(data, codec.account(who), shown.chat, shown.ref, self._number(), NOW)

    def _number(self) -> str:
        return str(next(self._numbers))

    async def at_once(self, first: Inbound, second: Inbound) -> list[TapAnswer | None]:
        """Each process hears one of the two at the same moment; both then work till all is done."""
        one, other = self.processes
        answers = await asyncio.gather(one.receive(first), other.receive(second))
        await self.settle()
        return list(answers)

    async def settle(self) -> None:
        await asyncio.gather(*(process.settle() for process in self.processes))

    def take_shown(self) -> list[Shown]:
        """What has been shown since the last time, by either."""
        found = [shown for screen in self.screens for shown in screen.shown]
        for screen in self.screens:
            screen.shown.clear()
        return found

    async def occurrences(self) -> list[Occurrence]:
        async with self.database.reader() as uow:
            return await uow.occurrences.overlapping(self.family.id, ALWAYS)


@asynccontextmanager
async def _pair(url: str, nursery: Nursery) -> AsyncIterator[Pair]:
    database = open_database(url)
    pair = Pair(url, nursery, database)
    try:
        await pair.start()
        yield pair
    finally:
        await asyncio.gather(*(process.stop() for process in pair.processes))
        await database.close()


@pytest.fixture
async def pair(postgresql_url: str, nursery: Nursery) -> AsyncIterator[Pair]:
    async with _pair(postgresql_url, nursery) as opened:
        yield opened


def _family(settings: Settings) -> Household:
    members = tuple(Member(uuid4(), name, Role.PARENT) for name in PEOPLE)
    car = Resource(uuid4(), "car", ResourceType.VEHICLE, 1)
    zone = "America/New_York"
    return Household(uuid4(), "Rivera", zone, settings, members=members, resources=(car,))


async def _write(database: Database, family: Household) -> None:
    async with database.uow() as uow:
        await uow.households.add(family)
        for chat in dict.fromkeys(PEOPLE.values()):
            await uow.chats.add(Chat(uuid4(), family.id, chat))
        for member in family.members:
            account = codec.account(member.name).external_id
            await uow.identities.link(family.id, "console", account, member.id)
        await uow.commit()


def _hour(number: int) -> str:
    """A free hour for each race, eight a day."""
    days, hours = divmod(number, 8)
    day = NOW + timedelta(days=2 + days)
    return f"{day:%B} {day.day} {day.year} at {8 + hours}:00 for 1 hour"


def _to_each(shown: list[Shown]) -> dict[str, list[Shown]]:
    return {who: [s for s in shown if s.chat == PEOPLE[who]] for who in ("Anna", "Ben")}


async def test_the_same_car_at_the_same_hour(pair: Pair) -> None:
    winners: Counter[str] = Counter()
    for number in range(RACES):
        when = _hour(number)
        titles = {"Anna": f"anna{number}", "Ben": f"ben{number}"}
        await pair.at_once(
            *(pair.said(who, f"{title} {when}, need the car") for who, title in titles.items())
        )
        shown = _to_each(pair.take_shown())
        booked = [who for who in titles if shown[who][-1].text.startswith("✓")]
        assert len(booked) == 1, shown
        (winner,) = booked
        (loser,) = set(titles) - {winner}
        told = shown[loser][-1]
        assert titles[winner] in told.text, told
        assert any(b.label.startswith("Approve") for row in told.buttons for b in row), told
        winners[titles[winner]] += 1
    found = await pair.occurrences()
    assert Counter(o.title for o in found) == winners
    assert len({o.span for o in found}) == RACES


async def _clash(pair: Pair, number: int) -> Shown:
    """Cleo wants the car while Anna and Ben have it: the card with the ways out."""
    when = _hour(8 * number)
    for who, words in (("Anna", f"market{number} for Anna and Ben"), ("Cleo", f"visit{number}")):
        await pair.processes[0].receive(pair.said(who, f"{words} {when}, car"))
        await pair.processes[0].settle()
    return pair.take_shown()[-1]


def _button(card: Shown, number: str) -> str:
    buttons = (button for row in card.buttons for button in row)
    return next(b.data for b in buttons if b.label in (f"Approve {number}", number))


def _numbered(card: Shown, words: str) -> str:
    """The number of the way out that says these words."""
    return next(line for line in card.text.splitlines() if words in line).partition(". ")[0]


async def test_two_parents_tap_the_same_proposal(pair: Pair) -> None:
    wins: Counter[str] = Counter()
    for number in range(TAPS):
        card = await _clash(pair, number)
        approve = _button(card, _numbered(card, f"visit{number} moves"))
        other = approve if number % 2 else _button(card, "Reject")
        answers = await pair.at_once(
            pair.tapped("Anna", approve, card), pair.tapped("Ben", other, card)
        )
        (won,) = [a for a in answers if a is not None and not a.alert]
        (lost,) = [a for a in answers if a is not None and a.alert]
        assert "already" in lost.text, answers
        (shown,) = pair.take_shown()
        assert shown.ref == card.ref
        approved = won.text.startswith("Approved")
        assert await _booked(pair, f"visit{number}") == approved
        wins["Anna" if answers[0] is won else "Ben"] += 1
    assert await _undecided(pair) == 0
    assert wins.total() == TAPS


async def _booked(pair: Pair, title: str) -> int:
    return sum(o.title == title for o in await pair.occurrences())


async def _undecided(pair: Pair) -> int:
    """Proposals that are open, or decided and never carried out."""
    async with pair.database.reader() as uow:
        still_open = await uow.proposals.open_of_household(pair.family.id)
        half_done = await uow.proposals.decided_uncommitted(datetime.now(UTC) + timedelta(days=1))
        return len(still_open) + len(half_done)


async def test_both_agree_at_the_same_moment_where_both_have_to(pair: Pair) -> None:
    settings = replace(pair.family.settings, consent="everyone_affected")
    async with pair.database.uow() as uow:
        await uow.households.save_settings(pair.family.id, settings)
        await uow.commit()
    for number in range(TAPS):
        card = await _clash(pair, number)
        approve = _button(card, _numbered(card, f"market{number} moves"))
        answers = await pair.at_once(*(pair.tapped(who, approve, card) for who in ("Anna", "Ben")))
        told = sorted(a.text.partition(" ")[0] for a in answers if a is not None)
        assert told == ["Approved:", "Noted."], answers
        assert await _booked(pair, f"visit{number}") == 1
        pair.take_shown()
    assert await _undecided(pair) == 0


async def test_each_reminder_once(pair: Pair) -> None:
    for number in range(REMINDERS):
        await pair.processes[0].receive(pair.said("Anna", f"errand{number} {_hour(number)}"))
    await pair.settle()
    pair.take_shown()
    for days in range(2, 2 + REMINDERS // 8 + 1):
        evening = NOW + timedelta(days=days, hours=9)
        await asyncio.gather(*(process.set_clock(evening) for process in pair.processes))
        await pair.settle()
    told = Counter(word for s in pair.take_shown() for word in _errands(s.text))
    assert told == {f"errand{number}": 1 for number in range(REMINDERS)}


def _errands(text: str) -> list[str]:
    return [word.strip("⏰,.()") for word in text.split() if word.startswith("errand")]


async def test_the_first_words_in_a_new_chat_make_one_family(pair: Pair) -> None:
    for number in range(10):
        group = codec.chat(f"new{number}", title=f"New {number}")
        zoe = codec.account("Zoe")
        await pair.at_once(
            *(codec.message("hello", zoe, group, f"{number}.{i}", NOW) for i in range(2))
        )
        async with pair.database.reader() as uow:
            chat = await uow.chats.find(group)
            assert chat is not None
            family = await uow.households.get(chat.household_id)
        assert [m.name for m in family.members] == ["Zoe"]
        async with pair.database.reader() as uow:
            assert not await uow.inbox.pending()
    async with pair.database.reader() as uow:
        assert len(await uow.households.all_ids()) == 1 + 10
