"""What a family is told, and when: reminders, digests, follow-ups, after any downtime.

Time jumps with `away`, as for a process that was down; `wait_until` stops at all that falls due.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest

from bot.console import codec
from reminders.sweeps import extend_horizon
from scheduling.notices import NoticeState
from scheduling.ports import Chat
from tests.bot.talk import Talk
from tests.reminders.waiting import at, away, setting, until

NIGHT = (time(21, 30), time(7))


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
