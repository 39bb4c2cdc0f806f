"""The console's chats in a script: the codec on one side, a recording screen on the other."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from itertools import count
from typing import Any, Literal

from bot.console import codec
from bot.console.sender import ConsoleScreen, Shown
from bot.play.chats import Words
from bot.play.log import ChatLog, Message, Place, private
from bot.play.pages import Pages
from bot.play.process import Process
from bot.play.script import FAMILY
from scheduling.messages import Button, ChatAddress, Inbound, Sender


class ConsoleChats:
    """Keeps what was typed until a service has it, as a platform that redelivers does."""

    platform: Literal["console"] = "console"

    def __init__(self) -> None:
        self.log = ChatLog()
        self.screen: ConsoleScreen = self
        self._queue: deque[tuple[Inbound, Place, str]] = deque()
        self._refs = count(1)
        self._edits = count(1)
        self._taps = count(1)
        self._said: dict[tuple[Place, str, str], str] = {}

    async def open(self, families: dict[str, list[str]]) -> None:
        """A console has room for any number of chats."""

    async def close(self) -> None:
        """Nothing is held."""

    def settings(self) -> dict[str, Any]:
        return {}

    def address(self, place: Place) -> ChatAddress:
        if place.private:
            return codec.private_chat(place.name)
        first = place.name == FAMILY
        return codec.chat(codec.HOME if first else f"{codec.HOME}:{place.name}", title=place.name)

    def account(self, name: str) -> str:
        return codec.account(name).external_id

    def pages_of(self, platform: str) -> Pages | None:
        return None

    async def say(self, words: Words) -> None:
        update = words.update_id
        ref = f"u{update}" if update is not None else str(next(self._refs))
        self._said[words.place, words.who, words.text] = ref
        inbound = codec.message(
            words.text,
            self._account(words.who),
            self.address(words.place),
            ref,
            words.at,
            addressed=words.addressed,
            reply_ref=words.reply_to.ref if words.reply_to else None,
            file=words.file,
        )
        self._queue.append((inbound, words.place, words.who))

    async def edit(self, who: str, place: Place, mine: str, text: str, at: datetime) -> None:
        ref = self._said[place, who, text] = self._said[place, who, mine]
        where, version = self.address(place), next(self._edits)
        inbound = codec.edit(text, self._account(who), where, ref, at, version=version)
        self._queue.append((inbound, place, who))

    async def tap(self, who: str, message: Message, button: Button, at: datetime) -> None:
        where = self.address(message.place)
        tap_id = f"t{next(self._taps)}"
        inbound = codec.tap(button.data, self._account(who), where, message.ref, tap_id, at)
        self._queue.append((inbound, message.place, who))

    async def hand_over(self, process: Process) -> None:
        while self._queue:
            inbound, place, who = self._queue[0]
            answer = await process.receive(inbound)
            self._queue.popleft()
            if answer is not None:
                self.log.toast(place, who, answer.text)

    def waiting(self) -> bool:
        return bool(self._queue)

    def show(self, shown: Shown) -> None:
        buttons = tuple(button for row in shown.buttons for button in row)
        text = "\n".join([shown.text, *(f"[file {a.name}]" for a in shown.attachments)])
        self.log.show(self._place(shown.chat), shown.ref, text, buttons)

    def _account(self, name: str) -> Sender:
        return codec.account(name)

    def _place(self, chat: ChatAddress) -> Place:
        if chat.private:
            return private(chat.external_id.partition(":")[2])
        _, _, family = chat.external_id.partition(":")
        return Place(family or FAMILY)
