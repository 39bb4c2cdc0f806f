"""response_urls: addresses that reach one person, where Slack lends us one for a while."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

_log = logging.getLogger(__name__)

USES = 5
LIFE = 30 * 60.0
"""Seconds; both are Slack's (docs: Handling user interaction, response_url)."""
MOST = 2000
_TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(slots=True)
class _Loan:
    url: str
    until: float
    left: int = USES


class Responses:
    """They are keys to a conversation, so they are held in memory only and never written down:
    what has to survive a restart goes through the outbox to the conversation itself."""

    def __init__(
        self, session: Callable[[], aiohttp.ClientSession], monotonic: Callable[[], float]
    ) -> None:
        self._session = session
        self._monotonic = monotonic
        self._lent: dict[tuple[str, str], _Loan] = {}

    def lend(self, channel: str, user: str, url: str) -> None:
        """The newest for a person in a channel is the one to use."""
        now = self._monotonic()
        if len(self._lent) >= MOST:
            self._lent = {k: loan for k, loan in self._lent.items() if loan.until > now}
        self._lent[channel, user] = _Loan(url, now + LIFE)

    async def tell(self, channel: str, user: str, text: str, blocks: Any = None) -> bool:
        """Show something to that one person; False where no address is left to reach them."""
        loan = self._lent.get((channel, user))
        if loan is None or loan.left < 1 or loan.until <= self._monotonic():
            self._lent.pop((channel, user), None)
            return False
        loan.left -= 1
        message = {"response_type": "ephemeral", "replace_original": False, "text": text}
        try:
            async with self._session().post(
                loan.url, json=message | ({"blocks": blocks} if blocks else {}), timeout=_TIMEOUT
            ) as answer:
                return answer.ok
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            _log.warning("a person could not be answered (%s)", type(error).__name__)
            return False
