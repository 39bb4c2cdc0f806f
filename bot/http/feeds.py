"""Private calendar links: from the token in the address to the calendar it opens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.ics import calendar_ics
from scheduling.access import token_hash
from scheduling.ports import UnitOfWorkFactory

Feed = Callable[[str], Awaitable[bytes | None]]
"""Token to iCalendar, None for a token that opens nothing."""


def stored_feed(uow: UnitOfWorkFactory) -> Feed:
    """Feeds as the database has them, a person's with only what they take part in."""

    async def feed(token: str) -> bytes | None:
        async with uow() as work:
            found = await work.feeds.find(token_hash(token))
            if found is None:
                return None
            household_id, member_id = found
            household = await work.households.get(household_id)
            events = await work.events.all(household_id)
        return calendar_ics(household, events, member_id)

    return feed
