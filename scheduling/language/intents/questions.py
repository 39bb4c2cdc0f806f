"""The forms questions take, by what they ask for; the first that fits is meant."""

from __future__ import annotations

import re

from scheduling.language.clause import P, R, T
from scheduling.language.readings import QueryKind

_BE = r"(?:is|are|am|'s|'re|'m|be|was|will)"

_DO = r"(?:do|does|did|don't|doesn't)"

_WHO = rf"(?:{P}|anyone|anybody|someone|any of us|they|there)"

_FREE = r"(?:free|available|around|busy|open|clear|off|at home|home|occupied|unavailable)"

_TABLE: tuple[tuple[QueryKind, str], ...] = (
    (
        "rules",
        r"^(?:what|which)\b.*\brules?\b|^(?:list|show|read|tell)(?: me)?\b.{0,20}\brules\b"
        r"|^rules\??$",
    ),
    (
        "conflicts",
        r"^(?:(?:is|are) there |do (?:we|.) have |have we (?:got )?|show (?:me )?|list "
        r"|check (?:for )?"
        r"|find |got |see )?(?:me )?(?:any|all|the|some|our|what|which|if there are any)?\s*"
        r"(?:new |schedul\w+ |calendar |open )*(?:conflict|clash|overlap|collision"
        r"|double[- ]?book)\w*"
        r"|^(?:am|are|is) .{1,30}\bdouble[- ]?booked\b"
        r"|\b(?:does|do|will|is) (?:anything|any\w*|something|it|.{1,30}) (?:clash|overlap|conflict"
        r"|collide|double[- ]?booked)|\bdouble[- ]?booked\b.*\?|^what (?:clashes|overlaps"
        r"|conflicts)"
        r"|^anything (?:clash|overlap|conflict)\w*|^any (?:problems|trouble|issues) (?:with|on"
        r"|in|next|this|" + T + ")",
    ),
    (
        "who_drives",
        r"^(?:who(?:'s|'ll| is| will| can| could| should)?|which of us"
        r"|whose turn is it to)\s+(?:be )?"
        r"(?:pick\w*|driv\w+|drop\w*|tak(?:es?|ing)|bring\w*|collect\w*|fetch\w*|get(?:s"
        r"|ting)?|giv\w+"
        r"|on pick|doing (?:pick|drop)\w*|chauffeur\w*)\b(?!.*\b(?:trash|garbage|bins?|milk"
        r"|groceries"
        rf"|cake|dog|photos?|notes|dinner)\b)(?!.*{R})",
    ),
    (
        "resource",
        r"^(?:who(?:'s|se)?|what|which|is|are|does|do|when|can|could|may|has|will"
        rf"|where)\b(?!').*{R}"
        rf"|^(?:is )?(?:any(?:one|body)|someone) .*{R}|^{R}.*\?$|^(?:show|check|list)\b.*{R}"
        rf"|^(?:book\w*|schedule|calendar) (?:of|for) {R}|\b{R} (?:free|available|schedule)\b"
        rf"|^how many .*{R}|^{P}? ?need(?:s|ing)? {R}.*\?$",
    ),
    (
        "find_slot",
        r"^(?:find|look for|suggest|propose|search for|give (?:me|us)|get(?: me| us)?|need|"
        rf"we need|{P} need|see)\b.{{0,24}}\b(?:time|times|slots?|gap|opening|evening|window|hours?"
        r"|spot|date|day|afternoon|morning|night|weekend|minutes?|moment)\b"
        rf"|^(?:find|look for|search for) .*(?:{T}|free)"
        r"|^when (?:can|could|should|might|shall|would)\b|^what(?:'s| is| are"
        r"| would be)? (?:a |the |our )?"
        r"(?:good|best|next|earliest|better|first|free|possible|suitable)\b.{0,20}\b(?:time"
        r"|times|day|"
        r"slots?|date|evening|free|weekend|opening|window|night)\b"
        r"|^(?:is|are) there (?:a|an|any|some)?\s*(?:good |free |open |common |suitable "
        r"|possible )*"
        r"(?:time|slots?|gap|evenings?|windows?|openings?|\S+ slot|day|afternoon|morning|hours?)\b"
        rf"|^when(?:'s| is| are| do| does| am| will)\b.*\b(?:everyone|everybody|{P}(?: all"
        r"| both)?|all)"
        r"\b.*\bfree\b.*\bfor\b|^(?:next|earliest|first) (?:free|available|open)\b|^when works\b"
        r"|^(?:which|what) (?:day|time|evening|night|weekend|days|times"
        r"|evenings)\b.*\b(?:works?|suits?"
        r"|free|good|best|could|can|available)\b|^when(?:'s| is| would be) (?:a )?(?:good|best"
        r"|the best)"
        r"|^(?:which|what) (?:day|time|evening|night|weekend|days|times|evenings)\b.*\b(?:work"
        r"|works) "
        r"|^when do (?:we|.) (?:all |both )?have (?:time|\S+ (?:hours?|minutes?|mins?)|an? )"
        rf"|^(?:where )?(?:can|could) (?:we|{P}) (?:fit|squeeze)|^(?:fit|squeeze) in\b"
        r"|^plan a time\b"
        r"|^any (?:time|free time|slots?|gap|openings?|free (?:slots?|evenings?|afternoons?))\b",
    ),
    (
        "free",
        rf"^(?:when )?{_BE} (?:{_WHO}|{T}|{P}(?:(?:,| and| &"
        rf"| or) {P})*)(?: {P})?.{{0,40}}\b{_FREE}\b"
        rf"|^who(?:'s|'ll| is| are| will be| all is)?\s+(?:is )?(?:not )?(?:all )?{_FREE}\b"
        rf"|^who (?:can|has time|could)\b|^{_DO} (?:{_WHO})(?: and {P})* have (?:time|a free"
        r"|free|any (?:free )?time)\b"
        rf"|^(?:can|could) {P}(?: and {P})* (?:make(?!.*\b(?:later|earlier|longer|shorter)\b)"
        r"|come|be there|attend|join)\b"
        rf"|^when ?{_BE}\b.*\b{_FREE}\b|^{T}'?s?,? {_FREE}\?|^(?:any|some)(?:one|body) {_FREE}\b"
        rf"|^(?:how (?:free|busy)) {_BE}\b|^free (?:on )?{T}\?"
        rf"|^(?:{P}(?: and )?)+ {_FREE} .{{0,12}}{T}.{{0,6}}\?"
        rf"|^(?:check|see|tell me) (?:if|whether|when) .*\b{_FREE}\b|^is {T} {_FREE}"
        rf"|^{_DO} (?:{_WHO}|{T}) (?:work|suit|fit)\b",
    ),
    (
        "when",
        rf"^(?:when|what time|what day|what date|which day|at what time|how long)(?:'s|s|'re)?\b"
        r"|^(?:remind me )?(?:when|what time) (?:is|does|do)\b|^(?:tell me|show me|check"
        r"|do we know) "
        r"(?:when|what time)\b|^next (?:\S+ ){1,3}when\b"
        rf"|^(?:the |our |my |{P} )*next (?!(?:up|one|time|week)\b).{{2,40}}\?$"
        r"|^where(?:'s| is| are)\b.*"
        r"\b(?:practice|game|match|appointment|party|lesson|recital|meeting|class)\b"
        rf"|^(?:is|isn't|are) (?!.*\b{_FREE}\b)(?:there )?(?!{T}|it|this|that"
        rf"|{P}(?! ?[a-z']+ (?:on|at|{T})))"
        rf".{{3,40}}(?:\bon |\bat |\bstill on)?.{{0,3}}{T}.{{0,20}}\?$|^is .{{3,40}} still on\b"
        rf"|^how (?:long|much longer) until\b"
        rf"|^(?:do|does|have|has) {P}(?: and {P})* (?:have|has|got) (?!(?:any|something"
        rf"|anything|time|plans|free)\b).{{2,40}}{T}.{{0,6}}\?$"
        rf"|^is there (?!(?:any|something|anything|time|a free)\b).{{2,40}}{T}.{{0,6}}\?$",
    ),
    (
        "agenda",
        r"^(?:what|wat)(?:'s|s| is| are| do| does| did| have| has| all do| will"
        r"| am)?\b.*\b(?:on|happening"
        r"|up|planned|scheduled|going on|plans?|schedule|agenda|calendar|doing|have|got|look like"
        r"|coming up|booked|next|in store|to do|due|events?|appointments?|activities)\b"
        rf"|^what(?:'s|s| is| about)? .{{0,12}}{T}\??$|^what's next\b|^whats? {P}?.{{0,24}}{T}"
        rf"|^(?:show|list|display|check)(?: {P})?\b.*{T}"
        r"|^(?:show|list|display|check|print|read|pull up|tell|give|send|see|open|view"
        rf"|get)(?: {P})?\b"
        r".*(?:\b(?:schedule|agenda|calendar|plans?|week|day|month|events?|appointments?"
        r"|everything)\b)"
        r"|^(?:the |our |my |family |full |today's |weekly |"
        + P
        + r" )*(?:schedule|agenda|calendar|plans?|"
        rf"events?|overview|rundown|appointments?|program)\b.{{0,9}}(?:{T}|for|on|this|\?|$)"
        rf"|^{T}(?:'s)? (?:schedule|agenda|calendar|plans?|events?|overview|appointments?)\b"
        r"|^(?:is there |are there |do (?:we|i|.) have |have we got |got |have we |does \S+ have )?"
        r"(?:anything|something|any (?:plans|events|appointments|activities)|plans|stuff)\b"
        rf".{{0,30}}(?:{T}|\bon\b|\bplanned\b|\?)"
        rf"|^(?:do|does|are|is|have|has) (?:{_WHO})(?: and {P})* (?:have|having|got|doing"
        r"|going)\b.*"
        rf"(?:anything|something|plans|appointments?|lots|much|events)"
        rf"|^how (?:does|do|is|are) {P}?.{{0,12}}{T}.{{0,6}}(?:look|looking|shaping)"
        r"|^how (?:busy|full) (?:is|are)\b"
        r"|^how (?:many|much) (?:things|events|appointments|activities|stuff|plans|lessons)\b"
        rf"|^where (?:does|do|is|are|am) {P} .{{0,24}}{T}|^{T}\?$|^who(?:'s| is| has| does)? .*{T}|"
        r"^which (?:events|appointments|things|activities|kids?)\b|^(?:are"
        rf"|is) {P} .{{0,20}}\b(?:doing|going)\b"
        rf"|^(?:a )?busy .{{0,9}}{T}\?|^(?:the )?plan for\b.*{T}",
    ),
)

