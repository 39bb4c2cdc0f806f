"""A chat message that was edited after it had been read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from agents.scene import Scene
from scheduling.events import Status
from scheduling.proposals import Proposal, ProposalState
from scheduling.speech import tr

MOST_ITEMS = 20
"""Of more in one message, the first ones are looked for."""


async def withdraw(scene: Scene, wording: UUID) -> None:
    """Take back the question that an earlier wording had raised, if still open."""
    for proposal in await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id):
        if proposal.thread_id == wording.hex:
            await close_question(scene, proposal, tr("The message was edited, so I read it again."))


async def close_question(scene: Scene, proposal: Proposal, why: str) -> None:
    """Take an open question back, with a word on its card."""
    ours = scene.household.id
    await scene.uow.proposals.close(ours, proposal.id, ProposalState.WITHDRAWN)
    await scene.uow.conflicts.settle(ours, proposal.id, "ignored")
    await scene.uow.notices.drop_for_proposal(ours, proposal.id)
    await replace(scene, reply_to=None).tell(
        why,
        name=f"withdrawn:{proposal.id.hex}",
        heading=proposal.heading,
        card=proposal.card,
    )


def booking_of(wording: UUID, index: int) -> UUID:
    """The id of the event that the item at that place of a wording would have booked."""
    return uuid5(wording, f"item{index}:event")


async def booked_by(scene: Scene, wordings: Sequence[UUID]) -> UUID | None:
    """The first of the wordings of which anything booked still stands."""
    for wording in wordings:
        ids = [booking_of(wording, index) for index in range(MOST_ITEMS)]
        events = await scene.uow.events.many(scene.household.id, ids)
        if any(event.status is not Status.CANCELLED for event in events):
            return wording
    return None
