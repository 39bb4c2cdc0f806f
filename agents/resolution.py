"""resolution: ways out of a clash, best first, as options to be tapped."""

from __future__ import annotations

from collections.abc import Sequence

from agents.conflict_detection import Findings
from agents.drafting import everything_else
from agents.planning.item import Item
from agents.readiness import Ask, Say
from scheduling.conflicts import Conflict
from scheduling.edits import AddEvent, Edit
from scheduling.resolutions import needed_window, propose
from scheduling.speech import tr
from scheduling.watching import agent

MOST_SENTENCES = 3


@agent("resolution")
async def resolve(findings: Findings, edits: Sequence[Edit], item: Item) -> Ask | Say:
    """The question that names who or what clashes, with two to four fixes."""
    scene = item.scene
    clashing = {c.candidate.event_id for c in findings.conflicts}
    change = next(c for c in findings.draft.changes if c.after.id in clashing)
    wanted = change.after
    windows = needed_window(scene.household, wanted, findings.conflicts, scene.now)
    others = {o.event_id for c in findings.conflicts for o in c.others}
    events = await scene.uow.events.many(scene.household.id, sorted(others))
    made = iter(range(1000))
    options = propose(
        household=scene.household,
        wanted=wanted,
        clashes=findings.conflicts,
        around=await everything_else(scene, findings.draft, windows),
        events={e.id: e for e in events},
        now=scene.now,
        new_id=lambda: item.id(f"option{next(made)}"),
        asker=scene.member.id if scene.member else None,
        base=None if isinstance(edits[0], AddEvent) else tuple(edits),
        before=change.before,
    )
    if not options:
        return Say(
            tr(
                "{told}\nI found no other way that fits. Nothing was changed.",
                told=_told(findings.conflicts),
            ),
            heading=tr("{title} does not fit", title=wanted.title),
        )
    return Ask(
        "fix",
        _told(findings.conflicts),
        tuple(options),
        kind="clash",
        heading=tr("{title} does not fit", title=wanted.title),
        edits=tuple(edits),
        conflicts=findings.conflicts,
        reasoning=f"{len(findings.conflicts)} clashes, {len(options)} re-checked ways out",
    )


def _told(conflicts: Sequence[Conflict]) -> str:
    sentences = list(dict.fromkeys(c.sentence for c in conflicts))
    more = len(sentences) - MOST_SENTENCES
    shown = sentences[:MOST_SENTENCES]
    return "\n".join([*shown, tr("… and {more} more.", more=more)] if more > 0 else shown)
