"""Taking back the last change, from its before-images."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from agents.actions.saving import save
from agents.drafting import Change, Draft, change, clashes
from agents.scene import Scene
from scheduling.events import Event, Status
from scheduling.family import Role
from scheduling.messages import TapAnswer
from scheduling.ports import AuditEntry
from scheduling.speech import N_, tr

GONE = N_("That button does not work here any more.")
UNDONE = N_("That was undone already.")
NOT_YOURS = N_("Only {who} or a parent can undo that.")


async def claim(scene: Scene, entry_id: UUID) -> TapAnswer:
    """Whether this tap may undo that change; run in the gateway's transaction."""
    entry = await scene.uow.audit.claim_undo(scene.household.id, entry_id, scene.request_id)
    if entry is None:
        known = await scene.uow.audit.get(scene.household.id, entry_id)
        return TapAnswer(tr(UNDONE) if known else tr(GONE), True)
    refused = _refusal(entry, scene)
    if refused:
        await scene.uow.audit.release_undo(scene.household.id, entry_id, scene.request_id)
        return TapAnswer(refused, True)
    return TapAnswer(tr("I take it back, unless something has changed it since."))


def _refusal(entry: AuditEntry, scene: Scene) -> str | None:
    if scene.member is None:
        return tr("Only members of this family can undo that.")
    if scene.member.role is Role.PARENT or scene.member.id == entry.actor:
        return None
    actor = scene.household.member(entry.actor) if entry.actor else None
    return tr(NOT_YOURS).format(who=actor.name if actor else tr("a parent"))


async def undo_latest(scene: Scene) -> None:
    """/undo: the newest change made in this chat."""
    if await _done_before(scene):
        return
    entry = await scene.uow.audit.latest(scene.household.id, scene.chat_id)
    if entry is None:
        await scene.say(tr("There is nothing to undo here."))
        return
    answer = await claim(scene, entry.id)
    if answer.alert:
        await scene.say(answer.text)
        return
    await undo(scene, entry.id)


async def undo(scene: Scene, entry_id: UUID) -> None:
    """Restore what the change replaced, if nothing has touched it since and it still fits."""
    await scene.lock()
    entry = await scene.uow.audit.claim_undo(scene.household.id, entry_id, scene.request_id)
    if entry is None:
        return
    restored = await _restored(scene, entry)
    if isinstance(restored, str):
        await _refuse(scene, entry, restored)
        return
    hard = [c for c in await clashes(scene, restored) if c.hard]
    if hard:
        await _refuse(
            scene,
            entry,
            tr("I can't take that back any more. {sentence}", sentence=hard[0].sentence),
        )
        return
    summary = tr("undo {summary}", summary=entry.summary)
    entry_id = scene.id("undo")
    if not await save(scene, restored, entry_id=entry_id, summary=summary, card="", undoable=False):
        return
    who = scene.member.name if scene.member else "someone"
    # Its card stands in its own chat, wherever the tap came from.
    await replace(scene.moved_to(entry.chat_id or scene.chat_id), reply_to=None).tell(
        tr("{who} took it back.", who=who),
        name="undo",
        heading=tr("Undone: {summary}", summary=entry.summary),
        card=entry.card,
    )


async def _done_before(scene: Scene) -> bool:
    """Whether this very request took something back before a restart: it takes one thing."""
    return await scene.uow.audit.get(scene.household.id, scene.id("undo")) is not None


async def _refuse(scene: Scene, entry: AuditEntry, why: str) -> None:
    """Say why it stays; whoever asks once the reason is gone may still take it back."""
    if await _done_before(scene):
        return
    await scene.uow.audit.release_undo(scene.household.id, entry.id, scene.request_id)
    await scene.say(why, name="undo")


async def _restored(scene: Scene, entry: AuditEntry) -> Draft | str:
    changes: list[Change] = []
    for before, after in reversed(entry.changes):
        assert after is not None
        now = await scene.uow.events.get(scene.household.id, after.id)
        if now is None or not _same(now, after):
            return tr("{title} has been changed since, so I left it as it is.", title=after.title)
        changes.append(change(now, _as_it_was(before, now), scene))
    return Draft(tuple(changes))


def _same(one: Event, other: Event) -> bool:
    """Apart from the version: what was changed and taken back is as it was."""
    return replace(one, version=0) == replace(other, version=0)


def _as_it_was(before: Event | None, now: Event) -> Event:
    if before is None:
        return replace(now, status=Status.CANCELLED)
    return replace(before, version=now.version)
