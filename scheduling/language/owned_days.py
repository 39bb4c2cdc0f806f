"""A weekday that owns something, typed without its apostrophe: "cancel saturdays game"."""

from __future__ import annotations

import re

_CHANGES = re.compile(
    r"\b(?:cancel\w*|mov(?:e|ed|ing)|push\w*|re-?schedul\w*|skip\w*|postpon\w*|delay\w*|swap\w*"
    r"|switch\w*|bring|shift\w*|bump\w*|scrap|remove|delete|drop|remind|is off|called off)\b",
    re.I,
)
_OWNS = re.compile(
    r"\b(?<!all )(?<!every )(?<!the )(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s"
    r"(?= (?!(?:and|or|at|from|in|on|is|to|until|till|for|morning|afternoon|evening|night|with"
    r"|are|only|off)\b)[a-z]+(?:(?<=ss)|(?<!s))(?:$|[^a-z'-]))",
    re.I,
)
"""One thing named in the singular; "Tuesdays lessons" are all of them."""


def owning_days(text: str) -> str:
    """The text with the apostrophe back, where an event that exists is spoken of."""
    return _OWNS.sub(r"\g<day>'s", text) if _CHANGES.search(text) else text
