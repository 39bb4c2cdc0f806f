"""Cancelling: "scrap the barbecue", "dentist tomorrow is off", "Leo is done with karate"."""

from __future__ import annotations

import re
from dataclasses import replace

from scheduling.language.chatter import is_spoken, names_event
from scheduling.language.clause import Clause, P, R, T, plain_words
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Cancel, Scope, Target
from scheduling.language.reports import as_order
from scheduling.language.target import known_title, read_scope, read_target

_VERB = re.compile(
    r"^(?:cancel(?:l?ed|l?ing)?|call off|strike|forget about(?! (?:it|that|this|me|him|her|us)\b)"
    rf"|forget(?= (?:the|our|my|that|{P}|{R})(?!\w).*{T})"
    r"|(?:stop|end)(?= (?:(?:the|all|going)"
    rf" |{P} ?).*\b(?:lessons?|class(?:es)?|series|practices?|sessions?|events?|reminders?"
    r"|weekly|daily|monthly|recurring|repeating|regular)\b)|scrap"
    r"|delete|remove|skip|nix|scratch|get rid of|erase|unschedule|unbook|"
    rf"cxl|axe|kill|ditch|bin(?! (?:day|night|men|collection|pick))"
    rf"|never ?mind(?: about)?(?= (?:the|our|my|{P}))|drop(?! (?:off|{P}|by|in|down)\b)|we(?:'re"
    r"| are) (?:not (?:going|doing)|skipping|cancel\w+)"
    r"(?: to)?)\b\s*(?P<target>.*)$",
    re.I | re.S,
)
_TAKE_OFF = re.compile(
    r"^take\s+(?P<target>.+?)\s+(?:off|out|away)(?: of| from)?(?: (?:the|our) (?:calendar"
    r"|schedule|list))?\W*$",
    re.I,
)
_CALL_OFF = re.compile(r"^call (?P<target>.+?) off\b(?P<rest>.*)$", re.I)
_IS_OFF = re.compile(
    r"^(?!(?:put|take|block|set|push|show|drop|hold|turn|pay|got|get|getting|went|day|take|kick"
    rf"|log|head)\b)(?P<target>.+?)(?:\s|(?<={T}))(?:is|are|was|has been|got|'s|gets"
    r"|have been|will be|just got)?\s*"
    r"(?:now |all |definitely "
    r"|being )*(?:(?<!drop )(?<!day )(?<!time )(?<!pay )(?<!play )off(?!\s+(?:school|work|to|the"
    r"|his|her|my)\b)"
    r"|cancel+ed|called off|not happening|scrapped|scratched|no longer "
    r"(?:happening|on|needed)|no more|been cancel+ed|won't happen|not on|isn't happening"
    r"|fell through"
    rf"|isn't on|not going to happen|rained out)(?: (?P<rest>.*?))?(?:[,.!] .*)?[!.\s]*$",
    re.I,
)
_NO_MORE = re.compile(
    rf"^(?:there(?:'s| is| will be) |(?P<who>{P}) (?:has"
    r"|have) )?no (?:more )?(?!(?:wait|hold on|sorry|actually)\b)(?P<target>.+)$",
    re.I,
)
_DONE_WITH = re.compile(
    rf"^{P}(?: and {P})*(?:'s| is| are|'re)?\s*(?:done with|finished with|quit(?:s|ting)?"
    r"|gave up|giving up"
    r"|(?:doesn't|don't|won't|isn't|aren't) (?:do|doing|take|taking|go to|going to|play|playing)"
    r"(?= .*\bany ?more\b)"
    r"|stopp(?:ed|ing)|no longer (?:does|goes to|has|going to|doing|in)|not doing|is not doing)\s+"
    r"(?P<target>[^,.;]+)(?P<rest>.*)$",
    re.I,
)
_NOT_GOING = re.compile(
    rf"^{P}(?: and {P})*(?:'s| is|'re| are|'m)?\s*(?:not going to|isn't going to"
    r"|aren't going to|won't go to|not attending"
    r"|won't be (?:at|going to)|skipping|won't make it to|not doing|isn't doing|won't have"
    r"|doesn't have|don't have|can't make it to"
    rf"|can't go to|can't make)\s+(?P<target>.+)$",
    re.I,
)
_SO_NO = re.compile(
    r"^[^?]{2,60}?\b(?:so|means|therefore),? (?=no \w|(?:cancel|skip|drop) \w)", re.I
)
""" "Mia is sick so no ballet today" tells the reason first."""
_ONE_OUTING = re.compile(
    r"(?P<outing>\b(?:going|go) to (?:the|our|that|this) [\w' ]{2,40}?) any ?more\b", re.I
)
""" "not going to the zoo anymore" gives up one outing; "not doing karate anymore" all of it."""
_NO_NEED = re.compile(
    rf"^(?:there(?:'s| is) )?(?:no need for|(?:{P}\s*)?(?:don't|do not|won't|no longer) need)"
    rf" (?P<target>(?:the |our |a |{P} ?)(?!{R}).*{T}.*)$",
    re.I,
)
""" "no need for the babysitter on Friday"."""
_CLOSED = re.compile(
    r"^(?:school|work|class(?:es)?|daycare|preschool|kindergarten|nursery|camp|office|kids"
    r"|homework|nanny"
    r"|sitter|babysitter|driver|car|meat|one|problem|worries|way|idea|thanks|rush|need"
    r"|matter|doubt|plans?)\b",
    re.I,
)
_NOT_EVENTS = re.compile(
    r"^(?:.*%.*\w|.*\b(?:subscription|netflix|order|membership|policy|insurance|credit card"
    r"|noise)\b|crying|it out|me|him|her|them|yelling|fighting|the (?:tv|noise|car)"
    r"|that noise|doing that|it already|by\b|at\b|texting|calling|lying|complaining"
    r"|talking|worrying)\b",
    re.I,
)
_BODILY = re.compile(
    r"\b(?:gets?|getting|takes?|taking|has|have) (?:his|her|my|the|their|its)\b", re.I
)
""" "gets his cast off" is an appointment."""
_OFF_SUBJECTS = re.compile(
    r"\b(?:i|he|she|they|it|something|lights?|internet|power|wifi|phone|tv|alarm)$", re.I
)


