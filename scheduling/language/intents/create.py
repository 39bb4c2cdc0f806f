"""Bookings: a title, a time, and who, where and with what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scheduling.language.chatter import is_chatter, names_event
from scheduling.language.clause import ANY, Clause, P, R, T, plain_words
from scheduling.language.extras import Extras, take_extras
from scheduling.language.people import Mention, who
from scheduling.language.places import find_place
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Create, Move, Target, Who
from scheduling.language.titles import trim
from scheduling.language.when import When
from scheduling.language.wordset import word_set

_ORDER = re.compile(
    r"^(?:(?:add|book(?! club|ing|s|fair| fair| report| sale| store| signing| talk| group)"
    r"|schedule|create|enter|plan|put(?: down| in)?|set up|pencil in|log|arrange|make|mark"
    r"|note|"
    r"slot in|jot down|organize|block(?: off| out)?|reserve|new (?:event|appointment"
    r"|entry)|event|save the date|appointment)\b[\s:,-]*)"
    r"(?:(?:an?|the|new|another|some|in|event|entry|appointment(?= for)|called|calendar"
    r"|time for|for)\b[\s:]*)*",
    re.I,
)
_CALENDAR = re.compile(
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
_THERE_IS = re.compile(
    r"^(?:there(?:'s| is| are| will be)|it's|it is|we got)\s+(?:an?\s+|the\s+)?", re.I
)
_LIST = rf"{P}(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*&\s*|\s*\+\s*|\s+){P})*"
_FOR = re.compile(
    rf"\b(?:for|with|w/|w|take|bring)\s+(?:both\s+)?(?P<who>{_LIST})(?!\s*(?:-|'s))", re.I
)
_ALONE = re.compile(
    rf"(?:^|[,;:(|-]|(?<=\s))\s*(?P<who>{_LIST})\s*(?=$|[,;:.!)|]|\s-|\s*{T})", re.I
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
_BE = re.compile(
    r"(?:\s|^|(?<=[\ue000-\uebff]))(?:is|are|'s|starts?|begins?|will be|coming|comes"
    r"|takes place|happens|runs|goes|lasts?|due|scheduled|set|booked|planned|has been"
    r"|being|confirmed|happening|now)(?=\s*(?:$|[,.;!]|(?:on|at|for|from|this|in|to|by|due"
    rf"|starting|every|scheduled|until|till|moved)?\s*{T}))",
    re.I,
)
_JOINS = re.compile(
    r"\b(?:on|at|from|for|in|by|this|starting|starts|beginning|begins|around|about|approx"
    r"|approximately|until|till|til|between|btw|every|each|of|the|next|@|to|and|due|before"
    r"|after|during|over|some ?time|only|except)\s*(?=(?:[,\s]|\b(?:on|at|from|the|around"
    rf"|about)\b)*{T})|@\s*(?={T})",
    re.I,
)
_UNTIL = re.compile(rf"(?<=[\ue000-\ue3ff])\s*(?:-|to|and|,|or|,? and)\s*(?={T})", re.I)
_KEPT_OWNER = re.compile(
    r"^\s*(?:\d+\w*\s+)?(?:birthday|bday|b-day|party|graduation|wedding|anniversary|house"
    r"|place|funeral|baby|retirement)\b",
    re.I,
)
_AT_HOME = re.compile(rf"^{P}$")
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Draft:
    """A clause while it is taken apart; `marked` shrinks, the rest fills up."""

    marked: str
    people: tuple[Mention, ...] = ()
    company: tuple[Mention, ...] = ()
    unknown: tuple[str, ...] = ()
    place: str | None = None
    preposition: str = ""


def read_create(clause: Clause) -> Create | Move | None:
    """None where the clause is talk; a Move where it restates the time of a known event."""
    plain, asked = without_greeting(clause.marked), command(clause.marked)
    if not _ORDER.match(asked) and clause.people(plain) != clause.people(asked):
        asked = plain.rstrip("?")  # "Leo needs to be at karate": the courtesy names who
    ordered = bool(_ORDER.match(asked)) and not re.match(
        r"^(?:plan|make|mark|note|event|log|put)\W*$", asked
    )
    if (
        ordered
        and re.match(r"^(?:make|put|mark|note|log)\b", asked, re.I)
        and not _CALENDAR.search(asked)
    ):
        ordered = bool(clause.times()) and not re.match(
            r"^make (?:sure|it|me|us|dinner|lunch)\b", asked, re.I
        )
    if is_chatter(clause, plain, ordered=ordered):
        return None
    extras = take_extras(asked, clause)
    draft = _take_apart(extras.rest, clause, ordered)
    title = _title(draft.marked, clause) or _whereabouts(draft, extras)
    when = clause.when(_untaken(clause, extras)) if extras.reminders else clause.when()
    if not _bookable(title, when, draft, extras, ordered, clause):
        return None
    made = Create(
        title=title,
        when=when,
        who=_who(draft, extras, clause),
        resources=extras.resources,
        unknown_resources=extras.unknown,
        place=draft.place,
        reminders=extras.reminders,
        driver=extras.driver.names[0] if extras.driver and extras.driver.names else None,
        open_role=extras.open_role,
    )
    return _restated(made, plain, clause) or replace(
        made, confidence=_confidence(made, ordered, clause)
    )


def _take_apart(marked: str, clause: Clause, ordered: bool) -> _Draft:
    draft = _Draft(_CALENDAR.sub(" ", marked))
    for step in (_unorder, _subject, _for_whom, _where, _alone, _owners):
        draft = step(draft, clause)
    return draft


def _unorder(draft: _Draft, clause: Clause) -> _Draft:
    marked = re.sub(rf"^(?:{P}\s+)(?=(?:add|book|schedule)\b)", "", draft.marked.strip(" ,"))
    return replace(draft, marked=_THERE_IS.sub("", _ORDER.sub("", marked, count=1), count=1))


def _subject(draft: _Draft, clause: Clause) -> _Draft:
    """ "Leo takes vitamins", "I have a work call", "Mia: dentist"."""
    match = _HAVE.match(draft.marked)
    if match is None or any(m.owner for m in clause.people(match["who"])):
        return draft
    verbless = match["who"] == match.group().strip()
    rest = draft.marked[match.end() :]
    if verbless and re.match(r"^(?:'s|-)", rest):
        return draft
    return replace(draft, marked=rest, people=(*draft.people, *clause.people(match["who"])))


def _for_whom(draft: _Draft, clause: Clause) -> _Draft:
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


def _where(draft: _Draft, clause: Clause) -> _Draft:
    found = find_place(draft.marked)
    if found is None:
        return draft
    place, rest = found
    before = draft.marked[: draft.marked.find(place)].rstrip()
    return replace(
        draft,
        marked=rest,
        place=clause.words(place).strip(),
        preposition="in" if before.lower().endswith("in") else "at",
    )


def _alone(draft: _Draft, clause: Clause) -> _Draft:
    """ ", Mia," and "haircut Leo sat 11": names that stand by themselves."""
    marked, people = draft.marked, list(draft.people)
    for match in list(_ALONE.finditer(marked)):
        named = clause.people(match["who"])
        if not any(m.owner for m in named):
            people.extend(named)
            marked = marked.replace(match["who"], " , ", 1)
    return replace(draft, marked=marked, people=tuple(people))


def _owners(draft: _Draft, clause: Clause) -> _Draft:
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
        elif leads or mention.kind in ("sender", "household", "everyone", "children"):
            people.append(mention)
            kept += " "
        else:
            kept += mention.words
            if not draft.people:
                people.append(mention)
    return replace(draft, marked=kept + draft.marked[cursor:], people=tuple(people))


def _who(draft: _Draft, extras: Extras, clause: Clause) -> Who:
    """Those named; with company only ("lunch with Dad") the writer is there too."""
    people = [*draft.people, *extras.riders]
    if not people and draft.company:
        people = [*clause_sender(clause), *draft.company]
    elif draft.company:
        people += draft.company
    if not people and extras.users:
        people = [m for m in extras.users if m.kind != "household"]
    return who(people, draft.unknown)


def _whereabouts(draft: _Draft, extras: Extras) -> str:
    """ "I'm in Chicago next Tuesday", "I need the car on Saturday": all there is to say."""
    if draft.place:
        return f"{draft.preposition} {draft.place}"
    return " and ".join(extras.resources)


def clause_sender(clause: Clause) -> tuple[Mention, ...]:
    sender = clause.context.sender
    return (Mention("sender", (sender,), "me"),) if sender else ()


def _title(marked: str, clause: Clause) -> str:
    marked = _BE.sub(" ", marked)
    marked = _UNTIL.sub(" ", marked)
    marked = _JOINS.sub(" ", marked)
    marked = re.sub(T, " , ", marked)
    return trim(_tidy_commas(clause.words(re.sub(R, lambda m: clause.words(m.group()), marked))))


def _tidy_commas(text: str) -> str:
    """Holes left by what was lifted out become spaces; a comma the author wrote stays."""
    text = re.sub(r"(?:\s*,\s*)+(?=[,.;:!]|$)|^(?:\s*,\s*)+", "", text)
    return re.sub(r"\s+,\s+|\s{2,}", " ", text)


def _untaken(clause: Clause, extras: Extras) -> str:
    """The clause's times but those of its reminders."""
    return extras.rest


