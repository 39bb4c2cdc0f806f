"""One day, week, month or other stretch of days, however it was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from scheduling.language.expressions import calendar
from scheduling.language.expressions.numbers import cardinal, ordinal
from scheduling.language.expressions.offsets import offset
from scheduling.language.expressions.parts import Clock, Days, Fields, Moment, Nowhere, Stretch
from scheduling.language.expressions.relative_days import relative_days
from scheduling.language.expressions.resolve import resolve
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import JOINERS, month, weekday
from scheduling.language.expressions.written_dates import written_date


def day_like(tokens: Tokens, i: int, now: datetime) -> Match[Fields | Days | Moment | Clock] | None:
    """The longest expression of a day at `i`."""
    found = [
        offset(tokens, i, now),
        _nth(tokens, i, now.date()),
        _in_months(tokens, i, now.date()),
        _day_of(tokens, i, now.date()),
        _days_of(tokens, i, now.date()),
        relative_days(tokens, i, now.date()),
        written_date(tokens, i),
    ]
    return max((f for f in found if f), key=lambda f: f[1], default=None)


def _nth(tokens: Tokens, i: int, today: date) -> Match[Days] | None:
    """ "first Monday of October", "last weekend of May", "third Tuesday after Christmas"."""
    j = i + 1 if tokens.word(i) == "the" else i
    place = _place(tokens, j)
    if place is None:
        return None
    nth, k = place
    run = _run_of(tokens, k, today, last=nth == -1) if nth in (1, -1) else None
    if run is not None:
        return run
    what, after = _counted_thing(tokens, k)
    if what is None or not -2 <= nth <= 53 or nth == 0:
        return None
    relation = tokens.word(after)
    if relation in ("after", "following") and isinstance(what, int) and nth > 0:
        return _nth_after(tokens, after + 1, today, what, nth)
    if relation not in ("of", "in"):
        return None
    whole = _container(tokens, tokens.skip(after + 1, frozenset({"the"})), today)
    if whole is None:
        return None
    found = _nth_of(whole[0], what, nth)
    return None if found is None else (found, whole[1])


def _place(tokens: Tokens, j: int) -> Match[int] | None:
    """ "third", "last", "second to last", "penultimate"."""
    if tokens.word(j) == "last":
        return -1, j + 1
    if tokens.word(j) == "penultimate":
        return -2, j + 1
    k = tokens.skip(j + 1, frozenset({"-", "to"}))
    if tokens.word(j) in ("second", "next") and tokens.word(k) == "last":
        return -2, k + 1
    return ordinal(tokens, j)


def _in_months(tokens: Tokens, i: int, today: date) -> Match[Days] | None:
    """ "this month's last Friday", "next month's first weekend"."""
    shift = {"this": 0, "next": 1}.get(tokens.word(i))
    place = _place(tokens, i + 2) if tokens.word(i + 1) in ("month's", "months") else None
    if shift is None or place is None:
        return None
    what, after = _counted_thing(tokens, place[1])
    found = None if what is None else _nth_of(calendar.month_of(today, shift), what, place[0])
    return None if found is None else (found, after)


def _run_of(tokens: Tokens, k: int, today: date, *, last: bool) -> Match[Days] | None:
    """ "first 2 weeks of July", "last three days of the month"."""
    count = cardinal(tokens, k)
    unit = tokens.word(count[1]) if count else ""
    if (
        count is None
        or unit not in ("days", "weeks")
        or tokens.word(count[1] + 1) not in ("of", "in")
    ):
        return None
    whole = _container(tokens, tokens.skip(count[1] + 2, frozenset({"the"})), today)
    edge = _nth_of(whole[0], unit[:-1], -1 if last else 1) if whole else None
    if whole is None or not isinstance(edge, Stretch) or not 1 < count[0] <= 60:
        return None
    more = edge.days * (count[0] - 1)
    if last:
        return Stretch(edge.first - timedelta(days=more), edge.until, "days"), whole[1]
    return Stretch(edge.first, edge.until + timedelta(days=more), "days"), whole[1]


def _day_of(tokens: Tokens, i: int, today: date) -> Match[Days] | None:
    """ "20 of next month", "the 15th of this month"."""
    j = i + 1 if tokens.word(i) == "the" else i
    place = ordinal(tokens, j) or cardinal(tokens, j)
    if place is None or tokens.word(place[1]) != "of":
        return None
    if tokens.says(place[1] + 1, "the", "month") and 1 <= place[0] <= 28:
        month = calendar.month_of(today, int(place[0] < today.day))
        return Stretch.day(month.first + timedelta(days=place[0] - 1)), place[1] + 3
    relative = tokens.word(place[1] + 1) in ("this", "next", "last", "the", "following", "coming")
    whole = _container(tokens, place[1] + 1, today) if relative else None
    if whole is None or whole[0].grain != "month" or not 1 <= place[0] <= 31:
        return None
    day = whole[0].first + timedelta(days=place[0] - 1)
    return (Stretch.day(day), whole[1]) if day < whole[0].until else None


def _days_of(tokens: Tokens, i: int, today: date) -> Match[Days] | None:
    """ "4 to 22 of this month", "from the 4th to the 22nd next month"."""
    first = _day_number(tokens, i)
    if first is None or tokens.word(first[1]) not in JOINERS | {"and"}:
        return None
    last = _day_number(tokens, first[1] + 1)
    if last is None or not 1 <= first[0] < last[0] <= 31:
        return None
    k = tokens.skip(last[1], frozenset({"of", "in"}))
    relative = tokens.word(k) in ("this", "next") and tokens.word(k + 1) == "month"
    month = calendar.month_of(today, int(tokens.word(k) == "next"))
    if not relative or last[0] > month.days:
        return None
    start = month.first + timedelta(days=first[0] - 1)
    return Stretch(start, month.first + timedelta(days=last[0]), "days"), k + 2


def _day_number(tokens: Tokens, i: int) -> Match[int] | None:
    j = i + 1 if tokens.word(i) == "the" else i
    return ordinal(tokens, j) or cardinal(tokens, j)


def _counted_thing(tokens: Tokens, k: int) -> tuple[int | str | None, int]:
    """A weekday's number, "weekend", "week" or "day"."""
    if tokens.at(k).kind == "word" and (day := weekday(tokens.word(k))) is not None:
        return day, k + 1
    if tokens.word(k) in ("weekend", "week", "day"):
        return tokens.word(k), k + 1
    return None, k


