"""Webhooks, and how far each has been told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from sqlalchemy import select, update

from scheduling.webhooks import Webhook
from storage.tables import chats, households, webhooks
from storage.transaction import Transaction, at_most

_FIELDS = [field.name for field in fields(Webhook)]
_WEBHOOK = select(*(webhooks.c[name] for name in _FIELDS))
_LIVE = webhooks.c.deleted_at.is_(None)


class SqlWebhooks:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, webhook: Webhook) -> bool:
        values = {name: getattr(webhook, name) for name in _FIELDS}
        return await self._tx.add(webhooks, values | self._tx.written())

    async def of_household(self, household_id: UUID) -> Sequence[Webhook]:
        ours = _WEBHOOK.where(webhooks.c.household_id == household_id, _LIVE)
        rows = await self._tx.rows(ours.order_by(webhooks.c.created_at, webhooks.c.id))
        return [Webhook(**row._mapping) for row in rows]

    async def remove(self, household_id: UUID, webhook_id: UUID) -> bool:
        ours = (webhooks.c.household_id == household_id, webhooks.c.id == webhook_id, _LIVE)
        now = self._tx.now()
        ended = update(webhooks).where(*ours).values(deleted_at=now, updated_at=now)
        return await self._tx.changed(ended) == 1

    async def behind(self, limit: int) -> Sequence[Webhook]:
        found = (
            _WEBHOOK.join(households, households.c.id == webhooks.c.household_id)
            .join(chats, chats.c.id == webhooks.c.chat_id)
            .where(_LIVE, webhooks.c.told < households.c.version, chats.c.state == "active")
            .order_by(webhooks.c.updated_at, webhooks.c.id)
            .limit(at_most(limit))
            .with_for_update(of=webhooks, skip_locked=True)
        )
        return [Webhook(**row._mapping) for row in await self._tx.rows(found)]

    async def told(self, webhook: Webhook, version: int) -> None:
        this = (webhooks.c.household_id == webhook.household_id, webhooks.c.id == webhook.id)
        change = update(webhooks).where(*this)
        await self._tx.run(change.values(told=version, updated_at=self._tx.now()))
