"""Digests and questions: told on time, late, or as missed; asked again, of whom, and how often."""

from __future__ import annotations

from datetime import time
from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.console import codec
from scheduling.messages import ChatAddress
from scheduling.ports import Chat
from tests.bot.talk import Talk
from tests.reminders.waiting import away, setting, until

NIGHT = (time(21, 30), time(7))


async def clash(talk: Talk, day: str = "Friday") -> None:
    await talk.say(f"market {day} at 10am for 1 hour, car")
    await talk.say(f"library {day} at 10am for 1 hour, car", "Ben")
    assert "does not fit" in talk.heard[-1].text


async def test_an_empty_day_has_a_digest_too(talk: Talk) -> None:
    await talk.say("/settings digest 7:00")
    (told,) = await until(talk, "5 07:00")
    assert "Nothing on the calendar" in told
    assert "Thu 5 Mar" in told


async def test_a_digest_lists_the_day_every_day(talk: Talk) -> None:
    await talk.say("/settings digest 7:00")
    await talk.say("dentist for Mia tomorrow at 4pm")
    days = [await until(talk, f"{day} 07:00") for day in (5, 6, 7, 8)]
    assert "dentist" in days[0][0]
    assert [text.startswith("☀ Today") for told in days for text in told if "☀" in text] == [
        True,
    ] * 4


async def test_a_digest_hours_late_is_told_while_it_is_of_use(talk: Talk) -> None:
    await talk.say("/settings digest 7:00")
    (told,) = await away(talk, "5 12:00")
    assert told.startswith("☀ Today")
    assert "This comes late: it was due Thu 5 Mar, 7:00 AM." in told
    (on_time,) = await until(talk, "6 07:00")
    assert "late" not in on_time


async def test_a_digest_too_late_to_be_of_use_is_told_as_missed(talk: Talk) -> None:
    await talk.say("/settings digest 7:00")
    await talk.say("dentist for Mia tomorrow at 10am")
    assert await away(talk, "5 14:00") == [
        "While I was away I missed sending you the digest of Thu 5 Mar; "
        "reminding you of dentist (Thu 5 Mar, 10:00 AM)."
    ]
    assert len(await until(talk, "6 07:00")) == 1


async def test_after_days_away_the_newest_digest_is_the_one_told(talk: Talk) -> None:
    await talk.say("/settings digest 7:00")
    (told,) = await away(talk, "8 09:00")
    assert told.startswith("☀ Today")
    assert "Sun 8 Mar" in told
    assert "it was due Sun 8 Mar, 7:00 AM" in told
    assert len(await until(talk, "9 07:00")) == 1


@pytest.mark.parametrize(
    ("back", "told"),
    [("9 09:00", "☀ The week ahead"), ("9 19:00", "the digest of the week from Mon 9 Mar")],
)
async def test_a_week_s_digest_is_of_use_until_monday_evening(
    talk: Talk, back: str, told: str
) -> None:
    await talk.say("dentist for Mia on Tuesday at 10am")
    await talk.say("/settings sunday 18:00")
    (heard,) = await away(talk, back)
    assert told in heard
    assert ("dentist" in heard) == heard.startswith("☀")


async def test_an_open_question_is_asked_again_and_then_the_other_parent(talk: Talk) -> None:
    await clash(talk)
    (again,) = await until(talk, "4 13:00")
    assert again.startswith("Still open until")
    (third,) = await until(talk, "4 18:00")
    assert third.startswith("Anna: Still open")
    await talk.tap("Reject")
    assert not [t for t in await until(talk, "6 08:00") if "Still open" in t]


async def test_the_other_parent_is_asked_in_private_where_that_chat_is_known(talk: Talk) -> None:
    private = codec.private_chat("Anna")
    said = codec.message("/today", codec.account("Anna"), private, "1", talk.clock.now())
    await talk.receive(said)
    await clash(talk)
    await until(talk, "4 18:00")
    last = talk.versions[-1]
    assert last.chat == private
    assert "Still open: library" in last.text
    assert [b.label for row in last.buttons for b in row][-1] == "Reject"


async def test_silence_ends_in_a_stated_outcome(talk: Talk) -> None:
    await clash(talk)
    told = await until(talk, "6 10:30")
    assert any("Nobody answered in time, so nothing was changed." in text for text in told)
    assert not any("library" in line for line in await talk.calendar())
    with pytest.raises(LookupError):
        await talk.tap("Approve 1")


