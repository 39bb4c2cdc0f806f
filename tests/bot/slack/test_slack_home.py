"""The Home tab: what one person sees and can do there."""

from __future__ import annotations

from bot.play.counterparts.slack import User
from bot.slack.windows import FIRST
from tests.bot.slack.workspace import Workspace


async def opened(home: Workspace, who: User) -> str:
    home.slack.open_home(who)
    await home.settled()
    return home.shown("home")[-1]


async def test_today_the_week_questions_and_settings(home: Workspace) -> None:
    await home.say(home.anna, "soccer today 3pm")
    await home.say(home.anna, "swim Saturday 2pm with the car")
    page = await opened(home, home.anna)
    parts = ["Today", "soccer", "The days after", "swim", "Open questions", "Nothing to decide."]
    places = [page.index(part) for part in [*parts, "Settings", "America/New_York"]]
    assert places == sorted(places)
    assert home.slack.home(home.ben) is None, "nobody else's page"


async def test_a_question_settled_there_settles_the_card_in_the_channel(home: Workspace) -> None:
    await home.say(home.anna, "soccer Saturday 2pm with the car")
    asked = await home.say(home.ben, "library Saturday 2pm with the car")
    (card,) = [m for m in home.slack.from_bot(home.kitchen) if m.thread_ts == asked.ts]
    assert "library does not fit" in await opened(home, home.anna)
    page = home.slack.home(home.anna)
    before = next(b for b in home.last.buttons if b.label == "Approve 1")
    await home.tap(home.anna, page, "Approve 1")
    edits = [a for a in home.slack.activity if a.what == "edit" and a.message is card]
    assert "Anna approved 1" in edits[-1].text
    assert len(await home.calendar()) == 2
    assert "Nothing to decide." in home.shown("home")[-1], "the page as it is now"
    await home.tap(home.anna, page, before)
    late = home.slack.modal(home.anna)
    assert late is not None, "what was refused is said in a small window"
    assert "decided" in home.shown("modal")[-1]
    assert len(await home.calendar()) == 2


async def test_a_new_event_from_the_page(home: Workspace) -> None:
    await opened(home, home.anna)
    await home.tap(home.anna, home.slack.home(home.anna), "New event…")
    assert await home.submit(home.anna, title="swim", day="2026-03-05") is None
    assert "swim" in (await home.calendar())[0]
    assert home.last.channel is home.slack.direct(home.anna)


async def test_a_setting_from_the_page(home: Workspace) -> None:
    await opened(home, home.anna)
    await home.tap(home.anna, home.slack.home(home.anna), "Show times as 24h")
    assert (await home.family()).settings.hours24
    labels = [button.label for button in home.last.buttons]
    assert (home.last.what, "Show times as 24h" in labels) == ("home", False)


async def test_a_stranger_looks_and_is_nobody_yet(home: Workspace) -> None:
    eve = home.slack.user("Eve")
    await opened(home, eve)
    assert [m.name for m in (await home.family()).members] == ["Anna", "Ben"]
    await home.tap(eve, home.slack.home(eve), "New event…")
    assert FIRST in home.shown("modal")[-1]


async def test_looked_at_again_after_a_change(home: Workspace) -> None:
    assert "swim" not in await opened(home, home.anna)
    await home.say(home.ben, "swim Thursday 5pm")
    assert "swim" in await opened(home, home.anna)
