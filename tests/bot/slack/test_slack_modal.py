"""The form: opened in every way, filled in, booked and changed."""

from __future__ import annotations

from datetime import timedelta

from bot.play.counterparts.slack import View
from bot.slack.windows import FIRST, GONE, LATE
from tests.bot.slack.workspace import Workspace


def title(view: View | None) -> str:
    return view.content["title"]["text"] if view else ""


async def test_a_new_event_from_the_command(home: Workspace) -> None:
    await home.command(home.anna, "add")
    assert title(home.slack.modal(home.anna)) == "New event"
    assert home.shown("failed") == []
    assert await home.submit(home.anna, title="soccer", day="2026-03-01") == {
        "day": "That day is already past."
    }
    assert await home.submit(home.anna, day="2026-03-07", start="18:00", end="18:00") == {
        "end": "That leaves no time for it."
    }
    errors = await home.submit(home.anna, start="14:00", end="15:30", members=["Ben"])
    assert errors is None
    assert home.slack.modal(home.anna) is None
    assert await home.calendar() == ["Sat 07 14:00 – Sat 07 15:30 soccer (Ben)"]
    assert home.last.channel is home.kitchen
    assert [b.label for b in home.last.buttons] == ["Undo", "Edit…"]


async def test_submitted_twice_books_once(home: Workspace) -> None:
    await home.command(home.anna, "add")
    assert await home.submit(home.anna, title="soccer", day="2026-03-07") is None
    sent = home.slack.state.deliveries.sent
    form = next(one for one in sent if one.payload.get("type") == "view_submission")
    home.slack.redeliver(form, 2)
    await home.settled()
    assert len(await home.calendar()) == 1


async def test_whole_days_past_midnight_and_over_the_clock_change(home: Workspace) -> None:
    await home.command(home.anna, "new")
    errors = await home.submit(
        home.anna, title="camp", day="2026-03-10", whole=["whole_day"], last_day="2026-03-12"
    )
    assert errors is None
    await home.command(home.anna, "add")
    errors = await home.submit(
        home.anna, title="party", day="2026-03-07", start="22:00", end="04:00"
    )
    assert errors is None
    assert await home.calendar() == [
        "Sat 07 22:00 – Sun 08 04:00 party (Anna)",
        "Tue 10 – Fri 13 camp (Anna)",
    ]


async def test_changed_from_its_card(home: Workspace) -> None:
    asked = await home.say(home.anna, "camp Tuesday to Thursday")
    (card,) = [m for m in home.slack.from_bot(home.kitchen) if m.thread_ts == asked.ts]
    await home.tap(home.ben, card, "Edit…")
    shown = home.slack.modal(home.ben)
    assert title(shown) == "Change event"
    assert shown.filled["last_day", "last_day"]["selected_date"] == "2026-03-12"
    assert await home.submit(home.ben, title="scout camp") is None
    assert await home.calendar() == ["Tue 10 – Fri 13 scout camp (Anna)"], "as long as it was"
    assert home.slack.from_bot(home.kitchen)[-1].thread_ts == asked.ts, "in its thread"
    card = home.slack.from_bot(home.kitchen)[-1]
    await home.tap(home.ben, card, "Edit…")
    assert await home.submit(home.ben, last_day="2026-03-09") == {
        "last_day": "That is before the first day."
    }
    assert await home.submit(home.ben, last_day=None, day="2026-03-11", place="lake") is None
    assert await home.calendar() == ["Wed 11 – Thu 12 scout camp (Anna)"]
    await home.tap(home.ben, home.slack.from_bot(home.kitchen)[-1], "Edit…")
    assert await home.submit(home.ben) is None
    assert "like that already" in home.last.text


async def test_one_of_a_series_or_all_of_it(home: Workspace) -> None:
    await home.say(home.anna, "swim every Thursday 5pm")
    card = home.slack.from_bot(home.kitchen)[-1]
    await home.tap(home.anna, card, "Edit…")
    assert await home.submit(home.anna, start="18:00", end="19:00") is None
    labels = [button.label for button in home.last.buttons]
    assert len(labels) > 1, "this one or all?"
    await home.tap(home.anna, home.last.message, labels[0])
    swims = await home.calendar()
    assert swims[0] == "Thu 05 18:00 – Thu 05 19:00 swim (Anna)"
    assert swims[1] == "Thu 12 17:00 – Thu 12 18:00 swim (Anna)"


async def test_another_rhythm(home: Workspace) -> None:
    await home.say(home.anna, "swim Thursday 5pm")
    await home.tap(home.anna, home.slack.from_bot(home.kitchen)[-1], "Edit…")
    assert await home.submit(home.anna, repeats="Every other week") is None
    days = [line[:6] for line in await home.calendar()]
    assert days == ["Thu 05", "Thu 19", "Thu 02"]


async def test_a_clash_is_asked_about(home: Workspace) -> None:
    await home.say(home.anna, "soccer Saturday 2pm with the car")
    await home.command(home.ben, "add")
    errors = await home.submit(
        home.ben, title="library", day="2026-03-07", start="14:00", end="15:00", things=["car"]
    )
    assert errors is None
    assert "library does not fit" in home.last.text
    assert "Approve 1" in [button.label for button in home.last.buttons]


async def test_the_shortcut_and_somebody_new(home: Workspace) -> None:
    mia = home.slack.user("Mia")
    home.slack.shortcut(mia, None, "new_event")
    await home.settled()
    assert FIRST in home.last.text
    home.kitchen.members.append(mia)
    await home.command(mia, "add")
    assert await home.submit(mia, title="chess", day="2026-03-05") is None
    assert "chess" in (await home.calendar())[0]
    assert "Mia" in [member.name for member in (await home.family()).members]
    home.slack.shortcut(mia, None, "new_event")
    await home.settled()
    assert title(home.slack.modal(mia)) in ("New event", "Family Scheduler")


async def test_what_is_gone_cannot_be_changed(home: Workspace) -> None:
    await home.say(home.anna, "swim Thursday 5pm")
    card = home.slack.from_bot(home.kitchen)[-1]
    edit = next(b for b in home.last.buttons if b.label == "Edit…")
    await home.tap(home.anna, card, "Undo")
    await home.tap(home.anna, card, edit)
    assert GONE in home.last.text


async def test_an_expired_trigger_is_answered_kindly(home: Workspace) -> None:
    await home.say(home.anna, "swim Thursday 5pm")
    card = home.slack.from_bot(home.kitchen)[-1]
    for act in (
        lambda: home.slack.command(home.anna, home.kitchen, "/family", "add"),
        lambda: home.slack.tap(home.anna, card, "Edit…"),
        lambda: home.slack.shortcut(home.anna, None, "new_event"),
    ):
        act()
        home.slack.state.now = lambda: home.clock.now() + timedelta(minutes=1)
        await home.settled()
        assert (home.last.what, home.last.user, home.last.text) == ("ephemeral", home.anna, LATE)
        home.slack.state.now = home.clock.now
    assert home.slack.modal(home.anna) is None
