"""The words of a move: orders, reports, corrections, and what stands around its new time."""

from __future__ import annotations

import re

from scheduling.language.clause import P, T
from scheduling.language.lengths import LENGTH

VERB = re.compile(
    r"^(?P<verb>move|reschedule|re-schedule|shift|push|postpone|delay|bring|pull|change"
    r"|switch|put off|put|advance"
    r"|hold off(?: on)?|make|set back|bump|slide|defer|start|transfer|rebook|swap|hold|do|have"
    r"|drag|update"
    r"|set|resched)\b(?!-)\s*(?P<rest>.+)$",
    re.I | re.S,
)

STATED = re.compile(
    rf"^(?P<target>.+?)(?:\s|(?<={T}))(?:(?:is|was|got|has been|have been|'s|will be|are"
    r"|has|been|needs to be|had to be"
    r"|just got|gets|must be|should be)\s+)*(?:(?:now|actually|being"
    r"|also)\s+)*(?P<how>moved|moves|rescheduled|shifted|"
    r"pushed|postponed|delayed|changed|switched|bumped|moving|brought|pulled|put off"
    r"|set back|running|shifting)\b(?P<rest>.*)$",
    re.I | re.S,
)

INSTEAD = re.compile(
    r"^(?P<target>.+?)(?:'s| is| are| will be| starts| begins| start)?(?:\s+(?P<now>now"
    r"|actually|now at|now on))?\s+(?:at |on |from |to )?"
    r"(?P<to>(?:(?:at |on |from |,"
    rf"|\s)*{T})+)\s*,?\s*(?:now[\s,]+)?(?P<instead>instead(?: of (?P<old>.*))?"
    rf"|now|(?:and )?not (?:on |at )?(?:{T}|\d{{1,2}}(?:[:.]\d\d)?)|rather than {T})?\W*$",
    re.I,
)

WEAK_VERBS = {
    "change",
    "switch",
    "put",
    "make",
    "start",
    "set",
    "hold",
    "do",
    "have",
    "swap",
    "update",
    "bring",
    "pull",
    "push",
}

LOOSE_VERBS = WEAK_VERBS - {"push", "bring", "pull", "change", "switch", "swap"}

SPLIT = re.compile(
    r"\s(?:to|until|till|til|for|->|on|at|into|onto|over to|out to|back to|up to"
    r"|forward to)\s+(?!the (?:gym|car))|\s*->\s*",
    re.I,
)

LONG = re.compile(
    rf"\b(?:longer|shorter|long)\b|^(?:it|that|this)?\s*(?:a |an )?{LENGTH}\W*$"
    rf"|\btake {LENGTH}",
    re.I,
)

ENDS_LONG = re.compile(rf"^(?!.*\b(?:back|by|up|forward|ahead)\b).*\s{LENGTH}$", re.I)

FROM = re.compile(r"\s+from\s+(?P<old>.+)$", re.I)

TIME_OF = re.compile(
    r"^(?:the |our )?(?:start |starting )?(?:time|date|day|hour|start)s? (?:of|for) ", re.I
)

COMING = re.compile(
    r"\s(?:is|are|will be)?\s*(?:coming|happening|starting|going|scheduled)?\s*$", re.I
)

LATER_BY = re.compile(
    r"^(?P<target>.+?)(?: is| are|'s| will be)?(?: now| starts?| starting| beginning)* "
    rf"(?P<rest>{LENGTH} (?:later|earlier)\b.*)$",
    re.I,
)

ASKED = re.compile(
    rf"^(?:can|could|may|might|should|would) (?!(?:you|anyone|someone)\b|{P}\s+(?:be|start)\b)"
    r"(?P<target>.{2,50}?) (?:be|start|begin|happen)(?: at| on)? (?P<to>[^?]+?)(?: instead)?\W*$",
    re.I,
)
""" "can Grandma's visit be a week later?" proposes what "is … instead" would state."""

ONGOING = re.compile(
    rf"^(?:{P}\s?(?:'re|'m|'s)?(?: are| am| is)?\s*)?(?P<verb>mov|reschedul|postpon|push"
    r"|shift|delay|switch|chang|bump)ing\b\s*(?P<rest>.+)$",
    re.I | re.S,
)

CORRECTION = re.compile(
    r"^\W*(?:(?:(?:no|nope|actually|sorry|oops|whoops|wait|hold on|my bad|rather|correction|oh|ah"
    rf"|hmm|make that)\b|{P} meant?\b)[\s,.:!-]*)+(?:(?:it's|it is|make (?:it|that))\s+)?"
    rf"(?P<to>(?:(?:at|on|from)\s+)?{T}(?:[\s,]*(?:(?:at|on)\s+)?{T})*)"
    r"(?:\s*(?:instead|then|please|(?:is|works|would be) better))?\W*$",
    re.I,
)

BARE_TIME = re.compile(
    rf"^[\s,.]*(?P<to>(?:(?:at|on|from|to|for)\s+)?{T}(?:[\s,]*(?:(?:at|on)\s+)?{T})*)"
    r"(?:\s*(?:instead|then|please))*[\s,.!]*$",
    re.I,
)
""" "Saturday 6pm", in reply to what was booked."""

NOT_THE_OLD = re.compile(
    r"^\W*(?:(?:no|actually|sorry|oops|i meant|it's|at)\b[\s,]*)*"
    r"(?P<to>\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?),? not (?:at )?\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?\W*$",
    re.I,
)

IS_AT = r"(?:is|are|starts?|begins?|will be|will start|moves to)\s+(?:now\s+)?(?:at\s+|from\s+)?"

THEN_ON = re.compile(
    rf"^(?:from|as of|starting|beginning)\s+(?P<day>{T})(?:\s+(?:on|onwards?))?[\s,]+"
    rf"(?P<target>[^,]+?)\s+{IS_AT}(?P<to>{T})\W*$",
    re.I,
)

ON_FROM_THEN = re.compile(
    rf"^(?P<target>[^,]{{1,60}}?)\s+{IS_AT}(?P<to>[\w:. ]{{1,12}}?)\s+from\s+"
    r"(?P<day>[\w ]{1,24}?)\s+on(?:wards?)?\W*$",
    re.I,
)
"""In plain words, as the day and the hour beside it are one time expression."""

RATHER = re.compile(
    rf"^instead of (?:at |on )?(?:{T}|\d{{1,2}}(?:[:.]\d\d)?)[\s,]*(?:let's |let us |{P} )?"
    r"(?:do |have |make |hold )?(?P<said>.+)$",
    re.I,
)
""" "instead of 4 let's do the playdate at 3"."""

IT_IS_NOW = re.compile(
    r"^[\s,;-]*(?:up|back|out|again)?[\s,;-]*(?:and |so )?(?:it's|it is|is|now)\b", re.I
)
""" "surgery moved up, it's now March 10 at 6am"."""

CARRIER = re.compile(r"\b(?:train|bus|flight|plane|ferry|subway|uber|delivery|package)$", re.I)
"""What is late today rather than moved."""

NO_EVENTS = re.compile(
    r"^(?:the )?(?:car|couch|sofa|table|furniture|laundry|stuff|money|boxes|house"
    r"|bedtime story)\b",
    re.I,
)
