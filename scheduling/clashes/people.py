"""Someone would be in two places at once."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.clashes.conflict import Conflict, Scene, severity
from scheduling.events import Occurrence
from scheduling.phrasing import names
from scheduling.speech import N_, tr


def double_booked(scene: Scene) -> Iterator[Conflict]:
    """One conflict for each other occurrence that shares a busy person and a moment."""
    busy = scene.candidate.busy
    for other in scene.others:
        shared = busy & other.busy
        if shared and other.span.overlaps(scene.candidate.span):
            people = tuple(m.id for m in scene.household.members if m.id in shared)
            yield Conflict(
                type="time",
                severity=severity(scene.candidate, other),
                hard=True,
                candidate=scene.candidate,
                others=(other,),
                people=people or tuple(sorted(shared)),
                resource=None,
                rule=None,
                sentence=_sentence(scene, other, people),
            )


def _sentence(scene: Scene, other: Occurrence, people: tuple[object, ...]) -> str:
    who = names(scene.household, [p for p in scene.candidate.busy if p in people]) or tr("Someone")
    has = N_("{who} already has “{title}” ({when}).")
    have = N_("{who} already have “{title}” ({when}).")
    said = have if len(people) > 1 else has
    return tr(said, who=who, title=other.title, when=scene.when(other))
