"""Plans that are offered with one tap instead of being done at once."""

from __future__ import annotations

from uuid import UUID

from agents.actions.edited import booking_of
from agents.drafting import draft
from agents.planning.item import Item
from agents.readiness import Ask, Plan, Ready, Say
from agents.scene import Scene
from agents.wording import new_event, told
from scheduling.edits import AddEvent, ChangeEvent, Edit, MoveEvent
from scheduling.events import Event, Status
from scheduling.phrasing import and_list
from scheduling.proposals import Option
from scheduling.speech import N_, tr


def offered(outcome: Plan, scene: Scene, *, insists: bool = False) -> Plan:
    """Talk that was not for the bot: at most one quiet suggestion, and only for a booking that
    nothing stands against. insists: somebody showed us those words to have them read, so that
    what stands against it, or is missing, is said and asked."""
    if insists and not isinstance(outcome, Ready):
        return outcome
    if not isinstance(outcome, Ready) or not isinstance(outcome.edits[0], AddEvent):
        return Say("")
    event = outcome.edits[0].event
    lines = new_event(event, scene.household, scene.local_now.date())
    assumed = [a for a in outcome.assumed if a]
    if assumed:
        lines.append(tr("I assumed {assumed}.", assumed=and_list(assumed)))
    return Ask(
        "offer",
        "\n".join(lines),
        (Option(tr("Put it on the calendar"), edits=outcome.edits),),
        kind="confirm",
        heading=f"{event.title}?",
        edits=outcome.edits,
    )


NOT_ITS_REPEAT = N_("I can't change how {title} repeats by an edit: say it in a new message.")


async def instead(outcome: Ready | Ask, wording: UUID, item: Item) -> Plan:
    """An edited message: what it says now, as a change of what that earlier wording had booked
    for the item at the same place."""
    scene = item.scene
    edits = outcome.edits
    before = await scene.uow.events.get(scene.household.id, booking_of(wording, item.index))
    if before is None or before.status is Status.CANCELLED:
        return Say("")
    if not await scene.uow.occurrences.of_event(before.household_id, before.id, scene.now, 1):
        return Say(
            tr(
                "{title} is over, so I left it as it was. Please write a new message.",
                title=before.title,
            )
        )
    if not edits or not isinstance(edits[0], AddEvent):
        return outcome if isinstance(outcome, Ask) else Say("")
    if before.rrule != edits[0].event.rrule:
        return Say(NOT_ITS_REPEAT.format(title=before.title))
    changes = _difference(before, edits[0].event)
    if not changes:
        return Say("")
    planned = await draft(scene, changes)
    _, text = told(planned.changes, scene.household, scene.local_now.date())
    return Ask(
        "edited",
        text or "\n".join(new_event(edits[0].event, scene.household, scene.local_now.date())),
        (Option(tr("Change it"), edits=changes),),
        kind="confirm",
        heading=tr("You edited your message. Change {title}?", title=before.title),
        edits=changes,
    )


def _time(event: Event) -> tuple[object, ...]:
    return event.start, event.duration, event.wall_end


def _difference(before: Event, after: Event) -> tuple[Edit, ...]:
    found: list[Edit] = []
    if _time(before) != _time(after):
        found.append(
            MoveEvent(
                before.id,
                before.start,
                after.start,
                duration=after.duration,
                wall_end=after.wall_end,
                all_day=after.all_day,
                scope="series",
            )
        )
    change = ChangeEvent(
        before.id,
        after.start,
        scope="series",
        title=after.title if after.title != before.title else None,
        place=after.place if after.place != before.place else None,
        participants=after.participants if after.participants != before.participants else None,
        resources=after.resources if after.resources != before.resources else None,
    )
    if change != ChangeEvent(before.id, after.start, scope="series"):
        found.append(change)
    return tuple(found)
