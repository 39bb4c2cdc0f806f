"""What is to be sent, and which webhooks are behind, is found by indexes, however much there is."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text

from scheduling.webhooks import Webhook
from storage.engine import Database
from tests.storage.plans import asked, plan
from tests.storage.samples import LEASE, Family, family, outgoing, store_family

WAITING, SENT, FAMILIES = 3_000, 80_000, 20_000

_SENT = (
    "household_id, chat_id, card, reply_to, outgoing, attempts, retry_at, created_at, "
    "lease_owner, lease_until"
)
_NUMBERS = {
    "postgresql": "(SELECT n AS i FROM generate_series(1, {many}) AS n) AS n",
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) "
    "SELECT i FROM n) AS n",
}
_ID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}


async def _stored(database: Database) -> Family:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.outbox.add(of.id, outgoing(of.chat, "first"))
        await uow.commit()
    return of


async def _run(database: Database, *statements: str) -> None:
    for statement in statements:
        async with database.writing.begin() as connection:
            await connection.execute(text(statement))


def _copies(database: Database, state: str, many: int) -> str:
    numbers = _NUMBERS[database.dialect].format(many=many)
    return (
        f"INSERT INTO outbox (id, key, state, {_SENT}) "
        f"SELECT {_ID[database.dialect]}, '{state}' || n.i, '{state}', {_SENT} "
        f"FROM (SELECT * FROM outbox LIMIT 1) AS first, {numbers}"
    )


@pytest.mark.parametrize("counted", [False, True], ids=["as it is new", "with statistics"])
async def test_what_was_sent_is_not_read_again(database: Database, *, counted: bool) -> None:
    await _stored(database)
    await _run(database, _copies(database, "sent", SENT), _copies(database, "waiting", WAITING))
    if counted or database.dialect == "postgresql":
        # PostgreSQL counts by itself, soon after.
        await _run(database, "ANALYZE")
    with asked(database) as sent:
        async with database.uow() as uow:
            (claimed,) = await uow.outbox.claim("a", LEASE, 100)
            await uow.outbox.next_retry()
    assert claimed.outgoing.key == "first"
    for statement, values in (sent[0], sent[-1]):
        found = await plan(database, statement, values)
        assert "ix_outbox_waiting" in found
        assert "Seq Scan on outbox" not in found
        assert [
            line
            for line in found.splitlines()
            if line.strip().startswith("SCAN outbox") and "ix_outbox_waiting" not in line
        ] == []


async def test_webhooks_are_found_without_reading_every_family(database: Database) -> None:
    of = await _stored(database)
    hook = Webhook(uuid4(), of.id, of.chat.id, "https://calendar.example/hook", (), 0)
    async with database.uow() as uow:
        await uow.webhooks.add(hook)
        await uow.commit()
    numbers = _NUMBERS[database.dialect].format(many=FAMILIES)
    names = "name, timezone, settings, onboarded, version, created_at, updated_at"
    more = f"INSERT INTO households (id, {names}) SELECT {_ID[database.dialect]}, {names} "
    await _run(
        database, f"{more} FROM (SELECT * FROM households LIMIT 1) AS first, {numbers}", "ANALYZE"
    )
    with asked(database) as sent:
        async with database.uow() as uow:
            assert [one.id for one in await uow.webhooks.behind(100)] == [hook.id]
    found = await plan(database, *sent[-1])
    assert "Seq Scan on households" not in found
    assert "SCAN households" not in found
