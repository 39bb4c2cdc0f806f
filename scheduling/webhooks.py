"""Whom a family wants to be told of its changes, beside its chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Webhook:
    """url: where it is posted to. kinds: of `ChangeKind`, () = all. told: the family's version
    it has been told up to. chat_id: where what it is told waits for delivery."""

    id: UUID
    household_id: UUID
    chat_id: UUID
    url: str
    kinds: tuple[str, ...] = ()
    told: int = 0


class Webhooks(Protocol):
    async def add(self, webhook: Webhook) -> bool: ...
    async def of_household(self, household_id: UUID) -> Sequence[Webhook]: ...
    async def remove(self, household_id: UUID, webhook_id: UUID) -> bool: ...
    async def behind(self, limit: int) -> Sequence[Webhook]:
        """Of every family: those that have not been told of its newest change. Each is locked
        until the transaction ends; one that another process is at is left out."""

    async def told(self, webhook: Webhook, version: int) -> None: ...
