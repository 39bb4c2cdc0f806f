"""HTTP mode: signed requests to the addresses an app gave Slack."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.play.counterparts.slack.deliveries import Delivery, Kind, NotTaken

_CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`X-Slack-Signature`."""
    signed = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256)
    return f"v0={signed.hexdigest()}"


@dataclass(eq=False, slots=True)
class RequestUrl:
    """urls: by what goes there. clock: for the timestamp signed, machine time as the app checks
    it. limit: seconds within which an answer is to come."""

    secret: str
    clock: Callable[[], float]
    limit: Callable[[], float]
    urls: dict[Kind, str] = field(default_factory=dict)
    _client: httpx.AsyncClient | None = None

    async def verify(self, url: str) -> bool:
        """The handshake by which an app shows that an address is its own."""
        request = {"token": "counterpart", "challenge": _CHALLENGE, "type": "url_verification"}
        answer = await self._post(url, _JSON, json.dumps(request).encode(), {})
        return answer.status_code == 200 and _CHALLENGE in answer.text

    async def hand_over(self, delivery: Delivery) -> Any:
        kind, body = _body(delivery)
        headers = {}
        if delivery.tries:
            headers = {
                "X-Slack-Retry-Num": str(delivery.tries),
                "X-Slack-Retry-Reason": delivery.reason.replace("timeout", "http_timeout"),
            }
        try:
            answer = await self._post(self.urls[delivery.kind], kind, body, headers)
        except httpx.TimeoutException:
            raise NotTaken("timeout") from None
        except httpx.HTTPError:
            raise NotTaken("connection_failed") from None
        if not answer.is_success:
            again = answer.headers.get("X-Slack-No-Retry") != "1"
            raise NotTaken("http_error", again=again)
        return _answer(answer)

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _post(
        self, url: str, kind: str, body: bytes, headers: dict[str, str]
    ) -> httpx.Response:
        timestamp = str(int(self.clock()))
        signed = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.secret, timestamp, body),
        }
        if self._client is None:
            everyone = httpx.Limits(max_connections=None)
            self._client = httpx.AsyncClient(trust_env=False, limits=everyone)
        return await self._client.post(
            url, content=body, headers=signed | headers, timeout=self.limit()
        )


def _body(delivery: Delivery) -> tuple[str, bytes]:
    if delivery.kind == "events_api":
        return _JSON, json.dumps(delivery.payload).encode()
    if delivery.kind == "slash_commands":
        return _FORM, urlencode(delivery.payload).encode()
    return _FORM, urlencode({"payload": json.dumps(delivery.payload)}).encode()


def _answer(answer: httpx.Response) -> Any:
    """What came with 200: JSON, or plain text to show."""
    if not answer.content:
        return None
    if answer.headers.get("content-type", "").startswith(_JSON):
        return answer.json() or None
    return {"text": answer.text}
