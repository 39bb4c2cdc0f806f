"""The one door in: who is this, which family, has it come before."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.clock import HandClock
from bot.gateway import LONGEST_TEXT, REPEATED
from bot.places import LONGEST_NAME
from bot.settings import Settings
from bot.wiring import Service, build
from reminders.delivery import Delivery
from scheduling.family import Household, Member, Role
from scheduling.family import Settings as FamilySettings
from scheduling.messages import ChatAddress, Inbound, Outgoing, Sender, TapAnswer
from scheduling.ports import Chat, ChatGone
from scheduling.rows import OutboxRow
from tests.bot.talk import MORNING, Talk, furnish, talking

ANNA, BEN, ZOE = (
    Sender("telegram", number, name) for number, name in (("1", "Anna"), ("2", "Ben"), ("9", "Zoe"))
)
GROUP = ChatAddress("telegram", "-100", title="The Riveras")


def private(sender: Sender) -> ChatAddress:
    return ChatAddress("telegram", sender.external_id, private=True, title=sender.name)


class Door:
    """The product without a platform: what comes in at its gateway, and what is then written."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.database = service.database
        self._numbers = count(1)

    async def hear(self, sender: Sender | None, chat: ChatAddress = GROUP, **more: Any) -> Any:
        """Something new happens in a chat; the answer to a tap."""
        number = str(next(self._numbers))
        inbound = Inbound("message", f"k{number}", chat, sender, MORNING, message_ref=number)
        return await self.service.receive(replace(inbound, **more))

    async def chat(self, address: ChatAddress = GROUP) -> Chat:
        async with self.database.reader() as uow:
            found = await uow.chats.find(address)
            assert found is not None
            return found

    async def family(self, address: ChatAddress = GROUP) -> Household:
        chat = await self.chat(address)
        async with self.database.reader() as uow:
            return await uow.households.get(chat.household_id)

    async def members(self, address: ChatAddress = GROUP) -> dict[str, Role]:
        return {m.name: m.role for m in (await self.family(address)).members}

    async def families(self) -> int:
        async with self.database.reader() as uow:
            return len(await uow.households.all_ids())

    async def rows(self, where: str = "1 = 1") -> int:
        counted = sa.text(f"SELECT count(*) FROM inbox WHERE {where}")
        async with self.database.reading.connect() as connection:
            found: int = (await connection.execute(counted)).scalar_one()
            return found

    async def outgoing(self) -> list[Outgoing]:
        """What would be sent next, a chat at a time."""
        async with self.database.uow() as uow:
            return [r.outgoing for r in await uow.outbox.claim("test", timedelta(minutes=1), 99)]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Door]:
    settings = Settings(_env_file=None, database_url=url)
    service = await build(settings, clock=HandClock(MORNING), platforms=[])
    await service.start()
    yield Door(service)
    await service.stop()


@pytest.fixture
async def door(database_url: str) -> AsyncIterator[Door]:
    async with opened(database_url) as found:
        yield found


@pytest.fixture
async def local(sqlite_url: str) -> AsyncIterator[Door]:
    """On SQLite only, for what the engine has no part in."""
    async with opened(sqlite_url) as found:
        yield found


@pytest.mark.parametrize("kind", ["message", "command", "edit", "tap", "joined"])
async def test_what_is_delivered_twice_happens_once(door: Door, kind: Any) -> None:
    await door.hear(ANNA)
    again = {"kind": kind, "key": "the same", "button": "opt:nonsense", "text": "/help"}
    first = await door.hear(ANNA, **again)
    assert first != TapAnswer(REPEATED)
    assert await door.hear(ANNA, **again) == (TapAnswer(REPEATED) if kind == "tap" else None)
    assert await door.rows() == 2


async def test_an_edit_is_a_thing_of_its_own(local: Door) -> None:
    await local.hear(ANNA, key="m:5", message_ref="5")
    await local.hear(ANNA, kind="edit", key="e:5:1", message_ref="5")
    assert await local.rows() == 2


async def test_one_key_on_two_platforms_is_two_things(local: Door) -> None:
    await local.hear(ANNA, key="1")
    await local.hear(replace(ANNA, platform="console"), replace(GROUP, platform="console"), key="1")
    assert await local.rows() == 2


