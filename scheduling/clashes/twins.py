"""The same thing said twice: it clashes with itself, and is on the calendar already."""

from __future__ import annotations

from collections.abc import Sequence

from scheduling.conflicts import Conflict
from scheduling.events import Occurrence


def twin(conflicts: Sequence[Conflict], wanted: Sequence[Occurrence]) -> Occurrence | None:
    """What stands there already, where all that was asked for does; None otherwise.

    wanted: every occurrence that was asked for.
    """
    there = {c.candidate: o for c in conflicts for o in c.others if _same(c.candidate, o)}
    return there[wanted[0]] if wanted and all(o in there for o in wanted) else None


def _same(one: Occurrence, other: Occurrence) -> bool:
    return _facts(one) == _facts(other)


def _facts(occurrence: Occurrence) -> tuple[object, ...]:
    return (
        " ".join(occurrence.title.casefold().split()),
        occurrence.span,
        occurrence.all_day,
        occurrence.busy,
        frozenset(occurrence.resources),
        (occurrence.place or "").casefold(),
    )
