"""docs/bad-input.md, row by row: the answer, the calendar, and nothing left undone."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from agents.turns import SORRY
from tests.bot.bad_input_table import DOCUMENT, POISON, Row, escaped, play, rows, unescaped
from tests.bot.talk import furnish, talking

ROWS = rows(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_row(
    row: Row, families: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    poisoned = any(POISON in step for step in (*row.before, *row.steps))
    async with talking(f"sqlite:///{copy}") as talk:
        answer, calendar = await play(talk, row)
        assert answer == row.answer
        assert calendar == row.calendar
        assert not await talk.unfinished()
        assert poisoned or SORRY not in "".join(heard.text for heard in talk.heard)
    errors = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert poisoned == bool(errors), errors


def test_the_table_is_as_long_as_promised() -> None:
    assert len(ROWS) >= 50
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_a_step_stands_for_its_text() -> None:
    assert unescaped(r"{a×3}\u202e{p#,×2}\n") == "aaa\u202ep1,p2,\n"


def test_an_answer_is_written_on_one_line() -> None:
    assert escaped("ab\n\x00`" + "x" * 30) == "ab ⏎ \\u0000\\x60{x×30}"


def test_a_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="4 cells"):
        rows("| a | b | c | d |")
