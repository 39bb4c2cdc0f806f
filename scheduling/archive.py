"""Where what is finished is kept after the database has let go of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

FOLDER = "checkpoints"


class ArchiveError(Exception):
    """The archive cannot be used, or holds something else; the sentence says which, and what to
    do about it."""


class ArchiveClash(ArchiveError):
    """Other bytes lie under that name already; they stay as they are."""


class Archive(Protocol):
    """Named objects that are written once. Every method raises ArchiveError."""

    async def put(self, name: str, content: bytes) -> None:
        """Write an object that must not exist; the very same bytes there are as good. It is kept
        when this returns. Raises ArchiveClash."""

    async def get(self, name: str) -> bytes | None: ...
    async def names(self, prefix: str) -> Sequence[str]:
        """Of every object whose name begins so, in order."""

    async def delete(self, name: str) -> None:
        """What is not there is as good as deleted."""


def object_name(household_id: UUID, thread_id: str) -> str:
    return f"{family_prefix(household_id)}{thread_id}.json"


def family_prefix(household_id: UUID) -> str:
    """How the names of a family's objects begin."""
    return f"{FOLDER}/{household_id}/"


def readable(content: bytes) -> dict[str, Any]:
    """What people can read of an object; empty where it is none of ours."""
    try:
        document = json.loads(content)
    except ValueError:
        return {}
    found = document.get("readable") if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def thread_of(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".json")
