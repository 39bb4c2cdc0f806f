"""The counterpart itself: a server to start and stop, all that people do and see."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from time import time
from typing import Any, Self

from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.slack.activity import Activity
from bot.play.counterparts.slack.app import APP_SCOPES, Settings
from bot.play.counterparts.slack.deliveries import Delivery, Kind
from bot.play.counterparts.slack.errors import ApiError
from bot.play.counterparts.slack.hands import Hands
from bot.play.counterparts.slack.model import Channel, Grant, Message, User
from bot.play.counterparts.slack.places import Places
from bot.play.counterparts.slack.server import Face
from bot.play.counterparts.slack.state import State

_KINDS: tuple[Kind, ...] = ("events_api", "slash_commands", "interactive")


class Slack(Places, Hands):
    """An in-memory Slack with one app and, from the start, one workspace.

    settings: the app's own page at Slack. installed: the app is in that workspace. now: Slack's
    clock, for timestamps and all that expires. spacing: seconds between messages to one channel
    below which it answers 429 (0 = never). limit: seconds in which the app is to acknowledge.
    pauses: seconds before each further try at an event, Slack's own 0, 60 and 300 made short.
    clock: Unix time for signatures, by which the app judges their age. Acting does not wait for
    the app; `drained()` does.
    """

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        installed: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        spacing: float = 0,
        limit: float = 3,
        pauses: Sequence[float] = (0, 0.01, 0.05),
        clock: Callable[[], float] = time,
    ) -> None:
        self.state = State(settings or Settings(), now, spacing, limit, pauses, clock=clock)
        self._server = Loopback(Face(self.state).app(), websockets=True)
        self.state.base_url = lambda: self._server.base_url
        self._said: dict[Hashable, tuple[Message, list[Delivery]]] = {}
        home = self.team("T000000001", installed=installed)
        token = self.state.settings.app_token
        self.state.grants.tokens[token] = Grant(token, "app", home, APP_SCOPES)

    # --- the server ---

    @property
    def base_url(self) -> str:
        return self._server.base_url

    @property
    def api_url(self) -> str:
        """What SLACK_API_BASE_URL is to be."""
        return f"{self.base_url}/api/"

    @property
    def settings(self) -> Settings:
        return self.state.settings

    async def start(self) -> None:
        await self._server.start()
        self.state.deliveries.start()

    async def stop(self) -> None:
        """What was not acknowledged stays: a start later goes on where this left off."""
        await self.state.deliveries.stop()
        self.state.sockets.cut(abrupt=True)
        await self._server.stop()
        await self.state.request_url.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    # --- what Slack does ---

    async def use_http(self, url: str, *, verify: bool = True) -> None:
        """From now on everything goes to this request URL instead of sockets. Raises LookupError
        when the app does not answer the challenge there."""
        if verify and not await self.state.request_url.verify(url):
            raise LookupError("Your URL didn't respond with the value of the challenge parameter.")
        self.state.request_url.urls = dict.fromkeys(_KINDS, url)

    def use_sockets(self) -> None:
        """From now on everything goes over Socket Mode, as it does at first."""
        self.state.request_url.urls = {}

    def events(self, of: Message | str | None = None) -> list[Delivery]:
        """What the app was told, oldest first: about a message somebody wrote, or of one type."""
        if isinstance(of, Message):
            return list(self._said[of.channel.id, of.ts][1])
        sent = [one for one in self.state.deliveries.sent if one.kind == "events_api"]
        return [one for one in sent if of is None or one.event["type"] == of]

    def redeliver(self, what: Delivery | Message, times: int = 1) -> None:
        """Hand over once more what the app may have had already: one delivery, or all that a
        message brought."""
        found = self.events(what) if isinstance(what, Message) else [what]
        for _ in range(times):
            for delivery in found:
                self.state.deliveries.redeliver(delivery)

    def fail_next(self, method: str, *errors: ApiError | str | None) -> None:
        """The next calls of a method (or of "response_url") are refused, with one error each; None
        lets one pass."""
        found = [ApiError(error) if isinstance(error, str) else error for error in errors]
        self.state.faults[method].extend(found)

    def cut(self, *, abrupt: bool = False) -> None:
        """Every socket ends. abrupt: without a closing handshake."""
        self.state.sockets.cut(abrupt=abrupt)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the app to open new sockets; those it has get nothing more. reason: "warning" only
        foretells that."""
        await self.state.sockets.tell(reason)

    # --- what is to be seen ---

    @property
    def sockets(self) -> int:
        """How many are open."""
        return len(self.state.sockets.open)

    async def connected(self, sockets: int = 1) -> None:
        """Wait until so many sockets are open."""
        while self.sockets < sockets:
            await self.changed()

    def messages(self, channel: Channel) -> list[Message]:
        """Everything in a channel that everybody sees, as it stands now, oldest first."""
        return list(channel.messages.values())

    def from_bot(self, channel: Channel, user: User | None = None) -> list[Message]:
        """The app's messages in a channel, oldest first; with those only this person sees."""
        notes = [one for one in channel.private_notes.values() if one.only_for is user]
        found = [one for one in channel.messages.values() if one.by_bot]
        return sorted(found + (notes if user else []), key=lambda one: one.ts)

    @property
    def activity(self) -> list[Activity]:
        """Everything the app ever showed, in order."""
        return self.state.activity.all

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method (or of "response_url") so far."""
        return [params for name, params in self.state.calls if name == method]

    async def changed(self) -> None:
        """Wait until anything happens: a delivery, an acknowledgement, a message, a socket."""
        await self.state.changed.wait()

    async def drained(self) -> None:
        """Wait until the app has acknowledged everything, or Slack has given it up."""
        await self.state.deliveries.drained()

    def waiting(self) -> bool:
        return bool(self.state.deliveries.pending)
