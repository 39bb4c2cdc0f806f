"""The least a turn can do: one transaction with three inserts, through SQLAlchemy Core."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from benchmarks.families import NOW, single
from bot.console import codec
from scheduling.family import Household
from scheduling.messages import Outgoing
from storage.engine import Database
from storage.repositories.event_rows import event_values
from storage.tables import events, inbox, outbox


class ThreeInserts:
    """Inbox, event and outbox rows of one family's chat; each call commits three new ones.

    The rows are written as already done, so that they are no work for the product.
    """

    def __init__(self, database: Database, home: Household, chat_id: UUID) -> None:
        self._engine = database.writing
        self._home = home
        self._chat_id = chat_id
        self._event = single(home)

    async def __call__(self) -> None:
        row_id = uuid4()
        async with self._engine.begin() as connection:
            await connection.execute(inbox.insert(), [self._inbox(row_id)])
            await connection.execute(events.insert(), [self._stored(row_id)])
            await connection.execute(outbox.insert(), [self._outbox(row_id)])

    def _inbox(self, row_id: UUID) -> dict[str, object]:
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

    def _stored(self, row_id: UUID) -> dict[str, object]:
        written = {"version": 1, "horizon": NOW, "created_at": NOW, "updated_at": NOW}
        return {**event_values(replace(self._event, id=row_id)), **written}

    def _outbox(self, row_id: UUID) -> dict[str, object]:
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
