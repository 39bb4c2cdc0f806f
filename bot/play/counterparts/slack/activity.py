"""What the app showed to people, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.play.counterparts.slack import looks
from bot.play.counterparts.slack.model import Button, Channel, Message, User, View
from bot.play.counterparts.slack.signal import Signal

What = Literal["new", "edit", "delete", "ephemeral", "file", "modal", "home", "failed"]
_HEARD = ("new", "ephemeral", "file")
Via = Literal["api", "response_url", "acknowledgement"]


@dataclass(frozen=True, slots=True)
class Activity:
    """Something people got to see.

    what: a new message, its change or its end; a message or a change for one person only; a file;
    a modal that opened or changed; an App Home; Slack's own notice that the app did not answer.
    via: how the app said it. user: who saw it, where that is one person alone. text, buttons: as
    shown then. pinged: whom it made a sound for, as `mrkdwn.pings` names them.
    """

    what: What
    text: str
    channel: Channel | None = None
    user: User | None = None
    buttons: tuple[Button, ...] = ()
    message: Message | None = None
    view: View | None = None
    pinged: tuple[str, ...] = ()
    via: Via = "api"


@dataclass(eq=False, slots=True)
class Activities:
    changed: Signal
    all: list[Activity] = field(default_factory=list)

    def message(self, what: What, message: Message, via: Via = "api") -> None:
        gone = what == "delete"
        self._add(
            Activity(
                what,
                "" if gone else looks.message_text(message),
                message.channel,
                message.only_for,
                () if gone else looks.buttons(message.blocks),
                message,
                pinged=looks.pinged(message.text, message.blocks) if what in _HEARD else (),
                via=via,
            )
        )

    def view(self, view: View, via: Via = "api") -> None:
        what: What = "home" if view.is_home else "modal"
        shown = looks.buttons(view.blocks)
        self._add(Activity(what, looks.view_text(view), None, view.user, shown, view=view, via=via))

    def failed(self, user: User, text: str, channel: Channel | None = None) -> None:
        """Slack tells somebody that the app did not answer in time."""
        self._add(Activity("failed", text, channel, user))

    def _add(self, activity: Activity) -> None:
        self.all.append(activity)
        self.changed.notify()
