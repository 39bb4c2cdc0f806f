"""Readings as plain JSON items, in the words of the language corpora."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from scheduling.language.readings import (
    Approve,
    Cancel,
    Change,
    Constraint,
    Create,
    Habit,
    Intent,
    Move,
    Query,
    Reading,
    Remind,
    Resource,
    Target,
    Who,
)  # fmt: skip
from scheduling.language.timing import is_bare_clock, on_day_of
from scheduling.language.when import When

Item = dict[str, Any]
TIME_KEYS = ("start", "end", "rrule", "time", "window", "span")


def items_of(reading: Reading) -> list[Item]:
    """One JSON-ready dict an intent: "intent" and its slots; unsaid slots are left out."""
    return [_item(intent) for intent in reading.items]


def when_keys(when: When | None) -> Item:
    """start, end, rrule, time, window of a `When` as strings; {} for none.
    Days are YYYY-MM-DD, moments YYYY-MM-DDTHH:MM, local; ends of days are exclusive."""
    if when is None or when.impossible:
        return {}
    keys = {
        "start": _moment(when.start),
        "end": _moment(when.end or _end_by_length(when)),
        "rrule": when.repeat.rrule if when.repeat else None,
        "time": _clock(_time_of(when)),
        "window": [_moment(edge) for edge in when.window] if when.window else None,
    }
    return {key: value for key, value in keys.items() if value is not None}


def _item(intent: Intent) -> Item:
    slots = _SLOTS[intent.kind](intent) if intent.kind in _SLOTS else {}
    said = {key: value for key, value in slots.items() if value not in (None, "", [], ())}
    return {"intent": intent.kind, **said, "confidence": round(intent.confidence, 2)}


def _create(item: Create) -> Item:
    return {
        "title": item.title,
        **when_keys(item.when),
        "who": _who(item.who),
        "resource": [*item.resources, *item.unknown_resources],
        "place": item.place,
        "remind_min": _minutes(item.reminders[0]) if item.reminders else None,
        "driver": item.driver,
    }


def _move(item: Move) -> Item:
    to, pointed = item.to, item.target.when
    new_time = _clock(to.time) if to and is_bare_clock(to) else None
    if to is not None and pointed is not None:
        to = on_day_of(to, pointed)
    moment = {} if new_time and to is item.to else when_keys(to)
    return {
        **_target(item.target),
        **moment,
        "new_time": new_time,
        "shift_min": _minutes(item.shift),
        "scope": _scope(item.scope),
    }


def _change(item: Change) -> Item:
    return {
        **_target(item.target),
        "title": item.title,
        "place": item.place,
        "who": list(item.add_people),
        "resource": list(item.add_resources),
        "remove": [*item.remove_people, *item.remove_resources],
        "duration_min": _minutes(item.duration),
        "longer_min": _minutes(item.longer),
        "remind_min": _minutes(item.reminders[0]) if item.reminders else None,
        "no_reminder": item.reminders == () or None,
        "driver": item.assign[1] if item.assign else None,
        "scope": _scope(item.scope),
    }


def _cancel(item: Cancel) -> Item:
    return {
        **_target(item.target),
        **when_keys(item.target.when),
        "scope": _scope(item.scope) or "one",
    }


def _query(item: Query) -> Item:
    return {
        "q": item.q,
        "target": item.target.words if item.target else None,
        **when_keys(item.when),
        "who": _who(item.who),
        "resource": list(item.resources),
        "duration_min": _minutes(item.duration),
    }


def _remind(item: Remind) -> Item:
    return {
        "title": item.title,
        "target": item.target.words if item.target else None,
        "who": _who(item.who),
        **when_keys(item.when or (item.target.when if item.target else None)),
        "remind_min": _minutes(item.before),
    }


def _constraint(item: Constraint) -> Item:
    return {
        "type": item.type,
        "text": item.text,
        "who": _who(item.who),
        "days": ",".join(item.days),
        "after": _clock(item.after),
        "before": _clock(item.before),
        "blocked": [_clock(edge) for edge in item.blocked] if item.blocked else None,
        "min_gap": _minutes(item.min_gap),
        "max_per_day": item.max_per_day,
        "resource": [item.resource] if item.resource else None,
        "over": item.over,
        "words": item.words,
        "hard": str(item.hard).lower(),
        "remove": item.remove or None,
        "number": item.number,
    }


def _habit(item: Habit) -> Item:
    return {
        "title": item.title,
        "who": _who(item.who),
        "duration_min": _minutes(item.duration),
        "place": item.place,
        "people": list(item.people),
        "resource": list(item.resources),
        "also": item.also or None,
        "remove": item.remove or None,
        "corrects": item.corrects or None,
    }


def _resource(item: Resource) -> Item:
    return {
        "name": item.name,
        "type": item.type,
        "capacity": item.seats or item.capacity or _one_of_it(item),
        **when_keys(item.out),
        "remove": item.remove or None,
        "back": item.back or None,
    }


def _one_of_it(item: Resource) -> int | None:
    """A thing the family has is one thing, unless they say how many."""
    return None if item.out or item.remove or item.back else 1


def _approve(item: Approve) -> Item:
    return {"choice": item.choice}


_SLOTS: dict[str, Any] = {
    "create": _create,
    "move": _move,
    "change": _change,
    "cancel": _cancel,
    "query": _query,
    "remind": _remind,
    "constraint": _constraint,
    "habit": _habit,
    "resource": _resource,
    "approve": _approve,
}


def _target(target: Target) -> Item:
    return {"target": target.words, "who": _who(target.who)}


def _who(people: Who) -> list[str]:
    return [*people.names, *people.unknown]


def _scope(scope: str | None) -> str | None:
    return scope


def _end_by_length(when: When) -> datetime | None:
    if when.duration is None or not isinstance(when.start, datetime):
        return None
    return when.start + when.duration


def _time_of(when: When) -> time | None:
    if when.repeat is None:
        return None
    return when.start.time() if isinstance(when.start, datetime) else when.time


def _moment(value: date | datetime | None) -> str | None:
    if value is None:
        return None
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def _clock(value: time | None) -> str | None:
    return value.isoformat(timespec="minutes") if value is not None else None


def _minutes(length: timedelta | None) -> int | None:
    return round(length.total_seconds() / 60) if length is not None else None
