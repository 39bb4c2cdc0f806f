"""Who may read or write a family's calendar from outside its chats."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

PREFIX = "fs_"
"""Every token begins so: a secret that is found somewhere is known for what it is."""


class Scope(StrEnum):
    """Each one includes those before it. admin: webhooks, and what the family consists of."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def includes(self, other: Scope) -> bool:
        ranks = list(Scope)
        return ranks.index(self) >= ranks.index(other)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A bearer token of one member of one family. name: what it was made for, in the words of
    who made it. created_at: machine time. The token itself is kept nowhere."""

    id: UUID
    household_id: UUID
    member_id: UUID
    name: str
    scope: Scope
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who came with a token. stamp: their family's at that moment (`Household.stamp`)."""

    token: AccessToken
    stamp: str


def token_hash(token: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash hides it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Tokens(Protocol):
    async def add(self, token: AccessToken, digest: str) -> bool: ...
    async def find(self, digest: str) -> Bearer | None:
        """In one statement. None for one that was never given, was revoked, or whose member is
        gone."""

    async def of_household(self, household_id: UUID) -> Sequence[AccessToken]:
        """Those that still open something, the oldest first."""

    async def revoke(
        self, household_id: UUID, member_id: UUID | None = None, name: str | None = None
    ) -> int:
        """How many were ended. member_id, name: only those of that person, of that name."""


class Feeds(Protocol):
    """Private calendar links; only a hash of the token is kept."""

    async def add(self, household_id: UUID, member_id: UUID | None, token_hash: str) -> None: ...
    async def find(self, token_hash: str) -> tuple[UUID, UUID | None] | None: ...
    async def revoke(self, household_id: UUID, member_id: UUID | None) -> int: ...
