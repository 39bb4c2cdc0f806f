"""What came of playing a script: the verdict, and the conversation to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.play.expectations import Miss
from bot.play.log import Entry, Message


@dataclass(frozen=True, slots=True)
class Failure:
    """step: its number, from 1; 0 = before the first."""

    step: int
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript. at: local wall time. who: a person, or "bot". ok: for an
    expectation, whether it held."""

    step: int
    at: str
    who: str
    text: str
    buttons: tuple[str, ...] = ()
    ok: bool | None = None

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"step": self.step, "at": self.at, "who": self.who}
        shown["text"] = self.text
        if self.buttons:
            shown["buttons"] = list(self.buttons)
        if self.ok is not None:
            shown["ok"] = self.ok
        return shown

    def as_text(self) -> str:
        if self.ok is not None:
            return f"  {'✓' if self.ok else '✗'} {self.text}"
        body = self.text.replace("\n", "\n" + " " * 8)
        buttons = "".join(f" [{label}]" for label in self.buttons)
        return f"{self.at}  {self.who}: {body}{buttons}"


@dataclass(slots=True)
class Result:
    """A script's verdict; `ok` as long as nothing failed. messages: what stands in the chats at
    its end, oldest first."""

    name: str
    failures: list[Failure] = field(default_factory=list)
    transcript: list[Line] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "ok": self.ok,
            "failures": [
                {"step": f.step, "expected": f.expected, "got": f.got} for f in self.failures
            ],
            "transcript": [line.as_json() for line in self.transcript],
        }

    def as_text(self) -> Iterator[str]:
        """Line by line: the conversation, then what failed."""
        yield f"{'PASS' if self.ok else 'FAIL'}  {self.name}"
        yield from (line.as_text() for line in self.transcript)
        for failure in self.failures:
            yield f"  step {failure.step}: expected {failure.expected}"
            yield f"  {' ' * len(f'step {failure.step}')}  got      {failure.got}"


class Reporter:
    """Writes a Result while a script is played."""

    def __init__(self, name: str, zone: ZoneInfo) -> None:
        self.result = Result(name)
        self.step = 0
        self._zone = zone

    def person(self, now: datetime, who: str, text: str) -> None:
        self._write(now, who, text)

    def note(self, now: datetime, text: str) -> None:
        """Something that happened to the service or to time."""
        self._write(now, "—", text)

    def shown(self, now: datetime, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._write(now, _speaker(entry), entry.text, entry.buttons)

    def verdict(self, now: datetime, what: str, misses: Sequence[Miss]) -> None:
        """An expectation, with all that did not hold of it."""
        self.result.transcript.append(Line(self.step, self._at(now), "", what, ok=not misses))
        self.result.failures += [Failure(self.step, miss.expected, miss.got) for miss in misses]

    def _write(self, now: datetime, who: str, text: str, buttons: tuple[str, ...] = ()) -> None:
        self.result.transcript.append(Line(self.step, self._at(now), who, text, buttons))

    def _at(self, now: datetime) -> str:
        return f"{now.astimezone(self._zone):%a %d %b %H:%M}"


def _speaker(entry: Entry) -> str:
    if entry.kind == "toast":
        return f"bot → {entry.to}"
    edited = " (updated)" if entry.kind == "edit" else ""
    where = f" ({entry.place.platform})" if entry.place.platform else ""
    to = f" → {entry.place.name}" if entry.place.private else ""
    return f"bot{to}{where}{edited}"
