"""One transaction and the repositories that share it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from scheduling import ports
from scheduling.query_cache import NoCache, QueryCache
from storage.repositories.audit import SqlAudit
from storage.repositories.backlogs import SqlBacklogs
from storage.repositories.changes import SqlChanges
from storage.repositories.chats import SqlChats
from storage.repositories.conflicts import SqlConflicts
from storage.repositories.events import SqlEvents
from storage.repositories.feeds import SqlFeeds
from storage.repositories.focuses import SqlFocuses
from storage.repositories.habits import SqlHabits
from storage.repositories.households import SqlHouseholds
from storage.repositories.identities import SqlIdentities
from storage.repositories.inbox import SqlInbox
from storage.repositories.installations import SqlInstallations
from storage.repositories.joins import SqlJoins
from storage.repositories.keeping import SqlKeeping
from storage.repositories.known import SqlKnown
from storage.repositories.links import SqlLinks
from storage.repositories.notices import SqlNotices
from storage.repositories.occurrences import SqlOccurrences
from storage.repositories.outbox import SqlOutbox
from storage.repositories.proposals import SqlProposals
from storage.repositories.ratings import SqlRatings
from storage.repositories.tasks import SqlTasks
from storage.repositories.tokens import SqlTokens
from storage.repositories.usage import SqlUsage
from storage.repositories.webhooks import SqlWebhooks
from storage.transaction import Transaction

Announce = Callable[[frozenset[UUID]], None]
"""Called with the families that a committed transaction has changed; returns at once."""


class SqlUnitOfWork:
    """Implements `scheduling.ports.UnitOfWork`; leaving without `commit` rolls back."""

    def __init__(
        self,
        engine: AsyncEngine,
        now: Callable[[], datetime],
        announce: Announce | None = None,
        cache: QueryCache | None = None,
    ) -> None:
        self._connection = engine.connect()
        self._announce = announce
        self._tx = tx = Transaction(self._connection, engine.dialect.name, now)
        self.households: ports.Households = SqlHouseholds(tx)
        self.chats: ports.Chats = SqlChats(tx)
        self.identities: ports.Identities = SqlIdentities(tx)
        self.events: ports.Events = SqlEvents(tx)
        self.occurrences: ports.Occurrences = SqlOccurrences(tx)
        self.proposals: ports.Proposals = SqlProposals(tx)
        self.notices: ports.Notices = SqlNotices(tx)
        self.inbox: ports.Inbox = SqlInbox(tx)
        self.outbox: ports.Outbox = SqlOutbox(tx)
        self.audit: ports.Audit = SqlAudit(tx)
        self.conflicts: ports.Conflicts = SqlConflicts(tx)
        self.ratings: ports.Ratings = SqlRatings(tx)
        self.focuses: ports.Focuses = SqlFocuses(tx)
        self.feeds: ports.Feeds = SqlFeeds(tx)
        self.habits: ports.Habits = SqlHabits(tx)
        self.links: ports.Links = SqlLinks(tx)
        self.joins: ports.Joins = SqlJoins(tx)
        self.installations: ports.Installations = SqlInstallations(tx)
        self.usage: ports.Usage = SqlUsage(tx)
        self.tokens: ports.Tokens = SqlTokens(tx)
        self.tasks: ports.Tasks = SqlTasks(tx)
        self.changes: ports.Changes = SqlChanges(tx)
        self.webhooks: ports.Webhooks = SqlWebhooks(tx)
        self.backlogs: ports.Backlogs = SqlBacklogs(tx)
        self.known: ports.Known = SqlKnown(
            tx, self.households, self.occurrences, cache or NoCache()
        )
        self.keeping: ports.Keeping = SqlKeeping(tx)

    async def __aenter__(self) -> Self:
        await self._connection.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        # The connection's own exit also holds when the task is cancelled meanwhile.
        await self._connection.__aexit__(None, None, None)

    async def commit(self) -> None:
        await self._connection.commit()
        changed = self._tx.changed_households
        if changed and self._announce is not None:
            self._announce(frozenset(changed))
