"""The data behind a button: `verb:id[:argument]`, at most 64 bytes on any platform.

Ids are random UUIDs and are always looked up within the tapper's own household, so a forged
or foreign one finds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

from scheduling.errors import NotFound
from scheduling.events import Occurrence, Part
from scheduling.speech import tr

Verb = Literal[
    "opt", "undo", "done", "snooze", "take", "role", "set", "setup", "drop", "link", "rate"
]
"""opt: an option of a proposal (argument: index, `x` = reject). undo: an audit entry.
done, snooze: a notice. take: an open part of an event (argument: see
`take_argument`). role: a member's role.
set: a household setting. setup: onboarding. drop: deletes what the argument says, or `keep`s it.
link: joins the family of a code, or parts a chat from its family.
rate: a clash that was settled (argument: `up` or `down`)."""

MAX_BYTES = 64
_FORM = re.compile(r"([a-z]+):([0-9a-f]{32})(?::([\w.+/-]{0,24}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tap:
    verb: Verb
    id: UUID
    argument: str = ""

    def data(self) -> str:
        return f"{self.verb}:{self.id.hex}" + (f":{self.argument}" if self.argument else "")


def parse(data: str) -> Tap:
    """Read a button's data. Raises NotFound for anything this product did not write."""
    found = _FORM.fullmatch(data)
    if found is None or found[1] not in get_args(Verb):
        raise NotFound(tr("That button does not work any more."))
    verb: Verb = found[1]  # type: ignore[assignment]
    return Tap(verb, UUID(found[2]), found[3] or "")


def take_argument(part: Part, occurrence: Occurrence) -> str:
    """The part, and of a series the occurrence too: one drives on that day, not for ever."""
    return f"{part.value}.{stamp(occurrence)}" if occurrence.series else part.value


def stamp(occurrence: Occurrence) -> str:
    """Which one of a series."""
    return f"{occurrence.recurrence_id:%y%m%d%H%M}"
