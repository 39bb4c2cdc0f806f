"""A whole message read: tidied, cut into clauses, each clause tried as each intent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from scheduling.language.asked_along import asked_ahead, asked_along
from scheduling.language.clause import Clause, read_clause
from scheduling.language.clauses import clauses, sentences, told_in_two
from scheduling.language.completing import completed
from scheduling.language.foreign import is_foreign
from scheduling.language.intents.cancel import read_cancel
from scheduling.language.intents.change import read_change
from scheduling.language.intents.constraint import read_constraint
from scheduling.language.intents.create import read_create
from scheduling.language.intents.decide import read_decision, read_undo
from scheduling.language.intents.draft import ORDER
from scheduling.language.intents.ending import read_ending
from scheduling.language.intents.habit import read_habit
from scheduling.language.intents.move import read_move
from scheduling.language.intents.query import read_query
from scheduling.language.intents.remind import read_remind
from scheduling.language.intents.resource import read_resource
from scheduling.language.intents.swap import read_swap
from scheduling.language.intents.unremind import read_unremind
from scheduling.language.owned_days import owning_days
from scheduling.language.politeness import without_tag
from scheduling.language.readings import Context, Create, Intent, Reading
from scheduling.language.settings import is_setting
from scheduling.language.several import carried, each_time, sharing
from scheduling.language.tidy import tidy
from scheduling.language.tongues.english import in_english

_READERS: tuple[Callable[[Clause], Intent | None], ...] = (
    read_query,
    read_unremind,
    read_remind,
    read_habit,
    read_constraint,
    read_resource,
    read_ending,
    read_swap,
    read_cancel,
    read_move,
    read_change,
    read_create,
)
"""In order of how sure their words are; a booking is what nothing else claims."""


_LABEL = re.compile(r"^(reminder|note|fyi|psa|update|heads[- ]up|important)\s*!+\s*", re.I)
""" "Reminder! Library books due Thursday"."""


def interpret(text: str, context: Context, now: datetime) -> Reading:
    """What a message asks for; no items for talk. now: naive local. Never raises."""
    plain = tidy(text)
    other = in_english(plain, context) if plain else None
    if other is not None:
        return replace(
            reading := _read(other.text, context, now), items=other.own_words(reading.items)
        )
    if not plain or is_foreign(plain):
        return Reading()
    return _read(plain, context, now)


def _read(plain: str, context: Context, now: datetime) -> Reading:
    answer = read_undo(plain) or read_decision(plain, context)
    if answer is not None:
        return Reading((answer,))
    items: list[Intent] = []
    plain = _LABEL.sub(r"\1: ", without_tag(plain))
    for sentence in told_in_two(sentences(owning_days(plain)), now):
        _read_sentence(sentence, items, context, now)
    return Reading(tuple(asked_along(items)))


def _read_sentence(sentence: str, items: list[Intent], context: Context, now: datetime) -> None:
    """Append the sentence's intents; a sentence of mere riders completes the item before."""
    found: list[Intent] = []
    for piece in clauses(sentence, context, now):
        clause = read_clause(piece, context, now)
        before = found or items
        if before and (more := completed(before[-1], clause)) is not None:
            before[-1] = more
            continue
        item = _recognise(clause)
        if found and (item is None or isinstance(item, Create)) and not ORDER.match(piece):
            again = carried(piece, found[-1])
            clause = read_clause(again, context, now) if again != piece else clause
            item = _recognise(clause) if again != piece else item
        if item:
            found += each_time(item, clause)
    items += sharing(asked_ahead(found))


def _recognise(clause: Clause) -> Intent | None:
    if is_setting(clause.text):
        return None
    return next((item for reader in _READERS if (item := reader(clause)) is not None), None)
