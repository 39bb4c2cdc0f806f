"""Bookings: a title, a time, and who, where and with what."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduling.language.chatter import is_chatter, is_question, names_event
from scheduling.language.clause import Clause, P, R, T, plain_words
from scheduling.language.extras import Extras, take_extras
from scheduling.language.intents.draft import CALENDAR, ORDER, Draft, take_apart
from scheduling.language.intents.move_words import CORRECTION
from scheduling.language.people import Mention, who
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Change, Create, Move, Target, Who
from scheduling.language.tidy import is_pictogram
from scheduling.language.titles import trim
from scheduling.language.when import When
from scheduling.language.wordset import word_set

_HOLIDAY = re.compile(
    r"(?:halloween|easter|christmas|xmas|thanksgiving|valentine'?s|mother'?s day"
    r"|father'?s day|new year(?:'?s)?"
    r"|hanukkah|memorial day|labor day)(?: eve| day)?",
    re.I,
)
_BE = re.compile(
    r"(?:\s|^|(?<=[\ue000-\uebff]))(?:got (?:scheduled|booked|set|confirmed)|is|are|'s|starts?"
    r"|begins?|will be|coming|comes"
    r"|takes place|happens|runs|goes|lasts?|scheduled|set|booked|planned|has been"
    r"|being|confirmed|happening|now)(?=\s*(?:$|[,.;!]|(?:on|at|for|from|this|in|to|by"
    rf"|starting|every|scheduled|until|till|moved)?\s*{T}))",
    re.I,
)

_JOINS = re.compile(
    r"\b(?:on|at|from|for|in|by|this|starting|starts|beginning|begins|around|about|approx"
    r"|approximately|until|till|til|between|btw|every|each|of|the|next|@|to|and|before"
    r"|after|during|over|some ?time|only|except)\s*(?=(?:[,\s]|\b(?:on|at|from|the|around"
    rf"|about)\b)*{T})|@\s*(?={T})",
    re.I,
)

_UNTIL = re.compile(rf"(?<=[\ue000-\ue3ff])\s*(?:-|to|and|,|or|,? and)\s*(?={T})", re.I)


_MOST_WORDS = 12


def read_create(clause: Clause) -> Create | Move | Change | None:
    """None where the clause is talk; a Move where it restates the time of a known event."""
    if CORRECTION.match(clause.marked):
        return None  # second thoughts, and nothing was shown that they could be about
    plain, asked = without_greeting(clause.marked), command(clause.marked)
    if not ORDER.match(asked) and _members(plain, clause) != _members(asked, clause):
        asked = plain.rstrip("?")  # "Leo needs to be at karate": the courtesy names who
    ordered = bool(ORDER.match(asked)) and not re.match(
        r"^(?:plan|make|mark|note|event|log|put)\W*$", asked
    )
    if (
        ordered
        and re.match(r"^(?:make|put|mark|note|log)\b", asked, re.I)
        and not CALENDAR.search(asked)
    ):
        ordered = bool(clause.times()) and not re.match(
            r"^make (?:sure|it|me|us|dinner|lunch)\b", asked, re.I
        )
    if _ASKS_SOMEBODY.match(plain) or _tells_of_all(plain, clause):
        return None
    if home := _stays_home(plain, clause) or _absent(plain, clause):
        return home
    asked = _MAY.sub(r"\g<who> , ", asked)
    asked = _RINGS.sub(lambda m: clause.words(m.group()), asked)
    asked = _A_PLACE.sub(lambda m: f" {m['whom'] or ','} ", asked)
    if is_chatter(clause, plain, ordered=ordered):
        return None
    extras = take_extras(asked, clause)
    draft = take_apart(extras.rest, clause, ordered)
    title_words, note = _noted(draft.marked, clause)
    title = _title(title_words, clause) or _whereabouts(draft, extras) or _sign(draft.marked)
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
        note=note,
    )
    return (
        _known(made, clause)
        or _restated(made, plain, clause)
        or replace(made, confidence=_confidence(made, ordered, clause))
    )


_MAY = re.compile(
    rf"^(?:can|could|may) (?P<who>{P}(?:(?:,| and) {P})*) (?:please )?(?:go (?:to|on|with)?|come to"
    r"|attend|join|have|do|be at)(?=\s)",
    re.I,
)
""" "can I go to Zoe's party": who asks is no part of its title."""

_RINGS = re.compile(rf"^(?:call|phone|ring|facetime) {P}", re.I)
""" "call Ben friday 5pm": whom one calls is part of the title."""

_A_PLACE = re.compile(
    rf"\bgot(?: (?P<whom>{P}))? an? (?:spot|slot|place|opening)(?: (?:at|in|for|on"
    rf"|with)(?! {T}))?\b",
    re.I,
)
""" "got Leo a spot at the chess tournament" is Leo's chess tournament."""

_ASKS_SOMEBODY = re.compile(
    rf"^(?:can|could|will|would) {P} (?:please )?(?:pick|drive|drop|watch|grab|bring|walk|call"
    rf"|check"
    r"|look|help|give|send|buy|cook|clean|wash|get|fetch)\b",
    re.I,
)
""" "can Ben drive Leo on Friday", though nobody typed the mark of a question."""

