"""Small typed structures as JSON, for a thread's state: ids and small dicts, nothing live.

Read back as JSON, not as Python: there pydantic tells a date from a midnight.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from scheduling.edits import Edit
from scheduling.forms import EventForm
from scheduling.imports import CalendarFile
from scheduling.language.readings import Intent

Asked = Intent | EventForm | CalendarFile
"""What one item asks for: read out of words, filled in, or sent as a file."""


@cache
def _intent() -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[Asked, Field(discriminator="kind")])


@cache
def _edits() -> TypeAdapter[Any]:
    return TypeAdapter(list[Annotated[Edit, Field(discriminator="kind")]])


def intent_to_json(intent: Asked) -> dict[str, Any]:
    dumped: dict[str, Any] = _intent().dump_python(intent, mode="json")
    return dumped


def intent_from_json(data: dict[str, Any]) -> Asked:
    intent: Asked = _intent().validate_json(json.dumps(data))
    return intent


def edits_to_json(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    dumped: list[dict[str, Any]] = _edits().dump_python(list(edits), mode="json")
    return dumped


def edits_from_json(data: list[dict[str, Any]]) -> list[Edit]:
    edits: list[Edit] = _edits().validate_json(json.dumps(data))
    return edits
