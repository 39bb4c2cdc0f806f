"""What can be told of a message by itself, before anything is done for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from agents.actions.commands import is_command
from scheduling.ports import InboxRow
from scheduling.speech import tr

LATE_AT_MOST = timedelta(days=7)
"""An older message is read as if written now: its platform's clock is not to be trusted."""

MOST_HEARD = 500
"""Characters of a voice message that are shown."""


def heard(text: str) -> str:
    """What was heard, so that a wrong word is seen before it is believed."""
    return tr(
        "I heard: “{text}”", text=text if len(text) <= MOST_HEARD else text[:MOST_HEARD] + "…"
    )


def insists(row: InboxRow) -> bool:
    """Whether silence would be no answer to it."""
    edited = row.inbound.kind == "edit" and is_command(row.inbound.text)
    command = row.inbound.kind == "command" or edited
    shown = row.inbound.forwarded and row.inbound.addressed
    return command or shown or _only_calls(row)


def _only_calls(row: InboxRow) -> bool:
    """A bare mention: nothing is said, and nothing answered by it."""
    blank = not any(c.isprintable() and not c.isspace() for c in row.inbound.text)
    return blank and row.inbound.kind == "message" and row.inbound.reply_ref is None


def written_at(row: InboxRow) -> datetime:
    """When its writer wrote it, as far as that is believed."""
    sent, received = row.inbound.sent_at, row.received_at
    believed = row.inbound.forwarded or received - LATE_AT_MOST < sent
    return sent if believed and sent < received else received
