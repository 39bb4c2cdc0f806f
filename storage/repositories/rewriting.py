"""Writing one id for another wherever it stands: in keys, in columns, and within payloads.

It goes by the tables themselves, so that a table added later is not forgotten.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Table, Text, delete, func, select, type_coerce, update

from storage.tables import constraints, inbox, metadata, outbox
from storage.transaction import Transaction
from storage.types import Id, Payload

SAID = (inbox, outbox)
"""Messages stay as they were written; ids of ours within them only make buttons work."""

_OWNERS = ("id", "household_id")

BOUND = [table for table in metadata.sorted_tables if "household_id" in table.c]
"""Every table whose rows belong to a household."""


async def rewrite(tx: Transaction, household_id: UUID, old: UUID, new: UUID) -> None:
    """In all rows of a family `new` takes the place of `old`. Where a row with `new` is there
    already under the same key, it stays, and the one with `old` goes."""
    for table in BOUND:
        for column in table.c:
            if isinstance(column.type, Id) and column.name not in _OWNERS:
                await _rewrite_column(tx, table, column, household_id, old, new)
            elif _holds_payload(table, column):
                await rewrite_payload(tx, table, column, household_id, old, new)


async def rewrite_payloads(tx: Transaction, household_id: UUID, old: UUID, new: UUID) -> None:
    """The same within payloads only."""
    for table in BOUND:
        for column in table.c:
            if _holds_payload(table, column):
                await rewrite_payload(tx, table, column, household_id, old, new)


def _holds_payload(table: Table, column: Column[object]) -> bool:
    payload = isinstance(column.type, Payload) or column is constraints.c.terms
    return payload and table not in SAID


async def rewrite_payload(
    tx: Transaction, table: Table, column: Column[object], household_id: UUID, old: UUID, new: UUID
) -> None:
    """An id is random, so its text within JSON is that id and nothing else."""
    words = type_coerce(column, Text)
    holding = (table.c.household_id == household_id, words.contains(str(old)))
    changed = {column.name: func.replace(words, str(old), str(new))}
    await tx.run(update(table).where(*holding).values(changed))


async def _rewrite_column(
    tx: Transaction, table: Table, column: Column[object], household_id: UUID, old: UUID, new: UUID
) -> None:
    ours = (table.c.household_id == household_id, column == old)
    if column.primary_key:
        there = table.alias("there")
        same_key = [
            there.c[key.name] == (new if key is column else key) for key in table.primary_key
        ]
        doubled = select(there.c.household_id).where(*same_key).exists()
        await tx.run(delete(table).where(*ours, doubled))
    await tx.run(update(table).where(*ours).values({column.name: new}))
