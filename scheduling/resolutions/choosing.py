"""Trying the strategies, testing what they yield, and choosing what to offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from scheduling.conflicts import Conflict
from scheduling.edits import MoveEvent
from scheduling.family import Rule
from scheduling.phrasing import and_list
from scheduling.proposals import Option
from scheduling.resolutions.cancel_other import cancel_other_plans
from scheduling.resolutions.dates import all_but, everywhere
from scheduling.resolutions.move_new import other_day_plans, other_side_plans, same_day_plans
from scheduling.resolutions.move_other import move_other_plans
from scheduling.resolutions.other_person import other_person_plans
from scheduling.resolutions.other_resource import other_resource_plans
from scheduling.resolutions.override import override_plans
from scheduling.resolutions.plan import ForAll, ForOne, Plan, concerned
from scheduling.resolutions.series import (
    move_other_series_plans,
    move_series_plans,
    skip_plans,
)
from scheduling.resolutions.shorten import shorten_plans
from scheduling.resolutions.situation import Case, Situation
from scheduling.speech import tr

MOST = 4
ENOUGH = 3
"""A longer card is not a better one: fillers only come in up to this many."""

_MOVES = ("move_new", "other_side", "other_day")
_FILLERS = ("other_side", "cancel_other")
_TRIED = 6
_MOST_DATES = 6
"""Dates of one series that are fixed one by one; beyond that it is another plan."""

_FOR_ONE: tuple[ForOne, ...] = (
    same_day_plans,
    other_resource_plans,
    other_person_plans,
    shorten_plans,
    other_day_plans,
    move_other_plans,
    other_side_plans,
    cancel_other_plans,
)
_FOR_WHOLE_SERIES: tuple[ForOne, ...] = (other_resource_plans, other_person_plans, shorten_plans)
_FOR_SERIES: tuple[ForAll, ...] = (move_series_plans, skip_plans, move_other_series_plans)

_PER_WISH = 3.0
"""What it costs to break a soft rule, in the units of `Plan.cost`."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A plan that leaves no hard clash. wishes: the soft rules it breaks."""

    plan: Plan
    wishes: tuple[Rule, ...]

    @property
    def cost(self) -> float:
        return self.plan.cost + (0 if self.plan.kind == "override" else _PER_WISH) * len(
            self.wishes
        )


def chosen_options(situation: Situation) -> list[Option]:
    """Up to four, one of each kind, in order of cost."""
    if not situation.cases:
        return []
    by_label: dict[str, Tested] = {}
    for tested in sorted(_all(situation), key=lambda t: t.cost):
        # Two buttons of the same words could not be told apart.
        by_label.setdefault(tested.plan.label, tested)
    ranked = [t for t in by_label.values() if not _pointless(t, by_label.values())]
    main = [t for t in ranked if t.plan.kind not in _FILLERS][:MOST]
    fillers = sorted(
        (t for t in ranked if t.plan.kind in _FILLERS), key=lambda t: _FILLERS.index(t.plan.kind)
    )
    offered = main + fillers[: max(ENOUGH - len(main), 0)]
    return [_option(situation, t) for t in sorted(offered, key=lambda t: t.cost)]


def _pointless(tested: Tested, others: Iterable[Tested]) -> bool:
    """Shorter from an hour at which the whole of it would have room, too."""
    starts = _starts(tested.plan)
    whole = (t for t in others if t.plan.kind in _MOVES and len(t.wishes) <= len(tested.wishes))
    return tested.plan.kind == "shorten" and any(_starts(t.plan) == starts for t in whole)


def _starts(plan: Plan) -> set[datetime]:
    return {e.start for e in plan.own if isinstance(e, MoveEvent)}


def _all(situation: Situation) -> Iterator[Tested]:
    yield from filter(None, [_first(situation, override_plans(situation))])
    if situation.whole:
        case = situation.cases[0]
        for strategy in _FOR_ONE:
            yield from filter(None, [_first(situation, strategy(case))])
        return
    for for_all in _FOR_SERIES:
        yield from filter(None, [_first(situation, for_all(situation))])
    yield from _for_dates(situation)


def _for_dates(situation: Situation) -> Iterator[Tested]:
    """The strategies for one occurrence, put to a series: date by date where few clash, all at
    once where most do."""
    few = len(situation.cases) <= _MOST_DATES and len(situation.cases) < len(situation.own)
    most = 2 * len(situation.cases) > len(situation.own)
    for strategy in _FOR_ONE if few else ():
        chosen = [_first(situation, strategy(case), case) for case in situation.cases]
        plans = [t.plan for t in chosen if t is not None]
        if len(plans) == len(chosen):
            yield from filter(None, [_first(situation, [all_but(situation, plans)])])
    for strategy in _FOR_WHOLE_SERIES if most else ():
        first = strategy(situation.cases[0])
        whole = (everywhere(situation, plan) for plan in first)
        yield from filter(None, [_first(situation, whole)])


def _first(situation: Situation, plans: Iterable[Plan], case: Case | None = None) -> Tested | None:
    """The first that passes and breaks no wish, or else the one that breaks the fewest.

    case: look at this date only; the others are put right by plans of their own.
    """
    best: Tested | None = None
    for plan in islice(plans, _TRIED):
        left = situation.after(plan.own, plan.others, None if case is None else [case])
        if left is None or any(c.hard for c in left):
            continue
        if situation.changes_nothing(plan.own, plan.others):
            continue
        tested = Tested(plan, _wishes(left))
        if not tested.wishes:
            return tested
        if best is None or len(tested.wishes) < len(best.wishes):
            best = tested
    return best


def _wishes(left: Iterable[Conflict]) -> tuple[Rule, ...]:
    return tuple({c.rule.id: c.rule for c in left if c.rule is not None}.values())


def _option(situation: Situation, tested: Tested) -> Option:
    plan = tested.plan
    if tested.wishes and plan.kind != "override":
        against = and_list([f"“{rule.text}”" for rule in tested.wishes])
        plan = replace(
            plan, text=tr("{plan} This once against {against}.", plan=plan.text, against=against)
        )
    return Option(
        label=plan.label,
        text=plan.text,
        edits=situation.complete(plan.own, plan.others),
        affects=_affected(situation, plan),
        overrides=tuple(rule.id for rule in tested.wishes),
    )


def _affected(situation: Situation, plan: Plan) -> tuple[UUID, ...]:
    """Members other than the asker whose events or time change."""
    people = list(plan.people)
    if situation.base:
        people += [p for case in situation.cases for p in concerned(case.occurrence)]
    return tuple(p for p in dict.fromkeys(people) if p != situation.asker)
