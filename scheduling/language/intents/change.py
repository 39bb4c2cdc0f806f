"""Changing all but the time: who, where, how long, what it is called, what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable

from scheduling.language.clause import Clause, P, R, T, plain_words
from scheduling.language.extras import take_extras
from scheduling.language.lengths import LENGTH, length_in
from scheduling.language.politeness import command
from scheduling.language.readings import Change, RoleOnEvent, Target
from scheduling.language.target import known_title, read_scope, read_target, without_scope
from scheduling.language.titles import trim

_LIST = rf"(?:(?:the |and |also |both |too |,|&|\+|\s)*(?:{P}|{R}))+"
_ADD = re.compile(
    r"^(?:also |and |please )*(?:add|include|invite|bring(?: along)?|put|count in|sign up"
    rf"|with|also)\s+(?P<what>{_LIST})(?:\s+(?:too|as well|along|please|in"
    r"|there))*(?:\s+(?:to|for|on|in)\s+(?P<target>.+))?$",
    re.I,
)
_COMING = re.compile(
    rf"^(?P<what>{_LIST})\s+(?:is|are|will|'ll|can|'s|should"
    r"|wants? to)?\s*(?:be )?(?:also )?(?:coming|come|comes|joining|joins?|going"
    r"|goes)\s*(?:(?:too|along|as well|with us|also)\s*)*(?:(?:to|for)\s+(?P<target>.+))?$",
    re.I,
)
_ALSO_NEED = re.compile(
    rf"^(?:{P} )?(?:(?:also|will|'ll)\s+)*needs?\s+(?:also )?(?P<what>{_LIST})(?:\s+(?:too"
    r"|as well|also|please))*(?:\s+(?:for|to get to)\s+(?P<target>.+))?$",
    re.I,
)
_REMOVE = re.compile(
    r"^(?:remove|take|drop|uninvite|without|leave out|kick"
    rf"|delete)\s+(?P<what>{_LIST})(?:\s+(?:off|out|from|of|away))*(?:\s+(?:off|out|from"
    r"|of)?\s*(?P<target>(?!the calendar).+))?$",
    re.I,
)
_NOT_COMING = re.compile(
    rf"^(?P<what>{_LIST})\s+(?:isn't|is not|aren't|are not|won't be|won't|'s not|can't"
    r"|cannot)\s*(?:coming|come|joining|join|going|go|make it)\s*(?:(?:to"
    r"|for)\s+(?P<target>.+))?$",
    re.I,
)
_NO_NEED = re.compile(
    rf"^(?:{P}\s+)?(?:don't|do not|doesn't|won't|no longer|no)\s*(?:need|want"
    rf"|use)?\s*(?P<what>{_LIST})\s*(?:needed|any ?more"
    r"|after all)*(?:\s+for\s+(?P<target>.+))?$",
    re.I,
)
_LENGTH = re.compile(
    r"^(?:make|set|change|let|have)?\s*(?P<target>.*?)\s*(?:(?:last|lasts|take|takes|run"
    rf"|to be|is|will be|be|to|for|will take|will last)\s+)*(?P<length>{LENGTH}"
    rf"|{T})\s*(?:long|in total)?$",
    re.I,
)
_LONGER = re.compile(
    r"^(?:make|extend|prolong|lengthen|shorten|cut|set|add)?\s*(?P<target>.*?)\s*(?:by "
    rf"|is |to be |needs to be |with )?(?P<length>{LENGTH}|{T})\s*(?P<how>longer|shorter"
    r"|more|less|extra)(?:\s+(?:to|for)\s+(?P<late>.+))?$",
    re.I,
)
_EXTEND = re.compile(
    r"^(?P<verb>extend|prolong|lengthen|shorten|cut)\s+(?P<target>.*?)\s*\b(?P<to>by|to"
    rf"|for)\s+(?P<length>{LENGTH}|{T})$",
    re.I,
)
_RENAME = re.compile(
    r"^(?:rename|retitle)\s+(?P<target>.*?)\s*(?:\b(?:to|as|into)\s+"
    r"|[:>-]+\s*)(?P<title>.+)$|^(?:call|name)\s+(?P<it>it|that|this"
    r"|the event)\s+(?P<name>.+)$|^change (?:the )?(?:title"
    r"|name)\s*(?:of (?P<of>.+?))?\s*to\s+(?P<new>.+)$",
    re.I,
)
_PLACE = re.compile(
    r"^(?:change|set|update|move)\s+(?:the )?(?:place|location|venue|address)\s*(?:of"
    r"|for)?\s*(?P<of>.*?)\s*(?:to|:|is)\s+(?P<new>.+)$|^(?P<target>it|that"
    r"|the \w+(?: \w+)?|\w+(?: \w+)?)\s*(?:'s|is|will be|takes place|happens)\s+(?:now "
    r"|actually )?(?:at|in|@)\s+(?P<place>.+?)(?: (?:now|instead))?$|^(?:place|location"
    r"|venue|where):\s*(?P<named>.+)$|^(?:meet|meeting)\s+(?:at"
    r"|in)\s+(?P<meet>.+?)(?: instead)$|^move (?P<moved>.+?) to (?P<dest>(?:the |our "
    r"|my )?[A-Z]?[\w' ]+)$",
    re.I,
)
_DRIVE = re.compile(
    rf"^(?P<who>{P})\s*(?:'ll|'s|will|can|could|is|is going to|should)?\s*(?P<verb>driv(?:e"
    rf"|es|ing)|picks? (?:.{{1,12}} )?up|picking (?:.{{1,12}} )?up"
    rf"|drops? (?:.{{1,12}} )?off|takes?|taking|bring(?:s|ing)?|do(?:es"
    rf"|ing)? (?:the )?(?:drop-?off|pick-?up)|in charge|responsible)\b\s*(?P<people>(?:{P}"
    r"|him|her|them|us|the kids|it|\s|and)*)\s*(?:(?:to|from|for|of"
    r"|at)\s+(?P<target>.+))?$",
    re.I,
)
_ROLES: tuple[tuple[str, RoleOnEvent], ...] = (
    ("driv|tak|bring|pick|drop|do", "driver"),
    (".", "responsible"),
)


def read_change(clause: Clause) -> Change | None:
    """None unless the clause alters an event in something other than its time."""
    plain = command(clause.marked)
    if "?" in clause.marked and plain.endswith("?"):
        return None
    for reader in _READERS:
        if found := reader(plain, clause):
            return found
    return None


def _added(plain: str, clause: Clause) -> Change | None:
    match = _ADD.match(plain) or _ALSO_NEED.match(plain) or _COMING.match(plain)
    if match is None or not _is_change(match["target"], clause):
        return None
    if match["target"] is None and not _also(plain):
        return None
    target = _target(match["target"], clause)
    people, things = clause.who(match["what"]).names, clause.things(match["what"])
    needs = _ALSO_NEED.match(plain)
    if needs and not _ADD.match(plain):
        people = ()
    if not people and not things:
        return None
    return Change(
        target,
        add_people=people,
        add_resources=things,
        scope=read_scope(plain),
        confidence=_sure(target, clause),
    )


def _also(plain: str) -> bool:
    return bool(
        re.search(r"\b(?:also|too|as well|add|include|invite|with|along|needs?)\b", plain, re.I)
    )


def _is_change(target: str | None, clause: Clause) -> bool:
    """Adding somebody to an event, unless the words after "to" hold a time and no known title."""
    if target is None:
        return not clause.times()
    return not clause.times(target) or known_title(target, clause) is not None


def _removed(plain: str, clause: Clause) -> Change | None:
    match = _REMOVE.match(plain) or _NOT_COMING.match(plain) or _NO_NEED.match(plain)
    if match is None:
        return None
    people, things = clause.who(match["what"]).names, clause.things(match["what"])
    if _NO_NEED.match(plain) and people and not things:
        return None
    if clause.times() and not known_title(match["target"] or "", clause):
        return None
    if (
        re.match(rf"^(?:take|drop)\b(?!.*\b(?:off|out|from)\b)|^drop .*{P}", plain, re.I)
        and not things
    ):
        return None
    target = _target(match["target"], clause)
    return Change(
        target,
        remove_people=people,
        remove_resources=things,
        scope=read_scope(plain),
        confidence=_sure(target, clause),
    )


def _longer(plain: str, clause: Clause) -> Change | None:
    match = _EXTEND.match(plain) or _LONGER.match(plain)
    if match is None:
        return None
    length = length_in(clause.words(match["length"]))
    if length is None:
        return None
    words = match.groupdict()
    target = _target(words.get("late") or match["target"], clause)
    if words.get("to") in ("to", "for"):
        return Change(target, duration=length, confidence=_sure(target, clause))
    shrinks = re.search(r"\b(?:shorter|less|shorten|cut)\b", plain, re.I)
    return Change(target, longer=-length if shrinks else length, confidence=_sure(target, clause))


def _lasts(plain: str, clause: Clause) -> Change | None:
    match = _LENGTH.match(plain)
    length = length_in(clause.words(match["length"])) if match else None
    if (
        match is None
        or length is None
        or any(w.start is not None for w in clause.times(match["length"]))
    ):
        return None
    target = _target(match["target"], clause)
    orders = re.match(r"^(?:make|set|change|have|let)\b", plain, re.I)
    if (not target.it and not known_title(target.words, clause)) or (
        target.it and not orders and not match["target"]
    ):
        return None
    if re.search(r"\b(?:in|ago|late|early|was|were|took|minutes? away)\b", match["target"], re.I):
        return None
    return Change(target, duration=length, confidence=_sure(target, clause))


def _renamed(plain: str, clause: Clause) -> Change | None:
    match = _RENAME.match(plain)
    if match is None:
        return None
    title = trim(clause.words(match["title"] or match["name"] or match["new"]))
    target = _target(match["target"] or match["it"] or match["of"], clause)
    return Change(target, title=title, confidence=_sure(target, clause)) if title else None


def _placed(plain: str, clause: Clause) -> Change | None:
    match = _PLACE.match(plain)
    if match is None or clause.times():
        return None
    place = next(match[k] for k in ("new", "place", "named", "meet", "dest") if match[k])
    target = _target(match["of"] or match["target"] or match["moved"], clause)
    if (
        not target.it
        and (match["target"] or match["moved"])
        and not known_title(target.words, clause)
    ):
        return None
    if match["target"] and target.it and not re.match("it", match["target"], re.I):
        return None
    if not clause.context.focus and not target.words and match["target"]:
        return None
    place = trim(clause.words(place))
    return Change(target, place=place, confidence=_sure(target, clause)) if place else None


def _driven(plain: str, clause: Clause) -> Change | None:
    match = _DRIVE.match(plain)
    if match is None or (clause.times() and not known_title(match["target"] or "", clause)):
        return None
    names = clause.who(match["who"]).names
    if len(names) != 1 or (
        re.match("tak|bring", match["verb"], re.I) and not match["people"].strip()
    ):
        return None
    if (
        match["target"]
        and not known_title(match["target"], clause)
        and not match["verb"].lower().startswith("driv")
    ):
        return None
    role = next(role for pattern, role in _ROLES if re.match(pattern, match["verb"], re.I))
    target = _target(match["target"], clause)
    return Change(target, assign=(role, names[0]), confidence=_sure(target, clause))


def _riders(plain: str, clause: Clause) -> Change | None:
    """ "remind us 2 hours before", "need a driver": riders about what was just shown."""
    extras = take_extras(plain, clause)
    rest = extras.rest
    if plain_words(rest) or clause.people(rest) or clause.times(rest) or not extras.any:
        return None
    target = Target(it=True)
    return Change(
        target,
        add_resources=extras.resources,
        reminders=extras.reminders or None,
        assign=("driver", extras.driver.names[0]) if extras.driver else None,
        open_role=extras.open_role,
        confidence=_sure(target, clause),
    )


def _target(piece: str | None, clause: Clause) -> Target:
    if piece is None or not piece.strip():
        return Target(it=True)
    return read_target(without_scope(piece), clause)


def _sure(target: Target, clause: Clause) -> float:
    if target.it:
        return 0.9 if clause.context.focus else 0.6
    return 1.0 if known_title(target.words, clause) else 0.8


_READERS: tuple[Callable[[str, Clause], Change | None], ...] = (
    _renamed,
    _longer,
    _lasts,
    _removed,
    _added,
    _driven,
    _placed,
    _riders,
)
