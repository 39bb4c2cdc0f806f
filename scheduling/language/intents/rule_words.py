"""The words of standing rules: what is forbidden, kept free, limited or preferred."""

from __future__ import annotations

import re

from scheduling.language.clause import P, R

SOFT = re.compile(
    r"\b(?:rather|prefer(?:s|red|ably|ence)?|try(?: to| not)?|ideally"
    r"|if (?:at all )?possible|better"
    r"|would like|hopefully|avoid|nice to|when possible|like to|likes|hates?|dislikes?)\b",
    re.I,
)

THINGS = (
    r"(?:events?|things?|activit(?:y|ies)|appointments?|bookings?|meetings?|plans?"
    r"|lessons?|practices?"
    r"|classes|commitments?|games?|playdates?|screens?|screen time|tv|calls?|visits?|visitors?"
    r"|anything|errands|chores|homework|sports?|stuff|parties|scheduling|driving|outings?"
    r"|work|soccer|piano)"
)

SOME_KIND = re.compile(
    r"^(?:(?!\b(?:events?|nothing|anything|activit\w+|appointments?|bookings?|plans?|things?"
    r"|stuff|meetings?)\b).)*?(?:\b(?:no|any|never|not|cannot|avoid)\b|n't\b)"
    r"(?: (?!after|before|past|from|during|between|events?|anything|activit|appoint|booking"
    r"|plans|things?|stuff|meeting)[\w'-]+){0,3}? (?:lessons?|practices?|classes|games?|playdates?"
    r"|screens?|screen time|tv|television|calls?|phones?|visits?|visitors?|errands|chores|homework"
    r"|sports?|parties|driving|outings?|soccer|piano|music|sweets|candy|cartoons?)\b",
    re.I,
)
"""A ban on one kind of thing, which no title tells for sure: for people to mind."""

MANY = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "a": 1,
    "an": 1,
    "single": 1,
}

_COUNT = r"(?P<count>\d{1,2}|one|two|three|four|five|six)"

LIMIT = re.compile(
    rf"\b(?:(?:no|not|never|don't|do not|nothing)\b.{{0,40}}?\bmore than {_COUNT}"
    r"|(?:at most|max(?:imum)?(?: of)?"
    rf"|up to|limit .{{0,30}}?to|only(?: have| do)?|no more than"
    rf"|more than) {_COUNT.replace('count', 'most')}"
    rf"|{_COUNT.replace('count', 'tail')} (?:{THINGS}|\w+) .{{0,25}}(?:max(?:imum)?|tops"
    r"|at most|only)\b)",
    re.I,
)

A_DAY = re.compile(
    r"\b(?:a|per|each|every|any(?: one| single)?|in (?:a|one)|on (?:a|any|the)|the same"
    r"|on one|in the same|single)"
    r" (?:\w+ )?(?:day|weekday|evening|night|school night|weekend|afternoon|morning"
    r"|school day)\b|\bdaily\b",
    re.I,
)

GAP = re.compile(
    r"\b(?:between|in between|apart|gap|buffer|breathing room|break between"
    r"|back[- ]to[- ]back)\b",
    re.I,
)

NO = re.compile(
    rf"^(?:new rule|rule|house rule|family rule)?[:\s,-]*(?:{P} )?.{{0,40}}?(?:\bno\b"
    r"|\bnothing\b|\bnobody\b|\bno one\b|\bnever\b|\bnot\b"
    r"|\bdon't\b|\bdo not\b|\bcan't\b|\bcannot\b|\bwon't\b|\bdoesn't\b|\bisn't\b|\bavoid\b"
    r"|\bmay not\b"
    r"|\bmustn't\b|\bshouldn't\b|\baren't\b|n't\b|unavailable|off limits|off-limits|hates?"
    r"|dislikes?)",
    re.I,
)

MUST = re.compile(
    r"\b(?:must|has to|have to|needs? to|should|gotta|ought to|is to|are to|supposed to"
    r"|always|wants? to"
    r"|had better)\b.{0,30}?\b(?:in bed|home|asleep|sleep(?:ing)?|back|inside|to bed|go to bed|"
    r"in by|lights out|done|finished|offline|off screens?)\b",
    re.I,
)

BEDTIME = re.compile(
    r"\b(?:in bed by|bed ?time|curfew|lights[- ]out|quiet (?:time|hours?))\b", re.I
)

KEEP = re.compile(
    rf"^(?:please )?(?:try to |let's )?(?:always )?(?:{P}(?:'d| would)? )?"
    r"(?:keep|leave|like|rather have"
    r"|prefers?|reserve|block(?: off| out)?"
    rf"|protect|save)\b.{{1,60}}?"
    r"(?:\b(?:free|clear|open|empty|unscheduled|unbooked|to ourselves)\b|for (?:us|family"
    r"|the family|.$))",
    re.I,
)

