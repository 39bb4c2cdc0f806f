"""Posting to webhooks: signed, and never into a private network.

Signed as https://www.standardwebhooks.com has it: HMAC-SHA256 of "id.timestamp.body".
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import httpx

from scheduling.ports import ChatGone, OutboxRow, TryLater, Undeliverable, UnitOfWorkFactory

TRIES = 60
"""About a day; a receiver that has been silent for so long is told nothing more."""

SECONDS = 10.0
SOON = timedelta(seconds=1)


class PrivateAddress(Exception):
    """The name leads into a network that is not the caller's business."""


def secret_of(key: str, webhook_id: UUID) -> str:
    """What a webhook's posts are signed with: derived, so that it is kept nowhere."""
    made = hmac.new(key.encode(), webhook_id.bytes, hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(made).decode()}"


def signature(secret: str, message_id: str, timestamp: str, body: str) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """key: from which secrets are derived. private: addresses of one's own network are fine.
    now: machine time."""

    read: Callable[[], UnitOfWorkFactory]
    key: str
    private: bool = False
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=SECONDS, trust_env=False)
    )
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def send(self, row: OutboxRow) -> str | None:
        """Raises TryLater for any answer but a good one, ChatGone for 410 and after a day of
        silence, Undeliverable where the webhook was removed."""
        async with self.read()() as uow:
            hooks = await uow.webhooks.of_household(row.chat.household_id)
        hook = next((h for h in hooks if h.chat_id == row.chat.id), None)
        if hook is None:
            raise Undeliverable("that webhook was removed")
        try:
            status = await self._post(hook.url, hook.id, row)
        except PrivateAddress:
            raise Undeliverable("its address is private") from None
        except (httpx.HTTPError, OSError):
            status = 0
        if 200 <= status < 300:
            return row.id.hex
        if status == 410 or row.attempts > TRIES:
            raise ChatGone
        raise TryLater(SOON)

    async def _post(self, url: str, webhook_id: UUID, row: OutboxRow) -> int:
        address, name = await pinned(url, self.private)
        timestamp = str(int(self.now().timestamp()))
        body = row.outgoing.text
        secret = secret_of(self.key, webhook_id)
        headers = {
            "Host": name,
            "Content-Type": "application/json",
            "webhook-id": row.id.hex,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(secret, row.id.hex, timestamp, body),
        }
        host = urlsplit(url).hostname or ""
        request = self.client.build_request("POST", address, content=body.encode(), headers=headers)
        # The certificate is checked against the name, though the address is dialled.
        request.extensions = {**request.extensions, "sni_hostname": host}
        answer = await self.client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code


async def pinned(url: str, private: bool) -> tuple[str, str]:
    """The same URL with the address its name has now in place of the name, and the Host header
    for it: what was checked is what is dialled. Raises PrivateAddress, OSError."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(each[4][0]) for each in found]
    if not addresses or not (private or all(a.is_global for a in addresses)):
        raise PrivateAddress(host)
    first = addresses[0]
    shown = f"[{first}]" if first.version == 6 else str(first)
    where = f"{shown}:{port}" if port else shown
    named = f"[{host}]" if ":" in host else host
    host_header = f"{named}:{port}" if port else named
    return urlunsplit((parts.scheme, where, parts.path or "/", parts.query, "")), host_header
