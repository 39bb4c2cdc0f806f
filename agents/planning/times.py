"""From a time expression to a wall time, a length, and what had to be assumed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from agents.planning.answered import date_of, with_answer
from agents.planning.item import Item
from agents.planning.people import names_of
from agents.readiness import Ask, Say
from scheduling.language.chatter import names_event
from scheduling.language.tongues.english import englished
from scheduling.language.when import When
from scheduling.phrasing import clock, day, duration_words
from scheduling.proposals import Option
from scheduling.speech import tr

FAR = timedelta(days=5 * 366)
"""Nobody plans further ahead than this in a chat; a year 9999 is a slip."""

_WHOLE_DAYS = re.compile(
    r"\b(birthday|bday|anniversary|no school|school'?s? (?:out|closed)|holidays?|day off|trip|away|"
    r"vacation|travel\w*|camp|camping|visit\w*|break|conference|festival|out of town|inset day|"
    r"laundry|bins?|trash|recycling|due|deadline|sick|on (?:call|duty|leave)|work(?:ing)?|off|ill|"
    r"not (?:home|here|around))\b",
    re.IGNORECASE,
)
_DUE = re.compile(r"\b(?:due|deadline)\b", re.IGNORECASE)
_SOME_TIME = re.compile(r"\bsome ?(?:time|day)\b", re.IGNORECASE)
_SHOWN_ONLY = re.compile(
    r"\b(birthday|bday|anniversary|no school|school'?s? (?:out|closed)|holidays?|inset day|"
    r"laundry|bins?|trash|recycling|due|deadline)\b",
    re.IGNORECASE,
)
_USUAL = (
    (r"\bbreakfast\b", time(8)),
    (r"\bbrunch\b", time(11)),
    (r"\blunch\b", time(12, 30)),
    (r"\b(dinner|supper)\b", time(18, 30)),
)
_DAYPARTS = ((5, time(9)), (12, time(14)), (17, time(18)), (21, time(21)))


@dataclass(frozen=True, slots=True)
class Slot:
    """When an event is to be. transparent: a day that busies nobody, as a birthday. wall_end:
    of `duration`, as in an event. by_default: its length was not said."""

    start: datetime
    duration: timedelta
    all_day: bool = False
    wall_end: bool = False
    transparent: bool = False
    assumed: tuple[str, ...] = ()
    by_default: bool = False

    def lasting(self, length: timedelta) -> Slot:
        """The same with another length than the default one, which was the last thing assumed."""
        return replace(self, duration=length, assumed=self.assumed[:-1], by_default=False)


def settle(when: When | None, title: str, item: Item) -> Slot | Ask | Say:
    """The slot meant, or the one question that is left. Reads the item's answer, if any."""
    answer = item.answers.get("when")
    when = with_answer(when, answer, item.scene.local_now)
    if when is None or (when.start is None and when.impossible is None):
        return Ask("when", tr("When is {title}?", title=title), free=True)
    kind = englished(title, names_of(item.scene))
    return _question(when, title, kind, item) or _slot(when, title, kind, item, answer)


def _question(when: When, title: str, kind: str, item: Item) -> Ask | Say | None:
    now = item.scene.local_now
    if when.impossible and when.impossible.startswith("every "):
        return Say(tr("That repeats too often for a family calendar."))
    if when.impossible or when.start is None:
        return Ask(
            "when",
            tr("There is no {impossible}. Which day do you mean?", impossible=when.impossible),
            free=True,
        )
    if when.alternatives:
        return Ask(
            "when", tr("Which day is {title}?", title=title), _readings(when, item), free=True
        )
    if when.vague and _of_a_day(when, kind, item.text):
        return Ask("when", tr("That leaves the day open. When is {title}?", title=title), free=True)
    if date_of(when.start) > (now + FAR).date():
        return Say(
            tr(
                "{date_of} is too far ahead: I keep the next five years. Nothing was booked.",
                date_of=day(date_of(when.start), now.date()),
            )
        )
    if when.repeat is None and _is_over(when, now):
        over = day(date_of(when.start), now.date())
        clause = (
            f", {clock(when.start, item.scene.household.settings)}"
            if isinstance(when.start, datetime)
            else ""
        )
        return Ask(
            "when",
            tr(
                "{over}{clause} is already past. When is {title}?",
                over=over,
                clause=clause,
                title=title,
            ),
            free=True,
        )
    return None


def _of_a_day(when: When, kind: str, text: str) -> bool:
    """Whether an event "next week" is on one day of it, as a dentist is and a trip is not."""
    if _WHOLE_DAYS.search(kind):
        return False
    hour = isinstance(when.start, datetime) or when.window is not None
    return hour or names_event(kind.casefold().split()) or _SOME_TIME.search(text) is not None


