"""The way into the product in one process: platforms on one side, the gateway on the other.

It loads nothing that reads a message or thinks about one: a process that only receives is this.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from uuid import UUID, uuid4

from agents.actions.commands import Surroundings
from bot import crash
from bot.archive.opening import open_archive
from bot.gateway import Gateway
from bot.ics import calendar_ics
from bot.ics_reading import read_calendar
from bot.pdf import read_document
from bot.pictures import shrink
from bot.platforms import ChatPlatform
from bot.settings import Settings
from scheduling.access import Bearer
from scheduling.errors import NotFound
from scheduling.forms import FormSheet
from scheduling.messages import (
    FILE_GONE,
    ChatAddress,
    FileRef,
    Hearing,
    Inbound,
    Platform,
    TapAnswer,
)
from scheduling.ports import Clock, InboxRow, UnitOfWork, UnitOfWorkFactory
from scheduling.query_cache import NoCache, QueryCache
from scheduling.speech import tr
from storage.engine import Database, open_database

Claim = Callable[[UnitOfWork, UUID], Awaitable[InboxRow | None]]
Wake = Callable[[UUID, InboxRow | None], None]


class Door(ABC):
    """Implements `ports.Receiver` for the platforms of this process.

    listens: False for a process that only sends what others have to say.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        platforms: Sequence[ChatPlatform],
        database: Database,
        *,
        listens: bool = True,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.platforms = platforms
        self.database = database
        self._listens = listens
        self._started: list[ChatPlatform] = []
        crash.arm(settings.family_scheduler_crash_at)
        self.uow: UnitOfWorkFactory = (
            crash.CrashingUnitOfWorkFactory(database.uow)
            if settings.family_scheduler_crash_at
            else database.uow
        )
        self.around = Surroundings(
            calendar_ics,
            self._hearing,
            self._fetch,
            read_calendar,
            read_document,
            shrink,
            settings.public_base_url,
            _feed_key(),
            partial(open_archive, settings.archive_url),
            settings.backup_keep_days if settings.backup_dir else 0,
        )

    @property
    def reader(self) -> UnitOfWorkFactory:
        """Transactions that only read."""
        return self.database.reader

    async def bearer(self, digest: str) -> Bearer | None:
        """Who came with the token of that hash, if it opens anything."""
        return await self.database.bearer(digest)

    async def open(self, claim: Claim, wake: Wake) -> None:
        """Begin to listen. claim, wake: see `Gateway`."""
        zone = self.settings.default_timezone
        self.gateway = Gateway(self.uow, self.clock, uuid4, zone, self.around, claim, wake)
        for platform in self.platforms:
            await platform.start(self, listen=self._listens)
            self._started.append(platform)

    async def _hearing(self, chat: ChatAddress) -> Hearing:
        asked = [p.hearing(chat) for p in self.platforms if p.name == chat.platform]
        return await asked[0] if asked else Hearing()

    async def _fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        platform = next((p for p in self.platforms if p.name == chat.platform), None)
        if platform is None:
            raise NotFound(tr(FILE_GONE))
        return await platform.fetch(chat, file)

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        """The gateway (`ports.Receiver`)."""
        return await self.gateway.receive(inbound)

    async def form(
        self, chat: ChatAddress, account: str, entry_id: UUID | None
    ) -> FormSheet | None:
        return await self.gateway.form(chat, account, entry_id)

    async def space_gone(self, platform: Platform, space: str) -> None:
        await self.gateway.space_gone(platform, space)

    async def space_back(self, platform: Platform, space: str) -> None:
        await self.gateway.space_back(platform, space)

    async def sealed(self, platform: Platform, space: str) -> str | None:
        async with self.database.reader() as uow:
            return await uow.installations.get(platform, space)

    async def seal(self, platform: Platform, space: str, words: str | None) -> None:
        async with self.uow() as uow:
            if words is None:
                await uow.installations.remove(platform, space)
            else:
                await uow.installations.put(platform, space, words)
            await uow.commit()

    async def answers(self) -> bool:
        """Whether the database does. Raises whatever its driver does."""
        async with self.database.reader() as uow:
            await uow.inbox.pending()
        return True

    @abstractmethod
    async def start(self) -> None:
        """Open what has to be open, then listen."""

    @abstractmethod
    async def run(self) -> None:
        """Keep going until stopped."""

    async def finish(self, within: float) -> None:
        """Stop listening, and finish what has begun. within: seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await asyncio.gather(*(p.stop_listening() for p in self._started))

    async def stop(self) -> None:
        """Let go of the platforms and the database; what is unfinished is in its rows."""
        started, self._started = self._started, []
        for platform in started:
            await platform.stop()
        await self.database.close()


def database_of(settings: Settings) -> Database:
    """As it is set up, not connected yet."""
    cache: QueryCache = NoCache()
    if settings.cache_url:
        # The client is loaded only where there is something for it to do.
        from bot.redis_cache import RedisCache

        cache = RedisCache(settings.cache_url)
    pool_size = settings.database_pool_size
    return open_database(settings.database_url, pool_size=pool_size, cache=cache)


def _feed_key() -> bytes:
    """What makes calendar links unguessable: new in every process, since only hashes of the
    finished links are kept."""
    return hashlib.sha256(secrets.token_bytes(32)).digest()
