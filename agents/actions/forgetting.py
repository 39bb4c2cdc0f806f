"""Deleting for good: a person, or the whole family. Always asked first."""

from __future__ import annotations

from uuid import UUID

from agents.actions.family import require_other_parent
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.family import Household
from scheduling.messages import Button, Outgoing
from scheduling.ports import Chat


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


def _by(scene: Scene) -> str:
    return f" (said {scene.member.name})" if scene.member else ""


async def keep(scene: Scene, subject: UUID) -> None:
    await scene.say(
        f"Nothing was deleted{_by(scene)}.", name="keep", heading="Kept", card=_card(subject)
    )


async def forget_person(scene: Scene, member_id: UUID) -> None:
    member = scene.household.member(member_id)
    if member is None:
        return
    require_other_parent(member, scene.household)
    await scene.uow.households.remove_member(scene.household.id, member_id)
    await scene.say(
        f"Their name, accounts and part in events are deleted{_by(scene)}.",
        name="forgotten",
        heading=f"{member.name} is forgotten",
        card=_card(member_id),
    )


async def forget_family(scene: Scene) -> list[str]:
    """Delete every row of the family; returns the threads whose checkpoints go too.

    The word that it is done is the first of a new, empty family: no row of the old one is kept
    to say it. It takes the place of the question, whose message is all that is handed on.
    """
    household, uow = scene.household, scene.uow
    chat = await uow.chats.get(household.id, scene.chat_id)
    asked = await uow.outbox.message_ref(household.id, scene.chat_id, _card(household.id))
    threads = await uow.households.forget(household.id)
    if chat is None:
        return threads
    name = chat.address.title or "Family"
    empty = Household(scene.id("empty"), name, household.timezone, onboarded=False)
    await uow.households.add(empty)
    await uow.chats.add(Chat(scene.id("chat"), empty.id, chat.address))
    gone = Outgoing(
        key=f"{scene.request_id.hex}:gone",
        chat_id=scene.id("chat"),
        heading="Deleted for good",
        text=f"Everything I knew of {household.name} is gone{_by(scene)}. /start begins anew.",
        card="gone",
    )
    if asked is not None:
        await uow.outbox.adopt(empty.id, gone, asked)
    await uow.outbox.add(empty.id, gone)
    return threads
