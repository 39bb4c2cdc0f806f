"""Who drives, who picks up: a part of an event that someone takes with a tap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from agents.actions.saving import save
from agents.conflict_detection import Findings, detect
from agents.drafting import Change, Draft
from agents.scene import Scene
from scheduling.buttons import Tap, stamp, take_argument
from scheduling.edits import ChangeEvent
from scheduling.errors import NotFound
from scheduling.events import Event, Occurrence, Part, Participant, Status
from scheduling.family import Member, Role
from scheduling.messages import Button, TapAnswer
from scheduling.notices import Notice, NoticeKind
from scheduling.phrasing import span_words
from scheduling.speech import N_, tr

ASK_AGAIN = timedelta(hours=24)
AHEAD = 1_000
"""Of how many occurrences still to come the one that was named is looked for."""
_QUESTION = {Part.DRIVER: N_("Who drives?"), Part.RESPONSIBLE: N_("Who is in charge?")}
_TAKE = {Part.DRIVER: N_("I'll drive"), Part.RESPONSIBLE: N_("I'll do it")}


async def ask_for_parts(scene: Scene, planned: Draft, index: int) -> None:
    """Offer every part that what was just booked, or changed, leaves open."""
    for change in planned.changes:
        event = change.after
        if event.status is Status.CANCELLED or not change.fresh:
            continue
        for participant in _newly_open(change):
            await offer(
                scene,
                event,
                change.fresh[0],
                participant.part,
                name=f"item{index}:part:{participant.part.value}:{event.id.hex}",
            )


def _newly_open(change: Change) -> list[Participant]:
    """Parts that nobody has and that were not open before: their card stands already."""
    before = change.gone[0].participants if change.gone else ()
    return [p for p in change.fresh[0].participants if p.member_id is None and p not in before]


async def offer(
    scene: Scene, event: Event, occurrence: Occurrence, part: Part, *, name: str
) -> None:
    """The card on which someone takes the part, asked again while nobody has."""
    await scene.tell(
        f"{event.title}: {span_words(occurrence, scene.household, scene.local_now.date())}",
        name=name,
        heading=tr(_QUESTION[part]),
        buttons=(
            (
                Button(
                    tr(_TAKE[part]), Tap("take", event.id, take_argument(part, occurrence)).data()
                ),
            ),
        ),
        card=part_card(event.id, part),
        anew=True,
    )
    due = min(scene.now + ASK_AGAIN, occurrence.span.start - timedelta(hours=2))
    if due > scene.now:
        await _ask_again(scene, occurrence, part, due)


async def _ask_again(scene: Scene, occurrence: Occurrence, part: Part, due: datetime) -> None:
    again = Notice(
        id=uuid5(occurrence.event_id, f"part:{part.value}"),
        household_id=scene.household.id,
        kind=NoticeKind.OPEN_PART,
        due=due,
        chat_id=scene.chat_id,
        event_id=occurrence.event_id,
        recurrence_id=occurrence.recurrence_id,
        data={"part": part.value},
    )
    await scene.uow.notices.put([again])


def part_card(event_id: UUID, part: Part) -> str:
    return f"part:{event_id.hex}:{part.value}"


@dataclass(frozen=True, slots=True)
class _Open:
    """A part of one occurrence. then: the next one of the series that waits for
    someone too."""

    event: Event
    occurrence: Occurrence
    part: Part
    then: Occurrence | None

    @property
    def taken_by(self) -> UUID | None:
        return _taken(self.occurrence, self.part)


async def may_take(scene: Scene, event_id: UUID, argument: str) -> TapAnswer:
    """The answer to a tap on "I'll drive", run in the gateway's transaction, under the
    family's lock: of two who tap at once, one takes it."""
    await scene.lock()
    found = await _find(scene, event_id, argument)
    if found is None or scene.member is None:
        return TapAnswer(tr("That is not open here any more."), True)
    if scene.member.role is Role.CHILD and found.part is Part.DRIVER:
        return TapAnswer(
            tr("Thanks, {member}, but an adult has to drive.", member=scene.member.name), True
        )
    if found.taken_by is not None:
        who = scene.household.member(found.taken_by)
        return TapAnswer(
            tr("{who} has taken that already.", who=who.name if who else tr("Someone")), True
        )
    against = _against(await _checked(scene, found, scene.member), scene.member)
    return TapAnswer(against, True) if against else TapAnswer(tr("Thank you!"))


async def take(scene: Scene, event_id: UUID, argument: str) -> None:
    """Write the one who tapped into the occurrence."""
    if (await may_take(scene, event_id, argument)).alert:
        return
    found = await _find(scene, event_id, argument)
    if found is None or scene.member is None:
        return
    planned = (await _checked(scene, found, scene.member)).draft
    card = part_card(event_id, found.part)
    entry_id = scene.id("take")
    summary = tr("{member} takes {title}", member=scene.member.name, title=found.event.title)
    if not await save(scene, planned, entry_id=entry_id, summary=summary, card=card):
        return
    if found.then is not None:
        due = max(found.occurrence.span.end, found.then.span.start - ASK_AGAIN)
        await _ask_again(scene, found.then, found.part, due)
    told = N_("{member} drives") if found.part is Part.DRIVER else N_("{member} does it")
    when = span_words(found.occurrence, scene.household, scene.local_now.date())
    await replace(scene, reply_to=None).tell(
        f"{tr(told, member=scene.member.name)}: {found.event.title}, {when}",
        name="take",
        heading=tr("✓ Taken"),
        buttons=((Button(tr("Undo"), Tap("undo", entry_id).data()),),),
        card=card,
    )


async def _find(scene: Scene, event_id: UUID, argument: str) -> _Open | None:
    """What the button speaks of: the occurrence it names, else the next one still open.
    Raises NotFound for a part that no button names."""
    name, _, which = argument.partition(".")
    if name not in (Part.DRIVER.value, Part.RESPONSIBLE.value):
        raise NotFound(tr("That button does not work any more."))
    part = Part(name)
    event = await scene.uow.events.get(scene.household.id, event_id)
    if event is None or event.status is Status.CANCELLED:
        return None
    uow = scene.uow
    ahead = await uow.occurrences.of_event(scene.household.id, event_id, scene.now, AHEAD)
    untaken = [o for o in ahead if _taken(o, part) is None]
    named = [o for o in ahead if stamp(o) == which] if which else untaken or ahead
    if not named:
        return None
    wanted = [o for o in untaken if Participant(None, part) in o.participants]
    then = next((o for o in wanted if o.span.start > named[0].span.start), None)
    return _Open(event, named[0], part, then)


async def _checked(scene: Scene, found: _Open, member: Member) -> Findings:
    """The occurrence with that member in the part, and what it would clash with."""
    kept = tuple(p for p in found.occurrence.participants if p.part is not found.part)
    people = (*kept, Participant(member.id, found.part))
    of = found.occurrence
    return await detect(scene, [ChangeEvent(of.event_id, of.recurrence_id, participants=people)])


def _against(findings: Findings, member: Member) -> str:
    """Why they cannot be there; what the others clash with was settled when it was booked."""
    return next((c.sentence for c in findings.conflicts if c.hard and member.id in c.people), "")


def _taken(occurrence: Occurrence, part: Part) -> UUID | None:
    return next(
        (p.member_id for p in occurrence.participants if p.part is part and p.member_id), None
    )
