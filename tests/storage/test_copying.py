"""Moving up and moving out: what is copied is the same, and all of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, delete, select, update

from scheduling.messages import ChatAddress
from storage.copying import NOT_CARRIED, CopyRefused, copy
from storage.engine import open_database
from storage.tables import audit, chats, inbox, installations, metadata, outbox
from storage.urls import engine_url
from tests.storage.samples import NOON, Family, family, message, outgoing, store


async def _fill(url: str, *families: Family) -> None:
    database = open_database(url)
    async with database.uow() as uow:
        for of in families:
            await store(uow, of)
            for number in range(3):
                said = message(of.chat, number + 5, f"said {number}")
                await uow.inbox.add(of.id, of.chat.id, None, uuid4(), said, NOON)
                await uow.outbox.add(of.id, outgoing(of.chat, f"{number} of {of.id}"))
        await uow.installations.put("slack", "T1", "sealed")
        await uow.inbox.claim_chat(families[0].chat.id, "somebody", NOON - NOON.replace(year=2025))
        await uow.commit()
    await database.close()


def fill(url: str, *families: Family) -> None:
    asyncio.run(_fill(url, *families))


def rows(url: str, table: Any, family_id: UUID | None = None) -> list[dict[str, Any]]:
    """As they are, in their order, without what is a database's own."""
    engine = create_engine(engine_url(url, "sync"))
    order = [table.c.seq] if "seq" in table.c else list(table.primary_key)
    wanted = select(*(c for c in table.c if c.name not in NOT_CARRIED)).order_by(*order)
    if family_id is not None:
        wanted = wanted.where((table.c.get("household_id", table.c.get("id"))) == family_id)
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(wanted).mappings()]
    engine.dispose()
    return found


def write(url: str, statement: Any) -> None:
    engine = create_engine(engine_url(url, "sync"))
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()


@pytest.fixture(params=["up", "out"])
def ends(request: pytest.FixtureRequest, sqlite_url: str, postgresql_url: str) -> tuple[str, str]:
    """(from, to): a laptop's file to a server, and a family leaving one with its file."""
    return (sqlite_url, postgresql_url) if request.param == "up" else (postgresql_url, sqlite_url)


def test_everything_is_the_same_at_the_other_end(ends: tuple[str, str]) -> None:
    here, there = ends
    fill(here, family("-1"), family("-2"))
    copied = {each.table: each.rows for each in copy(here, there)}
    for table in metadata.sorted_tables:
        assert rows(there, table) == rows(here, table), table.name
        assert copied[table.name] == len(rows(here, table)) > 0, table.name
    engine = create_engine(engine_url(there, "sync"))
    with engine.connect() as connection:
        held = connection.execute(select(chats.c.lease_owner).where(chats.c.lease_owner != ""))
        assert held.all() == [], "who works here does not work there"
    engine.dispose()


def test_one_family_of_two_moves_in_with_others(ends: tuple[str, str]) -> None:
    here, there = ends
    ours, neighbours, others = family("-1"), family("-2"), family("-3")
    fill(here, neighbours, ours)
    fill(there, others)
    before = {table.name: rows(there, table, others.id) for table in (inbox, outbox, audit)}
    copy(here, there, str(ours.id))
    for table in metadata.sorted_tables:
        if table is installations:
            continue
        assert rows(there, table, ours.id) == rows(here, table, ours.id), table.name
        assert rows(there, table, neighbours.id) == [], table.name
    for table in (inbox, outbox, audit):
        assert rows(there, table, others.id) == before[table.name]
    # What arrives afterwards is numbered on.
    later = family("-4")
    fill(there, later)
    assert len(rows(there, inbox, later.id)) == 4


def test_a_family_that_is_there_is_refused(ends: tuple[str, str]) -> None:
    here, there = ends
    ours = family("-1")
    fill(here, ours)
    copy(here, there)
    with pytest.raises(CopyRefused, match="has that family already: Smith"):
        copy(here, there)


def test_a_chat_that_speaks_for_another_family_there_is_refused(ends: tuple[str, str]) -> None:
    here, there = ends
    fill(here, family("-1"))
    fill(there, family("-1"))
    write(there, delete(installations))
    before = {table.name: rows(there, table) for table in metadata.sorted_tables}
    with pytest.raises(CopyRefused, match=r"another family's: .*chats"):
        copy(here, there)
    assert {table.name: rows(there, table) for table in metadata.sorted_tables} == before


def test_an_empty_place_is_given_its_tables(sqlite_url: str, tmp_path: Path) -> None:
    fill(sqlite_url, family("-1"))
    there = f"sqlite:///{tmp_path}/new folder/family.db"
    assert copy(sqlite_url, there)
    assert rows(there, inbox) == rows(sqlite_url, inbox)


def test_what_cannot_be_copied_is_said(sqlite_url: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    with pytest.raises(CopyRefused, match="There is no file"):
        copy(f"sqlite:///{missing}", sqlite_url)
    assert not missing.exists()
    with pytest.raises(CopyRefused, match="same database twice"):
        copy(sqlite_url, sqlite_url)
    (tmp_path / "old.db").touch()
    with pytest.raises(CopyRefused, match="run the migrations"):
        copy(f"sqlite:///{tmp_path}/old.db", sqlite_url)
    ours = family("-1")
    fill(sqlite_url, ours)
    elsewhere = f"sqlite:///{tmp_path}/there.db"
    with pytest.raises(CopyRefused, match=f"(?s)Which family.*{ours.id}  Smith"):
        copy(sqlite_url, elsewhere, "Jones")
    with pytest.raises(ValueError, match="looks like"):
        copy(sqlite_url, "mysql://x")


def test_a_name_is_enough_where_one_family_has_it(sqlite_url: str, tmp_path: Path) -> None:
    fill(sqlite_url, family("-1"))
    copied = copy(sqlite_url, f"sqlite:///{tmp_path}/there.db", "smith")
    assert next(each.rows for each in copied if each.table == "households") == 1


def test_the_hash_sees_every_column(sqlite_url: str, tmp_path: Path) -> None:
    ours = family("-1")
    fill(sqlite_url, ours)
    first = copy(sqlite_url, f"sqlite:///{tmp_path}/first.db")
    write(sqlite_url, update(chats).values(title="Other"))
    second = copy(sqlite_url, f"sqlite:///{tmp_path}/second.db")
    differing = [a.table for a, b in zip(first, second, strict=True) if a.digest != b.digest]
    assert differing == ["chats"]
    assert ours.chat.address != ChatAddress("telegram", "-1", False, "Other")