_ALL_OF_US = re.compile(
    r"\b(?:delete|erase|wipe)\s+(?:(?:the|our|this|my)\s+)?(?:(?:whole|entire)\s+)?"
    r"(?:family|everyone|everybody)\W*$",
    re.I,
)
""" "delete the family" takes nobody off the event that was just shown."""
_CLEARED = re.compile(
    rf"^clear(?: out)? (?:{P}|my|our|the|everyone's|everybody's)?\s*(?:(?:whole|entire) )?"
    rf"(?:(?:schedule|calendar|diary|day)\b(?: (?:for|on))?\s*{T}|{T})(?:,(?:(?!{T}).)*)?\W*$",
    re.I,
)
""" "clear my Thursday"; "clear the gutters Saturday" is something to do."""


def read_cancel(clause: Clause) -> Cancel | None:
    """None unless the clause asks to take an event off the calendar, or says it is off."""
    if _ALL_OF_US.search(clause.text):
        return Cancel(Target(words="everything"))
    plain = _SO_NO.sub("", as_order(command(clause.marked)))
    if _CLEARED.match(plain):
        return Cancel(replace(read_target(plain, clause), words="everything", it=False))
    if "?" in clause.marked and not re.match(
        r"^(?:cancel|delete|remove|skip|call|scrap|drop)", plain, re.I
    ):
        return None
    for pattern, certain in _FORMS:
        match = pattern.match(plain)
        if match and (found := _read(match, plain, certain, clause)):
            return found
    return _no_more(plain, clause)