_TELLS_OF_ALL = re.compile(
    r"(?:\b(?:is|are)|'s) (?:not )?(?:always|usually|normally|never)\b"
    r"|\b(?:always|usually|normally) (?:starts?|begins?|ends?|takes?|lasts?|needs?|goes|comes)\b",
    re.I,
)


def _tells_of_all(plain: str, clause: Clause) -> bool:
    """ "soccer is always fun" books nothing; "piano is always Tuesdays at 4" may."""
    repeats = any(when.repeat is not None for when in clause.times())
    return _TELLS_OF_ALL.search(plain) is not None and not repeats


_STAYS_HOME = re.compile(
    rf"^(?P<who>{P}(?:\s*(?:,|and|&)\s*{P})*)\s*(?:is|are|'s|'m|'re)?\s*(?:can't|cannot|can not"
    r"|won't|not|isn't|aren't) (?:be )?(?:going |able to )*(?:go|be|at|to|in)\b[\w ]{0,8}?"
    rf"\b(?P<what>school|work|daycare|preschool|kindergarten)\s*(?:on |this )?{T}\W*$",
    re.I,
)


def _stays_home(plain: str, clause: Clause) -> Create | None:
    """ "Mia can't go to school Friday": a day without school, if that is what is meant."""
    match = _STAYS_HOME.match(plain)
    if match is None:
        return None
    title = f"no {match['what'].lower()}"
    return Create(title, clause.when(), clause.who(match["who"]), confidence=0.65)


_ABSENT = re.compile(
    rf"^(?P<who>{P}) (?P<what>sick|ill|not (?:home|here|around)|away|off)\s*(?:on |all )?{T}\W*$",
    re.I,
)
""" "Mia sick today", "Ben not home on sunday": a note for the calendar, in so few words."""


def _absent(plain: str, clause: Clause) -> Create | None:
    match = _ABSENT.match(plain)
    if match is None or "?" in plain:
        return None
    return Create(match["what"].lower(), clause.when(), clause.who(match["who"]), confidence=0.65)


def _who(draft: Draft, extras: Extras, clause: Clause) -> Who:
    """Those named; with company only ("lunch with Dad") the writer is there too."""
    people = [*draft.people, *extras.riders]
    if not people and draft.company:
        people = [*clause_sender(clause), *draft.company]
    elif draft.company:
        people += draft.company
    if not people and extras.users:
        people = [m for m in extras.users if m.kind != "household"]
    if people and all(m.kind == "household" and not m.owner for m in people):
        people = [_family(clause)]
    return who(people, draft.unknown)


def _family(clause: Clause) -> Mention:
    """ "we are at Grandma's": nobody is named, and nobody is left at home."""
    return Mention("everyone", tuple(p.name for p in clause.context.people), "we")


def _members(piece: str, clause: Clause) -> list[Mention]:
    return [m for m in clause.people(piece) if m.kind != "household"]


def _whereabouts(draft: Draft, extras: Extras) -> str:
    """ "I'm in Chicago next Tuesday", "I need the car on Saturday": all there is to say."""
    if draft.place:
        return f"{draft.preposition} {draft.place}"
    return " and ".join(extras.resources)


def _sign(marked: str) -> str:
    """ "🎂 Leo saturday 3pm", "A Mia saturday 1pm": a sign or a capital that is all the title."""
    left = _NOT_A_SIGN.sub(" ", marked).strip()
    alone = len(left) == 1 and left.isupper()
    return left if alone or (left and all(is_pictogram(c) or c.isspace() for c in left)) else ""


_NOT_A_SIGN = re.compile(rf"{T}|{P}|{R}|[\s,.;:!-]+|\b(?:at|on|for|from)\b")


def clause_sender(clause: Clause) -> tuple[Mention, ...]:
    sender = clause.context.sender
    return (Mention("sender", (sender,), "me"),) if sender else ()


_NOTE = re.compile(rf"^(?P<head>.*{T}[^,;]*?)\s*(?:[,;]|\s-)\s*(?P<note>[^\ue000-\ue3ff]+)$", re.S)
_MOST_NOTED = 2


_ARRIVE = re.compile(
    rf"^(?P<head>.*{T}.*?)\s*[,;(]\s*(?P<note>(?:be there|arrive|arrival|doors|leave|leaving"
    rf"|warm-?up|meet|meeting)\b[^,;\ue000-\uebff]*{T})\W*$",
    re.I | re.S,
)
""" "soccer saturday 10am, be there by 9:30"."""


def _noted(marked: str, clause: Clause) -> tuple[str, str]:
    """The clause and the remark behind it, apart: "car service Friday 8am, the garage on Elm
    St" has its title before the time."""
    if match := _ARRIVE.match(marked):
        return match["head"], clause.words(match["note"]).strip()
    match = _NOTE.match(marked)
    if match is None or not names_event(plain_words(match["head"])):
        return marked, ""
    noted = [word for word in plain_words(match["note"]) if word not in _FILLER]
    if not _MOST_NOTED < len(noted) <= _MOST_WORDS:
        return marked, ""
    return match["head"], " ".join(clause.words(match["note"]).split()).strip(" ,.;!")


