"""Every error the core can raise, as one small tree.

SchedulingError
├── NotUnderstood          the words cannot be read as a time, a rule or an intent
│   ├── NoSuchDate         31 February, 25 o'clock
│   └── EmptySpan          an end at or before its start
├── NotFound               a person, resource, event or button that this family does not have
├── NotAllowed             this person may not do that
├── Away                   something that is needed cannot be reached just now
├── Stale                  the world has changed since the question was asked
└── LimitExceeded          more than the product takes at once (people, occurrences, text)

The edge (`bot`) turns each into one kind sentence; `str(error)` is already that
sentence, in words for a family, with no identifiers in it.
"""


class SchedulingError(Exception):
    """Base of all errors that a family may be told about."""


class NotUnderstood(SchedulingError):
    """The words cannot be read."""


class NoSuchDate(NotUnderstood):
    """The words name a day or an hour that does not exist."""


class EmptySpan(NotUnderstood):
    """The end is at or before the start."""


class NotFound(SchedulingError):
    """Nothing of that name or id belongs to this family."""


class NotAllowed(SchedulingError):
    """This person may not do that."""


class Away(SchedulingError):
    """Something that is needed cannot be reached just now; nothing was changed."""


class Stale(SchedulingError):
    """What was asked about has been settled or changed meanwhile."""


class LimitExceeded(SchedulingError):
    """More at once than the product takes."""