def _read(match: re.Match[str], plain: str, certain: bool, clause: Clause) -> Cancel | None:
    named = match["target"] + " " + (match.groupdict().get("rest") or "")
    if _NOT_EVENTS.match(clause.words(named)) or _about_people(named, plain):
        return None
    target = read_target(_without_reason(named), clause)
    subject = clause.people(match["target"])
    alone = (
        subject
        and not any(m.owner for m in subject)
        and not set(plain_words(match["target"])) - {"is", "m", "re", "s", "are"}
    )
    if not certain and (alone or not _plausible(target, clause)):
        return None
    ended = pattern_is_end(plain)
    said = read_scope(_ONE_OUTING.sub(r"\g<outing>", plain))
    scope: Scope | None = "series" if ended and said is None else said
    if target.when is not None and target.when.repeat is not None:
        scope = scope or "series"
    if target.when is not None and target.when.past:
        return None
    return Cancel(target, scope, _confidence(target, clause))


def _without_reason(named: str) -> str:
    """ "piano this week, the teacher is sick" is piano this week."""
    return re.split(rf"\b(?:because|since|as|due to|so that|bc|cuz|cos)\b|,(?!\s*{T})", named)[0]


def _no_more(plain: str, clause: Clause) -> Cancel | None:
    """ "no piano on Thursday" cancels it; "no school on Monday" is a day to note."""
    match = _NO_MORE.match(plain)
    if match is None or _CLOSED.match(match["target"]):
        return None
    target = read_target(_without_reason(match["target"]), clause)
    if match["who"]:
        target = replace(target, who=clause.who(match["who"]))
    ended = bool(re.match(r"^(?:there\S* )?no more", plain, re.I))
    after = ended and re.search(rf"\b(?:after|from|as of)\s+{T}", plain, re.I)
    if not target.words or len(plain_words(target.words)) > 3 or not (ended or clause.times()):
        return None
    known = known_title(target.words, clause) is not None
    if ended and not known and not names_event(plain_words(target.words)) and clause.when() is None:
        return None
    scope = "series" if ended and clause.when() is None else read_scope(plain)
    sure = 0.9 if known else 0.75
    if after:
        return Cancel(_beyond(target), "following", sure)
    return Cancel(target, scope, sure)


def _beyond(target: Target) -> Target:
    """ "after May" begins where May ends."""
    when = target.when
    if when is None or when.end is None:
        return target
    return replace(target, when=replace(when, start=when.end, end=None))


def pattern_is_end(plain: str) -> bool:
    """Words that end a thing for good: "done with", "quit", "no longer does", "stop"."""
    return bool(
        re.search(
            r"\b(?:done with|finished with|quit\w*|gave up|giving up|stop(?:ped|ping)?|^end"
            r"|no longer)\b",
            plain,
            re.I,
        )
        or re.match(rf"^{P}.{{0,9}}dropp(?:ed|ing)\b", plain, re.I)
    )


def _about_people(named: str, plain: str) -> bool:
    """ "remove Leo from soccer" changes an event; it cancels none."""
    return bool(
        re.match(rf"^(?:(?:\s|and|,)*{P})+\s+(?:from|off)\b", named)
        or re.match(rf"^(?:remove|drop|delete)\s+(?:(?:\s|and|,)*(?:{P}|{R}))+\W*$", plain, re.I)
        or re.match(r"^stop$", plain, re.I)
    )


def _plausible(target: Target, clause: Clause) -> bool:
    """Whether "X is off" can speak of an event X, not of a person, a light or a mood."""
    words = target.words.lower()
    odd = (
        words in _ONLY_NAMES
        or _BODILY.search(words)
        or _OFF_SUBJECTS.search(words)
        or re.search(r"n't\b", words)
    )
    return bool(words) and len(words.split()) <= 6 and not odd and not is_spoken(clause.text)


_ONLY_NAMES = {"school", "work", "dad", "mom"}


def _confidence(target: Target, clause: Clause) -> float:
    if target.it:
        return 0.9 if clause.context.focus else 0.6
    return 1.0


_FORMS = (
    (_CALL_OFF, True),
    (_VERB, True),
    (_TAKE_OFF, True),
    (_DONE_WITH, False),
    (_NOT_GOING, False),
    (_NO_NEED, False),
    (_IS_OFF, False),
)


def says_cancelled(clause: Clause) -> bool:
    """Whether the clause only repeats that something is off ("delete the whole series")."""
    plain = without_greeting(clause.marked)
    return bool(_VERB.match(plain)) and read_target(_VERB.sub(r"\g<target>", plain), clause).it
