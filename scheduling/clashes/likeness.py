"""Two parents read the same flyer: what is probably one thing, said twice in other words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from difflib import SequenceMatcher
from uuid import UUID

from scheduling.events import Occurrence

APART = timedelta(minutes=60)
"""Two who copy one flyer may read another line of it: doors at 6:30, begins at 7."""
ALIKE = 0.8
"""Two titles are one, misspelt or cut short, from this ratio on."""
_SMALL = frozenset(
    (
        *("a", "an", "the", "of", "for", "with", "and", "to", "at", "on", "in"),
        *("my", "our", "his", "her", "their", "s", "lesson", "class", "appointment"),
    )
)


def likely_same(
    wanted: Occurrence, there: Sequence[Occurrence], others: Collection[UUID] = ()
) -> Occurrence | None:
    """The one of `there` that is probably what is wanted: its title alike, its time close, and
    its people the same or some of them. None where there is none. others: who else may have put
    it down without naming anybody; then its time has to be the very same."""
    close = [o for o in there if _close(wanted, o) and alike(wanted.title, o.title)]
    found = [o for o in close if _share_people(wanted, o) or _theirs(wanted, o, others)]
    return min(found, key=lambda o: abs(o.span.start - wanted.span.start), default=None)


def alike(one: str, other: str) -> bool:
    """ "Parents' evening" and "parents evening at school"; not "swim" and "swim gala"."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    joined = " ".join(sorted(first)), " ".join(sorted(second))
    if SequenceMatcher(None, *joined).ratio() >= ALIKE:
        return True
    small, large = sorted((set(first), set(second)), key=len)
    return len(small) > 1 and small <= large


def _words(title: str) -> list[str]:
    # An apostrophe is left out by thumbs.
    plain = re.findall(r"\w+", title.casefold().replace("'", "").replace("’", ""))
    return [word for word in plain if word not in _SMALL]


def _close(one: Occurrence, other: Occurrence) -> bool:
    if one.all_day != other.all_day or one.reminder_only or other.reminder_only:
        return False
    return abs(one.span.start - other.span.start) <= (timedelta() if one.all_day else APART)


def _theirs(one: Occurrence, other: Occurrence, others: Collection[UUID]) -> bool:
    alone = len(other.people) == 1 and other.people[0] in others
    return alone and one.span.start == other.span.start


def _share_people(one: Occurrence, other: Occurrence) -> bool:
    first, second = set(one.people), set(other.people)
    return not first or not second or bool(first & second)
