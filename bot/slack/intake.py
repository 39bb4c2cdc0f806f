"""One payload on its way in: read, recorded, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.addresses import user_of
from bot.slack.blocks import notice_view
from bot.slack.codec import Known, Payload, channel_of, inbound, mentioned, part, team_of
from bot.slack.codec import user_of as author_of
from bot.slack.failures import TROUBLE, NotInstalled
from bot.slack.mrkdwn import escape
from bot.slack.people import People
from bot.slack.responses import Responses
from bot.slack.windows import Windows, is_form, wish
from bot.slack.workspaces import Workspace, Workspaces
from scheduling.messages import Inbound, TapAnswer
from scheduling.ports import Receiver

_log = logging.getLogger(__name__)

ACKNOWLEDGED = BoltResponse(status=HTTPStatus.OK, body="")
AGAIN = BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, body="")
"""Slack delivers it once more: in HTTP mode for the status, in Socket Mode because the envelope
is not acknowledged."""

_UNINSTALLED = ("app_uninstalled", "tokens_revoked")


class Intake:
    """Turns raw payloads into recorded ones. What people wrote never reaches the log.

    Payloads of one conversation are recorded in the order they came: Bolt handles those of a
    socket side by side.
    """

    def __init__(
        self,
        workspaces: Workspaces,
        people: People,
        responses: Responses,
        receiver: Receiver,
        now: Callable[[], datetime],
    ) -> None:
        self._workspaces = workspaces
        self._people = people
        self._responses = responses
        self._receiver = receiver
        self._windows = Windows(workspaces, receiver, now)
        self._now = now
        self._orders: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._errands: set[asyncio.Task[None]] = set()

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        """Bolt's global middleware: what it returns is the answer, and no listener follows."""
        body: Payload = request.body
        try:
            return await self._take(body)
        except NotInstalled:
            _log.warning("a payload of a workspace that did not install this app was left alone")
            return ACKNOWLEDGED
        except Exception as error:  # Any: whatever the store raises, Slack must deliver it again.
            _log.error("a payload was not recorded (%s)", type(error).__name__)
            return AGAIN

    async def answered(self) -> None:
        """Wait until the answers under way are given."""
        await asyncio.gather(*self._errands)

    async def _take(self, body: Payload) -> BoltResponse:
        event = part(body, "event")
        if event.get("type") in _UNINSTALLED:
            await self._uninstalled(body)
            return ACKNOWLEDGED
        if event.get("type") == "user_change":
            self._people.learn(team_of(body), part(event, "user"))
            return ACKNOWLEDGED
        workspace = await self._workspaces.get(team_of(body))
        if wish(body) is not None:
            self._later(self._open_form(body))
            return ACKNOWLEDGED
        # All ask at once who people are; only recording waits for its turn.
        known = asyncio.create_task(self._known(body, workspace))
        if is_form(body):
            return await self._windows.submitted(body, await known)
        channel = channel_of(body)
        where = f"{workspace.team}:{channel.id if channel else author_of(body)}"
        async with self._in_order(where):
            happened = self._read(body, await known)
            if happened is None:
                return ACKNOWLEDGED
            self._borrow(body, happened)
            answer = await self._receiver.receive(happened)
        if happened.kind == "tap" and answer is not None:
            self._later(self._show(body, happened, answer))
        if happened.kind == "tap" and happened.chat.topic is not None:
            await self._receiver.receive(self._home_again(happened))
        return ACKNOWLEDGED

    def _home_again(self, tap: Inbound) -> Inbound:
        """After a tap on a Home tab, the page as it is then."""
        again = replace(tap, kind="command", key=f"home:{tap.key}", text="/home", button=None)
        return replace(again, addressed=False)

    def _in_order(self, where: str) -> asyncio.Lock:
        if len(self._orders) > 1000:
            self._orders = defaultdict(
                asyncio.Lock, {k: lock for k, lock in self._orders.items() if lock.locked()}
            )
        return self._orders[where]

    async def _known(self, body: Payload, workspace: Workspace) -> Known:
        who = [author_of(body), *mentioned(body)]
        users = [user for user in who if user and user != workspace.user]
        profiles = await self._people.profiles(workspace.team, users)
        return Known(workspace.user, profiles, workspace.name)

    def _read(self, body: Payload, known: Known) -> Inbound | None:
        try:
            return inbound(body, known, self._now())
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            _log.error("a payload cannot be read (%s)", type(error).__name__)
            return None

    def _borrow(self, body: Payload, happened: Inbound) -> None:
        if body.get("response_url") and happened.sender is not None:
            user = user_of(happened.sender.external_id)
            self._responses.lend(happened.chat.external_id, user, str(body["response_url"]))

    async def _uninstalled(self, body: Payload) -> None:
        """Its token is worth nothing any more, and its chats are told no more."""
        event, team = part(body, "event"), team_of(body)
        if event["type"] == "tokens_revoked" and not part(event, "tokens").get("bot"):
            return
        if not await self._workspaces.gone(team):
            _log.info("news of an end that is over: the app is installed there")
            return
        await self._workspaces.forget(team)
        await self._receiver.space_gone("slack", team)

    async def _open_form(self, body: Payload) -> None:
        """While its trigger is good, and not before Slack has our acknowledgement."""
        trouble = await self._windows.open(body)
        if trouble:
            await self._whisper(body, trouble)

    async def _whisper(self, body: Payload, text: str) -> None:
        """To the one who acted and nobody else: where they are, or in their direct messages."""
        team, user, channel = team_of(body), author_of(body) or "", channel_of(body)
        if channel is not None and body.get("response_url"):
            place = f"{team}:{channel.id}"
            self._responses.lend(place, user, str(body["response_url"]))
            await self._responses.tell(place, user, escape(text))
            return
        try:
            client = await self._workspaces.client(team)
            direct = await self._windows.direct(body, user)
            await client.chat_postEphemeral(channel=direct, user=user, text=escape(text))
        except (NotInstalled, *TROUBLE) as error:
            _log.info("a person could not be told (%s)", type(error).__name__)

    def _later(self, errand: Coroutine[Any, Any, None]) -> None:
        """In the background: the acknowledgement does not wait for it."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _show(self, body: Payload, tap: Inbound, answer: TapAnswer) -> None:
        """What the one who tapped is told at once. A tap that did something shows on its card;
        one that did not is answered in words, which only they see."""
        if not answer.text or not answer.alert or tap.sender is None:
            return
        user = user_of(tap.sender.external_id)
        if body.get("response_url"):
            await self._responses.tell(tap.chat.external_id, user, escape(answer.text))
            return
        await self._open_notice(body, answer.text)

    async def _open_notice(self, body: Mapping[str, Any], text: str) -> None:
        try:
            client = await self._workspaces.client(team_of(body))
            await client.views_open(trigger_id=str(body["trigger_id"]), view=notice_view(text))
        except (NotInstalled, KeyError, *TROUBLE) as error:
            _log.info("a tap was answered too late to be shown (%s)", type(error).__name__)
