"""Column types: what a value may be, checked at the door, the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Text, Uuid
from sqlalchemy.types import TypeDecorator

from storage.codec import decode, decode_cached, encode, encode_cached


class Id(TypeDecorator[UUID]):
    """A UUID; read back as the standard library's own class, not the driver's."""

    impl = Uuid
    cache_ok = True

    def process_result_value(self, value: UUID | None, dialect: Dialect) -> UUID | None:
        if value is None or type(value) is UUID:
            return value
        return UUID(bytes=value.bytes)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, UTC out. Raises ValueError for a naive datetime."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WallTime(TypeDecorator[datetime]):
    """What a clock on the wall shows: naive in and out. Raises ValueError for an aware one."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError(f"wall time has no zone: {value!r}")
        return value


class Duration(TypeDecorator[timedelta]):
    """A length of time as whole microseconds, exact on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else value // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """What people write. PostgreSQL keeps no NUL, UTF-8 no lone surrogate: both are dropped."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.replace("\0", "").encode("utf-8", "ignore").decode()


class Payload(TypeDecorator[Any]):
    """A dataclass, or a tuple of them, as JSON text. shared: hashable values that repeat."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any, shared: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.shared = shared

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return encode_cached(self.kind, value) if self.shared else encode(self.kind, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return decode_cached(self.kind, value) if self.shared else decode(self.kind, value)


def one_of(name: str, values: type[StrEnum] | tuple[str, ...]) -> Enum:
    """Text with a CHECK of that name; reads back as the enumeration, or as plain text."""
    form: dict[str, Any] = {"native_enum": False, "create_constraint": True, "length": 32}
    if isinstance(values, tuple):
        return Enum(*values, name=name, **form)
    return Enum(values, name=name, values_callable=lambda kind: [m.value for m in kind], **form)
