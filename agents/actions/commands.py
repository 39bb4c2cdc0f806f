"""Slash commands that need no question: each calls an action directly.

/add, /move, /cancel and /remind are words for the orchestrator instead; `as_words` says which.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from agents.actions.export import CalendarWriter, export
from agents.actions.family import family_command
from agents.actions.feeds import calendar_command
from agents.actions.forgetting import forget_command
from agents.actions.habits import list_habits
from agents.actions.home import show_home
from agents.actions.linking import link_command
from agents.actions.onboarding import HELP, start
from agents.actions.resources import resources_command
from agents.actions.rules import list_rules
from agents.actions.settings import settings_command
from agents.actions.tokens import token_command
from agents.actions.undo import undo_latest
from agents.actions.unlinking import unlink_command
from agents.actions.which_family import only_private
from agents.archived import OpenArchive
from agents.models.port import Shown
from agents.queries.agenda import agenda, next_days
from agents.queries.free import common_slots
from agents.queries.things import standing_clashes
from agents.scene import Scene
from scheduling.imports import CalendarFile
from scheduling.messages import ChatAddress, FileRef, Hearing
from scheduling.speech import tr

_SAID = {"add": "{}", "move": "move {}", "cancel": "cancel {}", "remind": "remind {}"}
_EXAMPLES = {
    "add": "/add piano Tuesday 4pm, Mia",
    "move": "/move piano to Thursday 5pm",
    "cancel": "/cancel piano on Tuesday",
    "remind": "/remind Dad to call the school at 5pm",
}

_UNKNOWN = Hearing()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What commands need of the process they run in. key: secret of calendar links
    and of the codes that join chats. archive: where older requests are, another machine perhaps.
    backup_days: for which backups are kept, where there are any.
    hearing, fetch: ask a chat's platform, so never within a transaction. read_calendar: a file's
    bytes, its name and the family's zone. read_document: a PDF's words. shrink: a photo made
    small. All three compute, so on a thread of their own."""

    write_calendar: CalendarWriter
    hearing: Callable[[ChatAddress], Awaitable[Hearing]]
    fetch: Callable[[ChatAddress, FileRef], Awaitable[bytes]]
    read_calendar: Callable[[bytes, str, str], CalendarFile]
    read_document: Callable[[bytes], str]
    shrink: Callable[[bytes], Shown]
    public_base_url: str = ""
    key: bytes = b""
    archive: OpenArchive = lambda: None
    backup_days: int = 0


def is_command(line: str) -> bool:
    """Whether a message that became this by an edit is a command; one that comes as such is
    known by its kind."""
    return line[:1] == "/" and line[1:2].isalpha()


def split(line: str) -> tuple[str, str]:
    """ "/add@bot piano" → ("add", "piano")."""
    name, _, words = line.strip().removeprefix("/").partition(" ")
    return name.partition("@")[0].casefold(), words.strip()


def as_words(line: str) -> str | None:
    """The sentence a command stands for, where it is one for the orchestrator.

    "/free Saturday for 2 hours" and "/rules no events …" are questions and rules in words.
    """
    name, words = split(line)
    if name in _SAID and words:
        return _SAID[name].format(words)
    if name == "free" and words:
        return f"when are we free {words}"
    if name == "week" and words.casefold().removesuffix(" week") == "next":
        return "what's on next week?"
    if name == "rules" and words:
        return words
    if name in ("conflicts",) and words:
        return f"any conflicts {words}"
    return None


def asks_platform(line: str) -> bool:
    """Whether the answer needs to know how we are heard in that chat."""
    name, words = split(line)
    return name == "start" or (name == "settings" and words.casefold().startswith("listen"))


def asks_archive(line: str) -> bool:
    """Whether the answer holds what is archived of the family."""
    return split(line)[0] == "export"


def asks_outside(line: str) -> bool:
    """Whether something that is not in the database has to be asked before it can be answered."""
    return asks_platform(line) or asks_archive(line)


async def run_command(
    scene: Scene,
    line: str,
    around: Surroundings,
    hearing: Hearing = _UNKNOWN,
    archived: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Answer a command. An unknown one is answered with the list of those there are.
    hearing: what the platform says of the chat, where `asks_platform`. archived: the family's
    older requests, where `asks_archive`."""
    name, words = split(line)
    if name in _EXAMPLES:
        await scene.say(tr("For example: {examples}", examples=_EXAMPLES[name]), to_asker=True)
    elif name == "start":
        await greet(scene, hearing)
    elif name == "settings":
        await settings_command(scene, words, hearing.unheard)
    elif name == "export":
        await export(scene, around.write_calendar, archived)
    elif name == "forget":
        await forget_command(scene, words, around.backup_days)
    elif name == "calendar":
        await calendar_command(scene, words, around.public_base_url, around.key)
    elif name == "token":
        await token_command(scene, words, around.key)
    elif name == "link":
        await link_command(scene, words, around.key)
    else:
        await _COMMANDS.get(name, _unknown)(scene, words)


async def greet(scene: Scene, hearing: Hearing) -> None:
    """/start, and the bot's arrival in a group. A family that has a group needs no way there."""
    chat = await scene.uow.chats.get(scene.household.id, scene.chat_id)
    alone = chat is not None and chat.address.private
    wanted = not alone or await only_private(scene.uow, scene.household.id)
    await start(scene, hearing.advice if wanted else "")


async def _unknown(scene: Scene, words: str) -> None:
    await scene.say(tr("I don't know that command. /help shows what you can write."), to_asker=True)


async def _today(scene: Scene, words: str) -> None:
    await scene.say(await agenda(scene, next_days(scene, 1)))


async def _week(scene: Scene, words: str) -> None:
    await scene.say(await agenda(scene, next_days(scene, 7)))


async def _free(scene: Scene, words: str) -> None:
    length = timedelta(minutes=scene.household.settings.default_duration)
    await scene.say(await common_slots(scene, next_days(scene, 7), (), (), length))


async def _conflicts(scene: Scene, words: str) -> None:
    await scene.say(await standing_clashes(scene, next_days(scene, 14)))


async def _rules(scene: Scene, words: str) -> None:
    habits = await scene.uow.habits.all(scene.household.id)
    listed = [list_rules(scene.household), list_habits(habits, scene.household)]
    await scene.say("\n".join(lines for lines in listed if lines))


async def _help(scene: Scene, words: str) -> None:
    await scene.say(tr(HELP), to_asker=True)


async def _home(scene: Scene, words: str) -> None:
    await show_home(scene)


async def _undo(scene: Scene, words: str) -> None:
    await undo_latest(scene)


_COMMANDS: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "help": _help,
    "home": _home,
    "today": _today,
    "week": _week,
    "free": _free,
    "conflicts": _conflicts,
    "family": family_command,
    "resources": resources_command,
    "rules": _rules,
    "undo": _undo,
    "unlink": unlink_command,
}
