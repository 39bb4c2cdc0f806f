"""Cutting a message into sentences, and a sentence into the several things it asks."""

from __future__ import annotations

import re
from datetime import datetime

from scheduling.language.chatter import names_event
from scheduling.language.day_lists import listed_under_day
from scheduling.language.own_hours import own_hours
from scheduling.language.people import find_people
from scheduling.language.readings import Context
from scheduling.language.things import find_things
from scheduling.language.times import find_times

MOST_CLAUSES = 12
LONGEST_SENTENCE = 500
"""Characters of a sentence that are read; one that runs on is no request."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct"
    r"|nov|dec|mr|mrs|ms|dr|st|"
    r"vs|approx|no|min|mins|hr|hrs|etc|prof|jr|sr|e\.g|i\.e|w|apt|ave|rd|appt)|\b[ap]\.m"
    r"|\b[a-z]|\d)\.$",
    re.I,
)
_END = re.compile(r"\n+|;\s+|[.!?]+[)\"']?(?=\s|$)\s*")
_COMMAND = (
    r"remind|cancel|move|add|book|schedule|delete|reschedule|push|postpone|set|show|find"
    r"|call off|skip|rename|"
    r"who(?:'s| is)? (?:has|got|drives?|driving|picks? up|picking up)|what'?s on"
    r"|(?:is|are) (?:\w+ (?:and )?){1,3}(?:free|available|busy)|"
    r"put|create|(?:who|what|when)\b(?=\W*\w.*\?)|is there|are there|change|shift|remove"
    r"|drop (?=everything|all\b)|clear (?=my|our|the|every)|don't forget|undo"
    r"|make sure|please (?:add|book|remind|cancel|move)|"
    r"can you|could you"
)
_CUT = re.compile(
    r"\s*(?:,|;|\s-)?\s*(?:\b(?:and then|and also|and|also|then|plus|as well as|&|but)\b|,"
    r"|;|&|\s\+|\s/)\s+(?=\S)",
    re.I,
)
_ORDERS = re.compile(rf"^(?:(?:and|also|then|please|pls|plus|oh|but)\s+)*(?:{_COMMAND})\b", re.I)
_ASKS_ALONG = re.compile(r"^(?:can|could|will|would) (?:you|u)\b", re.I)
"""Behind a name: "Tuesday 5.30pm, Ben can you come too" turns to somebody."""
_DROPS = re.compile(r"^.{0,24}\b(?:cancel|delete|remove|scrap|skip|drop|call off)\b", re.I)
_DEFINITE = re.compile(r"^\s*(?:both )?(?:the|my|our|\w+'s)\s", re.I)
_TELLS = re.compile(
    r"\b(?:is|are|was|has|have|had|can|can't|will|won't|isn't|not|got|from|for)\b", re.I
)
"""A sentence of its own ("cancel piano, the teacher is sick"), not another event."""
_LONGEST_NAME = 5
_LONGEST_TIME = 40
_RIDER = re.compile(
    r"^(?:(?:and|also|then|please|pls|plus)\s+)*(?:remind|set a reminder|add a reminder"
    r"|ping|alert)\b.{0,40}\b(?:before(?:hand)?|ahead|prior|earlier|in advance)\W*$",
    re.I,
)


def sentences(text: str) -> list[str]:
    """The sentences of a message, without list bullets, at most `MOST_CLAUSES`."""
    found, start = [], 0
    for match in _END.finditer(text):
        if match.end() < len(text) and _joins(text, match):
            continue
        found.append(text[start : match.end()])
        start = match.end()
    found.append(text[start:])
    plain = (re.sub(r"^\s*(?:[-*•>]+|\d{1,2}[.)]) ", "", sentence).strip() for sentence in found)
    return [sentence[:LONGEST_SENTENCE] for sentence in plain if sentence][:MOST_CLAUSES]


def told_in_two(said: list[str], now: datetime) -> list[str]:
    """The sentences, one that is nothing but a time joined to a timeless one before it:
    "Got tickets to Hamilton!! Sat Mar 21 2pm"."""
    found: list[str] = []
    for sentence in said:
        before = found[-1].rstrip(" .!") if found else ""
        if (
            before
            and "?" not in before
            and _only_time(sentence, now)
            and not find_times(before, now)
        ):
            found[-1] = f"{before} {sentence}"
        else:
            found.append(sentence)
    return found


def _only_time(sentence: str, now: datetime) -> bool:
    if len(sentence) > _LONGEST_TIME or not (times := find_times(sentence, now)):
        return False
    for start, end in sorted((time.span for time in times), reverse=True):
        sentence = sentence[:start] + sentence[end:]
    return not re.search(r"\w", re.sub(r"\b(?:at|on|from|it's|this)\b", "", sentence, flags=re.I))


def clauses(sentence: str, context: Context, now: datetime) -> list[str]:
    """A sentence as the pieces that each ask for something; itself if it asks one thing."""
    if said := own_hours(sentence, context) or listed_under_day(sentence, now):
        return said
    times = find_times(sentence, now)
    dated = [when for when in times if when.start is not None or when.repeat is not None]
    spans = [when.span for when in dated]
    words = [part for when in dated for part in when.parts or (when.span,)]
    named = _without_names(sentence, context)
    pieces = [sentence]
    for match in reversed(list(_CUT.finditer(sentence))[:MOST_CLAUSES]):
        left, right = sentence[: match.start()], pieces[0][match.end() :]
        if _within(match, words):
            continue
        nameless = named[match.end() :][: len(right)].strip(" ,")
        orders = _commands(right) or _ASKS_ALONG.match(nameless)
        both = not _within(match, spans) and (
            _both_booked(named, len(right), match, spans)
            or (nameless and _lists(sentence, match) and _both_dropped(left, right, context))
        )
        if orders or both:
            pieces[:1] = [left, right]
    return [piece for piece in pieces if piece.strip()]


def _within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(a < match.end() and match.start() < b for a, b in spans)


def _lists(sentence: str, match: re.Match[str]) -> bool:
    """An "and" here or further on; after a mere comma comes the reason ("sitter bailed")."""
    return re.search(r"\band\b|&|\+", sentence[match.start() :], re.I) is not None


def _both_dropped(left: str, right: str, context: Context) -> bool:
    """ "cancel the dentist and the vet" names two events; "the dinner and movie" may be one."""
    if not _DROPS.match(left) or any(" and " in title.lower() for title in context.titles):
        return False
    if _TELLS.search(right) or len(right.split()) > _LONGEST_NAME:
        return False
    first = _DROPS.sub("", left, count=1)
    both_known = all(_heads(words, context) for words in (first, right))
    return both_known or _DEFINITE.match(right) is not None


def _heads(words: str, context: Context) -> bool:
    """Whether the words open with an event: a kind of event, or one the household has."""
    head = re.match(r"\W*(?:(?:the|my|our)\s+)?([\w'-]+)", words.lower())
    known = {word for title in context.titles for word in title.lower().split()}
    return head is not None and (head[1] in known or names_event([head[1]]))


def _joins(text: str, match: re.Match[str]) -> bool:
    """A full stop that ends an abbreviation ("Mon. 7:50 a.m."), not a sentence."""
    if (
        "\n" in match.group()
        or "?" in match.group()
        or "!" in match.group()
        or ";" in match.group()
    ):
        return False
    return bool(_ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1])) and not (
        text[match.end() : match.end() + 1].isupper() and text[match.start() - 1].isdigit()
    )


def _commands(right: str) -> bool:
    return bool(_ORDERS.match(right)) and not _RIDER.match(right)


def _both_booked(
    sentence: str, length: int, match: re.Match[str], spans: list[tuple[int, int]]
) -> bool:
    """Both sides have a time of their own, and the right side a title of its own."""
    right = sentence[match.end() : match.end() + length]
    before = any(b <= match.start() for _, b in spans)
    after = [(a, b) for a, b in spans if a >= match.end()]
    if not before or not after:
        return False
    offset = match.end()
    for a, b in after:
        right = right[: a - offset] + " " * (b - a) + right[b - offset :]
    head = right[: after[0][0] - offset]
    tail = right[after[0][1] - offset :]
    return _has_title(head) or (not head.strip() and _has_title(tail.split(",")[0]))


def _without_names(sentence: str, context: Context) -> str:
    """The sentence with people and things blanked, as they make no title."""
    found = [(f.start, f.end) for f in find_people(sentence, context)]
    found += [(t.start, t.end) for t in find_things(sentence, context.resources)]
    for start, end in found:
        sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    return sentence


def _has_title(words: str) -> bool:
    rest = re.sub(
        r"\b(?:for|with|at|on|the|a|an|and|also|by|in|from|to|until|till|then|is|are|be|around"
        r"|maybe|every|of|"
        r"this|next|except|not|but|starting|starts|ending|ends|leaving|back|return\w*|again"
        r"|instead|or|about|pickup|due|up|it|it's|i|we|you|no|later|ish|there|doors|arrive)\b|[^\w']",
        " ",
        words,
        flags=re.I,
    )
    return bool(re.search(r"[^\W\d]{2,}", rest))
