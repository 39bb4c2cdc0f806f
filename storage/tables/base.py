"""What tables share: names of constraints, keys, and the columns of long-lived rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table, Text

from storage.types import Id, UtcDateTime

# Alembic can only drop or compare what has a name.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[UUID]:
    return Column("id", Id, primary_key=True)


def sequence() -> Column[int]:
    """A counter that orders rows by arrival; SQLite counts only its integer primary key."""
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def household_key(**options: Any) -> Column[UUID]:
    return Column("household_id", Id, ForeignKey("households.id"), nullable=False, **options)


def chat_key(**options: Any) -> Column[UUID]:
    """Rows of a chat go with it, also those of the family it spoke for before."""
    chat = ForeignKey("chats.id", ondelete="CASCADE")
    return Column("chat_id", Id, chat, nullable=False, **options)


def of_family(table: Table) -> bool:
    """Whether each row of it belongs to one household; the others are an adapter's own."""
    return "household_id" in table.c


def written() -> list[Column[Any]]:
    """created_at, updated_at: machine time."""
    return [
        Column("created_at", UtcDateTime, nullable=False),
        Column("updated_at", UtcDateTime, nullable=False),
    ]


def removable() -> list[Column[Any]]:
    """deleted_at: set when the family removed it, while past events still point at it."""
    return [*written(), Column("deleted_at", UtcDateTime)]


def lease() -> list[Column[Any]]:
    """Who works on the row, and until when the row is theirs (machine time)."""
    return [
        Column("lease_owner", Text),
        Column("lease_until", UtcDateTime),
    ]
