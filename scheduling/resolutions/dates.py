"""One kind of fix for several dates of a series, told as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduling.edits import AddEvent, Edit
from scheduling.phrasing import days_words, local
from scheduling.resolutions.plan import Plan
from scheduling.resolutions.situation import Situation
from scheduling.speech import N_, tr

_TOLD = 3


def all_but(situation: Situation, chosen: Sequence[Plan]) -> Plan:
    """ "All but Tue 24 Mar, which moves to 5:00 PM". chosen: one plan for each date."""
    zone = situation.household.zone
    days = [local(c.occurrence.span.start, zone).date() for c in situation.cases]
    told, first = days_words(days, situation.today), chosen[0]
    label = first.label
    if first.all_but and len(days) == 1:
        label = tr("All but {told}, which {all_but}", told=told, all_but=first.all_but)
    elif first.all_but:
        label = tr(
            "All but {days} dates, which {all_but}",
            days=len(days),
            all_but=tr(_PLURAL[first.kind]),
        )
    elif first.own:
        dates = told if len(days) == 1 else tr("{days} dates", days=len(days))
        label = tr("{label} on {dates}", label=label, dates=dates)
    more = len(chosen) - _TOLD
    texts = [p.text for p in chosen[:_TOLD]] + (
        [tr("So on {more} more.", more=more)] if more > 0 else []
    )
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
    "move_new": N_("move to another hour"),
    "other_side": N_("move to another hour"),
    "other_day": N_("move to other days"),
    "shorten": N_("are shorter"),
    "other_resource": N_("take another"),
}


def everywhere(situation: Situation, plan: Plan) -> Plan:
    """A plan for one date, done to the whole series."""
    own = tuple(_whole(edit) for edit in plan.own)
    return replace(plan, own=own, text=tr("{plan} So every time.", plan=plan.text), all_but="")


def _whole(edit: Edit) -> Edit:
    return edit if isinstance(edit, AddEvent) else replace(edit, scope="series")
