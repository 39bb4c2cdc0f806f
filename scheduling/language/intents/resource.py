"""What the family shares: a second car, a van that seats seven, a van in the shop."""

from __future__ import annotations

import re
from typing import Literal

from scheduling.language.clause import Clause, P, R, T
from scheduling.language.politeness import without_greeting
from scheduling.language.readings import Resource
from scheduling.language.titles import trim
from scheduling.language.when import When

ThingType = Literal["vehicle", "room", "equipment", "other"]
_TYPES: tuple[tuple[ThingType, str], ...] = (
    (
        "vehicle",
        r"cars?|vans?|minivans?|suvs?|trucks?|pick-?up truck|bikes?|e-?bikes?|bicycles?"
        r"|scooters?|motorbikes?"
        r"|motorcycles?|boats?|rv|camper(?: ?van)?|trailers?|wagons?|cargo bikes?|mopeds?"
        r"|canoes?|kayaks?"
        r"|prius|tesla|jeep|toyota|honda|subaru|volvo|ford|bmw|vw|minibus|moped|roof ?box",
    ),
    (
        "room",
        r"(?:guest|living|dining|play|music|sewing|spare|family|laundry|meeting|game|tv"
        r"|rec) ?rooms?|rooms?"
        r"|kitchens?|basements?|garages?|home office|offices?|studios?|den|backyard|garden"
        r"|pool|treehouse|sauna"
        r"|hot ?tub|workshop|attic|patio|deck|driveway|cabin|beach house|gym",
    ),
    (
        "equipment",
        r"projectors?|grills?|bbq|tents?|laptops?|tablets?|ipads?|printers?|xbox|playstation"
        r"|ps5|switch|tvs?"
        r"|television|cameras?|drills?|lawn ?mowers?|mowers?|washing machine|washer|dryer"
        r"|pianos?|keyboards?"
        r"|sewing machine|trampoline|ladders?|cooler|strollers?|car ?seats?|sleds?|skis|surfboards?"
        r"|telescopes?|treadmills?|generator|pressure washer|air ?fryer|oven|computers?|pcs?"
        r"|game console",
    ),
)
_NOUN = "|".join(words for _, words in _TYPES)
_NUMBER = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten"
_COUNTS = {"a": 1, "an": 1, "both": 2} | {
    word: number for number, word in enumerate(_NUMBER.split("|")[1:], 1)
}
_NEW = re.compile(
    rf"^(?:{P}\s*(?:'ve|have|has|'s|just|finally|now|also|recently|\s)*(?:got|bought"
    r"|getting|get|have|has|own|"
    r"leased?|rented|picked up|inherited|share|added?|purchased)?|there(?:'s| is| are)|add"
    r"|new|register|create"
    r"|set up|include|we(?:'ve)? got)\s+(?:(?:now|also|just|finally)\s+)*(?P<count>an?|the"
    r"|our|another|"
    rf"{_NUMBER})?\s*(?:(?:shared|family|brand|new|second|third|used|extra|another|resource"
    r"|resource:|old|big|little"
    rf"|electric|bigger|small|2nd|3rd)\s+)*(?P<noun>{R}|\b(?:{_NOUN})\b)(?P<rest>.*)$",
    re.I | re.S,
)
_OWNED = re.compile(
    rf"^(?P<owner>{P})\s*(?:have|has|own|owns|'ve got)\s+(?:an?|{_NUMBER})\s+"
    rf"(?:(?:shared|family|big|little|old|electric|small)\s+)*(?:{R}|\b(?:{_NOUN}))\W*$",
    re.I,
)
"""Nothing but that there is one; `_new` sees that no time is said."""
_AS_RESOURCE = re.compile(
    r"^(?:add|create|register|new|make|set up|include)\b\s*(?:a |an |the |our )?(?:new "
    r"|shared )*(?:resource\b[\s:,]*"
    r"(?:called |named )?)?(?P<noun>.+?)(?:\s+(?:as|to) (?:a |an |the "
    r"|our )?(?:shared )*(?:resources?|things)\b(?P<rest>.*)"
    r"|\s+as (?:something|bookable|shareable)\b.*|$)",
    re.I,
)
_SHARED = re.compile(
    r"\bresources?\b|\bshared things\b"
    rf"|\bas (?:bookable|shareable|something (?:{P}|to)(?: can| could)?(?: all)? "
    r"(?:book|share|reserve|use)\b)",
    re.I,
)
_SEATS = re.compile(
    r"\b(?:seats?|fits?|holds?|room for|space for|carr(?:y|ies)|sleeps"
    rf"|takes)\s+(?:up to )?(?P<n>{_NUMBER})\b(?!\s*(?:hours?|hrs?|h|min\w*|days?|weeks?)\b)",
    re.I,
)
_SEATER = re.compile(rf"\b(?P<n>{_NUMBER})[ -]?(?:seats?|seater|passengers?|people|seater)\b", re.I)
_CAPACITY = re.compile(
    r"\b(?:capacity(?: of| is|:)?|max(?:imum)?(?: of)?|at most|up to|limit(?: of)?|for|by)"
    rf"\s*(?P<n>{_NUMBER})\b(?: (?:people|persons"
    r"|at once|at a time))?",
    re.I,
)
_NAMED = re.compile(
    r"(?:^|,|-|:|\()\s*(?:it's |its |called |named |the |a |an )+(?P<name>(?!seats?\b"
    r"|fits?\b)[\w' -]{2,30}?)(?=\s*(?:,|$|\)|\.|seats|with|and|which|-|fits|holds))",
    re.I,
)
_CALLED = re.compile(
    r"\b(?:called|named)\s+(?:the )?(?P<name>[\w' -]{2,30}?)(?=\s*(?:,|$|\.|seats|with"
    r"|and))",
    re.I,
)
_AFTER_COLON = re.compile(
    r"^\s*[:-]\s*(?P<name>(?!\d|seats?\b|fits?\b|holds?\b|for\b)[\w' -]{2,30}?)(?=\s*(?:,|$|\."
    r"|\())",
    re.I,
)
_OUT = re.compile(
    rf"^(?P<name>{R})(?: is|'s| will be| has been| was| are|)\s*(?:currently |still "
    r"|going to be |going |being |now )*"
    r"(?P<state>(?:in|at|to|going to|off to|goes to|going in(?:to)?|in for"
    r"|back in) (?:the |for )?(?:shop|garage|mechanic\S*|repair\w*|service|servicing|"
    r"dealer\w*|body ?shop|workshop|maintenance|an? (?:oil change|inspection|service"
    r"|repair))|broken(?: down)?|broke(?: down)?|out of (?:order|service|action"
    r"|commission)"
    r"|not (?:available|working|usable)|unavailable|unusable|being (?:repaired|fixed"
    r"|serviced|painted|renovated|cleaned)"
    r"|(?:repaired|fixed|serviced|renovated)|off limits|dead|down|needs repairs?"
    r"|won't start|can't be used|isn't (?:available|working)|closed|loaned out|lent"
    r"|on loan|has a flat)",
    re.I,
)
_BACK = re.compile(
    rf"^(?P<name>{R})(?:(?:'s| is| are| was| has been)? (?:(?:now|all|finally|already"
    r"|up and) )*(?:back(?: from .*| home)?|(?:available|usable|working|running|ready|free|ok"
    r"|okay|fine) again|available now|fixed|repaired|mended|out of the (?:shop|garage)"
    r"|(?:not|no longer) (?:broken|in the (?:shop|garage)|out of (?:order|service)|down))"
    r"| (?:isn't|aren't) (?:broken|in the (?:shop|garage)|down)"
    r"|(?: now| finally)? (?:works|runs|drives|starts)"
    r"(?: fine)?(?: again| now))(?: again| now| any ?more)*\W*$"
    rf"|^{P} (?:got|have|has) (?P<again>{R}) back(?: from .*)?\W*$",
    re.I,
)
_MENDED = re.compile(r"^(?:repaired|fixed|serviced|renovated)$", re.I)
"""Without a day, these say that it is back."""
_GONE = re.compile(
    rf"^{P}?\s*(?:'ve|have|just|no longer|don't|\s)*(?:sold|gave away|got rid of|get rid of"
    r"|returned|have no|own|have|remove|delete|retired?|"
    rf"junked|traded in|don't own|scrapped)\s+(?P<name>{R})(?P<rest>.*)$",
    re.I,
)
_GONE_WORDS = re.compile(
    r"\b(?:sold|gave|rid|returned|no longer|don't|remove|delete|retire|junked|traded"
    r"|scrapped)\b",
    re.I,
)
_HOLDS = re.compile(
    rf"^(?:{P}\s+|the\s+)?(?P<name>{R}|\b(?:{_NOUN})\b)(?: can| only| now|'s|\s)*\s*"
    r"(?P<what>(?:seats?|fits?|holds?|carr(?:y|ies)"
    rf"|has (?:room|space|{_NUMBER}|capacity)|capacity|is for|sleeps|(?:be )?used by|takes"
    r"|can be|be shared).*)$",
    re.I,
)


