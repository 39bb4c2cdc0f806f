"""The form of an event as a Slack modal, and what was filled in read back. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from bot.slack.mrkdwn import cut, escape
from scheduling.family import Household
from scheduling.forms import (
    LEADS,
    LONGEST_PLACE,
    LONGEST_TITLE,
    REPEATS,
    EventForm,
    Field,
    FormSheet,
)
from scheduling.speech import tr

View = dict[str, Any]

CALLBACK = "event_form"
NEW_SHORTCUT = "new_event"
"""callback_id of the global shortcut."""
MOST_OPTIONS = 100
OPTION = 75
WHOLE_DAY = "whole_day"
AS_IT_IS = "as it is"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a modal was opened, carried in its private_metadata. form: what it was opened with,
    as far as its fields do not say it."""

    channel: str
    thread: str | None = None
    event_id: UUID | None = None
    recurrence_id: datetime | None = None
    repeats: str = ""

    def packed(self) -> str:
        return json.dumps(
            {
                "channel": self.channel,
                "thread": self.thread,
                "event": self.event_id.hex if self.event_id else None,
                "at": self.recurrence_id.isoformat() if self.recurrence_id else None,
                "repeats": self.repeats,
            }
        )


def origin_of(metadata: str) -> Origin:
    """Raises ValueError or KeyError for what none of our modals carries."""
    told = json.loads(metadata)
    return Origin(
        str(told["channel"]),
        told["thread"],
        UUID(told["event"]) if told["event"] else None,
        datetime.fromisoformat(told["at"]) if told["at"] else None,
        str(told["repeats"]),
    )


def form_view(sheet: FormSheet, channel: str, thread: str | None = None) -> View:
    """The modal that shows the sheet. channel, thread: where the answer is to appear."""
    form, family = sheet.form, sheet.household
    origin = Origin(channel, thread, form.event_id, form.recurrence_id, form.repeats)
    new = form.event_id is None
    blocks = [
        _text("title", tr("What"), form.title, LONGEST_TITLE, placeholder=tr("Soccer practice")),
        _input("day", tr("Day"), {"type": "datepicker", "initial_date": form.day.isoformat()}),
        _input("start", tr("From"), _clock(form.start), optional=True),
        _input("end", tr("To"), _clock(form.end), optional=True),
        _whole_day(form),
        _last_day(form),
        *_choices("members", tr("Who"), [(m.id.hex, m.name) for m in family.members], form.members),
        *_choices("things", tr("Needs"), _things(family, form), form.resources),
        _text("place", tr("Where"), form.place, LONGEST_PLACE, optional=True),
        _select("repeats", tr("Repeats"), _rhythms(form), form.repeats or NEVER),
        _select(
            "reminder",
            tr("Reminder"),
            {lead: tr(words) for lead, words in LEADS.items()},
            form.reminder,
        ),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": origin.packed(),
        "title": _plain(tr("New event") if new else tr("Change event")),
        "submit": _plain(tr("Book") if new else tr("Save")),
        "close": _plain(tr("Cancel")),
        "blocks": blocks,
    }


def form_of(view: Mapping[str, Any]) -> tuple[Origin, EventForm]:
    """What was filled in. Raises ValueError, KeyError or TypeError for what is no modal of ours."""
    origin = origin_of(str(view["private_metadata"]))
    state = view["state"]["values"]
    values = {block: next(iter(actions.values())) for block, actions in state.items()}
    whole = bool(values["whole"].get("selected_options"))
    start, end = (None if whole else _time(values[name]) for name in ("start", "end"))
    day, last = (_date(values[name]) for name in ("day", "last_day"))
    if day is None:
        raise ValueError("no day")
    form = EventForm(
        title=str(values["title"].get("value") or "").strip(),
        day=day,
        start=start,
        end=end,
        last_day=None if whole and last == day else last,
        members=_ids(values.get("members")),
        resources=_ids(values.get("things")),
        place=str(values["place"].get("value") or "").strip(),
        repeats=_rule(values["repeats"], origin),
        reminder=_chosen(values["reminder"]),
        event_id=origin.event_id,
        recurrence_id=origin.recurrence_id,
    )
    if form.reminder not in LEADS:
        raise ValueError("no such reminder")
    return origin, form


def errors(problems: Mapping[Field, str]) -> View:
    """The answer to a submission that keeps the modal open: what is wrong, at its field."""
    return {"response_action": "errors", "errors": dict(problems)}


NEVER = "never"
"""Stands for "" in a select: Slack takes no empty value."""


