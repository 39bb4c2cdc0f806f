"""What one typed line means."""

import pytest

from bot.console.lines import Line, Quit, SpeakAs, Spoken, TapNumber, read_line

NAMES = ["Anna", "Ben", "Mom"]
CASES: dict[str, tuple[str, Line | None]] = {
    "plain words": ("yoga at 7", Spoken("yoga at 7")),
    "another speaker": ("Ben: yoga at 7", Spoken("yoga at 7", "Ben")),
    "speaker in any case": ("  bEN :  yoga ", Spoken("yoga", "Ben")),
    "an alias speaks": ("mom: yoga", Spoken("yoga", "Mom")),
    "no member": ("Note: yoga", Spoken("Note: yoga")),
    "a time is no speaker": ("7: 30", Spoken("7: 30")),
    "a colon without room": ("Ben:yoga", Spoken("Ben:yoga")),
    "a number": ("2", TapNumber(2, bare=True)),
    "a number in brackets": ("[12]", TapNumber(12, bare=True)),
    "too long a number": ("20260307", Spoken("20260307")),
    "a tap": ("/tap 2", TapNumber(2)),
    "a tap of nothing": ("/tap x", Spoken("/tap x")),
    "another taps": ("Ben: /tap 2", TapNumber(2, "Ben")),
    "another taps by number": ("Ben: 2", TapNumber(2, "Ben", bare=True)),
    "a command is words": ("/week", Spoken("/week")),
    "a command that only begins like ours": ("/asdf", Spoken("/asdf")),
    "speak as": ("/as ben", SpeakAs("Ben")),
    "speak as someone new": ("/as Olaf", SpeakAs("Olaf")),
    "speak as nobody": ("/as", None),
    "private": ("/private what's on?", Spoken("what's on?", private=True)),
    "another in private": ("Ben: /private hi", Spoken("hi", "Ben", private=True)),
    "quit": ("/quit", Quit()),
    "exit": (" /EXIT ", Quit()),
    "empty": ("", None),
    "blank": (" \t ", None),
    "a speaker and nothing": ("Ben: ", Spoken("Ben:")),
}


@pytest.mark.parametrize(("text", "meant"), CASES.values(), ids=CASES.keys())
def test_lines(text: str, meant: Line | None) -> None:
    assert read_line(text, NAMES) == meant
