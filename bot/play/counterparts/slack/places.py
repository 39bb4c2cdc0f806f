"""Who and where: the part of `Slack` that makes workspaces, people and channels."""

from __future__ import annotations

from collections.abc import Sequence

from bot.play.counterparts.slack.app import BOT_SCOPES
from bot.play.counterparts.slack.model import Channel, ChannelKind, Team, User
from bot.play.counterparts.slack.state import State


class Places:
    state: State

    def team(
        self,
        team_id: str = "",
        name: str = "Family",
        *,
        installed: bool = True,
        scopes: Sequence[str] = BOT_SCOPES,
    ) -> Team:
        """A new workspace; installed: the app is in it, with a token of these scopes."""
        team_id = team_id or self.state.new_id("T")
        team = Team(team_id, name, name.lower().replace(" ", "-"))
        bot_id, bot_name = self.state.new_id("B"), self.state.settings.name
        team.bot = self._user(team, bot_name, bot_id=bot_id)
        self.state.teams[team.id] = team
        if installed:
            self.state.grants.bot(team, tuple(scopes))
        return team

    def user(
        self,
        name: str,
        *,
        team: Team | None = None,
        real_name: str = "",
        email: str = "",
        tz: str = "America/New_York",
        tz_label: str = "Eastern Standard Time",
        tz_offset: int = -18000,
        locale: str = "en-US",
        is_bot: bool = False,
    ) -> User:
        """A new account, in the first workspace unless another is given. name: the display name;
        is_bot: some other app's."""
        user = self._user(
            team or self.home_team,
            name,
            real_name=real_name,
            email=email,
            tz=tz,
            tz_label=tz_label,
            tz_offset=tz_offset,
            locale=locale,
            bot_id=self.state.new_id("B") if is_bot else "",
        )
        if self.state.visitor is None and not is_bot:
            self.state.visitor = user
        return user

    @property
    def home_team(self) -> Team:
        """The first workspace."""
        return next(iter(self.state.teams.values()))

    def channel(
        self,
        name: str,
        members: Sequence[User] = (),
        *,
        team: Team | None = None,
        private: bool = False,
        bot: bool = True,
    ) -> Channel:
        """A channel; bot: ours is in it already, without word of how it came there."""
        team = team or (members[0].team if members else self.home_team)
        kind: ChannelKind = "private" if private else "public"
        there = [*members, *([team.bot] if bot else [])]
        channel = Channel(self.state.new_id("C"), team, kind, name, there)
        team.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """Somebody's direct messages with the app."""
        return self.state.direct(user)

    def token(self, team: Team | None = None) -> str:
        """The newest bot token that works in a workspace. Raises LookupError if none does."""
        live = self.state.grants.live(team or self.home_team)
        if not live:
            raise LookupError("the app is not installed there")
        return live[-1].token

    def _user(
        self, team: Team, name: str, *, real_name: str = "", bot_id: str = "", **more: str | int
    ) -> User:
        handle = name.lower().replace(" ", ".")
        made = User(self.state.new_id("U"), team, handle, real_name or name, name)
        made.bot_id, made.updated = bot_id, self.state.date()
        for attribute, value in more.items():
            setattr(made, attribute, value)
        team.users[made.id] = made
        return made