LIGHT = re.compile(
    r"^(?:please )?(?:try to |let's )?(?:always )?(?:keep|leave|make)\b.{1,40}"
    r"\b(?:light|quiet|calm|easy|low-key|relaxed|slow)\W*$",
    re.I,
)

NOTHING_BOOKED = re.compile(
    r"\b(?:nothing (?:gets|is|to be|should be|may be) (?:booked|scheduled|planned)"
    r"|(?:don't|do not|never) (?:book|schedule|plan) (?:anything|things))\b",
    re.I,
)

BUSY = re.compile(
    rf"^(?:{P}|he|she)(?: and {P})*(?:'s|'m)?\s*(?:usually |normally |always )?(?:works?"
    r"|working|is (?:always )?(?:at "
    r"(?:work|school|daycare|preschool|kindergarten|the office)|working|asleep|napping"
    r"|in class|teaching)|"
    r"naps?|has (?:school|class|work|preschool|daycare|shifts?|nap time)|have (?:school"
    r"|work)|am at work|"
    r"at work|at school|goes to (?:school|work|daycare|preschool)|sleeps|teaches)\b",
    re.I,
)

PREFER = re.compile(
    rf"(?P<this>{R})\s*(?:over|to|rather than|than|instead of|before|not|,? ?not)\s*(?P<over>{R})|"
    rf"(?P<other>{R})\b.{{0,20}}\b(?:first|priority|preferred)|\bpriority\b.{{0,30}}(?P<last>{R})",
    re.I,
)

PREFERS = re.compile(
    r"\b(?:prefer\w*|rather|better|always use|use|first choice|priority"
    r"|takes? precedence)\b",
    re.I,
)

FOR = re.compile(r"\bfor\s+(?P<words>[^,.]+)", re.I)

FAMILY_TIME = re.compile(
    r"\b(?:is|are) (?:always )?(?:for (?:the )?family|family (?:time|day|night|days"
    r"|nights)|off[- ]limits|sacred"
    r"|no[- ]go|reserved|date nights?|lazy|rest days?|screen[- ]free|ours)\b",
    re.I,
)

RANKS = re.compile(
    r"^(?P<words>[^,.]{2,40}?)\s+(?:(?:always |usually )?(?:has|have|gets?|takes?|should have) "
    r"(?:\w+ )?(?:priority|precedence|preference) over"
    r"|(?:is|are) (?:always )?more important than|(?:always )?(?:beats?|trumps?|outranks?"
    r"|(?:comes?|goes) (?:before|ahead of)))\s+(?P<over>[^,.]{2,40})$",
    re.I,
)

RULE = re.compile(
    r"^(?:new |house |family |a )?rule\b[\s:,-]+(?=\S)|^(?:add|set"
    r"|make)(?: a)?(?: new)? rule\b[\s:,-]*(?:that )?",
    re.I,
)

BANNED = re.compile(
    rf"^{P}(?: and {P})*\s*(?:can't|cannot|can not|(?:'d|would) rather not|prefers? not to"
    r"|doesn't|does not|don't|won't|never"
    r"|isn't allowed to|aren't allowed to|may not"
    r"|mustn't|must not|is not allowed to|shouldn't|should not)\s+(?:ever )?(?P<what>drive"
    r"|ride|eat|walk|go|stay|have|be|swim|cook|use|watch|host|do|travel|take|work)\b",
    re.I,
)

REMOVE = re.compile(
    r"^(?:forget|remove|delete|drop|cancel|lift|scrap|scratch|get rid of|clear|undo|ignore"
    r"|disable)\b(?: the| my| our| any| that| this| all)*\s*(?P<kind>.{0,30}?)\s*"
    r"\b(?:rules?|constraints?|limits?|restrictions?)\b\s*(?:about|on|for|that|regarding"
    r"|of|:)?\s*(?P<words>.*)$",
    re.I,
)

NUMBERED = re.compile(r"^(?:number|no\.?|nr\.?|#)?\s*(?P<n>\d{1,3})$", re.I)

ONE_OFF = re.compile(r"\b(?:today|tonight|tomorrow|tmrw?|this|next|yesterday)\b", re.I)

HABIT = re.compile(
    r"\b(?:every|each|always|usually|never|daily|school[- ]?(?:nights?|days?)"
    r"|week[- ]?(?:days?|ends|nights?)|any|rule)\b",
    re.I,
)
