"""What people have seen: every message of the bot, its edits, and the answers to taps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from re import Pattern
from typing import Literal

from scheduling.messages import Button

EntryKind = Literal["new", "edit", "toast"]
Page = Literal["", "home", "form"]


@dataclass(frozen=True, slots=True)
class Place:
    """A chat of a script: a family's group by the family's name, or a person's private one; or
    what is no chat: a person's page of the product, or the form in front of them.
    platform: "" is the script's main one."""

    name: str
    private: bool = False
    platform: str = ""
    page: Page = ""


def private(name: str, platform: str = "", page: Page = "") -> Place:
    """The private chat of that person with the bot, or a page of theirs."""
    return Place(name.casefold(), private=True, platform=platform, page=page)


@dataclass(slots=True)
class Message:
    """A bot message as it stands now. live: its buttons in reading order. ever: all it had.
    thread: what began the thread it stands in, where it stands in one."""

    ref: str
    place: Place
    text: str
    live: tuple[Button, ...] = ()
    ever: list[Button] = field(default_factory=list)
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that appeared. to: for a toast, who tapped. buttons: labels at that moment."""

    kind: EntryKind
    place: Place
    text: str
    message: Message | None = None
    to: str | None = None
    buttons: tuple[str, ...] = ()


class ChatLog:
    """Everything shown, in order, and every message as it stands."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._messages: dict[tuple[Place, str], Message] = {}

    def show(
        self, place: Place, ref: str, text: str, buttons: tuple[Button, ...], thread: str = ""
    ) -> None:
        """A message appears, or the one of that ref changes. The same again is nothing new:
        a repeated edit changes nothing on a screen."""
        message = self._messages.get((place, ref))
        if message is None:
            message = self._messages[place, ref] = Message(ref, place, text, thread=thread)
            kind: EntryKind = "new"
        elif (message.text, message.live) == (text, buttons):
            return
        else:
            kind = "edit"
        message.text, message.live = text, buttons
        message.ever.extend(b for b in buttons if b not in message.ever)
        labels = tuple(button.label for button in buttons)
        self.entries.append(Entry(kind, place, text, message, buttons=labels))

    def toast(self, place: Place, to: str, text: str) -> None:
        """The answer to a tap; an empty one shows nothing."""
        if text:
            self.entries.append(Entry("toast", place, text, to=to))

    @property
    def messages(self) -> list[Message]:
        """Every message as it stands, oldest first."""
        return list(self._messages.values())

    def newest(self, places: tuple[Place, ...], pattern: Pattern[str]) -> Message | None:
        """The newest message there whose text matches."""
        return next((m for m in self._newest_first(places) if pattern.search(m.text)), None)

    def button(
        self,
        places: tuple[Place, ...],
        label: Pattern[str],
        card: Pattern[str] | None = None,
        option: Pattern[str] | None = None,
        *,
        stale: bool = False,
    ) -> tuple[Message, Button] | None:
        """The first matching button of the newest message that has one, or ever had. option:
        its label must end in the number of a line of the message that matches."""
        for message in self._newest_first(places):
            if card is None or card.search(message.text):
                for button in message.ever if stale else message.live:
                    if label.search(button.label) and _bears(message, button, option):
                        return message, button
        return None

    def _newest_first(self, places: tuple[Place, ...]) -> Iterator[Message]:
        return (m for m in reversed(self._messages.values()) if m.place in places)


def _bears(message: Message, button: Button, option: Pattern[str] | None) -> bool:
    """Whether the button stands for a numbered line ("2. it moves to 4 PM") that matches."""
    if option is None:
        return True
    lines = (line.partition(". ") for line in message.text.splitlines())
    numbers = {number for number, dot, words in lines if dot and option.search(words)}
    return button.label.rpartition(" ")[2] in numbers
