"""What events of a title are always like: "Mia's soccer is always 90 minutes"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from scheduling.habits import title_key
from scheduling.language.chatter import names_event
from scheduling.language.clause import Clause, P, R, T, plain_words
from scheduling.language.lengths import LENGTH, length_in
from scheduling.language.places import find_place
from scheduling.language.politeness import without_greeting
from scheduling.language.readings import Habit, Target
from scheduling.language.target import read_target
from scheduling.language.titles import trim

_ALWAYS = r"(?:always|usually|normally|generally|typically)"
_PEOPLE = rf"(?:(?:and|both|,|&|\s)*{P})+"
_VERB = (
    r"(?:is|are|be|lasts?|takes? place|takes?|runs?|happens?|goes(?: on)?|needs?|uses?|requires?)"
)
_AGAINST = re.compile(r"^(?:(?:no|nope|nah|wrong)\b[\s,.!:;-]+|actually[\s,]+)+", re.I)
""" "No, ..." speaks of what has just been done."""
_ANY_MORE = re.compile(r"[\s,]*\b(?:any ?more|any longer|now)\W*$", re.I)
_IS = re.compile(
    rf"^(?P<what>.+?)(?:'s|\s+{_VERB})?\s+{_ALWAYS}(?:\s+{_VERB})?\s+(?P<like>.+)$", re.I
)
_IS_NOT = re.compile(
    rf"^(?P<what>.+?)\s*\b(?:(?:is|are|does|do)\s*(?:n't|not)|(?:is |are )?no longer)"
    rf"\s+{_ALWAYS}(?:\s+{_VERB})?\s+(?P<like>.+)$",
    re.I,
)
_COMES = re.compile(
    rf"^(?P<who>{_PEOPLE})\s+{_ALWAYS}\s+(?:comes?|goes|go|joins?|attends?)"
    r"(?:\s+(?:along|too|as well|with (?:us|them|him|her)))*(?:\s+(?:to|for))?\s+(?P<what>.+)$",
    re.I,
)
_COMES_NOT = re.compile(
    rf"^(?P<who>{_PEOPLE})\s+(?:does\s*(?:n't|not)|do\s*(?:n't|not)|no longer)\s+{_ALWAYS}\s+"
    r"(?:comes?|goes?|joins?|attends?)(?:\s+(?:along|too))*(?:\s+(?:to|for))?\s+(?P<what>.+)$",
    re.I,
)
_USE = re.compile(
    rf"^{_ALWAYS}\s+(?:use|take|book|reserve)\s+(?:the |our )?(?P<like>{R})\s+(?:for|to)\s+"
    r"(?P<what>.+)$",
    re.I,
)
_FORGET = re.compile(
    rf"^(?:forget|drop|clear|reset)\s+(?:what|how|how long|where)\s+(?P<what>.+?)\s+{_ALWAYS}\s+"
    rf"(?:{_VERB}|looks?)(?:\s+like)?$",
    re.I,
)
_LENGTH = re.compile(rf"(?:\bfor\s+)?(?:\babout\s+)?(?P<length>{LENGTH}|{T})", re.I)
_FOR = re.compile(rf"\bfor\s+(?:just |only )?(?P<who>{_PEOPLE})", re.I)
_WITH = re.compile(rf"(?:\b(?:with|in|by|and|needs?|takes?|uses?)\s+)*(?:the |our |an? )?{R}", re.I)
_FILLER = frozenset(("long", "in", "total", "held", "the", "and", "needs", "with", "of", "place"))
_OWN = re.compile(rf"^(?P<title>.+?)\s+for\s+(?P<who>{_PEOPLE})$", re.I)
_IT = re.compile(r"^(?:it|that|this)$", re.I)
_ASIDE = re.compile(r"\b(?:by|on|from|with|before|after|when|if|late|early)\b", re.I)
""" "Leo always goes to school by bus" tells of no event."""
_MOST_WORDS = 5


def read_habit(clause: Clause) -> Habit | None:
    """None unless the clause says what a title is always like, or is not any more."""
    plain = without_greeting(clause.marked)
    against = _AGAINST.match(plain)
    plain = without_greeting(plain[against.end() :] if against else plain)
    if plain.endswith("?"):
        return None
    for reader in _READERS:
        if found := reader(plain, clause):
            return replace(found, corrects=against is not None)
    return None


def _forgotten(plain: str, clause: Clause) -> Habit | None:
    match = _FORGET.match(plain)
    subject = _subject(match["what"], clause) if match else None
    return replace(subject, remove=True) if subject else None


def _not_like(plain: str, clause: Clause) -> Habit | None:
    match = _IS_NOT.match(plain)
    subject = _subject(match["what"], clause) if match else None
    if match is None or subject is None:
        return None
    found = _like(_ANY_MORE.sub("", match["like"]), subject, clause)
    return replace(found, remove=True) if found else None


def _comes_not(plain: str, clause: Clause) -> Habit | None:
    match = _COMES_NOT.match(plain)
    subject = _subject(_ANY_MORE.sub("", match["what"]), clause) if match else None
    if match is None or subject is None or subject.who.said:
        return None
    return replace(subject, people=clause.who(match["who"]).names, remove=True)


def _comes(plain: str, clause: Clause) -> Habit | None:
    match = _COMES.match(plain)
    subject = _subject(match["what"], clause) if match else None
    if match is None or subject is None or subject.who.said:
        return None
    people = clause.who(match["who"]).names
    return replace(subject, people=people, also=True) if people else None


def _used(plain: str, clause: Clause) -> Habit | None:
    match = _USE.match(plain)
    subject = _subject(match["what"], clause) if match else None
    return replace(subject, resources=clause.things(match["like"])) if match and subject else None


def _is_like(plain: str, clause: Clause) -> Habit | None:
    match = _IS.match(plain)
    subject = _subject(match["what"], clause) if match else None
    return _like(match["like"], subject, clause) if match and subject else None


_READERS: tuple[Callable[[str, Clause], Habit | None], ...] = (
    _forgotten,
    _not_like,
    _comes_not,
    _comes,
    _used,
    _is_like,
)


def _subject(what: str, clause: Clause) -> Habit | None:
    """Which events are spoken of; None where the words name none that a calendar has."""
    what = what.strip(" ,")
    if _IT.match(what):
        focus = clause.context.focus
        return Habit(focus) if focus else None
    own = _OWN.match(what)
    if clause.times(what) or (clause.things(what) and not own):
        return None
    target = read_target(own["title"] if own else what, clause)
    title = trim(target.words)
    if not title or len(title.split()) > _MOST_WORDS:
        return None
    known = _known(target, clause)
    if known is None and (_ASIDE.search(title) or not names_event(plain_words(title)[-1:])):
        return None
    return Habit(known or title, clause.who(own["who"]) if own else target.who)


def _known(target: Target, clause: Clause) -> str | None:
    """The title of the calendar that these words mean: what was shown last, if they tell of
    it, else one that is just so, else the only one that has them all."""
    words = set(plain_words(target.words))
    focus, titles = clause.context.focus, clause.context.titles
    if focus and words <= set(plain_words(focus)):
        return focus
    key = title_key(target.words)
    same = [t for t in titles if title_key(t) == key]
    having = [t for t in titles if words <= set(plain_words(t))]
    alone = {title_key(t) for t in having}
    return next(iter(same), None) or (having[0] if len(alone) == 1 else None)


def _like(words: str, subject: Habit, clause: Clause) -> Habit | None:
    """The subject with what is said of it; None where a word is left that says something else,
    as in "soccer is always fun", or that is of no length, as an hour or a day."""
    length = _LENGTH.search(words)
    duration = length_in(clause.words(length["length"])) if length else None
    if any(when.start is not None or when.repeat for when in clause.times(words)):
        return None
    rest = words.replace(length.group(), " ", 1) if length and duration else words
    who = _FOR.search(rest) if not subject.who.said else None
    rest = rest.replace(who.group(), " ", 1) if who else rest
    things, rest = clause.things(rest), _WITH.sub(" ", rest)
    place = find_place(rest.strip())
    rest = place[1] if place else rest
    if set(plain_words(rest)) - _FILLER or clause.people(rest) or clause.times(rest):
        return None
    found = replace(
        subject,
        duration=duration,
        place=clause.words(place[0]).strip() if place else None,
        people=clause.who(who["who"]).names if who else (),
        resources=things,
    )
    return found if found != subject else None
