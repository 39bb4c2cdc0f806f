"""What differs from run to run, and is therefore handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Clock(Protocol):
    """Family time: what is due, quiet hours, expiry. Scripts move it by hand."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""


NewId = Callable[[], UUID]
"""A source of random UUIDs; tests pass a counted one."""
