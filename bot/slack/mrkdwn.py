"""Slack's text in both directions: what people wrote out of its escapes, ours into them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.commands import COMMANDS

_ENTITY = re.compile(r"<([^<>]*)>")
_COMMAND = re.compile(rf"(?<![\w/:.])/({'|'.join(COMMANDS)})\b")
_SPACES = re.compile(r"[^\S\n]{2,}")


def escape(text: str) -> str:
    """Text that can be no mention, link or broadcast, whatever it says. Slack knows these three
    characters; `verbatim` in our text objects keeps it from finding links by itself."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(escaped: str, length: int) -> str:
    """At most so many characters of escaped text, and no half of an escape at its end."""
    if len(escaped) <= length:
        return escaped
    kept = escaped[: length - 1]
    start = kept.rfind("&")
    return f"{kept if start < 0 or ';' in kept[start:] else kept[:start]}…"


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(text: str, names: Mapping[str, str], me: str) -> str:
    """What a person wrote, as they read it themselves, without the mention of us.

    names: user id → name, for those mentioned. me: our own user id.
    """

    def shown(found: re.Match[str]) -> str:
        return _shown(found[1], names, me)

    said = unescape(_ENTITY.sub(shown, text))
    return _SPACES.sub(" ", said).strip().lstrip(",:;").strip()


def mentions(text: str) -> list[str]:
    """Ids of the users mentioned, in order."""
    return [
        found[1].removeprefix("@").partition("|")[0]
        for found in _ENTITY.finditer(text)
        if found[1].startswith("@")
    ]


def _shown(entity: str, names: Mapping[str, str], me: str) -> str:
    target, _, label = entity.partition("|")
    if target.startswith("@"):
        user = target[1:]
        return "" if user == me else escape(names.get(user, "")) or label or "someone"
    if target.startswith("#"):
        return f"#{label}" if label else "a channel"
    if target.startswith("!date"):
        return label
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target.removeprefix("mailto:")


def with_our_commands(text: str) -> str:
    """Every command named in the text, as it is typed here: "/week" is "/family week"."""
    return _COMMAND.sub(lambda found: f"/family {_SUBCOMMANDS.get(found[1], found[1])}", text)


_SUBCOMMANDS = {"family": "members"}


def command_line(text: str) -> str:
    """What was typed after "/family", as the product knows it. A sentence is one to add, or to
    answer: whoever types a command gets a word back."""
    first, *rest = text.split(maxsplit=1) or ["help"]
    word = first.casefold().removeprefix("/")
    name = next((n for n, ours in _SUBCOMMANDS.items() if word == ours), word)
    if name in COMMANDS:
        return " ".join([f"/{name}", *rest]).strip()
    return f"/add {text.strip()}"
