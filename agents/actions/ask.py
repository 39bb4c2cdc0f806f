"""Putting a question to the family: the proposal, its card, and what happens if nobody answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from agents.readiness import Ask
from agents.scene import Scene
from scheduling.approvals import expires_at
from scheduling.buttons import Tap
from scheduling.changes import Happening
from scheduling.edits import AddEvent, CancelEvent, ChangeEvent, MoveEvent, ReplaceEvent
from scheduling.events import Event
from scheduling.messages import Button
from scheduling.notices import Notice, NoticeKind
from scheduling.phrasing import local, moment
from scheduling.ports import ConflictRow
from scheduling.proposals import Option, Proposal
from scheduling.recurrence import occurrence, to_instant
from scheduling.speech import N_, tr

if TYPE_CHECKING:
    from agents.state import ItemState

FOLLOW_UPS = (timedelta(hours=3), timedelta(hours=8))
"""After these the family, then the other parent, is asked again."""

EVENING = time(18)
"""When the day-before word on something unresolved is said."""


async def ask(scene: Scene, question: Ask, item: ItemState, index: int) -> str:
    """Open a proposal, send its card, and set its follow-ups; returns its id.

    The id is derived from request, item and round, so a replay asks nothing twice.
    """
    earliest = await _earliest_start(question, scene)
    proposal = _proposal(scene, question, item, index, earliest)
    if await scene.uow.proposals.add(proposal):
        if item["card"]:
            await scene.tell(
                tr("Thanks. One more question below."),
                name=f"item{index}:more{item['round']}",
                card=item["card"],
            )
        body = card_text(proposal, scene)
        await scene.tell(
            f"{item['note']}\n{body}" if item["note"] else body,
            name=f"item{index}:ask{item['round']}",
            heading=proposal.heading,
            buttons=card_buttons(proposal),
            card=proposal.card,
        )
        await scene.uow.notices.put(_notices(scene, proposal))
        await _remember_conflicts(scene, question, proposal)
        await scene.uow.households.bump(scene.household.id, *_happenings(proposal))
    return str(proposal.id)


def _happenings(proposal: Proposal) -> list[Happening]:
    clash = [Happening("conflict.detected", proposal.id)] if proposal.kind == "clash" else []
    return [*clash, Happening("proposal.opened", proposal.id)]


def _proposal(
    scene: Scene, question: Ask, item: ItemState, index: int, earliest: datetime | None
) -> Proposal:
    return Proposal(
        id=scene.id(f"item{index}:proposal{item['round']}"),
        household_id=scene.household.id,
        chat_id=scene.chat_id,
        thread_id=scene.request_id.hex,
        kind=question.kind,
        heading=question.heading,
        body=question.text,
        options=question.options,
        asker=scene.member.id if scene.member else None,
        expires_at=expires_at(scene.now, question.kind, earliest),
        slot=question.slot,
        item=index,
        event_ids=_touched(question),
        consent=scene.household.settings.consent,
    )


async def _earliest_start(question: Ask, scene: Scene) -> datetime | None:
    """When the first of what the question is about begins: as it stands and as it would be."""
    starts = [o.span.start for c in question.conflicts for o in (c.candidate, *c.others)]
    changed = {e.event_id for e in question.edits if not isinstance(e, AddEvent)}
    ours = scene.household.id
    found = await scene.uow.events.many(ours, sorted(changed)) if changed else []
    events = {event.id: event for event in found}
    for edit in question.edits:
        if isinstance(edit, AddEvent):
            starts.append(to_instant(edit.event.start, ZoneInfo(edit.event.timezone)))
        elif edit.event_id in events:
            starts += _starts(edit, events[edit.event_id])
    ahead = [s for s in starts if s > scene.now]
    return min(ahead, default=None)


def _starts(
    edit: MoveEvent | ChangeEvent | CancelEvent | ReplaceEvent, event: Event
) -> list[datetime]:
    now = occurrence(event, edit.recurrence_id)
    starts = [now.span.start] if now is not None else []
    if isinstance(edit, ReplaceEvent):
        starts.append(to_instant(edit.event.start, ZoneInfo(edit.event.timezone)))
    if isinstance(edit, MoveEvent):
        starts.append(to_instant(edit.start, ZoneInfo(event.timezone)))
    return starts


def _touched(question: Ask) -> tuple[UUID, ...]:
    ids = {o.event_id for c in question.conflicts for o in c.others}
    for option in question.options:
        ids.update(e.event_id for e in option.edits if not isinstance(e, AddEvent))
    return tuple(sorted(ids))


async def show_also(scene: Scene, proposal: Proposal) -> None:
    """Put an open question's card into the shared chats in which it does not stand yet."""
    uow, family = scene.uow, scene.household.id
    for chat in await uow.chats.sharing(family, proposal.chat_id, proposal.card):
        if await uow.outbox.last_of_card(family, chat, proposal.card) is None:
            await scene.say(
                card_text(proposal, scene),
                name=f"also:{proposal.id.hex}@{chat.hex}",
                heading=proposal.heading,
                buttons=card_buttons(proposal),
                card=proposal.card,
                chat_id=chat,
            )


