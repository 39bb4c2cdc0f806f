"""Block Kit's elements and composition objects, with their documented limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.play.counterparts.slack.shapes import (
    Rule,
    anything,
    both,
    by_type,
    chars,
    complaint,
    flag,
    items,
    one_of,
    pattern,
    shape,
    whole,
)

TYPE = {"type": anything}
_DATE = pattern(r"\d{4}-\d{2}-\d{2}")
_TIME = pattern(r"\d{2}:\d{2}")


def plain(most: int) -> Rule:
    """A `plain_text` object."""
    written = shape({**TYPE, "text": chars(most)}, {"emoji": flag})
    return by_type({"plain_text": written})


def text(most: int) -> Rule:
    """A text object of either kind."""
    plain_text = shape({**TYPE, "text": chars(most)}, {"emoji": flag})
    mrkdwn = shape({**TYPE, "text": chars(most)}, {"verbatim": flag})
    return by_type({"plain_text": plain_text, "mrkdwn": mrkdwn})


CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def _option(label: Rule) -> Rule:
    more = {"description": text(75), "url": chars(3000)}
    return shape({"text": label, "value": chars(150)}, more)


_PLAIN_OPTION, _OPTION = _option(plain(75)), _option(text(75))
_GROUP = shape({"label": plain(75), "options": items(_PLAIN_OPTION, 100)})
_COMMON = {"action_id": chars(255), "focus_on_load": flag}
_CONFIRMED = {**_COMMON, "confirm": CONFIRM}
_PLACEHOLDER = {"placeholder": plain(150)}
_OPTIONS = {"options": items(_PLAIN_OPTION, 100), "option_groups": items(_GROUP, 100)}


def _options_of(value: dict[str, Any]) -> list[Any]:
    groups = value.get("option_groups") or []
    return [*(value.get("options") or []), *(one for g in groups for one in g.get("options", []))]


def _has_options(value: Any, at: str) -> Iterator[str]:
    if not value.get("options") and not value.get("option_groups"):
        yield complaint("missing required field: options", at)


def _starts_with_options(value: Any, at: str) -> Iterator[str]:
    """What is chosen at first is, to the letter, one of the options."""
    first = value.get("initial_option")
    chosen = [*(value.get("initial_options") or []), *([first] if first else [])]
    if any(one not in _options_of(value) for one in chosen):
        yield complaint("initial option must be one of the options", at)


def _select(**more: Rule) -> Rule:
    fields = {**_CONFIRMED, **_PLACEHOLDER, **_OPTIONS, **more}
    return both(shape(TYPE, fields), _has_options, _starts_with_options)


def _chooser(**more: Rule) -> Rule:
    """A select whose options Slack fills in."""
    return shape(TYPE, {**_CONFIRMED, **_PLACEHOLDER, **more})


def _picks(**more: Rule) -> Rule:
    fields = {**_CONFIRMED, **more}
    return both(
        shape({**TYPE, "options": items(_OPTION, 10)}, fields),
        _starts_with_options,
    )


def _field(**more: Rule) -> Rule:
    """Something to type in."""
    return shape(TYPE, {**_COMMON, **_PLACEHOLDER, "dispatch_action_config": anything, **more})


_SEVERAL = {"max_selected_items": whole(1, 1000)}
_ID, _IDS = chars(255), items(chars(255), 1000, 0)
_BUTTON = shape(
    {**TYPE, "text": plain(75)},
    {
        "action_id": chars(255),
        "url": chars(3000),
        "value": chars(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": chars(75),
    },
)
IMAGE = shape({**TYPE, "alt_text": chars(2000)}, {"image_url": chars(3000), "slack_file": anything})
_OVERFLOW = shape(
    {**TYPE, "options": items(_PLAIN_OPTION, 5)}, {"action_id": chars(255), "confirm": CONFIRM}
)
_PLAIN_INPUT = _field(
    initial_value=chars(3000, 0),
    multiline=flag,
    min_length=whole(0, 3000),
    max_length=whole(1, 3000),
)

_CHOICES: dict[str, Rule] = {
    "static_select": _select(initial_option=anything),
    "multi_static_select": _select(initial_options=anything, **_SEVERAL),
    "users_select": _chooser(initial_user=_ID),
    "multi_users_select": _chooser(initial_users=_IDS, **_SEVERAL),
    "conversations_select": _chooser(
        initial_conversation=_ID, default_to_current_conversation=flag, filter=anything
    ),
    "channels_select": _chooser(initial_channel=_ID),
    "datepicker": _chooser(initial_date=_DATE),
    "timepicker": _chooser(initial_time=_TIME, timezone=chars(100)),
    "datetimepicker": _chooser(initial_date_time=whole(1_000_000_000, 9_999_999_999)),
    "radio_buttons": _picks(initial_option=anything),
    "checkboxes": _picks(initial_options=anything),
}
ACTIONS = by_type({**_CHOICES, "button": _BUTTON, "overflow": _OVERFLOW})
ACCESSORY = by_type({**_CHOICES, "button": _BUTTON, "overflow": _OVERFLOW, "image": IMAGE})
INPUTS = by_type(
    {
        **_CHOICES,
        "plain_text_input": _PLAIN_INPUT,
        "email_text_input": _field(initial_value=chars(3000, 0)),
        "url_text_input": _field(initial_value=chars(3000, 0)),
        "number_input": shape(
            {**TYPE, "is_decimal_allowed": flag},
            {
                **_COMMON,
                **_PLACEHOLDER,
                "initial_value": anything,
                "min_value": anything,
                "max_value": anything,
                "dispatch_action_config": anything,
            },
        ),
    }
)
