"""Weekdays as rules name them: "school nights", "Mon-Fri", "Sundays and Tuesdays"."""

from __future__ import annotations

import re

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_RANGE = re.compile(rf"\b({_DAY})s?\.?\s*(?:-|to|through|thru|until|till)\s*({_DAY})s?\b", re.I)
_ONE = re.compile(rf"\b({_DAY})s?\b", re.I)
PLURAL = re.compile(
    rf"\b(?:every|each|on|any)?\s*{_DAY}(?<!wed)(?<!tue)s\b|\b(?:every|each) {_DAY}\b", re.I
)
_SETS = (
    (re.compile(r"\bschool[- ]?nights?\b", re.I), ("SU", "MO", "TU", "WE", "TH")),
    (
        re.compile(
            r"\b(?:week|school|work|working)[- ]?(?:days?|nights?|evenings?|mornings?)\b", re.I
        ),
        CODES[:5],
    ),
    (re.compile(r"\bweek[- ]?ends?\b", re.I), CODES[5:]),
)


def days_in(text: str) -> tuple[str, ...]:
    """RFC 5545 codes of the weekdays a sentence names, Monday first; () for none."""
    found: set[str] = set()
    for pattern, codes in _SETS:
        if pattern.search(text):
            found.update(codes)
            text = pattern.sub(" ", text)
    for first, last in _RANGE.findall(text):
        found.update(_between(_code(first), _code(last)))
    found.update(_code(day) for day in _ONE.findall(_RANGE.sub(" ", text)))
    return tuple(code for code in CODES if code in found)


def _code(word: str) -> str:
    return word[:2].upper()


def _between(first: str, last: str) -> list[str]:
    start, count = CODES.index(first), (CODES.index(last) - CODES.index(first)) % 7 + 1
    return [CODES[(start + step) % 7] for step in range(count)]
