"""The `model:` section of a script, read."""

from __future__ import annotations

import re
from typing import get_args

from bot.play.counterparts.models import Fault, Reply
from bot.play.fields import Fields
from bot.play.model_spec import ModelSpec


def read_model(fields: Fields) -> ModelSpec | None:
    """Take and read `model`. Raises ScriptError."""
    value = fields.take("model", None)
    if value is None:
        return None
    section = Fields(value, f"{fields.where}, model")
    budget = section.take("budget", None)
    if budget is not None and not isinstance(budget, int | float):
        raise section.fail("budget", "US dollars", budget)
    spec = ModelSpec(
        provider=section.choice("provider", ["openai", "anthropic"], "openai"),
        replies=tuple(map(_reply, section.mappings("replies"))),
        budget=budget,
    )
    section.done()
    return spec


def _reply(fields: Fields) -> Reply:
    faults = ["", *get_args(Fault)]
    seconds = fields.take("seconds", 0.0)
    if not isinstance(seconds, int | float):
        raise fields.fail("seconds", "seconds", seconds)
    items = fields.take("items", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise fields.fail("items", "a list of what the model read", items)
    reply = Reply(
        to=fields.pattern("to") or re.compile(""),
        items=tuple(items),
        text=fields.text("text", ""),
        fault=_fault(fields.choice("fault", faults, "")),
        seconds=float(seconds),
    )
    fields.done()
    return reply


def _fault(name: str) -> Fault | None:
    return next((fault for fault in get_args(Fault) if fault == name), None)
