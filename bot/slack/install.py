"""The OAuth round trip by which a workspace installs the app."""

from __future__ import annotations

from dataclasses import dataclass, field

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.installations import STATE_LIFE, Installations, States

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
SCOPES = (
    *("app_mentions:read", "channels:history", "channels:read", "chat:write", "commands"),
    *(
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
    ),
    "users:read",
)
"""What the app asks a workspace for; `deploy/slack-manifest.yaml` names the same (tested)."""

EVENTS = (
    *("app_home_opened", "app_mention", "app_uninstalled", "tokens_revoked", "user_change"),
    *("message.channels", "message.groups", "message.im"),
    *("member_joined_channel", "member_left_channel", "channel_left", "group_left"),
    *("channel_archive", "channel_deleted", "channel_unarchive"),
    *("group_archive", "group_deleted", "group_unarchive"),
)
"""What the app asks to be told, as the manifest names it too."""


@dataclass(frozen=True, slots=True)
class OAuthOptions:
    """What Slack's app pages show. encryption_keys: Fernet keys, the newest first, with commas
    between. public_url: the https address of this server."""

    client_id: str
    client_secret: str = field(repr=False)
    encryption_keys: str = field(repr=False)
    public_url: str


def oauth_flow(
    options: OAuthOptions,
    client: AsyncWebClient,
    base_url: str,
    installations: Installations,
    states: States,
) -> AsyncOAuthFlow:
    """Bolt's own flow over our stores. base_url: of Slack."""
    settings = AsyncOAuthSettings(
        client_id=options.client_id,
        client_secret=options.client_secret,
        scopes=list(SCOPES),
        install_path=INSTALL_PATH,
        redirect_uri=f"{options.public_url.rstrip('/')}{REDIRECT_PATH}",
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=f"{base_url.rstrip('/')}/oauth/v2/authorize",
        installation_store=installations,
        state_store=states,
        state_expiration_seconds=STATE_LIFE,
    )
    return AsyncOAuthFlow(client=client, settings=settings)