def _title(marked: str, clause: Clause) -> str:
    marked = re.sub(
        rf"{T}(?:'s)?(?=\s+(?!is\b|are\b|at\b|on\b)\w)",
        lambda m: _named_day(m.group(), clause),
        marked,
    )
    marked = _BE.sub(" ", re.sub(r"\b(?:is|are|'s) due\b", "due", marked))
    marked = _UNTIL.sub(" ", marked)
    marked = _JOINS.sub(" ", marked)
    marked = re.sub(T, " , ", marked)
    return trim(_tidy_commas(clause.words(re.sub(R, lambda m: clause.words(m.group()), marked))))


def _named_day(mark: str, clause: Clause) -> str:
    """ "Halloween party" keeps the day that is part of its name."""
    return clause.words(mark) if _HOLIDAY.fullmatch(clause.words(mark)) else mark


def _tidy_commas(text: str) -> str:
    """Holes left by what was lifted out become spaces; a comma the author wrote stays."""
    text = re.sub(r"(?<!\w)'(?:m|re|s|ll|ve|d)\b", " ", text)
    text = re.sub(r"(?:\s*,\s*)+(?=[,.;:!]|$)|^(?:\s*,\s*)+", "", text)
    return re.sub(r"\s+,\s+|\s{2,}", " ", text)


def _untaken(clause: Clause, extras: Extras) -> str:
    """The clause's times but those of its reminders."""
    return extras.rest


def _bookable(
    title: str, when: When | None, draft: Draft, extras: Extras, ordered: bool, clause: Clause
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
            and not is_question(without_greeting(clause.marked))
            and words[0] != "no"
        )
        return bool(title) and (ordered or known)
    if not title:
        return bool(draft.people or draft.place or extras.any or ordered) and ordered
    if len(words) > _MOST_WORDS and not ordered:
        return False
    if _sign(title):
        return bool(draft.people) and when is not None and isinstance_clock(when)
    return bool(words) and (ordered or names_event(words) or not _vague(words, when, clause))


def _vague(words: list[str], when: When | None, clause: Clause) -> bool:
    """A remark tied to a moment ("leaving in 10") rather than an event at a time."""
    return all(word in _FILLER for word in words)


_WISH = re.compile(
    r"\b(?:need|needs|want|wants|like|likes|love|loves)\b(?! (?:an?|the)\b)|\bto\b", re.I
)

_FILLER = word_set(
    """
    prob probs free nothing busy open today tonight soon now later again too so then yes no ok maybe
    still all by it this that those leaving home back here there done ready going coming see
    here's i'm we're be is
    are was bed up down asap lol yeah yep yes nope until just first next last at or and
    but one two much many good bad fine nice cool great sure really very well time day week
    month year days
    """
)


def _confidence(made: Create, ordered: bool, clause: Clause) -> float:
    if "?" in clause.text and not ordered:
        return 0.6
    if not made.title:
        return 0.5
    if made.when is None or not (made.when.start or made.when.repeat or made.when.impossible):
        return 0.6
    if re.search(r"\bi (?:think|believe|guess)\b", clause.text, re.I):
        return 0.65
    words = plain_words(made.title)
    if ordered or names_event(words) or made.who.said or isinstance_clock(made.when):
        return 1.0
    return 0.75 if len(words) <= 4 else 0.65


def isinstance_clock(when: When) -> bool:
    """Whether an hour was said, which talk seldom does so plainly."""
    said = when.window is not None or when.impossible is not None
    return said or when.time is not None or hasattr(when.start, "hour")


def _known(made: Create, clause: Clause) -> Change | None:
    """ "soccer needs the car", "dentist with me too": of a known event, without a time."""
    title = next((t for t in clause.context.titles if t.lower() == made.title.lower()), None)
    people = made.who.names if made.who.said else ()
    said = people or made.resources or made.place or made.driver or made.open_role
    if made.when is not None or title is None or not said or made.unknown_resources:
        return None
    return Change(
        Target(title),
        place=made.place,
        add_people=people,
        add_resources=made.resources,
        assign=("driver", made.driver) if made.driver else None,
        open_role=made.open_role,
        confidence=0.9,
    )


def _restated(made: Create, plain: str, clause: Clause) -> Move | None:
    """ "Leo's soccer is 9am this Sat" of a known soccer tells its new time, perhaps."""
    says_is = re.search(rf"\b(?:is|'s|will be|starts)\s+(?:at|on|now|from)?\s*{T}", plain)
    title = made.title.lower()
    known = next((t for t in clause.context.titles if t.lower() == title), None)
    if not says_is or known is None or made.when is None or made.when.repeat:
        return None
    return Move(Target(known, made.who), made.when, confidence=0.65)
