"""Whose chat it is: a grandmother may belong to two families, so her private chat asks which,
and remembers; and who began alone takes the family along into its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from agents.scene import Scene
from scheduling.buttons import Tap, parse
from scheduling.errors import NotFound
from scheduling.family import Household
from scheduling.messages import Button, Inbound, Outgoing, TapAnswer
from scheduling.ports import Chat, UnitOfWork
from scheduling.speech import tr

HERE = "here"


async def ask_which_family(
    uow: UnitOfWork, chat: Chat, families: Sequence[tuple[UUID, str]], asker: str | None
) -> None:
    """The question, with one button a family. Until it is answered the first one is meant."""
    await uow.outbox.add(
        chat.household_id,
        Outgoing(
            key=f"which:{chat.id.hex}",
            chat_id=chat.id,
            heading=tr("Which family do you mean here?"),
            text=tr(
                "You belong to {number}. Until you tap, I take {family}.",
                number=len(families),
                family=families[0][1],
            ),
            buttons=_buttons(families),
            card=_card(chat.id),
            asker=asker,
        ),
    )


def _buttons(families: Sequence[tuple[UUID, str]]) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(name, Tap("setup", h, HERE).data()),) for h, name in families)


def _card(chat_id: UUID) -> str:
    return f"which:{chat_id.hex}"


async def only_private(uow: UnitOfWork, household_id: UUID) -> bool:
    """Whether that family has never had a chat that it shares."""
    return all(chat.address.private for chat in await uow.chats.of_household(household_id))


async def tell_whose(uow: UnitOfWork, chat: Chat, household: Household, asker: str | None) -> None:
    """Everyone in a group reads along from here on: whose calendar it is is said first."""
    await uow.outbox.add(
        household.id,
        Outgoing(
            key=f"whose:{chat.id.hex}",
            chat_id=chat.id,
            text=tr("What was booked in private so far is on it, and everyone here can see it."),
            heading=tr(
                "This group now shares the calendar of {household}.", household=household.name
            ),
            asker=asker,
        ),
    )


async def _may_speak_for(scene: Scene, household_id: UUID, inbound: Inbound) -> bool:
    """A private chat for any family of its person; a group only where it was asked, which is
    while the family has no other one."""
    if inbound.chat.private:
        return True
    ours, card = scene.household.id, _card(scene.chat_id)
    asked = await scene.uow.outbox.last_of_card(ours, scene.chat_id, card)
    return asked is not None and await only_private(scene.uow, household_id)


async def choose_family(scene: Scene, inbound: Inbound) -> TapAnswer | None:
    """The tap on one of them; None if the tap is about something else."""
    try:
        tap = parse(inbound.button or "")
    except NotFound:
        return None
    if tap.verb != "setup" or tap.argument != HERE or inbound.sender is None:
        return None
    account = inbound.sender
    mine = await scene.uow.identities.households(account.platform, account.external_id)
    if tap.id not in mine or not await _may_speak_for(scene, tap.id, inbound):
        return TapAnswer(tr("That button does not work here."), True)
    await scene.uow.chats.rebind(scene.chat_id, tap.id)
    family = await scene.uow.households.get(tap.id)
    others = [h for h in mine if h != tap.id] if inbound.chat.private else []
    names = [(h, (await scene.uow.households.get(h)).name) for h in others]
    await replace(scene, household=family).say(
        tr("{account} said so.", account=account.name)
        + (tr(" To change it, tap another.") if names else ""),
        name="which",
        heading=tr("✓ This chat speaks for {family}", family=family.name),
        buttons=_buttons(names),
        card=_card(scene.chat_id),
    )
    return TapAnswer(tr("From now on this chat speaks for {family}.", family=family.name))
