"""The family snapshot, and the changes to what belongs to it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Table, Update, bindparam, delete, func, select, union, update

from scheduling.changes import Happening
from scheduling.errors import NotFound
from scheduling.family import Household, Member, Resource, Rule, Settings
from storage.codec import adapter
from storage.repositories.changes import record
from storage.repositories.person import forget_person
from storage.repositories.snapshot import household_from, snapshot_columns
from storage.tables import (
    audit,
    calendars,
    constraints,
    households,
    inbox,
    members,
    metadata,
    proposals,
    resources,
)
from storage.tables.base import of_family
from storage.transaction import Transaction, Values, fresh, values_of

_WANTED = bindparam("wanted", type_=households.c.id.type)


_SNAPSHOT = select(*snapshot_columns()).where(households.c.id == _WANTED)


@cache
def _change(names: tuple[str, ...]) -> Update:
    return update(households).where(households.c.id == _WANTED).values(fresh(households, names))


class SqlHouseholds:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def get(self, household_id: UUID) -> Household:
        row = await self._tx.first(_SNAPSHOT, {"wanted": household_id})
        if row is None:
            raise NotFound("This family is not known here any more.")
        return household_from(row)

    async def add(self, household: Household) -> bool:
        fields = {
            "id": household.id,
            "name": household.name,
            "timezone": household.timezone,
            "settings": household.settings,
            "onboarded": household.onboarded,
            "version": household.version,
        }
        if not await self._tx.add(households, fields | self._tx.written()):
            return False
        calendar = {"id": calendar_of(household.id), "household_id": household.id, "name": "Family"}
        await self._tx.put(calendars, [calendar | self._tx.written()])
        await self._put(members, household.id, [_member(m) for m in household.members])
        await self._put(resources, household.id, [_resource(r) for r in household.resources])
        await self._put(constraints, household.id, [_rule(r) for r in household.rules])
        return True

    async def lock(self, household_id: UUID) -> None:
        if self._tx.dialect == "sqlite" and self._tx.connection.in_transaction():
            return  # A transaction that may write holds the one writer's place once it has begun.
        # FOR NO KEY UPDATE, because a plain FOR UPDATE would also hold up every insert that
        # merely refers to this household.
        row = select(households.c.id).where(households.c.id == household_id)
        await self._tx.run(row.with_for_update(key_share=True))

    async def bump(self, household_id: UUID, *happenings: Happening) -> None:
        itself = Happening("family.updated", household_id)
        await record(self._tx, household_id, happenings or (itself,))

    async def rename(self, household_id: UUID, *, name: str, timezone: str) -> None:
        await self._update(household_id, name=name, timezone=timezone)
        await self.bump(household_id)

    async def set_onboarded(self, household_id: UUID) -> None:
        await self._update(household_id, onboarded=True)

    async def save_settings(self, household_id: UUID, settings: Settings) -> None:
        await self._update(household_id, settings=settings)
        await self.bump(household_id)

    async def save_member(self, household_id: UUID, member: Member) -> None:
        await self._put(members, household_id, [_member(member)])
        await self.bump(household_id)

    async def remove_member(self, household_id: UUID, member_id: UUID) -> None:
        await forget_person(self._tx, household_id, member_id)
        await self.bump(household_id)

    async def save_resource(self, household_id: UUID, resource: Resource) -> None:
        await self._put(resources, household_id, [_resource(resource)])
        await self.bump(household_id)

    async def remove_resource(self, household_id: UUID, resource_id: UUID) -> None:
        await self._remove(resources, household_id, resource_id)

    async def save_rule(self, household_id: UUID, rule: Rule) -> None:
        await self._put(constraints, household_id, [_rule(rule)])
        await self.bump(household_id)

    async def remove_rule(self, household_id: UUID, rule_id: UUID) -> None:
        await self._remove(constraints, household_id, rule_id)

    async def all_ids(self) -> list[UUID]:
        rows = await self._tx.rows(select(households.c.id).order_by(households.c.created_at))
        return [row.id for row in rows]

    async def forget(self, household_id: UUID) -> list[str]:
        named = union(
            select(proposals.c.thread_id).where(proposals.c.household_id == household_id),
            select(audit.c.thread_id).where(audit.c.household_id == household_id),
        )
        threads = {row.thread_id for row in await self._tx.rows(named)}
        # A request's thread bears the id of the inbox row that opened it.
        rows = select(inbox.c.id).where(inbox.c.household_id == household_id)
        threads |= {row.id.hex for row in await self._tx.rows(rows)}
        for table in filter(of_family, reversed(metadata.sorted_tables)):
            await self._tx.run(delete(table).where(table.c.household_id == household_id))
        await self._tx.run(delete(households).where(households.c.id == household_id))
        return sorted(threads)

    async def _update(self, household_id: UUID, **values: Any) -> None:
        values["updated_at"] = self._tx.now()
        await self._tx.run(_change(tuple(values)), {"wanted": household_id} | values_of(values))

    async def _put(self, table: Table, household_id: UUID, rows: list[Values]) -> None:
        """Insert or replace; what is new comes after what was there, what was removed returns."""
        if not rows:
            return
        last = select(func.coalesce(func.max(table.c.position), 0)).where(
            table.c.household_id == household_id
        )
        start = 1 + ((await self._tx.run(last)).scalar_one())
        common = {"household_id": household_id, "deleted_at": None} | self._tx.written()
        placed = [{**row, **common, "position": start + i} for i, row in enumerate(rows)]
        await self._tx.put(table, placed, keep=("position", "created_at"))

    async def _remove(self, table: Table, household_id: UUID, row_id: UUID) -> None:
        ours = (table.c.household_id == household_id, table.c.id == row_id)
        await self._tx.run(update(table).where(*ours).values(deleted_at=self._tx.now()))
        await self.bump(household_id)


def calendar_of(household_id: UUID) -> UUID:
    """The family's one calendar, found without a question to the database."""
    return uuid5(household_id, "calendar")


def _member(member: Member) -> Values:
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role,
        "aliases": member.aliases,
        "zone": member.zone,
    }


def _resource(resource: Resource) -> Values:
    return {
        "id": resource.id,
        "name": resource.name,
        "type": resource.type,
        "capacity": resource.capacity,
        "out": resource.out,
    }


def _rule(rule: Rule) -> Values:
    terms = adapter(Rule).dump_python(rule, mode="json")
    for name in ("id", "type", "text", "hard", "priority"):
        del terms[name]
    return {
        "id": rule.id,
        "type": rule.type,
        "text": rule.text,
        "hard": rule.hard,
        "priority": rule.priority,
        "terms": json.dumps(terms),
    }
