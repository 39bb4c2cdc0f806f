"""The queue of updates a bot has not confirmed, and how `getUpdates` reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from bot.play.counterparts.telegram.errors import OTHER_POLLER, conflict

Update = dict[str, Any]

_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Update types that come only when named in allowed_updates."""


class Signal:
    """Wakes everyone who waits, each time something happened."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, timeout: float | None = None) -> bool:
        """False when `timeout` seconds went by first."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout)
        except TimeoutError:
            return False
        return True


@dataclass(slots=True)
class Updates:
    """pending: unconfirmed updates in order. again: ids to hand over once more although the bot's
    offset is past them, as after a confirmation that was lost."""

    next_id: int = 700_000_001
    pending: list[Update] = field(default_factory=list)
    sent: dict[int, Update] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)
    allowed: Collection[str] | None = None
    changed: Signal = field(default_factory=Signal)
    _poll: int = 0
    _closed: bool = False

    def add(self, kind: str, payload: dict[str, Any]) -> int:
        """Queue an update; its id, even where the bot did not ask for this kind."""
        number = self.next_id
        self.next_id += 1
        if not self._wanted(kind):
            return number
        update = {"update_id": number, kind: payload}
        self.sent[number] = update
        self.pending.append(update)
        self.changed.notify()
        return number

    def redeliver(self, number: int) -> None:
        """Hand over an update once more. Raises KeyError for one that never was."""
        update = self.sent[number]
        self.again.add(number)
        if update not in self.pending:
            self.pending.insert(0, update)
        self.changed.notify()

    def confirm(self, number: int) -> None:
        """One update was taken (by a webhook)."""
        self.pending = [u for u in self.pending if u["update_id"] != number]
        self.again.discard(number)
        self.changed.notify()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:
        """`getUpdates`: confirms what lies before `offset`, then waits up to `timeout` seconds.

        Raises ApiError 409 in the poll that is held when another one comes.
        """
        self._poll += 1
        mine = self._poll
        self._forget(offset)
        self.changed.notify()
        deadline = asyncio.get_running_loop().time() + timeout
        while not self.pending and not self._closed:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self.changed.wait(left):
                break
            if self._poll != mine:
                raise conflict(OTHER_POLLER)
        batch = self.pending[:limit]
        self.again.difference_update(u["update_id"] for u in batch)
        return batch

    def close(self) -> None:
        """End every held poll at once."""
        self._closed = True
        self.changed.notify()

    def open(self) -> None:
        self._closed = False

    async def drained(self) -> None:
        """Wait until every update is confirmed."""
        while self.pending:
            await self.changed.wait()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _UNASKED

    def _forget(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [
                u for u in self.pending if u["update_id"] >= offset or u["update_id"] in self.again
            ]
