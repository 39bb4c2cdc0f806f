"""Repetitions: how often, when, until when, how many, and which are left out."""

from __future__ import annotations

from datetime import date

import pytest

from scheduling.language.times import find_times
from tests.scheduling.language.told import NOW, all_told, table

WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"


@table(
    daily=("vitamins daily at 8am", "FREQ=DAILY @ 2026-03-05 08:00"),
    every_day=("every day at 6pm", "FREQ=DAILY @ 2026-03-04 18:00"),
    hour_first=("3pm each day", "FREQ=DAILY @ 2026-03-04 15:00"),
    every_night=("every night at 9", "FREQ=DAILY @ 2026-03-04 21:00"),
    every_other_day=("every other day", "FREQ=DAILY;INTERVAL=2 @ 2026-03-04"),
    every_three_days=("every 3 days at 6pm", "FREQ=DAILY;INTERVAL=3 @ 2026-03-04 18:00"),
    weekly=("weekly", "FREQ=WEEKLY @ 2026-03-04"),
    weekday=("every friday 19:00", "FREQ=WEEKLY;BYDAY=FR @ 2026-03-06 19:00"),
    plural=("karate mondays 5:30", "FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 17:30"),
    plural_today_passed=("wednesdays 8am", "FREQ=WEEKLY;BYDAY=WE @ 2026-03-11 08:00"),
    two_days=("tuesdays and thursdays at 6", "FREQ=WEEKLY;BYDAY=TU,TH @ 2026-03-05 18:00"),
    three_days=("swim mon/wed/fri 3:30-5", "FREQ=WEEKLY;BYDAY=MO,WE,FR @ 2026-03-04 15:30-17:00"),
    days_in_a_row=("yoga mon wed fri 6am", "FREQ=WEEKLY;BYDAY=MO,WE,FR @ 2026-03-06 06:00"),
    initials=("M/W/F 9am", "FREQ=WEEKLY;BYDAY=MO,WE,FR @ 2026-03-06 09:00"),
    initials_span=("M-F 8am", f"FREQ=WEEKLY;{WORKDAYS} @ 2026-03-05 08:00"),
    monthly_on=("monthly on the second Tuesday", "FREQ=MONTHLY;BYDAY=2TU @ 2026-03-10"),
    second_and_fourth=("every 2nd and 4th Friday", "FREQ=MONTHLY;BYDAY=2FR,4FR @ 2026-03-13"),
    couple_of_weeks=("every couple of weeks", "FREQ=WEEKLY;INTERVAL=2 @ 2026-03-04"),
    every_list=("every Mon, Wed & Fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR @ 2026-03-04"),
    weekdays=("weekdays at 7am", f"FREQ=WEEKLY;{WORKDAYS} @ 2026-03-05 07:00"),
    every_weekday=("every weekday", f"FREQ=WEEKLY;{WORKDAYS} @ 2026-03-04"),
    monday_to_friday=("Mon-Fri 9 to 5", f"FREQ=WEEKLY;{WORKDAYS} @ 2026-03-05 09:00-17:00"),
    weekend=("laundry each weekend", "FREQ=WEEKLY;BYDAY=SA,SU @ 2026-03-07"),
    any_weekend=("any weekend", "FREQ=WEEKLY;BYDAY=SA,SU @ 2026-03-07"),
    school_nights=("school nights", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,SU @ 2026-03-04 [18:00-00:00]"),
    mornings=("Sunday mornings", "FREQ=WEEKLY;BYDAY=SU @ 2026-03-08 [06:00-12:00]"),
    every_other=("every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR @ 2026-03-06"),
    every_second=("every 2nd Sunday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU @ 2026-03-08"),
    alternate=("alternate Saturdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA @ 2026-03-07"),
    biweekly=("biweekly on Thursdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH @ 2026-03-05"),
    biweekly_apart=(
        "biweekly team dinner on Thursdays at 7",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH @ 2026-03-05 19:00",
    ),
    fortnightly=("fortnightly", "FREQ=WEEKLY;INTERVAL=2 @ 2026-03-04"),
    three_weeks=("every three weeks on Friday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR @ 2026-03-06"),
    once_a_week=("once a week on Monday", "FREQ=WEEKLY;BYDAY=MO @ 2026-03-09"),
    monthly_day=("rent on the 1st of every month", "FREQ=MONTHLY;BYMONTHDAY=1 @ 2026-04-01"),
    every_fifteenth=("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15 @ 2026-03-15"),
    two_days_a_month=(
        "the 1st and 15th of each month",
        "FREQ=MONTHLY;BYMONTHDAY=1,15 @ 2026-03-15",
    ),
    nth_weekday=(
        "poker the third friday of each month from 8 to 11pm",
        "FREQ=MONTHLY;BYDAY=3FR @ 2026-03-20 20:00-23:00",
    ),
    first_of_the_month=(
        "first Monday of the month book club 8pm",
        "FREQ=MONTHLY;BYDAY=1MO @ 2026-04-06 20:00",
    ),
    first_and_third=(
        "first and third Monday of each month",
        "FREQ=MONTHLY;BYDAY=1MO,3MO @ 2026-03-16",
    ),
    last_friday=("the last Friday of every month", "FREQ=MONTHLY;BYDAY=-1FR @ 2026-03-27"),
    quarterly=("quarterly", "FREQ=MONTHLY;INTERVAL=3 @ 2026-03-04"),
    yearly=("our anniversary is June 12 every year", "FREQ=YEARLY @ 2026-06-12"),
    annually=("annually on May 2", "FREQ=YEARLY @ 2026-05-02"),
    every_date=("every March 30", "FREQ=YEARLY @ 2026-03-30"),
    every_holiday=("every Christmas", "FREQ=YEARLY @ 2026-12-25"),
    hourly=("every 8 hours", "FREQ=HOURLY;INTERVAL=8 @ 2026-03-04"),
    spelling=("every tuseday at 4", "FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 16:00"),
    small_initials=("piano m/w 5pm", "FREQ=WEEKLY;BYDAY=MO,WE @ 2026-03-04 17:00"),
    two_rules=("every Tue and every Thu 4pm", "FREQ=WEEKLY;BYDAY=TU,TH @ 2026-03-05 16:00"),
    list_then_rule=(
        "gym mon, wed, fri 6:30am every week",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR @ 2026-03-06 06:30",
    ),
    range_then_rule=(
        "Mon - Thu 3pm every week",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH @ 2026-03-04 15:00",
    ),
    hours_then_workdays=(
        "8:00 AM - 3:00 PM Mon thru Fri",
        f"FREQ=WEEKLY;{WORKDAYS} @ 2026-03-05 08:00-15:00",
    ),
    two_hours_two_days=(
        "mondays to thursdays 3:15, Fri 2:15",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH @ 2026-03-04 15:15 | 2026-03-06 14:15",
    ),
    twice_a_week=(
        "swim twice a week Tuesday and Friday at 5",
        "FREQ=WEEKLY;BYDAY=TU,FR @ 2026-03-06 17:00",
    ),
    once_a_month=("once a month on a Friday", "FREQ=MONTHLY;BYDAY=1FR @ 2026-03-06"),
    last_of_month=(
        "last day of the month every month",
        "FREQ=MONTHLY;BYMONTHDAY=-1 @ 2026-03-31",
    ),
    yearly_weekday=(
        "first Sunday in May every year",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=1SU @ 2026-05-03",
    ),
    yearly_last_weekday=(
        "annually on the last Monday of May",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO @ 2026-05-25",
    ),
    every_second_of_month=(
        "every 2nd Saturday of September",
        "FREQ=YEARLY;BYMONTH=9;BYDAY=2SA @ 2026-09-12",
    ),
    moving_holiday=("every Thanksgiving", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH @ 2026-11-26"),
    last_holiday=("every Memorial Day", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO @ 2026-05-25"),
    holiday_each_year=(
        "Mother's Day each year at noon",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU @ 2026-05-10 12:00",
    ),
    holiday_without_rule=("every Easter", "2026-04-05"),
)
def test_how_often(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    until_end_of_month=(
        "piano every Tuesday 16:00-16:45 until end of March",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331 @ 2026-03-10 16:00-16:45",
    ),
    until_date=(
        "every Thursday at 5 until June 12",
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20260612 @ 2026-03-05 17:00",
    ),
    until_month=("mondays until June", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260531 @ 2026-03-09"),
    through_month=("mondays through June", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260630 @ 2026-03-09"),
    within_month=(
        "Tuesdays in April at 4",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260430 @ 2026-04-07 16:00",
    ),
    starting=("mondays 5:30, starting next week", "FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 17:30"),
    starting_date=(
        "every wed at 5 for 45 minutes starting April 1",
        "FREQ=WEEKLY;BYDAY=WE @ 2026-04-01 17:00-17:45",
    ),
    from_to=(
        "every Tuesday from March 17 to May 5",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260505 @ 2026-03-17",
    ),
    count_days=("every day for 10 days at 8pm", "FREQ=DAILY;COUNT=10 @ 2026-03-04 20:00"),
    count_weeks=("every Tuesday for 6 weeks", "FREQ=WEEKLY;BYDAY=TU;COUNT=6 @ 2026-03-10"),
    count_weeks_two_days=(
        "Tuesdays and Thursdays at 4:30pm for 8 weeks",
        "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=16 @ 2026-03-05 16:30",
    ),
    count_in_front=(
        "10 Tuesdays starting April 7 at 4pm",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=10 @ 2026-04-07 16:00",
    ),
    count_times=("every tues 4pm x6", "FREQ=WEEKLY;BYDAY=TU;COUNT=6 @ 2026-03-10 16:00"),
    count_lessons=(
        "Mondays at 4 for 8 lessons",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=8 @ 2026-03-09 16:00",
    ),
    days_with_hours=("camp July 13-15 9am-noon", "FREQ=DAILY;COUNT=3 @ 2026-07-13 09:00-12:00"),
    length_is_not_a_count=(
        "every Friday at 6pm for 2 hours",
        "FREQ=WEEKLY;BYDAY=FR @ 2026-03-06 18:00-20:00",
    ),
    between_dates=(
        "camp June 22 - July 3, 9am to 3pm weekdays",
        f"FREQ=WEEKLY;{WORKDAYS};UNTIL=20260703 @ 2026-06-22 09:00-15:00",
    ),
    days_of_next_week=(
        "every day next week 9-12",
        "FREQ=DAILY;UNTIL=20260315 @ 2026-03-09 09:00-12:00",
    ),
    apart=(
        "every Tuesday Mia has piano at 4 until June 9",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260609 @ 2026-03-10 16:00",
    ),
    list_until=(
        "soccer mon & wed 4:30-5:30pm until 20 may",
        "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260520 @ 2026-03-04 16:30-17:30",
    ),
    one_day_until=(
        "wed 4:30-5:30pm until 20 may",
        "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260520 @ 2026-03-04 16:30-17:30",
    ),
    workweek_until=(
        "Mon-Fri 8am-3pm until June 12",
        f"FREQ=WEEKLY;{WORKDAYS};UNTIL=20260612 @ 2026-03-05 08:00-15:00",
    ),
    until_easter=(
        "choir Tuesdays until Easter",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260405 @ 2026-03-10",
    ),
)
def test_from_when_to_when(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    one_date=(
        "choir Wednesdays 6pm except April 8",
        "FREQ=WEEKLY;BYDAY=WE without 04-08 @ 2026-03-04 18:00",
    ),
    two_dates=(
        "Mondays 4pm except April 6 and May 25",
        "FREQ=WEEKLY;BYDAY=MO without 04-06, 05-25 @ 2026-03-09 16:00",
    ),
    month_once=(
        "Mondays 4pm except April 6th and 13th",
        "FREQ=WEEKLY;BYDAY=MO without 04-06, 04-13 @ 2026-03-09 16:00",
    ),
    but_not=("Tuesdays but not April 7", "FREQ=WEEKLY;BYDAY=TU without 04-07 @ 2026-03-10"),
    holiday=(
        "every Sunday excluding Easter at 10am",
        "FREQ=WEEKLY;BYDAY=SU without 04-05 @ 2026-03-08 10:00",
    ),
    weekday=(
        "every day except Sunday",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA @ 2026-03-04",
    ),
    named_then_until=(
        "swim Tuesdays except school holidays until June 9",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260609 without school holidays @ 2026-03-10",
    ),
    named=(
        "swim Tuesdays 4pm except school holidays",
        "FREQ=WEEKLY;BYDAY=TU without school holidays @ 2026-03-10 16:00",
    ),
    but_weekends=("every day except weekends", f"FREQ=WEEKLY;{WORKDAYS} @ 2026-03-04"),
    but_friday=("every weekday except Friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH @ 2026-03-04"),
    school_named_after_easter=(
        "every Wednesday but not during easter holidays",
        "FREQ=WEEKLY;BYDAY=WE without easter holidays @ 2026-03-04",
    ),
)
def test_exceptions(text: str, expected: str) -> None:
    assert all_told(text) == expected


def test_exceptions_are_dates_the_family_can_check() -> None:
    (found,) = find_times("choir Wednesdays 6pm except April 8", NOW)
    assert found.repeat is not None
    assert found.repeat.except_dates == (date(2026, 4, 8),)
    assert found.repeat.except_named == ()


@pytest.mark.parametrize(
    "text", ["7 times a day", "3 times a week", "at all times", "many mondane"]
)
def test_what_no_rule_can_say_gives_no_rule(text: str) -> None:
    assert all(found.repeat is None for found in find_times(text, NOW))


@table(
    seconds=("every second", "impossible: every second"),
    minutes=("every minute", "impossible: every minute"),
    many_minutes=("every 30 minutes", "impossible: every 30 minutes"),
    days_unsaid=("swim twice a week at 5", "impossible: day in “twice a week”"),
    days_unsaid_counted=("3 times a week", "impossible: day in “three times a week”"),
    figure_of_speech=("loved every second of it, every minute counts", "-"),
)
def test_what_no_calendar_holds(text: str, expected: str) -> None:
    assert all_told(text) == expected
