"""What an in-memory Slack holds: workspaces, people, channels, messages, views."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ChannelKind = Literal["public", "private", "im"]
Block = dict[str, Any]
Filled = dict[tuple[str, str], Any]
"""What somebody chose or typed, by block id and action id, as `state.values` writes it."""


@dataclass(eq=False, slots=True)
class User:
    """An account in a workspace. name: the handle; bot_id: `B…` of a bot user."""

    id: str
    team: Team = field(repr=False)
    name: str
    real_name: str
    display_name: str = ""
    email: str = ""
    tz: str = "America/New_York"
    tz_label: str = "Eastern Standard Time"
    tz_offset: int = -18000
    locale: str = "en-US"
    bot_id: str = ""
    deleted: bool = False
    updated: int = 0

    @property
    def is_bot(self) -> bool:
        return bool(self.bot_id)

    @property
    def shown_name(self) -> str:
        return self.display_name or self.real_name


@dataclass(eq=False, slots=True)
class Team:
    """A workspace. bot: the app's user in it, whether or not it is installed."""

    id: str
    name: str
    domain: str
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict, repr=False)
    bot: User = field(init=False)

    @property
    def url(self) -> str:
        return f"https://{self.domain}.slack.com/"

    def names(self) -> dict[str, str]:
        """What is shown for ids in text."""
        people = {user.id: user.shown_name for user in self.users.values()}
        return people | {channel.id: channel.name for channel in self.channels.values()}


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token opens. kind: a bot's in a workspace, or the app's own (`xapp-…`)."""

    token: str
    kind: Literal["bot", "app"]
    team: Team
    scopes: tuple[str, ...]


@dataclass(eq=False, slots=True)
class Channel:
    """messages: what everybody in it sees, by ts. private_notes: ephemeral ones, by ts."""

    id: str
    team: Team = field(repr=False)
    kind: ChannelKind
    name: str
    members: list[User] = field(default_factory=list)
    archived: bool = False
    deleted: bool = False
    messages: dict[str, Message] = field(default_factory=dict, repr=False)
    private_notes: dict[str, Message] = field(default_factory=dict, repr=False)
    last_ts: int = 0

    @property
    def has_bot(self) -> bool:
        return self.team.bot in self.members

    @property
    def person(self) -> User:
        """Who a direct message channel is with. Raises LookupError elsewhere."""
        if self.kind != "im":
            raise LookupError(f"{self.name} is no direct message")
        return next(user for user in self.members if user is not self.team.bot)

    @property
    def event_kind(self) -> str:
        """As in `channel_type`, and `message.channels` and so on."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]

    def next_ts(self, microseconds: int) -> str:
        """A timestamp no message of this channel has had, in order."""
        self.last_ts = max(microseconds, self.last_ts + 1)
        seconds, fraction = divmod(self.last_ts, 1_000_000)
        return f"{seconds}.{fraction:06d}"


@dataclass(frozen=True, slots=True)
class Button:
    """A live button: what is written on it and what it sends."""

    label: str
    action_id: str
    block_id: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """url: where whoever holds a token may fetch it."""

    id: str
    name: str
    title: str
    mime: str
    content: bytes
    by: User
    url: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a message showed before it changed."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(eq=False, slots=True)
class Message:
    """A message as it stands now. text: mrkdwn as sent. only_for: who alone sees it, of an
    ephemeral one. filled: what each person chose in its selects. history: oldest first."""

    ts: str
    channel: Channel
    sender: User
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    thread_ts: str = ""
    subtype: str = ""
    only_for: User | None = None
    edited: dict[str, str] | None = None
    metadata: dict[str, Any] | None = None
    files: list[File] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    filled: dict[str, Filled] = field(default_factory=dict)
    history: list[Version] = field(default_factory=list)
    deleted: bool = False

    @property
    def by_bot(self) -> bool:
        return self.sender is self.channel.team.bot

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in ("", self.ts)

    def is_reply_to(self, parent: Message) -> bool:
        return self.is_reply and self.thread_ts == parent.ts

    def change(self, text: str, blocks: list[Block]) -> None:
        self.history.append(Version(self.text, tuple(self.blocks)))
        self.text, self.blocks = text, blocks


@dataclass(eq=False, slots=True)
class View:
    """A modal somebody has open, or their App Home. content: as the app sent it, ids filled in.
    below: the modal under this one. filled: what is typed and chosen so far."""

    id: str
    team: Team
    user: User
    content: dict[str, Any]
    hash: str
    below: View | None = None
    filled: Filled = field(default_factory=dict)
    open: bool = True

    @property
    def is_home(self) -> bool:
        return bool(self.content.get("type") == "home")

    @property
    def blocks(self) -> list[Block]:
        return list(self.content.get("blocks", []))

    @property
    def root(self) -> View:
        return self.below.root if self.below else self
