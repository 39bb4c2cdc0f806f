"""What is typed becomes an Inbound with an identity; what is sent is safe to print."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.console import codec
from scheduling.messages import Outgoing

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
ANNA = codec.account("Anna")


def test_a_line_is_a_message_in_the_shared_chat() -> None:
    found = codec.message("yoga at 7", ANNA, codec.chat(), "m1", NOW)
    assert (found.kind, found.text, found.addressed) == ("message", "yoga at 7", True)
    assert (found.chat.external_id, found.chat.private) == (codec.HOME, False)
    assert found.sender is not None
    assert (found.sender.external_id, found.sender.name) == ("anna", "Anna")


def test_a_slash_makes_a_command() -> None:
    assert codec.message("/week", ANNA, codec.chat(), "m1", NOW).kind == "command"


def test_a_private_chat_is_the_person_s_own() -> None:
    assert codec.private_chat("Anna") != codec.private_chat("Ben")
    assert codec.private_chat("Anna").private


def test_keys_tell_apart_what_is_not_the_same_thing() -> None:
    one = codec.message("a", ANNA, codec.chat(), "m1", NOW)
    again = codec.message("a", ANNA, codec.chat(), "m1", NOW)
    keys = {
        one.key,
        codec.message("a", ANNA, codec.chat(), "m2", NOW).key,
        codec.message("a", ANNA, codec.private_chat("Anna"), "m1", NOW).key,
        codec.edit("b", ANNA, codec.chat(), "m1", NOW, version=1).key,
        codec.edit("c", ANNA, codec.chat(), "m1", NOW, version=2).key,
        codec.tap("data", ANNA, codec.chat(), "m1", "t1", NOW).key,
        codec.tap("data", ANNA, codec.chat(), "m1", "t2", NOW).key,
    }
    assert len(keys) == 7
    assert again.key == one.key


def test_a_tap_names_its_message_and_button() -> None:
    found = codec.tap("undo:1", ANNA, codec.chat(), "m1", "t1", NOW)
    assert (found.kind, found.message_ref, found.button) == ("tap", "m1", "undo:1")


def test_the_heading_stands_above_the_text() -> None:
    assert codec.words(Outgoing("k", UUID(int=1), "body", heading="head")) == "head\nbody"
    assert codec.words(Outgoing("k", UUID(int=1), "body")) == "body"


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x07", "\x00", "\r", "\x9b31m", "\u202e"], ids=ascii
)
def test_nothing_that_steers_a_terminal_is_printed(hostile: str) -> None:
    safe = codec.printable(f"a{hostile}b\nc")
    assert hostile not in safe
    assert safe.endswith("b\nc")
