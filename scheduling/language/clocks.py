"""Times of day inside rules: "after 8pm", "9 to 5", "between 1 and 3", "mornings"."""

from __future__ import annotations

import re
from datetime import time

_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.?|p\.m\.?|a|p|h|o'?clock)?(?![\w%])"
    r"(?!\s*(?:min|hour|hr|day|week|month|people|kid|thing|event))|noon"
    r"|midday|midnight)"
)
_AFTER = re.compile(
    rf"\b(?:after|past|later than|beyond|from|starting|since)\s+(?P<at>{_CLOCK})", re.I
)
_BY = re.compile(
    r"\b(?:by|before|until|till|earlier than|ahead of|at|is|=|no later than"
    rf"|starts at)\s+(?P<at>{_CLOCK})",
    re.I,
)
_RANGE = re.compile(
    rf"\b(?P<from>{_CLOCK})\s*(?:-|to|and|until|till|through)\s*(?P<to>{_CLOCK})", re.I
)
_PARTS = {
    "morning": (time(5), time(12)),
    "lunch": (time(12), time(13)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(0)),
    "night": (time(17), time(0)),
}
_PART = re.compile(r"\b(morning|lunch|afternoon|evening|night)(?:s|time| hours?)?\b", re.I)


def clock_after(text: str) -> time | None:
    """The hour of "after 8pm"; a bare hour after six or earlier is taken as evening."""
    match = _AFTER.search(text)
    return read_clock(match["at"], evening=True) if match else None


def clock_by(text: str, *, evening: bool) -> time | None:
    """The hour of "by 8:30", "before 9"; a bare 1 to 6 is afternoon in any case."""
    match = _BY.search(text)
    if match is None:
        return None
    early = re.fullmatch(r"[1-6](?:[:.]\d\d)?", match["at"].strip()) is not None
    return read_clock(match["at"], evening=evening or early)


def clock_range(text: str) -> tuple[time, time] | None:
    """[from, to) of "9 to 5", "8am-3pm"; a bare end before its start is afternoon."""
    match = _RANGE.search(text)
    if match is None:
        return None
    end = read_clock(match["to"], evening=False)
    start = read_clock(match["from"], evening=False)
    if start is None or end is None:
        return None
    if start.hour < 7 and _bare(match["from"]) and not _morning(match["to"]):
        start = _later(start)
    if end <= start and _bare(match["to"]):
        end = _later(end)
    return start, end


def part_of_day(text: str) -> tuple[time, time] | None:
    """[from, to) of a daypart; an evening or night runs to midnight, written 00:00."""
    match = _PART.search(text)
    return _PARTS[match[1].lower()] if match else None


def read_clock(words: str, *, evening: bool) -> time | None:
    """A time of day as written; `evening` takes a bare 1-11 as after noon."""
    named = {"noon": time(12), "midday": time(12), "midnight": time(0)}.get(words.lower().strip())
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", words.strip(), re.I)
    if named is not None or match is None:
        return named
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif evening and 1 <= hour <= 11:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _bare(words: str) -> bool:
    return not re.search(r"[aphn]", words, re.I)


def _morning(words: str) -> bool:
    return bool(re.search(r"\ba|\da|a\.?m", words, re.I))


def _later(clock: time) -> time:
    return clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock
