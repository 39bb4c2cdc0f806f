"""Taking one person out of a family's data."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, select, update

from scheduling.events import Override, Participant
from scheduling.messages import Inbound
from storage.repositories.chats import aside
from storage.tables import (
    approvals,
    chats,
    event_exceptions,
    event_participants,
    events,
    feeds,
    focus,
    habits,
    identities,
    inbox,
    members,
    occurrences,
    ratings,
    tokens,
    usage,
)
from storage.transaction import Transaction


async def forget_person(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    """Delete what names or describes the person; what they did together stays.

    The member's row remains, without name, zone or alias: an older event brought back by an
    undo may still point at it.
    """
    ours = (members.c.household_id == household_id, members.c.id == member_id)
    emptied = {"name": "", "aliases": (), "zone": None, "deleted_at": tx.now()}
    if not await tx.changed(update(members).where(*ours).values(emptied)):
        return
    await _leave_events(tx, household_id, member_id)
    await _leave_occurrences(tx, household_id, member_id)
    await _leave_overrides(tx, household_id, member_id)
    await _leave_private_chats(tx, household_id, member_id)
    await _leave_inbox(tx, household_id, member_id)
    # Their name may stand in what a model has made of a message.
    answers = update(usage).where(usage.c.household_id == household_id)
    await tx.run(answers.values(answer=None, text=None))
    await _leave_habits(tx, household_id, member_id)
    for table in (identities, approvals, ratings, focus, feeds, tokens):
        theirs = (table.c.household_id == household_id, table.c.member_id == member_id)
        await tx.run(delete(table).where(*theirs))


async def _leave_events(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    theirs = (
        event_participants.c.household_id == household_id,
        event_participants.c.member_id == member_id,
    )
    touched = select(event_participants.c.event_id).where(*theirs)
    # A new version, so that nobody who read the event before writes the person back.
    newer = {"version": events.c.version + 1, "updated_at": tx.now()}
    await tx.run(update(events).where(events.c.id.in_(touched)).values(newer))
    await tx.run(delete(event_participants).where(*theirs))


async def _leave_occurrences(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    column = occurrences.c.participants
    family = occurrences.c.household_id == household_id
    lists = {row.participants for row in await tx.rows(select(column).distinct().where(family))}
    changes = [
        {"old": people, "new": _without(people, member_id)}
        for people in lists
        if any(p.member_id == member_id for p in people)
    ]
    if changes:
        change = update(occurrences).where(family, column == bindparam("old", type_=column.type))
        await tx.run(change.values(participants=bindparam("new", type_=column.type)), changes)


async def _leave_overrides(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    table = event_exceptions
    family = (table.c.household_id == household_id, table.c.override.is_not(None))
    for row in await tx.rows(select(table).where(*family)):
        override: Override = row.override
        if any(p.member_id == member_id for p in override.participants or ()):
            people = _without(override.participants or (), member_id)
            this = (table.c.event_id == row.event_id, table.c.position == row.position)
            changed = replace(override, participants=people)
            await tx.run(update(table).where(*this).values(override=changed))


async def _leave_habits(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    """What was said of theirs goes; who else comes to an event still does."""
    family = select(habits).where(habits.c.household_id == household_id)
    for row in await tx.rows(family):
        if member_id in row.members:
            await tx.run(delete(habits).where(habits.c.id == row.id))
        elif member_id in row.people:
            people = tuple(person for person in row.people if person != member_id)
            await tx.run(update(habits).where(habits.c.id == row.id).values(people=people))


async def _leave_private_chats(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    """Those in which they alone have written: nothing of the family is said there any more."""
    wrote = (inbox.c.chat_id == chats.c.id, inbox.c.member_id == member_id)
    theirs = (chats.c.household_id == household_id, chats.c.private, exists().where(*wrote))
    for row in await tx.rows(select(chats.c.id).where(*theirs)):
        values = {**aside(row.id), "updated_at": tx.now()}
        await tx.run(update(chats).where(chats.c.id == row.id).values(values))


async def _leave_inbox(tx: Transaction, household_id: UUID, member_id: UUID) -> None:
    """What they wrote is theirs too; a row still waiting keeps its words, for it will be read."""
    theirs = (inbox.c.household_id == household_id, inbox.c.member_id == member_id)
    rows = await tx.rows(select(inbox.c.seq, inbox.c.state, inbox.c.inbound).where(*theirs))
    for row in rows:
        said = _nameless(row.inbound, keep_text=row.state == "waiting")
        change = update(inbox).where(inbox.c.seq == row.seq)
        await tx.run(change.values(inbound=said, member_id=None))


def _nameless(inbound: Inbound, keep_text: bool) -> Inbound:
    sender = inbound.sender and replace(inbound.sender, name="", username="", external_id="")
    return replace(inbound, sender=sender, text=inbound.text if keep_text else "")


def _without(people: tuple[Participant, ...], member_id: UUID) -> tuple[Participant, ...]:
    return tuple(p for p in people if p.member_id != member_id)
