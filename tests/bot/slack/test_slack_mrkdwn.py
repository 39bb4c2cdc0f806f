"""Slack's text, in both directions; as properties: whatever people write."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.play.counterparts.slack import mrkdwn as theirs
from bot.slack.mrkdwn import cut, escape, mentions, plain, unescape, with_our_commands

UNHURRIED = settings(deadline=None)
WORDS = st.text(st.sampled_from("ab &<>;@#!|^*_~`\n/uU1amplgt\N{PARTY POPPER}"), max_size=60)


@UNHURRIED
@given(WORDS)
def test_escaping_is_undone(words: str) -> None:
    assert unescape(escape(words)) == words


@UNHURRIED
@given(WORDS)
def test_what_we_write_pings_nobody_and_reads_as_written(words: str) -> None:
    written = escape(words)
    assert not theirs.pings(written)
    # "<!a>" is how Slack writes what was picked from its lists, and is left as that when typed.
    assume("<" not in theirs.typed(words))
    assert plain(written, {}, "U0") == plain(theirs.typed(words), {}, "U0")


@UNHURRIED
@given(st.text(st.sampled_from("ab &<>@"), max_size=30))
def test_a_name_is_shown_to_the_letter(name: str) -> None:
    got = plain("for <@U1>.", {"U1": name}, "U0")
    assert " ".join(got.split()) == " ".join(f"for {name or 'someone'}.".split())


@UNHURRIED
@given(WORDS, st.integers(1, 70))
def test_cutting_keeps_the_limit_and_every_escape_whole(words: str, length: int) -> None:
    shown = cut(escape(words), length)
    assert len(shown) <= length
    whole = unescape(shown.removesuffix("…"))
    assert words.startswith(whole) or shown == escape(words)


def test_mentions_in_order() -> None:
    assert mentions("<@U2> and <@U1|anna>, <#C1>, <!here>") == ["U2", "U1"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("/help shows it", "/family help shows it"),
        ("Write /add piano.", "Write /family add piano."),
        ("/family lists them", "/family members lists them"),
        ("https://x.org/week and a/week", "https://x.org/week and a/week"),
        ("/weekend", "/weekend"),
    ],
)
def test_commands_as_they_are_typed_here(words: str, shown: str) -> None:
    assert with_our_commands(words) == shown
