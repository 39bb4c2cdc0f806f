"""Redis as the broker, as kombu speaks to it, but for one thing.

A channel whose connection was closed answers whoever still uses it (a late acknowledgement, a
message that is to be put back) with an AttributeError, for which nobody is prepared: now and then a
worker ends by it when its broker goes away. Here it is the error that every caller expects of a
broken line. See github.com/celery/kombu/issues/582.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import redis as stock
from redis.exceptions import ConnectionError as LineBroken


class Channel(stock.Channel):
    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection.client is None:
            raise LineBroken("the connection of this channel was closed")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[no-untyped-call]


class Transport(stock.Transport):
    Channel = Channel