def read_resource(clause: Clause) -> Resource | None:
    """None unless the clause tells of a thing the family has, loses or cannot use."""
    plain = re.sub(T, lambda m: _now_as_word(m.group(), clause), without_greeting(clause.marked))
    if "?" in plain:
        return None
    return (
        _back(plain, clause)
        or _out(plain, clause)
        or _gone(plain, clause)
        or _holds(plain, clause)
        or _new(plain, clause)
        or _bookable(plain)
    )


def _now_as_word(mark: str, clause: Clause) -> str:
    """ "we have a second car now": the word is no appointment."""
    return "now" if clause.written[mark].lower() == "now" else mark


def type_of(name: str) -> ThingType:
    """What sort of thing a name speaks of: vehicle, room, equipment, else other."""
    return next((t for t, words in _TYPES if re.search(rf"\b(?:{words})\b", name, re.I)), "other")


def is_shareable(word: str) -> bool:
    """Whether a word is a thing families share, known to this one or not ("boat")."""
    return re.fullmatch(_NOUN, word.strip(), re.I) is not None


def _back(plain: str, clause: Clause) -> Resource | None:
    """With a day to come it is still out until then, which is another reading."""
    match = _BACK.match(plain)
    if match is None or clause.times():
        return None
    name = clause.things(match["name"] or match["again"])[0]
    return Resource(name, type_of(name), back=True)


