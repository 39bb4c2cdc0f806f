"""What a family is told, and when: reminders, digests, follow-ups, after any downtime.

Time jumps with `away`, as for a process that was down; `wait_until` stops at all that falls due.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.console import codec
from reminders.sweeps import extend_horizon
from scheduling.family import Household
from scheduling.messages import ChatAddress
from scheduling.notices import NoticeState
from scheduling.ports import Chat
from tests.bot.talk import ZONE, Talk, furnish, talking

NIGHT = (time(21, 30), time(7))


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.fixture
async def talk(families: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    async with talking(f"sqlite:///{copy}") as opened:
        yield opened


def at(text: str) -> datetime:
    """A moment of March 2026 in the family's zone: "5 07:30"."""
    day, clock = text.split()
    return datetime.combine(datetime(2026, 3, int(day)), time.fromisoformat(clock), ZONE)


async def until(talk: Talk, text: str) -> list[str]:
    """Everything told from now until then."""
    told = len(talk.heard)
    await talk.wait_until(at(text))
    return [heard.text for heard in talk.heard[told:]]


async def away(talk: Talk, text: str) -> list[str]:
    """Nobody looked until then; what is told on coming back."""
    told = len(talk.heard)
    talk.clock.set(at(text))
    await talk.service.settle()
    return [heard.text for heard in talk.heard[told:]]


async def setting(talk: Talk, **changes: Any) -> Household:
    async with talk.service.uow() as uow:
        (rivera, *_) = await uow.households.all_ids()
        household = await uow.households.get(rivera)
        await uow.households.save_settings(rivera, replace(household.settings, **changes))
        await uow.commit()
    return household


async def test_on_time_and_once(talk: Talk) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    assert await until(talk, "5 08:59") == []
    (told,) = await until(talk, "5 12:00")
    assert told.startswith("⏰ dentist in 1 hour")
    assert "late" not in told


async def test_late_it_says_so(talk: Talk) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    (told,) = await away(talk, "5 09:20")
    assert told.startswith("⏰ dentist in 40 min")
    assert "This comes late: it was due" in told
    assert "9:00 AM" in told


async def test_while_it_goes_on_it_is_still_told(talk: Talk) -> None:
    await talk.say("dentist for Mia tomorrow at 10am for 2 hours")
    (told,) = await away(talk, "5 11:00")
    assert told.startswith("⏰ dentist, now")


async def test_what_is_over_is_told_in_one_line(talk: Talk) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    await talk.say("chess for Leo tomorrow at 11am")
    await talk.say("choir for Ben tomorrow at 5pm")
    (told,) = await away(talk, "5 14:00")
    assert told.startswith("While I was away I missed")
    assert "dentist" in told
    assert "chess" in told
    assert "choir" not in told


async def test_a_series_after_weeks_speaks_of_the_one_that_is_still_of_use(talk: Talk) -> None:
    await talk.say("piano for Mia every Tuesday 16:00-16:45")
    (told,) = await away(talk, "24 15:30")
    assert told.startswith("⏰ piano in 30 min")
    assert "Tue 24 Mar" in told
    (following,) = await until(talk, "31 15:30")
    assert "Tue 31 Mar" in following


async def test_a_series_after_weeks_is_missed_once(talk: Talk) -> None:
    await talk.say("piano for Mia every Tuesday 16:00-16:45")
    (told,) = await away(talk, "25 09:00")
    assert told.startswith("While I was away I missed")
    assert told.count("piano") == 1
    assert "Tue 24 Mar" in told


@pytest.mark.parametrize(
    ("start", "silent_until", "told_by"),
    [
        ("tomorrow at 7:30am", "5 06:59", "5 07:00"),
        ("tomorrow at 6:30am", "4 21:29", "4 21:30"),
        ("tomorrow at 10pm", "5 20:59", "5 21:00"),
        ("on Friday at 1am", "5 21:29", "5 21:30"),
    ],
    ids=["held till morning", "told the evening before", "just before", "after midnight"],
)
async def test_quiet_hours(talk: Talk, start: str, silent_until: str, told_by: str) -> None:
    await setting(talk, quiet_hours=NIGHT)
    await talk.say(f"swimming for Leo {start}")
    assert await until(talk, silent_until) == []
    (told,) = await until(talk, told_by)
    assert told.startswith("⏰ swimming")
    assert await until(talk, "7 12:00") == []


async def test_a_process_that_returns_at_night_waits_for_the_morning(talk: Talk) -> None:
    await talk.say("dinner for Ben tomorrow at 10pm")
    await setting(talk, quiet_hours=NIGHT)
    assert await away(talk, "5 22:30") == []
    (told,) = await until(talk, "6 07:00")
    assert "missed" in told
    assert "dinner" in told


async def test_what_was_due_as_quiet_hours_began_is_said_a_little_later_too(talk: Talk) -> None:
    await setting(talk, quiet_hours=NIGHT)
    await talk.say("swimming for Leo tomorrow at 6:30am")
    (told,) = await away(talk, "4 21:35")
    assert told.startswith("⏰ swimming")


