"""Questions about the calendar: agenda, free, find a slot, who has the car, when is, clashes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from scheduling.language.clause import Clause, P, plain_words
from scheduling.language.intents.questions import PATTERNS, SITS, TARGET_OUT, TARGET_TAIL
from scheduling.language.lengths import length_in
from scheduling.language.people import who
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Query, QueryKind, Target, Who
from scheduling.language.slot_hours import slot_hours
from scheduling.language.target import known_title, read_target
from scheduling.language.titles import trim
from scheduling.language.wordset import word_set

_ABOUT_YOU = re.compile(r"\b(?:you|your|u|ur|yours|y'all)\b", re.I)

_SMALL_TALK = re.compile(
    r"^what (?:an?|great|fun|lovely|nice)\b"
    r"|(?:^what|\b(?:eat|want|cook|mak|hav)\w*)\b.{0,24}\bfor (?:dinner|lunch|breakfast|dessert)\b"
    r"|\b(?:the (?:weather|score|wifi|password)|wrong"
    r"|(?:what|how) about|how(?:'s| is| was| did)(?!.*\b(?:look|shap)ing)|why|the name of"
    r"|movie (?:should|to)|did (?:he|she"
    r"|they|it)|good movie|on tv|on netflix|the matter)",
    re.I,
)

_ASKER = re.compile(
    rf"\b(?:show|find|give|tell|get|list|send|suggest|remind|let) {P}(?!\s*(?:and|,"
    r"|&))(?=\s)",
    re.I,
)

_TITLES = re.compile(
    r"^(?:show (?:and|&|n) tell|show[- ]and[- ]tell|find (?-i:[A-Z])\w+(?! free)|show ?time)\b"
    r"|^(?:event|appointment|plan)\b(?!s)(?=[^?]*$)",
    re.I,
)
"""What only opens like an order to show or to find: a title, where it has its hour."""

_LENGTH_FOR = re.compile(r"\b(?:for|of|need|needs|at least|free|a|an|\d)\b", re.I)


def read_query(clause: Clause) -> Query | None:
    """None unless the clause asks the calendar something it can answer."""
    plain = _asked(clause)
    if (
        _SMALL_TALK.search(plain)
        or re.match(r"^\W*what an?\b", clause.text, re.I)
        or _ABOUT_YOU.search(plain)
    ):
        return None
    if _TITLES.match(plain) and _has_hour(clause):
        return None
    for q, pattern in PATTERNS:
        if pattern.search(plain) and (found := _BUILD.get(q, _build)(q, plain, clause)):
            return found
    return None


def _has_hour(clause: Clause) -> bool:
    return any(isinstance(when.start, datetime) or when.impossible for when in clause.times())


_WE_DO = re.compile(r"^(?:can|could) we do\b", re.I)
""" "can we do 4pm?" proposes a time; it asks after nobody's."""

_STRANGER = re.compile(
    r"^(?i:is|will|can) (?P<name>[A-Z][a-z]+) (?i:be )?(?i:free|available|busy)\b"
)
""" "is Zoe free friday?", where the household has no Zoe."""

_TELL = re.compile(
    rf"^(?:(?:can|could|would) (?:you|u) )?(?:please )?(?:(?:tell {P}|let {P} know)\s+"
    rf"|remind {P} (?=(?:what|when|who|where)(?:'s| is| are| does| do| has)\b))"
    r"(?=(?:what|who|when|where|which|how|if)\b)(?:if )?",
    re.I,
)


def _asked(clause: Clause) -> str:
    """ "can you show me March 12" -> "show me March 12"; "can I have the car" stays."""
    plain = _TELL.sub("", without_greeting(clause.marked))
    to_bot = re.match(r"^(?:can|could|would|will) (?:you|u)\b|^(?:please|pls)\b", plain, re.I)
    plain = re.sub(
        rf"^(?:{P} )?(?:need|want|would like|have) to (?=find|look|know|see|check)",
        "",
        plain,
        flags=re.I,
    )
    return _TELL.sub("", command(clause.marked)) + "?" * ("?" in plain) if to_bot else plain


