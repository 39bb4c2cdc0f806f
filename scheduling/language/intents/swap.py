"""One person for another: "Mia isn't going to soccer, Leo is", "piano for Leo instead of Mia"."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduling.language.clause import Clause, P, T
from scheduling.language.politeness import without_greeting
from scheduling.language.readings import Change
from scheduling.language.target import known_title, read_target

_NOT = (
    r"(?:\s*(?:'s|is|'re|are|'m))?\s*(?:not|isn't|aren't|won't|can't)\s+(?:be )?"
    r"(?:going|coming|go|come|at)"
)
_INSTEAD = r"(?:instead of|and not|not|rather than)"
_ON_DAY = rf"(?:\s+(?:on\s+)?(?P<day>{T}))?[\s,.!]*$"
_FORMS = (
    re.compile(
        rf"^(?P<out>{P}){_NOT}(?: to)? (?P<target>[^,.;]+?)\s*(?:,|;|-|but)\s*(?:but )?"
        rf"(?P<into>{P})(?:'s| is| will| goes| can| does)?(?: going| instead)*{_ON_DAY}",
        re.I,
    ),
    re.compile(
        rf"^(?P<target>[^,.;]+?) (?:is )?(?:now )?(?:for|with) (?P<into>{P}) {_INSTEAD}"
        rf" (?P<out>{P}){_ON_DAY}",
        re.I,
    ),
    re.compile(
        rf"^(?P<into>{P})(?:'s| is| goes| will go| going)*(?: to)? (?P<target>[^,.;]+?)"
        rf" {_INSTEAD} (?P<out>{P}){_ON_DAY}",
        re.I,
    ),
    re.compile(
        rf"^(?P<into>{P}) {_INSTEAD} (?P<out>{P})"
        rf" (?:for|to|at|goes to|in) (?P<target>[^,.;]+?){_ON_DAY}",
        re.I,
    ),
)


def read_swap(clause: Clause) -> Change | None:
    """None unless one is to take another's place at an event that exists."""
    plain = without_greeting(clause.marked)
    if "?" in plain or clause.text.count(" ") > 14:
        return None
    for form in _FORMS:
        if match := form.match(plain):
            target = read_target(match["target"], clause)
            if target.it or not known_title(target.words, clause):
                continue
            if match["day"]:
                target = replace(target, when=clause.when(match["day"]))
            into, out = clause.who(match["into"]).names, clause.who(match["out"]).names
            return Change(target, add_people=into, remove_people=out, confidence=0.9)
    return None
