"""The family's data as files: JSON for everything, ICS for any calendar program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from agents.scene import Scene
from scheduling.events import Event
from scheduling.family import Household
from scheduling.messages import Attachment
from scheduling.speech import tr

CalendarWriter = Callable[[Household, Sequence[Event], UUID | None], bytes]
"""Writes events as iCalendar (RFC 5545), of one person only where an id is given."""


async def export(
    scene: Scene, write_calendar: CalendarWriter, archived: Sequence[Mapping[str, Any]]
) -> None:
    """/export: both files in one message. archived: requests that the database has let go of."""
    scene.require_parent(tr("export the family's data"))
    events = await scene.uow.events.all(scene.household.id)
    everything = {
        "household": plain(scene.household),
        "events": [plain(e) for e in events],
        "habits": [plain(h) for h in await scene.uow.habits.all(scene.household.id)],
        "archived_requests": list(archived),
        "exported_at": scene.now.isoformat(),
    }
    await scene.say(
        tr(
            "{events} events, {members} people. The .ics file opens in any calendar; "
            "the .json file holds everything.",
            events=len(events),
            members=len(scene.household.members),
        ),
        heading=tr("Your data"),
        attachments=(
            Attachment(
                "family.json",
                "application/json",
                json.dumps(everything, indent=1, ensure_ascii=False).encode(),
            ),
            Attachment(
                "family.ics", "text/calendar", write_calendar(scene.household, events, None)
            ),
        ),
    )


def plain(value: Any) -> Any:
    """A value of the domain as JSON knows it; durations in minutes."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, timedelta):
        return value.total_seconds() / 60
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value