def _rhythms(form: EventForm) -> dict[str, str]:
    known = {rule or NEVER: tr(words) for rule, words in REPEATS.items()}
    return known if form.repeats in REPEATS else {**known, AS_IT_IS: tr("As it does now")}


def _rule(value: Mapping[str, Any], origin: Origin) -> str:
    chosen = _chosen(value)
    if chosen == AS_IT_IS:
        return origin.repeats
    rule = "" if chosen == NEVER else chosen
    if rule not in REPEATS:
        raise ValueError("no such rhythm")
    return rule


def _things(family: Household, form: EventForm) -> list[tuple[str, str]]:
    """What can be used, and what is used though it is out of service."""
    shown = [r for r in family.resources if r.capacity > 0 or r.id in form.resources]
    return [(r.id.hex, r.name) for r in shown]


def _text(
    name: str,
    label: str,
    value: str,
    longest: int,
    *,
    placeholder: str = "",
    optional: bool = False,
) -> View:
    element: View = {"type": "plain_text_input", "max_length": max(longest, len(value))}
    if value:
        element["initial_value"] = value
    if placeholder:
        element["placeholder"] = _plain(placeholder)
    return _input(name, label, element, optional=optional)


def _clock(at: time | None) -> View:
    return {"type": "timepicker", **({"initial_time": f"{at:%H:%M}"} if at else {})}


def _whole_day(form: EventForm) -> View:
    option = {"text": _plain(tr("The whole day")), "value": WHOLE_DAY}
    element: View = {"type": "checkboxes", "options": [option]}
    if form.start is None:
        element["initial_options"] = [option]
    return _input("whole", tr("Or"), element, optional=True)


def _last_day(form: EventForm) -> View:
    element: View = {"type": "datepicker"}
    if form.last_day is not None:
        element["initial_date"] = form.last_day.isoformat()
    return _input("last_day", tr("Last day, if it takes several"), element, optional=True)


def _choices(
    name: str, label: str, known: Sequence[tuple[str, str]], chosen: Sequence[UUID]
) -> list[View]:
    """None where the family has nothing to choose from: Slack takes no empty list. In groups
    where there are more than a list may have."""
    options = {value: _option(words, value) for value, words in known}
    if not options:
        return []
    offered = list(options.values())
    element: View = {"type": "multi_static_select"}
    if len(offered) <= MOST_OPTIONS:
        element["options"] = offered
    else:
        pages = range(0, min(len(offered), MOST_OPTIONS**2), MOST_OPTIONS)
        element["option_groups"] = [_group(offered[i : i + MOST_OPTIONS]) for i in pages]
    initial = [options[i.hex] for i in chosen if i.hex in options]
    if initial:
        element["initial_options"] = initial
    return [_input(name, label, element, optional=True)]


def _select(name: str, label: str, known: Mapping[str, str], chosen: str) -> View:
    options = {value: _option(words, value) for value, words in known.items()}
    initial = options.get(chosen) or options.get(AS_IT_IS) or next(iter(options.values()))
    element = {
        "type": "static_select",
        "options": list(options.values()),
        "initial_option": initial,
    }
    return _input(name, label, element)


def _input(name: str, label: str, element: View, *, optional: bool = False) -> View:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": {"action_id": name, **element},
        "optional": optional,
    }


def _option(words: str, value: str) -> View:
    return {"text": _plain(words or "…"), "value": value}


def _group(offered: list[View]) -> View:
    first, last = (cut(one["text"]["text"], OPTION // 2 - 2) for one in (offered[0], offered[-1]))
    label = {"type": "plain_text", "text": f"{first} – {last}", "emoji": False}
    return {"label": label, "options": offered}


def _plain(words: str) -> View:
    """Slack unescapes plain text too."""
    return {"type": "plain_text", "text": cut(escape(words), OPTION), "emoji": False}


def _time(value: Mapping[str, Any]) -> time | None:
    chosen = value.get("selected_time")
    return time.fromisoformat(chosen) if chosen else None


def _date(value: Mapping[str, Any]) -> date | None:
    chosen = value.get("selected_date")
    return date.fromisoformat(chosen) if chosen else None


def _ids(value: Mapping[str, Any] | None) -> tuple[UUID, ...]:
    return tuple(UUID(o["value"]) for o in (value or {}).get("selected_options") or [])


def _chosen(value: Mapping[str, Any]) -> str:
    return str((value.get("selected_option") or {}).get("value") or "")
