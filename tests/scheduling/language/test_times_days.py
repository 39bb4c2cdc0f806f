"""Days: by name, by date, from today, from another day."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.scheduling.language.told import all_told, table


@table(
    weekday_ahead=("Friday", "2026-03-06"),
    weekday_is_today=("no school Wednesday", "2026-03-04"),
    weekday_short_with_dot=("see the vet on Thur.", "2026-03-05"),
    weekday_possessive=("cancel Saturday's game", "2026-03-07"),
    this_weekday=("this Thursday", "2026-03-05"),
    coming_weekday=("the coming Sunday", "2026-03-08"),
    this_coming_weekday=("this coming Monday", "2026-03-09"),
    next_weekday_already_past=("next Tuesday", "2026-03-10"),
    next_weekday_still_ahead=("next Saturday", "2026-03-14 or 2026-03-07"),
    last_weekday=("last Monday", "2026-03-02 past"),
    weekday_of_next_week=("Tuesday of next week", "2026-03-10"),
    next_week_on_weekday=("next week on Friday", "2026-03-13"),
    weekday_comma_next_week=("Thursday, next week", "2026-03-12"),
    weekday_week=("Sunday week", "2026-03-15"),
    a_week_on_weekday=("a week on Saturday", "2026-03-14"),
    weekday_after_next=("Monday after next", "2026-03-16"),
    saturdays_from_now=("three Saturdays from now", "2026-03-21"),
)
def test_weekdays(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    letters_swapped=("swim on tuseday", "2026-03-10"),
    letter_missing=("thurday", "2026-03-05"),
    letter_wrong=("saterday", "2026-03-07"),
    two_slips=("wendsday", "2026-03-04"),
    letter_double=("frriday", "2026-03-06"),
    month_letter_missing=("febuary 20", "2027-02-20"),
    month_letters_swapped=("apirl 3", "2026-04-03"),
    month_long=("septmber 9th", "2026-09-09"),
    tomorrow_short=("tmrw", "2026-03-05"),
    tomorrow_text=("2moro", "2026-03-05"),
    tomorrow_double_m=("tommorow", "2026-03-05"),
    not_a_slip=("someday we go to the birthday of a payday lender", "-"),
)
def test_slips_of_the_pen(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    day_month=("9 April", "2026-04-09"),
    month_day=("April 9", "2026-04-09"),
    month_ordinal=("apr 9th", "2026-04-09"),
    ordinal_of_month=("the 9th of April", "2026-04-09"),
    ordinal_words=("the twenty first of June", "2026-06-21"),
    day_of_in_words=("the fifth day of May", "2026-05-05"),
    month_short_dot=("Sept. 5", "2026-09-05"),
    glued=("14feb", "2027-02-14"),
    with_year=("March 9, 2027", "2027-03-09"),
    year_in=("9 March in 2028", "2028-03-09"),
    passed_means_next_year=("January 8", "2027-01-08"),
    weekday_agrees=("Tuesday, March 10", "2026-03-10"),
    weekday_picks_the_year=("Saturday July 3", "2027-07-03"),
    weekday_disagrees=("Monday, March 10", "2026-03-10"),
    weekday_and_ordinal=("Wed 11th", "2026-03-11"),
    weekday_the_ordinal=("Friday the 13th", "2026-03-13"),
    weekday_picks_the_month=("Tuesday the 14th", "2026-04-14"),
    ordinal_alone=("swim meet moved to the 15th", "2026-03-15"),
    ordinal_passed=("the 2nd", "2026-04-02"),
    thirty_first=("rent on the 31st", "2026-03-31"),
    number_after_the=("back by the 20", "2026-03-20"),
    number_after_on=("we fly on 21", "2026-03-21"),
    slash=("3/7", "2026-03-07"),
    slash_day_first_if_it_must=("26/5", "2026-05-26"),
    slash_year=("12/24/2026", "2026-12-24"),
    slash_short_year=("6/1/27", "2027-06-01"),
    iso=("2026-11-02", "2026-11-02"),
    iso_slashes=("2026/5/9", "2026-05-09"),
    dotted_is_day_first=("7.3.2026", "2026-03-07"),
    dashes_with_name=("10-Apr-2026", "2026-04-10"),
    month_year_digits=("10/2026", "2026-10-01..2026-11-01"),
    month_and_year=("May 2027", "2027-05-01..2027-06-01"),
    month_alone=("busy in October", "2026-10-01..2026-11-01"),
    leap_day=("Feb 29", "2028-02-29"),
    apostrophe_year=("10 Aug '27", "2027-08-10"),
    in_brackets=("May 22 (Fri)", "2026-05-22"),
    comma=("back April, 22", "2026-04-22"),
    dashed=("back on 4-22", "2026-04-22"),
)
def test_written_dates(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    today=("today", "2026-03-04"),
    day_after_tomorrow=("the day after tomorrow", "2026-03-06"),
    yesterday=("yesterday", "2026-03-03 past"),
    last_night=("last night", "2026-03-03 past"),
    week_after_next=("the week after next", "2026-03-16..2026-03-23"),
    rest_of_day=("rest of the day", "2026-03-04"),
    the_weekend=("what happens over the weekend?", "2026-03-07..2026-03-09"),
    all_week=("away all week", "2026-03-02..2026-03-09"),
    month_of_next_year=("May of next year", "2027-05-01..2027-06-01"),
    this_weekend=("this weekend", "2026-03-07..2026-03-09"),
    next_weekend=("next weekend", "2026-03-14..2026-03-16 or 2026-03-07..2026-03-09"),
    next_week=("next week", "2026-03-09..2026-03-16"),
    next_month=("next month", "2026-04-01..2026-05-01"),
    next_year=("next year", "2027-01-01..2028-01-01"),
    next_days=("the next 4 days", "2026-03-05..2026-03-09"),
    next_couple=("the next couple of weeks", "2026-03-05..2026-03-19"),
    rest_of_week=("rest of the week", "2026-03-04..2026-03-09"),
    end_of_month=("end of the month", "2026-03-21..2026-04-01"),
    end_of_next_week=("end of next week", "2026-03-13..2026-03-16"),
    start_of_month=("beginning of May", "2026-05-01..2026-05-11"),
    mid_month=("mid-June", "2026-06-11..2026-06-21"),
    week_of=("the week of April 15", "2026-04-13..2026-04-20"),
    this_summer=("this summer", "2026-06-21..2026-09-21"),
    twentieth_of_next_month=("the 20th of next month", "2026-04-20"),
    last_day_of=("last day of April", "2026-04-30"),
    nth_weekday=("second Saturday of May", "2026-05-09"),
    last_weekday=("the last Friday in June", "2026-06-26"),
    nth_weekday_year=("first Monday of September 2027", "2027-09-06"),
    nth_weekday_after=("second Sunday after Easter", "2026-04-19"),
    last_weekend=("last weekend of May", "2026-05-30..2026-06-01"),
)
def test_days_from_today(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    in_days=("in 3 days", "2026-03-07"),
    in_a_week=("in a week", "2026-03-11"),
    in_weeks_time=("in two weeks' time", "2026-03-18"),
    in_months=("in 2 months", "2026-05-04"),
    from_now=("3 weeks from now", "2026-03-25"),
    from_weekday=("a week from Friday", "2026-03-13"),
    from_tomorrow=("ten days from tomorrow", "2026-03-15"),
    after_date=("2 weeks after April 1", "2026-04-15"),
    before_holiday=("3 days before Christmas", "2026-12-22"),
    day_after_holiday=("the day after Thanksgiving", "2026-11-27"),
    weekday_before_holiday=("the Saturday before Easter", "2026-04-04"),
    fortnight=("a fortnight from today", "2026-03-18"),
    ago=("5 days ago", "2026-02-27 past"),
    hours=("in 2 hours", "2026-03-04 12:00"),
    half_hour=("in half an hour", "2026-03-04 10:30"),
    hour_and_a_half=("in an hour and a half", "2026-03-04 11:30"),
    decimals=("in 1.5 hours", "2026-03-04 11:30"),
    fraction=("in 3/4 hour", "2026-03-04 10:45"),
    couple_of_hours=("in a couple of hours", "2026-03-04 12:00"),
    minutes_untold=("back in 15", "2026-03-04 10:15"),
    running=("the next 3 hours", "2026-03-04 10:00-13:00"),
    now=("right now", "2026-03-04 10:00"),
    weekdays_ago=("two mondays ago", "2026-02-23 past"),
    hours_ago=("two hours ago", "2026-03-04 08:00 past"),
    weeks_on_a_day=("in 3 weeks on a Saturday", "2026-03-28"),
    fortnight_on=("a fortnight on Saturday", "2026-03-21"),
    week_today=("a week today", "2026-03-11"),
    tomorrow_week=("tomorrow week", "2026-03-12"),
)
def test_distances(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    christmas=("Christmas", "2026-12-25"),
    christmas_eve=("xmas eve", "2026-12-24"),
    new_year=("New Year's Day", "2027-01-01"),
    thanksgiving=("Thanksgiving", "2026-11-26"),
    black_friday=("black friday", "2026-11-27"),
    easter=("Easter Monday", "2026-04-06"),
    good_friday=("good friday", "2026-04-03"),
    memorial_day=("Memorial Day", "2026-05-25"),
    labor_day_weekend=("labor day weekend", "2026-09-05..2026-09-08"),
    mothers_day=("mother's day", "2026-05-10"),
    fathers_day=("Fathers Day", "2026-06-21"),
    fourth_of_july=("the 4th of July", "2026-07-04"),
    halloween=("halloween", "2026-10-31"),
    valentine=("valentines day", "2027-02-14"),
    mlk=("MLK day", "2027-01-18"),
    with_year=("easter 2027", "2027-03-28"),
    next_holiday=("next Christmas", "2026-12-25"),
)
def test_days_with_a_name(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    february=("31 February", "impossible: 31 February"),
    november=("Nov 31", "impossible: 31 November"),
    leap_year=("29 Feb 2027", "impossible: 29 February 2027"),
    yearly=("every February 30th", "impossible: 30 February"),
    hour=("at 25:00", "impossible: 25:00"),
    minute=("10:75", "impossible: 10:75"),
    digits=("meet 2/30", "impossible: 30 February"),
    long_month=("32 August", "impossible: 32 August"),
)
def test_what_does_not_exist(text: str, expected: str) -> None:
    assert all_told(text) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2026, 3, 2, 9), "2026-03-13 or 2026-03-06", id="monday"),
        pytest.param(datetime(2026, 3, 6, 9), "2026-03-13", id="on_the_day"),
        pytest.param(datetime(2026, 3, 7, 9), "2026-03-13", id="saturday"),
        pytest.param(datetime(2026, 3, 8, 9), "2026-03-13", id="sunday"),
    ],
)
def test_next_friday_is_doubtful_only_while_one_is_ahead(now: datetime, expected: str) -> None:
    assert all_told("next Friday", now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2026, 12, 30, 9), "2026-12-28..2027-01-04", id="over_new_year"),
        pytest.param(datetime(2027, 1, 3, 9), "2026-12-28..2027-01-04", id="sunday"),
        pytest.param(datetime(2027, 1, 4, 9), "2027-01-04..2027-01-11", id="monday"),
    ],
)
def test_weeks_start_on_monday(now: datetime, expected: str) -> None:
    assert all_told("this week", now) == expected
