"""Files that people send, fetched from Slack with the workspace's token."""

from __future__ import annotations

import aiohttp

from bot.slack.addresses import channel_of
from bot.slack.failures import TROUBLE, NotInstalled
from bot.slack.workspaces import Workspaces
from scheduling.errors import LimitExceeded, NotFound
from scheduling.messages import FILE_GONE, FILE_TOO_LARGE, LARGEST_FILE, ChatAddress, FileRef
from scheduling.speech import tr

_TIMEOUT = aiohttp.ClientTimeout(total=30)


async def fetch(workspaces: Workspaces, chat: ChatAddress, file: FileRef, base_url: str) -> bytes:
    """Raises NotFound or LimitExceeded. The token goes to Slack's own addresses and to no other:
    an event could name any."""
    if not _slacks_own(file.ref, base_url):
        raise NotFound(tr(FILE_GONE))
    try:
        workspace = await workspaces.get(channel_of(chat).team)
        headers = {"Authorization": f"Bearer {workspace.token}"}
        async with workspaces.session.get(
            file.ref, headers=headers, timeout=_TIMEOUT, allow_redirects=False
        ) as answer:
            content = await _whole(answer)
            refused = not answer.ok or answer.content_type == "text/html"
    except (NotInstalled, TimeoutError, *TROUBLE):
        raise NotFound(tr(FILE_GONE)) from None
    # Whoever may not have it is shown where to sign in.
    if refused:
        raise NotFound(tr(FILE_GONE))
    if len(content) > LARGEST_FILE:
        raise LimitExceeded(tr(FILE_TOO_LARGE))
    return content


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    """All of it, or as much as shows that it is too large."""
    content = bytearray()
    async for chunk in answer.content.iter_chunked(1 << 16):
        content += chunk
        if len(content) > LARGEST_FILE:
            break
    return bytes(content)


def _slacks_own(address: str, base_url: str) -> bool:
    ours = base_url.rstrip("/") + "/"
    return address.startswith(("https://files.slack.com/", "https://slack-files.com/", ours))
