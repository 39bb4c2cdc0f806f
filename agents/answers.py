"""Whether a message in words answers an open question: "yes", "the second one", "at 7"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agents.nl_parser import reading_context
from agents.scene import Scene
from scheduling.language.interpret import interpret
from scheduling.language.readings import Approve, Create, Reject
from scheduling.language.times import main_time
from scheduling.proposals import Proposal

FEW_WORDS = 6
"""A message of at most so many words besides a time may be an answer to "when?"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """choice: an option's index, None = no. text: free words for the question's slot."""

    proposal: Proposal
    choice: int | None = None
    text: str | None = None


async def answer_in_words(
    scene: Scene, text: str, replied_to: str | None, local: datetime
) -> Answer | None:
    """The open question this message answers, if it does. replied_to: the card replied to."""
    open_here = await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id)
    if not open_here:
        return None
    replied = [p for p in open_here if p.card == replied_to]
    proposal = (replied or open_here)[0]
    mine = bool(replied) or (scene.member is not None and proposal.asker == scene.member.id)
    chosen = _label(text, proposal) if mine or proposal.kind == "clash" else None
    if chosen is not None:
        return Answer(proposal, chosen)
    context = await reading_context(scene, pending_options=max(len(proposal.options), 1))
    items = interpret(text, context, local).items
    if len(items) == 1 and isinstance(items[0], Approve | Reject):
        return _by_words(items[0], proposal)
    if proposal.kind == "question" and mine and _fills(text, proposal, items, local, bool(replied)):
        return Answer(proposal, text=text)
    return None


def _by_words(said: Approve | Reject, proposal: Proposal) -> Answer | None:
    if isinstance(said, Reject):
        return Answer(proposal, None)
    choice = (said.choice or 1) - 1
    return Answer(proposal, choice) if choice < len(proposal.options) else None


def _label(text: str, proposal: Proposal) -> int | None:
    """The option whose label, or number, the message repeats."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    if not said:
        return None
    number = re.fullmatch(r"(?:option |number |approve )?(\d)", said)
    if number and 1 <= int(number[1]) <= len(proposal.options):
        return int(number[1]) - 1
    labels = [" ".join(re.findall(r"\w+", o.label.casefold())) for o in proposal.options]
    found = [i for i, label in enumerate(labels) if label == said or label.startswith(f"{said} ")]
    return found[0] if len(found) == 1 else None


def _fills(
    text: str, proposal: Proposal, items: Sequence[object], local: datetime, replied: bool
) -> bool:
    if proposal.slot == "title":
        return len(text.split()) <= FEW_WORDS or replied
    if proposal.slot != "when":
        return False
    if main_time(text, local) is None:
        return False
    titled = any(isinstance(i, Create) and i.title for i in items)
    return replied or not titled
