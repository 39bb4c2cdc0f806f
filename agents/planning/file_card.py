"""What a file that was sent would put on the calendar, as one question to the family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from agents.drafting import clashes, draft
from agents.planning.item import Item
from agents.planning.people import names_of
from agents.readiness import Ask, Plan, Say
from agents.scene import Scene
from scheduling.edits import AddEvent, Edit, ReplaceEvent
from scheduling.events import Participant, Source
from scheduling.language.interpret import interpret
from scheduling.language.readings import Create
from scheduling.phrasing import event_words, names
from scheduling.proposals import Option
from scheduling.speech import tr, trn

SHOWN = 8
"""Lines of each kind on the card; a phone shows no more at once."""


@dataclass(slots=True)
class Sorted:
    """The file's events by what would become of them."""

    new: list[Edit] = field(default_factory=list)
    changed: list[Edit] = field(default_factory=list)
    gone: list[Edit] = field(default_factory=list)
    same: int = 0
    over: int = 0
    occurrences: int = 0
    unread: list[str] = field(default_factory=list)
    clashing: list[str] = field(default_factory=list)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return (*self.new, *self.changed, *self.gone)


async def put_to_family(
    name: str, found: Sorted, people: tuple[Participant, ...], item: Item
) -> Plan:
    """One question for the whole file. What breaks a rule or clashes is left out and named: the
    rest is not held up by it."""
    scene = item.scene
    await _leave_out_clashes(found, scene)
    if not found.edits:
        return Say(_nothing(name, found))
    return Ask(
        "import",
        _card(found, people, scene),
        (Option(_label(found), edits=found.edits),),
        kind="confirm",
        heading=tr("{name}: put it on the calendar?", name=name),
        edits=found.edits,
    )


def people_beside(item: Item) -> tuple[Participant, ...]:
    """Whom the words beside the file name ("for Mia"); nobody, where they name no one."""
    scene = item.scene
    words = f"appointment tomorrow at 9am {item.text}"
    (made, *_) = interpret(words, names_of(scene), scene.local_now).items or (None,)
    if not isinstance(made, Create) or not made.who.said:
        return ()
    members = [scene.household.named(name) for name in made.who.names]
    return tuple(Participant(m.id) for m in members if m is not None)


def source_of(name: str, item: Item) -> Source:
    scene = item.scene
    return Source(name, scene.member.id if scene.member else None, scene.now, scene.reply_to)


async def _leave_out_clashes(found: Sorted, scene: Scene) -> None:
    planned = await draft(scene, found.edits)
    clashing: dict[UUID, str] = {}
    for conflict in await clashes(scene, planned):
        clashing.setdefault(conflict.candidate.event_id, conflict.sentence)
    if not clashing:
        return
    titles = {c.after.id: c.after.title for c in planned.changes}
    found.clashing = [f"{titles[i]}: {sentence}" for i, sentence in clashing.items()]
    found.new = [e for e in found.new if _id(e) not in clashing]
    found.changed = [e for e in found.changed if _id(e) not in clashing]


def _id(edit: Edit) -> UUID:
    return edit.event.id if isinstance(edit, AddEvent) else edit.event_id


def _label(found: Sorted) -> str:
    parts = [
        tr("add {number}", number=len(found.new)) if found.new else "",
        tr("change {number}", number=len(found.changed)) if found.changed else "",
        tr("cancel {number}", number=len(found.gone)) if found.gone else "",
    ]
    return ", ".join(part for part in parts if part).capitalize()


def _card(found: Sorted, people: tuple[Participant, ...], scene: Scene) -> str:
    whose = names(scene.household, [p.member_id for p in people if p.member_id])
    lines = _listed("", found.new, scene, named=not whose)
    lines += _listed(tr("Changed in the file:"), found.changed, scene)
    if found.gone:
        lines.append(
            trn(
                "Cancelled in the file: {number} event.",
                "Cancelled in the file: {number} events.",
                len(found.gone),
            )
        )
    lines += _named(tr("Left out, because it clashes:"), found.clashing)
    lines += _named(tr("Left out, because I can't keep it:"), found.unread)
    lines += _counted(found)
    own = [e.event.people for e in found.new if isinstance(e, AddEvent)]
    if whose and own:
        lines.append(tr("For {whose}.", whose=whose))
    elif not all(own):
        lines.append(
            tr("For nobody in particular.") if not any(own) else tr("The others for nobody yet.")
        )
    return "\n".join(lines)


def _listed(heading: str, edits: Sequence[Edit], scene: Scene, *, named: bool = False) -> list[str]:
    """named: each with its people."""
    if not edits:
        return []
    settings, today = scene.household.settings, scene.local_now.date()
    events = [e.event for e in edits if isinstance(e, AddEvent | ReplaceEvent)]
    events.sort(key=lambda e: (e.start, e.title))
    whose = [names(scene.household, e.people) if named else "" for e in events[:SHOWN]]
    lines = [
        f"• {event_words(e, settings, today)}  {e.title}{f' ({who})' if who else ''}"
        for e, who in zip(events, whose, strict=False)
    ]
    more = [tr("… and {more} more", more=len(events) - SHOWN)] if len(events) > SHOWN else []
    return [*([heading] if heading else []), *lines, *more]


def _named(heading: str, found: Sequence[str]) -> list[str]:
    if not found:
        return []
    more = [tr("… and {more} more", more=len(found) - SHOWN)] if len(found) > SHOWN else []
    return [heading, *(f"• {each}" for each in found[:SHOWN]), *more]


def _counted(found: Sorted) -> list[str]:
    lines = [
        trn(
            "{number} event is on the calendar already.",
            "{number} events are on the calendar already.",
            found.same,
        )
        if found.same
        else "",
        trn("{number} event is over.", "{number} events are over.", found.over)
        if found.over
        else "",
    ]
    return [line for line in lines if line]


def _nothing(name: str, found: Sorted) -> str:
    lines = [tr("There is nothing to add from {name}.", name=name), *_counted(found)]
    lines += _named(tr("Left out, because it clashes:"), found.clashing)
    lines += _named(tr("Left out, because I can't keep it:"), found.unread)
    return "\n".join(lines)
