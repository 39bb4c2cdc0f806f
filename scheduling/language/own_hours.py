"""One thing at an hour of each one's own: "piano Tuesday, Mia at 4 and Leo at 4:30"."""

from __future__ import annotations

import re

from scheduling.language.clause import P
from scheduling.language.people import find_people
from scheduling.language.readings import Context

_CLOCK = r"\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m?)?(?![\w:/.-]*\w)"
_ONE = rf"(?:for |with )?{P}(?: is| has)?\s*(?:at |@ ?|- ?|: ?)?{_CLOCK}"
_ALL = re.compile(rf"{_ONE}(?:\s*(?:,|;|&|\+|\band\b|\bthen\b)+\s*{_ONE})+", re.I)
_EACH = re.compile(rf"(?P<who>{P})(?: is| has)?\s*(?:at |@ ?|- ?|: ?)?(?P<clock>{_CLOCK})", re.I)
_MOST = 6


def own_hours(sentence: str, context: Context) -> list[str]:
    """The sentence once for each who has an hour of their own; none where nobody has."""
    marked, names = _named(sentence, context)
    match = _ALL.search(marked)
    if match is None or not re.search(r"[a-z]{3}", marked[: match.start()], re.I):
        return []
    head = re.sub(r"[\s,:;-]+$", "", marked[: match.start()])
    said = [
        f"{head} for {each['who']} at {each['clock']}{marked[match.end() :]}"
        for each in list(_EACH.finditer(match.group()))[:_MOST]
    ]
    return ["".join(names.get(char, char) for char in piece) for piece in said]


def _named(sentence: str, context: Context) -> tuple[str, dict[str, str]]:
    """The sentence with members as marks, and what each mark stands for."""
    names: dict[str, str] = {}
    members = [f for f in find_people(sentence, context) if f.mention.kind in ("member", "sender")]
    for number, found in reversed(list(enumerate(members[:_MOST]))):
        mark = chr(0xE400 + number)
        names[mark] = sentence[found.start : found.end]
        sentence = sentence[: found.start] + mark + sentence[found.end :]
    return sentence, names
