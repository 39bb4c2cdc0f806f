"""A whole series moved to another time: its rule, its end and its exceptions move along.

Exceptions are kept by counting: the fifth Tuesday that was cancelled becomes the fifth
Wednesday. Adding the distance to their dates would go wrong where the distance changes from
month to month, as between the first Monday and the first Tuesday.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from scheduling import rrules
from scheduling.errors import LimitExceeded
from scheduling.events import Event
from scheduling.recurrence import MAX_OCCURRENCES, rule_times

Rule = dict[str, str]
_NEAR = timedelta(days=20)
_YEAR = timedelta(days=400)
_CODES = rrules.WEEKDAYS


def shift(event: Event, old: datetime, new: datetime) -> Event:
    """The series with its rule time `old` at the wall time `new`, the others as far along.

    Overrides that have a time of their own keep it; what was put somewhere on purpose stays.
    """
    if old == new or event.rrule is None:
        return replace(event, start=event.start + (new - old))
    rule = rrules.parts(event.rrule)
    days = (new.date() - old.date()).days
    moved = _moved_rule(rule, old.date(), new.date()) if days else rule
    endless = rrules.join(rrules.ending(moved, None))
    shifted = replace(event, rrule=endless, start=_first(event.start + (new - old), endless, event))
    return _keep_end(_keep_exceptions(event, shifted), event, rule, moved)


def _first(wanted: datetime, endless: str, event: Event) -> datetime:
    """The rule's own time nearest to `wanted`: the first of a series must be one of it."""
    every = rrules.join({k: v for k, v in rrules.parts(endless).items() if k != "INTERVAL"})
    around = replace(event, start=wanted - _NEAR, rrule=every)
    if rrules.parts(every)["FREQ"] not in ("MONTHLY", "YEARLY") or "BY" not in every:
        return wanted
    near = list(islice(rule_times(around, wanted + _NEAR), 64))
    return min(near, key=lambda wall: abs(wall - wanted), default=wanted)


def _keep_exceptions(event: Event, shifted: Event) -> Event:
    known = [*event.cancelled, *(o.recurrence_id for o in event.overrides)]
    if not known:
        return shifted
    far = max(known) + (shifted.start - event.start) + _YEAR
    pairs = dict(zip(rule_times(event, max(known)), rule_times(shifted, far), strict=False))
    return replace(
        shifted,
        cancelled=tuple(pairs[c] for c in event.cancelled if c in pairs),
        overrides=tuple(
            replace(o, recurrence_id=pairs[o.recurrence_id])
            for o in event.overrides
            if o.recurrence_id in pairs
        ),
    )


def _keep_end(shifted: Event, event: Event, rule: Rule, moved: Rule) -> Event:
    if "COUNT" in rule:
        return replace(shifted, rrule=rrules.join(moved))
    last_day = rrules.until(rule)
    if last_day is None:
        return shifted
    number = _how_many(event, last_day)
    far = last_day + (shifted.start - event.start) + _YEAR
    last = _nth(shifted, number, far) if number else last_day
    return replace(
        shifted, rrule=rrules.join(rrules.ending(rrules.parts(shifted.rrule or ""), last))
    )


def _how_many(event: Event, last_day: date) -> int:
    walk = rule_times(event, datetime.combine(last_day, time.max))
    number = sum(1 for _ in islice(walk, MAX_OCCURRENCES + 1))
    if number > MAX_OCCURRENCES:
        raise LimitExceeded("That repeats too often for a family calendar.")
    return number


def _nth(event: Event, number: int, far: date) -> date:
    times = list(islice(rule_times(event, datetime.combine(far, time.max)), number))
    return times[-1].date()


def _moved_rule(rule: Rule, old: date, new: date) -> Rule:
    if rule["FREQ"] in ("MONTHLY", "YEARLY"):
        return _moved_month(rule, old, new)
    return _moved_week(rule, (new - old).days)


def _moved_week(rule: Rule, days: int) -> Rule:
    """Each weekday as many days on; the week itself too, or every other week would break."""
    if "BYDAY" not in rule:
        return rule
    named = [_CODES[(_CODES.index(code) + days) % 7] for _, code in rrules.weekdays(rule)]
    moved = rule | {"BYDAY": ",".join(sorted(named, key=_CODES.index))}
    if rrules.interval(rule) > 1:
        moved["WKST"] = _CODES[(_CODES.index(rule.get("WKST", "MO")) + days) % 7]
    return moved


def _moved_month(rule: Rule, old: date, new: date) -> Rule:
    moved = {name: value for name, value in rule.items() if name != "BYSETPOS"}
    if rule["FREQ"] == "YEARLY" and "BYMONTH" in rule and old.month != new.month:
        moved["BYMONTH"] = str(new.month)
    if "BYMONTHDAY" in rule:
        moved["BYMONTHDAY"] = _month_days(rrules.numbers(rule, "BYMONTHDAY"), old, new)
    elif "BYDAY" in rule:
        positions = rrules.numbers(rule, "BYSETPOS") + [n for n, _ in rrules.weekdays(rule)]
        moved["BYDAY"] = _nth_weekday(new, from_end=any(p < 0 for p in positions))
    return moved


def _month_days(numbers: list[int], old: date, new: date) -> str:
    """The one day that moved is replaced; the other days of the month stay."""
    length = monthrange(old.year, old.month)[1]
    is_old = {old.day, old.day - length - 1}
    from_end = any(n in is_old and n < 0 for n in numbers)
    instead = new.day - monthrange(new.year, new.month)[1] - 1 if from_end else new.day
    kept = {n for n in numbers if n not in is_old}
    return ",".join(str(n) for n in sorted(kept | {instead}))


def _nth_weekday(day: date, *, from_end: bool) -> str:
    code = _CODES[day.weekday()]
    nth = (day.day - 1) // 7 + 1
    if from_end or nth == 5:
        return f"-{(monthrange(day.year, day.month)[1] - day.day) // 7 + 1}{code}"
    return f"{nth}{code}"
