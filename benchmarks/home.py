"""A family at a console, with the whole product behind it, on a given database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

from benchmarks.families import NOW, household
from bot.clock import HandClock
from bot.console import codec
from bot.console.app import ConsolePlatform
from bot.console.sender import Shown
from bot.settings import Settings
from bot.wiring import Service, build
from scheduling.family import Household
from scheduling.messages import Inbound, Sender
from scheduling.ports import Chat


class Screen:
    """Keeps what was shown last."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.something = asyncio.Event()

    def show(self, shown: Shown) -> None:
        self.shown = [shown]
        self.something.set()

    def button(self, label: str) -> str:
        """The data of the button whose label begins so. Raises StopIteration if none does."""
        rows = (button for shown in self.shown for row in shown.buttons for button in row)
        return next(button.data for button in rows if button.label.startswith(label))


class Home:
    """What people at the console do, and what the product then has to do."""

    def __init__(self, service: Service, screen: Screen, home: Household, chat_id: UUID) -> None:
        self.service = service
        self.screen = screen
        self.household = home
        self.chat_id = chat_id
        self._number = count()

    def free_booking(self) -> str:
        """Words for an event at a time that nobody has yet."""
        day, place = divmod(next(self._number), 16)
        when = NOW + timedelta(days=7 + day)
        clock = f"{7 + place}:00"
        return f"errand on {when:%B} {when.day} {when.year} at {clock} for 30 minutes"

    def message(self, text: str) -> Inbound:
        return codec.message(text, self._anna, codec.chat(), uuid4().hex, NOW)

    def tap(self, button: str) -> Inbound:
        ref = self.screen.shown[0].ref if self.screen.shown else "none"
        return codec.tap(button, self._anna, codec.chat(), ref, uuid4().hex, NOW)

    @property
    def _anna(self) -> Sender:
        return codec.account(self.household.members[0].name)

    async def turn(self, inbound: Inbound) -> None:
        """From the door in to the row for the door out."""
        await self.service.receive(inbound)
        if self.service.runner.has_work:
            await self.service.runner.drain_all()

    async def exchange(self, inbound: Inbound) -> None:
        """From what is typed until there is nothing left to do."""
        await self.service.receive(inbound)
        await self.service.settle()

    async def until_shown(self, inbound: Inbound) -> None:
        """From what is typed until the answer stands on the screen; `settled` does the rest."""
        self.screen.something.clear()
        await self.service.receive(inbound)
        self._settling = asyncio.create_task(self.service.settle())
        await self.screen.something.wait()

    async def settled(self) -> None:
        """What `until_shown` left to be done."""
        await self._settling


@asynccontextmanager
async def at_home(url: str) -> AsyncIterator[Home]:
    """A running product on an empty, migrated database, with one family that is set up."""
    screen, clock = Screen(), HandClock(NOW)
    platform = ConsolePlatform(screen)
    service = await build(Settings(database_url=url), clock=clock, platforms=[platform])
    await service.start()
    home = household("bench")
    chat = Chat(uuid4(), home.id, codec.chat())
    async with service.uow() as uow:
        await uow.households.add(home)
        await uow.chats.add(chat)
        for member in home.members:
            account = codec.account(member.name)
            await uow.identities.link(home.id, "console", account.external_id, member.id)
        await uow.commit()
    try:
        yield Home(service, screen, home, chat.id)
    finally:
        await service.stop()
