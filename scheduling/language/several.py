"""Several things in one sentence: times of one title, people and days said once for all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from scheduling.language.clause import Clause, P, T
from scheduling.language.readings import Cancel, Create, Intent, Move, Query
from scheduling.language.timing import is_bare_clock, on_day_of, separate
from scheduling.language.when import LocalMoment, When
from scheduling.speech import N_

_RETURNS = re.compile(
    rf"\b(?:back|returns?|returning|home|comes? back)(?: home)?\s*(?:on |by |at )?\s*(?P<time>{T})",
    re.I,
)
_LISTED = re.compile(
    rf"{T}(?:\s*(?:,|and|&|\+|,\s*and|and also|as well as)\s*(?:on )?(?:the )?{T})+", re.I
)
_EACH_FOR = (
    re.compile(rf"(?P<time>{T})[\s,]*(?:for )?(?P<who>{P})[\s,]*(?:and )?"),
    re.compile(rf"(?P<who>{P})[\s:]*(?:is |has |on |at )*(?P<time>{T})"),
)
""" "dentist at 3 for Mia and at 4 for Leo", "dentist Mia Thursday, Leo Friday"."""


def carried(piece: str, before: Intent | None) -> str:
    """ "cancel the dentist and *the vet*": the order is said once for both."""
    if isinstance(before, Cancel):
        return f"cancel {piece}"
    if isinstance(before, Move) and re.search(r"\S\s+to\s+\S", piece):
        return f"move {piece}"
    return piece


def each_time(item: Intent, clause: Clause) -> list[Intent]:
    """ "ballet Monday and Wednesday at 4" is two bookings of one title; "flies Monday 6am,
    back Wednesday" is one, with its end."""
    if isinstance(item, Cancel | Query):
        return _each_day(item, clause)
    if not isinstance(item, Create) or item.when is None or item.reminders:
        return [item]
    home = _RETURNS.search(clause.marked)
    ends = _until(item.when, clause.when(home["time"])) if home else None
    if ends is not None and home is not None:
        title = re.sub(
            r"[\s,]*\b(?:and )?(?:comes? )?(?:back|returns?|returning)\s*$", "", item.title
        )
        return [replace(item, when=ends, title=title)]
    if item.when.repeat and item.when.repeat.hours:
        return [replace(item, when=when) for when in _through_the_day(item.when, clause.now)]
    if item.when.repeat:
        return [item, *(replace(item, when=when) for when in _more_hours(item.when, clause))]
    times = separate(clause.times())
    for each in _EACH_FOR:
        whose = [clause.who(match["who"]) for match in each.finditer(clause.marked)]
        if len(times) > 1 and len(whose) == len(times):
            return [replace(item, when=t, who=w) for t, w in zip(times, whose, strict=True)]
    return [item, *(replace(item, when=when) for when in times[1:])]


_HOURS = N_("the times of day")


def _more_hours(when: When, clause: Clause) -> list[When]:
    """ "vitamins every day at 8am and 8pm": a series for each hour."""
    if when.start is None or not _LISTED.search(clause.marked):
        return []
    more = [time for time in clause.times()[1:] if is_bare_clock(time) and not time.end]
    first = _moment(when.start)
    return [
        replace(
            when,
            start=first.replace(hour=t.time.hour, minute=t.time.minute),
            time=t.time,
            assumed=t.assumed,
        )
        for t in more
        if t.time is not None and t.time != when.time
    ]


def _through_the_day(when: When, now: datetime) -> list[When]:
    """ "3 times a day" as a series for each hour, said as assumed."""
    found: list[When] = []
    assert when.repeat is not None
    assert when.start is not None
    for at in when.repeat.hours:
        first = datetime.combine(_moment(when.start).date(), at)
        first += timedelta(days=int(first < now))
        repeat = replace(when.repeat, hours=())
        found.append(replace(when, start=first, time=at, repeat=repeat, assumed=(_HOURS,)))
    return found


def _each_day(item: Cancel | Query, clause: Clause) -> list[Intent]:
    """ "skip piano on January 5 and 12" takes out two; a question for two days is two."""
    days = separate(clause.times())
    if len(days) < 2 or not _LISTED.search(clause.marked):
        return [item]
    if isinstance(item, Cancel):
        return [replace(item, target=replace(item.target, when=day)) for day in days]
    return [replace(item, when=day) for day in days] if item.q == "agenda" else [item]


def _until(start: When, back: When | None) -> When | None:
    """From the departure to the return, a weekday counting from the departure."""
    if back is None or back.start is None or start.start is None or back.start == start.start:
        return None
    first, last = _moment(start.start), _moment(back.start)
    while last <= first and not is_bare_clock(back):
        last += timedelta(days=7)
    both = isinstance(start.start, datetime) and isinstance(back.start, datetime)
    if last <= first or last - first > timedelta(days=60):
        return None
    return replace(
        start,
        start=first if both else first.date(),
        end=last if both else last.date(),
        measured=False,
    )


def _moment(value: LocalMoment) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())


def sharing(items: list[Intent]) -> list[Intent]:
    """ "Piano tomorrow at 4 and dentist friday at 2 for Leo": the people said once are meant
    for each booking of the sentence, and a day said once for a bare hour after it."""
    bookings = [item for item in items if isinstance(item, Create)]
    said = [item.who for item in bookings if item.who.said]
    shared = said[0] if len(said) == 1 and len(bookings) > 1 else None
    result: list[Intent] = []
    for item in items:
        if isinstance(item, Create):
            if shared and not item.who.said:
                item = replace(item, who=shared)
            item = _same_day(item, result)
        elif isinstance(item, Cancel) and result:
            item = _same_title(item, result[-1])
        result.append(item)
    return result


def _same_title(item: Cancel, before: Intent) -> Cancel:
    """ "cancel piano Monday, Wednesday and Friday": the title is said once for all days."""
    day, nameless = item.target.when, not item.target.words and not item.target.who.said
    if not isinstance(before, Cancel) or day is None or not nameless or item.target.it:
        return item
    return replace(item, target=replace(before.target, when=day))


def _same_day(item: Create, earlier: list[Intent]) -> Create:
    """A bare hour after a booking, or after a cancelled day ("cancel yoga tomorrow and book
    a massage at 4 instead"), is on that day."""
    before = _day_of(earlier[-1]) if earlier else None
    if before is None or item.when is None or not is_bare_clock(item.when):
        return item
    return replace(item, when=on_day_of(item.when, before))


def _day_of(item: Intent) -> When | None:
    if isinstance(item, Create):
        return item.when
    return item.target.when if isinstance(item, Cancel) else None
