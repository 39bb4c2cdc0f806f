"""A grandmother may belong to two families: her private chat asks which, and remembers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from agents.scene import Scene
from scheduling.buttons import Tap, parse
from scheduling.errors import NotFound
from scheduling.messages import Button, Inbound, Outgoing, TapAnswer
from scheduling.ports import Chat, UnitOfWork

HERE = "here"


async def ask_which_family(
    uow: UnitOfWork, chat: Chat, families: Sequence[tuple[UUID, str]]
) -> None:
    """The question, with one button a family. Until it is answered the first one is meant."""
    buttons = tuple((Button(n, Tap("setup", h, HERE).data()),) for h, n in families)
    await uow.outbox.add(
        chat.household_id,
        Outgoing(
            key=f"which:{chat.id.hex}",
            chat_id=chat.id,
            heading="Which family do you mean here?",
            text=f"You belong to {len(families)}. Until you tap, I take {families[0][1]}.",
            buttons=buttons,
            card=f"which:{chat.id.hex}",
        ),
    )


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
    if tap.id not in mine or not inbound.chat.private:
        return TapAnswer("That button does not work here.", True)
    await scene.uow.chats.rebind(scene.chat_id, tap.id)
    family = await scene.uow.households.get(tap.id)
    return TapAnswer(f"From now on this chat speaks for {family.name}.")
