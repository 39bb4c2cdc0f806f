"""Everything at once, three times and out of order, with cut sockets and a database that is away:
the real adapter, gateway and database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from scheduling.messages import Inbound
from tests.bot.slack.workspace import Workspace, workspace_at

DAYS = ["Thursday", "Friday", "Saturday", "Sunday", "Monday"]


@pytest.fixture
async def place(database_url: str) -> AsyncIterator[Workspace]:
    """On each engine in turn."""
    async with workspace_at(database_url) as found:
        await found.begin()
        yield found


@pytest.fixture
async def brittle(sqlite_url: str) -> AsyncIterator[Workspace]:
    """Where a lost socket is missed soon."""
    async with workspace_at(sqlite_url, ping=0.2) as found:
        await found.begin()
        yield found


def recorded(home: Workspace) -> list[Inbound]:
    """What the gateway takes from now on, in order."""
    taken: list[Inbound] = []
    receive = home.service.gateway.receive

    async def noted(inbound: Inbound) -> Any:
        answer = await receive(inbound)
        taken.append(inbound)
        return answer

    home.service.gateway.receive = noted
    return taken


def titles(lines: list[str]) -> list[str]:
    return sorted(line.split(" – ")[1].split(" ", 3)[3] for line in lines)


async def test_every_event_three_times_and_out_of_order(place: Workspace) -> None:
    said = [
        place.slack.say(place.kitchen, place.anna, f"event{n} {day} 9am", mention=True)
        for n, day in enumerate(DAYS)
    ]
    for _ in range(2):
        for message in reversed(said):
            place.slack.redeliver(message)
    await place.settled()
    for message in said:
        place.slack.redeliver(message)
    await place.settled()
    assert titles(await place.calendar()) == [f"event{n} (Anna)" for n in range(5)]
    threads = [m.thread_ts for m in place.slack.from_bot(place.kitchen) if m.thread_ts]
    for message in said:
        assert threads.count(message.ts) == 1, "answered once"


async def test_fifty_at_once_over_many_channels(place: Workspace) -> None:
    taken = recorded(place)
    channels = [place.slack.channel(f"room{n}", [place.anna, place.ben]) for n in range(5)]
    for n in range(10):
        for channel in channels:
            place.slack.say(channel, place.anna if n % 2 else place.ben, f"talk {n}")
    await place.slack.drained()
    told = [d for d in place.slack.events("message") if "talk" in d.event["text"]]
    assert len(told) == 50
    assert {(d.acknowledged, d.lost) for d in told} == {(True, "")}
    for channel in channels:
        here = [i for i in taken if i.chat.external_id.endswith(f":{channel.id}")]
        texts = list(dict.fromkeys(i.text for i in here))
        assert texts == [f"talk {n}" for n in range(10)], "in the order in which it was said"
    assert len({i.key for i in taken}) == 50


async def test_fifty_requests_are_acknowledged_before_any_is_worked_on(home: Workspace) -> None:
    rooms = [home.slack.channel(f"room{n}", [home.anna]) for n in range(5)]
    for n in range(10):
        for place in rooms:
            who = f"{place.name}x{n}"
            home.slack.say(place, home.anna, f"{who} on {n + 5} March 9am, just me", mention=True)
    # Nobody works here until `settle` is called: however long it took, Slack would not notice.
    await home.slack.drained()
    sent = home.slack.state.deliveries.sent
    assert all(d.acknowledged and not d.lost for d in sent)
    assert await home.calendar() == []
    await home.settled()
    assert len(await home.calendar()) == 10, "one a day; the others were told that they clash"
    for place in rooms:
        asked = [m for m in home.slack.messages(place) if not m.by_bot]
        answered = [m.thread_ts for m in home.slack.from_bot(place)]
        assert {m.ts for m in asked} <= set(answered)


@pytest.mark.parametrize("abrupt", [False, True], ids=["closed", "abrupt"])
async def test_a_socket_cut_in_mid_conversation(brittle: Workspace, abrupt: bool) -> None:
    home = brittle
    asked = home.slack.say(home.kitchen, home.anna, "swim Thursday", mention=True)
    home.slack.cut(abrupt=abrupt)
    await home.settled()
    home.slack.say(home.kitchen, home.anna, "5pm", thread=asked)
    home.slack.cut(abrupt=abrupt)
    await home.settled()
    assert await home.calendar() == ["Thu 05 17:00 – Thu 05 18:00 swim (Anna)"]
    card, undo = home.last.message, home.last.buttons[0]
    await home.slack.refresh()
    home.slack.tap(home.anna, card, undo)
    await home.settled()
    assert await home.calendar() == []


async def test_a_database_that_is_away_for_a_while(home: Workspace) -> None:
    gateway, real = home.service.gateway, home.service.gateway._uow
    away = 6

    def failing() -> Any:
        nonlocal away
        if away:
            away -= 1
            raise ConnectionError("the database is away")
        return real()

    gateway._uow = failing
    asked = home.slack.say(home.kitchen, home.anna, "swim Thursday 5pm", mention=True)
    await home.settled()
    assert sum(d.tries for d in home.slack.events(asked)) == 3, "two ways in, three refusals"
    assert away == 0
    assert await home.calendar() == ["Thu 05 17:00 – Thu 05 18:00 swim (Anna)"]


async def test_a_tap_twice_and_by_two_people(home: Workspace) -> None:
    await home.say(home.anna, "soccer Saturday 2pm with the car")
    await home.say(home.ben, "library Saturday 2pm with the car")
    card, buttons = home.last.message, home.last.buttons
    for who in (home.anna, home.ben, home.anna):
        home.slack.tap(who, card, next(b for b in buttons if b.label == "Approve 1"))
    await home.settled()
    assert len(await home.calendar()) == 2
    assert len([t for t in home.shown("edit") if "approved 1" in t]) == 1
