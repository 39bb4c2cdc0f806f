"""Playing a script, step by step, against the whole product."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.play.chats import Chats, Words
from bot.play.expectations import Miss, event_misses, misses, model_misses, silence_misses
from bot.play.household import group_places
from bot.play.log import Entry, Place, private
from bot.play.process import Crashed, Process
from bot.play.report import Reporter
from bot.play.script import (
    FAMILY,
    OPENS_A_NEW_VIEW,
    Edit,
    Expect,
    ExpectEvents,
    ExpectModel,
    ExpectSilence,
    FillForm,
    MoveClock,
    OnPages,
    OpenHome,
    Restart,
    Say,
    Script,
    Shortcut,
    Start,
    Step,
    Stop,
    Tap,
)
from scheduling.ports import UnitOfWorkFactory
from scheduling.span import Span, instant

T = TypeVar("T")

AfterCrash = Callable[[Crashed, datetime], Awaitable[None]]

PATIENCE = timedelta(seconds=60)
"""Machine time one step may take before the service counts as hung."""


class Player:
    """One script, its people, and the service they talk to.

    uow: the script's database, looked into only for `expect_events`. after_crash: called when
    the service died by itself; it is to start it again. None: a crash is a failure. asked: the
    messages that a model was shown.
    """

    def __init__(
        self,
        script: Script,
        chats: Chats,
        process: Process,
        uow: UnitOfWorkFactory,
        after_crash: AfterCrash | None = None,
        asked: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._script = script
        self._chats = chats
        self._process = process
        self._uow = uow
        self._after_crash = after_crash
        self._asked = asked
        self._zone = ZoneInfo(script.timezone)
        self._now = script.clock
        self._running = False
        self._seen_from = 0
        self._reported = 0
        self._mine: list[tuple[str, Place, str]] = []
        self._remembered: dict[str, str] = {}
        self.report = Reporter(script.name, self._zone)

    async def play(self) -> None:
        """Every step in order; a step that cannot be taken is a failure, and ends the play."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._start()
            for number, step in enumerate(self._script.steps, 1):
                self.report.step = number
                async with asyncio.timeout(PATIENCE.total_seconds()):
                    await self._take(step)
        except TimeoutError:
            self._fail("the service settles", f"not within {PATIENCE.seconds} seconds")
        except Exception as error:  # whatever the product raises is this script's failure
            self._fail("the step can be taken", f"{type(error).__name__}: {error}")
        finally:
            await self._leave()

    async def _take(self, step: Step) -> None:
        if isinstance(step, OPENS_A_NEW_VIEW):
            self._seen_from = len(self._chats.log.entries)
        match step:
            case Say():
                await self._say(step)
            case Edit():
                await self._edit(step)
            case Tap():
                await self._tap(step)
            case OpenHome() | Shortcut() | FillForm():
                await self._on_pages(step)
            case MoveClock():
                await self._move_clock(step.to)
            case Stop():
                await self._stop(kill=step.kill)
            case Start():
                await self._start()
            case Restart():
                await self._stop(kill=step.kill)
                await self._start()
            case Expect() | ExpectSilence() | ExpectEvents():
                await self._check(step)
            case ExpectModel():
                self.report.verdict(self._now, "expect model", model_misses(step, self._asked()))

    async def _say(self, said: Say) -> None:
        place = _place(said)
        text = self._filled_in(said.text)
        reply_to = said.reply_to and self._chats.log.newest((place,), said.reply_to)
        if said.reply_to and reply_to is None:
            self._fail(f"a message matching /{said.reply_to.pattern}/ to reply to", "none")
            return
        self.report.person(self._now, _speaking(said.who, place), text)
        self._mine.append((said.who, place, text))
        words = Words(
            who=said.who,
            place=place,
            text=text,
            at=self._now,
            addressed=said.addressed,
            command=said.command,
            reply_to=reply_to,
            update_id=said.update_id,
            file=said.file,
            forwarded_from=said.forwarded_from,
            written=said.written,
        )
        await self._chats.say(words)
        await self._settle()

    async def _edit(self, edit: Edit) -> None:
        place = _place(edit)
        mine = [t for who, where, t in self._mine if (who, where) == (edit.who, place)]
        found = next((t for t in reversed(mine) if edit.message.search(t)), None)
        if found is None:
            self._fail(f"a message of {edit.who} matching /{edit.message.pattern}/", "none")
            return
        self.report.person(self._now, _speaking(edit.who, place), f"(edited) {edit.text}")
        self._mine.append((edit.who, place, edit.text))
        await self._chats.edit(edit.who, place, found, edit.text, self._now)
        await self._settle()

    async def _on_pages(self, step: OnPages) -> None:
        pages = self._chats.pages_of(step.platform)
        if pages is None:
            self._fail("a platform with forms and pages", "one that has only chats")
            return
        who, at = step.who, self._now
        match step:
            case OpenHome():
                self.report.person(at, who, "opens the home page")
                await pages.open_home(who, at)
            case Shortcut():
                menu = "chooses the shortcut" + (" of a message" if step.message else "")
                self.report.person(at, who, menu)
                await pages.shortcut(who, _place(step), step.message, at)
            case FillForm(cancel=True):
                self.report.person(at, who, "closes the form")
                await pages.cancel(who, at)
            case FillForm():
                given = ", ".join(f"{name}: {value}" for name, value in step.given.items())
                self.report.person(at, who, f"fills in the form ({given})")
                await pages.fill(who, step.given, at, self._process)
        await self._settle()

    async def _tap(self, tap: Tap) -> None:
        group = Place(tap.chat, platform=tap.platform)
        own = private(tap.who, tap.platform, tap.page)
        places = (own,) if tap.page else (group, own)
        log = self._chats.log
        found = log.button(places, tap.button, tap.card, tap.option, stale=tap.stale)
        if found is None:
            live = [b.label for e in log.entries if e.message for b in e.message.live]
            got = ", ".join(dict.fromkeys(live)) or "no live button"
            wanted = (tap.option or tap.button).pattern
            self._fail(f"a button for /{wanted}/", got)
            return
        message, button = found
        self.report.person(self._now, _speaking(tap.who, group), f"taps [{button.label}]")
        await self._chats.tap(tap.who, message, button, self._now)
        await self._settle()

    async def _move_clock(self, to: datetime) -> None:
        """What falls due on the way happens in order, each at its time."""
        while self._running:
            due = await self._guarded(self._process.next_due)
            if due is None or due > to:
                break
            await self._set_clock(max(due, self._now))
            await self._settle()
            if await self._guarded(self._process.next_due) == due:
                raise RuntimeError(f"what was due at {due} stays due")
        await self._set_clock(to)
        self.report.note(self._now, "time moves on")
        if self._running:
            await self._settle()

    async def _set_clock(self, now: datetime) -> None:
        self._now = now
        if self._running:
            await self._guarded(lambda: self._process.set_clock(now))

    async def _stop(self, *, kill: bool) -> None:
        if not self._running:
            return
        self._running = False
        self.report.note(self._now, "the service is killed" if kill else "the service stops")
        await (self._process.kill() if kill else self._process.stop())

    async def _start(self) -> None:
        if self._running:
            return
        self._running = True
        if self.report.step:
            self.report.note(self._now, "the service starts")
        try:
            await self._process.start(self._now)
        except Crashed as crash:
            await self._recover(crash)
        await self._settle()

    async def _settle(self) -> None:
        """Until everything said is acknowledged, worked through and answered."""
        if self._running:
            await self._guarded(self._handed_over_and_settled)
        entries = self._chats.log.entries
        self.report.shown(self._now, entries[self._reported :])
        self._reported = len(entries)

    async def _handed_over_and_settled(self) -> None:
        while True:
            await self._chats.hand_over(self._process)
            await self._process.settle()
            if not self._chats.waiting():
                return

    async def _guarded(self, do: Callable[[], Awaitable[T]]) -> T:
        """Do it; where a crash is part of the play, after a restart do it again."""
        while True:
            try:
                return await do()
            except Crashed as crash:
                await self._recover(crash)

    async def _recover(self, crash: Crashed) -> None:
        if self._after_crash is None:
            raise crash
        self.report.note(self._now, f"the service dies: {crash.point}")
        await self._after_crash(crash, self._now)

    async def _check(self, step: Expect | ExpectSilence | ExpectEvents) -> None:
        shown = self._chats.log.entries[self._seen_from :]
        if isinstance(step, Expect):
            groups = [FAMILY, *(place.name for place in group_places(self._script))]
            self.report.verdict(self._now, "expect", misses(step, shown, groups))
            self._remember(step, shown)
        elif isinstance(step, ExpectSilence):
            self.report.verdict(self._now, "expect silence", silence_misses(shown))
        else:
            self.report.verdict(self._now, "expect events", await self._calendar_misses(step))

    async def _calendar_misses(self, expect: ExpectEvents) -> list[Miss]:
        first, last = expect.between
        window = Span(
            instant(datetime.combine(first, time(), self._zone)),
            instant(datetime.combine(last + timedelta(days=1), time(), self._zone)),
        )
        async with self._uow() as work:
            place = Place(expect.family, platform=expect.platform)
            chat = await work.chats.find(self._chats.address(place))
            if chat is None:
                return [Miss(f"a calendar of {expect.family}", "that chat has none")]
            household = await work.households.get(chat.household_id)
            found = await work.occurrences.overlapping(household.id, window)
        return event_misses(expect, [o for o in found if not o.reminder_only], household)

    def _remember(self, expect: Expect, shown: Sequence[Entry]) -> None:
        """What the named groups of an expectation's patterns matched, for later texts."""
        for pattern in expect.contains:
            for entry in shown:
                if found := pattern.search(entry.text):
                    self._remembered.update(found.groupdict(""))

    def _filled_in(self, text: str) -> str:
        """With `{code}` replaced by what was remembered under that name."""
        for name, value in self._remembered.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _fail(self, expected: str, got: str) -> None:
        self.report.verdict(self._now, expected, [Miss(expected, got)])

    async def _leave(self) -> None:
        """The service goes down with the script, whatever state it is in."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._stop(kill=False)
        except Exception as error:  # an unclean end is a failure like any other
            self._fail("the service stops", f"{type(error).__name__}: {error}")


def _place(step: Say | Edit | Shortcut) -> Place:
    if step.private:
        return private(step.who, step.platform)
    return Place(step.chat, platform=step.platform)


def _speaking(who: str, place: Place) -> str:
    return f"{who} ({place.platform})" if place.platform else who
