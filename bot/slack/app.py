"""Slack as a chat platform: listens by Socket Mode or over HTTP, and owns the sender."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.backoff import Backoff, Sleep
from bot.pacing import Limiter, Pace
from bot.slack.failures import TROUBLE, WRONG_TOKEN, code
from bot.slack.files import fetch
from bot.slack.install import INSTALL_PATH, REDIRECT_PATH, OAuthOptions, oauth_flow
from bot.slack.installations import Installations, States, cipher
from bot.slack.intake import Intake
from bot.slack.people import People
from bot.slack.responses import Responses
from bot.slack.sender import SlackSender
from bot.slack.sockets import socket_handler
from bot.slack.workspaces import Workspaces
from scheduling.messages import ChatAddress, FileRef, Hearing
from scheduling.ports import Receiver
from scheduling.speech import N_, tr

_log = logging.getLogger(__name__)

PACE = Pace(per_chat=1, per_group_minute=0, overall=0)
"""Slack's: one message a second in a channel (docs: Rate limits)."""

ADVICE = N_(
    "In this channel I answer what mentions me and what comes as a command, like /week; "
    "in the thread of a request just go on writing."
)
"""As the product has it: `mrkdwn.with_our_commands` writes commands as they are typed here."""

_PLAIN = {"Content-Type": ["text/plain; charset=utf-8"]}


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """bot_token: of the one workspace served without an installation. app_token: for Socket
    Mode. signing_secret: for HTTP. base_url: of Slack. oauth: lets workspaces install the app.
    ping: seconds between signs of life on a socket. pace: how fast we may speak."""

    base_url: str = "https://slack.com"
    mode: Literal["socket", "http"] = "socket"
    bot_token: str | None = field(default=None, repr=False)
    oauth: OAuthOptions | None = None
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    ping: float = 10
    pace: Pace = PACE


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What is to be answered to a request of Slack's."""

    status: int
    headers: Mapping[str, Sequence[str]]
    body: str


