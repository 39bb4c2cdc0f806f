"""From a time of day as said to the one that is meant: at 5, at 8 in the evening, dinner at 7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from scheduling.language.expressions.parts import Clock, Daypart
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Tokens
from scheduling.speech import N_

_EVENING = words(
    "dinner supper movie movies concert evening night tonight nightcap sleepover prom homecoming "
    "recital opera play gala cocktails drinks poker theater "
    "theatre drinks bedtime table reservation restaurant"
)
_ASKS = words("is are am can could will does do when who who's anyone")
_FREE = words("free available busy do")
_DOUBTFUL = (7, 8)
"""Hours of the morning that might as well be of the evening: which was taken is said."""
_MORNING_PARTS = frozenset({"morning", "breakfasttime", "before school"})
_MORNING = words("breakfast sunrise jog morning wake wakeup alarm")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around an expression: now, and which half of the day the text speaks of."""

    now: datetime
    evening: bool = False
    morning: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Hour:
    """A resolved time of day. days: 1 where it is past midnight of the day said ("12 at night").
    guessed: the half of the day that was assumed, "" where none had to be."""

    at: time
    days: int = 0
    guessed: str = ""

    def on(self, day: datetime) -> datetime:
        """That time on the day."""
        return datetime.combine(day.date() + timedelta(days=self.days), self.at)


def setting(tokens: Tokens, now: datetime) -> Setting:
    """The setting of a text. "The evening before" is no evening of what is told of."""
    words = {token.text for index, token in enumerate(tokens) if tokens.word(index + 1) != "before"}
    asking = tokens.word(0) in _ASKS and bool(words & _FREE)
    return Setting(now, bool(words & _EVENING), bool(words & _MORNING), asking)


def hour_meant(clock: Clock, part: Daypart | None, around: Setting) -> Hour:
    """1 to 6 are afternoon and 7 to 11 morning, unless the words around say otherwise."""
    if part is not None:
        return _in_part(clock, part, around.now)
    if clock.sure or clock.half is not None:
        return Hour(time(clock.hour, clock.minute))
    if 1 <= clock.hour <= 6 and not around.morning:
        half = N_("evening") if clock.hour == 6 else N_("afternoon")
        return Hour(time(clock.hour + 12, clock.minute), guessed=half)
    late = around.evening or (around.asking and clock.hour <= 8)
    if 6 <= clock.hour <= 10 and late and not around.morning:
        return Hour(time(clock.hour + 12, clock.minute), guessed="evening")
    early = N_("morning") if clock.hour in _DOUBTFUL and not around.morning else ""
    return Hour(time(clock.hour, clock.minute), guessed=early)


def _in_part(clock: Clock, part: Daypart, now: datetime) -> Hour:
    hour = clock.hour
    if part.today and part.name == "night" and clock.half == "am" and hour < 6 <= now.hour:
        return Hour(time(hour, clock.minute), days=1)  # "tonight 1am", said by day
    unsaid = clock.half is None and hour <= 12 and not (clock.sure and hour == 12)
    if part.name == "night" and hour in (0, 12) and clock.half != "pm":
        return Hour(time(0, clock.minute), days=1)
    if part.name == "night" and unsaid and hour < 5:
        return Hour(time(hour, clock.minute), days=1 if part.today else 0)
    if part.name not in _MORNING_PARTS and unsaid and 0 < hour < 12:
        hour += 12
    if part.name == "morning" and unsaid and hour == 12:
        hour = 0
    return Hour(time(hour, clock.minute))


def after(start: datetime, end: datetime, clock: Clock) -> datetime:
    """The end put behind the start: the other half of the day, else the next day."""
    if end > start:
        return end
    unsure = clock.half is None and (not clock.sure or clock.hour <= 12)
    if unsure and clock.hour and end + timedelta(hours=12) > start:
        return end + timedelta(hours=12)
    return end + timedelta(days=1) if end + timedelta(days=1) > start else start + timedelta(days=1)