async def test_a_suggestion_is_not_asked_about_again(talk: Talk) -> None:
    await talk.say("/settings listen on")
    await talk.say("soccer practice for Mia on Friday at 5pm", addressed=False)
    assert talk.heard[-1].buttons[0].label == "Put it on the calendar"
    assert await until(talk, "5 09:00") == []


async def test_a_question_is_open_until_what_it_would_change_begins(talk: Talk) -> None:
    await talk.say("dentist for Mia today at 3pm")
    await talk.edit(1, "dentist for Mia tomorrow at 3pm")
    assert talk.last_button().label == "Change it"
    assert not any("Nobody answered" in text for text in await until(talk, "4 14:59"))
    told = await until(talk, "4 15:00")
    assert any("Nobody answered in time" in text for text in told)


async def test_one_digest_in_each_place_where_the_family_talks(talk: Talk) -> None:
    household = await setting(talk)
    slack = [
        ChatAddress("slack", f"T1:{channel}", topic=topic, space="T1")
        for channel, topic in (("C1", "home:U1"), ("C2", None), ("C3", None))
    ]
    telegram = [ChatAddress("telegram", "-100", topic=topic) for topic in ("4", None, "5")]
    mine = ChatAddress("telegram", "7", private=True)
    async with talk.service.uow() as uow:
        for address in (*slack, *telegram, mine):
            await uow.chats.add(Chat(uuid4(), household.id, address))
        await uow.commit()
    await talk.say("/settings digest 7:00")
    assert len(await until(talk, "5 07:00")) == 1
    asked = sa.text(
        "SELECT c.external_id, c.topic FROM outbox o JOIN chats c ON c.id = o.chat_id "
        "WHERE c.platform <> 'console' ORDER BY 1, 2"
    )
    async with talk.service.database.reading.connect() as connection:
        told = [tuple(row) for row in await connection.execute(asked)]
    assert told == [("-100", ""), ("T1:C2", "")]


async def test_a_question_is_asked_again_once_after_a_time_away(talk: Talk) -> None:
    await clash(talk)
    (again,) = await away(talk, "4 20:00")
    assert again.startswith("Anna: Still open until")
    assert "This comes late" in again


async def test_a_question_that_nobody_could_answer_in_time(talk: Talk) -> None:
    await clash(talk)
    missed, outcome, *_ = await away(talk, "6 12:00")
    assert missed == (
        "While I was away I missed asking again about “library does not fit”; "
        "warning you of “library does not fit”; "
        "reminding you of market (Fri 6 Mar, 10:00 AM)."
    )
    assert "Nobody answered in time" in outcome


async def test_who_drives_is_of_no_use_any_more_once_it_has_begun(talk: Talk) -> None:
    await setting(talk, reminders=())
    await talk.say("soccer for Mia tomorrow 2pm, who drives?")
    assert await away(talk, "5 14:00") == [
        "While I was away I missed asking who drives soccer (Thu 5 Mar, 2:00 PM)."
    ]
    assert await until(talk, "9 12:00") == []


async def test_who_drives_is_asked_of_the_one_of_a_series_that_nobody_has(talk: Talk) -> None:
    await setting(talk, reminders=())
    await talk.say("soccer for Mia every Saturday 2pm, who drives?")
    (asked,) = await until(talk, "5 12:00")
    assert asked.startswith("Still open: Who drives?")
    assert "Sat 7 Mar" in asked
    await talk.tap("I'll drive", "Ben")
    assert not [t for t in await until(talk, "13 13:59") if "Still open" in t]
    (following,) = await until(talk, "13 14:00")
    assert "Sat 14 Mar" in following
    await talk.tap("I'll drive", "Anna")
    drivers = [who for line in await talk.calendar() for who in ("Ben", "Anna") if who in line]
    assert drivers == []
    assert not [t for t in await until(talk, "20 13:59") if "Still open" in t]


async def test_a_driver_named_in_words_is_not_asked_for_again(talk: Talk) -> None:
    await setting(talk, reminders=())
    await talk.say("soccer for Mia every Saturday 2pm, who drives?")
    await talk.say("Ben drives")
    await talk.tap("Just Sat 7 Mar")
    assert not [t for t in await until(talk, "13 13:59") if "Still open" in t]
    (following,) = await until(talk, "13 14:00")
    assert "Sat 14 Mar" in following
