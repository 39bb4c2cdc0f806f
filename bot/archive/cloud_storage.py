"""An archive in a bucket of Google Cloud Storage.

Credentials are those of the surroundings (a service account's on Google Cloud, `gcloud auth
application-default login` elsewhere); with STORAGE_EMULATOR_HOST there are none.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from google.api_core.exceptions import GoogleAPIError, NotFound, PreconditionFailed
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import GoogleAuthError
from google.cloud import storage
from requests import RequestException

from scheduling.archive import ArchiveClash, ArchiveError

T = TypeVar("T")

SECONDS = 30.0
"""For one request; the library tries again for what passes, until its deadline."""


class BucketArchive:
    """Implements `scheduling.archive.Archive`."""

    def __init__(self, bucket: Any, prefix: str) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""

    async def put(self, name: str, content: bytes) -> None:
        await _done(lambda: self._put(self._blob(name), content))

    async def get(self, name: str) -> bytes | None:
        return await _done(lambda: _read(self._blob(name)))

    async def names(self, prefix: str) -> Sequence[str]:
        return await _done(lambda: self._names(prefix))

    async def delete(self, name: str) -> None:
        await _done(lambda: _delete(self._blob(name)))

    def _blob(self, name: str) -> Any:
        return self._bucket.blob(f"{self._prefix}{name}")

    def _put(self, blob: Any, content: bytes) -> None:
        try:
            # Generation 0: only where there is no such object.
            blob.upload_from_string(
                content,
                content_type="application/json",
                if_generation_match=0,
                timeout=SECONDS,
            )
        except PreconditionFailed:
            if _read(blob) != content:
                raise ArchiveClash(f"{blob.name} holds something else already.") from None

    def _names(self, prefix: str) -> list[str]:
        found = self._bucket.list_blobs(prefix=f"{self._prefix}{prefix}", timeout=SECONDS)
        return sorted(str(blob.name).removeprefix(self._prefix) for blob in found)


def open_bucket(name: str, prefix: str) -> BucketArchive:
    """Raises ArchiveError where there are no credentials."""
    try:
        if os.environ.get("STORAGE_EMULATOR_HOST"):
            anonymous = AnonymousCredentials()  # type: ignore[no-untyped-call]
            client = storage.Client(project="local", credentials=anonymous)
        else:
            client = storage.Client()
    except (GoogleAuthError, OSError) as error:
        raise ArchiveError(
            "Google Cloud Storage needs credentials: a service account, or "
            "`gcloud auth application-default login`."
        ) from error
    return BucketArchive(client.bucket(name), prefix)


def _read(blob: Any) -> bytes | None:
    try:
        content: bytes = blob.download_as_bytes(timeout=SECONDS)
    except NotFound:
        return None
    return content


def _delete(blob: Any) -> None:
    with suppress(NotFound):
        blob.delete(timeout=SECONDS)


async def _done(work: Callable[[], T]) -> T:
    """On a thread of its own: the library blocks. Raises ArchiveError."""
    try:
        return await asyncio.to_thread(work)
    except (GoogleAPIError, GoogleAuthError, RequestException, OSError) as error:
        raise ArchiveError(
            f"Google Cloud Storage does not take part ({type(error).__name__})."
        ) from error
