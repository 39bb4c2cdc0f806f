"""Standing rules: bedtimes, hours kept free, working hours, gaps, how much in one day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

from scheduling.language.clause import Clause, P, R, T
from scheduling.language.clocks import clock_after, clock_by, clock_range, part_of_day
from scheduling.language.intents.rule_words import (
    A_DAY,
    BANNED,
    BEDTIME,
    BUSY,
    FAMILY_TIME,
    FOR,
    GAP,
    HABIT,
    KEEP,
    LIGHT,
    LIMIT,
    MANY,
    MUST,
    NO,
    NOTHING_BOOKED,
    NUMBERED,
    ONE_OFF,
    PREFER,
    PREFERS,
    RANKS,
    REMOVE,
    RULE,
    SOFT,
    SOME_KIND,
    THINGS,
)
from scheduling.language.lengths import length_in
from scheduling.language.people import Mention, who
from scheduling.language.politeness import without_greeting
from scheduling.language.readings import Constraint, Who
from scheduling.language.titles import trim
from scheduling.language.weekdays import PLURAL, days_in

_SHORTEST_GAP = timedelta(minutes=15)

"""What "not back to back" is taken to mean until the family says otherwise."""


def read_constraint(clause: Clause) -> Constraint | None:
    """None unless the clause states (or takes back) something that always holds."""
    plain = without_greeting(clause.marked)
    if plain.endswith("?") or _OVER.search(plain) or any(when.past for when in clause.times()):
        return None
    removed = REMOVE.match(plain)
    if removed:
        words = clause.words(removed["words"] or removed["kind"]).strip(" .!")
        numbered = NUMBERED.match(words)
        number = int(numbered["n"]) if numbered else None
        return Constraint("custom", clause.text.strip(), words=words, remove=True, number=number)
    ruled = bool(RULE.match(plain))
    said = clause.words(RULE.sub("", plain))
    for reader in _READERS:
        if found := reader(RULE.sub("", plain), said, clause):
            return _finished(found, said, clause)
    return _finished(Constraint("custom", said), said, clause) if ruled else None


def _finished(rule: Constraint, said: str, clause: Clause) -> Constraint:
    people = [m for m in clause.people() if m.words.lower() not in ("we", "us", "our", "you")]
    soft = bool(SOFT.search(said))
    if named := _FOR_ME.search(clause.marked):
        rule = rule if rule.who.said else replace(rule, who=clause.who(named["who"]))
    elif soft:
        people = [m for m in people if m.kind != "sender"] if rule.type != "time_window" else people
    return replace(
        rule,
        text=clause.text.strip(),
        who=rule.who if rule.who.said else _who_ruled(people, rule, said),
        days=rule.days or days_in(said),
        hard=not soft,
    )


_FOR_ME = re.compile(rf"\bfor (?P<who>{P})")


def _who_ruled(people: list[Mention], rule: Constraint, said: str) -> Who:
    """ "I'd rather not have more than …" speaks for the household, "I work …" for its writer."""
    if re.match(r"^i(?:'d| would| prefer| want| like)", said, re.I):
        people = [m for m in people if m.kind != "sender"]
    return who(people)


_PREFERS_ONE = re.compile(
    rf"^(?:{P}(?:'d| would)? )?prefer(?:s|ably)? (?:to (?:use|take) )?(?P<this>{R}) for "
    rf"(?P<words>(?:(?!{T})[^,.])+)$",
    re.I,
)
""" "prefer the van for soccer": over whatever else there is."""


def _prefers(plain: str, said: str, clause: Clause) -> Constraint | None:
    match = PREFER.search(plain)
    if match is None and (alone := _PREFERS_ONE.match(plain)):
        words, thing = trim(clause.words(alone["words"])), clause.things(alone["this"])[0]
        return Constraint("resource_priority", said, resource=thing, words=words)
    if match is None or not PREFERS.search(said):
        return None
    this = next(match[key] for key in ("this", "other", "last") if match[key])
    over = match["over"]
    for_what = FOR.search(said[said.lower().find(" for ") :]) if " for " in said.lower() else None
    return Constraint(
        "resource_priority",
        said,
        resource=clause.things(this)[0],
        over=clause.things(over)[0] if over else None,
        words=trim(for_what["words"]) if for_what else "",
    )


_OVER = re.compile(r"\b(?:schedul|book|plan)\w* (?:anything |things |stuff )?over\b", re.I)
""" "don't schedule over my massage" speaks of one event."""
_A_WEEK = re.compile(r"\b(?:a|per|each|every|in a) (?:week|month|year)\b|\bweekly\b", re.I)
"""Counted over more than a day: kept and read back, for people to mind."""


def _limit(plain: str, said: str, clause: Clause) -> Constraint | None:
    match = LIMIT.search(said)
    if match and _A_WEEK.search(said) and re.search(THINGS, said, re.I):
        return Constraint("custom", said)
    if match is None or not (A_DAY.search(said) or days_in(said)):
        return None
    word = (match["count"] or match["most"] or match["tail"]).lower()
    return Constraint("max_events_per_day", said, max_per_day=MANY.get(word) or int(word))


def _gap(plain: str, said: str, clause: Clause) -> Constraint | None:
    length = length_in(said)
    if not GAP.search(said) or not (length or "back" in said.lower()):
        return None
    if length is None:
        return Constraint("min_gap", said, min_gap=_SHORTEST_GAP, confidence=0.65)
    return Constraint("min_gap", said, min_gap=length)


def _bedtime(plain: str, said: str, clause: Clause) -> Constraint | None:
    named = BEDTIME.search(said)
    if not ((MUST.search(said) and clause.people()) or named) or _one_off(said):
        return None
    if night := clock_range(said):
        return Constraint("time_window", said, blocked=night)
    at = clock_by(said, evening=True) or clock_after(said) or _clock_of(named, said)
    return Constraint("time_window", said, after=at) if at else None


def _clock_of(named: re.Match[str] | None, said: str) -> time | None:
    """ "lights out 8:45"."""
    rest = said[named.end() :] if named else ""
    return clock_by(f"at {rest.lstrip(' :=-')}", evening=True)


def _forbidden(plain: str, said: str, clause: Clause) -> Constraint | None:
    if not NO.search(plain) or _one_off(said) or not _regular(said):
        return None
    if SOME_KIND.match(said):
        after = clock_after(said)
        before = None if after else clock_by(said, evening=False)
        return Constraint("custom", said, after=after, before=before)
    if span := clock_range(said):
        return Constraint("time_window", said, blocked=span)
    after, before = clock_after(said), clock_by(said, evening=False)
    if after and before and before < after:
        return Constraint("time_window", said, blocked=(after, before))
    if after or before:
        return Constraint("time_window", said, after=after, before=None if after else before)
    return _blocked_days(said)


def _prefers_hours(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "Mom prefers things after 10": soft, and the other way round from "no things after"."""
    if not SOFT.search(said) or _one_off(said) or not re.search(THINGS, said, re.I):
        return None
    after, before = clock_after(said), clock_by(said, evening=False)
    if not after and not before:
        return None
    return Constraint("time_window", said, after=before, before=after)


