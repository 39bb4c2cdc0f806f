"""The console as a platform, and the conversation of the people at one terminal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from pathlib import Path
from typing import Literal
from uuid import UUID

from bot.console import codec
from bot.console.lines import Quit, SpeakAs, Spoken, TapNumber, read_line
from bot.console.sender import ConsoleScreen, ConsoleSender
from bot.console.terminal import Terminal
from scheduling.errors import LimitExceeded, NotFound
from scheduling.messages import (
    FILE_TOO_LARGE,
    LARGEST_FILE,
    ChatAddress,
    FileRef,
    Hearing,
    Inbound,
    TapAnswer,
)
from scheduling.ports import Clock, NewId, Receiver, Sender
from scheduling.speech import tr

HINT = (
    'Write as you would to your family, "Ben: …" to speak as Ben, a number to tap, /quit to leave.'
)


class ConsolePlatform:
    """Hands what is typed to the product and shows on `screen` what it says."""

    name: Literal["console"] = "console"

    def __init__(self, screen: ConsoleScreen) -> None:
        self.sender: Sender = ConsoleSender(screen)
        self._receiver: Receiver | None = None

    async def hearing(self, chat: ChatAddress) -> Hearing:
        return Hearing()

    async def fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        """From the disk of the one at the keyboard, who typed its name."""
        return await asyncio.to_thread(_read, Path(file.ref).expanduser)

    async def start(self, receiver: Receiver, *, listen: bool = True) -> None:
        self._receiver = receiver

    async def answered(self) -> None:
        """A tap is answered where it is typed."""

    async def stop_listening(self) -> None:
        self._receiver = None

    async def stop(self) -> None:
        await self.stop_listening()

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        """Returns when it is recorded. Raises RuntimeError while the platform is stopped."""
        if self._receiver is None:
            raise RuntimeError("the console is not listening")
        return await self._receiver.receive(inbound)


def _read(find: Callable[[], Path]) -> bytes:
    try:
        with find().open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except (OSError, RuntimeError):
        raise NotFound("I can't open that file. Is its name right?") from None
    if len(content) > LARGEST_FILE:
        raise LimitExceeded(tr(FILE_TOO_LARGE))
    return content


class Conversation:
    """People taking turns at one keyboard.

    names: of the members now, so that "Ben: …" is Ben speaking. settle: returns when all that
    was said has been answered, so that answers stand under what they answer, in a pipe too.
    """

    def __init__(
        self,
        platform: ConsolePlatform,
        terminal: Terminal,
        *,
        speaker: str,
        names: Callable[[], Awaitable[Collection[str]]],
        settle: Callable[[], Awaitable[None]],
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._platform = platform
        self._terminal = terminal
        self._speaker = speaker
        self._names = names
        self._settle = settle
        self._clock = clock
        self._new_id = new_id

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Until the lines end or someone writes /quit."""
        self._terminal.say(HINT)
        self._terminal.prompt(self._speaker)
        async for line in lines:
            if not await self._line(line):
                return
            self._terminal.prompt(self._speaker)

    async def _line(self, text: str) -> bool:
        heard = read_line(text, await self._names())
        if isinstance(heard, Quit):
            return False
        if isinstance(heard, SpeakAs):
            self._speaker = heard.name
        elif isinstance(heard, TapNumber):
            await self._tap(heard)
        elif heard is not None:
            await self._say(heard)
        return True

    async def _say(self, spoken: Spoken) -> None:
        name = spoken.speaker or self._speaker
        where = codec.private_chat(name) if spoken.private else codec.chat()
        await self._deliver(
            codec.message(
                spoken.text,
                codec.account(name),
                where,
                self._fresh(),
                self._clock.now(),
                file=Path(spoken.file) if spoken.file else None,
            )
        )

    async def _tap(self, tap: TapNumber) -> None:
        """A number beside a live button taps it; any other bare number is something said."""
        found = self._terminal.button(tap.number)
        if found is not None:
            name = tap.speaker or self._speaker
            await self._deliver(
                codec.tap(
                    found.button.data,
                    codec.account(name),
                    found.chat,
                    found.ref,
                    self._fresh(),
                    self._clock.now(),
                )
            )
        elif tap.bare:
            await self._say(Spoken(str(tap.number), tap.speaker))
        else:
            self._terminal.say(f"There is no button {tap.number} to tap.")

    async def _deliver(self, inbound: Inbound) -> None:
        answer = await self._platform.receive(inbound)
        if answer is not None and answer.text:
            self._terminal.say(f"({answer.text})")
        await self._settle()

    def _fresh(self) -> str:
        fresh: UUID = self._new_id()
        return fresh.hex
