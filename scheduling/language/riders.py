"""Those who are driven: "who picks up Leo?", "I'll take Mia" point at an event of theirs."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.clause import Clause
from scheduling.language.readings import Target


def riding(piece: str | None, target: Target, clause: Clause) -> Target:
    """The target narrowed to an event of the members whom the piece of marked text names."""
    if not piece or target.who.names:
        return target
    who = clause.who(piece)
    return replace(target, who=who) if who.names else target