def _prefers_part(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "Ben prefers mornings": soft, and the rest of the day is the lesser choice."""
    part = part_of_day(said)
    if part is None or _one_off(said) or not re.search(r"\bprefers? (?:the )?\w+s\b", said, re.I):
        return None
    morning, late = part[0] == time(5), part[1] == time(0)
    return (
        Constraint(
            "time_window",
            said,
            after=part[1] if morning else None,
            before=None if morning else part[0],
        )
        if morning or late
        else Constraint("custom", said)
    )


def _kept_free(plain: str, said: str, clause: Clause) -> Constraint | None:
    keeps = (KEEP.match(plain) and not clause.things()) or (
        FAMILY_TIME.search(said) and (_plural(said) or NOTHING_BOOKED.search(said))
    )
    if not keeps or _one_off(said):
        return None
    found = _edge_hours(said) or _blocked_days(said) or _at_hours(said)
    sure = _plural(said) or NOTHING_BOOKED.search(said)
    return replace(found, confidence=1.0 if sure else 0.65) if found else None


def _edge_hours(said: str) -> Constraint | None:
    """ "weekdays before 8:30 are off limits": the hour tells more than the part of the day."""
    edge = re.search(r"\b(before|after) (?=\d|noon)", said, re.I)
    if edge is None:
        return None
    after, before = clock_after(said), clock_by(said, evening=False)
    early = edge[1].lower() == "before"
    at = before if early else after
    if at is None:
        return None
    return Constraint(
        "time_window", said, before=at if early else None, after=None if early else at
    )


def _kept_light(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "try to keep Wednesdays light": kept and read back, for people to mind."""
    days = days_in(said)
    return Constraint("custom", said, days=days) if LIGHT.match(plain) and days else None


def _at_hours(said: str) -> Constraint | None:
    span = clock_range(said) or part_of_day(said)
    return Constraint("time_window", said, blocked=span) if span else None


_ONLY_THEN = re.compile(
    rf"^{P}(?:,? and {P})* (?:can only|may only|only gets?|can have .{{2,20}} only|is only allowed"
    r"|are only allowed)\b",
    re.I,
)
""" "Leo can only have screens on weekends"."""


def _any_but(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "Grandma can babysit any day but Wednesday"."""
    match = re.search(
        r"\bany (?:day|time|night|evening) (?:but|except(?: for)?|besides) (.+)$", said, re.I
    )
    days = days_in(match[1]) if match else ()
    return Constraint("time_window", said, days=days, blocked=_WHOLE_DAY) if days else None


def _banned(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "Grandma can't drive after dark": kept and read back, for people to mind."""
    if (
        not (BANNED.match(plain) or _ONLY_THEN.match(plain))
        or _one_off(said)
        or re.search(r"\bany ?more\b", said, re.I)
    ):
        return None
    regular = _plural(said) or re.search(
        r"\b(?:after dark|at night|alone|by (?:him|her)self|unsupervised|in the dark)\b", said, re.I
    )
    return Constraint("custom", said) if regular else None


def _ranks(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "soccer has priority over piano": kept and read back, for people to mind."""
    match = RANKS.match(said)
    if match is None or clause.times() or clause.things():
        return None
    return Constraint("custom", said, words=trim(match["words"]))


def _no_kind(plain: str, said: str, clause: Clause) -> Constraint | None:
    """ "no meetings on Sunday" may be a rule for all Sundays: no one thing is named."""
    kinds = re.match(rf"^no (?:{THINGS}s?|{THINGS})\s+on\s", said, re.I)
    days = days_in(said)
    many = kinds and re.search(r"(?:s|ies|anything|stuff) on\s", kinds.group(), re.I)
    if not many or not days or re.search(r"\d", said) or _one_off(said):
        return None
    return replace(_blocked_days(said) or Constraint("custom", said), confidence=0.65)


def _works(plain: str, said: str, clause: Clause) -> Constraint | None:
    """Regular hours somebody is taken; on one date it is an event like any other."""
    if not BUSY.match(plain) or _one_off(said) or not (_plural(said) or len(days_in(said)) > 1):
        return None
    span = clock_range(said) or part_of_day(said)
    return Constraint("time_window", said, blocked=span or _WHOLE_DAY)


def _blocked_days(said: str) -> Constraint | None:
    days = days_in(said)
    if not days:
        return None
    span = clock_range(said) or (
        None if re.search(r"school[- ]?nights", said, re.I) else part_of_day(said)
    )
    if span is None:
        return Constraint("time_window", said, days=days, blocked=_WHOLE_DAY)
    if span[0] == time(5) and not clock_range(said):
        return Constraint("time_window", said, days=days, before=span[1])
    if span[1] == time(0):
        return Constraint("time_window", said, days=days, after=span[0])
    return Constraint("time_window", said, days=days, blocked=span)


def _regular(said: str) -> bool:
    """A ban is a rule if it is on kinds of things or on every such day, not on one date."""
    kinds = re.search(
        rf"(?:\b(?:no|nothing|nobody|no one|any|not|never|avoid|cannot)|n't)\b.{{0,25}}\b{THINGS}\b"
        r"|\bnothing\b|\boff[- ]limits\b",
        said,
        re.I,
    )
    if kinds and (clock_after(said) or clock_by(said, evening=False) or clock_range(said)):
        return True
    if re.search(r"\b(?:be )?(?:scheduled?|booked?)\b", said, re.I) and (
        clock_after(said) or clock_by(said, evening=False)
    ):
        return True
    bans = re.search(
        r"\b(?:available|free|do anything|book|scheduled?|plan|can't do|cannot do|can't have"
        r"|have|do|drive|books?|plans?|schedules"
        r"|never|nothing|no|want|unavailable|work|allowed|start|stay|go)\b",
        said,
        re.I,
    )
    return bool(bans) and _plural(said)


def _plural(said: str) -> bool:
    return bool(
        PLURAL.search(said)
        or HABIT.search(said)
        or re.search(r"\b\w+day (?:mornings|afternoons|evenings|nights)\b", said, re.I)
    )


def _one_off(said: str) -> bool:
    return bool(ONE_OFF.search(said)) or bool(re.search(r"\b\d{1,2}(?:st|nd|rd|th)\b", said))


_WHOLE_DAY = (time(0), time(0))

"""From midnight to midnight."""

_READERS: tuple[Callable[[str, str, Clause], Constraint | None], ...] = (
    _prefers,
    _limit,
    _gap,
    _bedtime,
    _kept_free,
    _forbidden,
    _prefers_hours,
    _prefers_part,
    _works,
    _any_but,
    _kept_light,
    _banned,
    _ranks,
    _no_kind,
)
