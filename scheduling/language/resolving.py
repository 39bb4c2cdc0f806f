"""A model's words, read by the same grammar as everybody's, and held against the message.

What a model names it may have made up; what it says that is not in the message is doubtful.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from scheduling.language.interpret import interpret
from scheduling.language.lengths import length_in
from scheduling.language.readings import (
    Approve,
    Cancel,
    Context,
    Create,
    Intent,
    Move,
    Query,
    Reject,
    Remind,
    Target,
    Undo,
    Who,
)
from scheduling.language.times import main_time
from scheduling.language.tongues.english import englished
from scheduling.language.when import When
from scheduling.language.worded import Worded

CLEAN, DOUBTFUL = 0.9, 0.5
"""How sure a reading is whose words are all in the message, and one whose words are not."""


def resolve(worded: Worded, text: str, context: Context, now: datetime) -> tuple[Intent, ...]:
    """What the words come to; () where the grammar can make nothing of them. now: naive local.
    A reading that the message does not bear out is unsure, so that it is asked about."""
    found = _resolved(worded, context, now)
    sure = CLEAN if borne_out(worded, text, context) else DOUBTFUL
    return tuple(replace(item, confidence=min(sure, item.confidence)) for item in found)


def _resolved(worded: Worded, context: Context, now: datetime) -> tuple[Intent, ...]:
    when = _when(worded, now)
    if (worded.time and when is None) or worded.kind == "other":
        read = interpret(worded.plain, context, now).items if worded.plain else ()
        # What is open is decided by people, and so is taking back.
        return tuple(i for i in read if not isinstance(i, Approve | Reject | Undo))
    who = _who(worded.people, context)
    things, unknown = _things(worded.resources, context)
    target = Target(worded.target, _who((), context), _time(worded.target_time, now))
    match worded.kind:
        case "create" if worded.title:
            lead = length_in(worded.lead)
            return (
                Create(
                    worded.title,
                    when,
                    who,
                    resources=things,
                    unknown_resources=unknown,
                    place=worded.place or None,
                    reminders=(lead,) if lead else (),
                ),
            )
        case "move" if worded.target and when is not None:
            return (Move(target, when, scope=worded.scope, to_words=worded.time),)
        case "cancel" if worded.target:
            return (Cancel(target, worded.scope),)
        case "query" if worded.question is not None:
            about = target if worded.target else None
            length = length_in(worded.length)
            return (Query(worded.question, when, who, things, about, length),)
        case "remind" if worded.title:
            return (Remind(worded.title, when, who),)
    return ()


def _time(words: str, now: datetime) -> When | None:
    return main_time(words, now) if words else None


def _when(worded: Worded, now: datetime) -> When | None:
    when = _time(worded.time, now)
    length = length_in(worded.length)
    if when is None or length is None or length <= timedelta() or when.end is not None:
        return when
    return replace(when, duration=length)


_ME = frozenset({"i", "me", "my", "myself", "mine", "us", "we"})
_ALL = frozenset({"everyone", "everybody", "all", "family", "the family", "all of us"})
_KIDS = frozenset({"kids", "the kids", "children", "the children"})


def _who(words: tuple[str, ...], context: Context) -> Who:
    names: list[str] = []
    unknown: list[str] = []
    everyone = False
    for word in words:
        plain = word.strip().casefold()
        if plain in _ALL:
            everyone = True
        elif plain in _ME:
            names.append(context.sender)
        elif plain in _KIDS:
            names += [p.name for p in context.people if p.role == "child"]
        else:
            known = _named(plain, context)
            (names if known else unknown).append(known or word.strip())
    if everyone:
        names = [p.name for p in context.people]
    kept = tuple(dict.fromkeys(name for name in names if name))
    return Who(kept, bool(kept or unknown), everyone, tuple(dict.fromkeys(unknown)))


def _named(plain: str, context: Context) -> str | None:
    for person in context.people:
        if plain in {person.name.casefold(), *(alias.casefold() for alias in person.aliases)}:
            return person.name
    return None


def _things(words: tuple[str, ...], context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the household, and those it does not have."""
    known: list[str] = []
    unknown: list[str] = []
    for word in words:
        plain = re.sub(r"^(?:the|our|my) ", "", word.strip().casefold())
        found = next((r for r in context.resources if r.casefold() == plain), None)
        (known if found else unknown).append(found or plain)
    return tuple(dict.fromkeys(known)), tuple(dict.fromkeys(unknown))


_DIGITS = re.compile(r"\d+")
_SPELLED = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "noon": "12",
    "midnight": "12", "half": "30", "quarter": "15",
}  # fmt: skip


def borne_out(worded: Worded, text: str, context: Context) -> bool:
    """Whether the message has every number, person and title that the words name."""
    said = f"{text}\n{englished(text, context)}".casefold()
    words = set(re.findall(r"\w+", said))
    numbers = {n.lstrip("0") or "0" for n in _DIGITS.findall(said)}
    numbers |= {digits for spelled, digits in _SPELLED.items() if spelled in words}
    told = f"{worded.time} {worded.target_time} {worded.length} {worded.lead}"
    if worded.kind == "other":
        told += f" {worded.plain}"
    named = {n.lstrip("0") or "0" for n in _DIGITS.findall(told)} - {"0"}
    if not named <= numbers:
        return False
    if not all(_is_said(person, words, context) for person in worded.people):
        return False
    if worded.kind == "other" or not (worded.title or worded.target):
        # Its own sentence is all there is: each word of weight has to be the family's.
        return {w for w in re.findall(r"\w+", worded.plain.casefold()) if len(w) > 3} <= words
    subject = worded.title or worded.target
    return bool(set(re.findall(r"\w+", subject.casefold())) & words)


def _is_said(person: str, words: set[str], context: Context) -> bool:
    """By their name, another of their names, or a word for several."""
    plain = person.strip().casefold()
    if plain in _ME | _ALL | _KIDS:
        return True
    name = _named(plain, context)
    names = {plain} | {
        each.casefold() for p in context.people if p.name == name for each in (p.name, *p.aliases)
    }
    return any(set(re.findall(r"\w+", each)) <= words for each in names)