async def test_the_first_to_speak_is_a_parent_and_the_next_ones_are_not(door: Door) -> None:
    await door.hear(ANNA)
    await door.hear(BEN)
    assert await door.members() == {"Anna": Role.PARENT, "Ben": Role.OTHER}
    family = await door.family()
    assert (family.name, family.timezone, family.onboarded) == (
        "The Riveras",
        "America/New_York",
        False,
    )


async def named(door: Door, member: Member) -> None:
    family = await door.family()
    async with door.database.uow() as uow:
        await uow.households.save_member(family.id, member)
        await uow.commit()


async def test_who_was_named_before_is_met_under_that_name(local: Door) -> None:
    await local.hear(ANNA)
    await named(local, Member(uuid4(), "Ben", Role.CHILD))
    await local.hear(BEN)
    assert await local.members() == {"Anna": Role.PARENT, "Ben": Role.CHILD}


async def test_a_display_name_makes_nobody_a_parent(local: Door) -> None:
    await local.hear(ANNA)
    await named(local, Member(uuid4(), "Ben", Role.PARENT))
    await local.hear(BEN)
    members = {"Anna": Role.PARENT, "Ben": Role.PARENT, "Ben 2": Role.OTHER}
    assert await local.members() == members
    (card,) = await local.outgoing()
    assert card.heading == "Who is Ben 2?"


async def test_the_first_parent_of_a_family_that_was_written_down_is_met(local: Door) -> None:
    await local.hear(None)
    await named(local, Member(uuid4(), "Ben", Role.PARENT))
    await local.hear(BEN)
    assert await local.members() == {"Ben": Role.PARENT}


async def test_who_was_forgotten_writes_to_a_family_of_their_own(door: Door) -> None:
    await door.hear(ANNA)
    await door.hear(BEN)
    await door.hear(BEN, private(BEN))
    family = await door.family()
    ben = next(m for m in family.members if m.name == "Ben")
    async with door.database.uow() as uow:
        await uow.households.remove_member(family.id, ben.id)
        await uow.commit()
    async with door.database.reader() as uow:
        states = {c.address.private: c.state for c in await uow.chats.of_household(family.id)}
    assert states == {False: "active", True: "gone"}
    await door.hear(BEN, private(BEN))
    assert (await door.family(private(BEN))).id != family.id
    assert await door.members() == {"Anna": Role.PARENT}


async def test_a_private_chat_lets_nobody_into_its_family(local: Door) -> None:
    await local.hear(ANNA)
    await local.hear(ANNA, private(ANNA))
    await local.hear(ZOE, private(ANNA))
    assert await local.members() == {"Anna": Role.PARENT}
    assert await local.members(private(ANNA)) == {"Zoe": Role.PARENT}


async def test_a_second_person_of_a_name_is_another_person(local: Door) -> None:
    await local.hear(ANNA)
    await local.hear(replace(ZOE, name="Anna"))
    assert await local.members() == {"Anna": Role.PARENT, "Anna 2": Role.OTHER}


async def test_speaking_again_makes_nobody_new(local: Door) -> None:
    for _ in range(3):
        await local.hear(ANNA)
    await local.hear(replace(ANNA, name="Anna Rivera"))
    assert await local.members() == {"Anna": Role.PARENT}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"addressed": False}, "talk that is not for us"),
        ({"kind": "tap", "button": "x"}, "a tap"),
        ({"kind": "left"}, "a farewell"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_nobody_joins_by(local: Door, more: dict[str, Any], why: str) -> None:
    await local.hear(ANNA)
    await local.hear(ZOE, **more)
    assert await local.members() == {"Anna": Role.PARENT}, why


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Li \n Wei ", "Li Wei"),
        ("", "Someone"),
        ("\u202eevil", "evil"),
        ("x" * 500, "x" * LONGEST_NAME),
    ],
    ids=["spaces", "empty", "steering marks", "long"],
)
async def test_names_are_cleaned(local: Door, name: str, kept: str) -> None:
    await local.hear(replace(ANNA, name=name))
    assert list(await local.members()) == [kept]


async def test_a_text_is_kept_up_to_a_length_and_without_nul(door: Door) -> None:
    await door.hear(ANNA, text="\x00a" * 1_000_000, message_ref="7")
    chat = await door.chat()
    async with door.database.reader() as uow:
        (row,) = await uow.inbox.by_message(chat.household_id, chat.id, "7")
    assert row.inbound.text == "a" * LONGEST_TEXT


