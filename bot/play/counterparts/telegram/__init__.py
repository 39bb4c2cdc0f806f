"""An in-memory Telegram that speaks the Bot API over loopback HTTP, for scripts and tests.

`Telegram` is both the server and the hands of the people in it.
"""

from bot.play.counterparts.telegram.errors import ApiError
from bot.play.counterparts.telegram.model import Button, Chat, Document, Message, User
from bot.play.counterparts.telegram.state import Activity, Tap
from bot.play.counterparts.telegram.telegram import Telegram

__all__ = [
    "Activity",
    "ApiError",
    "Button",
    "Chat",
    "Document",
    "Message",
    "Tap",
    "Telegram",
    "User",
]
