"""What a clash is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from scheduling.events import Occurrence, Priority, Status
from scheduling.family import Household, Rule
from scheduling.phrasing import span_words

Severity = Literal["low", "medium", "high", "critical"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that does not go together.

    hard: never booked by itself. candidate: what was to be booked. others: what stands
    against it, in order of start. people: who is concerned. resource, rule: what is overrun or
    broken. sentence: who, what and when, for the family.
    """

    type: Literal["time", "resource", "constraint"]
    severity: Severity
    hard: bool
    candidate: Occurrence
    others: tuple[Occurrence, ...]
    people: tuple[UUID, ...]
    resource: UUID | None
    rule: Rule | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One candidate and what is near it. `others` never holds the candidate, nor anything
    that is cancelled or keeps nobody busy. today: only to know when to say the year."""

    household: Household
    candidate: Occurrence
    others: Sequence[Occurrence]
    today: date | None = None

    def when(self, occurrence: Occurrence) -> str:
        return span_words(occurrence, self.household, self.today)


def counts(occurrence: Occurrence) -> bool:
    """Whether an occurrence can clash at all."""
    return not (
        occurrence.transparent or occurrence.reminder_only or occurrence.status is Status.CANCELLED
    )


def severity(*occurrences: Occurrence) -> Severity:
    """As weighty as the weightiest of them."""
    weightiest: Priority = max((o.priority for o in occurrences), key=lambda p: p.rank)
    return weightiest.value


def rule_severity(rule: Rule) -> Severity:
    """A wish is light; a rule weighs by its priority of 1 to 10."""
    if not rule.hard or rule.priority < 3:
        return "low"
    return "medium" if rule.priority < 8 else "high"
