"""What a message sets for the calendar itself, which is done by its menu and not by a rule."""

from __future__ import annotations

import re

from scheduling.language.clocks import clock_range

_QUIET_HOURS = re.compile(r"\bquiet[- ]hours?\b", re.I)


def is_setting(text: str) -> bool:
    """Whether a text gives the hours in which no reminder may sound ("quiet hours 10pm to 7am").

    One edge alone ("quiet hours after 9pm") is a rule of the house.
    """
    return bool(_QUIET_HOURS.search(text)) and clock_range(text) is not None
