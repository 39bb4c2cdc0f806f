"""Which existing event some words point at: "next Tuesday's piano", "Mia's ballet", "it"."""

from __future__ import annotations

import re

from scheduling.language.clause import Clause, P, R, T, plain_words
from scheduling.language.readings import Scope, Target
from scheduling.language.titles import trim

_IT = re.compile(
    rf"^(?:all of )?(?:it|that|this|this one|that one|them|the (?:event|booking|entry"
    rf"|last one|one)|{P})?$",
    re.I,
)
_SCOPES: tuple[tuple[Scope, re.Pattern[str]], ...] = (
    (
        "following",
        re.compile(
            r"\b(?:from (?:now|then|here|there) on(?:wards?)?|from .{0,20} on(?:wards?)?"
            r"|going forward"
            r"|and (?:all |everything )?(?:the )?(?:following|later|future|after)(?: ones?)?"
            r"|(?:all|any|every) (?:the )?(?:following|future|remaining|later|upcoming)(?: ones?)?"
            r"|(?:the )?rest of(?: (?:the|them|it)(?: series)?|(?= [\ue400-\ue7ff])(?=.))|onwards?"
            r"|starting)\b",
            re.I,
        ),
    ),
    (
        "one",
        re.compile(
            r"\b(?:(?:just|only) (?:for )?(?:this|that|the)(?: one| once| time| week"
            r"| day)?(?: only)?"
            r"|(?:this|that) (?:one|time|once|week) only|(?:this|that) (?:one|time)\b|just once"
            r"|one time only|once)\b",
            re.I,
        ),
    ),
    (
        "series",
        re.compile(
            r"\b(?:(?:the )?(?:whole|entire|full) (?:series|thing|lot|set)|all (?:of )?(?:the "
            r"|them\b"
            r"|it\b|those\b)?|every(?: single)?(?: one)?(?: of)?|each|(?:the )?series|for good"
            r"|forever|permanently|altogether|completely|entirely"
            r"|for the (?:rest of the )?(?:season"
            r"|term|year|semester)|any ?more|weekly|daily|recurring|repeating)\b",
            re.I,
        ),
    ),
)
_LAST = re.compile(r"(?:the )?(?:very )?last (?!day|minute|call|chance|supper)(?=\w)", re.I)
_DROPPED = re.compile(
    rf"\b(?:of|on the calendar|in the calendar|off the calendar|from the calendar|calendar"
    rf"|appointment on|the one|event|events|lessons? on|entry|sessions? on)\b|\b(?:on|at|for|from"
    rf"|of|this|next|in)\s*(?=[,\s]*{T})|{T}(?:'s)?|{R}",
    re.I,
)


def read_target(piece: str, clause: Clause) -> Target:
    """The event a piece of marked text points at; `it` where it names nothing."""
    scopeless = without_scope(piece).strip(" ,.!?")
    when = clause.when(scopeless)
    people = [m for m in clause.people(scopeless) if m.kind != "household"]
    if when is None and _IT.match(scopeless.strip()):
        return Target(who=clause.who(scopeless), it=True)
    named = _restore(scopeless, clause)
    words = trim(clause.words(named)).removesuffix("'s")
    last = _LAST.match(words) if not _is_titled("last", clause) else None
    words = words[last.end() :] if last else words
    nobody = not any(m.owner or m.kind == "member" for m in people)
    return Target(
        words=words,
        who=clause.who(scopeless) if people and not nobody else clause.who(""),
        when=when,
        it=not words and when is None,
        last=last is not None,
    )


def _is_titled(word: str, clause: Clause) -> bool:
    """Whether a title of the household has the word: "last day of school"."""
    return any(word in plain_words(title) for title in clause.context.titles)


def without_scope(piece: str) -> str:
    """The piece without its words of scope; a time among them ("from March 24 on") stays."""
    for _, pattern in _SCOPES:
        piece = pattern.sub(lambda m: f" {' '.join(re.findall(T, m.group()))} ", piece)
    return piece


def read_scope(piece: str) -> Scope | None:
    """The scope the words ask for; None if they do not say."""
    return next((scope for scope, pattern in _SCOPES if pattern.search(piece)), None)


def known_title(piece: str, clause: Clause) -> str | None:
    """The household's event whose title these words are, if any."""
    words = set(plain_words(piece)) - {"the", "a", "an", "my", "our"}
    if not words:
        return None
    return next((t for t in clause.context.titles if words & set(plain_words(t))), None)


def _restore(piece: str, clause: Clause) -> str:
    """Titles keep resource words ("car wash"); times and owners go."""
    piece = re.sub(R, lambda m: " " + clause.words(m.group()) + " ", piece)
    piece = re.sub(P, lambda m: _owner_out(m.group(), clause), piece)
    return _DROPPED.sub(" ", piece)


def _owner_out(mark: str, clause: Clause) -> str:
    mention = clause.people(mark)[0]
    keeps = mention.kind == "member" and not mention.owner
    return " " + mention.words + " " if keeps else " "
