"""The whole product in a Slack workspace: real parts in this process, a hand clock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import HandClock
from bot.pacing import UNPACED
from bot.play.counterparts.slack import Activity, Channel, Message, Settings, Slack, User, View
from bot.settings import Settings as Ours
from bot.slack.app import SlackOptions, SlackPlatform
from bot.slack.install import EVENTS, SCOPES, OAuthOptions
from bot.wiring import Service, build
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.span import Span

MORNING = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""A Wednesday, ten o'clock in New York, four days before the clocks go forward."""


def counterpart(now: Callable[[], datetime] = lambda: MORNING, **more: Any) -> Slack:
    """A Slack that gives the app what the manifest asks for, and nothing else."""
    slack = Slack(
        settings=Settings(subscriptions=frozenset(EVENTS)), installed=False, now=now, **more
    )
    slack.state.grants.bot(slack.home_team, SCOPES)
    return slack


class Workspace:
    """People act on `slack`; `settled()` returns when the product has answered."""

    def __init__(self, slack: Slack, clock: HandClock) -> None:
        self.slack = slack
        self.clock = clock
        self.service: Service
        self.platform: SlackPlatform
        self.anna = slack.user("Anna")
        self.ben = slack.user("Ben")
        self.kitchen = slack.channel("kitchen", [self.anna, self.ben])

    async def begin(self) -> None:
        """Anna and Ben are known, and there is a car."""
        await self.say(self.anna, "hello")
        await self.say(self.ben, "hello")
        await self.command(self.anna, "resources add car")

    async def settled(self) -> None:
        while True:
            seen = len(self.slack.activity)
            await self.slack.drained()
            await self.service.settle()
            if len(self.slack.activity) == seen and not self.slack.waiting():
                return

    async def say(self, who: User, text: str, where: Channel | None = None, **more: Any) -> Message:
        """To the bot, in the kitchen unless another place is given."""
        place = where or self.kitchen
        mention = place.kind != "im" and "thread" not in more
        message = self.slack.say(place, who, text, **{"mention": mention, **more})
        await self.settled()
        return message

    async def command(self, who: User, text: str, where: Channel | None = None) -> None:
        self.slack.command(who, where or self.kitchen, "/family", text)
        await self.settled()

    async def tap(self, who: User, target: Message | View, label: Any) -> None:
        self.slack.tap(who, target, label)
        await self.settled()

    async def submit(self, who: User, **given: Any) -> dict[str, str] | None:
        """Fill in the form, each field by its block's id; the errors shown."""
        errors = await self.slack.submit(who, given)
        await self.settled()
        return errors

    @property
    def last(self) -> Activity:
        return self.slack.activity[-1]

    def shown(self, what: str) -> list[str]:
        return [one.text for one in self.slack.activity if one.what == what]

    async def family(self) -> Household:
        async with self.service.database.reader() as uow:
            (household_id,) = await uow.households.all_ids()
            return await uow.households.get(household_id)

    async def calendar(self) -> list[str]:
        """What stands on the family's calendar, an occurrence a line."""
        family = await self.family()
        async with self.service.database.reader() as uow:
            window = Span(MORNING - timedelta(days=40), MORNING + timedelta(days=40))
            found = await uow.occurrences.overlapping(family.id, window)
        return [_line(occurrence, family) for occurrence in found]

    async def chats(self) -> dict[str, str]:
        """The state of each chat by its external id; Home tabs apart."""
        family = await self.family()
        async with self.service.database.reader() as uow:
            found = await uow.chats.of_household(family.id)
        return {c.address.external_id: c.state for c in found if c.address.topic is None}


def _line(occurrence: Occurrence, family: Household) -> str:
    start, end = (t.astimezone(family.zone) for t in (occurrence.span.start, occurrence.span.end))
    clock = "%a %d" if occurrence.all_day else "%a %d %H:%M"
    who = [m.name for m in family.members if m.id in occurrence.people]
    things = [r.name for r in family.resources if r.id in occurrence.resources]
    whose = f" ({', '.join([*who, *things])})" if who or things else ""
    return f"{start:{clock}} – {end:{clock}} {occurrence.title}{whose}"


@asynccontextmanager
async def workspace_at(
    database_url: str, *, oauth: OAuthOptions | None = None, ping: float = 5, **more: Any
) -> AsyncIterator[Workspace]:
    """oauth: the workspace has yet to install the app. ping: how often sockets show life; a cut
    one is missed by then. more: of the counterpart."""
    clock = HandClock(MORNING)
    async with counterpart(clock.now, **more) as slack:
        found = Workspace(slack, clock)
        found.platform = SlackPlatform(
            SlackOptions(
                base_url=slack.base_url,
                bot_token=None if oauth else slack.token(),
                oauth=oauth,
                app_token=slack.settings.app_token,
                pace=UNPACED,
                ping=ping,
            ),
            now=clock.now,
        )
        settings = Ours(_env_file=None, database_url=database_url)
        found.service = await build(settings, clock=clock, platforms=[found.platform])
        await found.service.start()
        try:
            await found.platform.ready()
            await slack.connected()
            yield found
        finally:
            await found.service.stop()
