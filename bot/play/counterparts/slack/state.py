"""Everything an in-memory Slack knows, and the rules both its sides share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from time import monotonic, time
from typing import Any

from bot.play.counterparts.slack.activity import Activities
from bot.play.counterparts.slack.app import Grants, Settings
from bot.play.counterparts.slack.deliveries import Deliveries, Route
from bot.play.counterparts.slack.errors import ApiError, ratelimited
from bot.play.counterparts.slack.model import Channel, File, Grant, Message, Team, User, View
from bot.play.counterparts.slack.request_url import RequestUrl
from bot.play.counterparts.slack.signal import Signal
from bot.play.counterparts.slack.sockets import Sockets


@dataclass(slots=True)
class Trigger:
    """An interaction's right to open one modal. over: the modal it happened in."""

    user: User
    expires: datetime
    over: View | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A right to answer an interaction. message: the one it happened in."""

    channel: Channel
    user: User
    expires: datetime
    message: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class Upload:
    """A file being uploaded. content: None until it came."""

    name: str
    length: int
    content: bytes | None = None


@dataclass(slots=True)
class State:
    """now: Slack's clock, for timestamps and what expires. spacing: seconds between two messages
    to a channel below which it answers 429; 0 = never. limit: seconds in which the app is to
    acknowledge. pauses: seconds before each further try."""

    settings: Settings
    now: Callable[[], datetime]
    spacing: float
    limit: float
    pauses: Sequence[float]
    machine_time: Callable[[], float] = monotonic
    clock: Callable[[], float] = time
    base_url: Callable[[], str] = lambda: ""
    teams: dict[str, Team] = field(default_factory=dict)
    grants: Grants = field(init=False)
    changed: Signal = field(default_factory=Signal)
    sockets: Sockets = field(init=False)
    request_url: RequestUrl = field(init=False)
    deliveries: Deliveries = field(init=False)
    activity: Activities = field(init=False)
    views: dict[str, View] = field(default_factory=dict)
    modals: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    visitor: User | None = None
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, list[ApiError | None]] = field(default_factory=lambda: defaultdict(list))
    ids: count[int] = field(default_factory=lambda: count(1001))
    _spoke_at: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def limit() -> float:
            return self.limit

        self.grants = Grants(self.settings)
        self.activity = Activities(self.changed)
        self.sockets = Sockets(self.settings.app_id, limit, self.changed)
        self.request_url = RequestUrl(self.settings.signing_secret, self.clock, limit)
        self.deliveries = Deliveries(self._route, self.pauses, self.changed)

    def new_id(self, letter: str) -> str:
        return f"{letter}{next(self.ids):09d}"

    def date(self) -> int:
        """Now, as Unix time."""
        return int(self.now().timestamp())

    def stamp(self) -> str:
        """Now, as `event_ts` and `action_ts` have it; unlike any other."""
        return f"{self.date()}.{next(self.ids):06d}"

    def next_ts(self, channel: Channel) -> str:
        return channel.next_ts(round(self.now().timestamp() * 1_000_000))

    def trigger(self, user: User, over: View | None = None) -> str:
        made = f"{next(self.ids)}.{user.team.id}.trigger"
        self.triggers[made] = Trigger(user, self.now() + timedelta(seconds=3), over)
        return made

    def response_url(self, channel: Channel, user: User, message: Message | None = None) -> str:
        name = f"{channel.team.id}/{next(self.ids)}/counterpart"
        expires = self.now() + timedelta(minutes=30)
        self.response_urls[name] = ResponseUrl(channel, user, expires, message)
        return f"{self.base_url()}/actions/{name}"

    def channel(self, grant: Grant, name: str) -> Channel:
        """A channel the bot knows of, by its id. Raises ApiError."""
        channel = grant.team.channels.get(name)
        hidden = channel is not None and channel.kind != "public" and not channel.has_bot
        if channel is None or channel.deleted or hidden:
            raise ApiError("channel_not_found")
        return channel

    def own_channel(self, grant: Grant, name: str) -> Channel:
        """One the bot is in. Raises ApiError."""
        channel = self.channel(grant, name)
        if not channel.has_bot:
            raise ApiError("not_in_channel")
        return channel

    def user(self, grant: Grant, name: str) -> User:
        """Raises ApiError `user_not_found`."""
        found = grant.team.users.get(name)
        if found is None:
            raise ApiError("user_not_found")
        return found

    def direct(self, user: User) -> Channel:
        """Somebody's direct messages with the app, opened at need."""
        for channel in user.team.channels.values():
            if channel.kind == "im" and channel.person is user:
                return channel
        made = Channel(self.new_id("D"), user.team, "im", user.name, [user, user.team.bot])
        user.team.channels[made.id] = made
        return made

    def pace(self, channel: Channel) -> None:
        """Raises ApiError 429 when a message to this channel comes too soon after the last."""
        now = self.machine_time()
        early = self.spacing - (now - self._spoke_at.get(channel.id, -self.spacing))
        if self.spacing and early > 0:
            raise ratelimited(early)
        self._spoke_at[channel.id] = now

    def put(self, channel: Channel, sender: User, **what: Any) -> Message:
        """A new message in a channel."""
        message = Message(self.next_ts(channel), channel, sender, **what)
        where = channel.private_notes if message.only_for else channel.messages
        where[message.ts] = message
        return message

    def _route(self) -> Route:
        return self.request_url if self.request_url.urls else self.sockets
