"""A fork server: a process that has imported the product once and forks a service on demand.

Starting Python with LangGraph costs seconds; a fork costs milliseconds, so that a suite can
kill a service hundreds of times. The nursery itself never starts a thread, a loop or a
connection: what is forked from it is as good as freshly started.

It also is the children's parent: only it kills them and buries them, so a process id is never
used after its process is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

_LARGEST = 65_536


class Nursery:
    """The player's handle on it, for any of its threads; a context manager.

    child: the module whose `run_child` is what its children do.
    """

    def __init__(self, child: str = "bot.play.child") -> None:
        self._asking = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "bot.play.nursery", str(theirs.fileno()), child],
                pass_fds=[theirs.fileno()],
            )

    def fork(self, spec: dict[str, Any]) -> tuple[int, socket.socket]:
        """A new process built from `spec`. Returns its id and the line to it. Blocks for
        milliseconds, the very first time until the nursery has imported everything."""
        ours, theirs = socket.socketpair()
        with theirs, self._asking:
            request = json.dumps({"fork": spec}).encode()
            socket.send_fds(self._control, [request], [theirs.fileno()])
            return int(self._answer()["pid"]), ours

    def kill(self, pid: int) -> None:
        """SIGKILL a process of this nursery, and wait until it is gone; it may be already."""
        with self._asking:
            self._control.send(json.dumps({"kill": pid}).encode())
            self._answer()

    def close(self) -> None:
        """End it and all it forked."""
        self._control.close()
        self._server.wait()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _answer(self) -> dict[str, Any]:
        data = self._control.recv(_LARGEST)
        if not data:
            raise RuntimeError("the nursery is gone")
        answer: dict[str, Any] = json.loads(data)
        return answer


def serve(control: socket.socket, child: str) -> None:
    """The nursery's own loop: until the player's end is closed."""
    run_child = importlib.import_module(child).run_child

    gc.freeze()
    children: set[int] = set()
    for request, fds in _requests(control):
        if "fork" in request:
            pid = os.fork()
            if pid == 0:
                control.close()
                random.seed()
                _leave_after(run_child, socket.socket(fileno=fds[0]), request["fork"])
            os.close(fds[0])
            children.add(pid)
            control.send(json.dumps({"pid": pid}).encode())
        elif request["kill"] in children:
            _bury(request["kill"])
            children.discard(request["kill"])
            control.send(b"{}")
        else:
            control.send(b"{}")
    for pid in children:
        _bury(pid)


def _requests(control: socket.socket) -> Iterator[tuple[dict[str, Any], list[int]]]:
    while True:
        data, fds, _, _ = socket.recv_fds(control, _LARGEST, 1)
        if not data:
            return
        yield json.loads(data), fds


def _leave_after(run: Any, *args: Any) -> None:
    """A child ends here, and never returns into its parent's loop."""
    code = 1
    try:
        run(*args)
        code = 0
    except BaseException:  # the last frame of a process: whatever it is must be seen
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _bury(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        serve(inherited, sys.argv[2])
