"""A server's process that finds no database when it starts waits for it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from storage.migrate import check_once_there


def database_problems(url: str) -> list[str]:
    """What is wrong with the database, once it is there; empty when nothing is. Takes as long as
    that takes, and says so once; a signal ends the process meanwhile."""
    with _mortal():
        return check_once_there(url, _say)


def _say(why: str) -> None:
    # There may be no logging yet.
    print(f"{why}. Waiting for it.", file=sys.stderr, flush=True)


@contextmanager
def _mortal() -> Iterator[None]:
    """Signals do what they do by themselves: nothing has begun that would have to be finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        yield
    finally:
        for name, handler in ours.items():
            signal.signal(name, handler)