async def test_a_reminder_asked_for_by_name_is_said_at_night(talk: Talk) -> None:
    await setting(talk, quiet_hours=NIGHT)
    await talk.say("early train tomorrow 6am, Ben, remind us 1 hour before")
    (told,) = await until(talk, "5 05:00")
    assert "early train" in told


async def test_each_lead_of_an_event_is_told(talk: Talk) -> None:
    await setting(talk, reminders=(60, 1440))
    await talk.say("dentist for Mia on Friday at 10am")
    assert len(await until(talk, "5 10:00")) == 1
    assert await until(talk, "6 08:59") == []
    assert len(await until(talk, "6 09:00")) == 1


@pytest.mark.parametrize("change", ["cancel dentist", "move dentist to Saturday at 10am"])
async def test_what_was_cancelled_or_moved_is_not_reminded_of(talk: Talk, change: str) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    await talk.say(change)
    assert await until(talk, "6 23:00") == []
    later = await until(talk, "7 12:00")
    assert [text[:9] for text in later] == (["⏰ dentist"] if change.startswith("move") else [])


async def test_done_and_snooze_leave_the_series_alone(talk: Talk) -> None:
    await talk.say("piano for Mia every Tuesday 16:00-16:45")
    await until(talk, "10 15:00")
    await talk.tap("Snooze 10 min")
    (again,) = await until(talk, "10 15:10")
    assert again.startswith("⏰ piano in 50 min")
    await talk.tap("Done", "Ben")
    assert "Done (Ben)" in talk.heard[-1].text
    assert await until(talk, "17 14:59") == []
    (following,) = await until(talk, "17 15:00")
    assert "Tue 17 Mar" in following


@pytest.mark.parametrize(
    ("label", "due"),
    [("Snooze 1 h", "5 10:00"), ("Snooze tonight", "5 19:00"), ("Snooze tomorrow", "6 08:00")],
)
async def test_a_snooze_comes_back_once(talk: Talk, label: str, due: str) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    await until(talk, "5 09:00")
    await talk.tap(label)
    minute_before = (at(due) - timedelta(minutes=1)).strftime("%-d %H:%M")
    assert await until(talk, minute_before) == []
    assert len(await until(talk, due)) == 1
    assert await until(talk, "9 12:00") == []


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


async def clash(talk: Talk, day: str = "Friday") -> None:
    await talk.say(f"market {day} at 10am for 1 hour, car")
    await talk.say(f"library {day} at 10am for 1 hour, car", "Ben")
    assert "does not fit" in talk.heard[-1].text


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


async def test_nothing_is_told_unasked(talk: Talk) -> None:
    assert await until(talk, "31 23:00") == []


async def test_a_reminder_of_a_chat_that_is_gone_goes_to_the_family_s_group(talk: Talk) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    household, other = await setting(talk), codec.chat("home:grandma")
    async with talk.service.uow() as uow:
        asked_in = await uow.chats.find(codec.chat(codec.HOME))
        assert asked_in is not None
        await uow.chats.set_state(asked_in.id, "gone")
        await uow.chats.add(Chat(uuid4(), household.id, other))
        await uow.commit()
    (told,) = await until(talk, "5 12:00")
    assert told.startswith("⏰ dentist in 1 hour")
    assert talk.versions[-1].chat == other


async def test_a_reminder_of_a_chat_that_speaks_for_another_family_is_not_told_there(
    talk: Talk,
) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    household, ours = await setting(talk), codec.chat("home:grandma")
    async with talk.service.uow() as uow:
        asked_in = await uow.chats.find(codec.chat(codec.HOME))
        chen = await uow.chats.find(codec.chat("home:Chen"))
        assert asked_in is not None
        assert chen is not None
        await uow.chats.rebind(asked_in.id, chen.household_id)
        await uow.chats.add(Chat(uuid4(), household.id, ours))
        await uow.commit()
    assert len(await until(talk, "5 12:00")) == 1
    assert talk.versions[-1].chat == ours


async def test_a_series_whose_rows_ran_out_is_reminded_of_again_after_the_sweep(
    talk: Talk,
) -> None:
    await talk.say("piano for Mia every Tuesday 16:00-16:45")
    household, now = await setting(talk), talk.clock.now()
    async with talk.service.uow() as uow:
        (piano,) = await uow.events.all(household.id)
        (waiting,) = await uow.notices.of_event(household.id, piano.id)
        await uow.notices.put([replace(waiting, state=NoticeState.SENT)])
        await uow.events.extend(household.id, piano.id, [], now, piano.version)
        await uow.commit()
    assert await extend_horizon(talk.service.uow, talk.clock) == 1
    async with talk.service.database.reader() as uow:
        assert await uow.notices.of_event(household.id, piano.id) == [waiting]


async def test_what_was_snoozed_comes_back_though_the_event_s_reminders_were_dropped(
    talk: Talk,
) -> None:
    await talk.say("dentist for Mia tomorrow at 10am")
    await until(talk, "5 09:00")
    await talk.tap("Snooze")
    household = await setting(talk)
    async with talk.service.uow() as uow:
        (dentist,) = await uow.events.all(household.id)
        await uow.notices.drop_for_event(household.id, dentist.id)
        await uow.commit()
    assert any("dentist" in text for text in await until(talk, "5 09:45"))


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
