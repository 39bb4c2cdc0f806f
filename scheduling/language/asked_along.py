"""Questions of one breath: the day that one of them names is meant by the others, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduling.language.readings import Intent, Query, Target
from scheduling.language.timing import is_bare_clock, on_day_of
from scheduling.language.when import When

_OF_A_DAY = ("agenda", "free", "find_slot", "resource", "conflicts")
"""Kinds that ask about a stretch of time; "when is soccer?" asks for one."""


def asked_along(items: Sequence[Intent]) -> list[Intent]:
    """ "What's on Thursday and who has the car?", in one sentence or in two: each question
    without a day takes that of the question before."""
    found: list[Intent] = []
    for item in items:
        before = found[-1] if found else None
        day = _day(before) if isinstance(before, Query) else None
        found.append(_on(item, day) if isinstance(item, Query) and day else item)
    return found


def asked_ahead(items: Sequence[Intent]) -> list[Intent]:
    """ "Who has the car and what's on Thursday?": the same, in one sentence, where the day
    comes last."""
    if len(items) < 2 or not all(isinstance(item, Query) for item in items):
        return list(items)
    return list(reversed(asked_along(items[::-1])))


def _day(query: Query) -> When | None:
    when = query.when or (query.target.when if query.target else None)
    return None if when is None or when.start is None or when.repeat or when.past else when


def _on(query: Query, day: When) -> Query:
    if query.q == "who_drives":
        target = query.target or Target(who=query.who, it=not query.who.said)
        if target.when is None and query.when is None and not target.it:
            return replace(query, when=day, target=replace(target, when=day))
        return query
    if query.q not in _OF_A_DAY:
        return query
    if query.when is None:
        return replace(query, when=day)
    # "… and is Ben free at 4?"
    return replace(query, when=on_day_of(query.when, day)) if is_bare_clock(query.when) else query
