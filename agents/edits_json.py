"""Edits as JSON, for a thread's state; apart from what is asked for, which only readers load.

Read back as JSON, not as Python: there pydantic tells a date from a midnight.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from scheduling.edits import Edit


@cache
def _edits() -> TypeAdapter[Any]:
    return TypeAdapter(list[Annotated[Edit, Field(discriminator="kind")]])


def edits_to_json(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    dumped: list[dict[str, Any]] = _edits().dump_python(list(edits), mode="json")
    return dumped


def edits_from_json(data: list[dict[str, Any]]) -> list[Edit]:
    edits: list[Edit] = _edits().validate_json(json.dumps(data))
    return edits
