"""A family's chats on two platforms at once: one row of chats to the player."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.console.sender import ConsoleScreen
from bot.play.chats import Chats, Words
from bot.play.log import ChatLog, Entry, Message, Place
from bot.play.pages import Pages
from bot.play.process import Process
from bot.play.script import FAMILY, MAIN
from scheduling.messages import Button, ChatAddress, Platform


class SeveralChats:
    """main: where the families live. others: by the name that steps call them by; each has one
    group, FAMILY, of the first family's people, of which the product knows nothing."""

    def __init__(self, main: Chats, others: Mapping[str, Chats]) -> None:
        self._all: dict[str, Chats] = {MAIN: main, **others}
        self._log = ChatLog()
        self._read = dict.fromkeys(self._all, 0)
        self._inner: dict[tuple[Place, str], Message] = {}

    @property
    def platform(self) -> Platform:
        return self._all[MAIN].platform

    @property
    def log(self) -> ChatLog:
        """What all have seen, each platform in its order."""
        for name, chats in self._all.items():
            entries = chats.log.entries
            while self._read[name] < len(entries):
                self._read[name] += 1
                self._record(name, entries[self._read[name] - 1])
        return self._log

    @property
    def screen(self) -> ConsoleScreen:
        """The console's, where there is one."""
        found = (c.screen for c in self._all.values() if c.platform == "console")
        return next(found, self._all[MAIN].screen)

    async def open(self, families: dict[str, list[str]]) -> None:
        for name, chats in self._all.items():
            await chats.open(families if name == MAIN else {FAMILY: families[FAMILY]})

    async def close(self) -> None:
        for chats in self._all.values():
            await chats.close()

    def settings(self) -> dict[str, Any]:
        return {key: v for chats in self._all.values() for key, v in chats.settings().items()}

    def address(self, place: Place) -> ChatAddress:
        return self._at(place).address(_there(place))

    def account(self, name: str) -> str:
        return self._all[MAIN].account(name)

    def pages_of(self, platform: str) -> Pages | None:
        return self._all[platform].pages_of(platform)

    async def say(self, words: Words) -> None:
        reply = words.reply_to and self._own(words.reply_to)
        there = replace(words, place=_there(words.place), reply_to=reply)
        await self._at(words.place).say(there)

    async def edit(self, who: str, place: Place, mine: str, text: str, at: datetime) -> None:
        await self._at(place).edit(who, _there(place), mine, text, at)

    async def tap(self, who: str, message: Message, button: Button, at: datetime) -> None:
        await self._at(message.place).tap(who, self._own(message), button, at)

    async def hand_over(self, process: Process) -> None:
        for chats in self._all.values():
            await chats.hand_over(process)

    def waiting(self) -> bool:
        return any(chats.waiting() for chats in self._all.values())

    def _at(self, place: Place) -> Chats:
        return self._all[place.platform]

    def _own(self, message: Message) -> Message:
        """The message as its own platform's end knows it."""
        return self._inner[message.place, message.ref]

    def _record(self, name: str, entry: Entry) -> None:
        place = replace(entry.place, platform=name)
        if entry.message is None:
            self._log.toast(place, entry.to or "", entry.text)
            return
        self._inner[place, entry.message.ref] = entry.message
        self._log.show(place, entry.message.ref, entry.text, tuple(_buttons(entry)))


def _there(place: Place) -> Place:
    """The place as its own platform's end names it."""
    return replace(place, platform=MAIN)


def _buttons(entry: Entry) -> Iterator[Button]:
    """The buttons as they were then; the message may have others by now."""
    assert entry.message is not None
    for label in entry.buttons:
        yield next(b for b in reversed(entry.message.ever) if b.label == label)
