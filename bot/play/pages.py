"""What a platform has beside chats: forms to fill in, shortcuts, a page of the product's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from re import Pattern
from typing import Protocol

from bot.play.log import Place
from bot.play.process import Process

Given = str | Sequence[str] | None
"""What somebody puts into a field: text, a day, a time, an option or several; None empties it."""


class Pages(Protocol):
    """Each raises LookupError, naming what is missing, for what a person could not do there."""

    async def open_home(self, who: str, at: datetime) -> None:
        """Go to the product's own page."""

    async def shortcut(
        self, who: str, place: Place, message: Pattern[str] | None, at: datetime
    ) -> None:
        """The product's entry in the menu of the newest message that matches; None: the one that
        belongs to no message."""

    async def fill(
        self, who: str, given: Mapping[str, Given], at: datetime, process: Process
    ) -> None:
        """Fill in the form they have in front of them, each field by its label, and send it.
        Errors are shown at their fields."""

    async def cancel(self, who: str, at: datetime) -> None:
        """Close the form as it is."""
