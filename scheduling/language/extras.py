"""What rides along with a booking: things needed, who drives, reminders asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from scheduling.language.clause import ANY, Clause, P, R, T
from scheduling.language.intents.remind import BEFORE, leads_before
from scheduling.language.intents.resource import is_shareable
from scheduling.language.lengths import LENGTH
from scheduling.language.people import Mention
from scheduling.language.readings import RoleOnEvent

_ONE = rf"(?:(?:an?|one|any|both|two|three|all)\s+(?:of )?)?{R}"
_THINGS = rf"{_ONE}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*\+\s*){_ONE})*"
_VERB = (
    r"(?:need(?:s|ed|ing)?|take|takes|taking|use|uses|using|want|wants|have|has|book"
    r"|reserve|grab|borrow|bring"
    r"|drive|get|gets|require|requires|claim|bringing|driving)"
)
_NEEDS = re.compile(
    rf"(?:(?<![\w'])(?:and|so|but|we'll|i'll)\s+)*(?:{P}(?:'ll|'d|'s)?\s+(?:(?:will|also"
    r"|would|'ll|might|both|all)\s+)*)?"
    rf"(?:(?:will|we'll|i'll|also|please|would|can)\s+)*\b{_VERB}\s+(?:to (?:use|take|have"
    rf"|borrow|book)\s+)?{_THINGS}"
    r"(?:\s+(?:too|please|as well|for (?:it|that|this)|to get there|there))*"
    rf"|(?:\b(?:with|in|on|by|via|using|plus|and|\+|&)|,|\(|-|\.|(?<=[\ue000-\ue7ff]))\s*{_THINGS}"
    rf"(?=\s*(?:$|[,.;!)]|{T}|{P}|needed|please|for|on|at|from|too))(?:\s*(?:is |are )?(?:needed"
    r"|required|please|too)\b)?"
    rf"|^{_THINGS}(?=\s*(?:,|{T}))|{_THINGS}\s+(?:is |are )?(?:needed|required)\b",
    re.I,
)
_SEVERAL = re.compile(rf"\b(?:both|two|three|all)\s+(?:of )?{R}", re.I)
"""How many are taken is said in the title, as an event holds one of each."""
_CARE = (
    r"(?:service|servicing|wash|inspection|repairs?|tune-?up|check(?:-?up)?|maintenance|detailing"
    r"|mot|smog check|oil change|ty?ires?|appointment|clean(?:ing)?)"
)
_DOES = (
    r"(?:wash|clean|fix|repair|service|inspect|vacuum|paint|mend|drop off|pick up|collect|return"
    r"|tak|bring|get|hav|driv)(?:e|s|es|ing|ning)?"
)
_USED = re.compile(
    rf"{R}\s+(?:in\s+)?"
    rf"(?:(?:is |needs? |for |to |an? |the |its |due for )*{_CARE}|trip|ride|tour)\b"
    rf"|\b(?:for|{_DOES})\s+{R}(?!\s*(?:shopping|insurance|payment|seat|keys?|show|park)\b)",
    re.I,
)
"""What keeps a thing busy and is the event itself: "car wash", "oil change for the car"."""
_UNKNOWN = re.compile(
    rf"(?:[,.;]\s*|\band\s+)(?:(?:{P}|will|'ll|also|we'll|i'll)\s+)*\b(?P<verb>need(?:s"
    r"|ing)?|take|taking|using|use|borrow|reserve|book|with)\s+(?:the|a|our"
    rf"|my)\s+(?P<thing>[\w -]{{2,24}}?)(?=\s*(?:$|[,.;!]|{ANY}|\btoo\b|\bplease\b))",
    re.I,
)
_DRIVES = re.compile(
    rf"[,.;(]?\s*(?:\b(?:and|but)\s+)?(?:\b(?:can|could|will|would)\s+)?(?P<who>{P})"
    r"(?:'ll|'s| will| is| can| to)?"
    r"\s*(?P<verb>driv(?:e|es|ing)|(?:pick|drop)(?:s|ping)? (?:us |them |him |her "
    rf"|{P} )?(?:up|off)|takes? (?:him|her|them|{P})"
    rf"|brings? (?:him|her|them|{P})|doing (?:the )?(?:drop-?off|pick-?up|driving)"
    rf"|does (?:the )?(?:drop-?off|pick-?up|driving)|(?:gives?|giving) (?:{P}|them|him"
    r"|her) a (?:ride|lift))"
    rf"(?P<riders>(?:(?:,| and)? {P}| him| her| them| us| there| both ways"
    rf"| the way)*)(?=\s*(?:$|[,.;!)]|{T}|and\b))",
    re.I,
)
_OPEN = re.compile(
    r"[,.;(]?\s*(?:\b(?:and|but)\s+)?(?:who (?:drives|is driving|can drive|picks up"
    r"|will drive|picks (?:him|her|them) up|takes (?:him|her|them)|brings (?:him|her"
    r"|them))\??"
    rf"|(?:{P} )?need(?:s)? (?:a |someone to |somebody to )(?:driver|ride|lift|drive"
    rf"|pick (?:him|her|them|{P}) up|pick ?up)(?: (?:him|her|them|{P}))?|driver (?:needed"
    r"|wanted)|ride needed"
    r"|someone (?:needs|has) to (?:drive|pick|take|bring)\b[^,.]*|no driver yet|driver tbd"
    rf"|who can (?:take|drive|bring) {P}\??)",
    re.I,
)
_REMIND = re.compile(
    r"[,.;(]?\s*(?:\b(?:and|also|then)\s+)?(?:please\s+)?(?:(?:remind|ping|alert|notify"
    rf"|nudge)\s+(?:(?:{P}|him|her|them)(?:\s*(?:and|,|&)\s*(?:{P}|him|her|them))*)?|(?:(?:set|add"
    rf"|with) )?(?:an? )?(?:reminders?|alert|alarm)(?: for {P})?|(?=(?:{LENGTH}"
    rf"|{T})[ -](?:minute )?(?:reminder|alert|heads)))"
    rf"\s*:?\s*(?P<lead>(?:(?:{LENGTH}|{T}|the (?:day|night|evening|week|hour))"
    r"(?:\s*before(?:hand)?(?=\s*(?:,|and\b)))?"
    r"(?:\s*(?:,|and)\s*(?:(?:again|also|then)\b\s*)?)?)+)"
    r"\s*(?:before(?:hand)?|ahead|prior|in advance|early|earlier|reminder"
    r"|alert|heads[- ]?up)"
    r"(?: (?:it|that|then|the (?:event|game|appointment|start)|of time|please))*",
    re.I,
)
_WITH_LEAD = re.compile(
    rf"[,.;(]?\s*(?:with |and |add )?(?:an? )?(?P<lead>{LENGTH}|{T})[ -]?(?:reminder|alert|alarm"
    r"|heads[- ]?up|notice)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Extras:
    """What was found, and the clause without its words."""

    rest: str
    resources: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    driver: Mention | None = None
    open_role: RoleOnEvent | None = None
    reminders: tuple[timedelta, ...] = ()
    users: tuple[Mention, ...] = ()
    riders: tuple[Mention, ...] = ()

    @property
    def any(self) -> bool:
        return bool(
            self.resources or self.unknown or self.driver or self.open_role or self.reminders
        )


def take_extras(marked: str, clause: Clause) -> Extras:
    """Lift everything that rides along out of a clause. users: who takes the things;
    riders: whom the driver takes."""
    marked, reminders = _reminders(marked, clause)
    marked, open_role = _open(marked)
    marked, driver, riders = _driver(marked, clause)
    marked, resources, users = _needs(marked, clause)
    marked, unknown = _unknown(marked)
    return Extras(marked, resources, unknown, driver, open_role, reminders, users, riders)


def _reminders(marked: str, clause: Clause) -> tuple[str, tuple[timedelta, ...]]:
    match = _REMIND.search(marked) or _WITH_LEAD.search(marked)
    if match is None or _names_event(marked[match.end() :]):
        return marked, ()
    parts = re.split(r",|\band\b", match["lead"])
    found = tuple(lead for part in parts for lead in leads_before(f"{part} before", clause))
    return (_cut(marked, match), found) if found else (marked, ())


def _names_event(after: str) -> bool:
    """ "remind us an hour before piano" names the event; it is no rider."""
    return bool(re.match(r"\s+(?!and\b|please\b|,)[\w]", after)) and not BEFORE.match(after)


def _open(marked: str) -> tuple[str, RoleOnEvent | None]:
    match = _OPEN.search(marked)
    if match is None:
        return marked, None
    role: RoleOnEvent = "driver" if not re.search("pick", match.group(), re.I) else "responsible"
    return _cut(marked, match), role


def _driver(marked: str, clause: Clause) -> tuple[str, Mention | None, tuple[Mention, ...]]:
    """The first who drives; whoever does the way back ("and I pick up") is no title either."""
    for match in _DRIVES.finditer(marked):
        people = clause.people(match["who"])
        first = match.start() == 0 and not re.match(r"^.{0,3}driv", match["verb"], re.I)
        if people and len(people[0].names) == 1 and not first:
            rest = f"{marked[: match.start()]} , {_DRIVES.sub(' , ', marked[match.end() :])}"
            riders = clause.people(match["verb"] + match["riders"])
            return rest, people[0], tuple(riders)
    return marked, None, ()


def _needs(marked: str, clause: Clause) -> tuple[str, tuple[str, ...], tuple[Mention, ...]]:
    names: list[str] = []
    users: list[Mention] = []
    for match in _NEEDS.finditer(marked):
        names += clause.things(match.group())
        users += clause.people(match.group())
    rest = _NEEDS.sub(lambda m: m.group() if _SEVERAL.search(m.group()) else " , ", marked)
    names = names or [name for used in _USED.finditer(rest) for name in clause.things(used.group())]
    return rest, tuple(dict.fromkeys(names)), tuple(users)


def _unknown(marked: str) -> tuple[str, tuple[str, ...]]:
    names = []
    for match in _UNKNOWN.finditer(marked):
        if match["verb"].lower().startswith("need") or is_shareable(match["thing"]):
            names.append(match["thing"].strip())
            marked = marked.replace(match.group(), " , ", 1)
    return marked, tuple(dict.fromkeys(names))


def _cut(marked: str, match: re.Match[str]) -> str:
    return f"{marked[: match.start()]} , {marked[match.end() :]}"
