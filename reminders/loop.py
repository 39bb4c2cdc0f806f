"""The reminder loop: claims what is due and says it. Any number of processes may run it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from reminders.addressed import chats_for
from reminders.digests import daily, weekly
from reminders.due import Due
from reminders.events import remind, snoozed
from reminders.open_questions import expire, follow_up, open_part, unresolved
from reminders.words import missed
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.messages import Outgoing
from scheduling.notices import Notice, NoticeKind, NoticeState
from scheduling.ports import Chat, Clock, UnitOfWork, UnitOfWorkFactory
from scheduling.reminding import in_quiet_hours, quiet_bounds

log = logging.getLogger(__name__)

BATCH = 100
TRIES, RETRY = 4, timedelta(minutes=5)
"""How often a notice that fails is tried, and how much longer each time it waits."""

_SAID: dict[NoticeKind, Callable[[Due], Awaitable[Notice]]] = {
    NoticeKind.SNOOZED: snoozed,
    NoticeKind.DAILY: daily,
    NoticeKind.WEEKLY: weekly,
    NoticeKind.FOLLOW_UP: follow_up,
    NoticeKind.EXPIRY: expire,
    NoticeKind.CONFLICT: unresolved,
    NoticeKind.OPEN_PART: open_part,
}
_QUIET = frozenset(
    (NoticeKind.EVENT, NoticeKind.FOLLOW_UP, NoticeKind.CONFLICT, NoticeKind.OPEN_PART)
)
"""What quiet hours hold back. A digest is said at the hour the family asked for."""

LAST_WORD = timedelta(minutes=15)
"""How far into quiet hours a late process may still say what was due at their beginning."""


class Reminders:
    """The rows are the schedule; this says what is due and moves each row on."""

    def __init__(self, uow: UnitOfWorkFactory, clock: Clock, owner: str, lease: timedelta) -> None:
        self._uow = uow
        self._clock = clock
        self._owner = owner
        self._lease = lease

    async def tick(self) -> int:
        """Handle everything due by now; how many notices that were.

        A batch is one transaction. If one of its notices cannot be handled, the batch is done
        again one by one, and that notice alone waits, or is put aside.
        """
        handled = 0
        while claimed := await self._claim():
            try:
                await self._handle(claimed)
            # One family's broken row must not hold up another family's reminder.
            except Exception:
                log.exception("a batch of %d notices failed; trying them singly", len(claimed))
                for notice in claimed:
                    await self._handle_alone(notice)
            handled += len(claimed)
        return handled

    async def _claim(self) -> list[Notice]:
        async with self._uow() as uow:
            found = await uow.notices.claim_due(self._clock.now(), self._owner, self._lease, BATCH)
            if found:
                await uow.commit()
            return found

    async def _handle_alone(self, notice: Notice) -> None:
        try:
            await self._handle([notice])
        # Whatever is wrong with this one, it must not come up again and again.
        except Exception:
            log.exception("notice %s could not be told", notice.id)
            async with self._uow() as uow:
                await uow.notices.settle([_tried(notice, self._clock.now())], self._owner)
                await uow.commit()

    async def _handle(self, notices: Sequence[Notice]) -> None:
        async with self._uow() as uow:
            families: dict[UUID, Household] = {}
            too_late: dict[UUID, list[tuple[Due, Occurrence]]] = {}
            settled: list[Notice] = []
            told: list[Notice] = []
            chats: dict[UUID, list[Chat]] = {}
            for notice in notices:
                if notice.household_id not in families:
                    families[notice.household_id] = await uow.households.get(notice.household_id)
                household = families[notice.household_id]
                due = Due(uow, household, notice, self._clock.now(), told, chats)
                going_on, missed_one = await _handle_one(due)
                settled.append(going_on)
                if missed_one is not None:
                    too_late.setdefault(notice.household_id, []).append((due, missed_one))
            for found in too_late.values():
                await _tell_missed(uow, found)
            await uow.notices.put(told)
            await uow.notices.settle(settled, self._owner)
            await uow.commit()


def _tried(notice: Notice, now: datetime) -> Notice:
    """The notice after it failed: tried again in a while, and put aside after a few tries."""
    tries = int(notice.data.get("tries", 0)) + 1
    state = NoticeState.DROPPED if tries >= TRIES else NoticeState.WAITING
    return replace(
        notice, state=state, due=now + tries * RETRY, data={**notice.data, "tries": tries}
    )


async def _handle_one(due: Due) -> tuple[Notice, Occurrence | None]:
    notice = due.notice
    until = _quiet_until(due)
    if until is not None:
        return replace(notice, due=until), None
    if notice.kind is NoticeKind.EVENT:
        return await remind(due)
    return await _SAID[notice.kind](due), None


def _quiet_until(due: Due) -> datetime | None:
    """Until when quiet hours hold the notice back; None if they do not.

    What was put at their very beginning, because its event comes before their end, is said.
    """
    if due.notice.kind not in _QUIET or due.notice.asked:
        return None
    if not in_quiet_hours(due.now, due.household):
        return None
    begins, ends = quiet_bounds(due.now, due.household)
    return None if due.notice.due == begins and due.now < begins + LAST_WORD else ends


async def _tell_missed(uow: UnitOfWork, found: Sequence[tuple[Due, Occurrence]]) -> None:
    """One line for all of a family's reminders that came too late, in each chat concerned."""
    by_chat: dict[UUID, list[Occurrence]] = {}
    for due, occurrence in found:
        for chat in await chats_for(due, occurrence):
            by_chat.setdefault(chat, []).append(occurrence)
    first = found[0][0]
    for chat, occurrences in by_chat.items():
        key = f"missed:{first.notice.id.hex}:{first.notice.due.isoformat()}:{chat.hex}"
        text = missed(occurrences, first.household)
        await uow.outbox.add(first.household.id, Outgoing(key, chat, text))
