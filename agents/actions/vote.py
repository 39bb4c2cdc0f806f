"""A tap on a proposal, or yes and no in words: a vote, and what it settles.

`cast` runs inside the gateway's transaction, so that the answer to a tap is true when it is
shown. Only the vote that completes consent flips the proposal, and only its inbox row goes on
to resume the thread; every other tap learns that it is settled.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from agents.actions.ask import card_buttons, card_text
from agents.edits_json import edits_to_json
from agents.scene import Scene
from scheduling.approvals import Verdict, consent, may_decide
from scheduling.changes import Happening
from scheduling.messages import TapAnswer
from scheduling.phrasing import and_list, names
from scheduling.proposals import Option, Proposal, ProposalState, Vote
from scheduling.speech import N_, tr

CORRECTED = "when"
"""What words that answer neither yes nor no to a clash fill: the time of what was asked for."""

GONE = TapAnswer(
    N_("That button does not work here any more. It may belong to another family."), True
)


async def cast(
    scene: Scene, proposal_id: UUID, choice: int | None, text: str | None = None
) -> TapAnswer:
    """Record a vote. choice None: reject. text: an answer in words to a question.

    scene.request_id is the inbox row of the tap. Votes are taken one at a time, under the
    family's lock: of two at the same moment the later one is to see the earlier.
    """
    await scene.lock()
    proposal = await scene.uow.proposals.get(scene.household.id, proposal_id)
    if proposal is None or (choice is not None and choice >= len(proposal.options)):
        return GONE
    refusal = may_decide(proposal, scene.household, scene.member, scene.now)
    if refusal is not None or scene.member is None:
        return TapAnswer(refusal.sentence if refusal else GONE.text, True)
    await scene.uow.proposals.vote(scene.household.id, Vote(proposal.id, scene.member.id, choice))
    votes = await scene.uow.proposals.votes(scene.household.id, proposal.id)
    verdict = _verdict(proposal, scene, votes, text)
    if verdict.state == "open":
        return TapAnswer(tr("Noted. Still waiting for {missing}.", missing=missing(verdict, scene)))
    value = {"text": text} if text is not None else None
    won = await scene.uow.proposals.decide(
        scene.household.id, proposal.id, scene.request_id, verdict.choice, scene.member.id, value
    )
    if not won:
        return GONE
    decided = Happening("proposal.decided", proposal.id)
    await scene.uow.households.bump(scene.household.id, decided)
    return TapAnswer(_told(proposal, verdict.choice, text), False)


def _verdict(proposal: Proposal, scene: Scene, votes: list[Vote], text: str | None) -> Verdict:
    if text is not None:
        return Verdict("approved", None)
    return consent(proposal, scene.household, votes)


def _told(proposal: Proposal, choice: int | None, text: str | None) -> str:
    if text is not None:
        return "Thanks."
    if choice is None:
        return tr("Rejected.") if proposal.kind == "clash" else tr("All right, left as it is.")
    option = proposal.options[choice]
    return tr("Approved: {label}", label=option.label) if proposal.kind == "clash" else option.label


def missing(verdict: Verdict, scene: Scene) -> str:
    """Who still has to tap: "Ben", "a parent for Mia"."""
    people = [names(scene.household, [i]) for i in verdict.missing]
    children = names(scene.household, verdict.children)
    return and_list(
        [*people, *([tr("a parent for {children}", children=children)] if children else [])]
    ) or tr("one more tap")


async def show_standing(scene: Scene, proposal: Proposal) -> None:
    """Keep the card of a question that more people have to answer up to date, wherever it
    stands, and wherever the tap came from."""
    scene = scene.moved_to(proposal.chat_id)
    votes = await scene.uow.proposals.votes(scene.household.id, proposal.id)
    verdict = consent(proposal, scene.household, votes)
    agreed = [v.member_id for v in votes if v.choice == verdict.choice and v.choice is not None]
    if not agreed or verdict.choice is None:
        return
    standing = tr(
        "{people} approved {choice}; still missing: {missing}.",
        people=names(scene.household, agreed),
        choice=verdict.choice + 1,
        missing=missing(verdict, scene),
    )
    await scene.tell(
        card_text(proposal, scene, standing),
        name="standing",
        heading=proposal.heading,
        buttons=card_buttons(proposal),
        card=proposal.card,
    )


async def settle(scene: Scene, proposal: Proposal) -> dict[str, Any]:
    """After a proposal was decided by this inbox row: close its card where nothing more will
    happen, drop its follow-ups, and return what its thread is to be resumed with. It was asked
    in its own chat, whichever the answer came from."""
    scene = scene.moved_to(proposal.chat_id)
    await scene.uow.notices.drop_for_proposal(scene.household.id, proposal.id)
    free = await scene.uow.proposals.answer(scene.household.id, proposal.id)
    option = proposal.options[proposal.choice] if proposal.choice is not None else None
    value = free if free is not None else (option.answer if option else None)
    edits = edits_to_json(option.edits) if option else []
    expired = proposal.decider is None
    told = _outcome(scene, proposal, option, free, expired)
    corrected = proposal.kind != "question" and free is not None
    answered = proposal.kind == "question" and value not in (None, False)
    if not (edits or answered or corrected):
        await _close(scene, proposal, told, expired)
    elif not edits:
        await scene.uow.proposals.close(scene.household.id, proposal.id, ProposalState.DONE)
        if corrected:
            await scene.uow.conflicts.settle(scene.household.id, proposal.id, "resolved")
    return {
        "item": proposal.item,
        "slot": CORRECTED if corrected else proposal.slot,
        "value": value,
        "edits": edits,
        "allowed": [str(i) for i in option.overrides] if option else [],
        "card": proposal.card,
        "told": told,
    }


def _outcome(
    scene: Scene, proposal: Proposal, option: Option | None, free: Any, expired: bool
) -> str:
    who = names(scene.household, [proposal.decider]) if proposal.decider else ""
    if expired:
        return tr("Nobody answered in time, so nothing was changed.")
    if free is not None:
        return f"{who}: {free.get('text', '')}"
    if option is None:
        dropped = (
            tr("{who} rejected it.", who=who) if proposal.kind == "clash" else tr("Fine, dropped.")
        )
        return tr("{dropped} Nothing was changed.", dropped=dropped)
    if proposal.kind == "clash":
        number = proposal.options.index(option) + 1
        return tr("{who} approved {number}: {label}.", who=who, number=number, label=option.label)
    return f"{who}: {option.label}."


async def _close(scene: Scene, proposal: Proposal, told: str, expired: bool) -> None:
    state = ProposalState.EXPIRED if expired else ProposalState.REJECTED
    await scene.uow.proposals.close(scene.household.id, proposal.id, state)
    heading = proposal.heading or proposal.body
    quiet = replace(scene, reply_to=None)
    await quiet.tell(told, name="closed", heading=heading, card=proposal.card)
    if expired and proposal.kind != "question" and proposal.slot != "offer":
        await quiet.tell(f"{heading}. {told}", name="expired")
    if not expired and proposal.kind == "clash":
        await scene.uow.conflicts.settle(scene.household.id, proposal.id, "ignored")


async def abandon(scene: Scene, proposal: Proposal) -> bool:
    """Going on from what was decided has failed for good: the proposal ends here, or a sweep
    would do later what people were told was not done. False if its outcome has been told."""
    scene = scene.moved_to(proposal.chat_id)
    ours, card = scene.household.id, proposal.card
    done = await scene.uow.audit.of_card(ours, proposal.chat_id, card)
    told = proposal.state in (ProposalState.REJECTED, ProposalState.EXPIRED)
    if done is not None or told:
        return False
    await scene.uow.proposals.close(ours, proposal.id, ProposalState.WITHDRAWN)
    await scene.uow.notices.drop_for_proposal(ours, proposal.id)
    await scene.uow.conflicts.settle(ours, proposal.id, "ignored")
    await replace(scene, reply_to=None).tell(
        tr("Something went wrong on my side, so nothing was changed. Please ask for it again."),
        name="abandoned",
        heading=proposal.heading or proposal.body,
        card=card,
    )
    return True
