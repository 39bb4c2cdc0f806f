"""What holds and what does not."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from bot.play.expectations import event_misses, misses, silence_misses
from bot.play.log import ChatLog, Place, private
from bot.play.script import FAMILY, Expect, ExpectedEvent, ExpectEvents
from scheduling.events import Occurrence, Participant, Status
from scheduling.family import Household, Member, Resource
from scheduling.messages import Button
from scheduling.span import Span

GROUP = Place(FAMILY)
MIA, LEO, CAR = UUID(int=1), UUID(int=2), UUID(int=3)
HOME = Household(
    UUID(int=9),
    "Rivera",
    "America/New_York",
    members=(Member(MIA, "Mia"), Member(LEO, "Leo")),
    resources=(Resource(CAR, "car"),),
)


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def patterns(*texts: str) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(text) for text in texts)


def shown() -> ChatLog:
    log = ChatLog()
    log.show(GROUP, "1", "Booked: yoga", (Button("Undo", "u"),))
    log.show(private("Ben"), "1", "Just for you", ())
    log.toast(GROUP, "Ben", "Only a parent may")
    log.show(GROUP, "1", "Booked: yoga at 8", (Button("Undo", "u"), Button("Keep", "k")))
    return log


HOLDS = {
    "words in any message": Expect(contains=patterns("YOGA", "just for", "parent")),
    "words nowhere": Expect(not_contains=patterns("piano")),
    "a live button": Expect(buttons=patterns("^undo$", "keep")),
    "new ones counted with the toast, without the edit": Expect(count=3),
    "in the group": Expect(contains=patterns("at 8"), not_contains=patterns("just"), to=FAMILY),
    "in one's private chat and one's own toast": Expect(
        contains=patterns("just", "only"), not_contains=patterns("yoga"), to="Ben"
    ),
}


@pytest.mark.parametrize("expect", HOLDS.values(), ids=HOLDS.keys())
def test_what_holds(expect: Expect) -> None:
    assert misses(expect, shown().entries, [FAMILY]) == []


FAILS = {
    "words missing": (Expect(contains=patterns("yoga", "piano")), 1),
    "words there": (Expect(not_contains=patterns("yoga")), 1),
    "no such button": (Expect(buttons=patterns("approve", "reject")), 2),
    "count": (Expect(count=4), 1),
    "said elsewhere": (Expect(contains=patterns("just for"), to=FAMILY), 1),
    "a toast is not in the group": (Expect(contains=patterns("parent"), to=FAMILY), 1),
    "nobody's chat": (Expect(contains=patterns("."), to="Mia"), 1),
}


@pytest.mark.parametrize(("expect", "count"), FAILS.values(), ids=FAILS.keys())
def test_what_fails(expect: Expect, count: int) -> None:
    assert len(misses(expect, shown().entries, [FAMILY])) == count


def test_a_button_that_is_gone_is_not_live() -> None:
    log = shown()
    before = list(log.entries)
    log.show(GROUP, "1", "Taken back", ())
    assert misses(Expect(buttons=patterns("undo")), before, [FAMILY]) != []


def test_silence() -> None:
    assert silence_misses([]) == []
    assert len(silence_misses(shown().entries)) == 4


def test_an_edit_that_changes_nothing_shows_nothing() -> None:
    log = ChatLog()
    for _ in range(2):
        log.show(GROUP, "1", "Booked", (Button("Undo", "u"),))
    assert len(log.entries) == 1


def test_a_stale_button_is_found_on_the_newest_message_that_had_it() -> None:
    log = ChatLog()
    log.show(GROUP, "1", "first", (Button("Undo", "a"),))
    log.show(GROUP, "2", "second", (Button("Undo", "b"),))
    log.show(GROUP, "2", "second", ())
    live = log.button((GROUP,), pattern("undo"), None, stale=False)
    stale = log.button((GROUP,), pattern("undo"), None, stale=True)
    carded = log.button((GROUP,), pattern("undo"), pattern("first"), stale=True)
    assert [found and found[1].data for found in (live, stale, carded)] == ["a", "b", "a"]
    assert log.button((private("Ben"),), pattern("undo"), None, stale=True) is None


def occurrence(title: str, hour: int, **fields: object) -> Occurrence:
    start = datetime(2026, 3, 7, hour, tzinfo=UTC)
    span = Span(start, start.replace(hour=hour + 1))
    values = {"participants": (Participant(MIA),), "resources": (CAR,), **fields}
    return Occurrence(UUID(int=hour), start.replace(tzinfo=None), span, title, **values)


def expected(*events: ExpectedEvent, exactly: bool = True) -> ExpectEvents:
    return ExpectEvents((date(2026, 3, 7), date(2026, 3, 7)), events, exactly)


SOCCER = occurrence("soccer practice", 19)
CHESS = occurrence("chess", 21, participants=(Participant(LEO),), resources=())

SEEN = {
    "all fields": expected(
        ExpectedEvent(
            title=pattern("soccer"),
            start=datetime(2026, 3, 7, 14),
            end=datetime(2026, 3, 7, 15),
            all_day=False,
            people=frozenset({"mia"}),
            resources=frozenset({"car"}),
        ),
        ExpectedEvent(title=pattern("chess"), resources=frozenset()),
    ),
    "one of several": expected(ExpectedEvent(title=pattern("chess")), exactly=False),
}
UNSEEN = {
    "one too many there": (expected(ExpectedEvent(title=pattern("chess"))), 1),
    "one missing": (expected(*3 * (ExpectedEvent(),)), 1),
    "other hour": (expected(ExpectedEvent(start=datetime(2026, 3, 7, 15)), exactly=False), 1),
    "a date is not a time": (expected(ExpectedEvent(start=date(2026, 3, 7)), exactly=False), 1),
    "other people": (expected(ExpectedEvent(people=frozenset({"mia", "leo"})), exactly=False), 1),
    "other status": (expected(ExpectedEvent(status="proposed"), exactly=False), 1),
    "empty": (expected(), 2),
}


@pytest.mark.parametrize("expect", SEEN.values(), ids=SEEN.keys())
def test_events_that_are_there(expect: ExpectEvents) -> None:
    assert event_misses(expect, [SOCCER, CHESS], HOME) == []


@pytest.mark.parametrize(("expect", "count"), UNSEEN.values(), ids=UNSEEN.keys())
def test_events_that_are_not(expect: ExpectEvents, count: int) -> None:
    assert len(event_misses(expect, [SOCCER, CHESS], HOME)) == count


def test_only_confirmed_events_count_unless_a_status_is_named() -> None:
    proposed = occurrence("party", 22, status=Status.PROPOSED)
    assert event_misses(expected(), [proposed], HOME) == []
    assert event_misses(expected(ExpectedEvent(status="proposed")), [proposed], HOME) == []


def test_a_trip_is_compared_by_dates_its_end_exclusive() -> None:
    span = Span(datetime(2026, 3, 7, 5, tzinfo=UTC), datetime(2026, 3, 10, 4, tzinfo=UTC))
    trip = Occurrence(UUID(int=5), datetime(2026, 3, 7), span, "trip", all_day=True)
    days = ExpectedEvent(start=date(2026, 3, 7), end=date(2026, 3, 10), all_day=True)
    assert event_misses(expected(days), [trip], HOME) == []
