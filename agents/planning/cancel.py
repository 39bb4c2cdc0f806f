"""Taking something off the calendar."""

from __future__ import annotations

from agents.planning.item import Item
from agents.planning.targets import Found, find_target, scope_question
from agents.readiness import Ask, Plan, Ready
from scheduling.edits import CancelEvent
from scheduling.language.readings import Cancel, Scope
from scheduling.phrasing import moment
from scheduling.proposals import Option


async def plan_cancel(wanted: Cancel, item: Item) -> Plan:
    """One occurrence goes at once; a series, or the rest of one, is asked about first."""
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
    return _confirm(found, "series" if scope == "series" else "following", item)


def _edit(found: Found, scope: Scope) -> CancelEvent:
    return CancelEvent(found.event.id, found.occurrence.recurrence_id, scope)


def _confirm(found: Found, scope: Scope, item: Item) -> Ask:
    since = moment(found.occurrence.span.start, item.scene.household).split(",")[0]
    all_of_it = scope == "series"
    what = f"all of {found.event.title}" if all_of_it else f"{found.event.title} from {since} on"
    edit = _edit(found, scope)
    options = [
        Option(
            f"Cancel {'all of them' if all_of_it else 'from then on'}", f"Cancel {what}", (edit,)
        )
    ]
    options.append(
        Option(f"Just {since}", f"Cancel only {since}", (_edit(found, "one"),)),
    )
    return Ask(
        "confirm", f"Cancel {what}?", tuple(options), kind="confirm", heading="Are you sure?"
    )