def _build(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    times = clause.times()
    if times and all(when.past for when in times):
        return None
    return Query(q, clause.when(), _who(clause), clause.things())


def _free(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    if _WE_DO.match(clause.words(plain)):
        return None
    if stranger := _STRANGER.match(plain):
        named = clause.who()
        who = Who(named.names, True, named.everyone, (*named.unknown, stranger["name"]))
        return Query("free", clause.when(), who)
    wanted = _duration(plain, clause)
    asks_when = re.match(r"^(?:when|what|which)", plain, re.I)
    several = len(clause.who().names) != 1
    if asks_when and (wanted or several):
        return _find_slot("find_slot", plain, clause)
    if sits := re.match(SITS, plain, re.I):
        return Query("free", clause.when(), clause.who(sits.group())) if clause.times() else None
    if (
        not clause.times()
        and not asks_when
        and not re.search(r"\b(?:free|busy|available)\b", plain)
    ):
        return None
    return _build("free", plain, clause)


def _find_slot(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    if re.match(r"^(?:need|we need|get)\b", plain, re.I) and not re.search(
        r"\b(?:slot|time for|time to|a time|free)\b", plain, re.I
    ):
        return None
    hours, days = slot_hours(clause)
    when = days or clause.when()
    return Query(
        "find_slot",
        when if when and when.start is not None else None,
        _who(clause),
        clause.things(),
        _named_target("find_slot", plain, clause),
        _duration(plain, clause),
        hours,
    )


def _when(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    target = _named_target("when", plain, clause)
    known = target is not None and known_title(target.words, clause) is not None
    if target is None or not target.words or (_is_small(target.words) and not known):
        return None
    if re.match(r"^(?:is|isn't|are)\b", plain, re.I) and not known and not clause.times():
        return None
    return Query("when", clause.when(), _who(clause), (), target)


def _agenda(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    names_calendar = re.search(
        r"remind|schedul|agenda|calendar|plan|event|appointment|coming up|overview|what's (?:on"
        r"|up next|next)"
        r"|anything|happening|going on|week|today|activities",
        plain,
        re.I,
    )
    if not clause.times() and not names_calendar:
        return None
    if re.search(r"^what(?:'s| is) up\W*$|^anything\??$|^plans?\W*$", plain, re.I):
        return None
    return _build("agenda", plain, clause)


def _resource(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    if re.match(r"^where", plain, re.I) and not clause.times():
        return None
    return _build("resource", plain, clause)


def _drives(q: QueryKind, plain: str, clause: Clause) -> Query | None:
    target = _named_target("who_drives", plain, clause)
    return Query("who_drives", clause.when(), _who(clause), (), target)


_BUILD: dict[QueryKind, Callable[[QueryKind, str, Clause], Query | None]] = {
    "free": _free,
    "find_slot": _find_slot,
    "when": _when,
    "agenda": _agenda,
    "resource": _resource,
    "who_drives": _drives,
}


def _who(clause: Clause) -> Who:
    """Those asked about; not the one who asks ("show me")."""
    about = _ASKER.sub(lambda m: m.group() if _owns(m.group(), clause) else " ", clause.marked)
    return who(m for m in clause.people(about) if m.kind != "household")


def _owns(words: str, clause: Clause) -> bool:
    """ "show Mia's schedule" asks about Mia."""
    return any(mention.owner for mention in clause.people(words))


def _duration(plain: str, clause: Clause) -> timedelta | None:
    said = next((w.duration for w in clause.times() if w.duration is not None), None)
    return said or (length_in(clause.words(plain)) if _LENGTH_FOR.search(plain) else None)


def _named_target(q: str, plain: str, clause: Clause) -> Target | None:
    rest = re.sub(TARGET_OUT[q], " ", plain, count=1, flags=re.I)
    if rest == plain:
        return None
    if q == "find_slot":
        rest = re.sub(rf"^(?:\s*(?:{P}|and|,|&|all|both|to|for|have|meet|an?|the))+", " ", rest)
    rest = re.sub(r"\b(?:can|could|does|do|will) (?=" + P + ")", " ", rest)
    target = read_target(rest.strip(" ?.!"), clause)
    words = trim(TARGET_TAIL.sub("", target.words))
    if not words and not target.when:
        return None
    return replace(target, words=words, it=not words)


def _is_small(words: str) -> bool:
    """ "when is it", "when are they home": no event is named."""
    return not set(plain_words(words)) - _SMALL


_SMALL = word_set(
    """
    it that this home back here there coming going ready leaving arriving done he she they
    we lunchtime everyone up so all good late early over in out
    """
)
