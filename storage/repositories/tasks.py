"""What has become of a request that came through the HTTP API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import select

from scheduling.messages import Outgoing
from scheduling.proposals import Proposal
from scheduling.rows import AuditEntry, ConflictRow
from scheduling.tasks import StepRow, TaskRow
from storage.tables import audit, conflicts, inbox, outbox, proposals, tasks
from storage.transaction import Transaction


class SqlTasks:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def trace(self, household_id: UUID, request_id: UUID, steps: Sequence[StepRow]) -> None:
        row = {"request_id": request_id, "household_id": household_id, "steps": tuple(steps)}
        await self._tx.put(tasks, [row | self._tx.written()])

    async def find(self, household_id: UUID, key: str) -> TaskRow | None:
        found = (
            select(inbox, tasks.c.steps)
            .outerjoin(tasks, tasks.c.request_id == inbox.c.id)
            .where(
                inbox.c.platform == "http",
                inbox.c.key == key,
                inbox.c.household_id == household_id,
                inbox.c.kind != "tap",
            )
        )
        row = await self._tx.first(found)
        if row is None:
            return None
        asked = await self._asked(household_id, row.id)
        return TaskRow(
            row.id,
            row.member_id,
            row.inbound,
            row.state,
            row.attempts,
            row.steps or (),
            await self._said(row.chat_id),
            await self._entries(household_id, row.id),
            asked,
            await self._conflicts(household_id, [proposal.id for proposal in asked]),
        )

    async def _said(self, chat_id: UUID) -> list[Outgoing]:
        """Of each card what stands on it in the end, where it first stood."""
        rows = await self._tx.rows(
            select(outbox.c.outgoing).where(outbox.c.chat_id == chat_id).order_by(outbox.c.seq)
        )
        shown: dict[str, Outgoing] = {}
        for row in rows:
            shown[row.outgoing.card or row.outgoing.key] = row.outgoing
        return list(shown.values())

    async def _entries(self, household_id: UUID, request_id: UUID) -> list[AuditEntry]:
        ours = (audit.c.household_id == household_id, audit.c.thread_id == request_id.hex)
        columns = [audit.c[field.name] for field in fields(AuditEntry)]
        rows = await self._tx.rows(select(*columns).where(*ours).order_by(audit.c.seq))
        return [AuditEntry(**row._mapping) for row in rows]

    async def _asked(self, household_id: UUID, request_id: UUID) -> list[Proposal]:
        ours = (proposals.c.household_id == household_id, proposals.c.thread_id == request_id.hex)
        columns = [proposals.c[field.name] for field in fields(Proposal)]
        rows = await self._tx.rows(
            select(*columns).where(*ours).order_by(proposals.c.created_at, proposals.c.id)
        )
        return [Proposal(**row._mapping) for row in rows]

    async def _conflicts(self, household_id: UUID, asked: Sequence[UUID]) -> list[Any]:
        if not asked:
            return []
        theirs = (conflicts.c.household_id == household_id, conflicts.c.proposal_id.in_(asked))
        columns = [conflicts.c[field.name] for field in fields(ConflictRow)]
        rows = await self._tx.rows(select(*columns).where(*theirs).order_by(conflicts.c.starts))
        return [ConflictRow(**row._mapping) for row in rows]
