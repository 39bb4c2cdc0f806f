"""What was said of a title, and how its latest events were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import (
    ColumnElement,
    Row,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)

from scheduling.events import Participant, Status, attendees
from scheduling.habits import Habit, Past, Remembered
from storage.codec import adapter
from storage.json_rows import in_order, json_rows, nested_json, row_list, row_object
from storage.tables import (
    event_participants,
    events,
    habits,
    households,
    resource_reservations,
)
from storage.transaction import Transaction
from storage.types import Id, Payload, WallTime, Words

_LATEST = 20
"""Events of a title that are read: those of several children may share it."""

_NAMES = (
    "id",
    "household_id",
    "title",
    "name",
    "members",
    "length",
    "place",
    "people",
    "resources",
)
_FAMILY = bindparam("family", type_=Id)
_TITLE = bindparam("title", type_=Words)


def _pairs() -> list[Any]:
    pairs: list[Any] = []
    for name in _NAMES:
        column = habits.c[name]
        value = nested_json(column) if isinstance(column.type, Payload) else column
        pairs += [literal_column(f"'{name}'"), value]
    return pairs


_SAID = (
    select(row_list(row_object(*_pairs())))
    .where(habits.c.household_id == _FAMILY, habits.c.title == _TITLE)
    .scalar_subquery()
    .label("habits")
)

_PEOPLE = json_rows(
    event_participants,
    [event_participants.c.member_id, event_participants.c.part],
    event_participants.c.event_id == events.c.id,
).label("participants")
_THINGS = json_rows(
    resource_reservations,
    [resource_reservations.c.resource_id],
    resource_reservations.c.event_id == events.c.id,
).label("resources")

_FORGOTTEN = (
    select(func.max(habits.c.forgotten_at))
    .where(habits.c.household_id == _FAMILY, habits.c.title == _TITLE)
    .scalar_subquery()
)

_PAST = (
    select(
        events.c.start,
        events.c.duration,
        events.c.all_day,
        events.c.place,
        events.c.created_by,
        _PEOPLE,
        _THINGS,
    )
    .where(
        events.c.household_id == _FAMILY,
        events.c.title_key == _TITLE,
        events.c.start > bindparam("since", type_=WallTime),
        events.c.status != Status.CANCELLED,
        ~events.c.reminder_only,
        or_(_FORGOTTEN.is_(None), events.c.created_at > _FORGOTTEN),
    )
    .order_by(events.c.start.desc())
    .limit(_LATEST)
    .subquery("past")
)

_REMEMBERED = (
    select(_SAID, _PAST)
    .select_from(households.outerjoin(_PAST, true()))
    .where(households.c.id == _FAMILY)
    .order_by(_PAST.c.start.desc())
)


class SqlHabits:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def remembered(self, household_id: UUID, title: str, since: datetime) -> Remembered:
        asked = {"family": household_id, "title": title, "since": since}
        rows = await self._tx.rows(_REMEMBERED, asked)
        if not rows:
            return Remembered()
        said = tuple(_said(found) for found in rows[0].habits)
        return Remembered(said, tuple(_past(row) for row in rows if row.start is not None))

    async def save(self, habit: Habit) -> None:
        # Two families that became one may each have said something of it.
        same = _same(habit.household_id, habit.title, habit.members)
        since = select(func.max(habits.c.forgotten_at)).where(*same)
        forgotten = (await self._tx.run(since)).scalar_one()
        await self._tx.run(delete(habits).where(*same))
        if not habit.says_nothing or forgotten is not None:
            row = {name: getattr(habit, name) for name in _NAMES}
            await self._tx.put(habits, [row | {"forgotten_at": forgotten} | self._tx.written()])

    async def forget(self, household_id: UUID, title: str) -> None:
        everybodys = _same(household_id, title, ())
        now = self._tx.now()
        if not await self._tx.changed(update(habits).where(*everybodys).values(forgotten_at=now)):
            empty = Habit(uuid5(household_id, f"habit:{title}"), household_id, title)
            row = {name: getattr(empty, name) for name in _NAMES}
            await self._tx.put(habits, [row | {"forgotten_at": now} | self._tx.written()])

    async def of_title(self, household_id: UUID, title: str) -> list[Habit]:
        ours = (habits.c.household_id == household_id, habits.c.title == title)
        return _speaking(await self._tx.rows(select(habits).where(*ours)))

    async def all(self, household_id: UUID) -> list[Habit]:
        ours = select(habits).where(habits.c.household_id == household_id)
        rows = await self._tx.rows(ours.order_by(habits.c.title, habits.c.id))
        return _speaking(rows)


def _same(
    household_id: UUID, title: str, members: tuple[UUID, ...]
) -> tuple[ColumnElement[bool], ...]:
    return (
        habits.c.household_id == household_id,
        habits.c.title == title,
        habits.c.members == members,
    )


def _speaking(rows: Sequence[Row[Any]]) -> list[Habit]:
    found = [_habit(row) for row in rows]
    return [habit for habit in found if not habit.says_nothing]


def _habit(row: Row[Any]) -> Habit:
    return Habit(**{name: getattr(row, name) for name in _NAMES})


def _said(found: dict[str, Any]) -> Habit:
    """From JSON, in which a length is as the column keeps it: in microseconds."""
    length = found["length"]
    lasts = timedelta(microseconds=length) if length is not None else None
    habit: Habit = adapter(Habit).validate_python({**found, "length": lasts})
    return habit


def _past(row: Row[Any]) -> Past:
    read = adapter(tuple[Participant, ...]).validate_python(in_order(row.participants))
    people = frozenset(attendees(read))
    return Past(
        length=None if row.all_day else row.duration,
        place=row.place,
        people=people,
        resources=adapter(tuple[UUID, ...]).validate_python(
            [r["resource_id"] for r in in_order(row.resources)]
        ),
        said=bool(people) and people != {row.created_by},
    )
