"""The forms questions take, by what they ask for; the first that fits is meant."""

from __future__ import annotations

import re

from scheduling.language.clause import P, R, T
from scheduling.language.readings import QueryKind

_BE = r"(?:is|are|am|'s|'re|'m|be|was|will)"

_DO = r"(?:do|does|did|don't|doesn't)"

_WHO = rf"(?:{P}|anyone|anybody|someone|any of us|they|there)"

_FREE = r"(?:free|available|around|busy|open|clear|off|at home|home|occupied|unavailable)"

SITS = (
    rf"^(?:can|could|is|would) (?:{P}(?:(?: and| or|,) {P})*) (?:be )?(?:able |free "
    rf"|available )?(?:to )?"
    r"(?:watch|babysit|look after|mind|sit for|stay with|take care of)\b"
)
"""Whether somebody has time for somebody else."""

_FORMS: dict[QueryKind, tuple[str, ...]] = {
    "rules": (
        r"^(?:what|which)\b.*\brules?\b",
        r"^(?:list|show|read|tell)(?: me)?\b.{0,20}\brules\b",
        r"^rules\??$",
    ),
    "conflicts": (
        (
            r"^(?:(?:is|are) there |do (?:we|.) have |have we (?:got )?|show (?:me )?|list "
            r"|check (?:for )?|find |got |see )?(?:me )?(?:any|all|the|some|our|what|which|if "
            r"there are any)?\s*(?:new |schedul\w+ |calendar |open )*(?:conflict|clash|overlap"
            r"|collision|double[- ]?book)\w*"
        ),
        r"^(?:am|are|is) .{1,30}\bdouble[- ]?booked\b",
        (
            r"\b(?:does|do|will|is) (?:anything|any\w*|something|it|.{1,30}) (?:clash|overlap"
            r"|conflict|collide|double[- ]?booked)"
        ),
        r"\bdouble[- ]?booked\b.*\?",
        r"^what (?:clashes|overlaps|conflicts)",
        r"^anything (?:clash|overlap|conflict)\w*",
        rf"^any (?:problems|trouble|issues) (?:with|on|in|next|this|{T})",
    ),
    "who_drives": (
        (
            r"^(?:who(?:'s|'ll| is| will| can| could| should)?|which of us|whose turn is it "
            r"to)\s+(?:be )?(?:pick\w*|driv\w+|drop\w*|tak(?:es?|ing)|bring\w*|collect\w*"
            r"|fetch\w*|get(?:s|ting)?|giv\w+|on pick|doing (?:pick|drop)\w*"
            r"|chauffeur\w*)\b(?!.*\b(?:trash|garbage|bins?|milk|groceries|cake|dog|photos?"
            rf"|notes|dinner)\b)(?!.*{R})"
        ),
    ),
    "resource": (
        (
            r"^(?:who(?:'s|se)?|what|which|is|are|does|do|when|can|could|may|has|will"
            rf"|where)\b(?!').*{R}"
        ),
        rf"^(?:is )?(?:any(?:one|body)|someone) .*{R}",
        rf"^{R}.*\?$",
        rf"^(?:show|check|list)\b.*{R}",
        rf"^(?:book\w*|schedule|calendar) (?:of|for) {R}",
        rf"\b{R} (?:free|available|schedule)\b",
        rf"^how many .*{R}",
        rf"^{P}? ?need(?:s|ing)? {R}.*\?$",
    ),
    "find_slot": (
        rf"^{P} need .*\bwhen\W*\?$",
        (
            r"^(?:find|look for|suggest|propose|search for|give (?:me|us)|get(?: me| us)?|need"
            rf"|we need|{P} need|see)\b.{{0,24}}\b(?:time|times|slots?|gap|opening|evening"
            r"|window|hours?|spot|date|day|afternoon|morning|night|weekend|minutes?|moment)\b"
        ),
        rf"^(?:find|look for|search for) .*(?:{T}|free)",
        r"^when (?:can|could|should|might|shall|would)\b",
        (
            r"^what(?:'s| is| are| would be)? (?:a |the |our )?(?:good|best|next|earliest"
            r"|better|first|free|possible|suitable)\b.{0,20}\b(?:time|times|day|slots?|date"
            r"|evening|free|weekend|opening|window|night)\b"
        ),
        (
            r"^(?:is|are) there (?:a|an|any|some)?\s*(?:good |free |open |common |suitable "
            r"|possible )*(?:time|slots?|gap|evenings?|windows?|openings?|\S+ slot|day"
            r"|afternoon|morning|hours?)\b"
        ),
        (
            rf"^when(?:'s| is| are| do| does| am| will)\b.*\b(?:everyone|everybody|{P}(?: all| "
            r"both)?|all)\b.*\bfree\b.*\bfor\b"
        ),
        r"^(?:next|earliest|first) (?:free|available|open)\b",
        r"^(?:the )?next time .*\bfree\b",
        r"^(?:is|are) there (?:any |enough )?(?:room|space) (?:for|to)\b",
        r"^when works\b",
        (
            r"^(?:which|what) (?:day|time|evening|night|weekend|days|times"
            r"|evenings)\b.*\b(?:works?|suits?|free|good|best|could|can|available)\b"
        ),
        r"^when(?:'s| is| would be) (?:a )?(?:good|best|the best)",
        (
            r"^(?:which|what) (?:day|time|evening|night|weekend|days|times"
            r"|evenings)\b.*\b(?:work|works) "
        ),
        r"^when do (?:we|.) (?:all |both )?have (?:time|\S+ (?:hours?|minutes?|mins?)|an? )",
        rf"^(?:where )?(?:can|could) (?:we|{P}) (?:fit|squeeze)",
        r"^(?:fit|squeeze) in\b",
        r"^plan a time\b",
        (
            r"^any (?:time|free time|slots?|gap|openings?|free (?:slots?|evenings?"
            r"|afternoons?))\b"
        ),
    ),
    "free": (
        (
            rf"^(?:when )?{_BE} (?:{_WHO}|{T}|{P}(?:(?:,| and| &| or) {P})*)(?: "
            rf"{P})?.{{0,40}}\b{_FREE}\b"
        ),
        rf"^who(?:'s|'ll| is| are| will be| all is)?\s+(?:is )?(?:not )?(?:all )?{_FREE}\b",
        r"^who (?:can|has time|could)\b",
        rf"^{_DO} (?:{_WHO})(?: and {P})* have (?:time|a free|free|any (?:free )?time)\b",
        (
            rf"^(?:can|could) {P}(?: and {P})* (?:make(?!.*\b(?:later|earlier|longer"
            r"|shorter)\b)|come|be there|attend|join)\b"
        ),
        SITS,
        rf"^when ?{_BE}\b.*\b{_FREE}\b",
        rf"^{T}'?s?,? {_FREE}\?",
        rf"^(?:any|some)(?:one|body) {_FREE}\b",
        rf"^(?:how (?:free|busy)) {_BE}\b",
        rf"^free (?:on )?{T}\?",
        rf"^(?:{P}(?: and )?)+ {_FREE} .{{0,12}}{T}.{{0,6}}\?",
        rf"^(?:check|see|tell me) (?:if|whether|when) .*\b{_FREE}\b",
        rf"^is {T} {_FREE}",
        rf"^{_DO} (?:{_WHO}|{T}) (?:work|suit|fit)\b",
    ),
    "when": (
        (
            r"^(?:when|what time|what day|what date|which day|at what time|how long)(?:'s|s"
            r"|'re)?\b"
        ),
        r"^(?:remind me )?(?:when|what time) (?:is|does|do)\b",
        r"^(?:tell me|show me|check|do we know) (?:when|what time)\b",
        r"^next (?:\S+ ){1,3}when\b",
        rf"^(?:the |our |my |{P} )*next (?!(?:up|one|time|week)\b).{{2,40}}\?$",
        (
            r"^where(?:'s| is| are)\b.*\b(?:practice|game|match|appointment|party|lesson"
            r"|recital|meeting|class)\b"
        ),
        (
            rf"^(?:is|isn't|are) (?!.*\b{_FREE}\b)(?:there )?(?!{T}|it|this|that|{P}(?! "
            rf"?[a-z']+ (?:on|at|{T}))).{{3,40}}(?:\bon |\bat |\bstill "
            rf"on)?.{{0,3}}{T}.{{0,20}}\?$"
        ),
        r"^is .{3,40} still on\b",
        r"^how (?:long|much longer) until\b",
        (
            rf"^(?:do|does|have|has) {P}(?: and {P})* (?:have|has|got) (?!(?:any|something"
            rf"|anything|time|plans|free)\b).{{2,40}}{T}.{{0,6}}\?$"
        ),
        rf"^is there (?!(?:any|something|anything|time|a free)\b).{{2,40}}{T}.{{0,6}}\?$",
    ),
    "agenda": (
        (
            r"^(?:what|wat)(?:'s|s| is| are| do| does| did| have| has| all do| will| "
            r"am)?\b.*\b(?:on|happening|up|planned|scheduled|going on|plans?|schedule|agenda"
            r"|calendar|doing|have|got|look like|coming up|booked|next|in store|to do|due"
            r"|events?|appointments?|activities)\b"
        ),
        rf"^what(?:'s|s| is| about)? .{{0,12}}{T}\??$",
        r"^what's next\b",
        rf"^whats? {P}?.{{0,24}}{T}",
        rf"^(?:show|list|display|check)(?: {P})?\b.*{T}",
        (
            r"^(?:show|list|display|check|print|read|pull up|tell|give|send|see|open|view"
            rf"|get)(?: {P})?\b.*(?:\b(?:schedule|agenda|calendar|plans?|week|day|month|events?"
            r"|appointments?|everything|rundown|overview|summary)\b)"
        ),
        (
            rf"^(?:the |our |my |family |full |today's |weekly |{P} )*(?:schedule|agenda"
            rf"|calendar|plans?|events?|overview|rundown|appointments?|program)\b.{{0,9}}(?:{T}"
            r"|for|on|this|\?|$)"
        ),
        rf"^{T}(?:'s)? (?:schedule|agenda|calendar|plans?|events?|overview|appointments?)\b",
        (
            r"^(?:is there |are there |do (?:we|i|.) have |have we got |got |have we |does \S+ "
            r"have )?(?:anything|something|any (?:plans|events|appointments|activities)|plans"
            rf"|stuff)\b.{{0,30}}(?:{T}|\bon\b|\bplanned\b|\?)"
        ),
        (
            rf"^(?:do|does|are|is|have|has) (?:{_WHO})(?: and {P})* (?:have|having|got|doing"
            r"|going)\b.*(?:anything|something|plans|appointments?|lots|much|events)"
        ),
        rf"^how(?:'s| does| do| is| are) {P}?.{{0,12}}{T}.{{0,6}}(?:look|looking|shaping)",
        r"^how (?:busy|full) (?:is|are)\b",
        (
            r"^how (?:many|much) (?:things|events|appointments|activities|stuff|plans"
            rf"|lessons)\b|^how many (?:[\w-]+ ){{1,3}}(?:do|does|has|have|is|are) {P}.*{T}"
        ),
        rf"^where(?:'s| does| do| is| are| am) {P} .{{0,24}}{T}",
        rf"^{T}\?$",
        rf"^who(?:'s| is| has| does)? .*{T}",
        r"^which (?:events|appointments|things|activities|kids?)\b",
        rf"^(?:are|is) {P} .{{0,20}}\b(?:doing|going)\b",
        rf"^(?:a )?busy .{{0,9}}{T}\?",
        rf"^(?:the )?plan for\b.*{T}",
    ),
}
"""One form a line; the kinds in the order in which they are tried."""

PATTERNS = tuple((q, re.compile("|".join(forms), re.I)) for q, forms in _FORMS.items())

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
