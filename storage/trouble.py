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


_REFUSED = "FATAL:"
_NOT_YET = "the database system is"


def is_absent(error: BaseException) -> bool:
    """Whether nobody answered at the database's address, or a server that is just starting or
    stopping. One that refuses us (a password, a name) is there. Drivers have no code for this."""
    words = str(error)
    if not isinstance(error, OperationalError) or not isinstance(
        error.orig, psycopg.OperationalError
    ):
        return False
    return _NOT_YET in words or _REFUSED not in words


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
