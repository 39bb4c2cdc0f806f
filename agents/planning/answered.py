"""A time expression completed by what was answered about it, or corrected by what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from scheduling.language.times import main_time
from scheduling.language.when import LocalMoment, When


def with_answer(when: When | None, answer: Any, now: datetime) -> When | None:
    """The time expression completed by what was answered: a chosen reading, or words."""
    if answer is None:
        return when
    if "choice" in answer and when is not None:
        readings = (when, *when.alternatives)
        return replace(readings[int(answer["choice"])], alternatives=())
    if "text" in answer:
        return _completed(when, main_time(str(answer["text"]), now))
    start = datetime.fromisoformat(answer["start"])
    base = when or When(span=(0, 0))
    chosen = start.date() if answer.get("all_day") else start
    return replace(base, start=chosen, end=None, window=None, alternatives=(), impossible=None)


def _completed(when: When | None, said: When | None) -> When | None:
    """An hour keeps the day that was said before, a day keeps the hour, and either the length."""
    if said is None or when is None or when.start is None or when.impossible or when.past:
        return said if said is not None else when
    if said.time is not None and isinstance(said.start, datetime):
        moment = datetime.combine(date_of(when.start), said.time)
        return replace(_lasting(when, said, moment), start=moment, window=None, alternatives=())
    if isinstance(when.start, datetime) and not isinstance(said.start, datetime):
        assert said.start is not None
        moment = datetime.combine(said.start, when.start.time())
        return replace(_lasting(when, said, moment), start=moment)
    if isinstance(said.start, datetime) and said.end is None and when.repeat is None:
        lasting = _lasting(when, said, said.start)
        return replace(said, end=lasting.end, measured=lasting.measured)
    return said


def _lasting(when: When, said: When, moment: datetime) -> When:
    """`when` with its end as far from the new start as was said now, or else before."""
    told = said if isinstance(said.end, datetime) else when
    if isinstance(told.start, datetime) and isinstance(told.end, datetime):
        length = told.end - told.start
        return replace(when, end=moment + length, measured=told.measured)
    return replace(when, end=None)


def date_of(moment: LocalMoment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
