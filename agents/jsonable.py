"""Small typed structures as JSON, for a thread's state: ids and small dicts, nothing live.

Read back as JSON, not as Python: there pydantic tells a date from a midnight.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from scheduling.forms import EventForm
from scheduling.imports import CalendarFile, Flyer
from scheduling.language.readings import Intent

Asked = Intent | EventForm | CalendarFile | Flyer
"""What one item asks for: read out of words, filled in, or sent as a file."""


@cache
def _intent() -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[Asked, Field(discriminator="kind")])


def intent_to_json(intent: Asked) -> dict[str, Any]:
    dumped: dict[str, Any] = _intent().dump_python(intent, mode="json")
    return dumped


def intent_from_json(data: dict[str, Any]) -> Asked:
    intent: Asked = _intent().validate_json(json.dumps(data))
    return intent
