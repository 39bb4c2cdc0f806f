"""The courtesies around what is asked: greetings, "please", "can you", "I need to"."""

from __future__ import annotations

import re

from scheduling.language.clause import P
from scheduling.language.reports import SAYS

_GREETING = (
    r"(?:(?:hey|hi|hello|ok(?:ay)?|so|oh|um+|well|btw|fyi|just|also|and|then|but|plus|oops"
    r"|nvm|never ?mind(?! (?:about|the|our|my)\b)|actually|ah|please|pls|plz"
    r"|ugh|argh|(?:i )?(?:almost |totally |completely )?forgot(?: to (?:say|mention))?(?=\s*[,:-])"
    r"|kindly|hmm+|reminder that|note that|heads[- ]up|@\w+)(?![\w'-])[\s,:!.-]*"
    r"|(?:sorry|quick question|question|guys|all|everyone|everybody|family|team|yes|yeah"
    r"|thanks|right|wait|hold on|scratch that|now|note|update|fyi all"
    r"|change of plans?|scheduler|calendar|bot|family scheduler|ok everyone|hey all)\s*[,:!.-]+\s*)"
)
_ASKING = (
    rf"(?:can|could|would|will|should|may|might) (?:you|u|{P}|we|i|someone|somebody)"
    r"(?: (?:please|pls|maybe|just|possibly|kindly))*(?: (?:help(?: me| us)? (?:to )?"
    r"|be able to ))? "
    r"|(?:is it possible|would it be possible|do you mind|any chance) to "
    rf"|{P}(?:'d| would)? (?:like|love) (?:you )?to |{P} (?:want|wanna|need|needs|have|has|'ve got)"
    r"(?: you)? to "
    rf"|(?:we|i) (?:want|wanna|need|have) to |{P} (?:should|must|gotta) (?:really )?"
    r"|(?:don't|do not) forget to (?=(?:remind|add|book|cancel|move|schedule|put)\b)"
    rf"|{P} (?:'ve |have )?decided to |(?:someone|somebody) (?:please |pls )?(?=remind|add"
    rf"|cancel|move|put)"
    rf"|let(?:'s| us|s) |let {P} |shall {P} |please |pls |plz |go ahead and |make sure to |try to "
)
_LEAD = re.compile(rf"^[\s,.:;!*>•-]*(?:{_GREETING}|{SAYS}\s+|(?<=[a-z] ){P}\s*[,:!-]+\s*)+", re.I)
_ASK = re.compile(rf"^(?:{_ASKING})+", re.I)
_EDGES = " ,;:.!?-"
_LAST_WORD = re.compile(
    r"(?<![\w'])(?:please|pls|plz|thanks|thank you|thx|ty|cheers|if possible|asap|ok|okay"
    r"|right|xx?x?"
    rf"|love|guys|lol|haha+|yay+|woo(?:hoo+)?|wish {P} luck|fingers crossed|can't wait|so excited"
    r"|just fyi|fyi|btw)$",
    re.I,
)
_LONGEST_COURTESY = 16


def without_greeting(marked: str) -> str:
    """The clause from its first word that says something, and without trailing courtesy."""
    return _without_tail(_LEAD.sub("", marked)).strip(_EDGES) + _question(marked)


def _without_tail(text: str) -> str:
    """Last words such as "please" go, one by one; only the end is looked at, so that a
    hostile message costs no more than a kind one."""
    text = text.rstrip(_EDGES)
    while match := _LAST_WORD.search(text[-_LONGEST_COURTESY:]):
        text = text[: len(text) - len(match.group())].rstrip(_EDGES)
    return text


def command(marked: str) -> str:
    """The clause as an order: "can we push piano back?" -> "push piano back"."""
    plain = without_greeting(marked)
    asked = _ASK.sub("", plain)
    return without_greeting(asked).rstrip("?").strip() if asked else plain


_TAG = re.compile(
    r"[\s,.-]{1,3}(?:ok(?:ay)?|alright|all right|right|yeah|sound good"
    r"|is that ok(?:ay)?|does that work"
    r"|that ok|cool|deal)\s*\?+\s*$",
    re.I,
)
_LONGEST_TAG = 24


def without_tag(text: str) -> str:
    """ "moving movie night to Sunday, ok?" asks nothing; only the end is looked at."""
    head, tail = text[:-_LONGEST_TAG], text[-_LONGEST_TAG:]
    return head + _TAG.sub("", tail) if "?" in tail else text


def _question(marked: str) -> str:
    return "?" if "?" in marked[-6:] else ""