async def test_a_private_chat_belongs_to_the_family_of_its_person(door: Door) -> None:
    await door.hear(ANNA)
    await door.hear(ANNA, private(ANNA))
    assert await door.families() == 1
    await door.hear(ZOE, private(ZOE))
    assert await door.families() == 2
    assert (await door.family(private(ZOE))).name == "Zoe"


async def test_a_group_is_the_first_one_of_who_began_alone(door: Door) -> None:
    await door.hear(ANNA, private(ANNA))
    await door.hear(ANNA, kind="joined")
    assert await door.families() == 1
    assert await door.members() == {"Anna": Role.PARENT}
    (told,) = [o for o in await door.outgoing() if "shares" in o.heading]
    assert told.heading == "This group now shares the calendar of Anna."
    await door.hear(ANNA, replace(GROUP, external_id="-200", title="The Chens"))
    assert await door.families() == 2
    await door.hear(BEN, private(BEN))
    await door.hear(BEN)
    assert await door.members() == {"Anna": Role.PARENT, "Ben": Role.OTHER}


async def test_a_group_of_who_has_two_families_asks_which(door: Door) -> None:
    await door.hear(ANNA, private(ANNA))
    second = ChatAddress("telegram", "elsewhere", private=True, title="Second")
    await door.hear(BEN, second)
    family = await door.family(second)
    async with door.database.uow() as uow:
        member = Member(uuid4(), "Anna", Role.OTHER)
        await uow.households.save_member(family.id, member)
        await uow.identities.link(family.id, "telegram", ANNA.external_id, member.id)
        await uow.commit()
    await door.hear(ANNA, kind="joined")
    (question,) = [o for o in await door.outgoing() if "Which family" in o.heading]
    labels = {button.label: button.data for row in question.buttons for button in row}
    assert list(labels) == ["Anna", "Second"]
    assert (await door.hear(ZOE, kind="tap", button=labels["Second"])).alert
    answer = await door.hear(ANNA, kind="tap", button=labels["Second"])
    assert answer == TapAnswer("From now on this chat speaks for Second.")
    assert (await door.family()).id == family.id
    assert (await door.hear(ANNA, kind="tap", button=labels["Second"])).alert


async def test_a_private_chat_of_two_families_asks_which_and_remembers(door: Door) -> None:
    other = replace(GROUP, external_id="-200", title="The Chens")
    await door.hear(ANNA)
    await door.hear(ANNA, other)
    await door.hear(ANNA, private(ANNA))
    (question,) = await door.outgoing()
    labels = {button.label: button.data for row in question.buttons for button in row}
    assert list(labels) == ["The Riveras", "The Chens"]
    assert (await door.family(private(ANNA))).name == "The Riveras"
    answer = await door.hear(ANNA, private(ANNA), kind="tap", button=labels["The Chens"])
    assert answer == TapAnswer("From now on this chat speaks for The Chens.")
    await door.hear(ANNA, private(ANNA))
    assert (await door.family(private(ANNA))).name == "The Chens"
    shown = await card(door, private(ANNA), question)
    assert (shown.heading, shown.text) == (
        "✓ This chat speaks for The Chens",
        "Anna said so. To change it, tap another.",
    )
    assert [b.label for row in shown.buttons for b in row] == ["The Riveras"]


async def card(door: Door, address: ChatAddress, first: Outgoing) -> Outgoing:
    """What the card of that message shows now."""
    chat = await door.chat(address)
    async with door.database.reader() as uow:
        found = await uow.outbox.last_of_card(chat.household_id, chat.id, first.card or "")
    assert found is not None
    return found


async def test_nobody_chooses_a_family_that_is_not_theirs(local: Door) -> None:
    other = replace(GROUP, external_id="-200", title="The Chens")
    await local.hear(ANNA)
    await local.hear(BEN, other)
    await local.hear(ANNA, private(ANNA))
    theirs = f"setup:{(await local.family(other)).id.hex}:here"
    answer = await local.hear(ANNA, private(ANNA), kind="tap", button=theirs)
    assert answer.alert
    assert (await local.family(private(ANNA))).name == "The Riveras"


