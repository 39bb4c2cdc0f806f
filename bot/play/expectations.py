"""Whether what was shown, and what stands on the calendar, is what a script expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from re import Pattern
from zoneinfo import ZoneInfo

from bot.play.log import Entry, Place, private
from bot.play.script import MAIN, Expect, ExpectedEvent, ExpectEvents, ExpectModel
from scheduling.events import Occurrence, Status
from scheduling.family import Household


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that did not hold: what was expected, what there was."""

    expected: str
    got: str


def misses(expect: Expect, shown: Sequence[Entry], groups: Sequence[str]) -> list[Miss]:
    """What of `expect` does not hold for what was shown. groups: the families' group chats."""
    entries = [entry for entry in shown if _is_for(entry, expect, groups)]
    texts = [entry.text for entry in entries]
    labels = [b.label for e in entries if e.message for b in e.message.live]
    got = " | ".join(texts) or "nothing"
    found = [
        Miss(f"text matching {_raw(pattern)}", got)
        for pattern in expect.contains
        if not _any(pattern, texts)
    ]
    found += [
        Miss(f"no text matching {_raw(pattern)}", got)
        for pattern in expect.not_contains
        if _any(pattern, texts)
    ]
    found += [
        Miss(f"a button matching {_raw(pattern)}", ", ".join(labels) or "no live button")
        for pattern in expect.buttons
        if not _any(pattern, labels)
    ]
    new = [entry for entry in entries if entry.kind != "edit"]
    if expect.count is not None and len(new) != expect.count:
        found.append(Miss(f"{expect.count} messages", f"{len(new)}: {got}"))
    return found


def silence_misses(shown: Sequence[Entry]) -> list[Miss]:
    return [Miss("silence", entry.text) for entry in shown]


def model_misses(expect: ExpectModel, asked: Sequence[str]) -> list[Miss]:
    """asked: every message a model was shown."""
    got = " | ".join(asked) or "nothing"
    found = [
        Miss(f"the model is asked {_raw(pattern)}", got)
        for pattern in expect.asked
        if not _any(pattern, asked)
    ]
    if expect.count is not None and len(asked) != expect.count:
        found.append(Miss(f"the model is asked {expect.count} times", f"{len(asked)}: {got}"))
    return found


def event_misses(
    expect: ExpectEvents, occurrences: Sequence[Occurrence], household: Household
) -> list[Miss]:
    """occurrences: those of the days asked about, in order of start."""
    statuses = {Status.CONFIRMED.value, *(event.status for event in expect.events)}
    seen = [_Seen.of(o, household) for o in occurrences if o.status.value in statuses]
    if expect.exactly:
        return _exact(expect.events, seen)
    return _included(expect.events, seen)


@dataclass(frozen=True, slots=True)
class _Seen:
    """An occurrence as a script describes one."""

    title: str
    start: date | datetime
    end: date | datetime
    all_day: bool
    people: frozenset[str]
    resources: frozenset[str]
    place: str
    status: str

    @classmethod
    def of(cls, occurrence: Occurrence, household: Household) -> _Seen:
        people = [m.name for m in household.members if m.id in occurrence.people]
        things = [r.name for r in household.resources if r.id in occurrence.resources]
        start = _local(occurrence.span.start, household.zone)
        end = _local(occurrence.span.end, household.zone)
        return cls(
            title=occurrence.title,
            start=start.date() if occurrence.all_day else start,
            end=end.date() if occurrence.all_day else end,
            all_day=occurrence.all_day,
            people=frozenset(name.casefold() for name in people),
            resources=frozenset(name.casefold() for name in things),
            place=occurrence.place or "",
            status=occurrence.status.value,
        )

    def is_expected(self, event: ExpectedEvent) -> bool:
        return (
            (event.title is None or bool(event.title.search(self.title)))
            and (event.place is None or bool(event.place.search(self.place)))
            and event.start in (None, self.start)
            and event.end in (None, self.end)
            and event.all_day in (None, self.all_day)
            and event.people in (None, self.people)
            and event.resources in (None, self.resources)
            and event.status == self.status
        )

    def __str__(self) -> str:
        people = ", ".join(sorted(self.people)) or "nobody"
        things = f" with {', '.join(sorted(self.resources))}" if self.resources else ""
        return f"{self.title} {self.start}..{self.end} ({people}{things}, {self.status})"


def _exact(expected: Sequence[ExpectedEvent], seen: Sequence[_Seen]) -> list[Miss]:
    """Both in order of start; those that start together may stand in either order."""
    left = list(seen)
    found = []
    for event in expected:
        match = next((each for each in left if each.is_expected(event)), None)
        if match is None:
            found.append(Miss(_described(event), _listed(seen)))
        else:
            left.remove(match)
    return found + [Miss("nothing else on the calendar", str(each)) for each in left]


def _included(expected: Sequence[ExpectedEvent], seen: Sequence[_Seen]) -> list[Miss]:
    return [
        Miss(_described(event), _listed(seen))
        for event in expected
        if not any(each.is_expected(event) for each in seen)
    ]


def _described(event: ExpectedEvent) -> str:
    title = _raw(event.title) if event.title else "an event"
    more = [
        f"start {event.start}" if event.start else "",
        f"end {event.end}" if event.end else "",
        f"people {', '.join(sorted(event.people))}" if event.people is not None else "",
        f"resources {', '.join(sorted(event.resources))}" if event.resources is not None else "",
        f"place {_raw(event.place)}" if event.place else "",
        event.status,
    ]
    return f"{title} ({', '.join(each for each in more if each)})"


def _listed(seen: Sequence[_Seen]) -> str:
    return "; ".join(map(str, seen)) or "an empty calendar"


def _is_for(entry: Entry, expect: Expect, groups: Sequence[str]) -> bool:
    to, platform = expect.to, expect.platform
    if entry.place.page != expect.page and (expect.page or to is not None):
        return False
    if expect.thread and not (entry.message and expect.thread.search(entry.message.thread)):
        return False
    if to is None:
        return platform in (None, entry.place.platform)
    platform = platform or MAIN
    if entry.kind == "toast":
        here = entry.place.platform == platform
        return here and entry.to is not None and entry.to.casefold() == to.casefold()
    if to in groups:
        return entry.place == Place(to, platform=platform)
    return entry.place == private(to, platform, expect.page)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _any(pattern: Pattern[str], texts: Sequence[str]) -> bool:
    return any(pattern.search(text) for text in texts)


def _raw(pattern: Pattern[str]) -> str:
    return f"/{pattern.pattern}/"
