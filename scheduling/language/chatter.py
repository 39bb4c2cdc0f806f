"""Telling talk from bookings: "see you Saturday", "running 10 min late", "the movie was long".

Silence is the kinder mistake, so a sentence must look like something on a calendar: what
speaks to somebody, of the past, of feelings or of the next few minutes is talk.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from scheduling.language.chatter_words import (
    EVENTS,
    GOT_A_PLACE,
    MIND,
    PAST,
    PLANS,
    SPOKEN,
    WEATHER,
    WORLD,
)
from scheduling.language.clause import Clause, P, R, T, plain_words

_MOMENT_IS = re.compile(
    rf"^(?:ok(?:ay)?|yes|sure|yeah)?\s*{T}\s*(?:can't|cannot|won't|feels?|looks?|seems?"
    r"|works?|sounds|sucks|sucked|flew by|dragged|again|already|is (?:fine|good|great|ok|okay"
    r"|best|perfect|better)"
    r"|'s (?:fine|good|great|ok|perfect))\b",
    re.I,
)
_STATUS = re.compile(
    rf"^(?:(?:{P}|i|we|he|she|they)\s*(?:'ll|'m|'re|'s|will|am|are|is|should|shall|gonna"
    r"|going to|won't|'ll be|may|can|\s)*\s*(?:be )?(?:still |just |now |almost |probably "
    r"|already |currently |not |back |so |only |about to |finally )*|(?:be |will be "
    r"|should be |just |now |almost |still |getting |currently |not )*)"
    r"(?:home(?! (?:visit|game|inspection|show|tour|depot|appraisal|ec))|there|here|back"
    r"|leaving|arriving|arrive|landing|landed|outside|inside|downstairs|upstairs|done"
    r"|ready|omw|up|out of(?! (?:town|the office|office|the country|state))|running|going to bed"
    r"|in bed|heading|headed|head out"
    r"|coming(?! (?:to|for|over|from|in) )"
    r"|on my|at (?:the )?(?:store|shop|work|office|home|gym|airport|station|door|gate"
    r"|school|mall|market|doctor|table|supermarket|register|park|pool|house|bank|costco"
    rf"|target|walmart)(?! .*(?:{T}.{{0,4}}(?:-|to|until)))|in (?:a meeting|line|the car"
    r"|traffic|class|the shower|bed|a call)|call(?:ing)? back|text(?:ing)?|late|stuck"
    r"|waiting|cooking|eating|driving|parking|boarding|walking|watching|finishing|starting"
    r"|making|getting|off work|free|good|fine|ok|okay|happy|glad|sure|all set|down)(?![\w-])",
    re.I,
)
_MUSING = re.compile(r"^(?:hope|hoping|wish|guess|think|bet|wonder|pray|fingers crossed)\b", re.I)
_PROPOSES = re.compile(rf"^(?:can|could|shall|should) {P} (?:do|have|get|go)\b", re.I)
_GLAD = re.compile(r"\b(?:good|fine|ok|okay|happy|glad|sure)$", re.I)
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|that|this|these|those|there|who|which|what|when|where|why|how|if"
    r"|because|since|although|"
    r"though|until|while|after|before|whenever|as|maybe|still|even|only|not|never|nobody"
    r"|nothing|someone|somebody|people|some|most|many|one|none|same)\b(?! (?:day|only|week"
    r"|hike|game|visit|vacation|break|trip|party|show))",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:call|text|tell|ask|ring|phone|email|send|give|bring|show|help|let|wake|meet|wait"
    r"|watch|look|check|guess|"
    r"read|listen|hurry|stop|go|come|eat|sleep|wear|turn|shut|try|keep|don't|do not|never"
    rf"|hold on|hang|say|remember|see|miss|love|need|want)\b.{{0,14}}(?:\b(?:me|us|it|him"
    rf"|her|them|this|that)\b|{P}(?!.*\d)|$|\bwhen\b|\bif\b|out\b)",
    re.I,
)
_SOME_DAY = re.compile(rf"\w day\s+(?:is |on |this )*{T}", re.I)
"""A day with a name of its own, whatever the name: "crazy sock day Friday"."""
_THERE_IS = re.compile(r"^there(?:'s|'ll be| is| are| will be) (?:an?|some|two)\b", re.I)
"""An event announced: "there's a bake sale Friday"."""
_CHORE = re.compile(rf"^(?:call|phone|email) (?:the|dr\.?|my) .*{T}", re.I)
"""An errand with its time, which only opens like a word to somebody ("call me")."""
_NEEDS_THING = re.compile(rf"^(?:need|want|taking|using|reserving) (?:an? |both )?{R}.*{T}", re.I)
""" "need the kitchen Sat 1-4": of the family's things, for a while."""
_WILL = re.compile(
    rf"^{P}\s*(?:'ll|will|won't|'d|would|can|can't|cannot|could|couldn't|might|may|should"
    r"|shouldn't|don't|doesn't|do|does)\b",
    re.I,
)
_I_AM = re.compile(rf"^(?:i'm|im|i am|we're|we are|{P}\s?'m|{P}\s?'re|{P} (?:am|is|are))\b", re.I)
_AWAY_TO = re.compile(
    rf"{_I_AM.pattern}\s*(?:both |all )?(?:(?:at|in|with)\b|(?:getting|having)\s+(?:(?:a|an|the"
    rf"|his|her|their)\b|{P}))",
    re.I,
)
"""Where somebody is or what they get done: a plan if it speaks of another day."""
_DOING = re.compile(
    rf"{_I_AM.pattern}\s*(?:both |all )?(?!(?:dread|hop|wish|think|look|wait|count|go|com|leav"
    rf"|arriv"
    r"|miss|los|try|dy|freez|starv|starting|feel|kidd|jok|ask|call|text|tell|say|gett|bring|runn"
    r"|sitt|turn|happen|plann|need|want|lov|lik)\w*ing?\b)(?!going to (?:be|have|need|miss))"
    r"(?P<what>(?!(?:th|noth|someth|anyth|everyth|morn|even)ing\b)[a-z]{2,}ing)\b",
    re.I,
)
"""What somebody does: a plan if it is on another day ("we're camping this weekend")."""
_UNMARKED = re.compile(
    rf"^(?:(?:am|is|are|was|were|does|did|do) (?:{P}|it|this|that|there|any\w*)|(?:who|what"
    rf"|where|why|how)\b)",
    re.I,
)
"""What can only be a question, though nobody typed its mark."""
_QUESTION = re.compile(
    r"^(?:who|what|when|where|why|how|which|whose|is|are|am|was|were|do|does|did|can|could"
    r"|will|would|should|shall|may|has|have|had"
    r"|any|anyone|anybody|someone|want|wanna|need|ready|isn't|aren't|don't|didn't|won't"
    rf"|can't|{P} (?:want|need|like|still|going))\b",
    re.I,
)


