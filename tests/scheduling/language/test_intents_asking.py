"""Questions and reminders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scheduling.language.rivera import Row, check, rows


def q(kind: str, **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "query", "q": kind, **slots}]


def r(title: str | None, **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "remind", "title": title, **slots}]


ALL = ["Mom", "Dad", "Mia", "Leo", "Grandma"]
AGENDA: list[Row] = [
    ("whats_on", "what's on Saturday?", q("agenda", start="2026-03-07")),
    (
        "happening",
        "what's happening this weekend",
        q("agenda", start="2026-03-07", end="2026-03-09"),
    ),
    ("do_we_have", "what do we have tomorrow?", q("agenda", start="2026-03-05", who=None)),
    ("whose", "What does Mia have on Thursday", q("agenda", start="2026-03-05", who=["Mia"])),
    ("show_me", "show me next week", q("agenda", start="2026-03-09", who=None)),
    ("plan", "what's the plan for Sunday?", q("agenda", start="2026-03-08")),
    ("anything", "anything on Friday night?", q("agenda", start="2026-03-06")),
    ("mine", "what's on my calendar today", q("agenda", start="2026-03-04", who=["Mom"])),
    ("look", "how does next week look?", q("agenda", start="2026-03-09")),
    ("agenda", "agenda for tomorrow", q("agenda", start="2026-03-05")),
    ("doing", "What's Leo doing on Saturday?", q("agenda", start="2026-03-07", who=["Leo"])),
    ("list", "list all events in April", q("agenda", start="2026-04-01", end="2026-05-01")),
    ("kids", "What's on for the kids tomorrow", q("agenda", who=["Mia", "Leo"])),
    ("bare", "tomorrow?", q("agenda", start="2026-03-05")),
]
FREE: list[Row] = [
    ("am_i", "am I free on Friday evening?", q("free", who=["Mom"], start="2026-03-06")),
    ("is_he", "is Dad free tomorrow at 3?", q("free", who=["Dad"], start="2026-03-05T15:00")),
    ("who", "who's free Saturday night?", q("free", start="2026-03-07")),
    ("we", "are we free next weekend?", q("free", start="2026-03-14")),
    ("busy", "is Leo busy on Monday?", q("free", who=["Leo"])),
    ("make_it", "can Ben make it Thursday at 4?", q("free", who=["Dad"], start="2026-03-05T16:00")),
    ("both", "are Mom and Dad free on the 14th?", q("free", who=["Mom", "Dad"])),
    ("when_one", "when is Mia free on Sunday?", q("free", who=["Mia"])),
]
SLOTS: list[Row] = [
    (
        "everyone",
        "when is everyone free this weekend for 2 hours?",
        q("find_slot", who=ALL, duration_min=120, start="2026-03-07"),
    ),
    ("find", "find a slot for a haircut this week", q("find_slot", target="haircut")),
    (
        "when_can",
        "when can we all have dinner next week?",
        q("find_slot", start="2026-03-09", who=ALL),
    ),
    ("length", "find me an hour for yoga tomorrow", q("find_slot", duration_min=60, who=None)),
    ("good_time", "what's a good time for a family meeting this weekend?", q("find_slot")),
    (
        "playdate",
        "when could Mia and Leo have a playdate?",
        q("find_slot", who=["Mia", "Leo"], duration_min=None),
    ),
    (
        "for_two",
        "find a 90 minute slot for me and Ben on Friday",
        q("find_slot", who=["Mom", "Dad"], duration_min=90, target=None),
    ),
    ("need_to", "we need to find a time for a haircut", q("find_slot", target="haircut")),
    ("evening", "which evening works for a movie night?", q("find_slot")),
]
THINGS: list[Row] = [
    ("who_has", "who has the car on Friday?", q("resource", resource=["car"], start="2026-03-06")),
    ("is_free", "is the car free tomorrow afternoon?", q("resource", resource=["car"])),
    ("using", "who's using the kitchen tonight?", q("resource", resource=["kitchen"])),
    ("need", "Does Dad need the van Saturday?", q("resource", resource=["van"], who=["Dad"])),
    (
        "may_i",
        "can I use the car tomorrow at 5?",
        q("resource", resource=["car"], start="2026-03-05T17:00"),
    ),
]
WHEN: list[Row] = [
    ("next", "when is Mia's next piano?", q("when", target="piano", who=["Mia"])),
    ("plain", "when is the dentist?", q("when", target="dentist")),
    ("time", "what time is ballet tomorrow?", q("when", target="ballet", start="2026-03-05")),
    ("start", "when does soccer start on Saturday?", q("when", target="soccer")),
    ("has", "what time does Leo have swimming?", q("when", target="swimming", who=["Leo"])),
    ("still", "is soccer still on saturday?", q("when", target="soccer", start="2026-03-07")),
    ("leave", "when do we leave for the ski trip?", q("when", target="ski trip")),
    ("have", "does Leo have practice tomorrow?", q("when", target="practice", who=["Leo"])),
]
OTHER: list[Row] = [
    ("conflicts", "any conflicts next week?", q("conflicts", start="2026-03-09")),
    ("double", "is anything double booked tomorrow?", q("conflicts", start="2026-03-05")),
    ("overlap", "does anything overlap on Saturday", q("conflicts", start="2026-03-07")),
    ("picks_up", "who picks up Leo?", q("who_drives", who=["Leo"])),
    (
        "driving",
        "who is driving Mia to ballet on Thursday?",
        q("who_drives", target="ballet", who=["Mia"]),
    ),
    ("rules", "what are our rules?", q("rules")),
]
REMINDERS: list[Row] = [
    ("me", "Remind me to call the dentist tomorrow at 9am",
     r("call the dentist", who=["Mom"], start="2026-03-05T09:00")),
    ("weekly", "remind Dad to take out the trash every Sunday at 7pm",
     r("take out the trash", who=["Dad"], rrule="FREQ=WEEKLY;BYDAY=SU", time="19:00")),
    ("time_between", "remind me tomorrow morning to pack lunch for Leo",
     r("pack lunch for Leo", who=["Mom"])),
    ("about", "remind us about the recital on Friday at 3", r("recital", start="2026-03-06T15:00")),
    ("everyone", "Remind everyone to bring snacks Saturday 9am", r("bring snacks", who=ALL)),
    ("two", "remind Mia and Leo to do homework at 5",
     r("do homework", who=["Mia", "Leo"], start="2026-03-04T17:00")),
    ("soon", "remind me in 20 minutes to check the oven",
     r("check the oven", start="2026-03-04T10:20")),
    ("set", "set a reminder to water the plants on Saturday",
     r("water the plants", start="2026-03-07")),
    ("label", "reminder: library books due Friday", r("library books due", start="2026-03-06")),
    ("question", "can you remind me to buy milk at 6?", r("buy milk", start="2026-03-04T18:00")),
    ("let_forget", "don't let me forget to call Zoe on Sunday",
     r("call Zoe", who=["Mom"], start="2026-03-08")),
    ("leading_time", "at 5pm remind me to start dinner",
     r("start dinner", start="2026-03-04T17:00")),
    ("before", "remind me an hour before piano", r("piano", target="piano", remind_min=60)),
    ("eve", "Remind us the day before the recital", r("recital", remind_min=1440)),
    ("no_time", "remind me to buy a gift for Zoe", r("buy a gift for Zoe", confidence=0.6)),
    ("no_words", "remind me at noon", r(None, start="2026-03-04T12:00", confidence=0.6)),
    ("owner_stays", "Remind me about Mia's permission slip Thursday at 7:30am",
     r("Mia's permission slip")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), rows(AGENDA + FREE + SLOTS + THINGS + WHEN + OTHER))
def test_a_question_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), rows(REMINDERS))
def test_a_reminder_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)
