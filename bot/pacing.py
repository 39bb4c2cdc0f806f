"""How fast a platform lets a bot speak, kept on machine time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from scheduling.ports import TryLater


@dataclass(frozen=True, slots=True)
class Pace:
    """Messages allowed: a second in any chat, a minute in a group, a second over all chats.
    0 = no limit."""

    per_chat: float = 1
    per_group_minute: float = 20
    overall: float = 30


UNPACED = Pace(0, 0, 0)


class _Window:
    """At most `count` in any `seconds`: only the last `count` times need to be known."""

    def __init__(self, count: int, seconds: float) -> None:
        self._seconds = seconds
        self._spacing = seconds / count
        self._times: deque[float] = deque(maxlen=count)

    def wait(self, now: float) -> float:
        """Seconds until there is room; 0 = now."""
        if len(self._times) < (self._times.maxlen or 0):
            return 0
        return max(0.0, self._times[0] + self._seconds - now)

    def take(self, now: float, count: int) -> None:
        """The parts of one message go out together; those above the first are owed."""
        self._times.extend(now + n * self._spacing for n in range(count))

    def idle(self, now: float) -> bool:
        return not self._times or self._times[-1] + self._seconds <= now


class Limiter:
    """Raises TryLater rather than waiting, so that one busy chat never holds up another."""

    def __init__(self, monotonic: Callable[[], float], pace: Pace = Pace()) -> None:
        self._monotonic = monotonic
        self._pace = pace
        self._windows: dict[tuple[str, str], _Window] = {}

    def take(self, chat: str, *, group: bool, new: int, edits: int = 0) -> None:
        """Ask leave for `new` messages and `edits` edits in a chat. Edits do not count towards a
        group's minute: they add nothing to what people are notified of.

        Raises TryLater, and then takes nothing.
        """
        now = self._monotonic()
        wanted = [(window, n) for window, n in self._limits(chat, group, new, edits) if n]
        wait = max((window.wait(now) for window, _ in wanted), default=0)
        if wait > 0:
            raise TryLater(timedelta(seconds=wait))
        for window, count in wanted:
            window.take(now, count)
        self._forget_idle(now)

    def _limits(self, chat: str, group: bool, new: int, edits: int) -> list[tuple[_Window, int]]:
        pace = self._pace
        limits = [
            ("second", "", pace.overall, 1, new + edits),
            ("second", chat, pace.per_chat, 1, new + edits),
            ("minute", chat, pace.per_group_minute if group else 0, 60, new),
        ]
        return [
            (self._windows.setdefault((name, where), _Window(int(count), seconds)), wanted)
            for name, where, count, seconds, wanted in limits
            if count
        ]

    def _forget_idle(self, now: float) -> None:
        """An idle window says no more than a new one; memory is bounded by the chats of late."""
        if len(self._windows) > 1000:
            self._windows = {k: w for k, w in self._windows.items() if not w.idle(now)}
