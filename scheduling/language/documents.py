"""A document's text read for the events it announces: flyers, tickets, appointment cards.

Line by line: a line with a time and words of its own is an event; a day alone holds for the
hours below it; a line without a time is what the next lonely time may be about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from scheduling.language.readings import Create
from scheduling.language.times import main_time
from scheduling.language.when import When

MOST_LINES, LONGEST_LINE = 400, 200
MOST_EVENTS = 60

_LABEL = re.compile(
    r"^(?:(?:start(?:s|ing)?|end(?:s|ing)?) )?"
    r"(?:date|day|when|times?|start(?:s|ing)?|hours?|event|what|title|appointment)\s*:\s*",
    re.I,
)
_PLACE = re.compile(r"^(?:where|place|location|venue|room)\s*:\s*(.+)$", re.I)
_YEAR = re.compile(r"\b20\d\d\b|[/.]\d\d\b$")
FAR = timedelta(days=270)
_AT = re.compile(r"^at (.+)$", re.I)
_EDGES = " \t-–—•*·:;,.!|()"
_SMALL = frozenset(("on", "from", "to", "the", "of", "and", "until", "till", "by", "am", "pm"))


@dataclass(frozen=True, slots=True)
class _Line:
    """words: what is left of it beside the time."""

    when: When | None
    words: str
    text: str


def announced(text: str, now: datetime) -> tuple[Create, ...]:
    """The events of a text, in its order, for nobody in particular; () where it has none.
    now: naive local."""
    found: list[Create] = []
    heading, day = "", ""
    for line in _lines(text, now):
        place = _PLACE.match(line.text)
        if place is not None and line.when is None:
            if found and found[-1].place is None:
                found[-1] = replace(found[-1], place=place[1].strip(_EDGES))
            continue
        if line.when is None:
            heading, day = line.words or heading, ""
            continue
        hour_alone = line.when.time is not None
        if hour_alone and day:
            line = _read(f"{day} {line.text}", now, line.words)
        if line.when is None or (hour_alone and not day):
            continue
        if not hour_alone and not line.words and line.when.all_day:
            # A day alone: of the hours below it, or else of what stands above.
            day = line.text
            if heading:
                found.append(Create(heading, line.when))
            continue
        if day and not line.words and found and found[-1].title == heading:
            # "Friday 20 March" and below it "6:30 pm": one event's day and hour.
            found[-1] = replace(found[-1], when=line.when)
        elif title := line.words or heading:
            at = _AT.match(title)
            if at is not None and heading:
                found.append(Create(heading, line.when, place=at[1]))
                continue
            if day and found and found[-1].title == heading and _is_day(found[-1], day, now):
                found.pop()
            found.append(Create(title, line.when))
        day = day if hour_alone else ""
    return tuple(found[:MOST_EVENTS])


def _lines(text: str, now: datetime) -> Iterator[_Line]:
    for line in text.splitlines()[:MOST_LINES]:
        plain = _LABEL.sub("", " ".join(line.split())[:LONGEST_LINE].strip(_EDGES))
        if re.search(r"\w", plain):
            yield _read(plain, now)


def _read(text: str, now: datetime, words: str | None = None) -> _Line:
    when = main_time(text, now)
    if when is None or (when.start is None and when.impossible is None):
        return _Line(None, text, text)
    # "We know Mondays are hard" is no series.
    talk = when.repeat is not None and when.all_day
    if when.impossible is not None or when.past or talk:
        return _Line(None, "", text)
    dated = _not_next_year(when, text, now)
    return _Line(dated, _beside(text, when) if words is None else words, text)


def _not_next_year(when: When, text: str, now: datetime) -> When:
    """Paper names no year and hangs on after its days: "Feb 2" in March was last month."""
    start = when.start
    if start is None or when.repeat is not None or _YEAR.search(text):
        return when
    day = start.date() if isinstance(start, datetime) else start
    if day - now.date() < FAR:
        return when
    back = relativedelta(years=-1)
    return replace(when, start=start + back, end=when.end and when.end + back)


def _beside(text: str, when: When) -> str:
    """The line without its time."""
    kept, at = [], 0
    for first, last in when.parts or (when.span,):
        kept.append(text[at:first])
        at = last
    kept.append(text[at:])
    pieces = [piece.strip(_EDGES) for piece in kept]
    said = [word for piece in pieces for word in piece.split()]
    while said and said[-1].casefold() in _SMALL:
        said.pop()
    while said and said[0].casefold() in _SMALL:
        said.pop(0)
    words = " ".join(said).strip(_EDGES)
    return words if re.search(r"[^\W\d_]{2}", words) else ""


def _is_day(made: Create, day: str, now: datetime) -> bool:
    """Whether it was made of that day's heading alone."""
    return made.when is not None and made.when.all_day and made.when == main_time(day, now)
