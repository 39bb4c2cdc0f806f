"""Who a text names: members, nicknames, "me", "us", "the kids", "everyone"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scheduling.language.readings import Context, Person, Who
from scheduling.language.wordset import word_set

MentionKind = Literal["member", "sender", "household", "everyone", "children", "parents"]

_KIN = (
    ("mom", "mum", "mommy", "mummy", "mama", "mother"),
    ("dad", "daddy", "papa", "pops", "father"),
    ("grandma", "granny", "nana", "gran", "grandmother", "grandmom"),
    ("grandpa", "granddad", "grandad", "grandfather", "gramps"),
)
_WORDS_TOO = word_set(
    """
    will may mark april june art rose grace hope joy faith bill jack sky summer dawn frank
    miles max rob sue drew chase august autumn pat gene ray ruby ivy lily daisy holly star
    sunny so an my sun sat mon jan
    """
)
"""Names that are also words: read as names only when spelled exactly."""

_GROUPS: tuple[tuple[MentionKind, str], ...] = (
    (
        "everyone",
        r"(?:the |our )?(?:whole|entire) family|every(?:one|body)(?! else)|all of us|us all|we all"
        r"|all family members|the family(?=\s*(?:$|[,.!?]|should\b|is\b|has\b|needs\b"
        r"|[\ue000-\ue3ff]))"
        r"|whole gang|all (?:four|five|six|three) of us",
    ),
    (
        "children",
        r"(?:both |all )?(?:of )?(?:the|our|my) (?:kids|children|kiddos)|both kids|all kids"
        r"|(?:kids|children)(?=\s*(?:$|[,.!?]|have\b|need\b|are\b|has\b|get\b|must\b|can't\b"
        r"|should\b|to\b|in bed|[\ue000-\ue3ff]))",
    ),
    ("parents", r"both parents|we parents|us parents|the parents(?= (?:are|have|need)\b)"),
    ("household", r"both of us|we(?='(?:re|ve|ll|d)\b)|we|us|our|ours"),
    ("sender", r"i(?='(?:m|ve|ll|d)\b)|i|me|myself|my|mine"),
)
_IS = (
    r"\s+(?:got|going|working|coming|visiting|travell?ing|away|off|out|on|in|at|an?|not"
    r"|home|been|having|getting"
    r"|taking|flying|leaving|playing|staying|here|late|sick|busy|free|done|picking|driving"
    r"|now|already|still)\b"
)
"""After these, 's is "is" or "has": "Ben's working", "Ben's got a trip"."""
_OWNS = rf"'s(?!{_IS})|'(?=\s)|(?<=[a-z]{{3}})s(?!{_IS})(?=\s+(?!(?:and|or)\b)[a-z])"
"""The sign of an owner, with or without its apostrophe: "Leo's", "Leos bday"."""
_TAG = re.compile(r"</?[a-z][^<>\n]{0,80}>", re.I)
"""Markup in a message is data: the "i" of "<i>" names nobody."""
_OWN = {"my", "mine", "our", "ours"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of people. owner: "Mia's", "my". words: as written."""

    kind: MentionKind
    names: tuple[str, ...]
    words: str
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and where it stands: text[start:end]."""

    start: int
    end: int
    mention: Mention


def find_people(text: str, context: Context) -> list[Found]:
    """Every naming of household people in order, never overlapping."""
    spellings = _spellings(context.people)
    tags = [tag.span() for tag in _TAG.finditer(text)]
    found = []
    for match in _pattern(tuple(spellings)).finditer(text):
        mention = _mention(match, spellings, context)
        in_tag = any(start < match.start() < end for start, end in tags)
        if mention and not in_tag and not _outsider(text, match, context):
            found.append(Found(match.start(), match.end(), mention))
    return found


def who(mentions: Iterable[Mention], unknown: tuple[str, ...] = ()) -> Who:
    """The mentions as one `Who`; "we" says somebody without naming anyone."""
    listed = list(mentions)
    names = tuple(dict.fromkeys(name for m in listed for name in m.names))
    everyone = any(m.kind == "everyone" for m in listed)
    return Who(names, bool(listed) or bool(unknown), everyone, unknown)


def _mention(match: re.Match[str], spellings: dict[str, str], context: Context) -> Mention | None:
    words, owner = match.group("who"), bool(match.group("own"))
    if match.lastgroup and (kind := _kind(match)) is not None:
        if words.lower() == "both of us":
            return _couple(words, context)
        owned = owner or words.lower() in _OWN
        return Mention(kind, _names_of(kind, context), words, owned)
    name = spellings.get(words.lower())
    if name is None or (words.lower() in _WORDS_TOO and words not in _exact(context.people)):
        return None
    return Mention("member", (name,), words, owner)


def _couple(words: str, context: Context) -> Mention:
    """ "both of us", from a parent, is the parents; from anyone else the writer at least."""
    parents = _names_of("parents", context)
    if context.sender in parents:
        return Mention("parents", parents, words)
    return Mention("sender", _names_of("sender", context), words)


def _kind(match: re.Match[str]) -> MentionKind | None:
    return next((kind for kind, _ in _GROUPS if match.group(kind) is not None), None)


def _names_of(kind: MentionKind, context: Context) -> tuple[str, ...]:
    if kind == "sender":
        return (context.sender,) if context.sender else ()
    if kind == "household":
        return ()
    role = {"children": "child", "parents": "parent"}.get(kind)
    return tuple(p.name for p in context.people if role in (None, p.role))


def _outsider(text: str, match: re.Match[str], context: Context) -> bool:
    """A parent's "my mom" is her own mother, who is not the household's Mom."""
    if match.group("who").lower() not in {word for row in _KIN for word in row}:
        return False
    roles = {p.name: p.role for p in context.people}
    before = text[: match.start()].lower()
    return before.endswith("my ") and roles.get(context.sender) != "child"


@lru_cache(maxsize=64)
def _spellings(people: tuple[Person, ...]) -> dict[str, str]:
    """Lower-case spelling -> canonical name; kin words follow whoever carries one of them."""
    known = {spelling.lower(): p.name for p in people for spelling in (p.name, *p.aliases)}
    for row in _KIN:
        owners = {known[word] for word in row if word in known}
        if len(owners) == 1:
            known.update({word: next(iter(owners)) for word in row if word not in known})
    return {spelling: name for spelling, name in known.items() if spelling.strip()}


@lru_cache(maxsize=64)
def _exact(people: tuple[Person, ...]) -> frozenset[str]:
    return frozenset(spelling for p in people for spelling in (p.name, *p.aliases))


@lru_cache(maxsize=64)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(s) for s in sorted(spellings, key=len, reverse=True))
    groups = "|".join(f"(?P<{kind}>{words})" for kind, words in _GROUPS)
    either = f"{groups}|{names}" if names else groups
    return re.compile(rf"(?<![\w'@.-])(?P<who>{either})(?P<own>{_OWNS})?(?![\w@])", re.I)