def _is_over(when: When, now: datetime) -> bool:
    assert when.start is not None
    if when.window is not None:
        return when.window[1] <= now
    if isinstance(when.start, datetime):
        end = when.end if isinstance(when.end, datetime) else when.start
        return end < now
    last = when.end if when.end is not None else when.start + timedelta(days=1)
    return date_of(last) <= now.date()


def _readings(when: When, item: Item) -> tuple[Option, ...]:
    settings = item.scene.household.settings
    today = item.scene.local_now.date()
    shown = []
    for index, reading in enumerate((when, *when.alternatives)):
        if reading.start is None:
            continue
        label = day(date_of(reading.start), today)
        if isinstance(reading.start, datetime):
            label += f", {clock(reading.start, settings)}"
        shown.append(Option(label=label, answer={"choice": index}))
    return tuple(shown)


def _slot(when: When, title: str, kind: str, item: Item, answer: Any) -> Slot | Ask:
    settings = item.scene.household.settings
    assert when.start is not None
    if isinstance(when.start, datetime):
        unsaid = (_assumed_day(when.start, item),) if when.time and not when.repeat else ()
        return _timed(when, when.start, settings.default_duration, unsaid)
    if when.window is not None and when.end is None:
        return _in_daypart(when, item)
    chosen_all_day = isinstance(answer, dict) and bool(answer.get("all_day"))
    whole = when.end is not None or _WHOLE_DAYS.search(kind) or _says_all_day(item.text)
    daily = when.repeat is not None and not when.repeat.rrule.startswith("FREQ=HOURLY")
    if whole or chosen_all_day or (daily and when.time is None):
        return _whole_days(when, kind)
    return Ask(
        "when",
        tr(
            "What time is {title} on {day}?",
            title=title,
            day=day(date_of(when.start), item.scene.local_now.date()),
        ),
        _times_of_day(when.start, kind, item),
        free=True,
    )


def _assumed_day(start: datetime, item: Item) -> str:
    """The day of an hour that was said without one."""
    today = item.scene.local_now.date()
    near = {today: tr("today"), today + timedelta(days=1): tr("tomorrow")}
    return near.get(start.date(), day(start.date(), today))


def _says_all_day(text: str) -> bool:
    return re.search(r"\b(all|whole|entire)[ -]day\b", text, re.IGNORECASE) is not None


def _whole_days(when: When, kind: str) -> Slot:
    assert when.start is not None
    first = date_of(when.start)
    last = date_of(when.end) if when.end is not None else first + timedelta(days=1)
    if when.vague and _DUE.search(kind):
        first = last - timedelta(days=1)  # due "at the end of March" is due on its last day
    if when.end is None and when.duration is not None and when.duration >= timedelta(days=1):
        last = first + timedelta(days=when.duration.days)
    return Slot(
        datetime.combine(first, time()),
        max(last - first, timedelta(days=1)),
        all_day=True,
        transparent=_SHOWN_ONLY.search(kind) is not None,
    )


def _timed(when: When, start: datetime, default: int, assumed: tuple[str, ...]) -> Slot:
    said = tuple(tr(a) for a in when.assumed if a) + assumed
    if isinstance(when.end, datetime) and when.end > start:
        return Slot(start, when.end - start, wall_end=not when.measured, assumed=said)
    if when.duration is not None and when.duration > timedelta(0):
        return Slot(start, when.duration, assumed=said)
    length = timedelta(minutes=default)
    return Slot(start, length, assumed=(*said, duration_words(length)), by_default=True)


def _in_daypart(when: When, item: Item) -> Slot:
    """A time inside "tomorrow morning": the usual one for that part of the day, or the next
    full hour where that is already past."""
    assert when.window is not None
    begins, ends = when.window
    usual = next((t for hour, t in reversed(_DAYPARTS) if begins.hour >= hour), time(9))
    start = datetime.combine(begins.date(), usual)
    now = item.scene.local_now
    if not begins <= start < ends:
        start = begins
    if start <= now:
        start = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    settings = item.scene.household.settings
    return _timed(when, start, settings.default_duration, (clock(start, settings),))


def _times_of_day(on: date, kind: str, item: Item) -> tuple[Option, ...]:
    settings = item.scene.household.settings
    usual = next((t for words, t in _USUAL if re.search(words, kind, re.IGNORECASE)), None)
    guesses = [usual] if usual else [time(9), time(15), time(18)]
    options = []
    for guess in guesses:
        start = datetime.combine(on, guess)
        if start > item.scene.local_now:
            options.append(
                Option(label=clock(guess, settings), answer={"start": start.isoformat()})
            )
    midnight = datetime.combine(on, time()).isoformat()
    return (*options, Option(label=tr("All day"), answer={"start": midnight, "all_day": True}))