PATTERNS = tuple((q, re.compile(pattern, re.I)) for q, pattern in _TABLE)

TARGET_OUT: dict[str, str] = {
    "when": (
        r"^(?:remind me |tell me |show me |check |do we know )?(?:when|what time|what day"
        r"|what date"
        r"|which day|at what time|how (?:long|much longer)|where|is there|is|isn't|are|next"
        r"|does|do|have|has)(?:'s|s|'re)?\s*"
        rf"(?:(?:is|are|does|do|did|will|was|until|there|be|'s)\b ?)*(?:{P}(?! ?{T}) )?"
        r"(?:(?:have|has|having|leave for|leaving for|go(?:es|ing)? to|get|the next|next"
        r"|supposed to (?:be|have|go to)) )*"
        r"(?:(?:the|a|our|my|an|next) )*"
    ),
    "who_drives": (
        r"^(?:who|which of us|whose turn is it to)\S*\s+(?:(?:is|will|can|could|should|be"
        r"|'s)\s+)*\S+"
        r"(?: (?:up|off|on))*(?: pick ?up| drop ?off)?(?:(?: and)? ?"
        rf"{P}(?!')| up| off| home)*(?: to| from| for| with| at)*"
    ),
    "find_slot": r"^.*?\b(?:for|to|(?:fit|squeeze) in)\b",
}

TARGET_TAIL = re.compile(
    r"\b(?:starts?|begins?|ends?|finish(?:es)?|over|on|again|happening|scheduled|supposed to be|"
    r"start(?:ing)?|take place|still on|still|this|planned|due|be|up|going|leave for|leave)\s*\W*$",
    re.I,
)
