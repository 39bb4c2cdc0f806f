"""A thumb for a way out of a clash, under the event that came of it: one vote a person."""

from __future__ import annotations

from uuid import UUID

from agents.scene import Scene
from agents.state import ItemState
from scheduling.buttons import Tap
from scheduling.errors import NotFound
from scheduling.messages import Button
from scheduling.rating import THUMBS, Rating, Thumb
from scheduling.speech import tr

PICTURES = {"up": "👍", "down": "👎"}


def thumbs_for(item: ItemState) -> tuple[tuple[Button, ...], ...]:
    """The row of buttons for an item that a clash was settled for; none for any other."""
    card = item["card"] or ""
    if not item.get("asked") or not card.startswith("proposal:"):
        return ()
    proposal_id = UUID(card.removeprefix("proposal:"))
    return (tuple(Button(PICTURES[t], Tap("rate", proposal_id, t).data()) for t in THUMBS),)


async def may_rate(scene: Scene, proposal_id: UUID, argument: str) -> str:
    """What a tap on a thumb is answered. Raises NotFound for a foreign or unknown one."""
    _thumb(argument)
    known = await scene.uow.proposals.get(scene.household.id, proposal_id)
    if known is None or scene.member is None:
        raise NotFound(tr("That button does not work any more."))
    return tr("Thanks, noted.")


async def rate(scene: Scene, proposal_id: UUID, argument: str) -> None:
    """Keep the vote; a later one of the same person takes its place."""
    assert scene.member is not None
    thumb = _thumb(argument)
    await scene.uow.ratings.put(
        Rating(scene.household.id, proposal_id, scene.member.id, thumb, scene.now)
    )


def _thumb(argument: str) -> Thumb:
    for thumb in THUMBS:
        if argument == thumb:
            return thumb
    raise NotFound(tr("That button does not work any more."))
