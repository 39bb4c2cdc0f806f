"""Checked reading of a mapping out of a YAML file: every complaint says where it stands."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.play.script import ScriptError

_MISSING = object()
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_LENGTH = re.compile(r"\s*(\d+)\s*([wdhms])[a-z]*")


class Fields:
    """One mapping. Take what is known from it, then call `done()`: what is left is unknown.

    Every method raises ScriptError naming the key.
    """

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise ScriptError(where, f"needs keys and values, not {_shown(value)}")
        self._left: dict[str, Any] = {str(key): item for key, item in value.items()}
        self.where = where

    def done(self) -> None:
        if self._left:
            raise ScriptError(self.where, f"unknown key {', '.join(sorted(self._left))}")

    def names(self) -> list[str]:
        """The keys not taken yet."""
        return list(self._left)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str, default: object = _MISSING) -> Any:
        value = self._left.pop(key, default)
        if value is _MISSING:
            raise ScriptError(self.where, f"{key} is required")
        return value

    def fail(self, key: str, wanted: str, got: object) -> ScriptError:
        return ScriptError(f"{self.where}, {key}", f"needs {wanted}, not {_shown(got)}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.take(key, _MISSING if default is None else default)
        if not isinstance(value, str):
            raise self.fail(key, "a text", value)
        return value

    def name(self, key: str) -> str:
        """A text that is not empty."""
        value = self.text(key)
        if not value.strip():
            raise self.fail(key, "a name", value)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of one; missing is empty."""
        value = self.take(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.fail(key, "a list of texts", value)
        return tuple(items)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise self.fail(key, "true or false", value)
        return value

    def number(self, key: str, default: int | None = None) -> int | None:
        value = self.take(key, default)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.fail(key, "a whole number", value)
        return value

    def choice(self, key: str, allowed: list[str], default: str) -> str:
        value = self.take(key, default)
        if value not in allowed:
            raise self.fail(key, f"one of {', '.join(allowed)}", value)
        return str(value)

    def mappings(self, key: str) -> list[Fields]:
        value = self.take(key, [])
        if not isinstance(value, list):
            raise self.fail(key, "a list", value)
        return [Fields(item, f"{self.where}, {key} {n}") for n, item in enumerate(value, 1)]

    def answers(self, key: str) -> dict[str, str | tuple[str, ...] | None]:
        """What is filled in, by field: a text, several, or nothing. A day or a time that YAML read
        as one is a text again."""
        given = self.take(key, {})
        if not isinstance(given, dict):
            raise self.fail(key, "fields and what is filled in", given)
        return {str(name): _answer(value) for name, value in given.items()}

    def pattern(self, key: str) -> re.Pattern[str] | None:
        value = self.take(key, None)
        return None if value is None else self._compiled(key, value)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(self._compiled(key, text) for text in self.texts(key))

    def _compiled(self, key: str, value: object) -> re.Pattern[str]:
        if not isinstance(value, str):
            raise self.fail(key, "a regular expression", value)
        try:
            return re.compile(value, re.IGNORECASE)
        except re.error as error:
            raise ScriptError(f"{self.where}, {key}", f"bad expression: {error}") from None


def _answer(value: object) -> str | tuple[str, ...] | None:
    if value is None:
        return None
    return tuple(map(str, value)) if isinstance(value, list) else str(value)


def local_moment(fields: Fields, key: str, value: object) -> date | datetime:
    """ "2026-03-07 14:00" or "2026-03-07" as a naive local datetime or a date."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise fields.fail(key, "a date or a date and time", value)
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        raise fields.fail(key, "a date or a date and time", value) from None


def instant_of(fields: Fields, key: str, value: object, zone: ZoneInfo) -> datetime:
    """A wall time in `zone` (or one with its own offset) as an instant."""
    moment = local_moment(fields, key, value)
    if not isinstance(moment, datetime):
        raise fields.fail(key, "a date and a time", value)
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.astimezone(UTC)


def length_of(fields: Fields, key: str, value: object) -> timedelta:
    """ "2h", "15m", "1d 6h"."""
    text, total, at = str(value), timedelta(), 0
    while at < len(text.rstrip()):
        found = _LENGTH.match(text, at)
        if found is None:
            raise fields.fail(key, 'a length such as "2h" or "1d 30m"', value)
        total += timedelta(**{_UNITS[found[2]]: int(found[1])})
        at = found.end()
    if not total:
        raise fields.fail(key, 'a length such as "2h"', value)
    return total


def time_of_day(fields: Fields, key: str, value: object) -> time:
    """ "21:30". YAML reads an unquoted 21:30 as a number of minutes; that is taken too."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return time(*divmod(value, 60))
        return time.fromisoformat(str(value).strip().zfill(5))
    except ValueError:
        raise fields.fail(key, 'a time of day such as "21:30"', value) from None


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)[:60]
