"""Moving families from one database to another, of either kind: all of them, or one.

What is copied is read at one moment and written in one transaction, then read back there and
compared. The threads of waiting questions go ahead of it, so that a copy that was cut short can be
done again. The source is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, create_engine, insert, select, union
from sqlalchemy.exc import IntegrityError

from storage import sqlite
from storage.copying_threads import copy_threads
from storage.counting import Counted, batches, count, reading
from storage.migrate import check, current, upgrade
from storage.tables import audit, households, inbox, metadata, proposals
from storage.tables.base import of_family
from storage.urls import engine_url, sqlite_path

NOT_CARRIED = frozenset({"seq", "lease_owner", "lease_until"})
"""Columns that are a database's own: its numbering (the order is kept), and who works there."""

Progress = Callable[[str, int], None]
"""Told the table, or "threads", and how many more of its rows have been copied."""


class CopyRefused(Exception):
    """Nothing was changed at the destination; the sentence says why."""


def copy(
    source: str, destination: str, household: str | None = None, progress: Progress | None = None
) -> list[Counted]:
    """household: a name or an id; None = everything. An empty destination is given its tables
    first. Raises CopyRefused, or what `storage.migrate.TROUBLE` lists."""
    told = progress or (lambda table, rows: None)
    _fit(source, destination)
    with reading(source) as here:
        families = _chosen(here, household)
        _unknown_there(destination, families)
        threads = _threads(here, families if household else None)
        copy_threads(source, destination, threads, lambda: told("threads", 1))
        try:
            with _writing(destination) as writing:
                return _copy_rows(here, writing, families, household is None, told)
        except IntegrityError as error:
            raise CopyRefused(
                "The destination knows something of that already, as another family's: "
                f"{_constraint(error)}. Nothing was copied."
            ) from None


def _fit(source: str, destination: str) -> None:
    if engine_url(source, "sync") == engine_url(destination, "sync"):
        raise CopyRefused("That is the same database twice.")
    # Opened, a file that is not there would come to be.
    is_file = engine_url(source, "sync").get_backend_name() == "sqlite"
    if is_file and not Path(sqlite_path(source)).exists():
        raise CopyRefused(f"There is no file {sqlite_path(source)}.")
    if wrong := check(source):
        raise CopyRefused(f"The source cannot be copied. {wrong[0]}")
    there = engine_url(destination, "sync").get_backend_name() == "sqlite"
    if (there and not Path(sqlite_path(destination)).exists()) or current(destination) is None:
        upgrade(destination)
    if wrong := check(destination):
        raise CopyRefused(f"Nothing can be copied there. {wrong[0]}")


def _copy_rows(
    source: Connection,
    writing: Connection,
    families: Sequence[UUID],
    everything: bool,
    told: Progress,
) -> list[Counted]:
    copied = []
    for table in metadata.sorted_tables:
        if not (everything or _is_family_s(table)):
            continue
        wanted = _rows_of(table, families)
        for rows in batches(source, wanted):
            writing.execute(insert(table), rows)
            told(table.name, len(rows))
        here, there = (count(each, table.name, wanted) for each in (source, writing))
        if here != there:
            raise CopyRefused(f"{table.name} is not the same at both ends; nothing was copied.")
        copied.append(here)
    return copied


def _is_family_s(table: Table) -> bool:
    """The others are an adapter's own, and go with the whole installation."""
    return table is households or of_family(table)


def _rows_of(table: Table, families: Sequence[UUID]) -> Select[Any]:
    """In the order in which they came, where that is kept."""
    columns = [column for column in table.c if column.name not in NOT_CARRIED]
    order = [table.c.seq] if "seq" in table.c else list(table.primary_key)
    rows = select(*columns).order_by(*order)
    if not _is_family_s(table):
        return rows
    return rows.where((table.c.id if table is households else table.c.household_id).in_(families))


def _chosen(source: Connection, wanted: str | None) -> list[UUID]:
    known = source.execute(select(households.c.id, households.c.name)).all()
    if wanted is None:
        return [row.id for row in known]
    found = [row.id for row in known if wanted in (str(row.id), row.id.hex)]
    found = found or [row.id for row in known if row.name.casefold() == wanted.casefold()]
    if len(found) != 1:
        listed = "\n".join(f"{row.id}  {row.name}" for row in known)
        raise CopyRefused(f"Which family? Name it, or give its id:\n{listed}")
    return found


def _unknown_there(destination: str, families: Sequence[UUID]) -> None:
    with reading(destination) as there:
        known = there.execute(select(households.c.name).where(households.c.id.in_(families)))
        names = ", ".join(row.name for row in known)
    if names:
        raise CopyRefused(f"The destination has that family already: {names}.")


def _threads(source: Connection, families: Sequence[UUID] | None) -> list[str]:
    """Of the requests of these families; None = of everybody's."""
    named = union(*(_of(select(t.c.thread_id), t, families) for t in (proposals, audit)))
    # A request's thread bears the id of the inbox row that opened it.
    begun = {row.id.hex for row in source.execute(_of(select(inbox.c.id), inbox, families))}
    return sorted(begun | {row.thread_id for row in source.execute(named)})


def _of(rows: Select[Any], table: Table, families: Sequence[UUID] | None) -> Select[Any]:
    return rows if families is None else rows.where(table.c.household_id.in_(families))


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    """All of it or nothing."""
    engine = create_engine(engine_url(url, "sync"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine, begin="BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _constraint(error: IntegrityError) -> str:
    """Which one, without the values it is about."""
    diagnosis = getattr(error.orig, "diag", None)
    named = getattr(diagnosis, "constraint_name", None)
    return str(named or str(error.orig).rpartition(": ")[2])
