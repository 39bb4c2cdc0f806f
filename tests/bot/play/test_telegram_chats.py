"""The player's hands on Telegram: the real adapter over HTTP, with a service that only repeats."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Never
from uuid import UUID

import pytest

from bot.clock import HandClock
from bot.play.chats import Words
from bot.play.ends import telegram_end
from bot.play.log import Place, private
from bot.play.process import Crashed
from bot.play.script import FAMILY
from bot.play.telegram_chats import TelegramChats
from bot.settings import Settings
from bot.telegram.refs import message_ref
from scheduling.messages import Button, ChatAddress, Inbound, Outgoing, TapAnswer
from scheduling.ports import Chat, OutboxRow

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
GROUP = Place(FAMILY)


class Parrot:
    """Takes what the adapter hears, and repeats it through the adapter when it settles."""

    def __init__(self, chats: TelegramChats) -> None:
        settings = Settings(_env_file=None, **chats.settings())
        self._platform = telegram_end(settings, HandClock(NOW))
        self.heard: list[Inbound] = []
        self._said = 0

    async def start(self, now: datetime) -> None:
        await self._platform.start(self)

    async def stop(self) -> None:
        await self._platform.stop()

    async def kill(self) -> None:
        raise NotImplementedError

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        self.heard.append(inbound)
        return TapAnswer("Tapped!", alert=True) if inbound.kind == "tap" else None

    async def set_clock(self, now: datetime) -> None:
        raise NotImplementedError

    async def settle(self) -> None:
        for inbound in self.heard[self._said :]:
            self._said += 1
            if inbound.addressed and inbound.kind in ("message", "command", "edit"):
                await self._repeat(inbound.chat, inbound.text)

    async def next_due(self) -> None:
        return None

    async def watch(self) -> Never:
        raise Crashed("at once")

    async def _repeat(self, address: ChatAddress, text: str) -> None:
        chat = Chat(UUID(int=1), UUID(int=2), address)
        outgoing = Outgoing("k", chat.id, f"You said {text}", buttons=((Button("Undo", "u"),),))
        row = OutboxRow(UUID(int=self._said), self._said, outgoing, chat, None, 0)
        await self._platform.sender.send(row)


class Patient(Parrot):
    """A parrot that never dies."""

    async def watch(self) -> Never:
        import asyncio

        await asyncio.Event().wait()
        raise AssertionError


@pytest.fixture
async def chats() -> AsyncIterator[TelegramChats]:
    opened = TelegramChats()
    await opened.open({FAMILY: ["Anna", "Ben"]})
    yield opened
    await opened.close()


@pytest.fixture
async def parrot(chats: TelegramChats) -> AsyncIterator[Patient]:
    process = Patient(chats)
    await process.start(NOW)
    yield process
    await process.stop()


async def settled(chats: TelegramChats, process: Parrot) -> None:
    await chats.hand_over(process)
    await process.settle()
    assert not chats.waiting()


async def test_addressed_words_are_answered(chats: TelegramChats, parrot: Patient) -> None:
    await chats.say(Words("Anna", GROUP, "hello", NOW))
    await settled(chats, parrot)
    heard = parrot.heard[0]
    assert (heard.text, heard.addressed, heard.sent_at) == ("hello", True, NOW)
    assert heard.chat.external_id == chats.address(GROUP).external_id
    assert heard.sender is not None
    assert heard.sender.external_id == chats.account("Anna")
    [entry] = chats.log.entries
    assert (entry.kind, entry.place, entry.text) == ("new", GROUP, "You said hello")
    assert entry.buttons == ("Undo",)


async def test_ordinary_talk_reaches_the_bot_unaddressed(
    chats: TelegramChats, parrot: Patient
) -> None:
    await chats.say(Words("Anna", GROUP, "hello", NOW, addressed=False))
    await settled(chats, parrot)
    assert [i.addressed for i in parrot.heard] == [False]
    assert chats.log.entries == []


async def test_private_chats_and_commands(chats: TelegramChats, parrot: Patient) -> None:
    await chats.say(Words("Ben", private("Ben"), "hello", NOW))
    await chats.say(Words("Ben", GROUP, "/week", NOW, command=True))
    await settled(chats, parrot)
    assert [(i.kind, i.chat.private) for i in parrot.heard] == [
        ("message", True),
        ("command", False),
    ]
    assert [e.place for e in chats.log.entries] == [private("Ben"), GROUP]


async def test_a_tap_shows_its_answer_to_the_tapper(chats: TelegramChats, parrot: Patient) -> None:
    await chats.say(Words("Anna", GROUP, "hello", NOW))
    await settled(chats, parrot)
    found = chats.log.button((GROUP,), re.compile("Undo"))
    assert found is not None
    await chats.tap("Ben", *found, NOW)
    await settled(chats, parrot)
    toast = chats.log.entries[-1]
    assert (toast.kind, toast.to, toast.text) == ("toast", "Ben", "Tapped!")
    assert parrot.heard[-1].button == "u"


async def test_a_reply_and_an_edit(chats: TelegramChats, parrot: Patient) -> None:
    await chats.say(Words("Anna", GROUP, "hello", NOW))
    await settled(chats, parrot)
    answer = chats.log.newest((GROUP,), re.compile("hello"))
    await chats.say(Words("Ben", GROUP, "thanks", NOW, reply_to=answer))
    await chats.edit("Anna", GROUP, "hello", "goodbye", NOW)
    await settled(chats, parrot)
    reply, edit = parrot.heard[1:]
    assert answer is not None
    answered = message_ref(reply.chat.external_id, int(answer.ref))
    assert (reply.text, reply.reply_ref, reply.addressed) == ("thanks", answered, True)
    assert (edit.kind, edit.text, edit.message_ref) == (
        "edit",
        "goodbye",
        parrot.heard[0].message_ref,
    )


async def test_one_update_delivered_twice_is_the_same_thing(
    chats: TelegramChats, parrot: Patient
) -> None:
    for _ in range(2):
        await chats.say(Words("Anna", GROUP, "hello", NOW, update_id=7))
        await settled(chats, parrot)
    assert len(parrot.heard) == 2
    assert parrot.heard[0].key == parrot.heard[1].key


async def test_what_is_said_while_nobody_listens_waits(chats: TelegramChats) -> None:
    await chats.say(Words("Anna", GROUP, "hello", NOW))
    assert chats.waiting()
    parrot = Patient(chats)
    await parrot.start(NOW)
    await settled(chats, parrot)
    await parrot.stop()
    assert [i.text for i in parrot.heard] == ["hello"]


async def test_a_dying_service_does_not_leave_the_player_waiting(chats: TelegramChats) -> None:
    await chats.say(Words("Anna", GROUP, "hello", NOW))
    with pytest.raises(Crashed, match="at once"):
        await chats.hand_over(Parrot(chats))
