"""What is still open: proposals nobody answered, and clashes."""

from __future__ import annotations

from uuid import UUID, uuid5

from reminders.due import Due
from scheduling.messages import Inbound
from scheduling.notices import Notice
from scheduling.phrasing import moment, names
from scheduling.proposals import Proposal, ProposalState
from scheduling.speech import tr


async def follow_up(due: Due) -> Notice:
    """Ask again: first in the chat, then the other parent in private."""
    proposal = await _open(due, due.notice.proposal_id)
    if proposal is None:
        return due.dropped
    if proposal.expires_at <= due.now:
        await due.miss(tr("asking again about"), f"“{proposal.heading}”")
        return due.settled
    until = moment(proposal.expires_at, due.household)
    text = due.worded(
        tr(
            "Still open until {until}: {heading}. {body}",
            until=until,
            heading=proposal.heading,
            body=proposal.body,
        )
    )
    # What was asked in private stays between the two who talked there.
    alone = (asked_in := await due.asked_in()) is not None and asked_in.address.private
    asked_before = int(due.notice.data.get("round", 1)) > 1 and not alone
    other = await _other_parent(due, proposal) if asked_before else None
    if other is not None:
        await _show_in(due, proposal, other)
        return due.settled
    waiting = [m.id for m in due.household.parents if m.id != proposal.asker]
    called = f"{names(due.household, waiting)}: " if asked_before and waiting else ""
    await due.say(called + text, under=proposal.card)
    return due.settled


async def _show_in(due: Due, proposal: Proposal, chat_id: UUID) -> None:
    """The card as it stands in its own chat, to be settled there too."""
    shown = await due.uow.outbox.last_of_card(due.household.id, proposal.chat_id, proposal.card)
    if shown is None:
        return
    until = tr("\nOpen until {expires_at}.", expires_at=moment(proposal.expires_at, due.household))
    text = shown.text if proposal.kind == "clash" else shown.text + until
    await due.say(
        due.worded(text),
        heading=tr("Still open: {heading}", heading=shown.heading)
        if shown.heading
        else tr("Still open"),
        buttons=shown.buttons,
        card=proposal.card,
        chat_id=chat_id,
    )


async def _open(due: Due, proposal_id: UUID | None) -> Proposal | None:
    if proposal_id is None:
        return None
    proposal = await due.uow.proposals.get(due.household.id, proposal_id)
    open_still = proposal is not None and proposal.state is ProposalState.OPEN
    return proposal if open_still else None


async def _other_parent(due: Due, proposal: Proposal) -> UUID | None:
    """The private chat of a parent who did not ask, if there is one."""
    for parent in due.household.parents:
        if parent.id != proposal.asker:
            for chat in await due.uow.chats.private_of(due.household.id, parent.id):
                if chat.state == "active":
                    return chat.id
    return None


async def expire(due: Due) -> Notice:
    """Time is over: an inbox row like any other, so that it takes its turn in the chat."""
    proposal = await _open(due, due.notice.proposal_id)
    if proposal is None:
        return due.dropped
    chat = await due.uow.chats.get(due.household.id, proposal.chat_id)
    if chat is None:
        return due.dropped
    inbound = Inbound(
        kind="timer",
        key=f"expiry:{proposal.id.hex}",
        chat=chat.address,
        sender=None,
        sent_at=due.now,
        button=str(proposal.id),
    )
    row_id = uuid5(proposal.id, "expiry")
    await due.uow.inbox.add(due.household.id, chat.id, None, row_id, inbound, due.now)
    return due.settled


async def unresolved(due: Due) -> Notice:
    """The evening before: a clash that was never resolved."""
    wanted = due.notice.data.get("conflict")
    for conflict in await due.uow.conflicts.open(due.household.id):
        if str(conflict.id) == wanted:
            title = str(due.notice.data.get("title", "A clash"))
            if conflict.starts <= due.now:
                await due.miss(tr("warning you of"), f"“{title}”")
                return due.settled
            proposal = await _open(due, conflict.proposal_id)
            hint = (
                tr("Choose above.")
                if proposal
                else tr("Nothing was booked: say it again to find a way.")
            )
            await due.say(
                due.worded(f"{conflict.sentence}\n{hint}"),
                heading=tr("Still unresolved: {title}", title=title),
                under=proposal.card if proposal else None,
            )
            return due.settled
    return due.dropped
