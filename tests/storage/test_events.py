"""Events as aggregates, and the guard against writing over each other."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from scheduling.errors import Stale
from scheduling.events import Event, Part, Participant, Priority, Status
from storage.engine import Database
from tests.storage.samples import HORIZON, NOON, family, series, single, store_family, weeks


async def saved(database: Database, event: Event) -> Event | None:
    async with database.uow() as uow:
        await uow.events.save(event, list(weeks(event, 2)), HORIZON)
        await uow.commit()
    async with database.reader() as uow:
        return await uow.events.get(event.household_id, event.id)


async def stored(database: Database) -> Event:
    """The family's series, as read back."""
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        found = await uow.events.get(of.id, of.event.id)
        await uow.commit()
    assert found == replace(of.event, version=1)
    return found


CHANGES = {
    "title": {"title": "Violin", "place": None},
    "people": {"participants": (Participant(None, Part.DRIVER),)},
    "nobody": {"participants": ()},
    "no resources": {"resources": ()},
    "no exceptions": {"cancelled": (), "overrides": ()},
    "single": {"rrule": None, "all_day": True, "duration": timedelta(days=3)},
    "state": {"status": Status.CANCELLED, "priority": Priority.CRITICAL, "transparent": True},
    "no reminders": {"reminders": ()},
    "the family's reminders": {"reminders": None},
    "microseconds": {"duration": timedelta(seconds=1, microseconds=1)},
}


async def test_each_change_is_kept(database: Database, subtests: pytest.Subtests) -> None:
    event = await stored(database)
    for name, change in CHANGES.items():
        with subtests.test(name):
            changed = replace(event, **change)
            after = await saved(database, changed)
            assert after == replace(changed, version=event.version + 1)
            event = after


async def test_the_order_of_people_is_kept(database: Database) -> None:
    event = await stored(database)
    turned = replace(event, participants=event.participants[::-1])
    assert await saved(database, turned) == replace(turned, version=2)


async def test_an_older_version_is_refused(database: Database) -> None:
    event = await stored(database)
    await saved(database, replace(event, title="first"))
    with pytest.raises(Stale):
        await saved(database, replace(event, title="second"))


async def test_a_new_event_must_not_exist_yet(database: Database) -> None:
    event = await stored(database)
    with pytest.raises(Stale):
        await saved(database, replace(event, version=0))


async def test_an_event_that_never_was_cannot_be_replaced(database: Database) -> None:
    event = await stored(database)
    with pytest.raises(Stale):
        await saved(database, replace(event, id=uuid4()))


async def test_occurrences_are_replaced_with_the_event(database: Database) -> None:
    event = await stored(database)
    moved = replace(event, start=event.start + timedelta(days=1))
    await saved(database, moved)
    async with database.reader() as uow:
        found = await uow.occurrences.of_event(event.household_id, event.id, NOON, 99)
    assert found == list(weeks(moved, 2))


async def test_extending_adds_what_is_new(database: Database) -> None:
    event = await stored(database)
    async with database.uow() as uow:
        further = list(weeks(event, 6))
        assert [e.id for e in await uow.events.short_of(HORIZON + timedelta(days=1), 9)] == [
            event.id
        ]
        await uow.events.extend(
            event.household_id, event.id, further[3:], HORIZON + timedelta(days=1), event.version
        )
        assert await uow.events.short_of(HORIZON + timedelta(days=1), 9) == []
        assert await uow.occurrences.of_event(event.household_id, event.id, NOON, 99) == further
        assert await uow.events.get(event.household_id, event.id) == event


async def test_what_was_changed_or_cancelled_meanwhile_is_not_extended(database: Database) -> None:
    event = await stored(database)
    further, later = list(weeks(event, 6))[3:], HORIZON + timedelta(days=1)
    async with database.uow() as uow:
        kept = await uow.occurrences.of_event(event.household_id, event.id, NOON, 99)
        assert not await uow.events.extend(
            event.household_id, event.id, further, later, event.version - 1
        )
        assert await uow.occurrences.of_event(event.household_id, event.id, NOON, 99) == kept
        await uow.events.save(replace(event, status=Status.CANCELLED), [], HORIZON)
        assert not await uow.events.extend(
            event.household_id, event.id, further, later, event.version + 1
        )
        assert await uow.occurrences.of_event(event.household_id, event.id, NOON, 99) == []


async def test_only_live_series_fall_short(database: Database) -> None:
    of = family()
    ended = replace(series(of.household), status=Status.CANCELLED)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.events.save(single(of.household), [], NOON)
        await uow.events.save(ended, [], NOON)
        due = await uow.events.short_of(HORIZON + timedelta(days=1), 9)
        everything = await uow.events.all(of.id)
    assert [event.id for event in due] == [of.event.id]
    assert ended.id not in {event.id for event in everything}
    assert len(everything) == 2


async def test_many_come_in_the_order_asked_for(database: Database) -> None:
    of = family()
    other = single(of.household)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.events.save(other, [], HORIZON)
        found = await uow.events.many(of.id, [other.id, uuid4(), of.event.id])
        assert [event.id for event in found] == [other.id, of.event.id]
        assert await uow.events.many(of.id, []) == []


async def test_what_people_write_survives_or_is_cleaned(database: Database) -> None:
    of = family()
    odd = replace(single(of.household), title="Käse\0 ‮ 🎉\ud800'; DROP TABLE events; --")
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.events.save(odd, list(weeks(odd, 1)), HORIZON)
        found = await uow.events.get(of.id, odd.id)
    assert found is not None
    assert found.title == "Käse ‮ 🎉'; DROP TABLE events; --"