def _bookable(
    title: str, when: When | None, draft: _Draft, extras: Extras, ordered: bool, clause: Clause
) -> bool:
    words = plain_words(title)
    dated = when is not None and (
        when.start is not None or when.repeat is not None or when.impossible
    )
    if not dated:
        known = (
            when is None
            and names_event(words)
            and len(words) <= 4
            and not _WISH.search(clause.text)
        )
        return bool(title) and (ordered or known)
    if not title:
        return bool(draft.people or draft.place or extras.any or ordered) and ordered
    if len(words) > _MOST_WORDS and not ordered:
        return False
    return bool(words) and (ordered or names_event(words) or not _vague(words, when, clause))


def _vague(words: list[str], when: When | None, clause: Clause) -> bool:
    """A remark tied to a moment ("leaving in 10") rather than an event at a time."""
    return all(word in _FILLER for word in words)


_WISH = re.compile(
    r"\b(?:need|needs|want|wants|like|likes|love|loves)\b(?! (?:an?|the)\b)|\bto\b", re.I
)
_FILLER = word_set(
    """
    today tonight soon now later again too so then yes no ok maybe still all by it this that
    those leaving home back here there done ready going coming see here's i'm we're be is
    are was bed up down out asap lol yeah yep yes nope until just first next last at or and
    but one two much many good bad fine nice cool great sure really very well time day week
    month year days
    """
)


def _confidence(made: Create, ordered: bool, clause: Clause) -> float:
    if "?" in clause.text and not ordered:
        return 0.6
    if not made.title:
        return 0.5
    if made.when is None or (made.when.start is None and made.when.repeat is None):
        return 0.6
    words = plain_words(made.title)
    if ordered or names_event(words) or made.who.said or isinstance_clock(made.when):
        return 1.0
    return 0.75 if len(words) <= 4 else 0.65


def isinstance_clock(when: When) -> bool:
    """Whether an hour was said, which talk seldom does so plainly."""
    return when.time is not None or hasattr(when.start, "hour") or when.window is not None


def _restated(made: Create, plain: str, clause: Clause) -> Move | None:
    """ "Leo's soccer is 9am this Sat" of a known soccer tells its new time, perhaps."""
    says_is = re.search(rf"\b(?:is|'s|will be|starts)\s+(?:at|on|now|from)?\s*{T}", plain)
    title = made.title.lower()
    known = next((t for t in clause.context.titles if t.lower() == title), None)
    if not says_is or known is None or made.when is None or made.when.repeat:
        return None
    return Move(Target(known, made.who), made.when, confidence=0.65)
