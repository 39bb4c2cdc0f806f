"""Who drives, who picks up: a part of an event that someone takes with a tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from agents.actions.saving import save
from agents.drafting import Draft, change
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.events import Event, Occurrence, Part, Participant, Status
from scheduling.family import Role
from scheduling.messages import Button, TapAnswer
from scheduling.notices import Notice, NoticeKind
from scheduling.phrasing import span_words
from scheduling.ports import UnitOfWork

ASK_AGAIN = timedelta(hours=24)
_QUESTION = {Part.DRIVER: "Who drives?", Part.RESPONSIBLE: "Who is in charge?"}
_TAKE = {Part.DRIVER: "I'll drive", Part.RESPONSIBLE: "I'll do it"}


async def ask_for_parts(scene: Scene, planned: Draft, index: int) -> None:
    """Offer every open part of what was just booked."""
    for planned_change in planned.changes:
        event = planned_change.after
        if event.status is Status.CANCELLED or not planned_change.occurrences:
            continue
        upcoming = [o for o in planned_change.occurrences if o.span.end > scene.now]
        for participant in event.participants:
            if participant.member_id is None and upcoming:
                await offer(scene, event, upcoming[0], participant.part, name=f"item{index}:part")


async def offer(
    scene: Scene, event: Event, occurrence: Occurrence, part: Part, *, name: str
) -> None:
    """The card on which someone takes the part, asked again while nobody has."""
    await scene.say(
        f"{event.title}: {span_words(occurrence, scene.household, scene.local_now.date())}",
        name=name,
        heading=_QUESTION[part],
        buttons=((Button(_TAKE[part], Tap("take", event.id, part.value).data()),),),
        card=part_card(event.id, part),
    )
    due = min(scene.now + ASK_AGAIN, occurrence.span.start - timedelta(hours=2))
    if due > scene.now:
        again = Notice(
            id=uuid5(event.id, f"part:{part.value}"),
            household_id=scene.household.id,
            kind=NoticeKind.OPEN_PART,
            due=due,
            chat_id=scene.chat_id,
            event_id=event.id,
            recurrence_id=occurrence.recurrence_id,
            data={"part": part.value},
        )
        await scene.uow.notices.put([again])


def part_card(event_id: UUID, part: Part) -> str:
    return f"part:{event_id.hex}:{part.value}"


async def may_take(scene: Scene, event_id: UUID, part: str) -> TapAnswer:
    """The answer to a tap on "I'll drive", run in the gateway's transaction, under the
    family's lock: of two who tap at once, one takes it."""
    await scene.uow.households.lock(scene.household.id)
    event = await _event(scene.uow, scene, event_id)
    if event is None or scene.member is None:
        return TapAnswer("That is not open here any more.", True)
    if scene.member.role is Role.CHILD and part == Part.DRIVER:
        return TapAnswer(f"Thanks, {scene.member.name}, but an adult has to drive.", True)
    taken = _taken(event, Part(part))
    if taken is not None:
        who = scene.household.member(taken)
        return TapAnswer(f"{who.name if who else 'Someone'} has taken that already.", True)
    return TapAnswer("Thank you!")


async def take(scene: Scene, event_id: UUID, part_name: str) -> None:
    """Write the one who tapped into the event."""
    await scene.uow.households.lock(scene.household.id)
    event = await _event(scene.uow, scene, event_id)
    part = Part(part_name)
    if event is None or scene.member is None or _taken(event, part) is not None:
        return
    if (await may_take(scene, event_id, part_name)).alert:
        return
    kept = tuple(p for p in event.participants if p.part is not part)
    after = replace(event, participants=(*kept, Participant(scene.member.id, part)))
    planned = Draft((change(event, after, scene),))
    card = part_card(event_id, part)
    entry_id = scene.id("take")
    summary = f"{scene.member.name} takes {event.title}"
    await save(scene, planned, entry_id=entry_id, summary=summary, card=card)
    verb = "drives" if part is Part.DRIVER else "does it"
    await replace(scene, reply_to=None).say(
        f"{scene.member.name} {verb}: {event.title}",
        name="take",
        heading="✓ Taken",
        buttons=((Button("Undo", Tap("undo", entry_id).data()),),),
        card=card,
    )


async def _event(uow: UnitOfWork, scene: Scene, event_id: UUID) -> Event | None:
    event = await uow.events.get(scene.household.id, event_id)
    return event if event is not None and event.status is not Status.CANCELLED else None


def _taken(event: Event, part: Part) -> UUID | None:
    return next(
        (p.member_id for p in event.participants if p.part is part and p.member_id is not None),
        None,
    )
