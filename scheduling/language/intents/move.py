"""Moving: "move next Tuesday's piano to Wednesday 5pm", "push dinner back an hour"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from scheduling.language.clause import Clause, P, T, read_clause
from scheduling.language.intents.draft import ORDER
from scheduling.language.intents.move_words import (
    ASKED,
    BARE_TIME,
    CARRIER,
    COMING,
    CORRECTION,
    ENDS_LONG,
    FROM,
    INSTEAD,
    IT_IS_NOW,
    LATER_BY,
    LONG,
    LOOSE_VERBS,
    NO_EVENTS,
    NOT_THE_OLD,
    ON_FROM_THEN,
    ONGOING,
    RATHER,
    SPLIT,
    STATED,
    THEN_ON,
    TIME_OF,
    VERB,
    WEAK_VERBS,
)
from scheduling.language.intents.shift import EARLIER, LATER, after_length, before_length, how_far
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Move, Scope, Target
from scheduling.language.reports import as_order
from scheduling.language.target import known_title, read_scope, read_target, without_scope
from scheduling.language.times import find_times
from scheduling.language.timing import combine, is_bare_clock
from scheduling.language.when import When


def read_move(clause: Clause) -> Move | None:
    """None unless the clause gives an existing event another time."""
    plain = as_order(command(clause.marked))
    if rather := RATHER.match(plain):
        return _instead(f"{rather['said']} instead", clause)
    match = VERB.match(plain)
    if match:
        return _ordered(match["verb"].lower(), match["rest"], clause)
    if asked := ASKED.match(without_greeting(clause.marked)):
        plain = f"{asked['target']} is {asked['to']} instead"
    elif "?" in clause.marked:
        return None
    if found := _corrected(clause) or _from_then_on(plain, clause):
        return found
    ongoing = ONGOING.match(without_greeting(clause.marked))
    if ongoing and (cut := _split_at(clause.words(without_scope(ongoing["rest"])), clause)):
        return _moved_to("move", *cut, read_scope(plain), clause)
    later = LATER_BY.match(clause.words(plain))
    if later and (shift := how_far("", later["rest"], clause)) is not None:
        return _move(later["target"] + " " + after_length(later["rest"]), None, shift, None, clause)
    stated = STATED.match(without_greeting(clause.marked))
    return _stated(stated, clause) if stated else _instead(plain, clause)


def _corrected(clause: Clause) -> Move | None:
    """ "actually 3pm", "no, Thursday", "at 4pm", "4 not 3": of what was just shown, and of
    nothing else."""
    if not clause.context.focus:
        return None
    said = NOT_THE_OLD.match(clause.text)
    match = CORRECTION.match(clause.marked) or BARE_TIME.match(clause.marked)
    if said is None and match is None:
        return None
    words = f"at {said['to']}" if said else clause.words(match["to"]) if match else ""
    to = combine(find_times(words, clause.now)) if said else clause.when()
    hour = to is not None and isinstance(to.start, datetime)
    if to is None or to.start is None or to.past or to.repeat:
        return None
    if not (hour or said or CORRECTION.match(clause.marked)):
        return None
    target = Target(it=True)
    return Move(target, to, confidence=_confidence(target, clause), to_words=words)


def _from_then_on(plain: str, clause: Clause) -> Move | None:
    """ "from January 10 on piano is at 5pm": the first day, and a time of day for the rest."""
    match = THEN_ON.match(plain) or ON_FROM_THEN.match(clause.words(plain))
    if match is None:
        return None
    day = combine(find_times(clause.words(match["day"]), clause.now))
    words = f"at {clause.words(match['to'])}"
    to = combine(find_times(words, clause.now))
    target = _target(clause.words(match["target"]), clause)
    if day is None or to is None or not is_bare_clock(to) or not target.words:
        return None
    known = known_title(target.words, clause) is not None
    target = replace(target, when=day)
    return Move(target, to, None, "following", 1.0 if known else 0.65, words)


def _ordered(verb: str, rest: str, clause: Clause) -> Move | None:
    said = clause.words(rest)
    sized = LONG.search(said) or (verb in ("make", "set") and ENDS_LONG.search(said))
    if verb in WEAK_VERBS - {"push"} and sized:
        return None
    scope, plain = read_scope(rest), without_scope(rest)
    shift = how_far(verb, plain, clause)
    if shift is not None:
        return _move(before_length(plain, clause), None, shift, scope, clause)
    if bare := _TO_TIME.match(plain):
        return _of_it(verb, bare["to"], scope, clause)
    found = _split_at(clause.words(plain), clause)
    if found is not None:
        return _moved_to(verb, *found, scope, clause)
    return _bare_order(verb, plain, scope, clause)


_TO_TIME = re.compile(
    rf"^(?:(?:to|for|until|till|on|at|back to|over to)\s+)+(?P<to>(?:{T}|\s|at\b|on\b|,)+)$", re.I
)


def _of_it(verb: str, to: str, scope: Scope | None, clause: Clause) -> Move | None:
    """ "move to 3pm" speaks of what was just shown."""
    when = clause.when(to)
    if verb in LOOSE_VERBS or when is None or when.start is None or when.past:
        return None
    target = Target(it=True)
    return Move(target, when, None, scope, _confidence(target, clause), clause.words(to).strip())


def _moved_to(verb: str, words: str, rest: str, scope: Scope | None, clause: Clause) -> Move | None:
    """ "WORDS to REST". A verb of many uses ("put", "do") must meet a known title, an
    "it" or an "instead" to mean a move; "bring" must say in which direction."""
    target = _target(words, clause)
    known = _points(words) if target.it else known_title(target.words, clause)
    brought = verb in ("bring", "pull") and not (
        EARLIER.search(clause.text) or LATER.search(clause.text)
    )
    if not _fits(target) or brought:
        return None
    if verb in LOOSE_VERBS and not known and (target.it or "instead" not in clause.text.lower()):
        return None
    to = new_time(rest, _day_of(target), clause.now)
    if to is not None and to.start is None and to.duration is not None:
        return None  # "shift tomorrow 1:30am for 2 hours" is no move
    return Move(target, to, None, scope, _confidence(target, clause), rest.strip())


def _bare_order(verb: str, plain: str, scope: Scope | None, clause: Clause) -> Move | None:
    """ "make it 5pm" has its new time right after the target; "reschedule the dentist" none
    yet, which is asked for."""
    times = clause.times(plain)
    if verb in WEAK_VERBS:
        return _weak_order(verb, plain, scope, clause)
    at_end = _HOUR_AT_END.match(plain)
    if at_end and is_bare_clock(clause.times(at_end["to"])[0]):
        return _move(at_end["target"], clause.when(at_end["to"]), None, scope, clause)
    target = _target(clause.words(plain), clause)
    nowhere = re.search(r"\bto\b", plain) and not times
    return Move(target, scope=scope, confidence=0.5) if _fits(target) and not nowhere else None


_HOUR_AT_END = re.compile(
    rf"^(?P<target>(?:\w|[' ]|{P})*\w)(?<!\bat)(?<!\bfrom)(?<!\bthe)\s+(?P<to>{T})$", re.I
)
""" "move piano 3pm"; "move piano at 3pm" may speak of the one at three."""


def _weak_order(verb: str, plain: str, scope: Scope | None, clause: Clause) -> Move | None:
    """ "make it 6", "do book club Thursday instead": what was said must exist already."""
    words, times = clause.words(re.sub(T, " ", plain)), clause.times(plain)
    bare = None if times else _LAST_HOUR.search(words)
    if bare:
        times, words = find_times(f"at {bare['hour']}", clause.now), words[: bare.start()]
    instead = bool(_INSTEAD_WORD.search(words))
    target = _target(_INSTEAD_WORD.sub(" ", words), clause)
    meant = target.it or known_title(target.words, clause)
    changes = verb in ("make", "change", "set") and meant
    if not times or not _fits(target) or not (changes or (instead and not bare)):
        return None
    return _timed(target, combine(times), scope, clause)


def _timed(target: Target, to: When | None, scope: Scope | None, clause: Clause) -> Move:
    return Move(target, to, None, scope, _confidence(target, clause))


def _stated(match: re.Match[str], clause: Clause) -> Move | None:
    how, rest, scope = match["how"].lower(), match["rest"], read_scope(match["rest"])
    if how == "moving" and not re.match(r"\s*(?:to|from|back|up|forward)\b", rest, re.I):
        return None
    if re.search(rf"^(?:{P}|\s)+$|\b(?:i|he|she|they|who|we)\s*$", match["target"], re.I):
        return None
    if CARRIER.search(match["target"]) and known_title(match["target"], clause) is None:
        return None
    target_piece = match["target"]
    shift = how_far(how, without_scope(rest), clause)
    if shift is not None and how != "running":
        return _move(target_piece, None, shift, scope, clause)
    words = clause.words(" " + without_scope(rest).strip())
    found = _split_at(words, clause)
    if how == "running" or found is None or IT_IS_NOW.match(rest):
        to = clause.when(rest)
        if how == "running" or to is None:
            return None
        return _move(target_piece, to, None, scope, clause)
    return _moved_to("move", clause.words(target_piece), found[1], scope, clause)


def _instead(plain: str, clause: Clause) -> Move | None:
    """ "dinner is now at 7", "soccer at 10 instead": a statement that something changed."""
    match = INSTEAD.match(plain)
    if match is None or not (match["now"] or match["instead"]) or ORDER.match(plain):
        return None
    target = _target(clause.words(COMING.sub("", match["target"])), clause)
    if not _fits(target) or re.match(r"^(?:i|he|she|they|we)$", target.words, re.I):
        return None
    words = clause.words(match["to"]).strip(" ,")
    to = clause.when(match["to"]) or combine(find_times(f"at {words}", clause.now))
    return Move(target, to, None, read_scope(plain), 0.9 if target.words else 0.7, words)


def _split_at(words: str, clause: Clause) -> tuple[str, str] | None:
    """The words cut at the first "to" after which a time stands: (target, new time's)."""
    for match in islice(SPLIT.finditer(words), _MOST_TRIED):
        rest = words[match.end() :]
        if match.group().strip().lower() in ("on", "at", "for") and _is_old(rest, clause):
            continue
        times = find_times(rest, clause.now)
        if not times and _BARE_HOUR.match(rest):
            rest = "at " + rest
            times = find_times(rest, clause.now)
        if not times and _BARE_MONTH.match(rest):
            rest = "in " + rest
            times = find_times(rest, clause.now)
        if times and times[0].span[0] <= _LOOSE:
            return words[: match.start()], rest
    return None


def _is_old(rest: str, clause: Clause) -> bool:
    """ "yoga on March 16 to 8pm", "my thing on Friday to Monday": the first is the day that
    moves, and the new time stands behind the "to". "on Friday from 3 to 5" is one time."""
    match = _OLD_DAY.match(rest) if _MOVES.search(clause.text) else None
    if match is None or not find_times(f"at {match['day']}", clause.now):
        return False
    to = match["to"]
    return bool(find_times(to, clause.now) or find_times(f"at {to}", clause.now))


def new_time(words: str, day: date | None, now: datetime) -> When | None:
    """The new time as written; a bare weekday counts in the week of the moved `day`.

    Said on a Wednesday, "move next Tuesday's piano to Wednesday" means the day after that
    Tuesday. "tomorrow" or a date counts from `now` in any case.
    """
    if day is not None and _WEEKDAY.search(words) and not _FROM_NOW.search(words):
        monday = datetime.combine(day - timedelta(days=day.weekday()), time.min)
        now = max(now, monday)
    return combine(find_times(words, now))


def _day_of(target: Target) -> date | None:
    start = target.when.start if target.when else None
    return start.date() if isinstance(start, datetime) else start


_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", re.I)

_FROM_NOW = re.compile(
    r"\b(?:this|next|today|tomorrow|tonight|week|in|after|\d{1,2}(?:st|nd|rd|th)"
    r"|\d+/\d+)\b",
    re.I,
)

_BARE_HOUR = re.compile(r"^\d{1,2}(?:[:.]\d\d)?(?![\w%])")

_OLD_DAY = re.compile(
    r"^(?P<day>(?:(?!from\b|between\b|to\b)[\w',.:/]+ ){1,6}?)(?:over )?to (?P<to>\w.*)$",
    re.I | re.S,
)

_MOVES = re.compile(
    r"\b(?:mov|re-?schedul|shift|push|postpon|chang|switch|bump|transfer|bring|pull|delay)", re.I
)
"""Words of moving; "put yoga on Tuesday 5 to 7" says one time."""

_BARE_MONTH = re.compile(r"^(?:late |early |mid )?(?:march|april|may|june|july)\W*$", re.I)

_LAST_HOUR = re.compile(r"\s+(?P<hour>(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?)(?:ish)?\s*(?=instead|$)")

_INSTEAD_WORD = re.compile(r"\binstead\b", re.I)

_MOST_TRIED = 4

_LOOSE = 12

"""Characters that may stand between "to" and the new time ("to the following Monday")."""


def _move(
    words: str, to: When | None, shift: timedelta | None, scope: Scope | None, clause: Clause
) -> Move | None:
    target = _target(clause.words(words), clause)
    if not _fits(target):
        return None
    return Move(target, to, shift, scope, _confidence(target, clause))


def _target(words: str, clause: Clause) -> Target:
    """The target, read again from plain words, as its own times must not join the new one."""
    words = TIME_OF.sub("", _trim_from(words).strip())
    again = read_clause(words, clause.context, clause.now)
    return read_target(again.marked, again)


def _trim_from(words: str) -> str:
    """ "dentist from Thursday" -> "dentist Thursday"."""
    return FROM.sub(lambda m: " " + m["old"], words)


def _points(words: str) -> bool:
    return bool(re.search(r"\b(?:it|that|this|them)\b", words, re.I))


def _fits(target: Target) -> bool:
    return not NO_EVENTS.match(target.words) and len(target.words.split()) <= 8


def _confidence(target: Target, clause: Clause) -> float:
    if target.it and target.when is None:
        return 0.95 if clause.context.focus else 0.6
    return 1.0
