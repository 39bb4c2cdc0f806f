"""docs/graph.md shows the graph as the code builds it."""

from __future__ import annotations

import re

import pytest

from scripts.graph_page import PAGE, render


def test_the_drawing_is_what_the_code_builds() -> None:
    page = PAGE.read_text("utf-8")
    assert page == render(page), "run `python -m scripts.graph_page`"


def test_every_node_is_explained_beside_it() -> None:
    page = PAGE.read_text("utf-8")
    drawn = set(re.findall(r"^\t(\w+)\(\1\)$", page, flags=re.MULTILINE))
    explained = set(re.findall(r"^- \*\*(\w+)\*\*", page, flags=re.MULTILINE))
    assert drawn == explained != set()


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a line"):
        render("# Nothing here\n")
