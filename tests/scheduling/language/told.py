"""One line for a `When`, so that a table of cases reads like a list.

2026-03-07                      a day                2026-03-07..2026-03-09   days, end exclusive
2026-03-07 14:00                a moment             2026-03-07 14:00-15:30   from, to
2026-03-05 [06:00-12:00]        a window of a day    45m / 3d                 a length alone
FREQ=DAILY @ 2026-03-05 08:00   a repetition and its first occurrence
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from scheduling.language.times import find_times
from scheduling.language.when import When

NOW = datetime(2026, 3, 4, 10, 0)
"""A Wednesday morning."""

Row = tuple[str, str]


def told(when: When) -> str:
    """The compact form of one expression."""
    if when.impossible is not None:
        return f"impossible: {when.impossible}"
    words = [_repeat(when), _when(when)]
    if when.until is not None:
        words.append(f"until {when.until:%Y-%m-%d %H:%M}")
    if when.alternatives:
        words.append("or " + " or ".join(_when(other) for other in when.alternatives))
    if when.past:
        words.append("past")
    return " ".join(word for word in words if word)


def all_told(text: str, now: datetime = NOW) -> str:
    """Every expression of the text, " | " between, "-" where there is none."""
    return " | ".join(told(when) for when in find_times(text, now)) or "-"


def table(**rows: Row) -> pytest.MarkDecorator:
    """A parametrisation over named rows of (text, told)."""
    cases = [pytest.param(*row, id=name) for name, row in rows.items()]
    return pytest.mark.parametrize(("text", "expected"), cases)


def _repeat(when: When) -> str:
    repeat = when.repeat
    if repeat is None:
        return ""
    left_out = [f"{day:%m-%d}" for day in repeat.except_dates] + list(repeat.except_named)
    without = f" without {', '.join(left_out)}" if left_out else ""
    return f"{repeat.rrule}{without} @"


def _when(when: When) -> str:
    words = [_start(when)]
    if when.duration is not None:
        words.append(_length(when.duration))
    return " ".join(word for word in words if word)


def _start(when: When) -> str:
    start, end = when.start, when.end
    if when.window is not None:
        first, last = when.window
        return f"{start} [{first:%H:%M}-{last:%H:%M}]"
    if isinstance(start, datetime):
        text = f"{start:%Y-%m-%d %H:%M}"
        if not isinstance(end, datetime):
            return text
        same = start.date() == end.date()
        return f"{text}-{end:%H:%M}" if same else f"{text}..{end:%Y-%m-%d %H:%M}"
    if isinstance(start, date):
        return f"{start}..{end}" if end else f"{start}"
    return ""


def _length(length: timedelta) -> str:
    if length % timedelta(days=1) == timedelta():
        return f"{length.days}d"
    return f"{int(length.total_seconds()) // 60}m"
