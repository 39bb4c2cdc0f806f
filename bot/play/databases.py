"""A fresh database for each script: a copy of one that was migrated once."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Protocol

import asyncpg  # type: ignore[import-untyped]

from storage.migrate import upgrade


class Databases(Protocol):
    """Where scripts get their databases from; a context manager that removes all at its end."""

    async def fresh(self) -> str:
        """The URL of a migrated database with nothing in it."""

    async def drop(self, url: str) -> None: ...

    async def close(self) -> None: ...


class SqliteFiles:
    """Files in a temporary folder."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="family-scheduler-"))
        self._template = self._folder / "template.db"
        self._migrating = asyncio.Lock()

    async def fresh(self) -> str:
        async with self._migrating:
            if not self._template.exists():
                await asyncio.to_thread(self._migrate)
        path = self._folder / f"{secrets.token_hex(6)}.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def _migrate(self) -> None:
        """Into one file: what is still in the log beside it is folded in before it is copied."""
        upgrade(f"sqlite:///{self._template}")
        connection = sqlite3.connect(self._template)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()

    async def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    async def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresDatabases:
    """Databases on a server, copied there from a template; `url` names any database of it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._template = f"family_scheduler_{secrets.token_hex(6)}"
        self._migrated = False
        self._migrating = asyncio.Lock()

    async def fresh(self) -> str:
        async with self._migrating:
            if not self._migrated:
                await self._run(f'CREATE DATABASE "{self._template}"')
                self._migrated = True
                await asyncio.to_thread(upgrade, self._named(self._template))
        name = f"{self._template}_{secrets.token_hex(6)}"
        await self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return self._named(name)

    async def drop(self, url: str) -> None:
        await self._drop(_parts(url)[1])

    async def close(self) -> None:
        if self._migrated:
            await self._drop(self._template)

    async def _drop(self, name: str) -> None:
        await self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _named(self, name: str) -> str:
        server, _, options = _parts(self._url)
        return f"{server}/{name}{options}"


def _parts(url: str) -> tuple[str, str, str]:
    """Scheme and server, database name, "?options". Not `urllib`: it drops the empty server of
    a URL that names a unix socket in its options."""
    found = re.fullmatch(r"([\w+]+://[^/?]*)(?:/([^?]*))?(\?.*)?", url)
    if found is None:
        raise ValueError("a database URL looks like postgresql://USER@HOST/NAME")
    return found[1], found[2] or "", found[3] or ""


def databases_for(url: str | None) -> Databases:
    """SQLite unless `url` names a server."""
    if url is None or url.startswith("sqlite"):
        return SqliteFiles()
    return PostgresDatabases(url)