def is_chatter(clause: Clause, plain: str, *, ordered: bool) -> bool:
    """Whether a clause that is no other intent is talk. plain: without greeting;
    ordered: it opens with "add", "book" or the like, which settles most doubts."""
    times = clause.times()
    if times and all(when.past for when in times):
        return True
    if ordered:
        return False
    if _SOON.search(clause.text) and len(plain_words(plain)) <= 3:
        return True
    if (
        _asks(plain)
        or SPOKEN.search(clause.words(plain) if _hour_of_event(plain, clause) else clause.text)
        or PAST.search(_TO_COME.sub(" ", plain))
        or _UNMARKED.match(plain)
        or (_PRONOUN.match(plain) and not (_THERE_IS.match(plain) and times))
        or _MOMENT_IS.match(plain)
    ):
        return True
    errand = _CHORE.match(plain) or _NEEDS_THING.match(plain)
    aside = _ASIDE.match(plain) and not errand
    if WEATHER.search(plain) or WORLD.search(plain) or aside:
        return True
    return _personal_talk(plain, clause) or _feeling(plain)


def _hour_of_event(plain: str, clause: Clause) -> bool:
    """ "dentist Fri 3pm lol" stays a booking, as its event has an hour."""
    timed = any(isinstance(when.start, datetime) for when in clause.times())
    return timed and names_event(plain_words(plain))


_TO_COME = re.compile(
    rf"\b(?:be|being|gets?|getting) (?:\w+ed|sent|set|put)\b"
    rf"|\bgot (?:scheduled|booked|confirmed|set|invited)\b|\bdelivered (?=(?:on |this )?{T})"
    rf"|{GOT_A_PLACE}",
    re.I,
)
""" "being delivered", "got scheduled", "got a slot": done to it, but still to come."""

_SOON = re.compile(
    r"\bin (?:about )?(?:\d{1,2}|five|ten|fifteen|twenty|thirty|a few|a couple(?: of)?"
    r"|half an?) ?(?:m|mins?|minutes?|hour)?\b(?!\w)",
    re.I,
)
"""Moments nobody books: "dinner in 10 minutes!"."""


def is_spoken(text: str) -> bool:
    """Whether the words are addressed to somebody: "lol", "thanks", "you"."""
    return bool(SPOKEN.search(text))


def is_question(plain: str) -> bool:
    """Whether the words open as a question does, with or without its mark."""
    return bool(_QUESTION.match(plain)) and not _PROPOSES.match(plain)


def names_event(words: list[str]) -> bool:
    """Whether the words hold one that is typical of calendars."""
    return any(word in EVENTS or word.rstrip("s") in EVENTS for word in words)


def _asks(plain: str) -> bool:
    """A question, unless it only proposes an event: "Soccer Sat 10am?"."""
    proposes = names_event(plain_words(plain)) and not is_question(plain)
    return "?" in plain and not (proposes and re.search(T, plain))


def _ahead(clause: Clause) -> bool:
    """Whether a day after today is named, which tells a plan from where somebody is."""
    return any(
        when.start is not None and _day(when.start) > clause.now.date() for when in clause.times()
    )


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _personal_talk(plain: str, clause: Clause) -> bool:
    if _THERE_IS.match(plain):
        return not clause.times()
    if _I_AM.match(plain):
        doing = _AWAY_TO.match(plain) or _DOING.match(plain)
        return not (PLANS.search(plain) or (doing and _ahead(clause)))
    status = _STATUS.match(plain)
    noun = plain_words(plain[status.end() :])[:1] if status else []
    if status and (_GLAD.search(status.group()) or not names_event(noun)):
        return True
    return bool(_WILL.match(plain)) and not _does(plain)


def _does(plain: str) -> bool:
    """ "I'll pick up Leo at 3", "I can take Mia to ballet": promises with a job in them."""
    return bool(
        re.search(
            r"\b(?:pick(?:ing)? (?:.{1,12} )?up|drop(?:ping)? (?:.{1,12} )?off|driv\w+|take|taking"
            r"|work|working|babysit|have|attend|host|travel|be (?:away|working|traveling"
            r"|out of town|in [A-Z]))\b",
            plain,
        )
        or (
            names_event(plain_words(plain))
            and re.search(r"\b(?:go|going|have|do|be at|come|coming|visit\w*)\b", plain)
        )
    )


def _feeling(plain: str) -> bool:
    if _MUSING.match(plain):
        return True
    if _SOME_DAY.search(plain):
        return False
    return bool(MIND.search(plain)) and not (
        names_event(plain_words(plain)) and not re.search(r"\b(?:i|we|so)\b", plain, re.I)
    )
