"""A booking taken apart: what is lifted out of its words one thing after another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scheduling.language.chatter import names_event
from scheduling.language.clause import ANY, Clause, P, T, plain_words
from scheduling.language.people import Mention
from scheduling.language.places import find_place
from scheduling.language.wordset import word_set

ORDER = re.compile(
    r"^(?:(?:add|book(?! club|ing|s|fair| fair| report| sale| store| signing| talk| group)"
    r"|schedule|create|enter|plan|put(?: down| in)?|set up|pencil in|log|arrange|make|mark"
    r"|note|"
    r"slot in|jot down|organize|block(?: off| out)?|reserve|new (?:event|appointment"
    r"|entry)|event|save the date|appointment)\b[\s:,-]*)"
    r"(?:(?:an?|the|new|another|some|in|event|entry|appointment(?= for)|called|calendar"
    r"|time for|for)\b[\s:]*)*",
    re.I,
)

CALENDAR = re.compile(
    r"\b(?:on|in|to|into|onto|for)\s+(?:the|our|my|family|{P}|\s)*\s?(?:calendar|schedule"
    r"|cal|diary|planner)\b|\bin the diary\b".replace("{P}", P),
    re.I,
)

_HAVE = re.compile(
    rf"^(?P<who>{P}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*){P})*)\s*(?:'s|'ve|'re|'m|'ll)?\s*"
    r"(?:(?:has|have|had|got|gets?|takes?|plays?|goes to|go to|is|are|am|will be|will have"
    r"|will|does|do|needs?|attends?|attend|to|going to|wants to|have got|has got|also|both"
    r"|all|having|should|must|be|can|starts|taking|playing|getting|seeing|sees)\s+)*"
    r"(?:(?:an?|the|his|her|their|going to|to)\s+)*",
    re.I,
)

_DOING = re.compile(r"^(?:do|have|get|go to|go for|grab)\s+(?:an?\s+|the\s+)?", re.I)
_THERE_IS = re.compile(
    r"^(?:there(?:'s| is| are| will be)|it's|it is|we got)\s+(?:an?\s+|the\s+)?", re.I
)

_LIST = rf"{P}(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*&\s*|\s*\+\s*|\s+){P})*"

_FOR = re.compile(
    rf"\b(?:for|with|w/|w|take|bring)\s+(?:both\s+)?(?P<who>{_LIST})(?!\s*(?:-|'s))", re.I
)

_ALONE = re.compile(
    rf"(?:^|[,;:(|-]|(?<=\s))\s*(?P<who>{_LIST})\s*(?=$|[,;:.!)|]|\s-|\s*{T}"
    rf"|(?<={T} .)\s+(?:until|till|til|from|starting|on|at|every|with|but)\b)",
    re.I,
)

_COMES = re.compile(
    rf"[,.;]?\s*(?P<who>{_LIST})\s+(?:should|must|will|can|has to|have to|needs? to|is|are"
    r"|'s|to|'ll)?\s*(?:be )?(?:all )?(?:com(?:e|es|ing)|there|join(?:s|ing)?|attend(?:s"
    r"|ing)?|invited|going|welcome|goes|included)\b(?: too| along| as well)?",
    re.I,
)

_OWNED = re.compile(rf"(?P<who>{P})", re.I)

_UNKNOWN = re.compile(
    rf"\bfor\s+(?P<name>(?-i:[A-Z])[a-z]+)(?=\s*(?:$|[,.;!]|{ANY}|\band\b|\bon\b|\bat\b))", re.I
)

_NOT_NAMES = word_set(
    """
    christmas easter thanksgiving halloween school work dinner lunch breakfast passover
    ramadan hanukkah
    """
)

_PETS = re.compile(r"\b(?:vet|groom\w*|dogs?|cats?|puppy|kitten|kennel|walk\w*|pet)\b", re.I)

_KEPT_OWNER = re.compile(
    r"^\s*(?:\d+\w*\s+)?(?:birthday|bday|b-day|party|graduation|wedding|anniversary|house"
    r"|place|funeral|baby|retirement)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause while it is taken apart; `marked` shrinks, the rest fills up."""

    marked: str
    people: tuple[Mention, ...] = ()
    company: tuple[Mention, ...] = ()
    unknown: tuple[str, ...] = ()
    place: str | None = None
    preposition: str = ""


