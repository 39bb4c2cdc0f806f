"""Between the terminal and the product's own messages. Pure.

At the terminal everyone shares one chat, HOME; each person also has a private one. A person's
account is their name without case, so that the household's members are known by speaking.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduling.messages import ChatAddress, FileRef, Inbound, Outgoing, Sender, kind_of_file

HOME = "home"
"""External id of the chat the family shares at the terminal."""

_KEPT = "\n\t"


def account(name: str) -> Sender:
    """The console account of the person of that name."""
    return Sender("console", name.casefold(), name)


def chat(external_id: str = HOME, *, title: str = "") -> ChatAddress:
    return ChatAddress("console", external_id, title=title)


def private_chat(name: str) -> ChatAddress:
    """The chat only that person sees."""
    return ChatAddress("console", f"private:{name.casefold()}", private=True, title=name)


def message(
    text: str,
    who: Sender,
    where: ChatAddress,
    ref: str,
    at: datetime,
    *,
    addressed: bool = True,
    reply_ref: str | None = None,
    file: Path | None = None,
) -> Inbound:
    """A line someone typed. ref: this message's id, never used before in that chat. file: what
    they sent with it."""
    return Inbound(
        kind="command" if text.startswith("/") else "message",
        key=f"message:{where.external_id}:{ref}",
        chat=where,
        sender=who,
        sent_at=at,
        text=text,
        addressed=addressed,
        message_ref=ref,
        reply_ref=reply_ref,
        files=(FileRef(kind_of_file(file.name, ""), str(file), file.name),) if file else (),
    )


def edit(
    text: str, who: Sender, where: ChatAddress, ref: str, at: datetime, *, version: int
) -> Inbound:
    """The message `ref` now says something else. version: how often it was edited."""
    return Inbound(
        kind="edit",
        key=f"edit:{where.external_id}:{ref}:{version}",
        chat=where,
        sender=who,
        sent_at=at,
        text=text,
        message_ref=ref,
    )


def tap(
    button: str, who: Sender, where: ChatAddress, message_ref: str, tap_id: str, at: datetime
) -> Inbound:
    """A button of the message `message_ref`. tap_id: this tap's own, never used before."""
    return Inbound(
        kind="tap",
        key=f"tap:{tap_id}",
        chat=where,
        sender=who,
        sent_at=at,
        message_ref=message_ref,
        button=button,
    )


def words(outgoing: Outgoing) -> str:
    """A message as text, its heading first; safe to print."""
    return printable("\n".join(part for part in (outgoing.heading, outgoing.text) if part))


def printable(text: str) -> str:
    """Without what would steer a terminal: people's words are data there too."""
    return "".join(
        c if c.isprintable() or c in _KEPT else "\N{REPLACEMENT CHARACTER}" for c in text
    )
