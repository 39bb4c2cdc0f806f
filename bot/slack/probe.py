"""Whether Slack knows our tokens; for `doctor`."""

from __future__ import annotations

from bot.slack.failures import TROUBLE, code
from bot.slack.workspaces import Workspaces

UNREACHED = "it can't be reached from here."
_WORDS = {
    "invalid_auth": "it does not know this token.",
    "account_inactive": "the app was removed from that workspace.",
    "token_revoked": "that token was revoked.",
    "missing_scope": "the app lacks a scope; install it again from the manifest.",
}


async def probe(base_url: str, bot_token: str | None, app_token: str | None) -> tuple[str, str]:
    """The workspace's name and "", or "" and what is wrong, without a token in it."""
    workspaces = Workspaces(base_url, bot_token)
    try:
        name = (await workspaces.own()).name if bot_token else "any workspace that installs it"
        if app_token:
            await workspaces.anonymous().apps_connections_open(app_token=app_token)
        return name, ""
    except TROUBLE as error:
        word = code(error)
        return "", _WORDS.get(word, f"it says {word}." if word else UNREACHED)
    finally:
        await workspaces.close()
