"""One kind of fix for several dates of a series, told as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduling.edits import AddEvent, Edit
from scheduling.phrasing import days_words, local
from scheduling.resolutions.plan import Plan
from scheduling.resolutions.situation import Situation

_TOLD = 3


def all_but(situation: Situation, chosen: Sequence[Plan]) -> Plan:
    """ "All but Tue 24 Mar, which moves to 5:00 PM". chosen: one plan for each date."""
    zone = situation.household.zone
    days = [local(c.occurrence.span.start, zone).date() for c in situation.cases]
    told, first = days_words(days, situation.today), chosen[0]
    label = first.label
    if first.all_but and len(days) == 1:
        label = f"All but {told}, which {first.all_but}"
    elif first.all_but:
        label = f"All but {len(days)} dates, which {_PLURAL[first.kind]}"
    elif first.own:
        label = f"{label} on {told if len(days) == 1 else f'{len(days)} dates'}"
    more = len(chosen) - _TOLD
    texts = [p.text for p in chosen[:_TOLD]] + ([f"So on {more} more."] if more > 0 else [])
    return replace(
        first,
        cost=max(p.cost for p in chosen) + len(chosen) - 1,
        label=label,
        text=" ".join(texts),
        own=tuple(e for p in chosen for e in p.own),
        others=tuple(e for p in chosen for e in p.others),
        people=tuple(dict.fromkeys(m for p in chosen for m in p.people)),
    )


_PLURAL = {
    "move_new": "move to another hour",
    "other_side": "move to another hour",
    "other_day": "move to other days",
    "shorten": "are shorter",
    "other_resource": "take another",
}


def everywhere(situation: Situation, plan: Plan) -> Plan:
    """A plan for one date, done to the whole series."""
    own = tuple(_whole(edit) for edit in plan.own)
    return replace(plan, own=own, text=f"{plan.text} So every time.", all_but="")


def _whole(edit: Edit) -> Edit:
    return edit if isinstance(edit, AddEvent) else replace(edit, scope="series")
