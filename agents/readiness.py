"""What became of one item of a request when it was planned: the three possible outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduling.conflicts import Conflict
from scheduling.edits import Edit
from scheduling.proposals import Option, ProposalKind

SURE = 0.7
"""A reading less sure than that is asked about first."""


@dataclass(frozen=True, slots=True)
class Ready:
    """To be done at once. assumed: what was filled in, said back to the family; usual: that
    of it which is as events of the title usually are. note: what else is said with it."""

    edits: tuple[Edit, ...]
    assumed: tuple[str, ...] = ()
    confidence: float = 1.0
    reasoning: str = ""
    note: str = ""
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One short question first. slot: what the answer fills; each option's `answer` is a value
    for it, or, for a `clash` or `confirm`, its edits are what to do. free: the question can be
    answered in words. edits: what was asked for. conflicts: what stands in its way."""

    slot: str
    text: str
    options: tuple[Option, ...] = ()
    kind: ProposalKind = "question"
    heading: str = ""
    free: bool = False
    edits: tuple[Edit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    confidence: float = 0.5
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Nothing to do but to say this: not found, not allowed, or done without a change."""

    text: str
    heading: str = ""
    confidence: float = 1.0


Plan = Ready | Ask | Say

Answers = dict[str, Any]
"""What the family has answered about one item, by slot."""
