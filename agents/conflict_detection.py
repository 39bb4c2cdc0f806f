"""conflict_detection: what a plan clashes with on the calendar as it is at this moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from agents.drafting import Draft, clashes_among, draft, near
from agents.scene import Scene
from scheduling.conflicts import Conflict
from scheduling.edits import Edit
from scheduling.events import Occurrence
from scheduling.watching import agent


@dataclass(frozen=True, slots=True)
class Findings:
    """conflicts: those that stand in the way of the draft. around: what else is on the calendar
    near it."""

    draft: Draft
    conflicts: tuple[Conflict, ...]
    around: tuple[Occurrence, ...] = ()


@agent("conflict_detection")
async def detect(scene: Scene, edits: Sequence[Edit], allowed: Collection[UUID] = ()) -> Findings:
    """Check a list of edits. allowed: ids of soft rules knowingly broken. Raises Stale."""
    planned = await draft(scene, edits)
    around = await near(scene, planned)
    found = clashes_among(scene, planned, around)
    return Findings(planned, tuple(c for c in found if not _allowed(c, allowed)), tuple(around))


def _allowed(conflict: Conflict, allowed: Collection[UUID]) -> bool:
    return not conflict.hard and conflict.rule is not None and conflict.rule.id in allowed
