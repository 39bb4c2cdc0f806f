"""Cutting a message into sentences, and a sentence into the several things it asks."""

from __future__ import annotations

import re
from datetime import datetime

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
    r"put|create|(?:who|what|when)\b(?=.*\?)|is there|are there|change|shift|remove"
    r"|don't forget|undo|make sure|please (?:add|book|remind|cancel|move)|"
    r"can you|could you"
)
_CUT = re.compile(
    r"\s*(?:,|;|\s-)?\s*(?:\b(?:and then|and also|and|also|then|plus|as well as|&|but)\b|,"
    r"|;|&|\s\+)\s+(?=\S)",
    re.I,
)
_ORDERS = re.compile(rf"^(?:(?:and|also|then|please|pls|plus|oh|but)\s+)*(?:{_COMMAND})\b", re.I)
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


def clauses(sentence: str, context: Context, now: datetime) -> list[str]:
    """A sentence as the pieces that each ask for something; itself if it asks one thing."""
    times = find_times(sentence, now)
    spans = [when.span for when in times if when.start is not None or when.repeat is not None]
    named = _without_names(sentence, context)
    pieces = [sentence]
    for match in reversed(list(_CUT.finditer(sentence))[:MOST_CLAUSES]):
        left, right = sentence[: match.start()], pieces[0][match.end() :]
        if any(a < match.end() and match.start() < b for a, b in spans):
            continue
        if _commands(right) or _both_booked(named, len(right), match, spans):
            pieces[:1] = [left, right]
    return [piece for piece in pieces if piece.strip()]


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
        r"|instead|or|about|pickup|due|up|it|it's|i|we|you|no|later|ish)\b|[^\w']",
        " ",
        words,
        flags=re.I,
    )
    return bool(re.search(r"[^\W\d]{2,}", rest))
