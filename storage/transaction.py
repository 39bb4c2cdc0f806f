"""One open transaction as the repositories see it, and the few moves they all make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    Row,
    Table,
    bindparam,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

WAITING: ColumnElement[str] = literal_column("'waiting'")
"""Written into the statement: a partial index is of no use to a bound parameter."""

Values = Mapping[str, Any]


def at_most(number: int) -> BindParameter[int]:
    """A LIMIT that is written into the statement. A plan that is made for any number counts on a
    tenth of the table, and so reads all of it."""
    return bindparam(None, number, Integer, literal_execute=True)


@dataclass(frozen=True, slots=True)
class Transaction:
    """now: machine time, for leases and bookkeeping columns; never family time.
    changed_households: those whose version has been counted up in it."""

    connection: AsyncConnection
    dialect: str
    now: Callable[[], datetime]
    changed_households: set[UUID] = field(default_factory=set)

    async def run(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[Any]:
        result = await self.connection.execute(statement, values)
        return cast(CursorResult[Any], result)

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        return (await self.run(statement, values)).all()

    async def first(self, statement: Executable, values: Values | None = None) -> Row[Any] | None:
        return (await self.run(statement, values)).first()

    async def changed(self, statement: Executable, values: Values | None = None) -> int:
        """How many rows the statement wrote."""
        return (await self.run(statement, values)).rowcount

    def insert(self, table: Table) -> postgresql.Insert:
        return insert_into(self.dialect, table)

    async def add(self, table: Table, values: Values) -> bool:
        """Insert; False if its key exists."""
        return await self.changed(_insert_new(self.dialect, table), values) == 1

    async def put(
        self, table: Table, rows: Sequence[Values], keep: Sequence[str] = ("created_at",)
    ) -> None:
        """Insert or replace by primary key. All rows have the same columns; those of `keep`
        stay as they first were. A row that belongs to another household is left alone."""
        if rows:
            columns, kept = tuple(rows[0]), tuple(keep)
            await self.run(_insert_or_replace(self.dialect, table, columns, kept), list(rows))

    def written(self) -> dict[str, datetime]:
        """created_at and updated_at of a row written now."""
        moment = self.now()
        return {"created_at": moment, "updated_at": moment}


def fresh(table: Table, names: Sequence[str]) -> dict[str, Any]:
    """Parameters for new values of those columns, to be given by `values_of`: a statement that
    every turn sends is built once, since building it takes as long as running it."""
    return {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}


def values_of(values: Values) -> dict[str, Any]:
    """The values of the parameters that `fresh` made."""
    return {f"new_{name}": value for name, value in values.items()}


def insert_into(dialect: str, table: Table) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT. Both engines have it in the same words; the common
    type is PostgreSQL's."""
    if dialect == "sqlite":
        return cast(postgresql.Insert, sqlite.insert(table))
    return postgresql.insert(table)


@cache
def _insert_new(dialect: str, table: Table) -> postgresql.Insert:
    """Built once: these are the statements of every turn."""
    return insert_into(dialect, table).on_conflict_do_nothing()


@cache
def _insert_or_replace(
    dialect: str, table: Table, columns: tuple[str, ...], keep: tuple[str, ...]
) -> postgresql.Insert:
    insert = insert_into(dialect, table)
    keys = [column.name for column in table.primary_key]
    kept = {*keys, "household_id", *keep}
    new = {name: insert.excluded[name] for name in columns if name not in kept}
    owned = table.c.household_id == insert.excluded.household_id
    return insert.on_conflict_do_update(index_elements=keys, set_=new, where=owned)
