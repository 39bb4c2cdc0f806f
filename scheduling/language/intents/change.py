"""Changing all but the time: who, where, how long, what it is called, what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from scheduling.language.clause import Clause, P, plain_words
from scheduling.language.extras import take_extras
from scheduling.language.intents.change_words import (
    ADD,
    ALSO_NEED,
    COMING,
    DRIVE,
    DRIVES_IT,
    EXTEND,
    INSTEAD,
    LASTS,
    LONGER,
    NO_NEED,
    NOT_COMING,
    NOT_DRIVING,
    PLACE,
    REMOVE,
    RENAME,
)
from scheduling.language.lengths import length_in
from scheduling.language.politeness import command
from scheduling.language.readings import Change, RoleOnEvent, Target
from scheduling.language.riders import riding
from scheduling.language.target import known_title, read_scope, read_target, without_scope
from scheduling.language.titles import trim

_ROLES: tuple[tuple[str, RoleOnEvent], ...] = (
    ("driv|tak|bring|pick|drop|do", "driver"),
    (".", "responsible"),
)


def read_change(clause: Clause) -> Change | None:
    """None unless the clause alters an event in something other than its time."""
    plain = command(clause.marked)
    adds = r"^\W*(?:also|and|plus)\b" if clause.context.focus else r"^\W*also\b"
    if re.match(adds, clause.marked, re.I):
        plain = f"also {plain}"  # a courtesy elsewhere, here the very word that says "add"
    if "?" in clause.marked and plain.endswith("?"):
        return None
    for reader in _READERS:
        if found := reader(plain, clause):
            return found
    return None


def _added(plain: str, clause: Clause) -> Change | None:
    match = ADD.match(plain) or ALSO_NEED.match(plain) or COMING.match(plain)
    if match is None or not _is_change(match["target"], clause):
        return None
    if match["target"] is None and not _also(plain):
        return None
    target = _target(match["target"], clause)
    people, things = clause.who(match["what"]).names, clause.things(match["what"])
    if COMING.match(plain) and not ADD.match(plain) and not _known_talk(target, clause):
        return None
    needs = ALSO_NEED.match(plain)
    if needs and not ADD.match(plain):
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


def _known_talk(target: Target, clause: Clause) -> bool:
    """ "Grandma is coming too", "I'll drive" change an event only where one is at hand."""
    return not target.it or bool(clause.context.focus or clause.context.titles)


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
    match = REMOVE.match(plain) or NOT_COMING.match(plain) or NO_NEED.match(plain)
    if match is None:
        return None
    people, things = clause.who(match["what"]).names, clause.things(match["what"])
    if NO_NEED.match(plain) and people and not things:
        return None
    day = match.groupdict().get("day")
    if clause.times() and not (day or known_title(match["target"] or "", clause)):
        return None
    if (
        re.match(rf"^(?:take|drop)\b(?!.*\b(?:off|out|from)\b)|^drop .*{P}", plain, re.I)
        and not things
    ):
        return None
    target = _target(match["target"] or day, clause)
    if NOT_COMING.match(plain) and not _known_talk(target, clause):
        return None
    return Change(
        target,
        remove_people=people,
        remove_resources=things,
        scope=None if day else read_scope(plain),
        confidence=_sure(target, clause),
    )


def _longer(plain: str, clause: Clause) -> Change | None:
    match = EXTEND.match(plain) or LONGER.match(plain)
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
    match = LASTS.match(plain)
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
    match = RENAME.match(plain)
    if match is None:
        return None
    title = trim(clause.words(match["title"] or match["name"] or match["new"]))
    target = _target(match["target"] or match["it"] or match["of"], clause)
    return Change(target, title=title, confidence=_sure(target, clause)) if title else None


def _placed(plain: str, clause: Clause) -> Change | None:
    match = PLACE.match(plain)
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
    match = DRIVE.match(INSTEAD.sub("", plain))
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
    target = riding(f"{match['verb']} {match['people']}", _target(match["target"], clause), clause)
    if not _known_talk(target, clause):
        return None
    return Change(target, assign=(role, names[0]), confidence=_sure(target, clause))


def _driven_it(plain: str, clause: Clause) -> Change | None:
    """ "Ben drives soccer on Saturday": soccer that is on the calendar is where he drives."""
    match = DRIVES_IT.match(plain)
    if match is None or not known_title(match["target"], clause):
        return None
    return _driven(f"{match['who']} drives{match['people']} to {match['target']}", clause)


def _released(plain: str, clause: Clause) -> Change | None:
    match = NOT_DRIVING.match(plain)
    names = clause.who(match["who"]).names if match else ()
    if match is None or len(names) != 1:
        return None
    role = next(role for pattern, role in _ROLES if re.match(pattern, match["verb"], re.I))
    target = riding(f"{match['verb']} {match['people']}", _target(match["target"], clause), clause)
    if match["day"]:
        target = replace(target, when=clause.when(match["day"]))
    if not _known_talk(target, clause):
        return None
    return Change(target, released=(role, names[0]), confidence=_sure(target, clause))


def _riders(plain: str, clause: Clause) -> Change | None:
    """ "remind us 2 hours before", "need a driver": riders about what was just shown."""
    extras = take_extras(plain, clause)
    rest = extras.rest
    if (
        set(plain_words(rest)) - _ORDER
        or clause.people(rest)
        or clause.times(rest)
        or not extras.any
    ):
        return None
    target = Target(it=True)
    if extras.driver and not _known_talk(target, clause):
        return None
    return Change(
        target,
        add_resources=extras.resources,
        reminders=extras.reminders or None,
        assign=("driver", extras.driver.names[0]) if extras.driver else None,
        open_role=extras.open_role,
        confidence=_sure(target, clause),
    )


_ORDER = {"add", "set", "a", "an", "with"}


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
    _driven_it,
    _released,
    _placed,
    _riders,
)
