"""A process that only receives: it writes the inbox and tells the workers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bot.announcing import Channel
from bot.catalogues import catalogue
from bot.door import Door, database_of
from bot.platforms import ChatPlatform
from bot.queue import Hints, publisher
from bot.settings import Settings
from scheduling.ports import Clock, InboxRow, UnitOfWork
from scheduling.speech import use_catalogues
from storage.engine import Database

LAST_HINTS_SECONDS = 2.0


class Receiving(Door):
    """Does at once what asks nothing (a list, a tap's toast); everything else is a worker's, and
    so is whatever is to be sent."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        platforms: Sequence[ChatPlatform],
        database: Database,
        hints: Hints,
        channel: Channel,
    ) -> None:
        super().__init__(settings, clock, platforms, database)
        self._hints = hints
        self._channel = channel

    async def start(self) -> None:
        await self.open(_claim_nothing, self._tell)

    def _tell(self, chat_id: UUID, claimed: InboxRow | None) -> None:
        self._hints.send(chat_id)

    async def run(self) -> None:
        """Nothing is to be done between two messages but to hear what others have changed."""
        here = self.database.announce or _nobody

        def everywhere(households: frozenset[UUID]) -> None:
            here(households)
            self._channel.announce(households)

        self.database.announce = everywhere
        await self._channel.listen(here)

    async def stop(self) -> None:
        await self._channel.close()
        await self._hints.stop(LAST_HINTS_SECONDS)
        await super().stop()


def _nobody(households: frozenset[UUID]) -> None:
    """No one follows changes in this process."""


async def _claim_nothing(uow: UnitOfWork, chat_id: UUID) -> InboxRow | None:
    return None


async def build_receiving(
    settings: Settings, *, clock: Clock, platforms: Sequence[ChatPlatform]
) -> Receiving:
    """The receiving half of the product, not started yet."""
    use_catalogues(catalogue)
    database = database_of(settings)
    hints = Hints(publisher(settings.celery_broker_url))
    channel = Channel(settings.celery_broker_url)
    return Receiving(settings, clock, platforms, database, hints, channel)
