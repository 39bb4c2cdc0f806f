"""The far side of a platform: the chats of a script, as its people have them on their phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.console.sender import ConsoleScreen, Shown
from bot.play.log import ChatLog, Message, Place
from bot.play.pages import Pages
from bot.play.process import Process
from scheduling.messages import Button, ChatAddress, Platform


@dataclass(frozen=True, slots=True)
class Words:
    """Something said. reply_to: the bot's message it answers. update_id: delivered as that
    update; the same again is its redelivery. at: family time of sending. forwarded_from: whose
    words those are; written: when."""

    who: str
    place: Place
    text: str
    at: datetime
    addressed: bool = True
    command: bool = False
    reply_to: Message | None = None
    update_id: int | None = None
    file: Path | None = None
    forwarded_from: str | None = None
    written: datetime | None = None


class NoScreen:
    """Where messages go over a platform's API."""

    def show(self, shown: Shown) -> None:
        raise RuntimeError("nothing is shown on a console here")


class Chats(Protocol):
    """What people do waits here until a service has acknowledged it, through stops and kills.

    platform: its name. log: what everyone has seen. screen: where a console's messages go.
    """

    @property
    def platform(self) -> Platform: ...

    def pages_of(self, platform: str) -> Pages | None:
        """What a platform of the script has beside chats, if it has anything."""

    @property
    def log(self) -> ChatLog: ...

    @property
    def screen(self) -> ConsoleScreen: ...

    async def open(self, families: dict[str, list[str]]) -> None:
        """Set the chats up: a group for each family, by name, with its people."""

    async def close(self) -> None: ...

    def settings(self) -> dict[str, Any]:
        """What a service must be told to listen here (`bot.settings.Settings`)."""

    def address(self, place: Place) -> ChatAddress:
        """The chat as the product will know it."""

    def account(self, name: str) -> str:
        """The platform's id of that person's account."""

    async def say(self, words: Words) -> None: ...

    async def edit(self, who: str, place: Place, mine: str, text: str, at: datetime) -> None:
        """Change one's own message that read `mine`."""

    async def tap(self, who: str, message: Message, button: Button, at: datetime) -> None: ...

    async def hand_over(self, process: Process) -> None:
        """Returns when the service has acknowledged everything. Raises Crashed if it dies."""

    def waiting(self) -> bool:
        """True while something is not acknowledged."""
