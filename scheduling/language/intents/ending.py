"""When an event that exists is to end: "soccer now ends at 8pm", "yoga ends after March"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduling.language.clause import Clause, P, T, read_clause
from scheduling.language.politeness import command
from scheduling.language.readings import Cancel, Move, Target
from scheduling.language.target import known_title, read_target, without_scope
from scheduling.language.times import find_times
from scheduling.language.timing import combine
from scheduling.language.when import When

_STOPS = r"(?:ends?|ending|finish(?:es)?|stops?|is over|is done)"
_LASTS = rf"(?:{_STOPS}|lasts|goes|runs|is|going)"
_ENDS = re.compile(
    rf"^(?P<target>[^?]+?)\s+(?:(?:now|actually|will|should|to)\s+)*(?:{_LASTS}\s+)?"
    rf"(?:(?P<joiner>until|till|til)|(?<=\s)(?:at|on|in|by|after|with)?)\s*(?P<to>{T})(?:[\s,.!]|{P})*$",
    re.I,
)
_VERB = re.compile(rf"\b{_STOPS}\b", re.I)
_ORDER = re.compile(
    rf"^(?:end|stop|finish)\s+(?P<target>[^?]+?)\s+(?:at|on|after|by)\s+(?P<to>{T})(?:[\s,.!]|{P})*$",
    re.I,
)


def read_ending(clause: Clause) -> Move | Cancel | None:
    """None unless a known event, or the one just shown, is given another end."""
    plain = command(clause.marked)
    match = _ORDER.match(plain) or _ENDS.match(plain)
    if match is None:
        return None
    joined = match.groupdict().get("joiner")
    if not (_VERB.search(plain) or joined):
        return None
    target = _target(clause.words(_VERB.sub(" ", match["target"])), clause)
    again = find_times(f"at {clause.words(match['to'])}", clause.now)
    when = clause.when(match["to"]) or combine(again)
    if target is None or when is None or when.repeat or when.past:
        return None
    if when.until or isinstance(when.start, datetime):
        return _ends_at(target, when)
    return _series_ends(target, when) if when.start and not joined else None


def _target(words: str, clause: Clause) -> Target | None:
    again = read_clause(without_scope(words), clause.context, clause.now)
    target = read_target(again.marked, again)
    if target.it and target.when is None:
        return target if clause.context.focus else None
    known = known_title(target.words, clause)
    return target if known and len(target.words.split()) <= len(known.split()) + 1 else None


def _ends_at(target: Target, when: When) -> Move:
    """The new end as a `to` that says until when and no start."""
    until = when.until or (when.start if isinstance(when.start, datetime) else None)
    if when.time is None and target.when is None and until is not None:
        target = replace(target, when=When(when.span, start=until.date()))
    return Move(target, replace(when, start=None, end=None, until=until), confidence=0.9)


def _series_ends(target: Target, when: When) -> Cancel:
    """ "yoga ends after March": what would come after it is cancelled."""
    first = when.end or _day(when) + timedelta(days=1)
    return Cancel(
        replace(target, when=replace(when, start=first, end=None, until=None)), "following", 0.9
    )


def _day(when: When) -> date:
    assert when.start is not None
    return when.start.date() if isinstance(when.start, datetime) else when.start
