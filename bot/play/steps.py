"""The steps of a script, one reader each; the table at the end names them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from bot.play.fields import Fields, instant_of, length_of, local_moment
from bot.play.log import Page
from bot.play.script import (
    FAMILY,
    MAIN,
    Edit,
    Expect,
    ExpectedEvent,
    ExpectEvents,
    ExpectModel,
    ExpectSilence,
    FillForm,
    MoveClock,
    OpenHome,
    Restart,
    Say,
    ScriptError,
    Shortcut,
    Start,
    Step,
    Stop,
    Tap,
)
from scheduling.events import Status


class StepReader:
    """Reads steps in order, because time may only move on from one to the next."""

    def __init__(
        self, zone: ZoneInfo, start: datetime, folder: Path, platforms: tuple[str, ...] = ()
    ) -> None:
        self._zone = zone
        self._platforms = platforms
        self._now = start
        self._folder = folder
        self._readers: dict[str, Callable[[Fields, str], Step]] = {
            "say": self._say,
            "command": self._command,
            "edit": self._edit,
            "tap": self._tap,
            "home": self._home,
            "shortcut": self._shortcut,
            "form": self._form,
            "clock": self._clock,
            "advance": self._advance,
            "stop": lambda step, key: Stop(self._killed(step, key)),
            "restart": lambda step, key: Restart(self._killed(step, key)),
            "start": self._start,
            "expect": self._expect,
            "expect_silence": self._silence,
            "expect_model": self._model,
            "expect_events": self._events,
        }

    def steps(self, script: Fields) -> tuple[Step, ...]:
        """Take and read `steps`. Raises ScriptError."""
        items = script.take("steps")
        if not isinstance(items, list) or not items:
            raise script.fail("steps", "a list of steps", items)
        return tuple(
            self._step(Fields(item, f"{script.where}, step {number}"))
            for number, item in enumerate(items, 1)
        )

    def _step(self, step: Fields) -> Step:
        keys = step.names()
        if len(keys) != 1 or keys[0] not in self._readers:
            known = ", ".join(self._readers)
            raise ScriptError(
                step.where, f"needs one of {known}, not {', '.join(keys) or 'nothing'}"
            )
        return self._readers[keys[0]](step, keys[0])

    def _say(self, step: Fields, key: str) -> Say:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        said = Say(
            who=fields.name("as"),
            text=fields.text("text", ""),
            addressed=fields.flag("addressed", True),
            private=fields.flag("private"),
            chat=fields.text("chat", FAMILY),
            platform=self._platform(fields) or MAIN,
            reply_to=fields.pattern("reply_to"),
            update_id=fields.number("update_id"),
            file=self._file(fields),
            forwarded_from=fields.text("forwarded_from", "") or None,
            written=self._written(fields),
        )
        fields.done()
        return said

    def _written(self, fields: Fields) -> datetime | None:
        value = fields.take("written", None)
        return None if value is None else instant_of(fields, "written", value, self._zone)

    def _platform(self, fields: Fields) -> str | None:
        """The other platform this step is on, None = the main one."""
        value = fields.take("platform", None)
        if value is not None and value not in self._platforms:
            known = " or ".join(self._platforms) or "other_platforms at the head of the script"
            raise fields.fail("platform", known, value)
        return value and str(value)

    def _file(self, fields: Fields) -> Path | None:
        value = fields.take("file", None)
        if value is None:
            return None
        path = self._folder / str(value)
        if not path.is_file():
            raise fields.fail("file", "a file beside the script", value)
        return path

    def _command(self, step: Fields, key: str) -> Say:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        text = fields.name("text")
        if not text.startswith("/"):
            raise fields.fail("text", 'a command such as "/week"', text)
        said = Say(
            who=fields.name("as"),
            text=text,
            private=fields.flag("private"),
            chat=fields.text("chat", FAMILY),
            platform=self._platform(fields) or MAIN,
            update_id=fields.number("update_id"),
            command=True,
        )
        fields.done()
        return said

    def _edit(self, step: Fields, key: str) -> Edit:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        message = fields.pattern("message")
        if message is None:
            raise ScriptError(fields.where, "message is required")
        edit = Edit(
            who=fields.name("as"),
            message=message,
            text=fields.text("text"),
            private=fields.flag("private"),
            chat=fields.text("chat", FAMILY),
            platform=self._platform(fields) or MAIN,
        )
        fields.done()
        return edit

    def _tap(self, step: Fields, key: str) -> Tap:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        option = fields.pattern("option")
        button = fields.pattern("button") or (option and re.compile(""))
        if button is None:
            raise ScriptError(fields.where, "button is required")
        tap = Tap(
            who=fields.name("as"),
            button=button,
            option=option,
            card=fields.pattern("card"),
            stale=fields.flag("stale"),
            chat=fields.text("chat", FAMILY),
            platform=self._platform(fields) or MAIN,
            page=_page(fields),
        )
        fields.done()
        return tap

    def _home(self, step: Fields, key: str) -> OpenHome:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        home = OpenHome(fields.name("as"), self._platform(fields) or MAIN)
        fields.done()
        return home

    def _shortcut(self, step: Fields, key: str) -> Shortcut:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        shortcut = Shortcut(
            who=fields.name("as"),
            message=fields.pattern("message"),
            chat=fields.text("chat", FAMILY),
            private=fields.flag("private"),
            platform=self._platform(fields) or MAIN,
        )
        fields.done()
        return shortcut

    def _form(self, step: Fields, key: str) -> FillForm:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        form = FillForm(
            who=fields.name("as"),
            given=fields.answers("fill"),
            cancel=fields.flag("cancel"),
            platform=self._platform(fields) or MAIN,
        )
        if form.cancel and form.given:
            raise ScriptError(fields.where, "needs either `fill` or `cancel`")
        fields.done()
        return form

    def _clock(self, step: Fields, key: str) -> MoveClock:
        value = step.take(key)
        to = instant_of(step, key, value, self._zone)
        if to < self._now:
            raise step.fail(key, "a later time, as time cannot go back", value)
        self._now = to
        return MoveClock(to)

    def _advance(self, step: Fields, key: str) -> MoveClock:
        self._now += length_of(step, key, step.take(key))
        return MoveClock(self._now)

    def _killed(self, step: Fields, key: str) -> bool:
        value = step.take(key)
        if value is not True and value != "kill":
            raise step.fail(key, "true or kill", value)
        return bool(value == "kill")

    def _start(self, step: Fields, key: str) -> Start:
        self._only_true(step, key)
        return Start()

    def _silence(self, step: Fields, key: str) -> ExpectSilence:
        self._only_true(step, key)
        return ExpectSilence()

    def _only_true(self, step: Fields, key: str) -> None:
        value = step.take(key)
        if value is not True:
            raise step.fail(key, "true", value)

    def _expect(self, step: Fields, key: str) -> Expect:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        to = fields.take("to", None)
        expect = Expect(
            contains=fields.patterns("contains"),
            not_contains=fields.patterns("not_contains"),
            buttons=fields.patterns("buttons"),
            to=None if to is None else str(to),
            count=fields.number("count"),
            platform=self._platform(fields),
            page=_page(fields),
            thread=fields.pattern("thread"),
        )
        if expect.page and expect.to is None:
            raise ScriptError(fields.where, "page needs `to`: whose page it is")
        fields.done()
        return expect

    def _model(self, step: Fields, key: str) -> ExpectModel:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        expected = ExpectModel(fields.patterns("asked"), fields.number("count"))
        fields.done()
        return expected

    def _events(self, step: Fields, key: str) -> ExpectEvents:
        fields = Fields(step.take(key), f"{step.where}, {key}")
        exactly = "are" in fields
        if exactly == ("include" in fields):
            raise ScriptError(fields.where, "needs either `are` or `include`")
        expected = ExpectEvents(
            between=self._days(fields),
            events=tuple(map(_event, fields.mappings("are" if exactly else "include"))),
            exactly=exactly,
            family=fields.text("family", FAMILY),
            platform=self._platform(fields) or MAIN,
        )
        fields.done()
        return expected

    def _days(self, fields: Fields) -> tuple[date, date]:
        value = fields.take("between")
        if not isinstance(value, list) or len(value) != 2:
            raise fields.fail("between", "the first and the last day", value)
        first, last = (_day(local_moment(fields, "between", day)) for day in value)
        if last < first:
            raise fields.fail("between", "days in order", value)
        return first, last


def _page(fields: Fields) -> Page:
    return cast(Page, fields.choice("page", ["", "home", "form"], ""))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _event(fields: Fields) -> ExpectedEvent:
    all_day = fields.take("all_day", None)
    event = ExpectedEvent(
        title=fields.pattern("title"),
        start=_moment(fields, "start"),
        end=_moment(fields, "end"),
        all_day=None if all_day is None else bool(all_day),
        people=_names(fields, "people"),
        resources=_names(fields, "resources"),
        place=fields.pattern("place"),
        status=fields.choice("status", [s.value for s in Status], Status.CONFIRMED.value),
    )
    fields.done()
    return event


def _moment(fields: Fields, key: str) -> date | datetime | None:
    value = fields.take(key, None)
    return None if value is None else local_moment(fields, key, value)


def _names(fields: Fields, key: str) -> frozenset[str] | None:
    if key not in fields:
        return None
    return frozenset(name.casefold() for name in fields.texts(key))
