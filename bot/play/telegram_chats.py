"""Telegram's chats in a script: the loopback counterpart, with the real adapter on its wire."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bot.console.sender import ConsoleScreen
from bot.play.chats import NoScreen, Words
from bot.play.counterparts import telegram as tg
from bot.play.log import ChatLog, Message, Place, private
from bot.play.pages import Pages
from bot.play.process import Process, unless_it_dies
from scheduling.messages import Button, ChatAddress

TOKEN = "1000:counterpart"  # noqa: S105 - opens nothing but the loopback server


class TelegramChats:
    """What people do goes to the counterpart, which keeps it until the bot has confirmed it."""

    platform: Literal["telegram"] = "telegram"

    def __init__(self) -> None:
        self._now = datetime.fromtimestamp(0, UTC)
        self._telegram = tg.Telegram(token=TOKEN, privacy=False, now=lambda: self._now)
        self.screen: ConsoleScreen = NoScreen()
        self._log = ChatLog()
        self._logged = 0
        self._users: dict[str, tg.User] = {}
        self._groups: dict[Place, tg.Chat] = {}
        self._places: dict[int, Place] = {}
        self._shown: dict[tuple[Place, str], tg.Message] = {}
        self._mine: dict[tuple[str, Place, str], tg.Message] = {}

    async def open(self, families: dict[str, list[str]]) -> None:
        await self._telegram.start()
        for name, people in families.items():
            members = [self._user(person) for person in people]
            group = self._telegram.group(name, members)
            self._groups[Place(name)] = group
            self._places[group.id] = Place(name)

    async def close(self) -> None:
        await self._telegram.stop()

    def settings(self) -> dict[str, Any]:
        return {
            "telegram_bot_token": TOKEN,
            "telegram_api_base_url": self._telegram.base_url,
        }

    @property
    def log(self) -> ChatLog:
        """Up to date with what the counterpart has shown."""
        activity = self._telegram.activity
        while self._logged < len(activity):
            self._logged += 1
            self._record(activity[self._logged - 1])
        return self._log

    def address(self, place: Place) -> ChatAddress:
        chat = self._chat(place)
        return ChatAddress("telegram", str(chat.id), chat.private, chat.title)

    def account(self, name: str) -> str:
        return str(self._user(name).id)

    def pages_of(self, platform: str) -> Pages | None:
        return None

    async def say(self, words: Words) -> None:
        self._now = words.at
        place, reply = words.place, words.reply_to
        needs_mention = words.addressed and not (words.command or place.private or reply)
        message = self._telegram.say(
            self._chat(place),
            self._user(words.who),
            self._mention(words.text) if needs_mention else words.text,
            reply_to=self._shown[reply.place, reply.ref] if reply else None,
            update_id=words.update_id,
            document=_document(words.file),
            origin=self._origin(words),
        )
        self._mine[words.who, place, words.text] = message

    def _origin(self, words: Words) -> tuple[tg.User | str, int] | None:
        if words.forwarded_from is None:
            return None
        known = self._users.get(words.forwarded_from.casefold())
        written = words.written or words.at
        return known or words.forwarded_from, int(written.timestamp())

    async def edit(self, who: str, place: Place, mine: str, text: str, at: datetime) -> None:
        self._now = at
        message = self._mine[who, place, text] = self._mine[who, place, mine]
        mentioned = message.text.startswith("@")
        self._telegram.edit(message, self._mention(text) if mentioned else text)

    async def tap(self, who: str, message: Message, button: Button, at: datetime) -> None:
        self._now = at
        shown = self._shown[message.place, message.ref]
        self._telegram.tap(self._user(who), shown, tg.Button(button.label, button.data))

    async def hand_over(self, process: Process) -> None:
        """Confirmed means that the bot's next poll has come: its answers to taps are in."""
        await unless_it_dies(process, self._telegram.drained())

    def waiting(self) -> bool:
        return bool(self._telegram.state.updates.pending)

    def _record(self, activity: tg.Activity) -> None:
        place = self._places[activity.chat.id]
        if activity.what in ("toast", "alert"):
            self._log.toast(place, activity.user.name if activity.user else "", activity.text)
            return
        message = activity.message
        if message is None:
            return
        ref = str(message.id)
        self._shown[place, ref] = message
        buttons = tuple(Button(b.label, b.data or "") for row in activity.buttons for b in row)
        file = [f"[file {message.document.name}]"] if message.document else []
        self._log.show(place, ref, "\n".join([activity.text, *file]), buttons)

    def _chat(self, place: Place) -> tg.Chat:
        if not place.private:
            return self._groups[place]
        return self._telegram.private(self._user(place.name))

    def _user(self, name: str) -> tg.User:
        known = self._users.get(name.casefold())
        if known is None:
            known = self._users[name.casefold()] = self._telegram.user(name)
            self._places[known.id] = private(name)
        return known

    def _mention(self, text: str) -> str:
        return f"@{self._telegram.me.username} {text}"


def _document(path: Path | None) -> tg.Document | None:
    if path is None:
        return None
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    content = path.read_bytes()
    return tg.Document(path.name, mime, content, hashlib.sha256(content).hexdigest()[:32])
