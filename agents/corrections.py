"""Words that give what is not booked yet another time: "can we do 4pm instead?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from agents.actions.edited import booking_of
from scheduling.language.readings import Approve, Create, Move
from scheduling.language.times import main_time
from scheduling.ports import Focus
from scheduling.proposals import Proposal

FILLER = frozenset(
    (
        *("the", "a", "an", "at", "on", "in", "of", "to", "for", "it", "is", "its"),
        *("ok", "okay", "let's", "lets", "make", "say", "and"),
    )
)
"""Words that may stand around an answer and say nothing."""


def is_about(focus: Focus | None, proposal: Proposal) -> bool:
    """Whether "it" is what that proposal is to find room for."""
    wanted = booking_of(UUID(proposal.thread_id), proposal.item)
    return focus is not None and focus.event_id == wanted


def corrects(items: Sequence[object], proposal: Proposal, text: str, local: datetime) -> bool:
    """Another time for what the proposal is to find room for, and nothing else."""
    asks_when = proposal.kind == "question" and proposal.slot == "when"
    if not (proposal.kind == "clash" or asks_when) or main_time(text, local) is None:
        return False
    if only_a_time(text, items, local):
        return True
    item = items[0] if len(items) == 1 else None
    return isinstance(item, Move) and item.target.it and item.to is not None


def only_a_time(text: str, items: Sequence[object], local: datetime) -> bool:
    """Whether the message names a time and hardly anything else. items: what it reads as."""
    said = main_time(text, local)
    if said is None or any(not isinstance(i, Create | Approve) for i in items):
        return False
    start, end = said.span
    return not set(re.findall(r"[\w']+", (text[:start] + text[end:]).casefold())) - FILLER
