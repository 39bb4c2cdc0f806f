"""docs/bad-input.md as data: its rows, how a row is played, and how an answer is written down.

`python -m tests.bot.bad_input_table` plays every row and writes the answers it got into the
table; reading the difference is the review.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from storage import migrate
from tests.bot.talk import CHEN, RIVERA, ZONE, Heard, Talk, furnish, talking

DOCUMENT = Path(__file__).parents[2] / "docs" / "bad-input.md"
POISON = "☠ "
_PEOPLE = "|".join([*RIVERA, *CHEN, "Zed"])
_STEP = re.compile(rf"(?:(?P<who>{_PEOPLE}): )?(?P<what>.*)", re.DOTALL)
_REPEAT = re.compile(r"\{(.*?)×(\d+)\}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|n)")
_AGAIN = re.compile(r"(.{1,12}?)\1{24,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. before, steps: what is said and tapped; only the answer to
    `steps` counts. answer, calendar: cells as they are written."""

    name: str
    before: tuple[str, ...]
    steps: tuple[str, ...]
    answer: str
    calendar: str


def rows(document: str) -> list[Row]:
    """Every row of every table in the document. Raises ValueError for one that is malformed."""
    found = []
    for line in document.splitlines():
        cells = _cells(line)
        if line.startswith("| ") and cells[0] != "what" and not cells[0].startswith("---"):
            if len(cells) != 5:
                raise ValueError(f"{len(cells)} cells: {line[:80]}")
            found.append(Row(cells[0], _spans(cells[1]), _spans(cells[2]), cells[3], cells[4]))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _spans(cell: str) -> tuple[str, ...]:
    return tuple(found.replace("\\|", "|") for found in re.findall(r"`(.*?)`", cell))


def written(row: Row) -> str:
    """The row as a line of the table."""
    steps = "<br>".join(_span(s) for s in row.steps)
    before = "<br>".join(_span(s) for s in row.before)
    return f"| {row.name} | {before} | {steps} | {row.answer} | {row.calendar} |"


def _span(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def unescaped(text: str) -> str:
    r"""The text a step stands for: "{a×3}" is "aaa", "{p#, ×2}" is "p1, p2, ", "\u202e" that
    character, a lone surrogate included."""

    def repeated(found: re.Match[str]) -> str:
        return "".join(found[1].replace("#", str(n)) for n in range(1, int(found[2]) + 1))

    def character(found: re.Match[str]) -> str:
        return "\n" if found[0] == "\\n" else chr(int(found[1] or found[2], 16))

    return _ESCAPE.sub(character, _REPEAT.sub(repeated, text))


def escaped(text: str) -> str:
    """The text on one line, in ASCII where it could not be seen, with long repeats folded."""
    folded = _AGAIN.sub(lambda m: f"{{{m[1]}×{len(m[0]) // len(m[1])}}}", text)
    shown = "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in folded)
    return shown.replace("`", "\\x60").replace("\n", " ⏎ ")


def answer_cell(heard: list[Heard]) -> str:
    """What was shown, a span a message; a tap's own answer in parentheses."""
    return "<br>".join(_span(_told(h)) for h in heard) or "nothing"


def _told(heard: Heard) -> str:
    if heard.toast:
        return f"({escaped(heard.text)})"
    buttons = "".join(f" [{escaped(button.label)}]" for button in heard.buttons)
    return escaped(heard.text) + buttons


def calendar_cell(lines: list[str]) -> str:
    return "<br>".join(_span(escaped(line)) for line in lines) or "empty"


async def play(talk: Talk, row: Row) -> tuple[str, str]:
    """Carry the row out; the answer and the calendar as cells."""
    for step in row.before:
        await take(talk, step)
    talk.heard.clear()
    for step in row.steps:
        await take(talk, step)
    return answer_cell(talk.heard), calendar_cell(await talk.calendar())


async def take(talk: Talk, step: str) -> None:
    """One step: `text` said by Anna, or `Ben: text`; `[Undo]` taps that button, `[Undo!]` even
    if it is gone, `[=data]` a forged one; `↩1 text` replies to the bot's first message, `✎1
    text` edits the family's first; `~ text` is not addressed to the bot; `☠ text` is a message
    whose every turn fails; `⏰ 2026-03-05 08:00` moves the clock."""
    found = _STEP.fullmatch(step)
    assert found is not None
    who, what = found["who"] or "Anna", found["what"]
    if what.startswith("⏰ "):
        await talk.wait_until(datetime.fromisoformat(what[2:]).replace(tzinfo=ZONE))
    elif what.startswith("[="):
        await talk.tap_data(unescaped(_with_id(what[2:-1], talk)), who)
    elif what.startswith("[") and what.endswith("]"):
        label = what[1:-1]
        await talk.tap(label.removesuffix("!"), who, stale=label.endswith("!"))
    elif reply := re.match(r"↩(\d) ", what):
        ref = list(talk.messages)[int(reply[1]) - 1]
        await talk.say(unescaped(what[3:]), who, reply_ref=ref)
    elif edit := re.match(r"✎(\d) ", what):
        await talk.edit(int(edit[1]), unescaped(what[3:]))
    elif what.startswith("~ "):
        await talk.say(unescaped(what[2:]), who, addressed=False)
    elif what.startswith(POISON):
        async with talk.broken():
            await talk.say(unescaped(what[2:]), who)
    else:
        await talk.say(unescaped(what), who)


def _with_id(data: str, talk: Talk) -> str:
    """`{id}` is the id in the newest button; `{first}`, `{second}` all the data of the first
    and the second card that had buttons."""
    if "{id}" in data:
        return data.replace("{id}", talk.last_button().data.split(":")[1])
    cards = [shown.buttons[0][0].data for shown in talk.versions if shown.buttons]
    for number, name in enumerate(("{first}", "{second}")):
        if name in data:
            data = data.replace(name, cards[number])
    return data


def _answered(row: Row, template: Path, copy: Path) -> Row:
    for old in copy.parent.glob(f"{copy.name}*"):
        old.unlink()
    shutil.copyfile(template, copy)
    return asyncio.run(_played(row, f"sqlite:///{copy}"))


async def _played(row: Row, database_url: str) -> Row:
    async with talking(database_url) as talk:
        answer, calendar = await play(talk, row)
    return replace(row, answer=answer, calendar=calendar)


def main(document: Path) -> None:
    """Write the answers the product gives today into the table."""
    text = document.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        migrated, copy = Path(folder) / "migrated.db", Path(folder) / "copy.db"
        migrate.upgrade(f"sqlite:///{migrated}")
        template = furnish(migrated, Path(folder) / "template.db")
        lines = []
        for line in text.splitlines():
            found = rows(line)
            lines.append(written(_answered(found[0], template, copy)) if found else line)
    document.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT)
