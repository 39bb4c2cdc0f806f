"""The small parts by themselves."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backoff import Backoff
from bot.commands import COMMANDS
from bot.pacing import UNPACED, Limiter, Pace
from bot.play.counterparts.telegram import ApiError, Telegram
from bot.play.counterparts.telegram.entities import parse_html, trimmed
from bot.telegram.app import TelegramPlatform
from bot.telegram.markup import markup
from bot.telegram.probe import probe
from bot.telegram.text import clean, parts, slice_units, units, without
from scheduling.messages import Outgoing
from scheduling.ports import TryLater
from tests.bot.telegram.conftest import Store

TEXTS = st.text(alphabet=st.sampled_from("ab \n😀é&<"), max_size=400)


@given(TEXTS, st.integers(8, 60))
def test_parts_fit_and_lose_nothing_but_white_space(text: str, limit: int) -> None:
    found = parts(text, limit)
    assert all(0 < units(part) <= limit for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(max_size=60), st.text(max_size=300), st.integers(1, 60))
def test_telegram_reads_the_markup_of_any_text(heading: str, text: str, times: int) -> None:
    sent = markup(Outgoing("k", UUID(int=1), text * times, heading=heading))
    shown = [trimmed(*parse_html(message.html)) for message in sent]
    bold = [e for _, entities in shown for e in entities]
    wanted = clean(heading).strip()
    assert [(e["type"], e["offset"], e["length"]) for e in bold] == (
        [("bold", 0, units(wanted))] if wanted else []
    )
    assert "".join("".join(words for words, _ in shown).split()) == "".join(
        (clean(heading) + clean(text) * times).split()
    )


@given(TEXTS)
def test_what_fits_is_not_split(text: str) -> None:
    assert parts(text, 1000) == ([text.strip("\n")] if text.strip() else [])


@given(st.text(), st.text(min_size=1), st.text())
def test_an_entity_is_cut_out_where_it_is(before: str, entity: str, after: str) -> None:
    whole = before + entity + after
    assert slice_units(whole, units(before), units(entity)) == entity
    assert without(whole, units(before), units(entity)) == before + after


@given(st.text(alphabet=st.characters(categories=["L", "Cs", "Cc", "So"])))
def test_clean_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


async def test_pauses_grow_to_a_bound_and_begin_anew() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    backoff = Backoff(first=1, most=30, sleep=sleep)
    for _ in range(7):
        await backoff.pause()
    backoff.reset()
    await backoff.pause()
    await backoff.pause(least=17)
    assert slept == [1, 2, 4, 8, 16, 30, 30, 1, 17]


def test_thirty_a_second_over_all_chats() -> None:
    limiter = Limiter(lambda: 5.0, Pace())
    for n in range(30):
        limiter.take(str(n), group=False, new=1)
    with pytest.raises(TryLater) as later:
        limiter.take("another", group=False, new=1)
    assert later.value.after.total_seconds() == 1


def test_chats_of_long_ago_are_forgotten() -> None:
    now = [0.0]
    limiter = Limiter(lambda: now[0], Pace(overall=0))
    for n in range(5000):
        now[0] += 1
        limiter.take(str(n), group=True, new=1)
    assert len(limiter._windows) <= 1002


def test_no_pace_never_waits() -> None:
    limiter = Limiter(lambda: 0.0, UNPACED)
    for _ in range(1000):
        limiter.take("1", group=True, new=3, edits=1)
    assert limiter._windows == {}


def test_commands_are_as_telegram_takes_them() -> None:
    wanted = (
        "start help today week free add move cancel conflicts remind family resources rules "
        "settings undo export link unlink forget token calendar"
    )
    assert list(COMMANDS) == wanted.split()
    assert all(1 <= len(text) <= 256 for text in COMMANDS.values())
    assert all(name.isascii() and name.islower() and len(name) <= 32 for name in COMMANDS)


async def test_probing_a_good_token(telegram: Telegram) -> None:
    assert await probe(telegram.state.token, telegram.base_url) == ("family_bot", "")


@pytest.mark.parametrize(
    ("base_url", "problem"),
    [(None, "does not know this token"), ("http://127.0.0.1:9", "can't be reached")],
)
async def test_probing_in_vain(telegram: Telegram, base_url: str | None, problem: str) -> None:
    name, said = await probe("1000:MARKER", base_url or telegram.base_url)
    assert name == ""
    assert problem in said
    assert "MARKER" not in said


async def test_a_round_that_fails_oddly_does_not_end_the_listening(
    telegram: Telegram, platform: TelegramPlatform, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = telegram.user("Anna")
    failures = iter([RuntimeError("odd")])
    answered = platform._intake.answered

    async def odd() -> None:
        for error in failures:
            raise error
        await answered()

    monkeypatch.setattr(platform._intake, "answered", odd)
    telegram.fail_next("getUpdates", ApiError(500, "Internal Server Error"))
    telegram.say(telegram.private(anna), anna, "one")
    telegram.say(telegram.private(anna), anna, "two")
    await telegram.drained()
    assert store.texts == ["one", "two"]
