"""A claim that ends by itself: columns lease_owner and lease_until, on machine time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Table, or_


def free(table: Table, now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Nobody has it, or whoever had it is past the time."""
    return or_(table.c.lease_until.is_(None), table.c.lease_until <= now)


def taken(owner: str, now: datetime, lease: timedelta) -> dict[str, Any]:
    return {"lease_owner": owner, "lease_until": now + lease}


RELEASED: dict[str, Any] = {"lease_owner": None, "lease_until": None}
