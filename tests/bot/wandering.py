"""Random walks through the product: what people, and people with bad intentions, might do."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from hypothesis import strategies as st

from agents.turns import SORRY
from scheduling.buttons import MAX_BYTES
from tests.bot.talk import Talk, talking

Kind = Literal["say", "tap", "forge", "wait", "edit", "reply"]

_WHO = st.sampled_from(["Anna", "Anna", "Ben", "Mia", "Li", "Zed"])
_WHAT = st.sampled_from(["soccer", "piano", "dentist for Mia", "dinner, everyone", "the trip"])
_WHEN = st.sampled_from(
    ["Friday 5pm", "Saturday 2pm", "tomorrow", "March 8 2:30am", "every Tuesday 4pm", "yesterday",
     "31 February", "from Monday to Thursday", "every day for 10 days", "Friday 5pm to 3pm", ""]
)  # fmt: skip
_WITH = st.sampled_from(["", ", need the car", ", Mia", ", Ben drives", " for 0 minutes"])
_ORDERS = st.sampled_from(
    ["move it to Sunday 6pm", "cancel it", "cancel piano", "move soccer an hour later", "yes", "no",
     "make it 90 minutes", "add Leo", "undo", "who drives soccer?", "approve 2", "all of them",
     "every Tuesday", "no events for Mia after 8 pm", "what's on Saturday?", "any conflicts?",
     "we have 2 bikes", "the car is broken until Friday", "remind me to call at 5pm", "31 February",
     "when is everyone free?", "cancel everything", "make it -30 minutes", "at most 1 event a day"]
)  # fmt: skip
_COMMANDS = st.sampled_from(
    ["/start", "/help", "/today", "/week", "/free", "/conflicts", "/undo", "/export", "/calendar",
     "/family", "/family add Zoe child", "/family role Ben child", "/resources add van 0",
     "/resources remove car", "/rules", "/settings", "/settings timezone London",
     "/settings consent everyone", "/settings listen on", "/settings quiet 21:00-07:00",
     "/settings digest 7:00", "/forget Leo", "/forget everything", "/add", "/add x", "/remind",
     "/move it to Monday 9am", "/cancel", "/nonsense", "/settings 24h", "/settings reminder 10"]
)  # fmt: skip
_TEXT = st.one_of(
    st.builds("{} {}{}".format, _WHAT, _WHEN, _WITH),
    st.builds("{} {}{}".format, _WHAT, _WHEN, _WITH),
    _ORDERS,
    _COMMANDS,
    st.text(st.characters(), max_size=60),
    st.builds("{} {}".format, st.text(st.characters(), max_size=20), _WHEN),
)
_VERBS = ("opt", "undo", "done", "snooze", "take", "role", "set", "setup", "drop", "fly")
_ARGUMENTS = (
    "", "0", "1", "7", "x", "-1", "10m", "year", "driver", "responsible", "parent", "king", "24h",
    "length-0", "digest-25.00", "digest-on", "Europe/London", "family", "person", "rule", "keep",
)  # fmt: skip
_FORGED = st.one_of(
    st.text(st.characters(), max_size=MAX_BYTES + 9),
    st.builds("{}:{{id}}:{}".format, st.sampled_from(_VERBS), st.sampled_from(_ARGUMENTS)),
)


@dataclass(frozen=True, slots=True)
class Move:
    """text: what is said, or the forged data. number: which button, message or card, counted
    from the newest; for `wait`, hours."""

    kind: Kind
    who: str = "Anna"
    text: str = ""
    number: int = 0


MOVES = st.one_of(
    st.builds(Move, st.just("say"), _WHO, _TEXT),
    st.builds(Move, st.just("say"), _WHO, _TEXT),
    st.builds(Move, st.just("tap"), _WHO, number=st.integers(0, 9)),
    st.builds(Move, st.just("tap"), _WHO, number=st.integers(0, 2)),
    st.builds(Move, st.just("forge"), _WHO, _FORGED, st.integers(0, 5)),
    st.builds(Move, st.just("wait"), number=st.sampled_from([1, 5, 24, 100, 2000])),
    st.builds(Move, st.just("edit"), text=_TEXT, number=st.integers(0, 4)),
    st.builds(Move, st.just("reply"), _WHO, _TEXT, st.integers(0, 6)),
)


async def walk(moves: list[Move], template: Path) -> None:
    """Make the moves on a fresh database. Raises AssertionError where something went wrong:
    an error was logged, a row was left undone, or an impossible event is on a calendar."""
    with tempfile.TemporaryDirectory() as folder, _errors() as errors:
        copy = Path(folder) / "family.db"
        shutil.copyfile(template, copy)
        async with talking(f"sqlite:///{copy}") as talk:
            for move in moves:
                await _make(move, talk)
                assert not errors, (move, errors)
                assert not await talk.unfinished(), move
                assert all(SORRY not in heard.text for heard in talk.heard), move
                await _sound(talk)


async def _make(move: Move, talk: Talk) -> None:
    match move.kind:
        case "say":
            await talk.say(move.text, move.who)
        case "wait":
            await talk.wait_until(talk.clock.now() + timedelta(hours=move.number))
        case "tap":
            if data := _data(talk, move.number):
                await talk.tap_data(data, move.who)
        case "forge":
            real = _data(talk, move.number).split(":")
            await talk.tap_data(
                move.text.replace("{id}", real[1] if len(real) > 1 else ""), move.who
            )
        case "edit" if move.number < len(talk.said):
            await talk.edit(len(talk.said) - move.number, move.text)
        case "reply" if move.number < len(talk.messages):
            ref = list(talk.messages)[-1 - move.number]
            await talk.say(move.text, move.who, reply_ref=ref)


def _data(talk: Talk, number: int) -> str:
    """The data of a button ever shown, counted from the newest; "" if there are not so many."""
    shown = [b.data for v in talk.versions for row in v.buttons for b in row]
    return shown[-1 - number] if number < len(shown) else ""


async def _sound(talk: Talk) -> None:
    async with talk.service.database.reader() as uow:
        for household_id in await uow.households.all_ids():
            for event in await uow.events.all(household_id):
                assert event.duration > timedelta(0), event
                assert event.title.strip(), event


@contextmanager
def _errors() -> Iterator[list[str]]:
    """What is logged as an error meanwhile."""
    found: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(self.format(record))

    keeping = Keeping(logging.ERROR)
    logging.getLogger().addHandler(keeping)
    try:
        yield found
    finally:
        logging.getLogger().removeHandler(keeping)
