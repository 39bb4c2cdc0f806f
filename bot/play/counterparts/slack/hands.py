"""What people do: the part of `Slack` that acts. Nothing here waits for the app but `submit`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from bot.play.counterparts.slack import (
    access,
    events,
    forms,
    interactions,
    membership,
    people,
    submitting,
    views,
    written,
)
from bot.play.counterparts.slack.deliveries import Delivery
from bot.play.counterparts.slack.forms import Given
from bot.play.counterparts.slack.model import Button, Channel, Message, Team, User, View
from bot.play.counterparts.slack.state import State


class Hands:
    state: State
    _said: dict[Hashable, tuple[Message, list[Delivery]]]

    # --- words ---

    def say(
        self,
        channel: Channel,
        user: User,
        text: str,
        *,
        thread: Message | None = None,
        mention: bool | Sequence[User] = False,
        file: tuple[str, bytes] | None = None,
        delivery_id: Hashable = None,
    ) -> Message:
        """Write something. thread: answer in that message's thread. mention: begin with the app's
        name, or with these people's. file: its name and what is in it. delivery_id: names this
        delivery; saying it again under the same name is Slack delivering the same events twice."""
        if delivery_id is not None and delivery_id in self._said:
            message, sent = self._said[delivery_id]
            for delivery in sent:
                self.state.deliveries.redeliver(delivery)
            return message
        named = [channel.team.bot] if mention is True else list(mention or [])
        words = " ".join([*(f"<@{one.id}>" for one in named), text])
        message, sent = people.speak(self.state, channel, user, words, thread=thread, file=file)
        self._said[message.channel.id, message.ts] = message, sent
        if delivery_id is not None:
            self._said[delivery_id] = message, sent
        return message

    def edit(self, message: Message, text: str) -> None:
        people.rewrite(self.state, message, text)

    def delete(self, message: Message) -> None:
        people.delete_message(self.state, message)

    def command(self, user: User, channel: Channel, name: str, text: str = "") -> Delivery:
        """A slash command: `command(anna, kitchen, "/family", "week")`."""
        return interactions.command(self.state, user, channel, name, text)

    # --- buttons, menus, forms ---

    def tap(
        self, user: User, target: Message | View, what: str | Button, value: str | None = None
    ) -> Delivery:
        """Tap a live button by its label or action id, choose a menu's option by its label; or, in
        a menu, date or time named by action id or label, choose `value`. A Button: as somebody
        sees it whose screen lags behind. Raises LookupError for what is not there."""
        button = what if isinstance(what, Button) else people.live(target, what, value)
        return people.tap(self.state, user, target, button)

    def shortcut(self, user: User, message: Message | None, callback_id: str) -> Delivery:
        """One from a message's menu, or a global one (message None)."""
        if message is None:
            return interactions.global_shortcut(self.state, user, callback_id)
        return interactions.message_shortcut(self.state, user, message, callback_id)

    def modal(self, user: User) -> View | None:
        """The modal somebody has in front of them."""
        return self.state.modals.get(user.id)

    def fill(self, user: User, given: Mapping[str, Given]) -> View:
        """Fill in the open modal, each input by its label, block id or action id. Raises
        LookupError where no modal is open, or nothing is called that."""
        view = self.modal(user)
        if view is None:
            raise LookupError(f"{user.shown_name} has no modal open")
        for name, value in given.items():
            block, element = forms.find(view.blocks, name)
            view.filled[block["block_id"], element["action_id"]] = forms.fill(element, value)
        return view

    async def submit(
        self, user: User, given: Mapping[str, Given] | None = None
    ) -> dict[str, str] | None:
        """Fill in the open modal and submit it, waiting for the app's answer. The errors shown, by
        block id; None when it closed or became another one."""
        return await submitting.submit(self.state, self.fill(user, given or {}))

    def close_modal(self, user: User, *, everything: bool = False) -> None:
        """Cancel; everything: the ones below too."""
        view = self.modal(user)
        if view is None:
            raise LookupError(f"{user.shown_name} has no modal open")
        cleared = everything or bool(view.content.get("clear_on_close"))
        views.close_all(self.state, user) if cleared else views.close(self.state, view)
        if view.content.get("notify_on_close"):
            interactions.closing(self.state, view, cleared=cleared)

    def open_home(self, user: User, tab: str = "home") -> None:
        """Go to the app's page; tab: "home" or "messages"."""
        people.open_home(self.state, user, tab)

    def home(self, user: User) -> View | None:
        """What stands on somebody's App Home."""
        return self.state.homes.get(user.id)

    # --- channels, workspaces, accounts ---

    def invite(self, channel: Channel, by: User, user: User | None = None) -> None:
        """Someone puts the app, or somebody, into a channel."""
        membership.invite(self.state, channel, user or channel.team.bot, by)

    def kick(self, channel: Channel, by: User, user: User | None = None) -> None:
        membership.put_out(self.state, channel, user or channel.team.bot, by)

    def archive(self, channel: Channel, by: User) -> None:
        membership.archive(self.state, channel, by, archived=True)

    def unarchive(self, channel: Channel, by: User) -> None:
        membership.archive(self.state, channel, by, archived=False)

    def delete_channel(self, channel: Channel, by: User) -> None:
        membership.delete_channel(self.state, channel, by)

    def uninstall(self, team: Team) -> None:
        """An admin takes the app out of a workspace."""
        access.uninstall(self.state, team)

    def revoke(self, team: Team) -> None:
        """The workspace's tokens end, the app stays listed."""
        self.state.grants.end(team, "token_revoked")
        access.tell_revoked(self.state, team)

    def change_user(self, user: User, **attributes: Any) -> None:
        """Somebody changes their profile: `change_user(anna, tz="Europe/Paris")`."""
        for name, value in attributes.items():
            setattr(user, name, value)
        user.updated = self.state.date()
        event = {
            "type": "user_change",
            "user": written.user(user, locale=True),
            "cache_ts": user.updated,
            "event_ts": self.state.stamp(),
        }
        events.emit(self.state, user.team, event)

    def visit(self, user: User | None) -> None:
        """Who is at the browser when the app is installed, and says yes; None: somebody who says
        no. At first it is the first account made."""
        self.state.visitor = user