def _out(plain: str, clause: Clause) -> Resource | None:
    match = _OUT.match(plain)
    if match is None:
        return None
    name, when = clause.things(match["name"])[0], clause.when()
    if when is None and _MENDED.search(match["state"]):
        return Resource(name, type_of(name), back=True)
    since = When((0, 0), start=clause.now.date())
    return Resource(name, type_of(name), out=when or since, confidence=1.0 if when else 0.65)


def _gone(plain: str, clause: Clause) -> Resource | None:
    match = _GONE.match(plain)
    if match is None or not _GONE_WORDS.search(plain[: match.start("name")]) or clause.times():
        return None
    if clause.context.focus and re.match(r"remove|delete", plain, re.I):
        return None  # from what was just shown, not from the family
    name = clause.things(match["name"])[0]
    return Resource(name, type_of(name), remove=True)


def _holds(plain: str, clause: Clause) -> Resource | None:
    match = _HOLDS.match(plain)
    if match is None:
        return None
    said, known = clause.words(match["what"]), clause.things(match["name"])
    name = known[0] if known else match["name"]
    seats, capacity = _seats(said), _number(_CAPACITY.search(said))
    if seats is None and capacity is None:
        return None
    return Resource(name, type_of(name), None if seats else capacity, seats)


def _new(plain: str, clause: Clause) -> Resource | None:
    match = _NEW.match(plain)
    if match is None or not (_is_new(plain, match) or _of_the_family(plain, clause)):
        return _registered(plain, clause)
    rest = clause.words(match["rest"])
    if not re.match(
        r"^\s*(?:$|[,.:;!(-]|now|called|named|as|seats|with|that|which|for|capacity|and it"
        r"|to share)",
        rest,
        re.I,
    ):
        return None
    noun = clause.things(match["noun"])[0] if clause.things(match["noun"]) else match["noun"]
    count = _number_word(match["count"])
    name = _own_name(rest) or trim(_one(noun) if count > 1 else noun)
    capacity = _number(_CAPACITY.search(rest)) or (count if count > 1 else None)
    return Resource(name, type_of(f"{noun} {name}"), capacity, _seats(rest))


_OPEN = re.compile(
    rf"^(?:the |our )?(?P<name>{_NOUN}) (?:is|are) (?:now |also )*(?:available|open|free) (?:for"
    rf"|to) "
    r"(?:bookings?|reservations?|book|be booked|reserve|use|share)\W*$",
    re.I,
)


def _bookable(plain: str) -> Resource | None:
    """ "the basement is available for bookings"."""
    match = _OPEN.match(plain)
    return Resource(match["name"], type_of(match["name"])) if match else None


def _is_new(plain: str, match: re.Match[str]) -> bool:
    """ "we have a car now", "new van": news; "we have the car Saturday": a booking."""
    head = plain[: match.start("noun")].lower()
    tail = match["rest"].lower()
    news = re.search(
        r"\b(?:new|second|third|another|got|bought|added?|register|create|2nd|extra|shared"
        r"|purchased|leased?|now)\b",
        head,
    )
    return bool(news or re.search(r"\bnow\b|seats|resource|called|named", tail)) and not re.search(
        r"\b(?:need|the)\s*$", head
    )


def _of_the_family(plain: str, clause: Clause) -> bool:
    """ "we have a van" tells of what is shared; what "I" or "Leo" have is their own."""
    match = _OWNED.match(plain)
    owners = clause.people(match["owner"]) if match else []
    return any(owner.kind in ("household", "everyone") for owner in owners)


def _registered(plain: str, clause: Clause) -> Resource | None:
    match = _AS_RESOURCE.match(plain)
    if match is None or not _SHARED.search(plain):
        return None
    said = clause.words(match["noun"] + " " + (match["rest"] or ""))
    name = trim(
        re.split(r",|\(|\bwith\b|\bcapacity\b|\bseats\b|\bfor\b", clause.words(match["noun"]))[0]
    )
    return (
        Resource(name, type_of(name), _number(_CAPACITY.search(said)), _seats(said))
        if name
        else None
    )


def _own_name(rest: str) -> str | None:
    match = _CALLED.search(rest) or _NAMED.search(rest) or _AFTER_COLON.match(rest)
    return trim(match["name"]) or None if match else None


def _one(noun: str) -> str:
    """ "two bikes" are each a bike."""
    return re.sub(r"(?<=[a-z]{2})(?<!s)s$", "", noun)


def _number_word(word: str | None) -> int:
    said = (word or "").lower()
    return int(said) if said.isdecimal() else _COUNTS.get(said, 1)


def _seats(text: str) -> int | None:
    return _number(_SEATS.search(text)) or _number(_SEATER.search(text))


def _number(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    word = match["n"].lower()
    return int(word) if word.isdecimal() else _COUNTS.get(word)
