"""The least a turn can do, through SQLAlchemy Core, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, select, update

from benchmarks.families import NOW, single
from bot.console import codec
from scheduling.events import Status
from scheduling.family import Household
from scheduling.messages import Outgoing
from scheduling.notices import NoticeState
from scheduling.recurrence import materialise
from storage.engine import Database
from storage.repositories.event_rows import event_values, occurrence_values
from storage.tables import audit, events, households, inbox, notices, occurrences, outbox
from storage.types import Id


class Rows:
    """Of one family's chat. They are written as already done, so that they are no work for the
    product."""

    def __init__(self, home: Household, chat_id: UUID) -> None:
        self._home = home
        self._chat_id = chat_id
        self._event = single(home)

    def inbox(self, row_id: UUID) -> dict[str, object]:
        who = codec.account(self._home.members[0].name)
        inbound = codec.message("Errand", who, codec.chat(), row_id.hex, NOW)
        return {
            "id": row_id,
            "household_id": self._home.id,
            "chat_id": self._chat_id,
            "platform": "console",
            "key": inbound.key,
            "kind": inbound.kind,
            "inbound": inbound,
            "received_at": NOW,
            "state": "done",
            "attempts": 1,
        }

    def event(self, row_id: UUID) -> dict[str, object]:
        written = {"version": 1, "horizon": NOW, "created_at": NOW, "updated_at": NOW}
        return {**event_values(replace(self._event, id=row_id)), **written}

    def outbox(self, row_id: UUID) -> dict[str, object]:
        return {
            "id": row_id,
            "household_id": self._home.id,
            "chat_id": self._chat_id,
            "key": row_id.hex,
            "outgoing": Outgoing(row_id.hex, self._chat_id, "Booked."),
            "state": "sent",
            "attempts": 1,
            "retry_at": NOW,
            "created_at": NOW,
        }

    def audit(self, row_id: UUID) -> dict[str, object]:
        after = replace(self._event, id=row_id)
        return {
            "id": row_id,
            "household_id": self._home.id,
            "actor": self._home.members[0].id,
            "at": NOW,
            "thread_id": row_id.hex,
            "summary": "Piano",
            "chat_id": self._chat_id,
            "card": f"entry:{row_id.hex}",
            "changes": ((None, after),),
            "undone_by": row_id,
        }

    def occurrence(self, row_id: UUID) -> Mapping[str, object]:
        of = replace(self._event, id=row_id)
        return occurrence_values(self._home.id, materialise(of, NOW)[0][0])


class ThreeInserts:
    """Inbox, event and outbox rows; each call commits three new ones."""

    NAME = "three-insert transaction"

    def __init__(self, database: Database, home: Household, chat_id: UUID) -> None:
        self._engine = database.writing
        self._rows = Rows(home, chat_id)

    async def __call__(self) -> None:
        row_id = uuid4()
        async with self._engine.begin() as connection:
            await connection.execute(inbox.insert(), [self._rows.inbox(row_id)])
            await connection.execute(events.insert(), [self._rows.event(row_id)])
            await connection.execute(outbox.insert(), [self._rows.outbox(row_id)])


class BareUndo:
    """Taking back a booking: its entry and its event are read, and eight rows are written
    that say so. `prepare` books one, with neither people nor things."""

    NAME = "reading two rows, writing eight"

    def __init__(self, database: Database, home: Household, chat_id: UUID) -> None:
        self._engine = database.writing
        self._home_id = home.id
        self._rows = Rows(home, chat_id)
        self._booked = uuid4()

    async def prepare(self) -> None:
        self._booked = booked = uuid4()
        async with self._engine.begin() as connection:
            await connection.execute(audit.insert(), [self._rows.audit(booked)])
            await connection.execute(events.insert(), [self._rows.event(booked)])
            await connection.execute(occurrences.insert(), [self._rows.occurrence(booked)])

    async def __call__(self) -> None:
        row_id, booked = uuid4(), {"booked": self._booked}
        async with self._engine.begin() as connection:
            await connection.execute(inbox.insert(), [self._rows.inbox(row_id)])
            (await connection.execute(_CLAIMED, booked)).one()
            (await connection.execute(_READ, booked)).one()
            await connection.execute(audit.insert(), [self._rows.audit(row_id)])
            await connection.execute(_CANCELLED, booked)
            await connection.execute(_GONE, booked)
            await connection.execute(_DROPPED, booked)
            await connection.execute(_COUNTED, {"home": self._home_id})
            await connection.execute(outbox.insert(), [self._rows.outbox(row_id)])


_BOOKED = bindparam("booked", type_=Id)
_CLAIMED = update(audit).where(audit.c.id == _BOOKED).values(undone_by=_BOOKED).returning(audit)
_READ = select(events).where(events.c.id == _BOOKED)
_CANCELLED = update(events).where(events.c.id == _BOOKED).values(status=Status.CANCELLED, version=2)
_GONE = delete(occurrences).where(occurrences.c.event_id == _BOOKED)
_DROPPED = update(notices).where(notices.c.event_id == _BOOKED).values(state=NoticeState.DROPPED)
_COUNTED = (
    update(households)
    .where(households.c.id == bindparam("home", type_=Id))
    .values(version=households.c.version + 1)
)
