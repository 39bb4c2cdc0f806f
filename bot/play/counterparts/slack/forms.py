"""What people choose and type in blocks, as `state.values` and `actions` write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.play.counterparts.slack.blocks import elements
from bot.play.counterparts.slack.looks import options
from bot.play.counterparts.slack.model import Block, Filled

Given = str | int | Sequence[str] | None
"""Text, a date, a time, the value or label of an option, or several of those."""

_VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""Where an element's value stands, and where its first one."""

Place = tuple[Block, dict[str, Any]]


def initial(blocks: Iterable[Block]) -> Filled:
    """Before anybody touched anything."""
    return {
        (block["block_id"], element["action_id"]): _written(element, _first(element))
        for block, element in _places(blocks)
        if element["type"] != "overflow"
    }


def find(blocks: Iterable[Block], name: str) -> Place:
    """By the label a person reads, else by block id or action id. Raises LookupError."""
    places = list(_places(blocks))
    for read in (_label, _block_id, _action_id):
        for block, element in places:
            if read(block, element) == name:
                return block, element
    raise LookupError(f"nothing to fill in called {name!r}")


def fill(element: dict[str, Any], given: Given) -> dict[str, Any]:
    """The element's value once a person gave this; None empties it. Raises LookupError for an
    option that is not offered."""
    where, _ = _VALUES[element["type"]]
    if where == "selected_option":
        return _written(element, None if given is None else _option(element, given))
    if where == "selected_options":
        return _written(element, [_option(element, one) for one in _several(given)])
    if where == "selected_users":
        return _written(element, _several(given))
    if where == "selected_date_time" and given:
        return _written(element, int(str(given)))
    return _written(element, None if given == "" else given)


def missing(blocks: Iterable[Block], filled: Filled) -> list[str]:
    """Block ids of inputs that have to be filled in and are not; Slack asks for those itself."""
    return [
        block["block_id"]
        for block, element in _places(blocks)
        if block["type"] == "input" and not block.get("optional")
        if not filled[block["block_id"], element["action_id"]].get(_VALUES[element["type"]][0])
    ]


def _places(blocks: Iterable[Block]) -> Iterator[Place]:
    for block in blocks:
        for element in elements(block):
            if element["type"] in _VALUES:
                yield block, element


def _label(block: Block, element: dict[str, Any]) -> str:
    return str(block.get("label", {}).get("text", ""))


def _block_id(block: Block, element: dict[str, Any]) -> str:
    return str(block["block_id"])


def _action_id(block: Block, element: dict[str, Any]) -> str:
    return str(element["action_id"])


def _first(element: dict[str, Any]) -> Any:
    return element.get(_VALUES[element["type"]][1])


def _written(element: dict[str, Any], value: Any) -> dict[str, Any]:
    where, _ = _VALUES[element["type"]]
    if value is None and where in ("selected_options", "selected_users"):
        value = []
    written = {"type": element["type"], where: value}
    if element["type"] == "timepicker" and element.get("timezone"):
        written["timezone"] = element["timezone"]
    return written


def _several(given: Given) -> list[str]:
    if given is None:
        return []
    return [str(given)] if isinstance(given, (str, int)) else list(given)


def _option(element: dict[str, Any], given: Given) -> dict[str, Any]:
    for option in options(element):
        if given in (option["value"], option["text"]["text"]):
            return dict(option)
    offered = [option["text"]["text"] for option in options(element)]
    raise LookupError(f"no option {given!r} among {offered}")
