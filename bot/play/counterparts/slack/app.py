"""The one app of an in-memory Slack, and what it may do where."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.play.counterparts.slack.model import Grant, Team, User

BOT_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
    "users:read.email",
)
APP_SCOPES = ("connections:write",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an app's own page at Slack shows. subscriptions: the events it asked for, by the names
    on that page (`message.channels`, `app_mention`, …); None = all."""

    app_id: str = "A000000001"
    name: str = "Family"
    client_id: str = "1000.2000"
    client_secret: str = "client-secret"  # noqa: S105 – these open nothing but this server
    signing_secret: str = "signing-secret"  # noqa: S105
    app_token: str = "xapp-1-A000000001-counterpart"  # noqa: S105
    redirect_urls: tuple[str, ...] = ()
    subscriptions: frozenset[str] | None = None


@dataclass(slots=True)
class Consent:
    """Somebody allowed the app into a workspace; its code may be exchanged once."""

    team: Team
    user: User
    scopes: tuple[str, ...]
    redirect_url: str
    used: bool = False


@dataclass(slots=True)
class Grants:
    """tokens: by their text. ended: why a token no longer opens anything."""

    settings: Settings
    tokens: dict[str, Grant] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Consent] = field(default_factory=dict)

    def bot(self, team: Team, scopes: tuple[str, ...]) -> Grant:
        """A new bot token; the ones before it stay good until they are revoked."""
        number = 1 + sum(grant.team is team for grant in self.tokens.values())
        grant = Grant(f"xoxb-{team.id}-{number}", "bot", team, scopes)
        self.tokens[grant.token] = grant
        return grant

    def end(self, team: Team, why: str) -> None:
        """Every token of a workspace ends."""
        for token, grant in self.tokens.items():
            if grant.team is team and grant.kind == "bot":
                self.ended.setdefault(token, why)

    def live(self, team: Team) -> list[Grant]:
        """The bot tokens that work there, oldest first."""
        return [
            grant
            for token, grant in self.tokens.items()
            if grant.team is team and grant.kind == "bot" and token not in self.ended
        ]
