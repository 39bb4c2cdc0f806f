"""Making one family of two, once a parent has said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from agents.actions.ask import show_also
from agents.actions.edited import close_question
from agents.actions.family import ask_who
from agents.actions.linking import link_card, open_offer
from agents.scene import Scene
from scheduling.family import Household, Resource
from scheduling.joining import Arrival, arrivals, one_person, one_thing, same_things
from scheduling.notices import NoticeKind
from scheduling.proposals import Proposal
from scheduling.words import and_list, counted

_LET_GO = "Two chats were joined, so I let this question go. Say it again if it still matters."


async def join(scene: Scene, code_id: UUID) -> list[str]:
    """Everything of this chat's family becomes the other's; returns the threads that waited for
    an answer and go. Nothing happens where the code joins nothing any more."""
    code = await open_offer(scene, code_id)
    if isinstance(code, str):
        return []
    arriving_id, into_id = scene.household.id, code.household_id
    await scene.uow.joins.lock(arriving_id, into_id)
    if not await scene.uow.links.use(code.id, scene.now):
        return []
    here = replace(scene, household=await scene.uow.households.get(arriving_id), reply_to=None)
    into = await scene.uow.households.get(into_id)
    let_go = await _let_go(here)
    still_open = await scene.uow.proposals.open_of_household(into_id)
    events = len(await scene.uow.events.all(arriving_id))
    same = await scene.uow.joins.same_accounts(arriving_id, into_id)
    people = arrivals(into, here.household, same)
    things = same_things(into, here.household)
    await scene.uow.joins.join(arriving_id, into_id)
    await _one_of_each(here, into, same, people, things)
    joined = replace(here, household=await scene.uow.households.get(into_id))
    await joined.uow.households.bump(into_id)
    await joined.tell(
        "\n".join(_told(here.household, into, events, same, people, things)),
        name="joined",
        heading=f"✓ One family: {into.name}",
        card=link_card(code.id),
    )
    for arrival in people:
        if arrival.is_asked_about:
            how = f"{arrival.member.name} came with the chat that was linked."
            await ask_who(joined, arrival.member, arrival.known, how)
    for proposal in still_open:
        await show_also(joined, proposal)
    return let_go


async def _let_go(scene: Scene) -> list[str]:
    """Close what the arriving family was asked, and its digests: the other's settings hold."""
    ours = scene.household.id
    waiting: list[Proposal] = await scene.uow.proposals.open_of_household(ours)
    for proposal in waiting:
        await close_question(replace(scene, chat_id=proposal.chat_id), proposal, _LET_GO)
    for kind in (NoticeKind.DAILY, NoticeKind.WEEKLY):
        await scene.uow.notices.drop_kind(ours, kind)
    return [proposal.thread_id for proposal in waiting]


async def _one_of_each(
    scene: Scene,
    into: Household,
    same: Mapping[UUID, UUID],
    people: list[Arrival],
    things: list[tuple[Resource, Resource]],
) -> None:
    """People by their accounts, things by their names; everybody else under a name of their own."""
    uow, family = scene.uow, into.id
    for arrival in people:
        await uow.households.save_member(family, arrival.member)
    for gone_id, known_id in same.items():
        await uow.joins.one_person(family, gone_id, known_id)
        now = await uow.households.get(family)
        gone, known = scene.household.member(gone_id), now.member(known_id)
        if gone is not None and known is not None:
            await uow.households.save_member(family, one_person(gone, known, now))
    for gone_thing, known_thing in things:
        await uow.joins.one_thing(family, gone_thing.id, known_thing.id)
        await uow.households.save_resource(family, one_thing(gone_thing, known_thing))


def _told(
    arrived: Household,
    into: Household,
    events: int,
    same: Mapping[UUID, UUID],
    people: list[Arrival],
    things: list[tuple[Resource, Resource]],
) -> list[str]:
    came = counted(events, "event", "events")
    lines = [f"“{arrived.name}” came along, with {came}. What is booked in one is told in both."]
    known = [m.name for m in into.members if m.id in same.values()]
    if known:
        lines.append(f"{and_list(known)}: the same account in both, so the same person.")
    if things:
        names = and_list([known.name for _, known in things])
        lines.append(f"Both had {names}: from now on that is one thing.")
    if any(arrival.is_asked_about for arrival in people):
        lines.append("Who is who is asked below.")
    if events:
        lines.append("/conflicts shows what clashes now.")
    return lines
