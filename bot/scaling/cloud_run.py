"""The number of a Cloud Run service's instances, by its Admin API (v2).

Its minimum is what is set: at least so many run, whatever Cloud Run makes of the requests that a
worker does not get. Credentials are those of the surroundings, as for Google Cloud Storage.
"""

from __future__ import annotations

import asyncio
from typing import Any

import google.auth
import httpx
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request

SCOPE = "https://www.googleapis.com/auth/cloud-platform"
SECONDS = 10.0


class CloudRunError(Exception):
    """Google does not take part; a sentence."""


class CloudRun:
    """service: projects/PROJECT/locations/REGION/services/NAME."""

    def __init__(self, service: str, base_url: str) -> None:
        self._url = f"{base_url.rstrip('/')}/v2/{service}"
        self._client = httpx.AsyncClient(timeout=SECONDS)
        self._credentials: Any = None

    async def instances(self) -> int:
        """The service's own minimum; where nobody has set one, its revision's."""
        found = await self._asked("GET")
        scaling = found.get("scaling", {}) or found.get("template", {}).get("scaling", {})
        return int(scaling.get("minInstanceCount", 0))

    async def set_instances(self, number: int) -> None:
        """No revision is made for this: what runs goes on."""
        await self._asked(
            "PATCH",
            params={"updateMask": "scaling.minInstanceCount"},
            json={"scaling": {"minInstanceCount": number}},
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def _asked(self, method: str, **more: Any) -> dict[str, Any]:
        """Raises CloudRunError."""
        try:
            token = await asyncio.to_thread(self._token)
            bearer = {"Authorization": f"Bearer {token}"}
            answer = await self._client.request(method, self._url, headers=bearer, **more)
        except (GoogleAuthError, httpx.HTTPError) as error:
            raise CloudRunError(f"Cloud Run cannot be asked ({type(error).__name__}).") from error
        if answer.is_error:
            raise CloudRunError(f"Cloud Run answers {answer.status_code} to {method}.")
        found: dict[str, Any] = answer.json()
        return found

    def _token(self) -> str:
        """Blocks: the surroundings are asked for it, about once an hour."""
        if self._credentials is None:
            self._credentials, _ = google.auth.default(scopes=[SCOPE])
        if not self._credentials.valid:
            self._credentials.refresh(Request())
        token: str = self._credentials.token
        return token
