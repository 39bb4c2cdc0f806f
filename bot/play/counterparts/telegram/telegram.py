"""The counterpart itself: a server to start and stop, and everything people can do on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.telegram import people
from bot.play.counterparts.telegram.errors import ApiError
from bot.play.counterparts.telegram.model import Button, Chat, Document, Message, User
from bot.play.counterparts.telegram.server import create_app
from bot.play.counterparts.telegram.state import Activity, State, Tap


class Telegram:
    """An in-memory Telegram with one bot.

    token, username: the bot's. privacy: its privacy mode. now: Telegram's clock, for the dates in
    messages. spacing: seconds between messages to one chat below which it answers 429 (0 = never).
    Acting does not wait for the bot; `drained()` does.
    """

    def __init__(
        self,
        *,
        token: str = "1000:counterpart",  # noqa: S107 – opens nothing but this server
        username: str = "family_bot",
        privacy: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        spacing: float = 0,
    ) -> None:
        me = User(int(token.partition(":")[0]), "Family", username, is_bot=True)
        self.state = State(token, me, privacy, now, spacing)
        self._server = Loopback(create_app(self.state))
        self._private: dict[int, Chat] = {}
        self._deliveries: dict[int, tuple[Message, int]] = {}

    # --- the server ---

    @property
    def base_url(self) -> str:
        """What TELEGRAM_API_BASE_URL is to be."""
        return self._server.base_url

    @property
    def me(self) -> User:
        return self.state.me

    async def start(self) -> None:
        self.state.updates.open()
        await self._server.start()
        self.state.webhook.start()

    async def stop(self) -> None:
        """Updates and chats stay: a start later goes on where this left off."""
        self.state.updates.close()
        await self.state.webhook.stop()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    # --- who and where ---

    def user(self, name: str, *, username: str = "", language_code: str = "en") -> User:
        """A new account."""
        user = User(next(self.state.ids), name, username, language_code)
        self.state.users[user.id] = user
        return user

    def private(self, user: User) -> Chat:
        """That person's chat with the bot, opened by them."""
        if user.id not in self._private:
            chat = Chat(user.id, "private", user=user, members=[user])
            self._private[user.id] = self.state.chats[user.id] = chat
        return self._private[user.id]

    def group(
        self, title: str, members: Sequence[User], *, supergroup: bool = False, bot: bool = True
    ) -> Chat:
        """A group; bot: ours is in it already, without word of how it came there."""
        number = next(self.state.ids)
        chat = Chat(
            -1_000_000_000_000 - number if supergroup else -number,
            "supergroup" if supergroup else "group",
            title,
            members=list(members),
            bot="member" if bot else "left",
        )
        self.state.chats[chat.id] = chat
        return chat

    def topic(self, chat: Chat, name: str) -> int:
        """A new forum topic in a supergroup; its thread id."""
        thread = chat.next_id()
        chat.topics[thread] = name
        return thread

    # --- what people do ---

    def say(
        self,
        chat: Chat,
        user: User,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        document: Document | None = None,
        update_id: int | None = None,
        entities: list[dict[str, Any]] | None = None,
        origin: tuple[User | str, int] | None = None,
    ) -> Message:
        """Write something. update_id: names this delivery; saying it again under the same name is
        Telegram delivering the same update twice. entities: in place of those Telegram finds.
        origin: it is forwarded: whose words they were, by name alone for one who hides their
        account, and when, as a Unix time."""
        if update_id is not None and update_id in self._deliveries:
            message, number = self._deliveries[update_id]
            self.redeliver(number)
            return message
        message, sent = people.speak(
            self.state,
            chat,
            user,
            text,
            reply_to=reply_to,
            topic=topic,
            document=document,
            entities=entities,
            extra=people.forwarded(*origin) if origin else None,
        )
        if update_id is not None and sent is not None:
            self._deliveries[update_id] = message, sent
        return message

    def edit(self, message: Message, text: str) -> None:
        """The writer changes a message."""
        people.rewrite(self.state, message, text)

    def tap(self, user: User, message: Message, button: str | Button) -> Tap:
        """Tap a button, live or (given as a Button) one that was there before. Raises LookupError
        when there is no live button of that label."""
        if isinstance(button, str):
            button = _live(message, button)
        tap = Tap(str(next(self.state.ids)), user, message, button)
        self.state.taps[tap.id] = tap
        self.state.updates.add(
            "callback_query",
            {
                "id": tap.id,
                "from": user.json(),
                "message": message.json(),
                "chat_instance": str(message.chat.id),
                "data": button.data,
            },
        )
        return tap

    async def answered(self, tap: Tap) -> str:
        """Wait for the bot's answer to a tap; the text shown, "" for none."""
        while tap.answer is None:
            await self.state.updates.changed.wait()
        return tap.answer

    def expire(self, tap: Tap) -> None:
        """Too much time goes by: the bot's answer to this tap will be refused."""
        del self.state.taps[tap.id]

    def add_bot(self, chat: Chat, by: User) -> None:
        """Someone puts the bot into a group."""
        before, chat.bot = chat.bot, "member"
        people.membership(self.state, chat, by, before, "member")
        people.note(self.state, chat, by, new_chat_members=[self.me.json()])

    def kick_bot(self, chat: Chat, by: User) -> None:
        """Someone puts the bot out of a group."""
        chat.bot = "kicked"
        people.membership(self.state, chat, by, "member", "kicked")

    def block(self, user: User) -> None:
        """A person blocks the bot in their private chat."""
        self.kick_bot(self.private(user), user)

    def unblock(self, user: User) -> None:
        self.private(user).bot = "member"
        people.membership(self.state, self.private(user), user, "kicked", "member")

    def migrate(self, group: Chat, by: User) -> Chat:
        """A group becomes a supergroup with a new id; the new chat."""
        new = self.group(group.title, group.members, supergroup=True)
        people.note(self.state, group, by, migrate_to_chat_id=new.id)
        group.moved_to = new.id
        people.note(self.state, new, by, migrate_from_chat_id=group.id)
        return new

    # --- what Telegram does ---

    def redeliver(self, update_id: int) -> None:
        """Hand an update to the bot once more, as after a confirmation that was lost. Raises
        KeyError for one the bot was never to see."""
        self.state.updates.redeliver(update_id)

    def fail_next(self, method: str, *errors: ApiError | None) -> None:
        """The next calls of a method are refused, with one error each; None lets one pass."""
        self.state.faults[method.lower()].extend(errors)

    # --- what is to be seen ---

    def messages(self, chat: Chat) -> list[Message]:
        """Everything in a chat as it stands now, oldest first."""
        return list(chat.messages.values())

    def from_bot(self, chat: Chat) -> list[Message]:
        """The bot's messages in a chat, oldest first."""
        return [message for message in chat.messages.values() if message.by_bot]

    @property
    def activity(self) -> list[Activity]:
        """Everything the bot ever showed, in order: messages, edits, answers to taps."""
        return self.state.activity

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method so far."""
        return [params for name, params in self.state.calls if name.lower() == method.lower()]

    async def changed(self) -> None:
        """Wait until anything happens: an update, a message, an answer."""
        await self.state.updates.changed.wait()

    async def drained(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.state.updates.drained()


def _live(message: Message, label: str) -> Button:
    for row in message.buttons:
        for button in row:
            if button.label == label:
                return button
    raise LookupError(f"no live button {label!r} among {message.labels}")
