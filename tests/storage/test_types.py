"""What columns let in and give back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from scheduling.messages import Attachment, ChatAddress, Inbound, Outgoing, Sender
from storage.codec import decode, encode
from storage.engine import Database
from storage.types import Duration, Id, UtcDateTime, WallTime, Words

things = Table(
    "things",
    MetaData(),
    Column("id", Id, primary_key=True),
    Column("at", UtcDateTime),
    Column("wall", WallTime),
    Column("length", Duration),
    Column("words", Words),
)


async def kept(database: Database, **values: object) -> tuple[object, ...]:
    async with database.writing.connect() as connection:
        await connection.run_sync(things.create)
        await connection.execute(insert(things).values(id=uuid4(), **values))
        wanted = [things.c[name] for name in values]
        return tuple((await connection.execute(select(things.c.id, *wanted))).one())


async def test_an_instant_comes_back_in_utc(database: Database) -> None:
    noon = datetime(2026, 3, 2, 12, 0, 0, 7, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    _, at = await kept(database, at=noon)
    assert at == noon
    assert isinstance(at, datetime)
    assert at.tzinfo is UTC


async def test_an_id_is_the_standard_library_s(database: Database) -> None:
    (found,) = await kept(database)
    assert type(found) is UUID


async def test_wall_time_and_length_are_exact(database: Database) -> None:
    wall, length = datetime(2026, 3, 29, 2, 30, 0, 1), timedelta(days=-3, microseconds=1)
    assert (await kept(database, wall=wall, length=length))[1:] == (wall, length)


@pytest.mark.parametrize(
    "values",
    [{"at": datetime(2026, 1, 1)}, {"wall": datetime(2026, 1, 1, tzinfo=UTC)}],
    ids=["naive instant", "aware wall time"],
)
async def test_a_mistaken_time_is_refused(database: Database, values: dict[str, object]) -> None:
    with pytest.raises(StatementError, match="zone"):
        await kept(database, **values)


@pytest.mark.parametrize(
    ("written", "read"),
    [("plain", "plain"), ("a\0b", "ab"), ("ü\ud800!", "ü!"), ("‮🎉", "‮🎉")],
    ids=["plain", "NUL", "lone surrogate", "right to left"],
)
async def test_words_are_kept_or_cleaned(database: Database, written: str, read: str) -> None:
    assert (await kept(database, words=written))[1] == read


def test_bytes_travel_in_a_payload() -> None:
    sent = Outgoing("k", uuid4(), "t", attachments=(Attachment("a", "b", bytes(range(256))),))
    assert decode(Outgoing, encode(Outgoing, sent)) == sent


def test_a_payload_with_odd_text_is_never_refused() -> None:
    address = ChatAddress("telegram", "1")
    said = Inbound(
        "message", "k", address, Sender("telegram", "1", "A\ud800"), datetime.now(UTC), "\0"
    )
    read = decode(Inbound, encode(Inbound, said))
    assert read.text == "\0"
    assert read.sender.name == "A?"
