"""The family as one snapshot: the columns of a statement, and what is made of its row."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Label, Row, Table, func, select

from scheduling.family import Household, Member, Resource, Rule
from storage.codec import adapter
from storage.json_rows import in_order, json_rows
from storage.tables import chats, constraints, households, members, resources

_OWN = ("id", "name", "timezone", "settings", "onboarded", "version", "updated_at")
_PREFIX = "family_"
_linked = chats.alias("linked_chats")


def _belongings(table: Table, *names: str) -> Any:
    columns = [table.c[name] for name in ("id", *names)]
    ours = table.c.household_id == households.c.id
    return json_rows(table, columns, ours, table.c.deleted_at.is_(None))


def snapshot_columns() -> list[Label[Any]]:
    """For a statement that reads from `households`; `household_from` reads them back."""
    parts = {
        "members": _belongings(members, "name", "role", "aliases", "zone"),
        "resources": _belongings(resources, "name", "type", "capacity", "out"),
        "rules": _belongings(constraints, "type", "text", "hard", "priority", "terms"),
        "linked": select(func.count() > 1)
        .where(_linked.c.household_id == households.c.id, _linked.c.linked)
        .scalar_subquery(),
    }
    own = {name: households.c[name] for name in _OWN}
    return [column.label(_PREFIX + name) for name, column in {**own, **parts}.items()]


def household_from(row: Row[Any]) -> Household:
    """Of a row that has `snapshot_columns`."""
    value = {
        name.removeprefix(_PREFIX): value
        for name, value in row._mapping.items()
        if name.startswith(_PREFIX)
    }
    return Household(
        id=value["id"],
        name=value["name"],
        timezone=value["timezone"],
        settings=value["settings"],
        members=adapter(tuple[Member, ...]).validate_python(in_order(value["members"])),
        resources=adapter(tuple[Resource, ...]).validate_python(in_order(value["resources"])),
        rules=adapter(tuple[Rule, ...]).validate_python(
            [{**rule, **json.loads(rule.pop("terms"))} for rule in in_order(value["rules"])]
        ),
        onboarded=value["onboarded"],
        version=value["version"],
        linked=bool(value["linked"]),
        stamp=stamp_of(value["version"], value["updated_at"]),
    )


def stamp_of(version: int, updated_at: Any) -> str:
    """See `Household.stamp`. The moment beside the version, because a backup that is brought
    back, or a copy, counts on from the same number."""
    return f"{version}-{updated_at:%Y%m%d%H%M%S%f}"
