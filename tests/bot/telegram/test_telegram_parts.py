"""The small parts by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import COMMANDS
from bot.play.counterparts.telegram import ApiError, Telegram
from bot.telegram.backoff import Backoff
from bot.telegram.diagnosis import diagnose
from bot.telegram.limits import UNPACED, Limiter, Pace
from bot.telegram.text import clean, parts, slice_units, units, without
from scheduling.ports import TryLater

TEXTS = st.text(alphabet=st.sampled_from("ab \n😀é&<"), max_size=400)


@given(TEXTS, st.integers(8, 60))
def test_parts_fit_and_lose_nothing_but_white_space(text: str, limit: int) -> None:
    found = parts(text, limit)
    assert all(0 < units(part) <= limit for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


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
        "settings undo export forget calendar"
    )
    assert list(COMMANDS) == wanted.split()
    assert all(1 <= len(text) <= 256 for text in COMMANDS.values())
    assert all(name.isascii() and name.islower() and len(name) <= 32 for name in COMMANDS)


async def test_a_diagnosis_of_health(telegram: Telegram) -> None:
    me, problems = await diagnose(telegram.state.token, telegram.base_url, "polling")
    assert (me and me.username, problems) == ("family_bot", [])


async def test_a_diagnosis_of_a_wrong_token(telegram: Telegram) -> None:
    me, problems = await diagnose("1000:MARKER", telegram.base_url, "polling")
    assert me is None
    assert "@BotFather" in problems[0]
    assert "MARKER" not in problems[0]


async def test_a_diagnosis_of_a_wrong_address() -> None:
    me, problems = await diagnose("1000:MARKER", "http://127.0.0.1:9", "polling")
    assert me is None
    assert "cannot be reached at http://127.0.0.1:9" in problems[0]
    assert "MARKER" not in problems[0]


async def test_a_diagnosis_of_a_webhook_that_fails(telegram: Telegram) -> None:
    telegram.state.webhook.last_error = "Wrong response from the webhook: 502 Bad Gateway"
    _, problems = await diagnose(telegram.state.token, telegram.base_url, "webhook")
    assert "502 Bad Gateway" in problems[0]


async def test_a_round_that_fails_oddly_does_not_end_the_listening(
    telegram: Telegram, platform, store, monkeypatch: pytest.MonkeyPatch
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
