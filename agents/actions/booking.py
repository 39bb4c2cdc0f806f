"""Carrying out a plan that has passed its checks, and telling the family."""

from __future__ import annotations

from uuid import UUID

from agents.actions.parts import ask_for_parts
from agents.actions.rating import thumbs_for
from agents.actions.saving import save
from agents.drafting import Draft
from agents.event_facts import event_facts
from agents.scene import Scene
from agents.state import ItemState
from agents.wording import told
from scheduling.buttons import Tap
from scheduling.messages import Button
from scheduling.proposals import ProposalState
from scheduling.speech import tr


async def book(scene: Scene, planned: Draft, item: ItemState, index: int, entry_id: UUID) -> bool:
    """Save the draft and answer with its card, which carries Undo. False if a run before a
    restart has done so already."""
    today = scene.local_now.date()
    heading, text = told(planned.changes, scene.household, today, item["assumed"])
    card = item["card"] or f"entry:{entry_id.hex}"
    if not await save(scene, planned, entry_id=entry_id, summary=heading, card=card):
        return False
    if item["note"]:
        text = f"{text}\n{item['note']}"
    await scene.tell(
        text,
        name=f"item{index}:done",
        heading=f"✓ {heading}",
        buttons=((Button(tr("Undo"), Tap("undo", entry_id).data()),), *thumbs_for(item)),
        card=card,
        event=event_facts(planned.changes, scene.household, today, f"✓ {heading}", text),
    )
    await close_proposal(scene, item)
    await ask_for_parts(scene, planned, index)
    return True


async def close_proposal(scene: Scene, item: ItemState) -> None:
    """What was decided about this item has had its effect, or can have none any more."""
    card = item["card"]
    if card is not None and card.startswith("proposal:"):
        proposal_id = UUID(card.removeprefix("proposal:"))
        await scene.uow.proposals.close(scene.household.id, proposal_id, ProposalState.DONE)
        await scene.uow.conflicts.settle(scene.household.id, proposal_id, "resolved")
