"""Modals: opened while Slack's trigger is good, and read when they are submitted."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from slack_bolt.response import BoltResponse

from bot.slack.addresses import Channel, account, address
from bot.slack.blocks import EDIT, NEW_ACTION, notice_view
from bot.slack.codec import (
    Known,
    Payload,
    channel_of,
    first_action,
    part,
    submitted,
    team_of,
    user_of,
)
from bot.slack.forms import CALLBACK, NEW_SHORTCUT, errors, form_of, form_view
from bot.slack.mrkdwn import command_line
from bot.slack.workspaces import Workspaces
from scheduling.forms import problems
from scheduling.ports import Receiver
from scheduling.speech import N_, tr

_log = logging.getLogger(__name__)

GONE = N_("That is not on the calendar any more.")
FIRST = N_("Say hello first: write to me in a channel or here, and I'll get to know your family.")
LATE = N_("That took too long just now. Please try it once more.")


class Windows:
    """Opens and reads the form of an event. now: family time."""

    def __init__(
        self, workspaces: Workspaces, receiver: Receiver, now: Callable[[], datetime]
    ) -> None:
        self._workspaces = workspaces
        self._receiver = receiver
        self._now = now

    async def open(self, body: Payload) -> str:
        """Open what a payload wishes; "" or what to tell the one who asked. Raises nothing:
        Slack has its acknowledgement, and whoever asked may ask again."""
        user = user_of(body) or ""
        try:
            client = await self._workspaces.client(team_of(body))
            here = channel_of(body) or Channel(team_of(body), await self.direct(body, user))
            entry = _entry(wish(body) or "")
            sheet = await self._receiver.form(address(here), account(here.team, user), entry)
            if sheet is None:
                view = notice_view(tr(GONE) if entry else tr(FIRST))
            else:
                view = form_view(sheet, here.id, _thread(body, here) if entry else None)
            await client.views_open(trigger_id=str(body["trigger_id"]), view=view)
        except Exception as error:  # Any: nothing was asked for yet but to see the form.
            _log.warning("a form could not be opened (%s)", type(error).__name__)
            return tr(LATE)
        return ""

    async def submitted(self, body: Payload, known: Known) -> BoltResponse:
        """Take what was filled in; what is wrong with it is shown at its field. Raises what the
        receiver raises."""
        origin, form = form_of(part(body, "view"))
        where = address(Channel(team_of(body), origin.channel))
        sheet = await self._receiver.form(where, account(team_of(body), user_of(body) or ""), None)
        if sheet is not None:
            local = self._now().astimezone(sheet.household.zone).replace(tzinfo=None)
            wrong = problems(form, sheet.household, local)
            if wrong:
                return _json(errors(wrong))
        await self._receiver.receive(submitted(body, form, origin, known, self._now()))
        return BoltResponse(status=HTTPStatus.OK, body="")

    async def direct(self, body: Payload, user: str) -> str:
        """The direct message with that person: known on their Home tab, else asked for."""
        told = str(part(body, "view").get("private_metadata") or "")
        if told.startswith("D"):
            return told
        client = await self._workspaces.client(team_of(body))
        opened = await client.conversations_open(users=[user])
        return str(opened["channel"]["id"])


def is_form(body: Payload) -> bool:
    """Whether a payload is our form, filled in."""
    view = part(body, "view")
    return body.get("type") == "view_submission" and view.get("callback_id") == CALLBACK


def wish(body: Payload) -> str | None:
    """What opens a form: "new", or the data of an Edit button. None for all else."""
    if body.get("type") == "shortcut" and body.get("callback_id") == NEW_SHORTCUT:
        return "new"
    if "command" in body:
        return "new" if command_line(str(body.get("text") or "")) in ("/add", "/add new") else None
    if body.get("type") != "block_actions":
        return None
    action = first_action(body)
    if action.get("action_id") == NEW_ACTION:
        return "new"
    value = str(action.get("value") or "")
    return value if value.startswith(EDIT) else None


def _entry(wish: str) -> UUID | None:
    """Raises ValueError for a value that is none of ours."""
    return UUID(wish.removeprefix(EDIT)) if wish.startswith(EDIT) else None


def _thread(body: Payload, here: Channel) -> str | None:
    """The thread of the card whose Edit button was tapped."""
    message = part(body, "message")
    thread = message.get("thread_ts") or message.get("ts")
    return None if here.direct or not thread else str(thread)


def _json(body: dict[str, object]) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {"content-type": ["application/json; charset=utf-8"]}
    return BoltResponse(status=HTTPStatus.OK, body=json.dumps(body), headers=headers)
