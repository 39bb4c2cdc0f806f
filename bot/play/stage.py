"""What a row of scripts shares: one player process, a database template, a fork server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.play.chats import Chats
from bot.play.console_chats import ConsoleChats
from bot.play.counterparts.models import Models
from bot.play.databases import databases_for
from bot.play.expectations import Miss
from bot.play.household import write_families
from bot.play.nursery import Nursery
from bot.play.player import AfterCrash, Player
from bot.play.process import Crashed, Process, ServiceSpec
from bot.play.remote import RemoteProcess
from bot.play.report import Reporter, Result
from bot.play.script import FAMILY, PLATFORMS, Edit, Say, Script, Tap
from bot.play.several_chats import SeveralChats
from scheduling.errors import SchedulingError
from storage.engine import Database, open_database

LEASE_SECONDS = 0.5
"""How long a killed service's rows stay claimed, on machine time."""

WAKE_SECONDS = 1.0
"""How soon a worker looks for what another had claimed and was killed over."""


@dataclass(frozen=True, slots=True)
class Crew:
    """So many workers behind the Redis at that address, which should serve nobody else."""

    workers: int
    broker_url: str


class CrashPlan:
    """Make the service die at the `at`-th crash point, once. points: where it died."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.points: list[str | None] = []

    async def died(self, point: str | None, database: Database) -> None:
        """Called before it is started again; the database is as the dead one left it."""
        self.points.append(point)


class Stage:
    """Plays scripts, each on a fresh database; close it when done.

    platform: one of PLATFORMS. database_url: a PostgreSQL server, None = SQLite files. crew: who
    does the work, None = the process that receives.
    """

    def __init__(
        self, platform: str, database_url: str | None = None, crew: Crew | None = None
    ) -> None:
        if platform not in PLATFORMS:
            raise ValueError(f"scripts play on {', '.join(PLATFORMS)}, not on {platform}")
        self._platform = platform
        self._databases = databases_for(database_url)
        self._crew = crew
        self._nursery: Nursery | None = None

    async def play(self, script: Script, crashes: CrashPlan | None = None) -> Result:
        """Play one script. crashes: also let the service die on the way; not with a crew, whose
        crash points no script could count."""
        if crashes and self._crew:
            raise ValueError("a crew has no crash plan")
        models = Models(script.model.replies) if script.model else None
        if models is not None:
            await models.start()
        try:
            return await self._play(script, models, crashes)
        finally:
            if models is not None:
                await models.stop()

    async def _play(
        self, script: Script, models: Models | None, crashes: CrashPlan | None
    ) -> Result:
        platforms = self._platforms(script)
        chats = _chats(platforms)
        url = await self._databases.fresh()
        database = open_database(url)
        try:
            await chats.open(_people(script))
            try:
                await write_families(script, chats, database.uow)
            except SchedulingError as error:
                return _impossible(script, "the family can be set up", str(error))
            settings = {"database_url": url, **chats.settings()}
            if script.model and models:
                settings |= script.model.settings(models)
            process = self._process(script, chats, " ".join(platforms), settings, crashes)
            restarting = _restarting(process, crashes, database)
            asked = (lambda: models.asked) if models else tuple
            player = Player(script, chats, process, database.reader, restarting, asked)
            await player.play()
            player.report.result.messages = chats.log.messages
            return player.report.result
        finally:
            await chats.close()
            await database.close()
            await self._databases.drop(url)

    async def close(self) -> None:
        if self._nursery is not None:
            await asyncio.to_thread(self._nursery.close)
        await self._databases.close()

    def _platforms(self, script: Script) -> tuple[str, ...]:
        """The main one, which the script may name, and the others that it names; where it names
        the stage's own as the other, another one is its main."""
        others = script.other_platforms
        main = script.platform or self._platform
        if main in others:
            main = next(name for name in PLATFORMS if name not in others)
        return main, *others

    def _process(
        self,
        script: Script,
        chats: Chats,
        platform: str,
        settings: dict[str, Any],
        crashes: CrashPlan | None,
    ) -> Process:
        if script.kills or crashes:
            settings["lease_seconds"] = LEASE_SECONDS
        if self._crew:
            return self._crewed(self._crew, chats, platform, settings)
        if script.kills or crashes:
            self._nursery = self._nursery or Nursery()
            spec = ServiceSpec(settings, platform, crashes.at if crashes else None)
            return RemoteProcess(spec, chats.screen, self._nursery)
        from bot.play.local import LocalProcess

        return LocalProcess(ServiceSpec(settings, platform), chats.screen)

    def _crewed(self, crew: Crew, chats: Chats, platform: str, settings: dict[str, Any]) -> Process:
        from bot.play.crew import CrewProcess

        settings |= {"celery_broker_url": crew.broker_url, "wake_seconds": WAKE_SECONDS}
        self._nursery = self._nursery or Nursery("bot.play.worker_child")
        spec = ServiceSpec(settings, platform)
        return CrewProcess(spec, chats.screen, self._nursery, crew.workers)


def _chats(platforms: tuple[str, ...]) -> Chats:
    main, *others = (_chats_on(platform) for platform in platforms)
    return SeveralChats(main, dict(zip(platforms[1:], others, strict=True))) if others else main


def _chats_on(platform: str) -> Chats:
    if platform == "console":
        return ConsoleChats()
    if platform == "slack":
        from bot.play.slack_chats import SlackChats

        return SlackChats()
    from bot.play.telegram_chats import TelegramChats

    return TelegramChats()


def _restarting(
    process: Process, crashes: CrashPlan | None, database: Database
) -> AfterCrash | None:
    if crashes is None or not isinstance(process, RemoteProcess):
        return None

    async def restart(crash: Crashed, now: datetime) -> None:
        await crashes.died(crash.point, database)
        await process.start_unarmed(now)

    return restart


def _people(script: Script) -> dict[str, list[str]]:
    """Who is in each group: its family, and whoever speaks or taps there."""
    groups: dict[str, list[str]] = {FAMILY: []}
    for family in script.others:
        groups[family.name] = [member.name for member in family.members]
    if script.family:
        groups[FAMILY] = [member.name for member in script.family.members]
    for step in script.steps:
        if isinstance(step, Say | Tap | Edit) and step.chat in groups:
            groups[step.chat].append(step.who)
    return {name: list(dict.fromkeys(people)) for name, people in groups.items()}


def _impossible(script: Script, expected: str, got: str) -> Result:
    reporter = Reporter(script.name, ZoneInfo(script.timezone))
    reporter.verdict(script.clock, expected, [Miss(expected, got)])
    return reporter.result
