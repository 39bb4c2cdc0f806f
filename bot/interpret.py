"""The `interpret` filter: JSON lines in, one JSON line out for each, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from time import perf_counter
from typing import Any, TextIO

from scheduling.language.as_json import TIME_KEYS, items_of, when_keys
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Person
from scheduling.language.times import main_time

_ELDERS = {"mom", "mum", "dad", "mother", "father", "papa", "mama"}
_OTHERS = ("grand", "nana", "gran", "aunt", "uncle", "nanny", "sitter")


def run(stdin: TextIO, stdout: TextIO) -> int:
    """Answer every line of `stdin`; 0 when done. A line that is no request answers {"error"}.

    A request holds "text" and "now" (ISO, local); with "members" (name -> aliases) it is a
    family message and the answer holds "items", else only the time in it.
    """
    for line in stdin:
        if line.strip():
            stdout.write(json.dumps(_answer(line), ensure_ascii=False) + "\n")
    stdout.flush()
    return 0


def _answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        text, now = str(asked["text"]), datetime.fromisoformat(asked["now"]).replace(tzinfo=None)
    except (ValueError, KeyError, TypeError) as error:
        return {"error": f"not a request: {error}"}
    started = perf_counter()
    found = _family(text, now, asked) if "members" in asked else _time(text, now)
    return found | {"ms": round((perf_counter() - started) * 1_000, 3)}


def _time(text: str, now: datetime) -> dict[str, Any]:
    when = main_time(text, now)
    keys = when_keys(when)
    return keys | {"span": list(when.span)} if when is not None and keys else {}


def _family(text: str, now: datetime, asked: Mapping[str, Any]) -> dict[str, Any]:
    context = context_of(asked)
    items = items_of(interpret(text, context, now))
    timed = next((item for item in items if "start" in item or "rrule" in item), {})
    return {"items": items, **{key: timed[key] for key in TIME_KEYS if key in timed}}


def context_of(asked: Mapping[str, Any]) -> Context:
    """What a request says of its family."""
    members = asked.get("members") or {}
    told = asked.get("context") or {}
    return Context(
        sender=str(asked.get("sender") or ""),
        people=tuple(_person(name, aliases) for name, aliases in members.items()),
        resources=tuple(asked.get("resources") or ()),
        titles=tuple(told.get("titles") or ()),
        pending_options=int(told.get("pending_options") or 0),
        focus=told.get("focus"),
    )


def _person(name: str, told: Any) -> Person:
    """A member as the corpora give one (aliases only) or with a role.

    Without roles, a family is guessed by its names: Mom and Dad are parents, a grandmother
    is neither parent nor child, everyone else is a child.
    """
    if isinstance(told, Mapping):
        return Person(name, tuple(told.get("aliases") or ()), told.get("role") or "parent")
    words = {name.lower(), *(str(alias).lower() for alias in told or ())}
    if words & _ELDERS:
        return Person(name, tuple(told or ()), "parent")
    other = any(word.startswith(_OTHERS) for word in words)
    return Person(name, tuple(told or ()), "other" if other else "child")
