"""The picture in the README: a script played through the real product, drawn as a chat.

`python -m scripts.conversation_picture` writes docs/pictures/conversation.svg.
"""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.play.reading import read_script
from bot.play.report import Line, Result
from bot.play.stage import Stage

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH = 92


async def played() -> Result:
    """The script's transcript, from a service of its own."""
    stage = Stage("console")
    try:
        return await stage.play(read_script(FOLDER / "conversation.yaml"))
    finally:
        await stage.close()


def drawn(result: Result) -> str:
    """The transcript as SVG: what people say on the right, what the bot says on the left."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), color_system="truecolor")
    for line in result.transcript:
        if line.ok is None and line.who != "—":
            console.print(_bubble(line), justify="left" if _by_bot(line) else "right")
    svg = console.export_svg(title=result.name, unique_id="conversation")
    # A picture loads nothing: fonts of the reader's own machine do.
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def _by_bot(line: Line) -> bool:
    return line.who.startswith("bot")


def _bubble(line: Line) -> Panel:
    text = Text(line.text)
    if line.buttons:
        text.append("\n\n" + "  ".join(f"[ {label} ]" for label in line.buttons), style="bold cyan")
    return Panel(
        text,
        title=f"{line.who} · {line.at}",
        title_align="left",
        border_style="green" if _by_bot(line) else "blue",
        width=66 if _by_bot(line) else 58,
    )


if __name__ == "__main__":
    result = asyncio.run(played())
    (FOLDER / "conversation.svg").write_text(drawn(result), encoding="utf-8")
