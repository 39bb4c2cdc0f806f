"""Delivers outbox rows to Slack: a new message, the same card updated in place, a Home tab."""

from __future__ import annotations

from uuid import UUID

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.pacing import Limiter
from bot.slack.addresses import Channel, channel_of, thread_of, user_of
from bot.slack.blocks import MESSAGE_BLOCKS, SlackMessage, home_view, messages, section
from bot.slack.failures import NO_SUCH_MESSAGE, NOT_HERE, TROUBLE, NotInstalled, code, sorted_out
from bot.slack.responses import Responses
from bot.slack.workspaces import Workspaces
from scheduling.messages import Attachment
from scheduling.ports import OutboxRow, Undeliverable

HOME_CARD = "home"
INVITE = "_Only you see this: I am not in this channel. `/invite` me, and I can remind you here._"


class SlackSender:
    """`ports.Sender`. Delivery is at least once: a time-out after Slack took the message leads
    to a second one, since `chat.postMessage` accepts no idempotency key."""

    def __init__(self, workspaces: Workspaces, responses: Responses, limiter: Limiter) -> None:
        self._workspaces = workspaces
        self._responses = responses
        self._limiter = limiter
        self._delivered: dict[UUID, list[str]] = {}

    async def send(self, row: OutboxRow) -> str | None:
        """Post or update; returns the ts of the last message shown.

        Raises TryLater, ChatGone or Undeliverable.
        """
        channel = channel_of(row.chat.address)
        try:
            client = await self._workspaces.client(channel.team)
            ref = await self._deliver(client, channel, row)
        except (NotInstalled, *TROUBLE) as error:
            raise sorted_out(error) from error
        self._delivered.pop(row.id, None)
        return ref

    async def _deliver(
        self, client: AsyncWebClient, channel: Channel, row: OutboxRow
    ) -> str | None:
        if channel.home is not None:
            await self._publish(client, channel, row)
            return None
        shown = messages(row.outgoing)
        if not shown and not row.outgoing.attachments:
            raise Undeliverable("nothing to show")
        try:
            if row.outgoing.only_for is not None and not channel.direct:
                await self._whisper(client, channel, row, shown)
                return None
            return await self._say(client, channel, row, shown)
        except SlackApiError as error:
            if code(error) not in NOT_HERE or not await self._reached(channel, row, shown):
                raise
            return None

    async def _reached(self, channel: Channel, row: OutboxRow, shown: list[SlackMessage]) -> bool:
        """Where we are not in a conversation, the address that Slack lent us with a command
        still reaches the one who typed it, and they can invite us. Only what answers them is
        told them so: a reminder of somebody else's is none of theirs."""
        asker = row.outgoing.only_for or row.outgoing.asker
        if asker is None:
            return False
        user = user_of(asker)
        place = f"{channel.team}:{channel.id}"
        for message in shown:
            blocks = [*message.blocks[: MESSAGE_BLOCKS - 1], section(INVITE)]
            if not await self._responses.tell(place, user, message.text, blocks):
                return False
        return bool(shown)

    async def _say(
        self, client: AsyncWebClient, channel: Channel, row: OutboxRow, shown: list[SlackMessage]
    ) -> str:
        """Carries on after the parts that an earlier try of this process got through."""
        done = self._progress(row)
        attachments = row.outgoing.attachments
        left = len(shown) + len(attachments) - len(done)
        edits = 1 if row.message_ref and shown and not done else 0
        place = f"{channel.team}:{channel.id}"
        self._limiter.take(place, group=False, new=left - edits, edits=edits)
        thread = thread_of(row.outgoing.reply_to, channel)
        for n, message in enumerate(shown[len(done) :], start=len(done)):
            ref = row.message_ref if n == 0 else None
            done.append(await self._show(client, channel, message, thread, ref))
        for attachment in attachments[len(done) - len(shown) :]:
            done.append(await self._upload(client, channel, attachment, thread))
        return done[len(shown) - 1] if shown else done[-1]

    def _progress(self, row: OutboxRow) -> list[str]:
        if len(self._delivered) > 1000:  # Rows that another process finished.
            self._delivered.clear()
        return self._delivered.setdefault(row.id, [])

    async def _show(
        self,
        client: AsyncWebClient,
        channel: Channel,
        message: SlackMessage,
        thread: str | None,
        ref: str | None,
    ) -> str:
        if ref is not None and await self._update(client, channel, message, ref):
            return ref
        posted = await client.chat_postMessage(
            channel=channel.id,
            text=message.text,
            blocks=message.blocks,
            thread_ts=thread,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    async def _update(
        self, client: AsyncWebClient, channel: Channel, message: SlackMessage, ref: str
    ) -> bool:
        """False where the message can no longer be changed, and a new one is needed."""
        try:
            await client.chat_update(
                channel=channel.id, ts=ref, text=message.text, blocks=message.blocks
            )
        except SlackApiError as error:
            if code(error) in NO_SUCH_MESSAGE:
                return False
            raise
        return True

    async def _whisper(
        self, client: AsyncWebClient, channel: Channel, row: OutboxRow, shown: list[SlackMessage]
    ) -> None:
        """To one person alone; Slack forgets it with their next reload."""
        self._limiter.take(f"{channel.team}:{channel.id}", group=False, new=len(shown))
        for message in shown:
            await client.chat_postEphemeral(
                channel=channel.id,
                user=user_of(row.outgoing.only_for or ""),
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread_of(row.outgoing.reply_to, channel),
            )

    async def _upload(
        self, client: AsyncWebClient, channel: Channel, file: Attachment, thread: str | None
    ) -> str:
        sent = await client.files_upload_v2(
            channel=channel.id, content=file.content, filename=file.name, thread_ts=thread
        )
        return str((sent.get("file") or {}).get("id") or "")

    async def _publish(self, client: AsyncWebClient, channel: Channel, row: OutboxRow) -> None:
        """A Home tab shows its own card and nothing else: what is said there about a tap is
        said again by the card that follows it."""
        if row.outgoing.card == HOME_CARD:
            view = home_view(row.outgoing, channel.id)
            await client.views_publish(user_id=channel.home or "", view=view)
