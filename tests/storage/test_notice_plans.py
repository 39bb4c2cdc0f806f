"""The reminder loop's claim goes by the index, however many reminders wait.

The plan that counts is the one the product's connections make: for any values, not for these.
"""

from __future__ import annotations

from sqlalchemy import text

from storage.engine import Database
from tests.storage.plans import asked, plan
from tests.storage.samples import LEASE, NOON, family, notice, store_family

MANY = 100_000
"""So many that an engine which would rather read the whole table has made a mistake."""

_COPIED = (
    "household_id, kind, {later}, chat_id, event_id, recurrence_id, lead, proposal_id, asked, "
    "state, data, created_at, updated_at"
)
_COLUMNS = f"id, {_COPIED.format(later='due')}"
_FILL = {
    "postgresql": "SELECT gen_random_uuid(), {copied} FROM notices, generate_series(1, {many}) n",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) "
    "SELECT lower(hex(randomblob(16))), {copied} FROM notices, n",
}
_LATER = {
    "postgresql": "due + n * interval '1 minute'",
    "sqlite": "datetime(due, '+' || n.i || ' minutes')",
}


async def test_a_claim_does_not_read_every_reminder(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.notices.put([notice(of)])
        await uow.commit()
    await _filled(database)
    with asked(database) as sent:
        async with database.uow() as uow:
            assert await uow.notices.claim_due(NOON, "a", LEASE, 100)
    found = await plan(database, *sent[-1])
    assert "ix_notices_due" in found
    assert "Seq Scan on notices" not in found
    assert "SCAN notices" not in found


async def _filled(database: Database) -> None:
    copied = _COPIED.format(later=_LATER[database.dialect])
    rows = _FILL[database.dialect].format(copied=copied, many=MANY)
    for statement in (f"INSERT INTO notices ({_COLUMNS}) {rows}", "ANALYZE"):
        async with database.writing.begin() as connection:
            await connection.execute(text(statement))
