"""A request in words a language model picked out of a message.

A model never says when something is: it names the words that do, and `resolving` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from scheduling.edits import Scope
from scheduling.language.question_kinds import QueryKind

Kind = Literal["create", "move", "cancel", "query", "remind", "other"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Worded:
    """One thing asked for, in words. Texts are "" and lists () where nothing was said.

    title: what is to be booked, or to be reminded of, as written. time: when, in English words
    ("next Friday 4pm", "every Tuesday"); of a move the new time. target, target_time: which event
    that exists is meant. length, lead: "90 minutes"; lead: how long ahead to remind. plain: the
    whole request as one short English sentence, for what the other fields have no room for.
    """

    kind: Kind
    title: str = ""
    people: tuple[str, ...] = ()
    time: str = ""
    length: str = ""
    lead: str = ""
    resources: tuple[str, ...] = ()
    place: str = ""
    target: str = ""
    target_time: str = ""
    scope: Scope | None = None
    question: QueryKind | None = None
    plain: str = ""
