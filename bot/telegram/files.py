"""Files that people send, fetched from Telegram (Bot API: getFile)."""

from __future__ import annotations

from telegram import Bot
from telegram.error import TelegramError

from scheduling.errors import LimitExceeded, NotFound
from scheduling.messages import FILE_GONE, FILE_TOO_LARGE, LARGEST_FILE, FileRef
from scheduling.speech import tr


async def fetch(bot: Bot, file: FileRef) -> bytes:
    """Raises NotFound or LimitExceeded."""
    try:
        found = await bot.get_file(file.ref)
        if (found.file_size or 0) > LARGEST_FILE:
            raise LimitExceeded(tr(FILE_TOO_LARGE))
        content = bytes(await found.download_as_bytearray())
    except TelegramError:
        raise NotFound(tr(FILE_GONE)) from None
    if len(content) > LARGEST_FILE:
        raise LimitExceeded(tr(FILE_TOO_LARGE))
    return content
