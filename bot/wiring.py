"""The only place that puts the parts together: settings in, a running product out."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from agents.files import Files
from agents.graph import build_graph
from agents.metering import Meter
from agents.runner import Drain, Runner
from agents.state import Tools
from agents.threads import Threads
from agents.turns import Turns
from bot import crash
from bot.archive.archiving import Archiving
from bot.archive.opening import open_archive
from bot.catalogues import catalogue
from bot.chores import Chore
from bot.cost.alert import look_at_cost
from bot.door import Door, database_of
from bot.models import Opening, senses_of, words_of
from bot.observing.hourly import look_for_anomalies
from bot.platforms import ChatPlatform
from bot.retention import Retention, periods_of
from bot.settings import Settings
from reminders.delivery import Delivery
from reminders.hooks import Hooks
from reminders.loop import Reminders
from reminders.schedule import Schedule
from reminders.sweeps import extend_horizon
from scheduling.ports import Clock, InboxRow
from scheduling.speech import use_catalogues
from storage.checkpoints import open_checkpoints
from storage.engine import Database
from storage.trouble import is_passing

log = logging.getLogger(__name__)

MACHINE_PATIENCE = timedelta(seconds=5)
"""How long `settle` waits for a message that a rate limit holds back."""

UNTOUCHED = timedelta(days=1)
"""A thread at which nobody has been for so long is not running."""

KEEP_ANSWERS = timedelta(days=1)
"""What a model has made of a message is kept so long, for a request cut short by a crash."""
PATIENCE_WITH_A_TURN = 0.25
"""Seconds the loop waits for the turns it began: longer than any takes but with a model."""
LAST_PATIENCE = timedelta(seconds=1.5)
"""The same at the end of a process: for a chat's next message, not for a platform that cannot be
reached; what is left is sent after the next start."""


class Service(Door):
    """One process's whole product on one event loop: gateway, runner, reminders, delivery.

    `settle` drives everything by hand, for scripts and pipes; `run` keeps the loops going.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        platforms: Sequence[ChatPlatform],
        database: Database,
        checkpoints: Any,
        *,
        listens: bool = True,
    ) -> None:
        super().__init__(settings, clock, platforms, database, listens=listens)
        self._checkpoints_context = checkpoints
        self._woken = asyncio.Event()
        self._schedule: Schedule | None = None
        self._sweep_due = False
        self._finishing = False
        self._looping = asyncio.Lock()

    async def start(self) -> None:
        """Open what has to be open, then listen."""
        self._checkpoints = checkpoints = await self._checkpoints_context.__aenter__()
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        lease = timedelta(seconds=self.settings.lease_seconds)
        crashing = self.settings.family_scheduler_crash_at is not None
        self._models = Opening(self.settings)
        meter = Meter(self.uow, self.database.reader, self._models)
        words = words_of(self.settings, meter)
        self._threads = Threads(
            build_graph(Tools(self.uow, self.database.reader, self.clock, words)),
            _Crashing(checkpoints) if crashing else checkpoints,
        )
        drain = Drain(owner, lease)
        self.turns = Turns(
            uow=self.uow,
            read=self.database.reader,
            clock=self.clock,
            threads=self._threads,
            around=self.around,
            files=Files(self.around, senses_of(self.settings, meter)),
            conclude=drain.conclude,
        )
        self.runner = Runner(
            self.uow, self.database.reader, self.turns, drain, self._woken.set, is_passing
        )
        self.reminders = Reminders(self.uow, self.clock, owner, lease)
        senders = {
            p.name: crash.CrashingSender(p.sender) if crashing else p.sender for p in self.platforms
        }
        self._hooks = Hooks(self.uow) if self.settings.webhook_signing_key else None
        self.delivery = Delivery(self.uow, senders, owner, lease)
        await self.open(drain.claim, self._wake)

    def _wake(self, chat_id: UUID, claimed: InboxRow | None) -> None:
        if claimed is not None:
            self.runner.hand_over(claimed)
        self._woken.set()

    def look(self) -> None:
        """There may be something to do. From the event loop's own thread."""
        self._woken.set()

    async def settle(self) -> None:
        """Drive inbox, due notices and due outbox until all three are empty."""
        while await self._look_once() or await self._held_back():
            pass
        await self._threads.tidy()
        for platform in self.platforms:
            await platform.answered()

    async def settled(self) -> None:
        """Wait until all three are empty, whoever drives them. Looks twice: a turn may have
        left a notice that is due already. What another process is just sending is leased."""
        patience = MACHINE_PATIENCE + timedelta(seconds=self.settings.lease_seconds)
        while await self._held_back(patience) or await self._held_back(patience):
            pass

    async def _look_once(self, within: float | None = None) -> bool:
        """Inbox, outbox, notices; whether there was anything. Answers go out before reminders
        are looked for: somebody is waiting for them. within: see `Runner.drain_all`."""
        drained = await self.runner.drain_all(within)
        if self._hooks is not None:
            await self._hooks.tell()
        delivered = await self.delivery.deliver_all()
        told = await self.reminders.tick()
        return bool(drained or delivered or told)

    async def _held_back(self, patience: timedelta = MACHINE_PATIENCE) -> bool:
        """Wait a moment for what a dead process's lease or a rate limit still holds back."""
        now = datetime.now(UTC)
        async with self.database.reader() as uow:
            # In the order in which one leads to the next: what another process moves on
            # between two of these looks is seen by the later one.
            due = await uow.notices.next_due()
            waits = await uow.inbox.pending()
            retry = await uow.outbox.next_retry(self.delivery.platforms)
        held = (
            waits
            or (due is not None and due <= self.clock.now())
            or (retry is not None and retry <= now + patience)
        )
        if held:
            await asyncio.sleep(min(self.settings.lease_seconds / 5, 0.02))
        return held

    async def next_due(self) -> datetime | None:
        """The earliest waiting notice, family time."""
        async with self.database.reader() as uow:
            return await uow.notices.next_due()

    async def run(self) -> None:
        """Keep the loops going until stopped. Everything they need is in rows: a wake-up that
        is lost is made up for by the next look."""
        self._schedule = Schedule(self._look, self._wish_sweep, self.settings.wake_seconds)
        chores = self._chores()
        for chore in chores:
            self._schedule.also(chore.do, chore.minute, chore.hour)
        self._schedule.start()
        self._sweep_due = True
        beside = [asyncio.create_task(chore.do()) for chore in chores if chore.at_start]
        saving = self._save_nightly()
        try:
            async with self._looping:
                await self._loop()
        finally:
            saving.cancel()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    def _save_nightly(self) -> asyncio.Future[None]:
        """Beside the loop, which must not wait for it."""
        if not self.settings.backup_dir:
            return asyncio.get_running_loop().create_future()
        from bot.backup.nightly import Nightly

        return asyncio.create_task(Nightly(self.settings, self.clock).run())

    def _chores(self) -> list[Chore]:
        """What this installation is set up to do beside answering."""
        chores = []
        if admin := self.settings.admin_chat:
            looking = partial(look_for_anomalies, self.uow, self.database.reader, self.clock, admin)
            chores.append(Chore("anomalies", looking, minute=5))
            limit = self.settings.cost_alert_usd_per_day
            counting = partial(
                look_at_cost, self.uow, self.database.reader, self.clock, admin, limit
            )
            chores.append(Chore("cost", counting, minute=10))
        if self.settings.archive_url:
            chores.append(Chore("archive", self._archive, minute=40, hour=3, at_start=True))
        chores.append(Chore("retention", self._forget, minute=55, hour=3, at_start=True))
        return chores

    async def _forget(self) -> None:
        periods = periods_of(self.settings)
        retention = Retention(self.uow, self._checkpoints, self._threads, periods)
        # By the family's clock, as messages are: where a script moves it, nothing is old.
        await retention.run(self.clock.now())

    async def _archive(self) -> None:
        archive = open_archive(self.settings.archive_url)
        assert archive is not None
        archiving = Archiving(archive, self._checkpoints, self._threads, self.database.reader)
        await archiving.run(datetime.now(UTC) - timedelta(days=self.settings.archive_after_days))

    async def _loop(self) -> None:
        while not self._finishing:
            try:
                if self._sweep_due:
                    await self._sweep()
                    self._sweep_due = False
                await self._work()
            # The database may be away for a minute; what is waiting is in rows and stays.
            except Exception as error:
                if is_passing(error):
                    log.warning("the database is away (%s)", type(error).__name__)
                else:
                    log.exception("the loop failed; looking again in a moment")
                await asyncio.sleep(1)
                continue
            await self._woken.wait()
            self._woken.clear()

    async def _work(self) -> None:
        while await self._look_once(within=PATIENCE_WITH_A_TURN) and not self._finishing:
            pass
        await self._threads.tidy()
        await self._plan_next_look()

    async def _plan_next_look(self) -> None:
        assert self._schedule is not None
        async with self.database.reader() as uow:
            retry = await uow.outbox.next_retry(self.delivery.platforms)
        wishes = [d for d in (await self.next_due(), retry) if d is not None]
        soonest = min(wishes, default=None)
        if soonest is not None:
            # What is overdue and still there is held by another process: no hurry.
            now = datetime.now(UTC)
            self._schedule.wake_at(soonest if soonest > now else now + timedelta(seconds=1))

    async def _wish_sweep(self) -> None:
        self._sweep_due = True
        self._woken.set()

    async def _look(self) -> None:
        self._woken.set()

    async def _sweep(self) -> None:
        """Daily, and at the start: the horizon, requests cut short after their decision, and
        threads that nobody pruned."""
        await extend_horizon(self.uow, self.clock)
        before = datetime.now(UTC) - timedelta(seconds=3 * self.settings.lease_seconds)
        async with self.uow() as uow:
            cut_short = await uow.proposals.decided_uncommitted(before)
        for proposal in cut_short:
            try:
                await self.turns.sweep(proposal)
            # One broken request must not keep the others, or the loops, from going on.
            except Exception:
                log.exception("request %s could not be resumed", proposal.thread_id)
        await self._threads.sweep(datetime.now(UTC) - UNTOUCHED)
        async with self.uow() as uow:
            await uow.usage.forget_answers(self.clock.now() - KEEP_ANSWERS)
            await uow.commit()

    async def finish(self, within: float) -> None:
        """Stop listening, and finish what has begun: a chat left in mid-turn would wait for
        its lease to run out, and who has tapped a button looks at its card. Ends `run`.
        within: seconds."""
        self._finishing = True
        self._woken.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await asyncio.gather(*(p.stop_listening() for p in self._started))
                # What the loop is sending would go out twice, were it cut off.
                async with self._looping:
                    await self._finish_begun()

    async def _finish_begun(self) -> None:
        """Turns and deliveries, but no new reminders."""
        while (
            await self.runner.drain_all()
            or await self.delivery.deliver_all()
            or (await self._paced())
        ):
            pass
        await self._threads.tidy()

    async def _paced(self) -> bool:
        """Wait for a message that is held back for no longer than a chat's pace."""
        async with self.database.reader() as uow:
            retry = await uow.outbox.next_retry(self.delivery.platforms)
        now = datetime.now(UTC)
        if retry is None or retry > now + LAST_PATIENCE:
            return False
        await asyncio.sleep(max((retry - now).total_seconds(), 0.02))
        return True

    async def stop(self) -> None:
        """Let go of the platforms and the database; what is unfinished is in its rows."""
        if self._schedule is not None:
            self._schedule.stop()
        await self.runner.stop()
        await self._models.close()
        await self._checkpoints_context.__aexit__(None, None, None)
        await super().stop()


class _Crashing:
    """Checkpoints whose savers have crash points."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def saver(self) -> Any:
        return crash.crashing_saver(self._inner.saver())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


async def build(
    settings: Settings, *, clock: Clock, platforms: Sequence[ChatPlatform], listens: bool = True
) -> Service:
    """The whole product, not started yet. listens: see `Door`."""
    use_catalogues(catalogue)
    database = database_of(settings)
    checkpoints = open_checkpoints(settings.database_url, pool_size=settings.checkpoint_pool_size)
    return Service(settings, clock, platforms, database, checkpoints, listens=listens)
