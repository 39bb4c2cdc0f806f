"""Hours: clocks, parts of the day, lengths, and the ranges between them."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from scheduling.language.times import find_times
from tests.scheduling.language.told import NOW, all_told, table


@table(
    pm=("3pm", "2026-03-04 15:00"),
    pm_spaced=("3 pm", "2026-03-04 15:00"),
    pm_dotted=("at 7:50 p.m.", "2026-03-04 19:50"),
    p=("3p", "2026-03-04 15:00"),
    am_passed_is_tomorrow=("7:50 a.m.", "2026-03-05 07:50"),
    dotted_minutes=("8.30pm", "2026-03-04 20:30"),
    packed_pm=("330 pm", "2026-03-04 15:30"),
    h24=("21:40", "2026-03-04 21:40"),
    h=("at 19h", "2026-03-04 19:00"),
    h_minutes=("13h15", "2026-03-04 13:15"),
    packed=("at 1530", "2026-03-04 15:30"),
    bare_afternoon=("at 5", "2026-03-04 17:00"),
    bare_morning=("at 11", "2026-03-04 11:00"),
    half_past=("half past 3", "2026-03-04 15:30"),
    quarter_to=("quarter to 12", "2026-03-04 11:45"),
    quarter_after=("a quarter after 4", "2026-03-04 16:15"),
    twenty_to=("twenty to six", "2026-03-04 17:40"),
    past_noon=("10 past noon", "2026-03-04 12:10"),
    minutes_from=("15 minutes from 1pm", "2026-03-04 13:15"),
    oclock=("4 o'clock", "2026-03-04 16:00"),
    spoken=("at five-thirty", "2026-03-04 17:30"),
    noon=("noon", "2026-03-04 12:00"),
    midnight=("midnight", "2026-03-05 00:00"),
    ish=("brunch 11ish", "2026-03-04 11:00"),
    around=("around 4", "2026-03-04 16:00"),
    half_three=("at half three", "2026-03-04 15:30"),
    in_the_am=("3 in the AM", "2026-03-05 03:00"),
    end_of_day=("by end of day", "2026-03-04 23:59"),
    at_half_past=("at half past eight pm", "2026-03-04 20:30"),
    half_three_named=("half three pm", "2026-03-04 15:30"),
    mark_left_out=("at 7 30", "2026-03-04 19:30"),
    mark_left_out_pm=("7 30 pm", "2026-03-04 19:30"),
    hours_of_an_army=("at 1900 hours", "2026-03-04 19:00"),
    hundred_fifty_ish=("at 150ish", "2026-03-04 13:50"),
    quarter_of=("quarter of nine", "2026-03-04 20:45"),
    five_of_ten=("5 of 10", "-"),
)
def test_clocks(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    day_then_hour=("tomorrow at 3:30", "2026-03-05 15:30"),
    hour_then_day=("9am this Sat", "2026-03-07 09:00"),
    bare_hour_after_day=("haircut Leo sat 11", "2026-03-07 11:00"),
    dotted_hour_after_day=("tomorrow 8.30", "2026-03-05 08:30"),
    passed_today_is_next_week=("Wednesday at 9am", "2026-03-11 09:00"),
    ahead_today_is_today=("Wednesday at 6pm", "2026-03-04 18:00"),
    evening_word=("tuesday evening at 7", "2026-03-10 19:00"),
    in_the_morning=("Monday at 6 in the morning", "2026-03-09 06:00"),
    tonight=("8 tonight", "2026-03-04 20:00"),
    night_midnight=("tonight at midnight", "2026-03-05 00:00"),
    dinner_is_evening=("dinner on Friday at 7", "2026-03-06 19:00"),
    breakfast_is_morning=("breakfast Friday at 6", "2026-03-06 06:00"),
    words_between=("Saturday for Mia at 2pm", "2026-03-07 14:00"),
    weekend_asks_which=("this weekend at 3", "2026-03-07 15:00 or 2026-03-08 15:00"),
    iso=("2026-03-07T15:30", "2026-03-07 15:30"),
    comma=("lunch on the 12th, 12:30", "2026-03-12 12:30"),
    dash=("Tuesday - 9am", "2026-03-10 09:00"),
    wake_is_morning=("wake me up at 6:15 tomorrow", "2026-03-05 06:15"),
    dotted_after_weekday=("Thursday 19.00", "2026-03-05 19:00"),
    holiday=("new year's eve 8pm", "2026-12-31 20:00"),
    half_three=("tomorrow half 3", "2026-03-05 15:30"),
    half_past=("on the 18th at half past 3", "2026-03-18 15:30"),
    european=("Zahnarzt 17.3. 10:15", "2026-03-17 10:15"),
    european_small=("dentist 7.3. at 9:15", "2026-03-07 09:15"),
    no_space=("Mia ballet sat10am", "2026-03-07 10:00"),
    hour_before_short_day=("vet 4pm mon for rex", "2026-03-09 16:00"),
    eve=("drinks tmrw eve 7", "2026-03-05 19:00"),
    in_two_weeks=("in two weeks on Monday at 4", "2026-03-16 16:00"),
    end_of_tomorrow=("by end of tomorrow", "2026-03-05 23:59"),
)
def test_day_and_hour(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    tomorrow_morning=("tomorrow morning", "2026-03-05 [06:00-12:00]"),
    this_afternoon=("this afternoon", "2026-03-04 [12:00-18:00]"),
    friday_night=("Friday night", "2026-03-06 [18:00-00:00]"),
    tonight=("tonight", "2026-03-04 [18:00-00:00]"),
    lunchtime=("at lunchtime on Friday", "2026-03-06 [12:00-14:00]"),
    morning_of=("morning of the 15th", "2026-03-15 [06:00-12:00]"),
    slang=("sunday arvo", "2026-03-08 [12:00-18:00]"),
    in_the_morning_has_begun=("in the morning", "2026-03-05 [06:00-12:00]"),
    after_school=("Friday after school", "2026-03-06 [15:00-18:00]"),
    after_work_on=("after work on Thursday", "2026-03-05 [17:00-20:00]"),
    first_thing=("first thing Monday morning", "2026-03-09 [07:00-09:00]"),
    club=("after school club", "-"),
    greeting=("good morning everyone, good night!", "-"),
    kind_of_event=("date night and game night", "-"),
)
def test_parts_of_the_day(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    shared_pm=("3-5pm", "2026-03-04 15:00-17:00"),
    over_noon=("11-1pm", "2026-03-04 11:00-13:00"),
    from_to=("from 3 to 5", "2026-03-04 15:00-17:00"),
    from_nine_to_five=("from 9 to 5 tomorrow", "2026-03-05 09:00-17:00"),
    between=("Wed 11th btw 2 and 4pm", "2026-03-11 14:00-16:00"),
    noon_half=("noon-12:30", "2026-03-04 12:00-12:30"),
    til=("sat from 10 til noon", "2026-03-07 10:00-12:00"),
    day_beside=("choir thu 5 to 6:30", "2026-03-05 17:00-18:30"),
    day_after=("9:30 - 11:00 on Thursday", "2026-03-05 09:30-11:00"),
    over_midnight=("Friday 10pm-2am", "2026-03-06 22:00..2026-03-07 02:00"),
    evening_shared=("tonight from 6 to 8", "2026-03-04 18:00-20:00"),
    running_now=("9-11am", "2026-03-04 09:00-11:00"),
    over_days=("Friday 6pm to Saturday 10am", "2026-03-06 18:00..2026-03-07 10:00"),
    over_days_bare=("fri 17:00 - sun 18:00", "2026-03-06 17:00..2026-03-08 18:00"),
    till_tomorrow=("from 2pm till tomorrow 4pm", "2026-03-04 14:00..2026-03-05 16:00"),
    now_to_bare=("from now to 5", "2026-03-04 10:00-17:00"),
    ish_dash=("8-ish tonight", "2026-03-04 20:00"),
    now_until=("now until 5pm", "2026-03-04 10:00-17:00"),
    until_only=("working late on friday till 8pm", "2026-03-06 until 2026-03-06 20:00"),
    noon_first=("Saturday 12-3", "2026-03-07 12:00-15:00"),
    late_morning_first=("Saturday 10-2", "2026-03-07 10:00-14:00"),
    arrow=("Flight 18/04 06:25 -> 09:10", "2026-04-18 06:25-09:10"),
    glued=("Leo party 21st 2til4", "2026-03-21 14:00-16:00"),
)
def test_ranges_of_hours(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    slashes=("4/6 - 4/10", "2026-04-06..2026-04-11"),
    month_once=("May 3rd to 5th", "2026-05-03..2026-05-06"),
    month_after=("from the 13th to the 15th of July", "2026-07-13..2026-07-16"),
    month_dash=("13-15 July", "2026-07-13..2026-07-16"),
    slashes_glued=("10/1-10/7", "2026-10-01..2026-10-08"),
    next_week=("Ben travels Mon through Thu next week", "2026-03-09..2026-03-13"),
    parts_at_both_ends=(
        "Friday after school until Sunday evening",
        "2026-03-06 15:00..2026-03-08 22:00",
    ),
    words=("april ninth through seventeenth", "2026-04-09..2026-04-18"),
    two_months=("March 28 to April 2", "2026-03-28..2026-04-03"),
    year_after=("26 june to 28 june in 2027", "2027-06-26..2027-06-29"),
    running_now=("March 3rd to 5th", "2026-03-03..2026-03-06"),
    over_new_year=("Dec 20 to Jan 5", "2026-12-20..2027-01-06"),
    weekdays=("camp Thursday to Sunday", "2026-03-05..2026-03-09"),
    weekday_abbreviated=("Mon-Fri", "2026-03-09..2026-03-14"),
    today_through=("today through Sunday", "2026-03-04..2026-03-09"),
    iso=("2026-06-01 - 2026-06-05", "2026-06-01..2026-06-06"),
    holidays=("Christmas to New Year's", "2026-12-25..2027-01-02"),
    months=("June to August", "2026-06-01..2026-09-01"),
    until_day=("the van is in the shop until Friday", "2026-03-04..2026-03-07"),
    until_month_ends_as_it_begins=("away until June", "2026-03-04..2026-06-01"),
    near_each_other=("between Monday and Wednesday next week", "2026-03-09..2026-03-12"),
    of_a_month=("from 4 to 22 next month", "2026-04-04..2026-04-23"),
    first_weeks=("first 2 weeks of July", "2026-06-29..2026-07-13"),
    last_days=("last three days of the month", "2026-03-29..2026-04-01"),
    over_easter=("over easter", "2026-04-03..2026-04-07"),
    over_christmas=("over Christmas", "2026-12-24..2026-12-27"),
    week_commencing=("w/c 23 march", "2026-03-23..2026-03-30"),
    week_beginning=("week beginning Monday 23rd", "2026-03-23..2026-03-30"),
    whole_week=("the whole week", "2026-03-02..2026-03-09"),
)
def test_ranges_of_days(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    after_clock=("call tomorrow 7pm for 45 min", "2026-03-05 19:00-19:45"),
    decimals=("tomorrow 9am for 1.5h", "2026-03-05 09:00-10:30"),
    glued=("tomorrow 9am for 1h30", "2026-03-05 09:00-10:30"),
    words=("Saturday at 2 for two hours", "2026-03-07 14:00-16:00"),
    before_clock=("for 30' starting from 4pm", "2026-03-04 16:00-16:30"),
    days_from=("away for 3 days from Tuesday", "2026-03-10..2026-03-13"),
    weeks=("vacation July 6 for two weeks", "2026-07-06..2026-07-20"),
    apart=("2 weeks vacation starting July 6", "2026-07-06..2026-07-20"),
    all_day=("Saturday all day", "2026-03-07..2026-03-08"),
    meeting_of_two_hours=("2 hour meeting tomorrow at 3", "2026-03-05 15:00-17:00"),
    call_of=("a 45-minute call at 4pm", "2026-03-04 16:00-16:45"),
    lead_is_not_a_length=("30 minutes before piano at 5", "30m | 2026-03-04 17:00"),
    alone=("make it 90 minutes", "90m"),
    shift=("push piano back an hour", "60m"),
    lead=("remind me 2 hours before", "120m"),
    later=("make it an hour later or 30 min later", "60m | 30m"),
    on_a_day=("2 hours on Saturday", "2026-03-07 120m"),
    letters=("1h30m", "90m"),
)
def test_lengths(text: str, expected: str) -> None:
    assert all_told(text) == expected


def test_an_hour_without_a_day_says_so() -> None:
    (found,) = find_times("buy cake at 5", NOW)
    assert found.time == time(17)
    assert found.assumed == ("afternoon",)


def test_an_hour_with_a_day_has_no_time_of_its_own() -> None:
    (found,) = find_times("buy cake Friday at 5pm", NOW)
    assert found.time is None
    assert found.assumed == ()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2026, 3, 4, 6), "2026-03-04 08:00", id="ahead"),
        pytest.param(datetime(2026, 3, 4, 14), "2026-03-04 20:00", id="this_evening"),
        pytest.param(datetime(2026, 3, 4, 21), "2026-03-05 08:00", id="tomorrow"),
    ],
)
def test_a_bare_hour_is_the_next_one_ahead(now: datetime, expected: str) -> None:
    assert all_told("call Grandma at 8", now) == expected
