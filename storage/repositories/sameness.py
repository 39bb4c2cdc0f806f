"""One person, or one thing, that a family has had under two ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    Text,
    bindparam,
    delete,
    select,
    type_coerce,
    update,
)

from scheduling.events import Event, Override
from storage.repositories.rewriting import rewrite
from storage.tables import (
    audit,
    event_exceptions,
    event_participants,
    events,
    members,
    occurrences,
    resource_reservations,
    resources,
)
from storage.transaction import Transaction

T = TypeVar("T")


async def same_person(tx: Transaction, household_id: UUID, gone: UUID, known: UUID) -> None:
    """Everything of `gone` is `known`'s from now on; the row remains, without a name, for what
    an old request still holds."""
    await _once_an_event(tx, event_participants, ("member_id", "part"), household_id, gone, known)
    await _become(tx, household_id, gone, known)
    ours = (members.c.household_id == household_id, members.c.id == gone)
    emptied = {"name": "", "aliases": (), "zone": None, "deleted_at": tx.now()}
    await tx.run(update(members).where(*ours).values(emptied))


async def same_thing(tx: Transaction, household_id: UUID, gone: UUID, known: UUID) -> None:
    """The same of a resource."""
    await _once_an_event(tx, resource_reservations, ("resource_id",), household_id, gone, known)
    await _become(tx, household_id, gone, known)
    ours = (resources.c.household_id == household_id, resources.c.id == gone)
    await tx.run(update(resources).where(*ours).values(deleted_at=tx.now()))


async def _once_an_event(
    tx: Transaction,
    table: Table,
    names: tuple[str, ...],
    household_id: UUID,
    gone: UUID,
    known: UUID,
) -> None:
    """An event with both has the known one only. A new version, so that nobody who read the
    event before writes the other one back."""
    column, *same = (table.c[name] for name in names)
    theirs = (table.c.household_id == household_id, column == gone)
    touched = events.c.id.in_(select(table.c.event_id).where(*theirs))
    await tx.run(
        update(events)
        .where(events.c.household_id == household_id, touched)
        .values(version=events.c.version + 1, updated_at=tx.now())
    )
    there = table.alias("there")
    doubled = select(there.c.event_id).where(
        there.c.event_id == table.c.event_id,
        there.c[column.name] == known,
        *(there.c[each.name] == each for each in same),
    )
    await tx.run(delete(table).where(*theirs, doubled.exists()))


async def _become(tx: Transaction, household_id: UUID, gone: UUID, known: UUID) -> None:
    await rewrite(tx, household_id, gone, known)
    for column in (occurrences.c.participants, occurrences.c.resources):
        await _lists_without_doubles(tx, column, household_id, known)
    await _overrides_without_doubles(tx, household_id, known)
    await _audit_without_doubles(tx, household_id, known)


async def _lists_without_doubles(
    tx: Transaction, column: Column[tuple[object, ...]], household_id: UUID, known: UUID
) -> None:
    found = select(column).distinct().where(_holding(column, household_id, known))
    lists = [row[0] for row in await tx.rows(found)]
    changes = [{"old": each, "new": once(each)} for each in lists if once(each) != each]
    if changes:
        family = occurrences.c.household_id == household_id
        change = update(occurrences).where(family, column == bindparam("old", type_=column.type))
        await tx.run(change.values({column.name: bindparam("new", type_=column.type)}), changes)


async def _overrides_without_doubles(tx: Transaction, household_id: UUID, known: UUID) -> None:
    table = event_exceptions
    holding = _holding(table.c.override, household_id, known)
    for row in await tx.rows(select(table).where(holding)):
        this = (table.c.event_id == row.event_id, table.c.position == row.position)
        await tx.run(update(table).where(*this).values(override=_single_override(row.override)))


async def _audit_without_doubles(tx: Transaction, household_id: UUID, known: UUID) -> None:
    """The before-images too, or what was done could not be taken back."""
    holding = _holding(audit.c.changes, household_id, known)
    for row in await tx.rows(select(audit.c.seq, audit.c.changes).where(holding)):
        changes = tuple((_single(before), _single(after)) for before, after in row.changes)
        if changes != row.changes:
            await tx.run(update(audit).where(audit.c.seq == row.seq).values(changes=changes))


def _holding(column: Column[T], household_id: UUID, known: UUID) -> ColumnElement[bool]:
    family = column.table.c.household_id == household_id
    return family & type_coerce(column, Text).contains(str(known))


def _single(event: Event | None) -> Event | None:
    if event is None:
        return None
    return replace(
        event,
        participants=once(event.participants),
        resources=once(event.resources),
        overrides=tuple(_single_override(each) for each in event.overrides),
    )


def _single_override(override: Override) -> Override:
    people, things = override.participants, override.resources
    return replace(
        override,
        participants=None if people is None else once(people),
        resources=None if things is None else once(things),
    )


def once(items: Iterable[T]) -> tuple[T, ...]:
    """Each of them once, in their order."""
    return tuple(dict.fromkeys(items))
