"""Writing a change of the calendar: the event, its occurrences, its notices, its audit entry."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from agents.drafting import Change, Draft
from agents.scene import Scene
from scheduling.changes import Happening
from scheduling.events import Event, Status
from scheduling.ports import AuditEntry, Focus
from scheduling.recurrence import horizon
from scheduling.reminding import event_notices


async def save(
    scene: Scene, planned: Draft, *, entry_id: UUID, summary: str, card: str, undoable: bool = True
) -> bool:
    """Write every change of the draft; False if that was done before a restart, and then
    nothing is written. The caller holds the household's lock and commits.

    entry_id: of the audit entry; derived from the request, so a replay is recognised by it.
    undoable: False for an undo itself, so that the next undo takes back the change before.
    """
    if not await scene.uow.audit.add(_entry(scene, planned, entry_id, summary, card, undoable)):
        return False
    for change in planned.changes:
        await write(scene, change)
    await scene.uow.households.bump(scene.household.id, *map(_happening, planned.changes))
    await _remember(scene, planned)
    return True


def _happening(change: Change) -> Happening:
    if change.before is None:
        return Happening("event.created", change.after.id)
    gone = change.after.status is Status.CANCELLED
    return Happening("event.cancelled" if gone else "event.updated", change.after.id)


async def write(scene: Scene, change: Change) -> None:
    """One event with its occurrences, and its reminders by them. Raises Stale."""
    await scene.uow.events.save(change.after, change.occurrences, horizon(scene.now))
    if change.before is not None:
        await scene.uow.notices.drop_for_event(scene.household.id, change.after.id)
    upcoming = [o for o in change.occurrences if o.span.end > scene.now]
    notices = event_notices(change.after, scene.household, upcoming, scene.now)
    if notices:
        await scene.uow.notices.put(notices)


def _entry(
    scene: Scene, planned: Draft, entry_id: UUID, summary: str, card: str, undoable: bool
) -> AuditEntry:
    return AuditEntry(
        id=entry_id,
        household_id=scene.household.id,
        actor=scene.member.id if scene.member else None,
        at=scene.now,
        thread_id=scene.request_id.hex,
        summary=summary,
        chat_id=scene.chat_id,
        card=card,
        changes=tuple((c.before, _saved(c.after)) for c in planned.changes),
        undone_by=None if undoable else scene.request_id,
    )


def _saved(event: Event) -> Event:
    return replace(event, version=event.version + 1)


async def _remember(scene: Scene, planned: Draft) -> None:
    """What "it" means from now on to the one who asked."""
    if scene.member is None:
        return
    for change in planned.changes:
        if change.after.status is not Status.CANCELLED:
            single = change.fresh[0].recurrence_id if len(change.fresh) == 1 else None
            focus = Focus(change.after.id, single)
            await scene.uow.focuses.set(scene.household.id, scene.chat_id, scene.member.id, focus)
            return
