"""Moving: "move next Tuesday's piano to Wednesday 5pm", "push dinner back an hour"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import islice

from scheduling.language.clause import Clause, P, T, read_clause
from scheduling.language.lengths import LENGTH, length_in
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Move, Scope, Target
from scheduling.language.target import known_title, read_scope, read_target, without_scope
from scheduling.language.times import find_times
from scheduling.language.timing import combine
from scheduling.language.when import When

_VERB = re.compile(
    r"^(?P<verb>move|reschedule|re-schedule|shift|push|postpone|delay|bring|pull|change"
    r"|switch|put off|put|advance"
    r"|make|set back|bump|slide|defer|start|transfer|rebook|swap|hold|do|have|drag|update"
    r"|set|resched)\b\s*(?P<rest>.+)$",
    re.I | re.S,
)
_STATED = re.compile(
    rf"^(?P<target>.+?)(?:\s|(?<={T}))(?:(?:is|was|got|has been|have been|'s|will be|are"
    r"|has|been|needs to be|had to be"
    r"|just got|gets|must be|should be)\s+)*(?:(?:now|actually|being"
    r"|also)\s+)*(?P<how>moved|rescheduled|shifted|"
    r"pushed|postponed|delayed|changed|switched|bumped|moving|brought|pulled|put off"
    r"|set back|running|shifting)\b(?P<rest>.*)$",
    re.I | re.S,
)
_INSTEAD = re.compile(
    r"^(?P<target>.+?)(?:'s| is| are| will be| starts| begins| start)?(?:\s+(?P<now>now"
    r"|actually|now at|now on))?\s+(?:at |on |from |to )?"
    r"(?P<to>(?:(?:at |on |from |,"
    rf"|\s)*{T})+)\s*,?\s*(?P<instead>instead(?: of (?P<old>.*))?|now|not {T}"
    rf"|rather than {T})?\W*$",
    re.I,
)
_EARLIER = re.compile(r"\b(?:earlier|forward|up|ahead|sooner|advance|before)\b", re.I)
_LATER = re.compile(
    r"\b(?:later|back|postpone\w*|delay\w*|put off|push\w*|set back|defer|out|after|late"
    r"|behind|bump\w*|down)\b",
    re.I,
)
_BACKWARD_VERBS = {
    "postpone",
    "delay",
    "put off",
    "push",
    "set back",
    "defer",
    "bump",
    "postponed",
    "delayed",
    "pushed",
    "bumped",
}
_WEAK_VERBS = {
    "change",
    "switch",
    "put",
    "make",
    "start",
    "set",
    "hold",
    "do",
    "have",
    "swap",
    "update",
    "bring",
    "pull",
    "push",
}
_LOOSE_VERBS = _WEAK_VERBS - {"push", "bring", "pull", "change", "switch", "swap"}
_SPLIT = re.compile(
    r"\s(?:to|until|till|til|for|->|on|at|into|onto|over to|out to|back to|up to"
    r"|forward to)\s+(?!the (?:gym|car))|\s*->\s*",
    re.I,
)
_LONG = re.compile(
    rf"\b(?:longer|shorter|long)\b|^(?:it|that|this)?\s*(?:a |an )?{LENGTH}\W*$"
    rf"|\btake {LENGTH}",
    re.I,
)
_FROM = re.compile(r"\s+from\s+(?P<old>.+)$", re.I)
_TIME_OF = re.compile(
    r"^(?:the |our )?(?:start |starting )?(?:time|date|day|hour|start)s? (?:of|for) ", re.I
)
_COMING = re.compile(
    r"\s(?:is|are|will be)?\s*(?:coming|happening|starting|going|scheduled)?\s*$", re.I
)
_LATER_BY = re.compile(
    rf"^(?P<target>.+?)(?: is|'s| will be| starts?| are)(?: now)? (?P<rest>(?:{T}"
    rf"|{LENGTH}) (?:later|earlier)\b.*)$",
    re.I,
)
_ONGOING = re.compile(
    rf"^(?:{P}\s?(?:'re|'m|'s)?(?: are| am| is)?\s*)?(?P<verb>mov|reschedul|postpon|push"
    r"|shift|delay|switch|chang|bump)ing\b\s*(?P<rest>.+)$",
    re.I | re.S,
)
_NO_EVENTS = re.compile(
    r"^(?:the )?(?:car|couch|sofa|table|furniture|laundry|stuff|money|boxes|house"
    r"|bedtime story)\b",
    re.I,
)


def read_move(clause: Clause) -> Move | None:
    """None unless the clause gives an existing event another time."""
    plain = command(clause.marked)
    match = _VERB.match(plain)
    if match:
        return _ordered(match["verb"].lower(), match["rest"], clause)
    if "?" in clause.marked:
        return None
    ongoing = _ONGOING.match(without_greeting(clause.marked))
    if ongoing and (found := _split_at(clause.words(without_scope(ongoing["rest"])), clause)):
        return _moved_to("move", *found, read_scope(plain), clause)
    later = _LATER_BY.match(plain)
    if later and (shift := _shift("", later["rest"], clause)) is not None:
        return _move(
            later["target"] + " " + _after_length(later["rest"]), None, shift, None, clause
        )
    stated = _STATED.match(without_greeting(clause.marked))
    return _stated(stated, clause) if stated else _instead(plain, clause)


def _ordered(verb: str, rest: str, clause: Clause) -> Move | None:
    if _LONG.search(clause.words(rest)) and verb in _WEAK_VERBS:
        return None
    scope, plain = read_scope(rest), without_scope(rest)
    shift = _shift(verb, plain, clause)
    if shift is not None:
        return _move(_before_length(plain, clause), None, shift, scope, clause)
    found = _split_at(clause.words(plain), clause)
    if found is not None:
        return _moved_to(verb, *found, scope, clause)
    return _bare_order(verb, plain, scope, clause)


def _moved_to(verb: str, words: str, rest: str, scope: Scope | None, clause: Clause) -> Move | None:
    """ "WORDS to REST". A verb of many uses ("put", "do") must meet a known title, an
    "it" or an "instead" to mean a move; "bring" must say in which direction."""
    target = _target(words, clause)
    known = _points(words) if target.it else known_title(target.words, clause)
    brought = verb in ("bring", "pull") and not _EARLIER.search(words) and not _LATER.search(words)
    if not _fits(target) or brought:
        return None
    if verb in _LOOSE_VERBS and not known and (target.it or "instead" not in clause.text.lower()):
        return None
    to = new_time(rest, _day_of(target), clause.now)
    return Move(target, to, None, scope, _confidence(target, clause), rest.strip())


def _bare_order(verb: str, plain: str, scope: Scope | None, clause: Clause) -> Move | None:
    """ "make it 5pm", "reschedule the dentist": a new time right after the target, or none yet."""
    times = clause.times(plain)
    if (verb in _WEAK_VERBS and verb not in ("make", "change", "set")) or (
        verb in _WEAK_VERBS and not times
    ):
        return None
    target = _target(
        clause.words(re.sub(T, " ", plain)) if verb in _WEAK_VERBS else clause.words(plain), clause
    )
    to = combine(times) if verb in _WEAK_VERBS else None
    if verb in _WEAK_VERBS and not (target.it or known_title(target.words, clause)):
        return None
    if not _fits(target) or (verb not in _WEAK_VERBS and not target.words and not target.it):
        return None
    return Move(target, to, None, scope, _confidence(target, clause) if to else 0.5)


def _stated(match: re.Match[str], clause: Clause) -> Move | None:
    how, rest, scope = match["how"].lower(), match["rest"], read_scope(match["rest"])
    if how == "moving" and not re.match(r"\s*(?:to|from|back|up|forward)\b", rest, re.I):
        return None
    if re.search(rf"^(?:{P}|\s)+$|\b(?:i|he|she|they|who|we)\s*$", match["target"], re.I):
        return None
    target_piece = match["target"]
    shift = _shift(how, without_scope(rest), clause)
    if shift is not None and how != "running":
        return _move(target_piece, None, shift, scope, clause)
    words = clause.words(" " + without_scope(rest).strip())
    found = _split_at(words, clause)
    if how == "running" or found is None:
        to = clause.when(rest)
        if how == "running" or to is None:
            return None
        return _move(target_piece, to, None, scope, clause)
    return _moved_to("move", clause.words(target_piece), found[1], scope, clause)


def _instead(plain: str, clause: Clause) -> Move | None:
    """ "dinner is now at 7", "soccer at 10 instead": a statement that something changed."""
    match = _INSTEAD.match(plain)
    if match is None or not (match["now"] or match["instead"]):
        return None
    target = read_target(_COMING.sub("", match["target"]), clause)
    if not _fits(target) or re.match(r"^(?:i|he|she|they|we)$", target.words, re.I):
        return None
    return Move(
        target, clause.when(match["to"]), None, read_scope(plain), 0.9 if target.words else 0.7
    )


def _after_length(rest: str) -> str:
    """ "an hour later on Friday" -> "on Friday", which says which one."""
    return re.sub(r"^.*?\b(?:later|earlier)\b", "", rest)


def _split_at(words: str, clause: Clause) -> tuple[str, str] | None:
    """The words cut at the first "to" after which a time stands: (target, new time's)."""
    for match in islice(_SPLIT.finditer(words), _MOST_TRIED):
        rest = words[match.end() :]
        times = find_times(rest, clause.now)
        if not times and _BARE_HOUR.match(rest):
            rest = "at " + rest
            times = find_times(rest, clause.now)
        if times and times[0].span[0] <= _LOOSE:
            return words[: match.start()], rest
    return None


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
_MOST_TRIED = 4
_LOOSE = 12
"""Characters that may stand between "to" and the new time ("to the following Monday")."""


def _shift(verb: str, piece: str, clause: Clause) -> timedelta | None:
    """How far, signed: later is positive. None where the words give no length."""
    said = clause.words(piece)
    by = re.search(
        r"(?:\bby |\b(?:back|forward|up|ahead|earlier|later|out|down)\b\s*(?:by )?|\s"
        rf"|^)(?P<length>{LENGTH})",
        said,
        re.I,
    )
    if by is None:
        return None
    length = length_in(by["length"])
    before, after = said[: by.start("length")], said[by.end("length") :]
    around = before[-12:] + " | " + after
    earlier = _EARLIER.search(around) or verb in ("bring", "advance", "pull", "brought", "pulled")
    later = _LATER.search(around) or verb in _BACKWARD_VERBS
    sure = re.search(r"\bby\s*$", before, re.I)
    if (
        length is None
        or not (earlier or later or sure)
        or re.match(r"\s*(?:ago|from)\b", after, re.I)
    ):
        return None
    if re.search(r"\b(?:up|earlier|forward|sooner|ahead)\b", around, re.I) and not re.search(
        r"\blater\b", around, re.I
    ):
        return -length
    return -length if earlier and not later else length


def _before_length(piece: str, clause: Clause) -> str:
    """The target's words in front of "back an hour", "by 30 min", "an hour later"."""
    said = clause.words(piece)
    cut = re.search(
        rf"\b(?:back|forward|up|ahead|out|down|earlier|later|sooner)\b(?: by)?(?=\s+{LENGTH})"
        rf"|\bby(?=\s+{LENGTH})|{LENGTH}",
        said,
        re.I,
    )
    head = said[: cut.start()] if cut else said
    return re.sub(
        r"^(?:back|forward|up|ahead|out|down)\s+|\s+(?:back|forward|up|ahead|out|down)\s*$",
        " ",
        head,
        flags=re.I,
    )


def _move(
    words: str, to: When | None, shift: timedelta | None, scope: Scope | None, clause: Clause
) -> Move | None:
    target = _target(clause.words(words), clause)
    if not _fits(target):
        return None
    return Move(target, to, shift, scope, _confidence(target, clause))


def _target(words: str, clause: Clause) -> Target:
    """The target, read again from plain words, as its own times must not join the new one."""
    words = _TIME_OF.sub("", _trim_from(words).strip())
    again = read_clause(words, clause.context, clause.now)
    return read_target(again.marked, again)


def _trim_from(words: str) -> str:
    """ "dentist from Thursday" -> "dentist Thursday"."""
    return _FROM.sub(lambda m: " " + m["old"], words)


def _points(words: str) -> bool:
    return bool(re.search(r"\b(?:it|that|this|them)\b", words, re.I))


def _fits(target: Target) -> bool:
    return not _NO_EVENTS.match(target.words) and len(target.words.split()) <= 8


def _confidence(target: Target, clause: Clause) -> float:
    if target.it and target.when is None:
        return 0.95 if clause.context.focus else 0.6
    return 1.0