class SlackPlatform:
    """`ChatPlatform` for Slack.

    now: family time, for what Slack does not date. monotonic and sleep: machine time.
    """

    name: Literal["slack"] = "slack"

    def __init__(
        self,
        options: SlackOptions,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        if options.mode == "http" and not options.signing_secret:
            raise ValueError("HTTP mode needs the signing secret, or anyone could post events")
        self._options = options
        self._now = now
        self._sleep = sleep
        self._workspaces = Workspaces(options.base_url, options.bot_token)
        self._people = People(self._workspaces, monotonic)
        self._responses = Responses(lambda: self._workspaces.session, monotonic)
        self.sender = SlackSender(
            self._workspaces, self._responses, Limiter(monotonic, options.pace)
        )
        self._intake: Intake | None = None
        self._app: AsyncApp | None = None
        self._flow: AsyncOAuthFlow | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    async def hearing(self, chat: ChatAddress) -> Hearing:
        return Hearing() if chat.private else Hearing(tr(ADVICE))

    async def fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        return await fetch(self._workspaces, chat, file, self._options.base_url)

    async def start(self, receiver: Receiver, *, listen: bool = True) -> None:
        """Begin to connect and listen; returns at once, so that a network that is down holds
        up nothing else."""
        self._intake = Intake(self._workspaces, self._people, self._responses, receiver, self._now)
        self._app = self._bolt(self._intake)
        if self._options.oauth is not None:
            self._flow = self._installing(self._options.oauth, receiver)
        if not listen:
            return
        self._listening = asyncio.create_task(self._listen())
        self._listening.add_done_callback(_tell_if_it_died)

    async def ready(self) -> None:
        """Wait until Slack knows us and events are on their way."""
        await self._ready.wait()

    async def answered(self) -> None:
        if self._intake is not None:
            await self._intake.answered()

    async def stop_listening(self) -> None:
        """Take no more; answers to taps under way are finished first."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._socket is not None:
            await self._socket.client.close()  # type: ignore[no-untyped-call]
        if self._intake is not None:
            await self._intake.answered()
        self._listening = self._socket = self._intake = self._app = None
        self._ready.clear()

    async def stop(self) -> None:
        await self.stop_listening()
        await self._workspaces.close()

    async def handle(self, body: bytes, headers: Mapping[str, str], query: str = "") -> HttpAnswer:
        """What Slack posted, in HTTP mode. 401 unless it is signed and not older than five
        minutes; 200 only once it is recorded; 503 where that failed, so that it comes again.

        headers: found whatever their case."""
        if self._app is None:
            return HttpAnswer(503, {}, "")
        if not headers.get("x-slack-request-timestamp", "0").isdecimal():
            return HttpAnswer(401, {}, "")
        try:
            request = AsyncBoltRequest(
                body=body.decode(errors="replace"),
                query=query,
                headers=headers,  # type: ignore[arg-type]
            )
        # Bolt reads a body before it looks at its signature: anybody may have posted this.
        except (AttributeError, KeyError, TypeError, ValueError):
            return HttpAnswer(400, {}, "")
        answer = await self._app.async_dispatch(request)
        return HttpAnswer(answer.status, answer.headers, answer.body)

    async def install(
        self, path: str, headers: Mapping[str, str], query: str = ""
    ) -> HttpAnswer | None:
        """The pages of the OAuth round trip; None where there is no such page."""
        if self._flow is None or path not in (INSTALL_PATH, REDIRECT_PATH):
            return None
        request = AsyncBoltRequest(body="", query=query, headers=headers)  # type: ignore[arg-type]
        began = path == INSTALL_PATH
        step = self._flow.handle_installation if began else self._flow.handle_callback
        try:
            answer = await step(request)
        # Slack or the database may be away: whoever installs is told, and tries again.
        except Exception as error:
            _log.error("installing failed (%s)", type(error).__name__)
            return HttpAnswer(503, _PLAIN, tr("That did not work just now. Please try again."))
        return HttpAnswer(answer.status, answer.headers, answer.body)

    def _installing(self, oauth: OAuthOptions, receiver: Receiver) -> AsyncOAuthFlow:
        async def saved(team: str) -> None:
            self._workspaces.changed(team)
            await receiver.space_back("slack", team)

        lock = cipher(oauth.encryption_keys)
        installations = Installations(receiver, lock, saved)
        self._workspaces.installed = installations
        client = self._workspaces.anonymous()
        return oauth_flow(oauth, client, self._options.base_url, installations, States(lock))

    def _bolt(self, intake: Intake) -> AsyncApp:

        # Bolt passes arguments by the names it finds, so these two are no methods.
        async def authorize(team_id: str | None, user_id: str | None) -> AuthorizeResult:
            return await self._authorize(team_id or "", user_id)

        async def record(request: Any) -> Any:
            return await intake.take(request)

        app = AsyncApp(
            name="family-scheduler",
            logger=logging.getLogger("slack_bolt"),
            signing_secret=self._options.signing_secret or "unused in Socket Mode",
            authorize=authorize,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )

        app.use(record)
        return app

    async def _authorize(self, team: str, user: str | None) -> AuthorizeResult:
        """Who we are there, from memory: `auth.test` is asked once a workspace, not each time.
        Whatever goes wrong is left to the intake, which meets it again: Bolt would acknowledge
        what it cannot authorize."""
        try:
            known = await self._workspaces.get(team)
        except Exception:  # Any: the intake meets it again, and has Slack deliver once more.
            return AuthorizeResult(enterprise_id=None, team_id=team, user_id=user)
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team,
            bot_user_id=known.user,
            bot_id=known.bot,
            bot_token=known.token,
            user_id=user,
        )

    async def _listen(self) -> None:
        backoff = Backoff(sleep=self._sleep)
        while True:
            try:
                await self._connect()
                break
            except TROUBLE as error:
                if code(error) in WRONG_TOKEN:
                    _log.error("Slack does not know this token; Slack stays off")
                    return
                _log.warning("Slack cannot be reached, will try again: %s", type(error).__name__)
                await backoff.pause()
        self._ready.set()

    async def _connect(self) -> None:
        if self._options.bot_token is not None:
            own = await self._workspaces.own()
            _log.info("on Slack in %s by %s", own.name, self._options.mode)
        if self._options.mode == "http":
            return
        assert self._app is not None
        client = self._workspaces.anonymous()
        await client.apps_connections_open(app_token=self._options.app_token)
        self._socket = socket_handler(
            self._app, self._options.app_token, client, self._options.ping
        )
        await self._socket.client.connect()  # type: ignore[no-untyped-call]


def _tell_if_it_died(task: asyncio.Task[None]) -> None:
    """A listener that ends in silence is a bot that is deaf."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.critical("listening to Slack ended: %s", type(error).__name__, exc_info=error)
