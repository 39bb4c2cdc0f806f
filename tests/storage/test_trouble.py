"""Which errors are the database's absence."""

from __future__ import annotations

import asyncpg  # type: ignore[import-untyped]
import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.trouble import is_passing


def because_of(cause: BaseException) -> Exception:
    error = RuntimeError("a turn failed")
    error.__cause__ = cause
    return error


PASSING = {
    "refused": ConnectionRefusedError(),
    "saver": psycopg.OperationalError("terminating connection"),
    "driver": asyncpg.CannotConnectNowError("the database system is starting up"),
    "sqlalchemy": OperationalError("SELECT 1", {}, Exception("gone")),
    "behind another": because_of(because_of(asyncpg.AdminShutdownError("bye"))),
}
OURS = {
    "a bug": ValueError("no"),
    "a constraint": IntegrityError("INSERT", {}, Exception("unique")),
    "a bug behind another": because_of(KeyError("x")),
}


@pytest.mark.parametrize("error", PASSING.values(), ids=PASSING)
def test_it_was_away(error: Exception) -> None:
    assert is_passing(error)


@pytest.mark.parametrize("error", OURS.values(), ids=OURS)
def test_it_was_us(error: Exception) -> None:
    assert not is_passing(error)
