"""Lines from standard input, as they are typed or piped in, without a thread.

`loop.add_reader` serves terminals and pipes; the kernel refuses it for plain files, which
never make anyone wait and are simply read.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterator

_BLOCK = 65_536


async def typed_lines(fd: int) -> AsyncIterator[str]:
    """Each line without its end, until the input ends or Ctrl-C. Bytes that are not UTF-8
    become replacement characters."""
    blocks: asyncio.Queue[bytes] = asyncio.Queue()
    rest = b""
    with _feeding(fd, blocks):
        while block := await blocks.get():
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                yield _text(line)
    if rest:
        yield _text(rest)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")


@contextlib.contextmanager
def _feeding(fd: int, blocks: asyncio.Queue[bytes]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
        # Ctrl-C ends the input as Ctrl-D does; outside the main thread it is not ours to take.
        loop.add_signal_handler(signal.SIGINT, blocks.put_nowait, b"")
    try:
        loop.add_reader(fd, _read, loop, fd, blocks)
    except PermissionError:
        while block := os.read(fd, _BLOCK):
            blocks.put_nowait(block)
        blocks.put_nowait(b"")
    try:
        yield
    finally:
        loop.remove_reader(fd)
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.remove_signal_handler(signal.SIGINT)


def _read(loop: asyncio.AbstractEventLoop, fd: int, blocks: asyncio.Queue[bytes]) -> None:
    try:
        block = os.read(fd, _BLOCK)
    except OSError:
        # A terminal that was hung up reads as an error: for us that is its end.
        block = b""
    if not block:
        loop.remove_reader(fd)
    blocks.put_nowait(block)
