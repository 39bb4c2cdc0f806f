"""Lengths and series that can be said but not lived: refused or asked about, never booked."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise

from agents.drafting import Draft
from agents.readiness import Ask, Say
from scheduling.language.readings import Change, Create, Intent, Move
from scheduling.language.when import When
from scheduling.phrasing import duration_words
from scheduling.proposals import Option
from scheduling.speech import N_, tr

NO_TIME = N_(
    "That would leave no time for it, so nothing was changed. Say a length like “45 minutes”."
)
NO_RHYTHM = N_("I can't read how often that is. Say it like “every 2 weeks”. Nothing was booked.")
KEPT_YEARS = 5
LONG_STRETCH = timedelta(hours=16)
"""From "5pm to 3pm": more likely a slip than a shift."""

_NOTHING = re.compile(
    r"(?<![\w.:])(?:[-−]\d{1,9}|[-−]?0{1,9})\s?(?:minutes?|mins?|hours?|hrs?)\b",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
_YEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?,?\s+(\d{4})\b",
    re.IGNORECASE,
)
_NEVER_AGAIN = re.compile(r"\bevery\s+(?:[-−]\s?\d+|0+)\s+[a-z]", re.IGNORECASE)
_TO_A_CLOCK_TIME = re.compile(
    r"(?:-|–|\bto|\btill|\buntil)\s*\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?)?(?!\S)", re.IGNORECASE
)


def no_length(text: str) -> bool:
    """Whether a length of nothing, or less, is asked for: "for 0 minutes", "-30 minutes"."""
    return _NOTHING.search(text) is not None


def unreal_date(title: str, text: str, now: datetime) -> str | None:
    """A sentence about a date that was left over in the title because there is none such."""
    leftover = _ISO_DATE.search(title)
    if leftover is not None:
        return tr(
            "There is no {leftover}, so nothing was booked. Say it again with another day.",
            leftover=leftover[0],
        )
    year = _YEAR.search(text)
    if year is None or year[1] not in title or int(year[1]) <= now.year + KEPT_YEARS:
        return None
    return tr(
        "The year {year} is too far ahead: I keep the next five years. Nothing was booked.",
        year=year[1],
    )


def nonsense(intent: Intent, text: str) -> str | None:
    """A sentence about a length or a rhythm of nothing, or less, where the intent gives one."""
    if not isinstance(intent, Create | Change | Move):
        return None
    if _NEVER_AGAIN.search(text):
        return tr(NO_RHYTHM)
    shifts = isinstance(intent, Move) and intent.shift is not None
    return tr(NO_TIME) if no_length(text) and not shifts else None


def overnight(when: When, length: timedelta, text: str) -> Ask | None:
    """ "5pm to 3pm": a night and most of a day, because the end comes first."""
    ends_first = isinstance(when.end, datetime) and LONG_STRETCH <= length <= timedelta(days=1)
    if not ends_first or not _TO_A_CLOCK_TIME.search(text):
        return None
    return Ask(
        "sure",
        tr(
            "The end comes before the start. Shall it last until the next day, {length}?",
            length=duration_words(length),
        ),
        (Option(tr("Yes, until the next day"), answer=True), Option(tr("No"), answer=False)),
    )


def senseless(planned: Draft) -> Say | None:
    """A series that never takes place, or whose next time begins before the last is over."""
    for change in planned.changes:
        if change.before is not None or not change.after.repeats:
            continue
        if not change.occurrences:
            return Say(
                tr(
                    "{title} would be over before it begins, so nothing was booked. "
                    "Until when shall it repeat?",
                    title=change.after.title,
                )
            )
        if any(a.span.end > b.span.start for a, b in pairwise(change.occurrences)):
            return Say(
                tr(
                    "Each {title} would still be going on when the next one begins, "
                    "so nothing was booked. Make it shorter, or rarer.",
                    title=change.after.title,
                )
            )
    return None