def card_text(proposal: Proposal, scene: Scene, standing: str = "") -> str:
    """The question, its numbered ways out, and until when it can be answered."""
    lines = [proposal.body] if proposal.body else []
    if proposal.kind == "clash":
        lines += [f"{n}. {o.text or o.label}" for n, o in enumerate(proposal.options, 1)]
    else:
        lines += _choices(proposal)
    if proposal.kind == "clash":
        lines.append(tr("Open until {when}.", when=moment(proposal.expires_at, scene.household)))
    return "\n".join([*lines, standing] if standing else lines)


def _choices(proposal: Proposal) -> list[str]:
    """A question's choices in words too: a reply in words is an answer, and not every phone
    shows a long label whole."""
    if proposal.kind != "question":
        return []
    told = [o.text for o in proposal.options if o.text]
    if told or proposal.slot != "when" or len(proposal.options) < 2:
        return told
    return [
        tr(
            "{choices} or {last}?",
            choices=", ".join(o.label for o in proposal.options[:-1]),
            last=proposal.options[-1].label,
        )
    ]


def card_buttons(proposal: Proposal) -> tuple[tuple[Button, ...], ...]:
    """One row a choice; numbered approvals side by side; one way to say no."""
    if proposal.kind == "clash":
        approvals = tuple(
            _option(proposal, i, tr("Approve {number}", number=i + 1))
            for i in range(len(proposal.options))
        )
        return (approvals, (_option(proposal, None, tr("Reject")),))
    rows = [(_option(proposal, i, o.label),) for i, o in enumerate(proposal.options)]
    if not any(_is_no(o) for o in proposal.options):
        rows.append((_option(proposal, None, _no(proposal)),))
    return tuple(rows)


def _is_no(option: Option) -> bool:
    return option.answer is False


_SAY_NO = {"offer": N_("No, thanks"), "import": N_("Not now")}


def _no(proposal: Proposal) -> str:
    if proposal.slot in _SAY_NO:
        return tr(_SAY_NO[proposal.slot])
    return tr("No, keep it") if proposal.kind == "confirm" else tr("Never mind")


def _option(proposal: Proposal, index: int | None, label: str) -> Button:
    return Button(label, Tap("opt", proposal.id, "x" if index is None else str(index)).data())


def _notices(scene: Scene, proposal: Proposal) -> Sequence[Notice]:
    def notice(name: str, kind: NoticeKind, due: datetime, **data: object) -> Notice:
        return Notice(
            id=uuid5(proposal.id, name),
            household_id=scene.household.id,
            kind=kind,
            due=due,
            chat_id=scene.chat_id,
            proposal_id=proposal.id,
            data=data,
        )

    found = [notice("expiry", NoticeKind.EXPIRY, proposal.expires_at)]
    if proposal.kind != "question" and proposal.slot != "offer":
        found += [
            notice(f"follow{n}", NoticeKind.FOLLOW_UP, scene.now + wait, round=n)
            for n, wait in enumerate(FOLLOW_UPS, 1)
            if scene.now + wait < proposal.expires_at
        ]
    return found


async def _remember_conflicts(scene: Scene, question: Ask, proposal: Proposal) -> None:
    """Keep what clashed, and say so again on the evening before if it is still unresolved."""
    if not question.conflicts:
        return
    rows = [
        ConflictRow(
            id=uuid5(proposal.id, f"conflict{n}"),
            household_id=scene.household.id,
            type=conflict.type,
            severity=str(conflict.severity),
            sentence=conflict.sentence,
            starts=conflict.candidate.span.start,
            event_ids=tuple(o.event_id for o in conflict.others),
            proposal_id=proposal.id,
        )
        for n, conflict in enumerate(question.conflicts)
    ]
    await scene.uow.conflicts.put(rows)
    first = min(rows, key=lambda r: r.starts)
    day_before = local(first.starts, scene.household.zone).date() - timedelta(days=1)
    due = datetime.combine(day_before, EVENING, scene.household.zone).astimezone(UTC)
    if due > scene.now:
        told = Notice(
            id=uuid5(proposal.id, "unresolved"),
            household_id=scene.household.id,
            kind=NoticeKind.CONFLICT,
            due=due,
            chat_id=scene.chat_id,
            data={"conflict": str(first.id), "title": question.heading},
        )
        await scene.uow.notices.put([told])
