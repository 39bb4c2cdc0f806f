"""A whole message read: tidied, cut into clauses, each clause tried as each intent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from scheduling.language.clause import Clause, plain_words, read_clause
from scheduling.language.clauses import clauses, sentences
from scheduling.language.extras import Extras, take_extras
from scheduling.language.intents.cancel import read_cancel, says_cancelled
from scheduling.language.intents.change import read_change
from scheduling.language.intents.constraint import read_constraint
from scheduling.language.intents.create import read_create
from scheduling.language.intents.decide import read_decision, read_undo
from scheduling.language.intents.move import read_move
from scheduling.language.intents.query import read_query
from scheduling.language.intents.remind import read_remind
from scheduling.language.intents.resource import read_resource
from scheduling.language.places import find_place
from scheduling.language.readings import Cancel, Context, Create, Intent, Reading, Who
from scheduling.language.tidy import tidy
from scheduling.language.timing import is_bare_clock, on_day_of, separate

_READERS: tuple[Callable[[Clause], Intent | None], ...] = (
    read_query,
    read_remind,
    read_constraint,
    read_resource,
    read_cancel,
    read_move,
    read_change,
    read_create,
)
"""In order of how sure their words are; a booking is what nothing else claims."""


def interpret(text: str, context: Context, now: datetime) -> Reading:
    """What a message asks for; no items for talk. now: naive local. Never raises."""
    plain = tidy(text)
    if not plain:
        return Reading()
    answer = read_undo(plain) or read_decision(plain, context)
    if answer is not None:
        return Reading((answer,))
    items: list[Intent] = []
    for sentence in sentences(plain):
        _read_sentence(sentence, items, context, now)
    return Reading(tuple(items))


def _read_sentence(sentence: str, items: list[Intent], context: Context, now: datetime) -> None:
    """Append the sentence's intents; a sentence of mere riders completes the item before."""
    found: list[Intent] = []
    for piece in clauses(sentence, context, now):
        clause = read_clause(piece, context, now)
        before = found or items
        if before and (more := _completed(before[-1], clause)) is not None:
            before[-1] = more
        elif item := _recognise(clause):
            found += _each_time(item, clause)
    items += _sharing(found)


def _recognise(clause: Clause) -> Intent | None:
    return next((item for reader in _READERS if (item := reader(clause)) is not None), None)


def _each_time(item: Intent, clause: Clause) -> list[Intent]:
    """ "ballet Monday and Wednesday at 4" is two bookings of one title."""
    if not isinstance(item, Create) or item.when is None or item.reminders:
        return [item]
    others = separate(clause.times())[1:]
    return [item, *(replace(item, when=when) for when in others)]


def _completed(item: Intent, clause: Clause) -> Intent | None:
    """The item with what a following fragment adds ("need the car", "remind us an hour
    before", "delete the whole series"); None where the clause says something of its own."""
    if isinstance(item, Cancel) and says_cancelled(clause):
        from_clause = read_cancel(clause)
        return replace(item, scope=item.scope or (from_clause.scope if from_clause else None))
    if not isinstance(item, Create) or (
        clause.times() and not re.search("before|ahead", clause.text)
    ):
        return None
    extras = take_extras(clause.marked, clause)
    found = find_place(extras.rest)
    rest = found[1] if found else extras.rest
    people = clause.people(rest)
    if set(plain_words(rest)) - _LOOSE or not (extras.any or found or people):
        return None
    return _with_extras(item, extras, clause.words(found[0]) if found else None, clause.who(rest))


_LOOSE = {
    "for",
    "and",
    "with",
    "it",
    "is",
    "it's",
    "s",
    "also",
    "will",
    "be",
    "please",
    "the",
    "all",
    "coming",
}


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


def _sharing(items: list[Intent]) -> list[Intent]:
    """ "Piano tomorrow at 4 and dentist friday at 2 for Leo": the people said once are meant
    for each booking of the sentence, and a day said once for a bare hour after it."""
    bookings = [item for item in items if isinstance(item, Create)]
    said = [item.who for item in bookings if item.who.said]
    shared = said[0] if len(said) == 1 and len(bookings) > 1 else None
    result: list[Intent] = []
    for item in items:
        if isinstance(item, Create):
            if shared and not item.who.said:
                item = replace(item, who=shared)
            item = _same_day(item, result)
        result.append(item)
    return result


def _same_day(item: Create, earlier: list[Intent]) -> Create:
    before = earlier[-1] if earlier else None
    if not isinstance(before, Create) or before.when is None or item.when is None:
        return item
    return (
        replace(item, when=on_day_of(item.when, before.when)) if is_bare_clock(item.when) else item
    )
