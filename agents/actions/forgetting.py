"""Deleting for good: a person, or the whole family. Always asked first."""

from __future__ import annotations

from uuid import UUID

from agents.actions.family import require_other_parent
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.family import Household
from scheduling.messages import Button, Outgoing
from scheduling.ports import Chat
from scheduling.speech import tr


async def forget_command(scene: Scene, words: str, backup_days: int) -> None:
    """/forget NAME, or /forget for everything: the confirmation, with buttons. backup_days: until
    backups have lost it, too; 0 where there are none."""
    scene.require_decider(tr("delete people or the family"))
    name = words.strip()
    if name.casefold() in ("", "everything", "everyone", tr("the family"), "family", "all"):
        await _confirm(
            scene,
            scene.household.id,
            "family",
            tr(
                "the family {household}: everyone in it and every event (one person "
                "only: /forget NAME)",
                household=scene.household.name,
            ),
            backup_days,
        )
        return
    member = scene.household.named(name)
    if member is None:
        await scene.say(
            tr(
                "I don't know {name} in this family. /forget NAME · /forget everything",
                name=name[:40],
            )
        )
        return
    require_other_parent(member, scene.household)
    await _confirm(
        scene,
        member.id,
        "person",
        tr("{member}, with their part in every event", member=member.name),
        backup_days,
    )


async def _confirm(scene: Scene, subject: UUID, what: str, words: str, backup_days: int) -> None:
    told = tr(
        "This deletes {words} for good. It cannot be undone. /export keeps a copy first.",
        words=words,
    )
    if backup_days:
        told += " " + tr("Backups keep it for {days} days more.", days=backup_days)
    await scene.say(
        told,
        heading=tr("Delete for good?"),
        buttons=(
            (
                Button(tr("Delete for good"), Tap("drop", subject, what).data()),
                Button(tr("Keep"), Tap("drop", subject, "keep").data()),
            ),
        ),
        card=_card(subject),
        anew=True,
    )


def _card(subject: UUID) -> str:
    return f"forget:{subject.hex}"


def _by(scene: Scene) -> str:
    return tr(" (said {member})", member=scene.member.name) if scene.member else ""


async def keep(scene: Scene, subject: UUID) -> None:
    await scene.say(
        tr("Nothing was deleted{by}.", by=_by(scene)),
        name="keep",
        heading=tr("Kept"),
        card=_card(subject),
    )


async def forget_person(scene: Scene, member_id: UUID) -> list[str]:
    """Returns the threads of what they had asked; one that waits for an answer goes on."""
    member = scene.household.member(member_id)
    if member is None:
        return []
    require_other_parent(member, scene.household)
    threads = await scene.uow.inbox.threads_of(scene.household.id, member_id)
    standing = await scene.uow.keeping.standing(threads)
    await scene.uow.households.remove_member(scene.household.id, member_id)
    await scene.say(
        tr("Their name, accounts and part in events are deleted{by}.", by=_by(scene)),
        name="forgotten",
        heading=tr("{member} is forgotten", member=member.name),
        card=_card(member_id),
    )
    return [thread for thread in threads if thread in standing and not standing[thread].busy]


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
    name = chat.address.title or tr("Family")
    empty = Household(scene.id("empty"), name, household.timezone, onboarded=False)
    await uow.households.add(empty)
    await uow.chats.add(Chat(scene.id("chat"), empty.id, chat.address))
    gone = Outgoing(
        key=f"{scene.request_id.hex}:gone",
        chat_id=scene.id("chat"),
        heading=tr("Deleted for good"),
        text=tr(
            "Everything I knew of {household} is gone{by}. /start begins anew.",
            household=household.name,
            by=_by(scene),
        ),
        card="gone",
    )
    if asked is not None:
        await uow.outbox.adopt(empty.id, gone, asked)
    await uow.outbox.add(empty.id, gone)
    return threads
