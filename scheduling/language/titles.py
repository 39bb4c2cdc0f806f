"""Titles: what is left of the words once times, people and things are taken out."""

from __future__ import annotations

import re

from scheduling.language.tidy import is_pictogram

LONGEST_TITLE = 120
_OPEN_END = re.compile(r"[\s,]+(?:till?|until|'til) (?:late|whenever|close|the end)\W*$", re.I)
_EDGE = (
    r"(?:on|at|for|from|in|by|the|a|an|to|of|with|w/|and|or|is|are|was|will be|'s|this|that|my|our"
    r"|its|it's|it|until|till|starting|starts|begins|beginning|around|about|ish|as|be|has|have"
    r"|there|then|also|too|please|pls|plz|thanks|but|so|every|except|not|during|before|after"
    r"|again|should|now|just|only|via|plus|per|each|between|btw|approx|@|instead|since)"
)
_HEAD = re.compile(rf"^(?:[\s,.;:!?&+/@*•>|=-]|(?:{_EDGE})(?=[\s,.;:]|$))+", re.I)
_TAIL = re.compile(rf"(?:[\s,.;:!?&+/@*•|=(<-]|(?<=[\s,.;:&])(?:{_EDGE})(?=[\s,.;:!?]*$))+$", re.I)
_HOLES = re.compile(r"\s*,(?:\s*,)+|\s{2,}|\(\s*\)|\[\s*\]")
_LONE = re.compile(rf"^(?:{_EDGE})$", re.I)
_KEEP = re.compile(
    r"^(?:on (?:(?:call|duty)\b|(?:vacation|holiday|leave|tour)\W*$)"
    r"|(?:no|not|after|before|in-person|the (?:lion|wizard)|in (?-i:[A-Z])\w+)\b)",
    re.I,
)


def trim(text: str) -> str:
    """A title with its author's casing, without loose joining words or emojis at its ends."""
    text = _OPEN_END.sub("", _HOLES.sub(_fill, text))
    for _ in range(4):
        shorter = _without_pictures(_TAIL.sub("", _unhead(text)).strip())
        if shorter == text:
            break
        text = shorter
    return "" if _LONE.match(text) else text[:LONGEST_TITLE].strip()


def _fill(match: re.Match[str]) -> str:
    return ", " if "," in match.group() else " "


def _unhead(text: str) -> str:
    stripped = text.lstrip(" ,.;:!?&+/@*•>|=-")
    return stripped if _KEEP.match(stripped) else _HEAD.sub("", stripped)


def _without_pictures(text: str) -> str:
    first, last = 0, len(text)
    while first < last and (is_pictogram(text[first]) or text[first].isspace()):
        first += 1
    while last > first and (is_pictogram(text[last - 1]) or text[last - 1].isspace()):
        last -= 1
    return text[first:last]
