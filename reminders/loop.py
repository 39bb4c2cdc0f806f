"""The reminder loop: claims what is due and says it. Any number of processes may run it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from reminders.digests import daily, weekly
from reminders.due import Batch, Due
from reminders.events import remind, snoozed
from reminders.open_parts import open_part
from reminders.open_questions import expire, follow_up, unresolved
from scheduling.family import Household
from scheduling.notices import Notice, NoticeKind, NoticeState
from scheduling.ports import Clock, UnitOfWorkFactory
from scheduling.reminding import in_quiet_hours, quiet_bounds
from scheduling.speech import speak

log = logging.getLogger(__name__)

BATCH = 100
TRIES, RETRY = 4, timedelta(minutes=5)
"""How often a notice that fails is tried, and how much longer each time it waits."""

_SAID: dict[NoticeKind, Callable[[Due], Awaitable[Notice]]] = {
    NoticeKind.EVENT: remind,
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
        outdone = _outdone(notices)
        async with self._uow() as uow:
            batch = Batch()
            families: dict[UUID, Household] = {}
            settled: list[Notice] = []
            for notice in notices:
                if notice.household_id not in families:
                    families[notice.household_id] = await uow.households.get(notice.household_id)
                household = families[notice.household_id]
                speak(household.settings.language)
                due = Due(uow, household, notice, self._clock.now(), batch)
                settled.append(due.dropped if notice in outdone else await _handle_one(due))
            await batch.write(uow)
            await uow.notices.settle(settled, self._owner)
            await uow.commit()


def _tried(notice: Notice, now: datetime) -> Notice:
    """The notice after it failed: tried again in a while, and put aside after a few tries."""
    tries = int(notice.data.get("tries", 0)) + 1
    state = NoticeState.DROPPED if tries >= TRIES else NoticeState.WAITING
    return replace(
        notice, state=state, due=now + tries * RETRY, data={**notice.data, "tries": tries}
    )


def _outdone(notices: Sequence[Notice]) -> list[Notice]:
    """Follow-ups that fell due together with a later one on the same question: after a time
    away it is asked again once."""
    rounds = [n for n in notices if n.kind is NoticeKind.FOLLOW_UP]
    last = {n.proposal_id: n for n in sorted(rounds, key=lambda n: int(n.data.get("round", 1)))}
    return [n for n in rounds if last[n.proposal_id] is not n]


async def _handle_one(due: Due) -> Notice:
    until = _quiet_until(due)
    if until is not None:
        return replace(due.notice, due=until)
    return await _SAID[due.notice.kind](due)


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
