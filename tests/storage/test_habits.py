"""What a family has said of a title, and how its latest events were."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from scheduling.events import Event, Participant, Status
from scheduling.habits import Habit, Past, Remembered
from storage.engine import Database
from tests.storage.samples import HORIZON, Family, family, habit, single, store, store_family

SINCE = datetime(2025, 3, 7)


def soccer(of: Family, days: int, **changes: object) -> Event:
    event = replace(single(of.household), id=uuid4(), created_by=of.ann.id)
    later = replace(event, start=event.start + timedelta(days=days))
    return replace(later, **changes)


async def test_what_was_said_comes_back_as_it_was(database: Database) -> None:
    of = family()
    said = habit(of)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.habits.save(said)
        await uow.commit()
    async with database.reader() as uow:
        assert await uow.habits.all(of.id) == [said]
        assert await uow.habits.of_title(of.id, said.title) == [said]
        assert await uow.habits.of_title(of.id, "swimming") == []
        assert await uow.habits.remembered(of.id, said.title, SINCE) == Remembered((said,))


async def test_saying_it_again_replaces_it_and_nothing_takes_it_away(database: Database) -> None:
    of = family()
    said = habit(of)
    other = Habit(uuid4(), of.id, said.title, place="Riverside Park")
    longer = replace(said, id=uuid4(), length=timedelta(hours=2), people=(), resources=())
    async with database.uow() as uow:
        await store_family(uow, of)
        for each in (said, other, longer):
            await uow.habits.save(each)
        found = await uow.habits.of_title(of.id, said.title)
        assert sorted(found, key=lambda h: len(h.members)) == [other, longer]
        await uow.habits.save(replace(longer, length=None, place=None))
        assert await uow.habits.all(of.id) == [other]


async def test_the_latest_events_come_newest_first(database: Database) -> None:
    of = family()
    events = [
        soccer(of, 0, title="The  soccer!", place="Park"),
        soccer(of, 7, participants=(Participant(of.leo.id),), resources=(of.car.id,)),
        soccer(of, 9, all_day=True, start=datetime(2026, 3, 16), duration=timedelta(days=1)),
        soccer(of, 8, status=Status.CANCELLED),
        soccer(of, 8, reminder_only=True),
        soccer(of, 8, title="soccer camp"),
        soccer(of, -400),
    ]
    async with database.uow() as uow:
        await store_family(uow, of)
        for event in events:
            await uow.events.save(event, [], HORIZON)
        found = await uow.habits.remembered(of.id, "soccer", SINCE)
    ann, leo, hour = frozenset({of.ann.id}), frozenset({of.leo.id}), timedelta(hours=1)
    assert found.habits == ()
    assert found.past == (
        Past(None, None, ann, (), said=False),
        Past(hour, None, leo, (of.car.id,), said=True),
        Past(hour, "Park", ann, (), said=False),
    )


async def test_a_renamed_event_is_of_its_new_title(database: Database) -> None:
    of = family()
    event = soccer(of, 0)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.events.save(event, [], HORIZON)
        await uow.events.save(replace(event, title="Football", version=1), [], HORIZON)
        assert not (await uow.habits.remembered(of.id, "soccer", SINCE)).past
        assert (await uow.habits.remembered(of.id, "football", SINCE)).past


async def test_it_is_one_statement(
    database: Database, statements: Callable[[Database], AbstractContextManager[list[str]]]
) -> None:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.habits.save(habit(of))
        with statements(database) as sent:
            await uow.habits.remembered(of.id, "soccer", SINCE)
    assert len(sent) == 1


async def test_a_person_who_goes_is_in_no_habit(database: Database) -> None:
    of = family()
    both = tuple(m.id for m in of.household.members)
    theirs = habit(of)
    shared = Habit(uuid4(), of.id, "swimming", people=both)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.habits.save(theirs)
        await uow.habits.save(shared)
        await uow.households.remove_member(of.id, theirs.members[0])
        left = await uow.habits.all(of.id)
    assert left == [replace(shared, people=tuple(i for i in both if i != theirs.members[0]))]


async def test_one_family_s_habits_are_not_another_s(database: Database) -> None:
    mine, others = family("-1"), family("-2")
    async with database.uow() as uow:
        await store_family(uow, mine)
        theirs = habit(others)
        await store(uow, others)
        await uow.habits.save(theirs)
        await uow.events.save(soccer(others, 0), [], HORIZON)
        assert await uow.habits.all(mine.id) == []
        assert await uow.habits.remembered(mine.id, theirs.title, SINCE) == Remembered()
        assert (await uow.habits.remembered(others.id, theirs.title, SINCE)).habits == (theirs,)
        await uow.households.forget(others.id)
        assert await uow.habits.all(others.id) == []


async def test_what_was_forgotten_is_not_learned_again(database: Database) -> None:
    of = family()
    said, old, new = habit(of), soccer(of, 0), soccer(of, 7)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.events.save(old, [], HORIZON)
        for _ in range(2):
            await uow.habits.forget(of.id, said.title)
        await uow.habits.save(said)
        assert await uow.habits.all(of.id) == [said]
        assert not (await uow.habits.remembered(of.id, said.title, SINCE)).past
        await uow.events.save(new, [], HORIZON)
        assert len((await uow.habits.remembered(of.id, said.title, SINCE)).past) == 1
        everybodys = replace(said, id=uuid4(), members=())
        await uow.habits.save(everybodys)
        assert len((await uow.habits.remembered(of.id, said.title, SINCE)).past) == 1
        assert len(await uow.habits.all(of.id)) == 2


async def test_two_families_that_become_one_have_the_habits_of_both(database: Database) -> None:
    mine, others = family("-1"), family("-2")
    theirs = habit(others)
    async with database.uow() as uow:
        await store_family(uow, mine)
        await store_family(uow, others)
        await uow.habits.save(habit(mine))
        await uow.habits.save(theirs)
        await uow.joins.join(others.id, mine.id)
        assert replace(theirs, household_id=mine.id) in await uow.habits.all(mine.id)
        await uow.joins.one_person(mine.id, others.leo.id, mine.leo.id)
        found = await uow.habits.of_title(mine.id, theirs.title)
        assert {h.members for h in found} == {(mine.leo.id,)}
