"""Database addresses: people write the short form, each use picks its driver."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {
    ("sqlite", "async"): "sqlite+aiosqlite",
    ("sqlite", "sync"): "sqlite+pysqlite",
    ("postgresql", "async"): "postgresql+asyncpg",
    ("postgresql", "sync"): "postgresql+psycopg",
}

_FORM = "A database address looks like sqlite:///path or postgresql://user@host/name."


def engine_url(url: str, use: Literal["async", "sync"]) -> URL:
    """`sqlite:///path` or `postgresql://user@host/db` with the driver this use needs.

    Raises ValueError for any other kind of database; its words hold nothing of the address,
    in which there may be a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(_FORM) from None
    backend = "postgresql" if parsed.drivername == "postgres" else parsed.get_backend_name()
    if (backend, use) not in _DRIVERS:
        raise ValueError(f"{_FORM} It runs on no other kind.")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ValueError("A SQLite database needs a file: several connections share it.")
    return parsed.set(drivername=_DRIVERS[backend, use])


def libpq_url(url: str) -> str:
    """The form psycopg itself takes, password included."""
    plain = engine_url(url, "sync").set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


def sqlite_path(url: str) -> str:
    return engine_url(url, "sync").database or ""
