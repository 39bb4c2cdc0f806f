"""A way out before it is an option: what it does, what it costs, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from scheduling.edits import Edit
from scheduling.events import Occurrence
from scheduling.phrasing import names
from scheduling.resolutions.situation import Case, Situation
from scheduling.speech import N_, tr
from scheduling.words import and_list

Kind = Literal[
    "move_new",
    "other_side",
    "other_day",
    "move_series",
    "shorten",
    "other_resource",
    "other_person",
    "skip",
    "override",
    "move_other",
    "move_other_series",
    "cancel_other",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """cost: how much it disturbs; the least first. label: the button's words. text: one line
    with weekday and date. all_but: the same for one date of a series, to follow "All but Tue
    24 Mar, which …"; empty where the wanted event stays as it is. own: edits of the wanted
    event. others: edits of existing ones. people: whose events or time change by it."""

    kind: Kind
    cost: float
    label: str
    text: str
    all_but: str = ""
    own: tuple[Edit, ...] = ()
    others: tuple[Edit, ...] = ()
    people: tuple[UUID, ...] = ()


class ForOne(Protocol):
    """Ways out for one occurrence, the least disturbing first. They are tested afterwards, so
    a strategy may hope."""

    def __call__(self, case: Case) -> Iterator[Plan]: ...


class ForAll(Protocol):
    """Ways out for the whole of what was asked."""

    def __call__(self, situation: Situation) -> Iterator[Plan]: ...


_LABEL_TITLE = 28


def short(title: str) -> str:
    """A title that fits a button."""
    return title if len(title) <= _LABEL_TITLE else f"{title[: _LABEL_TITLE - 1].rstrip()}…"


def owned(situation: Situation, occurrence: Occurrence) -> str:
    """ "Ben's hardware store"; without the name where there are several or the title has it."""
    who = names(situation.household, occurrence.people)
    title = occurrence.title
    if len(occurrence.people) != 1 or who.casefold() in title.casefold():
        return title
    return tr("{who}'s {title}", who=who, title=title)


def stays(case: Case) -> str:
    """What is left alone: " Ben's hardware store stays."."""
    if not case.others:
        return ""
    if len(case.others) > 2:
        return tr(" Everything else stays.")
    told = [owned(case.situation, o) for o in case.others]
    plain = (
        N_(" {events} stays as planned.") if len(told) == 1 else N_(" {events} stay as planned.")
    )
    return tr(plain, events=and_list(told))


def concerned(occurrence: Occurrence) -> tuple[UUID, ...]:
    """Everyone who has a part in it."""
    found = (p.member_id for p in occurrence.participants)
    return tuple(dict.fromkeys(m for m in found if m is not None))
