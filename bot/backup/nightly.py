"""A backup every night, by whichever process comes first; whatever happens to it, the bot goes on.

Due is what was not taken since three o'clock of the last night, so that a laptop that sleeps at
night makes its backup in the morning.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.backup.folder import Busy, Folder
from bot.backup.manifest import Kind, Manifest
from bot.backup.taking import kind_of, prune, take
from bot.settings import Settings
from scheduling.ports import Clock
from storage.backup.programs import Programs
from storage.backup.trouble import BackupTrouble
from storage.migrate import TROUBLE, in_words

log = logging.getLogger(__name__)

HOUR = 3
LOOK_SECONDS = 300.0
AGAIN_SECONDS = 3600.0
"""After one that failed."""

Pause = Callable[[float], Awaitable[None]]


class Nightly:
    """BACKUP_DIR has to be set."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._folder = Folder(Path(settings.backup_dir))
        self._programs = Programs(settings.postgres_bin_dir)

    async def run(self, pause: Pause = asyncio.sleep) -> None:
        """Never ends. pause: waits for so many seconds."""
        while True:
            await pause(LOOK_SECONDS if await self._went_well() else AGAIN_SECONDS)

    async def _went_well(self) -> bool:
        try:
            await _aside(self.look)
        except Busy:
            return True
        except BackupTrouble as error:
            log.warning("no backup was made tonight: %s", error)
            return False
        except (*TROUBLE, ValueError) as error:
            log.warning("no backup was made tonight: %s", in_words(error))
            return False
        # A backup that fails in whatever way must not end the bot.
        except Exception:
            log.exception("no backup was made tonight")
            return False
        return True

    def look(self) -> list[Manifest]:
        """Take what is due, and remove what is old. Takes its time. Raises BackupTrouble and what
        `storage.migrate.TROUBLE` lists."""
        if not self._due():
            return []
        made = []
        with self._folder.claimed():
            # Again, since another process may have just been at it.
            for kind in self._due():
                now = self._clock.now()
                made.append(take(self._settings, kind, self._folder, self._programs, now))
                log.info("backup %s: %d rows", made[-1].name, made[-1].rows)
            for old in prune(self._settings, self._folder, self._clock.now()):
                log.info("backup %s is old and was removed", old.name)
        return made

    def _due(self) -> list[Kind]:
        night = last_night(self._clock.now(), ZoneInfo(self._settings.default_timezone))
        wanted: list[Kind] = [kind_of(self._settings.database_url)]
        if wanted == ["dump"] and self._settings.wal_archive_dir:
            wanted.append("base")
        found = ((kind, self._folder.newest(kind)) for kind in wanted)
        return [kind for kind, last in found if last is None or last.taken_at < night]


def last_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The last time that it was three o'clock there."""
    here = now.astimezone(zone)
    night = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return night if night <= here else night - timedelta(days=1)


async def _aside(work: Callable[[], object]) -> None:
    """In a thread that nobody waits for at the end of the process: what it leaves unfinished is no
    backup, and the next one clears it away."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def finish(error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        try:
            work()
        # Told to whoever waits.
        except Exception as raised:
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(finish, error)

    threading.Thread(target=run, name="backup", daemon=True).start()
    await done
