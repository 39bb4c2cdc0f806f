"""Taking something off the calendar."""

from __future__ import annotations

import re

from agents.planning.item import Item
from agents.planning.targets import Found, confirm_series, find_target, scope_question
from agents.readiness import Plan, Ready, Say
from scheduling.edits import CancelEvent
from scheduling.language.readings import Cancel, Scope

ONE_AT_A_TIME = (
    "I take things off the calendar one by one: say which, like “cancel piano on Tuesday”. "
    "/week shows what is there."
)
_EVERYTHING = re.compile(
    r"\beverything\b|\b(?:every(?: single)?|all(?: (?:of )?(?:the|my|our|your))?)"
    r" (?:events?|appointments?|plans|entries)\b",
    re.IGNORECASE,
)


async def plan_cancel(wanted: Cancel, item: Item) -> Plan:
    """One occurrence goes at once; a series, or the rest of one, is asked about first."""
    if _EVERYTHING.search(item.text):
        return Say(ONE_AT_A_TIME)
    found = await find_target(wanted.target, item)
    if not isinstance(found, Found):
        return found
    scope: Scope | None = item.answers.get("scope") or wanted.scope
    if not found.event.repeats:
        return Ready((_edit(found, "series"),))
    if scope is None and wanted.target.when is None and wanted.scope is None:
        return scope_question(found, "Cancel", item)
    if scope in (None, "one") or "scope" in item.answers:
        return Ready((_edit(found, scope or "one"),))
    return confirm_series(found, "Cancel", _edit(found, scope), scope, item)


def _edit(found: Found, scope: Scope) -> CancelEvent:
    return CancelEvent(found.event.id, found.occurrence.recurrence_id, scope)
