"""A small language for what JSON may look like, with Slack's words for what is wrong with it.

A rule takes a value and where it stands, and yields complaints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]
Rules = Mapping[str, Rule]


def complaint(text: str, at: str) -> str:
    return f"{text} [json-pointer:{at}]"


def anything(value: Any, at: str) -> Iterator[str]:
    yield from ()


def flag(value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield complaint("must be a boolean", at)


def whole(least: int, most: int) -> Rule:
    """A whole number."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield complaint("must be an integer", at)
        elif not least <= value <= most:
            yield complaint(f"must be between {least} and {most}", at)

    return rule


def chars(most: int, least: int = 1) -> Rule:
    """Text of so many characters."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield complaint("must be a string", at)
        elif len(value) > most:
            yield complaint(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            yield complaint(f"must be more than {least - 1} characters", at)

    return rule


def pattern(expression: str) -> Rule:
    compiled = re.compile(expression)

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield complaint(f"failed to match pattern: {expression}", at)

    return rule


def one_of(*choices: str) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        if value not in choices:
            yield complaint("must be a valid enum value", at)

    return rule


def items(each: Rule, most: int, least: int = 1) -> Rule:
    """A list."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield complaint("must be an array", at)
            return
        if len(value) > most:
            yield complaint(f"no more than {most} items allowed", at)
        if len(value) < least:
            yield complaint(f"no fewer than {least} items allowed", at)
        for number, item in enumerate(value):
            yield from each(item, f"{at}/{number}")

    return rule


def shape(needed: Rules, allowed: Rules | None = None) -> Rule:
    """An object with these properties and no others."""
    rules = {**needed, **(allowed or {})}

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield complaint("must be an object", at)
            return
        for name in needed:
            if value.get(name) is None:
                yield complaint(f"missing required field: {name}", at)
        for name, found in value.items():
            if name not in rules:
                yield complaint(f"invalid additional property: {name}", at)
            elif found is not None:
                yield from rules[name](found, f"{at}/{name}")

    return rule


def by_type(kinds: Rules) -> Rule:
    """An object that says by its `type` what it is."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield complaint("must be an object", at)
            return
        known = kinds.get(str(value.get("type")))
        if known is None:
            yield complaint(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            yield from known(value, at)

    return rule


def both(*rules: Rule) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        for one in rules:
            yield from one(value, at)

    return rule
