"""Whatever the calendar and the rules: an offered resolution never conflicts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.conflicts import Conflict, find_conflicts
from scheduling.editing import apply
from scheduling.edits import AddEvent, MoveEvent
from scheduling.events import Event, Flexibility, Occurrence, Priority, Status
from scheduling.family import Household, Role
from scheduling.proposals import Option
from tests.scheduling.offers import VANS, ahead, labels, options, run
from tests.scheduling.rivera_calendar import (
    ANNA,
    BEN,
    CAR,
    LEO,
    MIA,
    SOCCER,
    STORE,
    at,
    at_most,
    blocked,
    driver,
    early,
    event,
    gap,
    household,
    late,
)


def left_after(family: Household, option: Option, before: Mapping[UUID, Event]) -> list[Conflict]:
    """Clashes of anything that the option adds or changes with anything that stands then."""
    after = run(option, before)
    standing = [o for e in before.values() for o in ahead(e)]
    now = [o for e in after.values() if e.status is not Status.CANCELLED for o in ahead(e)]
    fresh = [o for o in now if o not in standing]
    return find_conflicts(family, fresh, [o for o in now if o in standing])


def times(calendar: Mapping[UUID, Event]) -> list[Occurrence]:
    standing = (e for e in calendar.values() if e.status is not Status.CANCELLED)
    return sorted((o for e in standing for o in ahead(e)), key=lambda o: (o.span, o.title))


PEOPLE = st.lists(st.sampled_from([ANNA, BEN, MIA, LEO]), min_size=1, max_size=2, unique=True)


@st.composite
def events(draw: st.DrawFn, identity: int) -> Event:
    start = at("2026-03-05 08:00") + draw(st.integers(0, 56)) * timedelta(hours=1)
    people = draw(PEOPLE)
    drives = draw(st.sampled_from([None, ANNA, BEN]))
    parts = [*people, *([driver(drives)] if drives and drives not in people else [])]
    return event(
        f"event {identity}",
        start,
        draw(st.sampled_from([30, 60, 90, 180])),
        *parts,
        id=UUID(int=identity),
        uses=draw(st.sampled_from([(), (CAR,)])),
        rrule=draw(
            st.sampled_from([None, None, None, "FREQ=DAILY;COUNT=4", "FREQ=WEEKLY;COUNT=5"])
        ),
        flexibility=draw(st.sampled_from(Flexibility)),
        priority=draw(st.sampled_from(Priority)),
    )


@st.composite
def families(draw: st.DrawFn) -> Household:
    rule = st.sampled_from(
        [late("18:00"), early("09:30"), blocked("12:00", "13:00"), gap(15), at_most(3)]
    )
    standing = [
        replace(r, id=UUID(int=50 + n), hard=draw(st.booleans()))
        for n, r in enumerate(draw(st.lists(rule, max_size=2)))
    ]
    resources = VANS if draw(st.booleans()) else ()
    return household(*standing, car=draw(st.integers(1, 2)), resources=resources)


@given(
    family=families(),
    wanted=events(SOCCER.int),
    others=st.lists(st.integers(600, 606), unique=True, max_size=7).flatmap(
        lambda numbers: st.tuples(*(events(n) for n in numbers))
    ),
)
@settings(max_examples=150, deadline=None)
def test_an_offered_resolution_never_conflicts(
    family: Household, wanted: Event, others: tuple[Event, ...]
) -> None:
    before = {e.id: e for e in others}
    offered = options(family, wanted, *others)
    assert len(offered) <= 4
    assert len(set(labels(offered))) == len(offered)
    for option in offered:
        left = left_after(family, option, before)
        assert not [c.sentence for c in left if c.hard]
        assert {c.rule.id for c in left if c.rule} <= set(option.overrides)
        touched = {e.event_id for e in option.edits if not isinstance(e, AddEvent)}
        for other in (before[i] for i in touched):
            assert other.priority.rank <= wanted.priority.rank
            if other.flexibility is Flexibility.FIXED:
                assert option.label.startswith("Cancel")
        who = {p.member_id for i in touched for p in before[i].participants}
        booked = [e.event for e in option.edits if isinstance(e, AddEvent)]
        parts = [p for e in booked for p in e.participants]
        parts += [p for e in booked for o in e.overrides for p in o.participants or ()]
        added = {p.member_id for p in parts if p not in wanted.participants}
        assert set(option.affects) == (who | added) - {ANNA}
        assert all(family.member(p).role is Role.PARENT for p in added)


@given(
    wanted=events(SOCCER.int),
    other=events(STORE.int),
    to=st.integers(0, 56),
    minutes=st.integers(-4, 4),
)
@settings(max_examples=80, deadline=None)
def test_a_move_that_clashes_is_mended_too(
    wanted: Event, other: Event, to: int, minutes: int
) -> None:
    target = at("2026-03-05 08:00") + to * timedelta(hours=1)
    other = replace(
        other,
        start=target + minutes * timedelta(minutes=15),
        participants=wanted.participants,
        rrule=None,
    )
    base = MoveEvent(SOCCER, wanted.start, target)
    (moved,) = apply(base, wanted)
    before = {SOCCER: wanted, STORE: other}
    for option in options(household(), moved, other, base=base, before=wanted):
        assert option.edits[0] == base
        assert times(run(option, before)) != times(before), "an option changes something"
        assert run(option, before)[SOCCER].status is Status.CONFIRMED
        assert not [c.sentence for c in left_after(household(), option, before) if c.hard]
