"""A family talking to the whole product in this process: real parts, a hand clock, SQLite."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Never
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.clock import HandClock
from bot.console import codec
from bot.console.sender import Shown
from bot.play.ends import console_end
from bot.settings import Settings
from bot.wiring import Service, build
from scheduling.events import Occurrence
from scheduling.family import Household, Member, Resource, ResourceType, Role
from scheduling.messages import Button, ChatAddress, Inbound
from scheduling.ports import Chat
from scheduling.span import Span
from storage.engine import Database, open_database

ZONE = ZoneInfo("America/New_York")
MORNING = datetime(2026, 3, 4, 10, tzinfo=ZONE)
"""A Wednesday, four days before the clocks go forward."""

RIVERA = {"Anna": Role.PARENT, "Ben": Role.PARENT, "Mia": Role.CHILD, "Leo": Role.CHILD}
CHEN = {"Li": Role.PARENT}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing people were shown: a message (new or edited), or the answer to a tap."""

    text: str
    buttons: tuple[Button, ...] = ()
    toast: bool = False


class Talk:
    """Everything the family says goes in at the gateway; everything it is shown is in `heard`."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.service: Service
        self.heard: list[Heard] = []
        self.messages: dict[str, Shown] = {}
        self.versions: list[Shown] = []
        self.said: list[tuple[str, str]] = []
        self.news = asyncio.Event()
        self._numbers = count(1)

    async def hears(self, words: str) -> None:
        """Wait until that is shown, with the product's own loops running."""
        async with asyncio.timeout(30):
            while not any(words in heard.text for heard in self.heard):
                self.news.clear()
                await self.news.wait()

    def show(self, shown: Shown) -> None:
        self.news.set()
        self.messages[shown.ref] = shown
        self.versions.append(shown)
        buttons = tuple(b for row in shown.buttons for b in row)
        files = [f"[file {a.name}]" for a in shown.attachments]
        self.heard.append(Heard("\n".join([shown.text, *files]), buttons))

    async def say(
        self, text: str, who: str = "Anna", *, addressed: bool = True, reply_ref: str | None = None
    ) -> None:
        """A message or a command of `who` in the family's chat, answered when this returns."""
        ref = str(next(self._numbers))
        self.said.append((who, ref))
        sender, where = codec.account(who), chat_of(who)
        now = self.clock.now()
        await self.receive(
            codec.message(text, sender, where, ref, now, addressed=addressed, reply_ref=reply_ref)
        )

    async def edit(self, number: int, text: str) -> None:
        """The message said as `number` (1 = the first) now reads `text`."""
        who, ref = self.said[number - 1]
        version = next(self._numbers)
        now = self.clock.now()
        await self.receive(
            codec.edit(text, codec.account(who), chat_of(who), ref, now, version=version)
        )

    async def tap(self, label: str, who: str = "Anna", *, stale: bool = False) -> None:
        """The newest button whose label begins so; stale: gone by now or not.

        Raises LookupError if there is none."""
        standing = reversed(self.versions if stale else list(self.messages.values()))
        for shown in standing:
            for button in (b for row in shown.buttons for b in row):
                if button.label.startswith(label) and shown.chat == chat_of(who):
                    await self.tap_data(button.data, who, shown.ref)
                    return
        raise LookupError(f"no button {label!r}")

    async def tap_data(self, data: str, who: str = "Anna", ref: str = "none") -> None:
        """A tap that carries `data`, whoever wrote it."""
        tap_id = str(next(self._numbers))
        now = self.clock.now()
        await self.receive(codec.tap(data, codec.account(who), chat_of(who), ref, tap_id, now))

    async def receive(self, inbound: Inbound) -> None:
        answer = await self.service.receive(inbound)
        if answer is not None:
            self.heard.append(Heard(answer.text, toast=True))
        await self.service.settle()

    async def wait_until(self, moment: datetime) -> None:
        """Move family time; what falls due on the way happens in order."""
        while (due := await self.service.next_due()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            await self.service.settle()
        self.clock.set(moment)
        await self.service.settle()

    @asynccontextmanager
    async def broken(self) -> AsyncIterator[None]:
        """While inside, every turn that opens or resumes a thread fails, however often it is
        tried."""
        own = vars(self.service.turns.threads)
        own["begin"] = own["resume"] = _break
        yield
        del own["begin"], own["resume"]

    def last_button(self) -> Button:
        """The newest button shown to anyone."""
        rows = next(shown.buttons for shown in reversed(self.versions) if shown.buttons)
        return rows[0][0]

    async def calendar(self, who: str = "Anna") -> list[str]:
        """What stands on the family's calendar, a line an event, as a person would read it."""
        async with self.service.database.reader() as uow:
            chat = await uow.chats.find(chat_of(who))
            assert chat is not None
            household = await uow.households.get(chat.household_id)
            window = Span(MORNING - timedelta(days=400), MORNING + timedelta(days=366 * 6))
            found = await uow.occurrences.overlapping(household.id, window)
        events: dict[object, list[Occurrence]] = {}
        for occurrence in found:
            events.setdefault(occurrence.event_id, []).append(occurrence)
        return [_line(occurrences, household) for occurrences in events.values()]

    async def unfinished(self) -> bool:
        """Whether anything said is unanswered, or anything answered is undelivered."""
        async with self.service.database.reader() as uow:
            return await uow.inbox.pending() or await uow.outbox.next_retry() is not None


async def _break(*_: object, **__: object) -> Never:
    raise RuntimeError("broken for this test")


def chat_of(who: str) -> ChatAddress:
    """The Chens have a chat of their own; everybody else writes in the Riveras'."""
    return codec.chat("home:Chen" if who in CHEN else codec.HOME)


def _line(occurrences: list[Occurrence], household: Household) -> str:
    first = occurrences[0]
    start, end = (t.astimezone(household.zone) for t in (first.span.start, first.span.end))
    when = f"{start:%a %Y-%m-%d}" if first.all_day else f"{start:%a %Y-%m-%d %H:%M}–{end:%H:%M}"
    if not first.all_day and end.date() != start.date():
        when = f"{start:%a %Y-%m-%d %H:%M} – {end:%a %Y-%m-%d %H:%M}"
    who = [m.name for m in household.members if m.id in first.people]
    things = [r.name for r in household.resources if r.id in first.resources]
    whose = f" ({', '.join([*who, *things])})" if who or things else ""
    times = f" ×{len(occurrences)}" if len(occurrences) > 1 else ""
    return f"{when} {first.title}{whose}{times}"


@asynccontextmanager
async def talking(database_url: str, **more: Any) -> AsyncIterator[Talk]:
    """The product on a migrated database, with the two families in it (see `furnish`). more:
    settings."""
    clock = HandClock(MORNING)
    talk = Talk(clock)
    settings = Settings(_env_file=None, database_url=database_url, lease_seconds=30, **more)
    talk.service = await build(settings, clock=clock, platforms=[console_end(talk)])
    await talk.service.start()
    try:
        await _write_families(talk.service.database)
        yield talk
    finally:
        await talk.service.stop()


def furnish(migrated: Path, copy: Path) -> Path:
    """A copy of a migrated database with the Riveras (two parents, two children, a car) and the
    Chens in it: written once, because it takes as long as a short talk."""
    shutil.copyfile(migrated, copy)
    asyncio.run(_furnish(f"sqlite:///{copy}"))
    return copy


async def _furnish(database_url: str) -> None:
    database = open_database(database_url)
    await _write_families(database)
    await database.close()


async def _write_families(database: Database) -> None:
    async with database.reader() as uow:
        if await uow.chats.find(codec.chat()) is not None:
            return
    await _write(database, "Rivera", RIVERA)
    await _write(database, "Chen", CHEN)


async def _write(database: Database, name: str, roles: dict[str, Role]) -> None:
    members = tuple(Member(uuid4(), who, role) for who, role in roles.items())
    car = Resource(uuid4(), "car", ResourceType.VEHICLE, 1)
    family = Household(uuid4(), name, ZONE.key, members=members, resources=(car,))
    async with database.uow() as uow:
        await uow.households.add(family)
        await uow.chats.add(Chat(uuid4(), family.id, chat_of(members[0].name)))
        for member in members:
            account = codec.account(member.name)
            await uow.identities.link(family.id, "console", account.external_id, member.id)
        await uow.commit()
