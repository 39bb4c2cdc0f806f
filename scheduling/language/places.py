"""Where: "@ Luigi's", "at the pool", "in the park"."""

from __future__ import annotations

import re

from scheduling.language.clause import ANY, P

_STOP = (
    rf"(?=\s*(?:$|[,.;:!?()]|{ANY}|\s-\s|\b(?:on|at|from|for|with|w/|and|to|until|till"
    r"|every|need|is|are|by|before|after|this|in|around|starting)\b))"
)
_NAME = (
    rf"(?P<place>(?:{P}(?:\s+(?:house|place|home|apartment|flat))?"
    rf"|[^\s,.;:!?@()\ue000-\uebff][^,;:!?@()\ue000-\uebff]*?){_STOP})"
)
_AT = re.compile(rf"(?:(?<=\s)|^)(?:@\s*|at\s+){_NAME}", re.I)
_IN = re.compile(
    r"(?:(?<=\s)|^)in\s+(?P<place>(?:the\s+(?:park|garden|gym|library|city|woods|backyard"
    r"|church|hall|office|living room"
    r"|school|mountains|community \w+|town hall|yard|conference room|auditorium|cafeteria"
    r"|big hall|center|centre)|[A-Z][\w'.-]+(?:\s[A-Z][\w'.-]+)*\s(?:Park|Hall|Room|School"
    r"|Church|Center|Centre|Library|Garden|Gardens|Gym|Stadium|Theater|Theatre|Square|Street"
    rf"|Mall|Club|House|Hotel|Museum|Arena))){_STOP}"
)
"""A capital alone is a city or a country: "vacation in Spain" keeps it in its title."""
_NOT_PLACES = re.compile(
    r"^(?:least|most|all|once|last|first|the (?:latest|earliest|same time|moment|time|end"
    r"|weekend)|night|lunch|noon"
    r"|around|about|some point|this point|risk|present|the top|half)\b|^\d",
    re.I,
)


def find_place(marked: str) -> tuple[str, str] | None:
    """(the place as marked, the clause without it); None where no place is named."""
    for match in (*_AT.finditer(marked), *_IN.finditer(marked)):
        place = match["place"].strip()
        if place and not _NOT_PLACES.match(place) and len(place.split()) <= 6:
            return place, f"{marked[: match.start()]} {marked[match.end() :]}"
    return None
