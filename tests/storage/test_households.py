"""The family snapshot and what changes it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from scheduling.errors import NotFound
from scheduling.events import Participant
from scheduling.family import Member, Resource, Settings
from storage.engine import Database
from storage.tables import households, inbox, installations, metadata
from tests.storage.samples import family, single, store


async def test_a_family_comes_back_as_it_was(database: Database) -> None:
    smith = family().household
    async with database.uow() as uow:
        assert await uow.households.add(smith)
        await uow.commit()
    async with database.reader() as uow:
        found = await uow.households.get(smith.id)
    assert found == smith
    assert found.version == smith.version


async def test_adding_it_again_changes_nothing(database: Database) -> None:
    smith = family().household
    async with database.uow() as uow:
        await uow.households.add(smith)
        assert not await uow.households.add(replace(smith, name="Other", members=()))
        assert await uow.households.get(smith.id) == smith


async def test_an_unknown_family_is_not_found(database: Database) -> None:
    async with database.reader() as uow:
        with pytest.raises(NotFound):
            await uow.households.get(uuid4())


async def test_what_belongs_to_it_is_added_replaced_and_removed(database: Database) -> None:
    smith = family().household
    ann, leo = smith.members
    car, bikes = smith.resources
    mia, van = Member(uuid4(), "Mia"), Resource(uuid4(), "van")
    async with database.uow() as uow:
        await uow.households.add(smith)
        await uow.households.save_member(smith.id, mia)
        await uow.households.save_member(smith.id, replace(ann, name="Anna"))
        await uow.households.save_resource(smith.id, van)
        await uow.households.remove_resource(smith.id, car.id)
        await uow.households.save_rule(smith.id, replace(smith.rules[0], hard=True))
        found = await uow.households.get(smith.id)
        assert found.members == (replace(ann, name="Anna"), leo, mia)
        assert found.resources == (bikes, van)
        assert found.rules == (replace(smith.rules[0], hard=True),)
        await uow.households.remove_rule(smith.id, smith.rules[0].id)
        assert (await uow.households.get(smith.id)).rules == ()


async def test_a_removed_resource_may_return(database: Database) -> None:
    smith = family().household
    async with database.uow() as uow:
        await uow.households.add(smith)
        await uow.households.remove_resource(smith.id, smith.resources[0].id)
        await uow.households.save_resource(smith.id, smith.resources[0])
        assert (await uow.households.get(smith.id)).resources == smith.resources


async def test_name_zone_settings_version(database: Database) -> None:
    smith = replace(family().household, onboarded=False)
    async with database.uow() as uow:
        await uow.households.add(smith)
        await uow.households.lock(smith.id)
        await uow.households.bump(smith.id)
        await uow.households.rename(smith.id, name="Jones", timezone="America/New_York")
        await uow.households.save_settings(smith.id, Settings(listen=True))
        await uow.households.set_onboarded(smith.id)
        found = await uow.households.get(smith.id)
        assert await uow.households.all_ids() == [smith.id]
    assert (found.name, found.timezone, found.onboarded) == ("Jones", "America/New_York", True)
    assert found.settings == Settings(listen=True)
    # The bump, the name and the settings; being onboarded changes nothing that is shown.
    assert found.version == smith.version + 3


async def test_a_removed_person_is_nowhere(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        rows = await store(uow, of)
        await uow.inbox.finish(rows.inbox_id)
        before = await uow.events.get(of.id, of.event.id)
        await uow.households.remove_member(of.id, of.ann.id)
        await uow.commit()
    async with database.reader() as uow:
        after = await uow.events.get(of.id, of.event.id)
        occurrences = await uow.occurrences.of_event(of.id, of.event.id, rows.entry.at, 9)
        (written,) = await uow.inbox.by_message(of.id, of.chat.id, "1")
        assert await uow.identities.member(of.id, "telegram", "5") is None
        assert await uow.proposals.votes(of.id, rows.proposal.id) == []
        assert await uow.focuses.get(of.id, of.chat.id, of.ann.id) is None
        assert await uow.feeds.find(f"hash of {of.id}") is None
        assert (await uow.households.get(of.id)).members == (of.leo,)
    assert before is not None
    assert after is not None
    assert after.version > before.version
    people = [after.participants, *(o.participants or () for o in after.overrides)]
    people += [o.participants for o in occurrences]
    assert of.ann.id in {p.member_id for p in before.participants}
    assert of.ann.id not in {p.member_id for each in people for p in each}
    assert Participant(of.leo.id) in after.participants
    assert written.member_id is None
    assert "Ann" not in repr(written.inbound)
    assert "hello" not in repr(written.inbound)


async def test_an_undo_may_bring_back_an_event_of_a_removed_person(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await store(uow, of)
        await uow.households.remove_member(of.id, of.ann.id)
        older = single(of.household)
        await uow.events.save(older, [], of.occurrences[0].span.end)
        found = await uow.events.get(of.id, older.id)
        assert found == replace(older, version=1)


async def test_forgetting_a_family_empties_every_table_of_it(database: Database) -> None:
    ours, others = family("-1"), family("-2")
    async with database.uow() as uow:
        stored = await store(uow, ours)
        kept = await store(uow, others)
        threads = await uow.households.forget(ours.id)
        await uow.commit()
    assert threads == sorted(["thread", stored.inbox_id.hex])
    async with database.reading.connect() as connection:
        for table in metadata.sorted_tables:
            if table is installations:
                continue
            owner = table.c.id if table is households else table.c.household_id
            owners = {row[0] for row in await connection.execute(select(owner).distinct())}
            assert owners == {others.id}, table.name
    async with database.reader() as uow:
        assert await uow.households.get(others.id) == others.household
        assert await uow.proposals.get(others.id, kept.proposal.id) == kept.proposal


async def test_forgetting_takes_a_chat_that_spoke_for_another_family_before(
    database: Database,
) -> None:
    before, now = family("-1"), family("-2")
    async with database.uow() as uow:
        await store(uow, before)
        await store(uow, now)
        await uow.chats.rebind(before.chat.id, now.id)
        await uow.households.forget(now.id)
        await uow.commit()
    async with database.reading.connect() as connection:
        assert (await connection.execute(inbox.select())).all() == []


def test_every_table_belongs_to_a_household() -> None:
    loose = {t.name for t in metadata.sorted_tables if "household_id" not in t.c}
    assert loose == {"households", "installations"}