def _container(tokens: Tokens, k: int, today: date) -> Match[Stretch] | None:
    """The month, year or week that something is the nth of."""
    if tokens.word(k) in ("month", "year", "week"):
        of = {"month": calendar.month_of, "year": calendar.year_of, "week": calendar.week_of}
        return of[tokens.word(k)](today), k + 1
    year = tokens.at(k).number
    if year is not None and calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        return calendar.year_of(date(year, 1, 1)), k + 1
    found = relative_days(tokens, k, today) or written_date(tokens, k) or _month(tokens, k)
    if found is None:
        return None
    resolved = resolve(found[0], today) if isinstance(found[0], Fields) else found[0]
    return (resolved, found[1]) if isinstance(resolved, Stretch) and resolved.days > 1 else None


def _month(tokens: Tokens, k: int) -> Match[Fields] | None:
    found = month(tokens.word(k)) if tokens.at(k).kind == "word" else None
    return None if found is None else (Fields(month=found), k + 1)


def _nth_of(whole: Stretch, what: int | str, nth: int) -> Days | None:
    if isinstance(what, int):
        day = calendar.nth_weekday(whole.first, whole.until, what, nth)
        return None if day is None else Stretch.day(day, past=whole.past)
    if what == "day":
        day = whole.until - timedelta(days=1) if nth < 0 else whole.first + timedelta(days=nth - 1)
        return Stretch.day(day) if whole.first <= day < whole.until else None
    if what == "weekend":
        saturday = calendar.nth_weekday(whole.first, whole.until, 5, nth)
        return None if saturday is None else calendar.weekend_of(saturday)
    thursday = calendar.nth_weekday(whole.first, whole.until, 3, nth)
    return None if thursday is None else calendar.week_of(thursday)


def _nth_after(tokens: Tokens, k: int, today: date, day: int, nth: int) -> Match[Days] | None:
    found = relative_days(tokens, k, today) or written_date(tokens, k)
    if found is None:
        return None
    resolved = resolve(found[0], today) if isinstance(found[0], Fields) else found[0]
    if isinstance(resolved, Nowhere):
        return None
    first = calendar.on_or_after(resolved.until, day)
    return Stretch.day(first + timedelta(weeks=nth - 1)), found[1]
