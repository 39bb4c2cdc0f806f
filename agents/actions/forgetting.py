"""Deleting for good: a person, or the whole family. Always asked first."""

from __future__ import annotations

from uuid import UUID

from agents.actions.family import require_other_parent
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.messages import Button


async def forget_command(scene: Scene, words: str) -> None:
    """/forget NAME, or /forget for everything: the confirmation, with buttons."""
    scene.require_decider("delete people or the family")
    name = words.strip()
    if name.casefold() in ("", "everything", "everyone", "the family", "family", "all"):
        await _confirm(
            scene,
            scene.household.id,
            "family",
            f"the family {scene.household.name}: everyone in it and every event (one person "
            "only: /forget NAME)",
        )
        return
    member = scene.household.named(name)
    if member is None:
        await scene.say(
            f"I don't know {name[:40]} in this family. /forget NAME · /forget everything"
        )
        return
    require_other_parent(member, scene.household)
    await _confirm(scene, member.id, "person", f"{member.name}, with their part in every event")


async def _confirm(scene: Scene, subject: UUID, what: str, words: str) -> None:
    await scene.say(
        f"This deletes {words} for good. It cannot be undone. /export keeps a copy first.",
        heading="Delete for good?",
        buttons=(
            (
                Button("Delete for good", Tap("drop", subject, what).data()),
                Button("Keep", Tap("drop", subject, "keep").data()),
            ),
        ),
        card=_card(subject),
        anew=True,
    )


def _card(subject: UUID) -> str:
    return f"forget:{subject.hex}"


async def still_asked(scene: Scene, tap: Tap) -> bool:
    """Whether the confirmation still shows that button: a kept one is not deleted by an old tap."""
    card = _card(tap.id)
    shown = await scene.uow.outbox.last_of_card(scene.household.id, scene.chat_id, card)
    rows = shown.buttons if shown else ()
    return any(button.data == tap.data() for row in rows for button in row)


async def keep(scene: Scene, subject: UUID) -> None:
    await scene.say("Nothing was deleted.", name="keep", heading="Kept", card=_card(subject))


async def forget_person(scene: Scene, member_id: UUID) -> None:
    member = scene.household.member(member_id)
    if member is None:
        return
    require_other_parent(member, scene.household)
    await scene.uow.households.remove_member(scene.household.id, member_id)
    await scene.say(
        "Their name, accounts and part in events are deleted.",
        name="forgotten",
        heading=f"{member.name} is forgotten",
        card=_card(member_id),
    )


async def forget_family(scene: Scene) -> list[str]:
    """Delete every row of the family; returns the threads whose checkpoints go too."""
    return await scene.uow.households.forget(scene.household.id)