async def test_topics_of_one_group_are_one_family(door: Door) -> None:
    topics = [replace(GROUP, topic=topic) for topic in ("3", "4")]
    for chat in (topics[0], GROUP, topics[1]):
        await door.hear(ANNA, chat)
    assert await door.families() == 1
    chats = [await door.chat(address) for address in (GROUP, *topics)]
    assert len({chat.id for chat in chats}) == 3
    assert len({chat.household_id for chat in chats}) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_family(door: Door) -> None:
    await door.hear(ANNA)
    before = await door.chat()
    moved: dict[str, Any] = {"kind": "migrated", "key": "migrated", "moved_to": "-1009"}
    await door.hear(None, **moved)
    new = replace(GROUP, external_id="-1009")
    await door.hear(ANNA, new)
    assert (await door.chat(new)).id == before.id
    await door.hear(None, **moved)
    assert await door.families() == 1
    assert await door.members(new) == {"Anna": Role.PARENT}


async def test_it_keeps_it_also_where_the_new_group_was_met_first(door: Door) -> None:
    new = replace(GROUP, external_id="-1009")
    await door.hear(ANNA)
    family = await door.family()
    await door.hear(ANNA, new)
    await door.hear(None, kind="migrated", moved_to="-1009")
    assert (await door.family(new)).id == family.id


async def test_removed_and_back_again(door: Door) -> None:
    await door.hear(ANNA)
    await door.hear(ANNA, kind="left")
    assert (await door.chat()).state == "gone"
    await door.hear(ANNA)
    assert (await door.chat()).state == "active"


async def test_being_removed_from_a_chat_nobody_spoke_in_leaves_nothing(local: Door) -> None:
    await local.hear(ANNA, kind="left")
    assert (await local.families(), await local.rows()) == (0, 0)


class Blocked:
    """A platform on which the bot has been blocked."""

    def __init__(self) -> None:
        self.tried = 0

    async def send(self, row: OutboxRow) -> str | None:
        self.tried += 1
        raise ChatGone


async def test_blocked_is_flagged_and_tried_once(door: Door) -> None:
    await door.hear(ANNA)
    chat = await door.chat()
    platform = Blocked()
    lease = timedelta(minutes=1)
    delivery = Delivery(door.database.uow, {"telegram": platform}, "test", lease)
    async with door.database.uow() as uow:
        for number in range(5):
            await uow.outbox.add(chat.household_id, Outgoing(str(number), chat.id, "hello"))
        await uow.commit()
    assert await delivery.deliver_all() == 1
    assert await delivery.deliver_all() == 0
    assert platform.tried == 1
    assert (await door.chat()).state == "gone"
    async with door.database.reader() as uow:
        assert await uow.outbox.next_retry() is None


async def test_talk_that_is_not_for_us_is_done_with_at_once(door: Door) -> None:
    await door.hear(ANNA)
    await door.hear(ANNA, addressed=False, text="pick up milk tomorrow at 5pm")
    assert await door.rows("state = 'waiting'") == 1
    assert await door.outgoing() == []


@pytest.mark.parametrize(
    "data",
    ["", "opt", "opt:zz:0", "opt:" + "0" * 32 + ":0", "drop:" + "0" * 32 + ":family", "\x00" * 64],
)
async def test_data_we_did_not_write_gets_an_alert_and_no_turn(local: Door, data: str) -> None:
    await local.hear(ANNA)
    waiting = await local.rows("state = 'waiting'")
    answer = await local.hear(ANNA, kind="tap", button=data)
    assert answer.alert
    assert answer.text
    assert await local.rows("state = 'waiting'") == waiting


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.fixture
async def talk(families: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    async with talking(f"sqlite:///{copy}") as found:
        yield found


async def listening(talk: Talk, *, listen: bool) -> None:
    async with talk.service.uow() as uow:
        (rivera, *_) = await uow.households.all_ids()
        await uow.households.save_settings(rivera, FamilySettings(listen=listen))
        await uow.commit()


@pytest.mark.parametrize(
    ("listen", "text", "offers"),
    [
        (False, "dentist for Mia tomorrow at 10am", 0),
        (True, "dentist for Mia tomorrow at 10am", 1),
        (True, "haha that was so funny", 0),
        (True, "what's on tomorrow?", 0),
        (True, "cancel it", 0),
    ],
)
async def test_talk_in_a_group(talk: Talk, listen: bool, text: str, offers: int) -> None:
    await listening(talk, listen=listen)
    await talk.say(text, addressed=False)
    assert await talk.calendar() == []
    assert len(talk.heard) == offers
    assert not await talk.unfinished()
    if offers:
        (label, *_) = [button.label for button in talk.heard[0].buttons]
        await talk.tap(label)
        assert len(await talk.calendar()) == 1
