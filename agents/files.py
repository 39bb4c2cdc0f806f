"""Files that come with messages: fetched from their platform, and made words or a form of."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from agents.actions.commands import Surroundings
from agents.jsonable import Asked
from agents.models.port import Shown
from agents.planning.people import names_of
from agents.scene import Scene
from agents.senses import Senses
from scheduling.errors import LimitExceeded, NotUnderstood
from scheduling.imports import Flyer
from scheduling.language.documents import announced
from scheduling.language.interpret import interpret
from scheduling.language.readings import Create
from scheduling.messages import FILE_TOO_LARGE, LARGEST_FILE, ChatAddress, FileRef
from scheduling.speech import N_, tr

UNREAD = N_(
    "I can't read that kind of file. Write it as you would say it, or send a photo, a PDF or a "
    "calendar file (.ics)."
)
UNHEARD = N_(
    "I can't listen to that kind of recording. Send a voice message, or write it as you would "
    "say it."
)
NO_EVENTS = N_("I found no event in that document. Write it as you would say it, please.")

_RECORDINGS = {
    "ogg": "ogg", "oga": "ogg", "opus": "ogg", "mpeg": "mp3", "mp3": "mp3", "mp4": "m4a",
    "m4a": "m4a", "x-m4a": "m4a", "aac": "m4a", "webm": "webm", "wav": "wav", "x-wav": "wav",
    "wave": "wav", "flac": "flac", "x-flac": "flac",
}  # fmt: skip
"""Endings under which the audio endpoint takes recordings, by a media type's second half or by
the ending that a file came with."""
_MEDIA = {"ogg": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4", "webm": "audio/webm",
          "wav": "audio/wav", "flac": "audio/flac"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """What a message with files comes to. text: what is to be read as if written. form: what was
    sent instead of words. spoken: the text was heard, not written."""

    text: str
    form: Asked | None = None
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """Of a message with several files one counts: a calendar before a document or a picture,
    those before a recording."""

    around: Surroundings
    senses: Senses

    async def open(
        self, scene: Scene, chat: ChatAddress, files: Sequence[FileRef], text: str
    ) -> Opened:
        """Raises the family's errors for what is too large, gone, or cannot be read. scene: its
        transaction is over; nothing is written here."""
        by_kind = {file.kind: file for file in reversed(files)}
        if (calendar := by_kind.get("calendar")) is not None:
            content = await self._fetch(chat, calendar)
            zone = scene.household.timezone
            read = self.around.read_calendar
            return Opened(text, await asyncio.to_thread(read, content, calendar.name, zone))
        if _says_enough(text, scene):
            return Opened(text)
        if (document := by_kind.get("pdf")) is not None:
            return Opened(text, await self._document(scene, chat, document, text))
        if (picture := by_kind.get("image")) is not None:
            return Opened(text, await self._picture(scene, chat, picture, text))
        if (recording := by_kind.get("audio")) is not None:
            heard = await self._recording(scene, chat, recording)
            return Opened(f"{text} {heard}".strip(), spoken=True)
        raise NotUnderstood(tr(UNREAD))

    async def _fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        if file.size > LARGEST_FILE:
            raise LimitExceeded(tr(FILE_TOO_LARGE))
        return await self.around.fetch(chat, file)

    async def _document(self, scene: Scene, chat: ChatAddress, file: FileRef, text: str) -> Flyer:
        """By its own text, where it has one and the grammar finds events in it; else by a model,
        which is given the pages only where they are pictures."""
        content = await self._fetch(chat, file)
        written = await asyncio.to_thread(self.around.read_document, content)
        name = file.name or tr("the document")
        if announced(written, scene.local_now):
            return Flyer(name, text=written)
        if written.strip() and not self.senses.sees:
            raise NotUnderstood(tr(NO_EVENTS))
        pages = None if written.strip() else Shown(content, "application/pdf", "document.pdf")
        worded = await self.senses.see(scene, pages, f"{text}\n\n{written}".strip())
        return Flyer(name, worded)

    async def _picture(self, scene: Scene, chat: ChatAddress, file: FileRef, text: str) -> Flyer:
        self.senses.require_sight(scene)
        content = await self._fetch(chat, file)
        shown = await asyncio.to_thread(self.around.shrink, content)
        return Flyer(file.name or tr("a photo"), await self.senses.see(scene, shown, text))

    async def _recording(self, scene: Scene, chat: ChatAddress, file: FileRef) -> str:
        ending = _ending(file)
        if ending is None:
            raise NotUnderstood(tr(UNHEARD))
        self.senses.require_hearing(scene)
        content = await self._fetch(chat, file)
        return await self.senses.hear(scene, Shown(content, _MEDIA[ending], f"voice.{ending}"))


def _ending(file: FileRef) -> str | None:
    told = file.media_type.partition(";")[0].rpartition("/")[2].casefold()
    named = file.name.rpartition(".")[2].casefold()
    return _RECORDINGS.get(told) or _RECORDINGS.get(named)


def _says_enough(text: str, scene: Scene) -> bool:
    """Whether the words beside a file are a plan by themselves: then the file only adorns it."""
    if not text.strip():
        return False
    read = interpret(text, names_of(scene), scene.local_now)
    return any(not isinstance(i, Create) or i.when is not None for i in read.items)
