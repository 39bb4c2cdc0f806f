"""A chat message that was edited after it had been read."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from agents.scene import Scene
from scheduling.events import Status
from scheduling.proposals import ProposalState


async def withdraw(scene: Scene, original: UUID) -> None:
    """Take back the question that the message's first wording had raised, if still open."""
    for proposal in await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id):
        if proposal.thread_id == original.hex:
            await scene.uow.proposals.close(
                scene.household.id, proposal.id, ProposalState.WITHDRAWN
            )
            await scene.uow.notices.drop_for_proposal(scene.household.id, proposal.id)
            await replace(scene, reply_to=None).say(
                "The message was edited, so I read it again.",
                name=f"withdrawn:{proposal.id.hex}",
                heading=proposal.heading,
                card=proposal.card,
            )


async def booked_by(scene: Scene, original: UUID) -> str | None:
    """The id of the event that the first wording had booked, if it still stands."""
    event = await scene.uow.events.get(scene.household.id, uuid5(original, "item0:event"))
    return str(event.id) if event is not None and event.status is not Status.CANCELLED else None
