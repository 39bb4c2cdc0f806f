"""Taps on family matters: each says what it did, its card changes in place and names who tapped,
and the same tap again changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.console import codec
from tests.bot.talk import MORNING, Talk, furnish, talking


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.fixture
async def talk(families: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    async with talking(f"sqlite:///{copy}") as found:
        yield found


TAPS = [
    (["/settings"], "Show times as 24h", "times as 14:00.", "✓ Anna: times as 14:00."),
    (["/settings"], "Morning digest", "a list of the day", "✓ Anna: a list of the day"),
    (["/forget Leo"], "Keep", "Nothing was deleted.", "Nothing was deleted (said Anna)"),
    (["/forget Leo"], "Delete", "Leo is forgotten.", "events are deleted (said Anna)"),
    (["no events after 9pm"], "Remove it", "The rule is removed.", "(said Anna)"),
    (["/forget everything"], "Delete", "Rivera is deleted", "Rivera is gone (said Anna)"),
]


@pytest.mark.parametrize(("before", "label", "toast", "card"), TAPS)
async def test_a_tap_says_what_it_did(
    talk: Talk, before: list[str], label: str, toast: str, card: str
) -> None:
    for words in before:
        await talk.say(words)
    messages = len(talk.messages)
    await talk.tap(label, "Mia")
    assert "parent" in talk.heard[-1].text
    heard = len(talk.heard)
    await talk.tap(label)
    assert talk.heard[heard].toast
    assert talk.heard[heard].text.startswith(toast)
    shown = list(talk.messages.values())
    assert len(shown) == messages, "the card changes in place"
    assert card in shown[-1].text
    assert label not in [b.label for row in shown[-1].buttons for b in row]
    heard = len(talk.heard)
    await talk.tap(label, stale=True)
    assert len(talk.heard) == heard + 1
    assert any(words in talk.heard[-1].text for words in ("settled already", "does not work"))


async def test_a_newcomer_s_role_is_said_once(talk: Talk) -> None:
    now = MORNING
    said = codec.message("hello", codec.account("Zoe"), codec.chat(), "900", now)
    await talk.receive(said)
    await talk.tap("Child")
    assert "Zoe: child." in [h.text for h in talk.heard if h.toast]
    assert "(said Anna)" in talk.heard[-1].text
    await talk.tap("Parent", "Ben", stale=True)
    assert talk.heard[-1].text == "That is settled already."
    await talk.say("/family")
    assert "Zoe (child)" in talk.heard[-1].text


async def test_the_first_minutes_name_who_tapped_and_ask_once(talk: Talk) -> None:
    home = codec.chat("home:Zoe")
    zoe = codec.account("Zoe")
    await talk.receive(codec.message("/start", zoe, home, "900", MORNING))
    zone = next(b for b in talk.heard[-1].buttons if b.label == "Berlin")

    async def tap(data: str, number: str) -> list[str]:
        heard = len(talk.heard)
        await talk.receive(codec.tap(data, zoe, home, "x", number, MORNING))
        return [h.text for h in talk.heard[heard:]]

    toast, card = await tap(zone.data, "901")
    assert toast == "You live by the time of Europe/Berlin."
    assert card.startswith("✓ Europe/Berlin (Zoe)")
    assert await tap(zone.data, "902") == ["That is settled already."]
    none = next(b for b in talk.heard[-2].buttons if b.label == "No digest")
    toast, card = await tap(none.data, "903")
    assert toast == "no list in the morning."
    assert card.startswith("✓ Ready (Zoe)")
    assert await tap(none.data, "904") == ["That is settled already."]


async def test_after_a_family_is_deleted_nothing_of_it_is_kept(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm")
    await talk.say("/forget everything")
    await talk.tap("Delete")
    assert await talk.calendar() == []
    async with talk.service.database.reader() as uow:
        chat = await uow.chats.find(codec.chat())
        assert chat is not None
        family = await uow.households.get(chat.household_id)
    assert (family.members, family.resources, family.onboarded) == ((), (), False)
    await talk.say("/start")
    assert "Where do you live" in talk.heard[-1].text
