"""Which event a family means when it says "piano" or "Tuesday's thing"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.span import Span

if TYPE_CHECKING:
    # A receiver matches nothing, and need not load what a reading is.
    from scheduling.language.readings import Target
    from scheduling.language.when import When

SIMILAR = 0.8
"""Two words are one, misspelt, from this ratio on ("pianno", "piano")."""
_FILLER = frozenset(
    (
        *("the", "a", "an", "my", "our", "his", "her", "their", "its", "event"),
        *("of", "for", "with", "and", "to", "at", "on", "in"),
    )
)
_ANY_EVENT = frozenset(
    (
        *("appointment", "appointments", "appt", "visit", "meeting", "lesson", "lessons"),
        *("class", "practice", "training", "session", "game", "match", "party", "time", "thing"),
    )
)
"""Words that many titles share, so that they tell no event from another by themselves."""


def matches(
    target: Target, occurrences: Sequence[Occurrence], household: Household, now: datetime
) -> list[Occurrence]:
    """The occurrences meant, best first and at most one an event unless a time was named.

    occurrences: in order of start. Without a time in the target only those not yet over
    count, and of each event the next one stands for it.
    """
    found = [
        o
        for o in occurrences
        if _at_time(target.when, o, household) and matches_people(target, o, household)
    ]
    if target.when is None:
        found = [o for o in found if o.span.end > now]
    wanted = title_words(target.words)
    if wanted:
        telling = _telling(wanted, household)
        scored = [(title_score(wanted, o.title), o) for o in found if _says(telling, o.title)]
        best = max((score for score, _ in scored), default=0.0)
        found = [o for score, o in scored if score >= max(best - 0.01, 0.5)]
    return list(_first_of_each(found))


def _telling(wanted: Sequence[str], household: Household) -> list[str]:
    """The words that say which event: "dentist" of "Mia's dentist appointment". Half of the
    words are enough to be meant, but not "Mia" and "appointment" alone."""
    names = name_words(household)
    return [w for w in wanted if w not in names and w not in _ANY_EVENT]


def name_words(household: Household) -> frozenset[str]:
    """The words of everybody's names, as `title_words` has them."""
    said = (name for m in household.members for name in (m.name, *m.aliases))
    return frozenset(word for name in said for word in title_words(name))


def _says(telling: Sequence[str], title: str) -> bool:
    return not telling or any(_same(w, h) for w in telling for h in title_words(title))


def _first_of_each(occurrences: Iterable[Occurrence]) -> Iterable[Occurrence]:
    seen = set()
    for occurrence in occurrences:
        if occurrence.event_id not in seen:
            seen.add(occurrence.event_id)
            yield occurrence


def title_score(wanted: Sequence[str], title: str) -> float:
    """Share of the wanted words that the title has, 0..1, a little more for an exact title."""
    have = title_words(title)
    if not have:
        return 0.0
    hit = sum(1 for w in wanted if any(_same(w, h) for h in have))
    return hit / len(wanted) + (0.05 if len(have) == len(wanted) == hit else 0.0)


def title_words(text: str) -> list[str]:
    """The words that tell one title from another, in small letters; all, where none does."""
    found = re.findall(r"\w+", text.casefold().replace("'s", "").replace("’s", ""))
    return [w for w in found if w not in _FILLER] or found


def _same(a: str, b: str) -> bool:
    if a == b or a.rstrip("s") == b.rstrip("s"):
        return True
    if min(len(a), len(b)) < 4:
        return False
    return b.startswith(a) or SequenceMatcher(None, a, b).ratio() >= SIMILAR


def matches_people(target: Target, occurrence: Occurrence, household: Household) -> bool:
    """Whether the event is one of those whom the words name; anybody's, where they name none."""
    if not target.who.names or target.who.everyone:
        return True
    people = {m.name for m in household.members if m.id in occurrence.people}
    return bool(people & set(target.who.names))


def _at_time(when: When | None, occurrence: Occurrence, household: Household) -> bool:
    if when is None:
        return True
    return any(_touches(w, occurrence, household) for w in (when, *when.alternatives))


def _touches(when: When, occurrence: Occurrence, household: Household) -> bool:
    if isinstance(when.start, datetime) and when.window is None and when.end is None:
        local = occurrence.span.start.astimezone(household.zone).replace(tzinfo=None)
        if when.time is not None:  # "the 5 o'clock piano": any day
            return local.time() == when.time
        return local == when.start
    span = named_span(when, household)
    return span is None or span.overlaps(occurrence.span)


def named_span(when: When, household: Household) -> Span | None:
    """The stretch a time expression covers: a window, a range, or the whole local day."""
    if when.window:
        start, end = when.window
    elif isinstance(when.start, datetime):
        start = when.start
        end = when.end if isinstance(when.end, datetime) else start + timedelta(hours=1)
    elif when.start is not None:
        start = datetime.combine(when.start, time())
        last = when.end if when.end is not None else when.start + timedelta(days=1)
        end = last if isinstance(last, datetime) else datetime.combine(last, time())
    else:
        return None
    zone = household.zone
    return Span(start.replace(tzinfo=zone), end.replace(tzinfo=zone))


def local_day(day: date, household: Household) -> Span:
    """One day of the family, midnight to midnight."""
    start = datetime.combine(day, time(), household.zone)
    end = datetime.combine(day + timedelta(days=1), time(), household.zone)
    return Span(start.astimezone(UTC), end.astimezone(UTC))
