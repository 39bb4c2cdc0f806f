"""Calls of language models, each asked once a request and agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, case, cast, func, or_, select, update

from scheduling.usage import ModelCall, UsageLine
from storage.tables import usage
from storage.transaction import Transaction

_FIELDS = [field.name for field in fields(ModelCall)]
_CALL = select(*(usage.c[name] for name in _FIELDS))


class SqlUsage:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def begin(self, call: ModelCall) -> bool:
        row = {name: getattr(call, name) for name in _FIELDS}
        return await self._tx.add(usage, row | self._tx.written())

    async def finish(self, call: ModelCall) -> None:
        ours = (usage.c.household_id == call.household_id, usage.c.id == call.id)
        told = {
            name: getattr(call, name)
            for name in ("outcome", "tokens_in", "tokens_out", "cost", "answer", "text")
        }
        change = update(usage).where(*ours)
        await self._tx.run(change.values(**told, updated_at=self._tx.now()))

    async def find(self, household_id: UUID, request_id: UUID, agent: str) -> ModelCall | None:
        same = (
            usage.c.household_id == household_id,
            usage.c.request_id == request_id,
            usage.c.agent == agent,
        )
        row = await self._tx.first(_CALL.where(*same))
        return row and _call(row)

    async def spent(self, household_id: UUID, since: datetime) -> int:
        ours = (usage.c.household_id == household_id, usage.c.asked_at >= since)
        total = select(func.coalesce(func.sum(usage.c.cost), 0)).where(*ours)
        return int((await self._tx.run(total)).scalar_one())

    async def forget_answers(self, before: datetime) -> None:
        kept = or_(usage.c.answer.is_not(None), usage.c.text.is_not(None))
        old = (usage.c.asked_at < before, kept)
        await self._tx.run(update(usage).where(*old).values(answer=None, text=None))

    async def by_day(self, since: datetime) -> Sequence[UsageLine]:
        # Cut out of the text, which both engines write alike.
        day = func.substr(cast(usage.c.asked_at, Text), 1, 10).label("day")
        failed = case((usage.c.outcome == "answered", 0), else_=1)
        found = (
            select(
                day,
                usage.c.agent,
                usage.c.model,
                func.count().label("calls"),
                func.sum(failed).label("failed"),
                func.sum(usage.c.tokens_in).label("tokens_in"),
                func.sum(usage.c.tokens_out).label("tokens_out"),
                func.sum(usage.c.cost).label("cost"),
            )
            .where(usage.c.asked_at >= since)
            .group_by(day, usage.c.agent, usage.c.model)
            .order_by(day.desc(), usage.c.agent, usage.c.model)
        )
        return [
            UsageLine(
                row.day,
                row.agent,
                row.model,
                row.calls,
                int(row.failed),
                int(row.tokens_in),
                int(row.tokens_out),
                int(row.cost),
            )
            for row in await self._tx.rows(found)
        ]

    async def requests(self, since: datetime) -> int:
        asked = select(usage.c.household_id, usage.c.request_id).where(usage.c.asked_at >= since)
        total = select(func.count()).select_from(asked.distinct().subquery())
        return int((await self._tx.run(total)).scalar_one())


def _call(row: Row[Any]) -> ModelCall:
    return ModelCall(**row._mapping)
