"""How Slack's ids become ours and back: they are unique only within a workspace. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.messages import ChatAddress

HOME = "home:"
IN_THREAD = "in:"
"""Before the ts of a thread within a direct message, where other answers stay flat."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation of a workspace; `home` is the person whose Home tab it is, if it is one."""

    team: str
    id: str
    home: str | None = None

    @property
    def direct(self) -> bool:
        """A direct message, by the first letter of its id."""
        return self.id.startswith("D")


def account(team: str, user: str) -> str:
    """A person's account as we name it."""
    return f"{team}:{user}"


def user_of(account_id: str) -> str:
    """The Slack user id in an account of ours."""
    return account_id.rpartition(":")[2]


def address(channel: Channel, title: str = "") -> ChatAddress:
    return ChatAddress(
        "slack",
        f"{channel.team}:{channel.id}",
        private=channel.direct,
        title=title,
        topic=f"{HOME}{channel.home}" if channel.home else None,
        space=channel.team,
    )


def channel_of(chat: ChatAddress) -> Channel:
    team, _, channel = chat.external_id.partition(":")
    topic = chat.topic or ""
    return Channel(team, channel, topic.removeprefix(HOME) if topic.startswith(HOME) else None)


def thread_of(reply_to: str | None, channel: Channel) -> str | None:
    """The thread an answer belongs to: that of the message it answers, but in a direct message
    only where the person began one."""
    if reply_to is None or reply_to.startswith(IN_THREAD):
        return reply_to and reply_to.removeprefix(IN_THREAD)
    return None if channel.direct else reply_to
