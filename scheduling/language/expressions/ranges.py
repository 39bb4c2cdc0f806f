"""Ranges that share their words: 3-5pm, from 3 to 5, noon-12:30, March 3rd to 5th, 13-15 July."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.expressions.clock_parts import bare_hour
from scheduling.language.expressions.clock_times import about, clock
from scheduling.language.expressions.moves import moved_from
from scheduling.language.expressions.numbers import cardinal, ordinal
from scheduling.language.expressions.parts import Clock, ClockSpan, Fields, FieldsSpan
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import JOINERS
from scheduling.language.expressions.written_dates import written_date

OPENERS = words("from between btw btwn betw bw between: frm")
_TO = JOINERS | {"and", "&", "before", "~"}
_COUNTS = words(
    "ages age aged grade grades pages page score scored won lost lose win rooms room of lines "
    "chapter chapters level beat $ € £ #"
)


def clock_span(tokens: Tokens, i: int) -> Match[ClockSpan] | None:
    """Two times of day with a joiner between; naked numbers need an opener or a neighbour."""
    if tokens.word(i - 1) in _COUNTS or moved_from(tokens, i):
        return None
    first = _time(tokens, about(tokens, i))
    if first is None:
        return None
    joined = _joiner(tokens, first[1], opened=tokens.word(i - 1) in OPENERS)
    if joined is None:
        return None
    second = _time(tokens, about(tokens, joined))
    if second is None:
        return None
    start, end = _shared_half(first[0], second[0])
    if (
        start.bare
        and end.bare
        and tokens.word(second[1]) in ("-", "/", "%")
        and tokens.glued(second[1])
    ):
        return None
    return ClockSpan(start, end), second[1]


def _time(tokens: Tokens, i: int) -> Match[Clock] | None:
    found = clock(tokens, i) or bare_hour(tokens, i)
    if found is None or not isinstance(found[0], Clock):
        return None
    return found[0], found[1]


def _joiner(tokens: Tokens, j: int, *, opened: bool) -> int | None:
    word = tokens.word(j)
    if word == "but":
        j, word = j + 1, tokens.word(j + 1)
    if word not in _TO or ((word == "and" or word == "&") and not opened):
        return None
    if word == "before" and not opened and tokens.word(j - 1) != "but":
        return None
    if word == "-" and tokens.word(j + 1) in ("-", ">"):
        return j + 2
    return j + 2 if tokens.word(j + 1) in ("at", "about") else j + 1


def _shared_half(start: Clock, end: Clock) -> tuple[Clock, Clock]:
    """ "3-5pm" and "11-1pm": the first takes the half that puts it before the end."""
    if end.half is None or start.sure or start.half is not None:
        return start, end
    for hour in (start.hour % 12 + 12, start.hour % 12):
        if end.half == "am" and hour >= 12:
            continue
        if (hour, start.minute) < (end.hour, end.minute):
            return replace(start, hour=hour, sure=True, bare=False), end
    return replace(start, hour=start.hour % 12 + 12, sure=True, bare=False), end


def date_span(tokens: Tokens, i: int) -> Match[FieldsSpan] | None:
    """ "July 13-15", "March 3rd to 5th", "13-15 July", "the 3rd to the 5th"."""
    if moved_from(tokens, i):
        return None
    return _month_leads(tokens, i) or _month_follows(tokens, i)


def _month_leads(tokens: Tokens, i: int) -> Match[FieldsSpan] | None:
    first = written_date(tokens, i)
    if first is None or first[0].day is None or first[0].month is None:
        return None
    j = first[1]
    if tokens.word(j) not in JOINERS | {"and", "&"}:
        return None
    k = j + 2 if tokens.word(j + 1) == "the" else j + 1
    day = ordinal(tokens, k) or cardinal(tokens, k)
    if day is None or not first[0].day < day[0] <= 31 or clock(tokens, k) is not None:
        return None
    if tokens.word(day[1]) in ("/", ":", ".") and tokens.at(day[1] + 1).kind == "number":
        return None
    if written_date(tokens, k) and (written_date(tokens, k) or first)[0].month is not None:
        return None
    if tokens.word(j) in ("and", "&") and tokens.word(i - 1) not in OPENERS:
        return None
    end = Fields(month=first[0].month, day=day[0], year=first[0].year)
    return _with_year(tokens, FieldsSpan(first[0], end), day[1])


def _with_year(tokens: Tokens, span: FieldsSpan, j: int) -> Match[FieldsSpan]:
    """ "July 13-15, 2027"."""
    k = j + 1 if tokens.word(j) in (",", "of", "in") else j
    year = tokens.at(k).number
    if span.end.year is None and year is not None and 1900 <= year <= 2200:
        return FieldsSpan(replace(span.start, year=year), replace(span.end, year=year)), k + 1
    return span, j


def _month_follows(tokens: Tokens, i: int) -> Match[FieldsSpan] | None:
    j = i + 1 if tokens.word(i) == "the" else i
    day = ordinal(tokens, j) or cardinal(tokens, j)
    if day is None or not 1 <= day[0] <= 31 or tokens.word(day[1]) not in JOINERS | {"and", "&"}:
        return None
    if tokens.word(day[1]) in ("and", "&") and tokens.word(i - 1) not in OPENERS:
        return None
    last = written_date(tokens, day[1] + 1)
    if last is None or last[0].day is None or last[0].month is None or last[0].day <= day[0]:
        return None
    if tokens.at(day[1] + 1).kind == "word" and tokens.word(day[1] + 1) != "the":
        return None
    return FieldsSpan(replace(last[0], day=day[0], weekday=None), last[0]), last[1]
