"""Which archive an address means."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from scheduling.archive import Archive, ArchiveError

FORM = "ARCHIVE_URL is a folder (/srv/archive or file:///srv/archive) or gs://BUCKET/PREFIX."


def open_archive(url: str) -> Archive | None:
    """None where there is none. Raises ArchiveError for what is no such address, or where Google's
    library finds no credentials."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "gs" and parts.netloc:
        from bot.archive.cloud_storage import open_bucket

        return open_bucket(parts.netloc, parts.path.strip("/"))
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return _folder(Path(unquote(parts.path)))
    if "://" in url or parts.scheme in ("gs", "file"):
        raise ArchiveError(FORM)
    return _folder(Path(url))


def _folder(path: Path) -> Archive:
    from bot.archive.folder import FolderArchive

    return FolderArchive(path)
