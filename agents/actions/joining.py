"""Making one family of two, once a parent has said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from agents.actions.ask import show_also
from agents.actions.edited import close_question
from agents.actions.family import ask_who
from agents.actions.linking import link_card, open_offer
from agents.actions.onboarding import close_setup
from agents.scene import Scene
from scheduling.family import Household, Resource
from scheduling.joining import Arrival, arrivals, one_person, one_thing, same_things
from scheduling.notices import NoticeKind
from scheduling.proposals import Proposal
from scheduling.speech import N_, tr
from scheduling.words import and_list, events_counted

_LET_GO = N_("Two chats were joined, so I let this question go. Say it again if it still matters.")


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two families as they are before they become one. events: how many come along.
    same: who is whom by an account, (arriving, into). people: everybody else who arrives.
    things: what both have by one name, (arriving, into). asked: what is open in the other."""

    arriving: Household
    into: Household
    events: int
    same: Mapping[UUID, UUID]
    people: list[Arrival]
    things: list[tuple[Resource, Resource]]
    asked: list[Proposal]


async def join(scene: Scene, code_id: UUID) -> list[str]:
    """Everything of this chat's family becomes the other's; returns the threads that waited for
    an answer and go. Nothing happens where the code joins nothing any more."""
    code = await open_offer(scene, code_id)
    if isinstance(code, str):
        return []
    arriving, into = scene.household.id, code.household_id
    await scene.uow.joins.lock(arriving, into)
    if not await scene.uow.links.use(code.id, scene.now):
        return []
    met = await _meet(scene, arriving, into)
    here = replace(scene, household=met.arriving, reply_to=None)
    let_go = await _let_go(here, met.into)
    await scene.uow.joins.join(arriving, into)
    await scene.uow.joins.link(into, (code.chat_id, scene.chat_id))
    await _one_of_each(scene, met)
    await scene.uow.households.bump(into)
    joined = replace(here, household=await scene.uow.households.get(into))
    await joined.tell(
        "\n".join(_told(met)),
        name="joined",
        heading=tr("✓ One family: {into}", into=met.into.name),
        card=link_card(code.id),
    )
    await _ask_on(joined, met)
    return let_go


async def _meet(scene: Scene, arriving_id: UUID, into_id: UUID) -> _Meeting:
    """Read under the locks of both."""
    uow = scene.uow
    arriving, into = await uow.households.get(arriving_id), await uow.households.get(into_id)
    same = await uow.joins.same_accounts(arriving_id, into_id)
    return _Meeting(
        arriving=arriving,
        into=into,
        events=len(await uow.events.all(arriving_id)),
        same=same,
        people=arrivals(into, arriving, same),
        things=same_things(into, arriving),
        asked=await uow.proposals.open_of_household(into_id),
    )


async def _let_go(scene: Scene, into: Household) -> list[str]:
    """Close what the arriving family was asked, and its digests: the other's settings hold."""
    ours = scene.household.id
    if not scene.household.onboarded:
        await close_setup(
            scene, tr("This chat shares the calendar of “{into}” now.", into=into.name)
        )
    waiting = await scene.uow.proposals.open_of_household(ours)
    for proposal in waiting:
        await close_question(scene.moved_to(proposal.chat_id), proposal, tr(_LET_GO))
    for kind in (NoticeKind.DAILY, NoticeKind.WEEKLY):
        await scene.uow.notices.drop_kind(ours, kind)
    return [proposal.thread_id for proposal in waiting]


async def _one_of_each(scene: Scene, met: _Meeting) -> None:
    """People by their accounts, things by their names; everybody else under a name of their own."""
    uow, family = scene.uow, met.into.id
    for arrival in met.people:
        await uow.households.save_member(family, arrival.member)
    for gone_id, known_id in met.same.items():
        await uow.joins.one_person(family, gone_id, known_id)
        now = await uow.households.get(family)
        gone, known = met.arriving.member(gone_id), now.member(known_id)
        if gone is not None and known is not None:
            await uow.households.save_member(family, one_person(gone, known, now))
    for gone_thing, known_thing in met.things:
        await uow.joins.one_thing(family, gone_thing.id, known_thing.id)
        await uow.households.save_resource(family, one_thing(gone_thing, known_thing))


async def _ask_on(joined: Scene, met: _Meeting) -> None:
    """Who is who; and what the other family was being asked, in the chat that came."""
    for arrival in met.people:
        if arrival.is_asked_about:
            how = tr("{member} came with the chat that was linked.", member=arrival.member.name)
            await ask_who(joined, arrival.member, arrival.known, how)
    for proposal in met.asked:
        await show_also(joined, proposal)


def _told(met: _Meeting) -> list[str]:
    came = events_counted(met.events)
    name = met.arriving.name
    lines = [
        tr(
            "“{name}” came along, with {came}. What is booked in one is told in both.",
            name=name,
            came=came,
        )
    ]
    known = [m.name for m in met.into.members if m.id in met.same.values()]
    if known:
        lines.append(
            tr("{known}: the same account in both, so the same person.", known=and_list(known))
        )
    if met.things:
        names = and_list([known.name for _, known in met.things])
        lines.append(tr("Both had {names}: from now on that is one thing.", names=names))
    if any(arrival.is_asked_about for arrival in met.people):
        lines.append(tr("Who is who is asked below."))
    if met.events:
        lines.append(tr("/conflicts shows what clashes now."))
    return lines
