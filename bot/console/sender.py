"""Delivery to a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.console import codec
from scheduling.messages import Attachment, Button, ChatAddress
from scheduling.ports import OutboxRow


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it stands on a screen. ref: its id. edited: it stood there before."""

    ref: str
    chat: ChatAddress
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    edited: bool = False
    attachments: tuple[Attachment, ...] = ()


class ConsoleScreen(Protocol):
    """Where messages become visible: a terminal, or a recording one."""

    def show(self, shown: Shown) -> None: ...


class ConsoleSender:
    """Puts outbox rows on the screen.

    A message's id is that of the outbox row which first showed it: the same row delivered
    twice, or by another process after a crash, is the same message.
    """

    def __init__(self, screen: ConsoleScreen) -> None:
        self._screen = screen

    async def send(self, row: OutboxRow) -> str:
        ref = row.message_ref or row.id.hex
        outgoing = row.outgoing
        self._screen.show(
            Shown(
                ref=ref,
                chat=row.chat.address,
                text=codec.words(outgoing),
                buttons=outgoing.buttons,
                edited=row.message_ref is not None,
                attachments=outgoing.attachments,
            )
        )
        return ref
