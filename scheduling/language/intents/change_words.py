"""The forms in which people change an event: "add Leo", "make it longer", "rename it"."""

from __future__ import annotations

import re

from scheduling.language.clause import P, R, T
from scheduling.language.lengths import LENGTH

_LIST = rf"(?:(?:the |and |also |both |too |,|&|\+|\s)*(?:{P}|{R}))+"

ADD = re.compile(
    r"^(?:also |and |please )*(?:add|include|invite|bring(?: along)?|put|count in|sign up"
    rf"|with|also)\s+(?P<what>{_LIST})(?:\s+(?:too|as well|along|please|in"
    r"|there))*(?:\s+(?:to|for|on|in)\s+(?P<target>.+))?$",
    re.I,
)

COMING = re.compile(
    rf"^(?P<what>{_LIST})\s+(?:is|are|will|'ll|can|'s|should"
    r"|wants? to)?\s*(?:be )?(?:also )?(?:coming|come|comes|joining|joins?|going"
    r"|goes)\s*(?:(?:too|along|as well|with us|also)\s*)*(?:(?:to|for)\s+(?P<target>.+))?$",
    re.I,
)

ALSO_NEED = re.compile(
    rf"^(?:{P} )?(?:(?:also|will|'ll)\s+)*needs?\s+(?:also )?(?P<what>{_LIST})(?:\s+(?:too"
    r"|as well|also|please))*(?:\s+(?:for|to get to)\s+(?P<target>.+))?$",
    re.I,
)

REMOVE = re.compile(
    r"^(?:remove|take|drop|uninvite|without|leave out|kick"
    rf"|delete)\s+(?P<what>{_LIST})(?:\s+(?:off|out|from|of|away))*(?:\s+(?:off|out|from"
    r"|of)?\s*(?P<target>(?!the calendar).+))?$",
    re.I,
)

NOT_COMING = re.compile(
    rf"^(?P<what>{_LIST})\s+(?:isn't|is not|aren't|are not|won't be|won't|'s not|can't"
    r"|cannot)\s*(?:coming|come|joining|join|going|go|make it)\s*(?:(?:to"
    r"|for)\s+(?P<target>.+))?$",
    re.I,
)

NO_NEED = re.compile(
    rf"^(?:{P}(?:(?:\s*,|\s+and|\s*&)\s*{P})*\s+)?(?:don't|do not|doesn't|won't|no longer|no)"
    r"\s*(?:need|want"
    rf"|use)?\s*(?P<what>{_LIST})\s*(?:needed|any ?more"
    rf"|after all)*(?:\s+(?:on\s+)?(?P<day>{T}))?(?:\s+(?:any ?more|after all))?"
    r"(?:\s+for\s+(?P<target>.+))?$",
    re.I,
)

LASTS = re.compile(
    r"^(?:make|set|change|let|have)?\s*(?P<target>.*?)\s*(?:(?:last|lasts|take|takes|run"
    rf"|to be|is|will be|be|to|for|will take|will last)\s+)*(?P<length>{LENGTH}"
    rf"|{T})\s*(?:long|in total)?$",
    re.I,
)

LONGER = re.compile(
    r"^(?:make|extend|prolong|lengthen|shorten|cut|set|add)?\s*(?P<target>.*?)\s*(?:by "
    rf"|is |to be |needs to be |with )?(?P<length>{LENGTH}|{T})\s*(?P<how>longer|shorter"
    r"|more|less|extra)(?:\s+(?:to|for)\s+(?P<late>.+))?$",
    re.I,
)

EXTEND = re.compile(
    r"^(?P<verb>extend|prolong|lengthen|shorten|cut)\s+(?P<target>.*?)\s*\b(?P<to>by|to"
    rf"|for)\s+(?P<length>{LENGTH}|{T})$",
    re.I,
)

RENAME = re.compile(
    r"^(?:rename|retitle)\s+(?P<target>.*?)\s*(?:\b(?:to|as|into)\s+"
    r"|[:>-]+\s*)(?P<title>.+)$|^(?:call|name)\s+(?P<it>it|that|this"
    r"|the event)\s+(?P<name>.+)$|^change (?:the )?(?:title"
    r"|name)\s*(?:of (?P<of>.+?))?\s*to\s+(?P<new>.+)$",
    re.I,
)

PLACE = re.compile(
    r"^(?:change|set|update|move)\s+(?:the )?(?:place|location|venue|address)\s*(?:of"
    r"|for)?\s*(?P<of>.*?)\s*(?:to|:|is)\s+(?P<new>.+)$|^(?P<target>it|that"
    r"|the \w+(?: \w+)?|\w+(?: \w+)?)\s*(?:'s|is|will be|takes place|happens)\s+(?:now "
    r"|actually )?(?:at|in|@)\s+(?P<place>.+?)(?: (?:now|instead))?$|^(?:place|location"
    r"|venue|where):\s*(?P<named>.+)$|^(?:meet|meeting)\s+(?:at"
    r"|in)\s+(?P<meet>.+?)(?: instead)$|^move (?P<moved>.+?) to (?P<dest>(?:the |our "
    r"|my )?[A-Z]?[\w' ]+)$",
    re.I,
)

DRIVES_IT = re.compile(
    rf"^(?P<who>{P})\s*(?:'ll|'s|'m|am|will|can|could|is|is going to|should)?\s*driv(?:e|es|ing)"
    rf"(?P<people>(?:\s*(?:{P}|him|her|them|us|the kids|and\b))*)"
    r"\s+(?P<target>(?!(?:to|from|for|of|at)\b).+)$",
    re.I,
)
"""Without the word "to": "Ben drives soccer on Saturday"."""

DRIVE = re.compile(
    rf"^(?P<who>{P})\s*(?:'ll|'s|will|can|could|is|is going to|should)?\s*(?P<verb>driv(?:e"
    rf"|es|ing)|picks? (?:.{{1,12}} )?up|picking (?:.{{1,12}} )?up"
    rf"|drops? (?:.{{1,12}} )?off|takes?|taking|bring(?:s|ing)?|do(?:es"
    rf"|ing)? (?:the )?(?:drop-?off|pick-?up)|in charge|responsible)\b\s*(?P<people>(?:{P}"
    r"|him|her|them|us|the kids|it|\s|and)*)\s*(?:(?:to|from|for|of"
    r"|at)\s+(?P<target>.+))?$",
    re.I,
)

INSTEAD = re.compile(r"\s+(?:instead|then|after all|for (?:me|us|once))\W*$", re.I)
"""What may follow "Anna drives" and says nothing more."""

NOT_DRIVING = re.compile(
    rf"^(?P<who>{P})\s*(?:can(?:'t|not| not)|won't|will not|couldn't|'m not|am not|isn't|is not"
    r"|'s not|no longer|don't|doesn't|do not|does not)\s*(?:able to |going to )?"
    r"(?P<verb>drive|driving|drives|pick(?:s|ing)?(?: .{1,12})? up|picking up|drop(?:ping)?"
    rf"(?: .{{1,12}})? off|take|taking|bring|collect|fetch)\b\s*(?P<people>(?:{P}"
    r"|him|her|them|us|the kids|it|\s|and)*)\s*(?:(?:to|from|for|at)\s+(?P<target>.+?))?"
    rf"(?:\s+(?:on\s+)?(?P<day>{T}))?(?:\s+(?:after all|any ?more|now|though|sorry))*\W*$",
    re.I,
)
"""Only who gives up a part that they have means this; talk of what nobody drives is none."""
