"""From a YAML file to a `Script`. A file that is not one is refused, with the place named."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from bot.play.fields import Fields, instant_of, time_of_day
from bot.play.reading_model import read_model
from bot.play.script import PLATFORMS, FamilySpec, MemberSpec, ResourceSpec, Script, ScriptError
from bot.play.steps import StepReader
from scheduling.family import ResourceType, Role, Settings

LARGEST = 1_000_000
"""Bytes of the largest file that is looked at."""


def read_script(path: Path) -> Script:
    """Read one file. Raises ScriptError if it is missing, not YAML, or not a script."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise ScriptError(str(path), error.strerror or "cannot be read") from None
    return parse_script(source, str(path), path.parent)


def parse_script(source: bytes | str, where: str, folder: Path = Path()) -> Script:
    """The same for text at hand. folder: where the files of `say` steps lie."""
    if len(source) > LARGEST:
        raise ScriptError(where, f"is larger than {LARGEST} bytes")
    try:
        content = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ScriptError(where, f"is not YAML: {' '.join(str(error).split())}") from None
    return _script(Fields(content, where), folder)


def _script(fields: Fields, folder: Path) -> Script:
    zone = _zone(fields)
    start = instant_of(fields, "clock", fields.take("clock"), zone)
    language = fields.text("language", "en")
    family = fields.take("family", None)
    platforms = _other_platforms(fields)
    script = Script(
        name=fields.name("name"),
        clock=start,
        timezone=zone.key,
        language=language,
        family=None if family is None else _family(Fields(family, f"{fields.where}, family")),
        others=tuple(_family(other) for other in fields.mappings("other_families")),
        model=read_model(fields),
        other_platforms=platforms,
        platform=fields.choice("platform", ["", *PLATFORMS], "") or None,
        steps=StepReader(zone, start, folder, platforms).steps(fields),
    )
    fields.done()
    return script


def _other_platforms(fields: Fields) -> tuple[str, ...]:
    named = fields.texts("other_platforms")
    unknown = [name for name in named if name not in PLATFORMS]
    if unknown or len(set(named)) < len(named) or len(named) >= len(PLATFORMS):
        fewer = f"fewer than {len(PLATFORMS)} of {', '.join(PLATFORMS)}, each once"
        raise fields.fail("other_platforms", fewer, ", ".join(named))
    return named


def _zone(fields: Fields) -> ZoneInfo:
    key = fields.text("timezone")
    try:
        return ZoneInfo(key)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise fields.fail("timezone", "an IANA zone such as America/New_York", key) from None


def _family(fields: Fields) -> FamilySpec:
    family = FamilySpec(
        name=fields.text("name", "Family"),
        members=tuple(_member(each) for each in fields.mappings("members")),
        resources=tuple(_resource(each) for each in fields.mappings("resources")),
        rules=fields.texts("rules"),
        settings=_settings(Fields(fields.take("settings", {}), f"{fields.where}, settings")),
    )
    _unique_names(fields, family)
    fields.done()
    return family


def _unique_names(fields: Fields, family: FamilySpec) -> None:
    names = [n.casefold() for m in family.members for n in {m.name, *m.aliases}]
    double = {name for name in names if names.count(name) > 1}
    if double:
        raise ScriptError(f"{fields.where}, members", f"{', '.join(sorted(double))} twice")


def _member(fields: Fields) -> MemberSpec:
    member = MemberSpec(
        name=fields.name("name"),
        role=Role(fields.choice("role", [role.value for role in Role], Role.OTHER.value)),
        aliases=fields.texts("aliases"),
    )
    fields.done()
    return member


def _resource(fields: Fields) -> ResourceSpec:
    kinds = [kind.value for kind in ResourceType]
    resource = ResourceSpec(
        name=fields.name("name"),
        type=ResourceType(fields.choice("type", kinds, ResourceType.OTHER.value)),
        capacity=fields.number("capacity", 1) or 0,
    )
    fields.done()
    return resource


def _settings(fields: Fields) -> Settings:
    """Any setting of a family by its own name."""
    readers: dict[str, Callable[[str], Any]] = {
        "reminders": lambda key: _leads(fields, key),
        "quiet_hours": lambda key: _hours(fields, key),
        "digest_daily": lambda key: _optional_time(fields, key),
        "digest_weekly": lambda key: _optional_time(fields, key),
        "default_duration": lambda key: fields.number(key),
        "hours24": lambda key: fields.flag(key),
        "listen": lambda key: fields.flag(key),
        "language": lambda key: fields.text(key),
        "consent": lambda key: fields.choice(key, _consents(), "any_parent"),
    }
    given = {key: readers[key](key) for key in fields.names() if key in readers}
    fields.done()
    return dataclasses.replace(Settings(), **given)


def _consents() -> list[str]:
    return list(get_args(get_type_hints(Settings)["consent"]))


def _leads(fields: Fields, key: str) -> tuple[int, ...]:
    value = fields.take(key)
    leads = value if isinstance(value, list) else [value]
    if not all(isinstance(lead, int) and lead >= 0 for lead in leads):
        raise fields.fail(key, "minutes, such as [60, 10]", value)
    return tuple(leads)


def _hours(fields: Fields, key: str) -> tuple[time, time] | None:
    value = fields.take(key)
    if not value:
        return None
    first, dash, last = str(value).partition("-")
    if not dash:
        raise fields.fail(key, 'hours such as "21:30-07:00"', value)
    return time_of_day(fields, key, first), time_of_day(fields, key, last)


def _optional_time(fields: Fields, key: str) -> time | None:
    value = fields.take(key)
    return None if value is None or value is False else time_of_day(fields, key, value)
