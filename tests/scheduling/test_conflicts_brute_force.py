"""`find_conflicts` against the plainest way to say the same: pair by pair, minute by minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.conflicts import find_conflicts, needed_window
from scheduling.events import Occurrence, Participant
from scheduling.family import Household, Resource, Rule
from scheduling.rrules import WEEKDAYS
from scheduling.span import Span
from tests.scheduling.rivera_calendar import (
    ANNA,
    BEN,
    CAR,
    LEO,
    MIA,
    VAN,
    at_most,
    blocked,
    early,
    gap,
    household,
    late,
)

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 3, 6, 5, tzinfo=UTC)
"""A Friday midnight in New York, two days before its clocks go forward."""
TICK = timedelta(minutes=15)
PEOPLE = [ANNA, BEN, MIA, LEO]

days = st.sampled_from([(), ("SA",), ("FR", "SU")])
bound = st.sampled_from([(), (MIA,), (ANNA, LEO)])
hours = st.sampled_from(["06:00", "08:30", "12:00", "19:45", "20:00"])
rules = st.one_of(
    st.builds(lambda h, m, d: late(h, *m, days=d), hours, bound, days),
    st.builds(lambda h, m, d: early(h, *m, days=d), hours, bound, days),
    st.builds(
        lambda w, m, d: blocked(*w, *m, days=d),
        st.sampled_from([("12:00", "13:00"), ("22:00", "06:30"), ("00:00", "23:59")]),
        bound,
        days,
    ),
    st.builds(lambda n, m, d: gap(n, *m, days=d), st.sampled_from([15, 30, 90]), bound, days),
    st.builds(lambda n, m, d: at_most(n, *m, days=d), st.integers(0, 3), bound, days),
).flatmap(lambda r: st.booleans().map(lambda hard: replace(r, hard=hard)))


@st.composite
def occurrences(draw: st.DrawFn, number: int) -> list[Occurrence]:
    made = []
    for index in range(number):
        start = START + draw(st.integers(0, 3 * 64)) * TICK
        people = draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1, max_size=3))
        made.append(
            Occurrence(
                event_id=UUID(int=1000 + index),
                recurrence_id=start.replace(tzinfo=None),
                span=Span(start, start + draw(st.sampled_from([1, 4, 4, 7, 30])) * TICK),
                title=f"event {index}",
                transparent=draw(st.integers(0, 9)) == 0,
                participants=tuple(Participant(p) for p in people),
                resources=tuple(
                    draw(st.lists(st.sampled_from([CAR, VAN]), unique=True, max_size=2))
                ),
            )
        )
    return made


Found = set[tuple[str, UUID, object, object]]


def brute_force(family: Household, candidates: list[Occurrence], around: list[Occurrence]) -> Found:
    found: Found = set()
    seen = [o for o in around if not o.transparent]
    for candidate in (c for c in candidates if not c.transparent):
        found |= pairs(candidate, seen)
        found |= things(family, candidate, seen)
        for rule in family.rules:
            found |= broken(rule, candidate, seen)
        seen.append(candidate)
    return found


def minutes(span: Span) -> list[datetime]:
    return [span.start + n * TICK for n in range(int(span.duration / TICK))]


def pairs(candidate: Occurrence, seen: list[Occurrence]) -> Found:
    return {
        ("time", candidate.event_id, other.event_id, None)
        for other in seen
        if candidate.busy & other.busy and candidate.span.overlaps(other.span)
    }


def things(family: Household, candidate: Occurrence, seen: list[Occurrence]) -> Found:
    found: Found = set()
    for resource in family.resources:
        for minute in minutes(candidate.span):
            uses = [o for o in seen if resource.id in o.resources and o.span.contains(minute)]
            over = len(uses) >= resource.capacity or any(s.contains(minute) for s in resource.out)
            if resource.id in candidate.resources and over:
                found.add(("resource", candidate.event_id, resource.id, None))
    return found


def broken(rule: Rule, candidate: Occurrence, seen: list[Occurrence]) -> Found:
    found: Found = set()
    for person in candidate.busy:
        if rule.members and person not in rule.members:
            continue
        theirs = [o for o in seen if person in o.busy]
        first = candidate.span.start.astimezone(ZONE)
        if any(kept_free(rule, minute) for minute in minutes(candidate.span)) or (
            rule.before and first.time() < rule.before and on(rule, first)
        ):
            found.add(("constraint", candidate.event_id, rule.id, None))
        if rule.min_gap and on(rule, first):
            found |= {
                ("constraint", candidate.event_id, rule.id, o.event_id)
                for o in theirs
                if not candidate.span.overlaps(o.span)
                and candidate.span.padded(rule.min_gap).overlaps(o.span)
            }
        same_day = [o for o in theirs if o.span.start.astimezone(ZONE).date() == first.date()]
        if rule.max_per_day is not None and on(rule, first) and len(same_day) >= rule.max_per_day:
            found.add(("constraint", candidate.event_id, rule.id, person))
    return found


def on(rule: Rule, local: datetime) -> bool:
    return not rule.days or WEEKDAYS[local.weekday()] in rule.days


def kept_free(rule: Rule, minute: datetime) -> bool:
    local = minute.astimezone(ZONE)
    if rule.after and on(rule, local) and local.time() >= rule.after:
        return True
    if rule.blocked is None:
        return False
    begin, end = rule.blocked
    if begin < end:
        return (
            on(rule, local) and begin <= local.time() and (local.time() < end or end.minute == 59)
        )
    in_the_evening = on(rule, local) and local.time() >= begin
    yesterday = local.replace(tzinfo=None) - timedelta(days=1)
    return in_the_evening or (on(rule, yesterday) and local.time() < end)


@given(
    made=occurrences(9),
    number=st.integers(1, 4),
    standing=st.lists(rules, max_size=3),
    car=st.integers(0, 3),
    van=st.integers(1, 2),
    out=st.integers(0, 300),
)
@settings(max_examples=150, deadline=None)
def test_it_finds_what_brute_force_finds(
    made: list[Occurrence], number: int, standing: list[Rule], car: int, van: int, out: int
) -> None:
    numbered = [replace(r, id=UUID(int=50 + n)) for n, r in enumerate(standing)]
    shop = Span(START + out * TICK, START + (out + 8) * TICK)
    family = household(
        *numbered, car=car, resources=(Resource(VAN, "van", capacity=van, out=(shop,)),)
    )
    candidates, around = made[:number], made[number:]
    conflicts = find_conflicts(family, candidates, around)
    found: Found = set()
    for c in conflicts:
        detail: object = None
        if c.rule is not None and c.rule.min_gap is not None:
            detail = c.others[0].event_id
        if c.rule is not None and c.rule.max_per_day is not None:
            (detail,) = c.people
        subject = c.resource or (c.rule.id if c.rule else c.others[0].event_id)
        found.add((c.type, c.candidate.event_id, subject, detail))
        assert c.hard == (c.rule is None or c.rule.hard)
    assert found == brute_force(family, candidates, around)


@given(made=occurrences(8), standing=st.lists(rules, max_size=2))
@settings(max_examples=100, deadline=None)
def test_what_lies_outside_the_needed_window_makes_no_difference(
    made: list[Occurrence], standing: list[Rule]
) -> None:
    family = household(*standing)
    candidates, around = made[:2], made[2:]
    windows = needed_window(family, candidates)
    loaded = [o for o in around if any(o.span.overlaps(w) for w in windows)]
    assert find_conflicts(family, candidates, loaded) == find_conflicts(family, candidates, around)
