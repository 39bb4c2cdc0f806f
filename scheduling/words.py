"""The smallest words: lists and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduling.speech import N_, short, tr, trn

WEEKDAY_WORDS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday")),
    *(N_("Saturday"), N_("Sunday")),
)
MONTH_WORDS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)


def and_list(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return tr("{things} and {last}", things=", ".join(items[:-1]), last=items[-1])


def events_counted(number: int) -> str:
    """ "1 event", "3 events", "no events"."""
    return trn("{number} event", "{number} events", number) if number else tr("no events")


def day(d: date, today: date | None = None) -> str:
    """ "Sat 7 Mar", with the year where it is not that of `today`: "Sat 2 Jan 2027"."""
    weekday, month = short(WEEKDAY_WORDS[d.weekday()][:3]), short(MONTH_WORDS[d.month - 1][:3])
    words = tr("{weekday} {day} {month}", weekday=weekday, day=d.day, month=month)
    return words if today is None or today.year == d.year else f"{words} {d.year}"


def ordinal(number: int) -> str:
    """ "1st", "22nd", "13th"; "13." where the family's language writes them so."""
    plain = tr("{number}th", number=number)
    if plain != f"{number}th":
        return plain
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
