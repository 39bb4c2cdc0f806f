"""Draws the orchestrator's graph into docs/graph.md, from the code that builds it."""

from __future__ import annotations

from pathlib import Path
from typing import Never

from agents.graph import build_graph, picture
from agents.state import Tools
from bot.clock import SystemClock

PAGE = Path(__file__).parents[1] / "docs" / "graph.md"
BEGIN = "<!-- drawn from agents/graph.py by `python -m scripts.graph_page` -->"
END = "<!-- end of the drawing -->"


def render(page: str) -> str:
    """The page with its drawing made anew. Raises ValueError where the markers are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs a line {BEGIN} and a line {END}")
    drawing = picture(build_graph(Tools(_no_database, _no_database, SystemClock()))).strip()
    return f"{before}{BEGIN}\n```mermaid\n{drawing}\n```\n{END}{after}"


def _no_database() -> Never:
    raise RuntimeError("a drawing needs no database")


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text("utf-8")), "utf-8")
