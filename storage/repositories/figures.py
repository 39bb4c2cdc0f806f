"""Figures over all families, for an operator. Each is found through an index, or is a small sum."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    case,
    extract,
    func,
    literal_column,
    select,
    text,
)

from scheduling.anomaly import Hour
from scheduling.load import Figures
from scheduling.rating import THUMBS, Thumb
from storage.checkpoint_tables import CHECKPOINT_TABLES
from storage.tables import conflicts, events, inbox, notices, outbox, ratings, usage
from storage.transaction import WAITING, Transaction

DAY = timedelta(days=1)
FAILED: ColumnElement[str] = literal_column("'failed'")
"""Written into the statement, for the partial index."""
LATE = timedelta(minutes=1)
_NONE = timedelta()


async def figures(tx: Transaction, now: datetime) -> Figures:
    """now: family time; rows of the inbox and the outbox are compared with machine time."""
    machine = tx.now()
    since = machine - DAY
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    due = (notices.c.state == WAITING, notices.c.due <= now)
    # An operator who asks rarely may wait for a moment: eleven small statements, one snapshot.
    return Figures(
        inbox=await _count(tx, inbox, inbox.c.state == WAITING),
        outbox=await _count(tx, outbox, outbox.c.state == WAITING),
        oldest={
            "inbox": await _oldest(tx, inbox.c.received_at, now, inbox.c.state == WAITING),
            "outbox": await _oldest(
                tx,
                outbox.c.retry_at,
                machine,
                outbox.c.state == WAITING,
                outbox.c.retry_at <= machine,
            ),
            "reminder": await _oldest(tx, notices.c.due, now, *due),
        },
        late=await _count(tx, notices, notices.c.state == WAITING, notices.c.due < now - LATE),
        checkpoint_bytes=await _checkpoint_bytes(tx),
        cost_today=await _sum(tx, usage.c.cost, usage.c.asked_at >= midnight),
        turns_failed=await _count(tx, inbox, inbox.c.state == FAILED, inbox.c.finished_at > since),
        events_created=await _count(tx, events, events.c.created_at > since),
        conflicts_found=await _count(tx, conflicts, conflicts.c.created_at > since),
        conflicts_resolved=await _count(
            tx, conflicts, conflicts.c.status == "resolved", conflicts.c.updated_at > since
        ),
        thumbs=await _thumbs(tx, now - DAY),
    )


async def hours(tx: Transaction, since: datetime) -> list[Hour]:
    """See `scheduling.load.Backlogs`. A message that was timed by another clock took no time."""
    took: ColumnElement[Any]
    if tx.dialect == "postgresql":
        took = extract("epoch", inbox.c.finished_at - inbox.c.received_at)
    else:
        took = 86400.0 * (func.julianday(inbox.c.finished_at) - func.julianday(inbox.c.received_at))
    hour = _hour(tx.dialect, inbox.c.received_at).label("hour")
    failed = case((inbox.c.state == FAILED, 1), else_=0)
    found = (
        select(
            hour,
            func.count().label("turns"),
            func.sum(failed).label("failed"),
            func.avg(took).label("seconds"),
        )
        .where(inbox.c.received_at >= since, inbox.c.finished_at.is_not(None))
        .group_by(hour)
        .order_by(hour)
    )
    return [
        Hour(
            datetime.fromisoformat(f"{row.hour}:00:00+00:00"),
            row.turns,
            int(row.failed),
            max(float(row.seconds), 0.0),
        )
        for row in await tx.rows(found)
    ]


def _hour(dialect: str, moment: Column[datetime]) -> ColumnElement[str]:
    """2026-03-04 10, in UTC."""
    if dialect == "postgresql":
        return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD HH24")
    return func.strftime("%Y-%m-%d %H", moment)


async def _thumbs(tx: Transaction, since: datetime) -> dict[Thumb, int]:
    given = select(ratings.c.thumb, func.count().label("number")).where(ratings.c.at > since)
    found = {row.thumb: row.number for row in await tx.rows(given.group_by(ratings.c.thumb))}
    return {thumb: found.get(thumb, 0) for thumb in THUMBS}


async def _count(tx: Transaction, table: Table, *where: ColumnElement[bool]) -> int:
    found = await tx.run(select(func.count()).select_from(table).where(*where))
    return int(found.scalar_one())


async def _sum(tx: Transaction, column: Column[Any], *where: ColumnElement[bool]) -> int:
    found = await tx.run(select(func.coalesce(func.sum(column), 0)).where(*where))
    return int(found.scalar_one())


async def _oldest(
    tx: Transaction, column: Column[datetime], now: datetime, *where: ColumnElement[bool]
) -> timedelta:
    oldest = select(func.min(column, type_=column.type).label("at")).where(*where)
    row = await tx.first(oldest)
    return max(now - row.at, _NONE) if row is not None and row.at is not None else _NONE


async def _checkpoint_bytes(tx: Transaction) -> int:
    """As PostgreSQL counts its tables; SQLite counts what is in the two that its saver has."""
    if tx.dialect == "postgresql":
        sizes = [
            func.coalesce(func.pg_total_relation_size(func.to_regclass(name)), 0)
            for name in sorted(CHECKPOINT_TABLES)
        ]
        return int((await tx.run(select(sum(sizes[1:], sizes[0])))).scalar_one())
    made = text("SELECT count(*) FROM sqlite_master WHERE name IN ('checkpoints', 'writes')")
    if (await tx.run(made)).scalar_one() < 2:
        return 0
    kept: ColumnElement[int] = literal_column(
        "(SELECT coalesce(sum(length(checkpoint) + length(metadata)), 0) FROM checkpoints)"
        " + (SELECT coalesce(sum(length(value)), 0) FROM writes)"
    )
    return int((await tx.run(select(kept))).scalar_one())
