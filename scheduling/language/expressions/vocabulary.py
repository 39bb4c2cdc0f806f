"""The words of time: weekdays, months, numbers, units, dayparts, and what joins them."""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from typing import Literal

from scheduling.language.expressions.spelling import nearest, words

Unit = Literal["second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year"]

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_WEEKDAY_SPELLINGS = (
    "monday mon",
    "tuesday tue tues tu",
    "wednesday wed weds wednes",
    "thursday thu thur thurs th",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
_MONTH_SPELLINGS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_UNIT_SPELLINGS: dict[Unit, str] = {
    "second": "second seconds sec secs s",
    "minute": "minute minutes min mins m minuets",
    "hour": "hour hours hr hrs h",
    "day": "day days d nights",
    "week": "week weeks wk wks w",
    "fortnight": "fortnight fortnights",
    "month": "month months mo mos mth mths",
    "quarter": "quarter quarters qtr qtrs",
    "year": "year years yr yrs y",
}


def _table(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {word: i for i, row in enumerate(rows, first) for word in row.split()}


WEEKDAYS = _table(_WEEKDAY_SPELLINGS, 0)
MONTHS = _table(_MONTH_SPELLINGS, 1)
CARDINALS = {w: n for n, w in enumerate(_NUMBER_WORDS.split())} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
ORDINALS = {w: n for n, w in enumerate(_ORDINAL_WORDS.split(), 1)} | {"thirtieth": 30}
UNITS: dict[str, Unit] = {w: unit for unit, row in _UNIT_SPELLINGS.items() for w in row.split()}

SHORT_UNITS = words("s m h d w y")
"""Unit letters: read only when they touch their number ("2h"), never alone."""

DAYPARTS: dict[str, tuple[time, time]] = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), time(22)),
    "night": (time(18), time(0)),
    "lunchtime": (time(12), time(14)),
    "dinnertime": (time(18), time(20)),
    "bedtime": (time(19), time(21)),
    "breakfasttime": (time(7), time(9)),
    "before school": (time(7), time(9)),
    "after lunch": (time(13), time(15)),
    "after school": (time(15), time(18)),
    "after work": (time(17), time(20)),
    "after dinner": (time(19), time(22)),
}
"""[from, to) of each part of the day; midnight as an end is the next day's."""

DAYPART_WORDS = {
    "morning": "morning", "mornings": "morning", "morn": "morning", "morningish": "morning",
    "afternoon": "afternoon", "afternoons": "afternoon", "arvo": "afternoon",
    "afternoonish": "afternoon", "aft": "afternoon",
    "evening": "evening", "evenings": "evening", "eve": "evening", "evenin": "evening",
    "night": "night", "nights": "night", "nite": "night", "nites": "night",
    "lunchtime": "lunchtime", "dinnertime": "dinnertime", "suppertime": "dinnertime",
    "bedtime": "bedtime",
}  # fmt: skip

TODAY = frozenset({"today", "tod", "todays"})
TONIGHT = frozenset({"tonight", "tonite", "2nite", "tonght", "tonigt", "tonights"})
TOMORROW = words(
    "tomorrow tmrw tmr tmw tmrrw tmmrw tomo tomoz tom tomorow tommorow tommorrow tomorrows "
    "tomorro tomorrw tommorw tomrrow tomrow tomarrow"
)
YESTERDAY = frozenset({"yesterday", "yday", "yest", "yesturday"})

JOINERS = words("to - – — → till til until through thru thru'")
ABOUT = words("about around approximately approx roughly circa ca ~ like maybe")

_NOT_WEEKDAYS = words(
    "someday noonday payday holiday birthday midday workday weekday heyday mayday sundry "
    "mundane sundae today everyday gameday raceday schoolday fairday"
)
_DAY_ENDS = ("day", "dya", "ady")
_LETTERS_OF_DAY = {"d", "y"}
_LONG_WEEKDAYS = tuple(row.split()[0] for row in _WEEKDAY_SPELLINGS)
_LONG_MONTHS = tuple(
    row.split()[0] for row in _MONTH_SPELLINGS if row.split()[0] not in ("march", "may", "june")
)


NUMBER_WORDS = (
    CARDINALS.keys() | ORDINALS.keys()
    | words("half quarter few couple several dozen three ½")
)  # fmt: skip
"""Words a number may begin with."""
TIME_WORDS = ABOUT | TODAY | TONIGHT | TOMORROW | YESTERDAY | words(
    "noon midday noonish noontime midnight midnite end eod cob eom eow eoy day week weekend all "
    "whole entire lunch dinner breakfast before teh month spring summer autumn fall winter"
)  # fmt: skip
"""Other words an hour, a day or a length may begin with."""


@lru_cache(maxsize=4096)
def is_day_word(word: str) -> bool:
    """True for the name of a weekday or month, in any form."""
    return weekday(word) is not None or weekdays_plural(word) is not None or month(word) is not None


@lru_cache(maxsize=4096)
def weekday(word: str) -> int | None:
    """Monday 0 … Sunday 6 for a weekday's name, a short form of it or a slip of the pen."""
    word = word.removesuffix("'s")
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    if word in _NOT_WEEKDAYS or not set(word) >= _LETTERS_OF_DAY:
        return None
    found = nearest(word, _LONG_WEEKDAYS, most=2 if word.endswith(_DAY_ENDS) else 1)
    return None if found is None else WEEKDAYS[found]


@lru_cache(maxsize=4096)
def weekdays_plural(word: str) -> int | None:
    """The weekday of "mondays", "tues" excepted, which is Tuesday."""
    if word in WEEKDAYS or len(word) < 4 or not word.endswith("s") or word.endswith("'s"):
        return None
    return weekday(word[:-1])


@lru_cache(maxsize=4096)
def month(word: str) -> int | None:
    """1 … 12 for a month's name, a short form of it or a slip of the pen."""
    word = word.removesuffix("'s")
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < 5 or not word.isascii():
        return None
    found = nearest(word, _LONG_MONTHS, most=1)
    return None if found is None else MONTHS[found]
