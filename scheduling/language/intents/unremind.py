"""No reminder, please: "no reminder for yoga", "don't remind us about piano"."""

from __future__ import annotations

import re

from scheduling.language.clause import Clause, P
from scheduling.language.politeness import without_greeting
from scheduling.language.readings import Change, Target
from scheduling.language.target import known_title, read_target
from scheduling.language.titles import trim

_REMINDER = r"(?:reminders?|alerts?|notifications?|alarms?)"
_ABOUT = r"\s*(?:(?:for|about|of|on|before|to|from)\b\s*)?(?P<target>.*?)"
_FORMS = tuple(
    re.compile(rf"^{form}{_ABOUT}(?:\s+(?:please|pls|anymore|any more|again))*\W*$", re.I)
    for form in (
        rf"(?:(?:{P} )?(?:need|want)s? )?no (?:more )?{_REMINDER}(?: (?:needed|necessary))?\b",
        rf"without (?:an?y? )?{_REMINDER}\b",
        rf"(?:{P} )?(?:don't|do not|never|stop|no need to) "
        rf"(?:need (?:an?y? )?{_REMINDER}|remind(?:ing)? {P}|send(?:ing)? (?:{P} )?{_REMINDER})",
        rf"(?:turn off|switch off|cancel|remove|delete|drop|skip|mute|disable|stop|kill) "
        rf"(?:all |the |my |our |this |that )*{_REMINDER}\b",
    )
)


def read_unremind(clause: Clause) -> Change | None:
    """None unless the clause wants no reminder of an event: a change to none at all."""
    plain = without_greeting(clause.marked)
    match = next((found for form in _FORMS if (found := form.match(plain))), None)
    if match is None or plain.endswith("?"):
        return None
    named = match["target"].strip()
    if not named and re.match(r"^(?:stop|never)\b", plain, re.I):
        return None  # "stop reminding me" may mean any of them
    target = read_target(named, clause) if named else Target(it=True)
    if target.it:
        sure = 0.9 if clause.context.focus else 0.6
    else:
        sure = 1.0 if known_title(trim(target.words), clause) else 0.8
    return Change(target, reminders=(), confidence=sure)
