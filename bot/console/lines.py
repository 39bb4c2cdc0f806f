"""What one typed line means: someone speaks, taps, hands over the keyboard, or leaves. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Spoken:
    """speaker: who, where the line said so. private: in their private chat. file: the name of a
    file sent with it."""

    text: str
    speaker: str | None = None
    private: bool = False
    file: str | None = None


@dataclass(frozen=True, slots=True)
class TapNumber:
    """bare: only a number was typed, which may also be an answer in words."""

    number: int
    speaker: str | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class SpeakAs:
    """From here on this person is at the keyboard."""

    name: str


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the console."""


Line = Spoken | TapNumber | SpeakAs | Quit

_SPEAKER = re.compile(r"\s*([^:\n]{1,40}?)\s*:\s+(.*)", re.DOTALL)
_COMMAND = re.compile(r"/(quit|exit|as|tap|private|file)\b\s*(.*)", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"\[?(\d{1,4})\]?", re.ASCII)


def read_line(text: str, names: Collection[str]) -> Line | None:
    """Read a line. names: the members', so that "Ben: hi" is Ben and "2: hi" is not.

    Returns None for an empty line.
    """
    text = text.strip()
    known = {name.casefold(): name for name in names}
    found = _SPEAKER.fullmatch(text)
    if found and found[1].casefold() in known:
        line = _spoken(found[2].strip())
        if isinstance(line, Spoken | TapNumber):
            return replace(line, speaker=known[found[1].casefold()])
        return line
    line = _spoken(text)
    if isinstance(line, SpeakAs):
        return SpeakAs(known.get(line.name.casefold(), line.name))
    return line


def _spoken(text: str) -> Line | None:
    if not text:
        return None
    number = _NUMBER.fullmatch(text)
    if number:
        return TapNumber(int(number[1]), bare=True)
    command = _COMMAND.fullmatch(text)
    return _command(command[1].lower(), command[2].strip()) if command else Spoken(text)


def _command(name: str, rest: str) -> Line | None:
    if name in ("quit", "exit"):
        return Quit()
    if name == "tap":
        number = _NUMBER.fullmatch(rest)
        return TapNumber(int(number[1])) if number else Spoken(f"/tap {rest}")
    if not rest:
        return None
    if name == "file":
        path, _, words = rest.partition(" ")
        return Spoken(words.strip(), file=path)
    return SpeakAs(rest) if name == "as" else Spoken(rest, private=True)
