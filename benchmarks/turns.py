"""A turn, with the graph and without it, against the transaction that nothing can do without."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from itertools import cycle

from benchmarks.floors import BareUndo, ThreeInserts
from benchmarks.home import Home
from benchmarks.measure import AsyncCall, Figure, paired
from scheduling.messages import Inbound

ROUNDS = 40


async def figures(home: Home, where: str) -> list[Figure]:
    """On a running product; each answer is looked at before its kind is timed."""
    floor = ThreeInserts(home.service.database, home.household, home.chat_id)
    undo = iter(await _booked(home, ROUNDS * 2))
    heard = home.message("/today")
    await home.turn(heard)
    settings = await _settings(home)
    operations: list[tuple[str, AsyncCall, float]] = [
        ("turn without graph: duplicate", _each(home.turn, lambda: heard), 2),
        ("turn without graph: list", _each(home.turn, lambda: home.message("/today")), 2),
        ("turn without graph: button", _each(home.turn, lambda: home.tap(next(settings))), 2),
        ("turn through the graph", _each(home.turn, lambda: _booking(home)), 12),
    ]
    turns = [await _figure(home, floor, where, *operation) for operation in operations]
    return [
        *turns,
        await _undoing(home, undo, where),
        await _typed_to_shown(home, floor, where),
    ]


async def _undoing(home: Home, undo: Iterator[str], where: str) -> Figure:
    """It changes the calendar, so it has a floor of its own: see `BareUndo`."""
    floor = BareUndo(home.service.database, home.household, home.chat_id)
    operation = _each(home.turn, lambda: home.tap(next(undo)))
    least, measured = await paired(floor, operation, rounds=ROUNDS, before=floor.prepare)
    await home.service.settle()
    return Figure("turn without graph: Undo", where, measured, 2, BareUndo.NAME, least)


async def _settings(home: Home) -> Iterator[str]:
    """Two buttons of /settings by turns, each of which changes something, and is seen to."""
    await home.exchange(home.message("/settings"))
    buttons = []
    for kind, shown in (("24h", "14:00"), ("12h", "2:00 PM")):
        buttons.append(home.screen.button(f"Show times as {kind}"))
        await home.exchange(home.tap(buttons[-1]))
        if f"times as {shown}" not in home.screen.shown[0].text:
            raise AssertionError(f"the setting answered: {home.screen.shown[0].text}")
    return cycle(buttons)


async def _figure(
    home: Home, floor: AsyncCall, where: str, name: str, operation: AsyncCall, bar: float
) -> Figure:
    least, measured = await paired(floor, operation, rounds=ROUNDS)
    await home.service.settle()
    return Figure(name, where, measured, bar, ThreeInserts.NAME, least)


async def _typed_to_shown(home: Home, floor: AsyncCall, where: str) -> Figure:
    """With delivery to the screen; what the loops then do to come to rest is not counted."""
    operation = _each(home.until_shown, lambda: _booking(home))
    least, measured = await paired(floor, operation, rounds=ROUNDS, after=home.settled)
    return Figure("console turn, typed to shown", where, measured, 12, ThreeInserts.NAME, least)


def _booking(home: Home) -> Inbound:
    return home.message(home.free_booking())


def _each(turn: Callable[[Inbound], Awaitable[None]], made: Callable[[], Inbound]) -> AsyncCall:
    return lambda: turn(made())


async def _booked(home: Home, count: int) -> list[str]:
    """Undo buttons of that many bookings, each seen to be one, and to work."""
    buttons = []
    for _ in range(count):
        await home.exchange(_booking(home))
        buttons.append(home.screen.button("Undo"))
    await home.exchange(home.tap(buttons.pop()))
    if "Undone" not in home.screen.shown[0].text:
        raise AssertionError(f"undo answered: {home.screen.shown[0].text}")
    return buttons
