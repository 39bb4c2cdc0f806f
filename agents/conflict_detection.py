"""conflict_detection: what a plan clashes with on the calendar as it is at this moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from agents.drafting import Draft, clashes, draft
from agents.scene import Scene
from scheduling.conflicts import Conflict
from scheduling.edits import Edit
from scheduling.events import Occurrence


@dataclass(frozen=True, slots=True)
class Findings:
    """conflicts: those that stand in the way. around: everything else near the plan."""

    draft: Draft
    conflicts: tuple[Conflict, ...]
    around: tuple[Occurrence, ...]


async def detect(scene: Scene, edits: Sequence[Edit], allowed: Collection[UUID] = ()) -> Findings:
    """Check a list of edits. allowed: ids of soft rules knowingly broken. Raises Stale."""
    planned = await draft(scene, edits)
    found, around = await clashes(scene, planned)
    standing = tuple(c for c in found if not _allowed(c, allowed))
    return Findings(planned, standing, tuple(around))


def _allowed(conflict: Conflict, allowed: Collection[UUID]) -> bool:
    return not conflict.hard and conflict.rule is not None and conflict.rule.id in allowed