def take_apart(marked: str, clause: Clause, ordered: bool) -> Draft:
    draft = Draft(CALENDAR.sub(" ", marked))
    for step in (_unorder, _subject, _for_whom, _where, _alone, _owners):
        draft = step(draft, clause)
    return draft


def _unorder(draft: Draft, clause: Clause) -> Draft:
    marked = draft.marked.strip(" ,")
    orderer = re.match(rf"{P}\s+(?=(?:add|book|schedule)\b)", marked)
    if orderer and ORDER.match(marked[orderer.end() :]):
        marked = marked[orderer.end() :]
    marked = _DOING.sub("", marked)
    return replace(draft, marked=_THERE_IS.sub("", ORDER.sub("", marked, count=1), count=1))


def _subject(draft: Draft, clause: Clause) -> Draft:
    """ "Leo takes vitamins", "I have a work call", "Mia: dentist"."""
    match = _HAVE.match(draft.marked)
    if match is None or any(m.owner for m in clause.people(match["who"])):
        return draft
    verbless = match["who"] == match.group().strip()
    rest = draft.marked[match.end() :]
    if verbless and re.match(r"^(?:'s|-)", rest):
        return draft
    return replace(draft, marked=rest, people=(*draft.people, *clause.people(match["who"])))


def _for_whom(draft: Draft, clause: Clause) -> Draft:
    people, company, unknown = list(draft.people), list(draft.company), list(draft.unknown)
    marked = draft.marked
    for pattern in (_COMES, _FOR):
        for match in list(pattern.finditer(marked)):
            named = clause.people(match["who"])
            if any(m.owner for m in named):
                continue
            (company if match.group().lower().startswith("w") else people).extend(named)
            marked = marked.replace(match.group(), " , ", 1)
    for match in list(_UNKNOWN.finditer(marked)):
        if (
            match["name"].lower() not in _NOT_NAMES
            and clause.context.people
            and not people
            and not _PETS.search(marked)
        ):
            unknown.append(match["name"])
            marked = marked.replace(match.group(), " , ", 1)
    return replace(
        draft, marked=marked, people=tuple(people), company=tuple(company), unknown=tuple(unknown)
    )


def _where(draft: Draft, clause: Clause) -> Draft:
    found = find_place(draft.marked)
    if found is None:
        return draft
    place, rest = found
    if re.match(r"an? ", place) and names_event(plain_words(place)):
        return replace(draft, marked=re.sub(rf"\bat (?={re.escape(place)})", "", draft.marked))
    before = draft.marked[: draft.marked.find(place)].rstrip()
    return replace(
        draft,
        marked=rest,
        place=clause.words(place).strip(),
        preposition="in" if before.lower().endswith("in") else "at",
    )


def _alone(draft: Draft, clause: Clause) -> Draft:
    """ ", Mia," and "haircut Leo sat 11": names that stand by themselves."""
    marked, people = draft.marked, list(draft.people)
    for match in list(_ALONE.finditer(marked)):
        named = clause.people(match["who"])
        if not any(m.owner for m in named):
            people.extend(named)
            marked = marked.replace(match["who"], " , ", 1)
    return replace(draft, marked=marked, people=tuple(people))


def _owners(draft: Draft, clause: Clause) -> Draft:
    """ "Mia's piano" is piano for Mia; "Grandma's birthday" keeps its name; a leading
    "Leo haircut" is Leo's."""
    people, kept = list(draft.people), ""
    cursor = 0
    for match in _OWNED.finditer(draft.marked):
        mention = clause.people(match["who"])[0]
        after = draft.marked[match.end() :]
        leads = not plain_words(draft.marked[: match.start()])
        kept += draft.marked[cursor : match.start()]
        cursor = match.end()
        if mention.owner and re.match(rf"\s*(?:$|[,.;!]|{T})", after) and not leads:
            kept += mention.words + "'s"
        elif mention.owner and mention.kind == "member":
            people.append(mention)
            kept += clause.written[match["who"]] if _KEPT_OWNER.match(after) else " "
        elif leads or mention.kind in ("sender", "household", "everyone", "children", "parents"):
            people.append(mention)
            kept += " "
        else:
            kept += mention.words
            if not draft.people:
                people.append(mention)
    return replace(draft, marked=kept + draft.marked[cursor:], people=tuple(people))
