"""A fragment that says nothing of its own completes what was asked just before it."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduling.language.clause import Clause, T, plain_words
from scheduling.language.extras import Extras, take_extras
from scheduling.language.intents.cancel import read_cancel, says_cancelled
from scheduling.language.places import find_place
from scheduling.language.politeness import without_greeting
from scheduling.language.readings import Cancel, Create, Intent, Who
from scheduling.language.timing import combine, is_bare_clock, on_day_of
from scheduling.language.when import When
from scheduling.language.wordset import word_set

_LOOSE = word_set("for and with it is it's s also will be please the all coming at on from")


def completed(item: Intent, clause: Clause) -> Intent | None:
    """The item with what a following fragment adds ("need the car", "remind us an hour
    before", "delete the whole series", "7:30, everyone"); None where the clause says
    something of its own."""
    if isinstance(item, Cancel) and says_cancelled(clause):
        from_clause = read_cancel(clause)
        return replace(item, scope=item.scope or (from_clause.scope if from_clause else None))
    return _with_riders(item, clause) if isinstance(item, Create) else None


def _with_riders(item: Create, clause: Clause) -> Create | None:
    extras = take_extras(without_greeting(clause.marked), clause)
    found = find_place(extras.rest)
    rest = found[1] if found else extras.rest
    people, times = clause.people(rest), clause.times(rest)
    when = _told_better(item.when, combine(times)) if times else item.when
    if when is None and times:
        return None
    if set(plain_words(re.sub(T, " ", rest))) - _LOOSE:
        return None
    if not (extras.any or found or people or times):
        return None
    place = clause.words(found[0]) if found else None
    return replace(_with_extras(item, extras, place, clause.who(rest)), when=when)


def _told_better(said: When | None, more: When | None) -> When | None:
    """The hour that follows a day ("Movie night Friday!!! 7:30"); None for another time."""
    if said is None or more is None:
        return more
    if said.time is None and said.window is None and said.repeat is None and is_bare_clock(more):
        joined = on_day_of(more, said)
        return joined if joined is not more else None
    return None


def _with_extras(item: Create, extras: Extras, place: str | None, people: Who) -> Create:
    return replace(
        item,
        resources=tuple(dict.fromkeys((*item.resources, *extras.resources))),
        unknown_resources=(*item.unknown_resources, *extras.unknown),
        driver=extras.driver.names[0] if extras.driver and extras.driver.names else item.driver,
        open_role=extras.open_role or item.open_role,
        reminders=extras.reminders or item.reminders,
        place=place or item.place,
        who=people if people.said and not item.who.said else item.who,
    )
