"""Which errors say that the database was away, and not that something is wrong with us."""

from __future__ import annotations

import asyncpg  # type: ignore[import-untyped]
import psycopg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

_PASSING = (
    OSError,
    psycopg.InterfaceError,
    psycopg.OperationalError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    OperationalError,
    InterfaceError,
)


def is_passing(error: BaseException) -> bool:
    """Whether the same would have gone well with the database there, by the error or by what it
    came of."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _PASSING):
            return True
        if isinstance(seen, DBAPIError) and seen.connection_invalidated:
            return True
        seen = seen.__cause__ or seen.__context__
    return False
