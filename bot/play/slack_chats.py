"""Slack's chats in a script: the loopback counterpart, with the real adapter on its wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from re import Pattern
from typing import Any, Literal

from bot.console.sender import ConsoleScreen
from bot.play.chats import NoScreen, Words
from bot.play.counterparts import slack as sl
from bot.play.log import ChatLog, Message, Place, private
from bot.play.pages import Given, Pages
from bot.play.process import Process, unless_it_dies
from bot.slack.addresses import Channel, account, address
from bot.slack.codec import ADD_SHORTCUT
from bot.slack.forms import NEW_SHORTCUT
from scheduling.messages import Button, ChatAddress

COMMAND = "/family"


class SlackChats:
    """Each family has a channel of the workspace. What people do goes to the counterpart, which
    hands it over until the app has acknowledged it."""

    platform: Literal["slack"] = "slack"

    def __init__(self) -> None:
        self._now = datetime.fromtimestamp(0, UTC)
        self._slack = sl.Slack(now=lambda: self._now)
        self.screen: ConsoleScreen = NoScreen()
        self._log = ChatLog()
        self._logged = 0
        self._users: dict[str, sl.User] = {}
        self._channels: dict[Place, sl.Channel] = {}
        self._places: dict[str, Place] = {}
        self._shown: dict[tuple[Place, str], sl.Message | sl.View] = {}
        self._buttons: dict[tuple[Place, str, Button], sl.Button] = {}
        self._mine: dict[tuple[str, Place, str], sl.Message] = {}
        self._typed: set[tuple[str, Place, str]] = set()

    async def open(self, families: dict[str, list[str]]) -> None:
        await self._slack.start()
        for name, people in families.items():
            members = [self._user(person) for person in people]
            channel = self._slack.channel(name.casefold(), members)
            self._channels[Place(name)] = channel
            self._places[channel.id] = Place(name)

    async def close(self) -> None:
        await self._slack.stop()

    def settings(self) -> dict[str, Any]:
        return {
            "slack_bot_token": self._slack.token(),
            "slack_app_token": self._slack.settings.app_token,
            "slack_api_base_url": self._slack.base_url,
        }

    @property
    def log(self) -> ChatLog:
        """Up to date with what the counterpart has shown."""
        activity = self._slack.activity
        while self._logged < len(activity):
            self._logged += 1
            self._record(activity[self._logged - 1])
        return self._log

    def address(self, place: Place) -> ChatAddress:
        channel = self._channel(place)
        return address(Channel(channel.team.id, channel.id), channel.team.name)

    def account(self, name: str) -> str:
        user = self._user(name)
        return account(user.team.id, user.id)

    def pages_of(self, platform: str) -> Pages | None:
        return self

    async def say(self, words: Words) -> None:
        self._now = words.at
        channel, user, reply = self._channel(words.place), self._user(words.who), words.reply_to
        if words.command or words.text.startswith("/"):
            self._slack.command(user, channel, COMMAND, words.text.removeprefix("/"))
            self._typed.add((words.who, words.place, words.text))
            return
        message = self._slack.say(
            channel,
            user,
            words.text,
            thread=self._message(reply) if reply else None,
            mention=words.addressed and not (words.place.private or reply),
            file=(words.file.name, words.file.read_bytes()) if words.file else None,
            delivery_id=words.update_id,
        )
        self._mine[words.who, words.place, words.text] = message

    async def edit(self, who: str, place: Place, mine: str, text: str, at: datetime) -> None:
        """Nobody can edit a command in Slack: it is typed once more."""
        self._now = at
        if (who, place, mine) in self._typed:
            await self.say(Words(who, place, text, at, command=True))
            return
        message = self._mine[who, place, text] = self._mine[who, place, mine]
        mention = f"<@{message.channel.team.bot.id}> "
        self._slack.edit(message, f"{mention}{text}" if message.text.startswith(mention) else text)

    async def tap(self, who: str, message: Message, button: Button, at: datetime) -> None:
        self._now = at
        place, ref = message.place, message.ref
        pressed = self._buttons[place, ref, button]
        self._slack.tap(self._user(who), self._shown[place, ref], pressed)

    async def open_home(self, who: str, at: datetime) -> None:
        self._now = at
        self._slack.open_home(self._user(who))

    async def shortcut(
        self, who: str, place: Place, message: Pattern[str] | None, at: datetime
    ) -> None:
        self._now = at
        chosen = message and self._newest(place, message)
        name = ADD_SHORTCUT if chosen else NEW_SHORTCUT
        self._slack.shortcut(self._user(who), chosen, name)

    async def fill(
        self, who: str, given: Mapping[str, Given], at: datetime, process: Process
    ) -> None:
        self._now = at
        user = self._user(who)
        view = self._slack.fill(user, given)
        errors = await unless_it_dies(process, self._slack.submit(user))
        labels = {b["block_id"]: str(b["label"]["text"]) for b in view.blocks if "label" in b}
        for block, problem in (errors or {}).items():
            told = f"{labels[block]}: {problem}" if block in labels else problem
            self._log.toast(private(who, page="form"), who, told)

    async def cancel(self, who: str, at: datetime) -> None:
        self._now = at
        self._slack.close_modal(self._user(who))

    async def hand_over(self, process: Process) -> None:
        await unless_it_dies(process, self._slack.drained())

    def waiting(self) -> bool:
        return self._slack.waiting()

    def _record(self, activity: sl.Activity) -> None:
        if activity.view is not None:
            self._record_page(activity, activity.view)
            return
        if activity.channel is None or activity.what == "delete":
            return
        place, message = self._place(activity.channel), activity.message
        if activity.what in ("ephemeral", "failed") or message is None:
            who = activity.user.shown_name if activity.user else ""
            self._log.toast(place, who, activity.text)
            return
        self._shown[place, message.ts] = message
        files = [f"[file {file.name}]" for file in message.files]
        text = "\n".join([activity.text, *files]).strip()
        buttons = self._live(place, message.ts, activity)
        self._log.show(place, message.ts, text, buttons, self._thread(message))

    def _record_page(self, activity: sl.Activity, view: sl.View) -> None:
        """A person's Home tab, or the modal in front of them: each is one that changes."""
        place = private(view.user.shown_name, page="home" if view.is_home else "form")
        ref = "home" if view.is_home else view.root.id
        self._shown[place, ref] = view
        self._log.show(place, ref, activity.text, self._live(place, ref, activity))

    def _live(self, place: Place, ref: str, activity: sl.Activity) -> tuple[Button, ...]:
        buttons = tuple(Button(b.label, b.value) for b in activity.buttons)
        for shown, pressed in zip(buttons, activity.buttons, strict=True):
            self._buttons[place, ref, shown] = pressed
        return buttons

    def _thread(self, message: sl.Message) -> str:
        """What began the thread that it stands in."""
        if not message.is_reply:
            return ""
        root = message.channel.messages.get(message.thread_ts)
        return root.text if root else ""

    def _message(self, message: Message) -> sl.Message:
        shown = self._shown[message.place, message.ref]
        if not isinstance(shown, sl.Message):
            raise LookupError("that is no message of a channel")
        return shown

    def _newest(self, place: Place, pattern: Pattern[str]) -> sl.Message:
        """Whoever wrote it."""
        there = self._slack.messages(self._channel(place))
        found = next((m for m in reversed(there) if pattern.search(m.text)), None)
        if found is None:
            raise LookupError(f"no message matching /{pattern.pattern}/")
        return found

    def _place(self, channel: sl.Channel) -> Place:
        if channel.kind == "im":
            return private(channel.person.shown_name)
        return self._places[channel.id]

    def _channel(self, place: Place) -> sl.Channel:
        if not place.private:
            return self._channels[place]
        return self._slack.direct(self._user(place.name))

    def _user(self, name: str) -> sl.User:
        known = self._users.get(name.casefold())
        if known is None:
            known = self._users[name.casefold()] = self._slack.user(name)
        return known
