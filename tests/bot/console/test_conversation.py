"""People at one terminal, with a service that only repeats."""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

from rich.console import Console

from bot.clock import HandClock
from bot.console import codec
from bot.console.app import ConsolePlatform, Conversation
from bot.console.keyboard import typed_lines
from bot.console.sender import Shown
from bot.console.terminal import Terminal
from scheduling.messages import Attachment, Button, Inbound, Outgoing, TapAnswer
from scheduling.ports import Chat, OutboxRow

CHAT = Chat(UUID(int=7), UUID(int=8), codec.chat())


class Echo:
    """Repeats what is said, with one button; a tap on it is answered and takes it away."""

    def __init__(self, terminal: Terminal) -> None:
        self.heard: list[Inbound] = []
        self._terminal = terminal

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        self.heard.append(inbound)
        if inbound.kind == "tap":
            ref = inbound.message_ref or ""
            self._terminal.show(Shown(ref, inbound.chat, "Taken back", edited=True))
            return TapAnswer("Undone.")
        who = inbound.sender.name if inbound.sender else "?"
        text = f"{who} said {codec.printable(inbound.text)}"
        button = Button("Undo", f"undo:{len(self.heard)}")
        self._terminal.show(Shown(f"r{len(self.heard)}", inbound.chat, text, ((button,),)))
        return None


async def lines(texts: Iterable[str]) -> AsyncIterator[str]:
    for text in texts:
        yield text


async def talk(*texts: str, tmp_path: Path = Path("unused")) -> tuple[str, list[Inbound]]:
    out = io.StringIO()
    terminal = Terminal(Console(file=out, width=200), tmp_path)
    platform, echo, numbers = ConsolePlatform(terminal), Echo(terminal), count(1)
    await platform.start(echo)

    async def names() -> list[str]:
        return ["Anna", "Ben"]

    async def settle() -> None:
        return None

    conversation = Conversation(
        platform,
        terminal,
        speaker="Anna",
        names=names,
        settle=settle,
        clock=HandClock(datetime(2026, 3, 4, 15, tzinfo=UTC)),
        new_id=lambda: UUID(int=next(numbers)),
    )
    await conversation.run(lines(texts))
    return out.getvalue(), echo.heard


async def test_who_is_speaking() -> None:
    out, _ = await talk("yoga", "Ben: chess", "/as Ben", "go", "Anna: tennis")
    for said in ("Anna said yoga", "Ben said chess", "Ben said go", "Anna said tennis"):
        assert said in out


async def test_a_number_taps_the_button_beside_it() -> None:
    out, heard = await talk("yoga", "chess", "Ben: 1", "/tap 2")
    assert "[1] Undo" in out
    assert "[2] Undo" in out
    taps = [(i.sender and i.sender.name, i.button, i.message_ref) for i in heard if i.button]
    assert taps == [("Ben", "undo:1", "r1"), ("Anna", "undo:2", "r2")]
    assert "(Undone.)" in out
    assert "(updated) Taken back" in out


async def test_a_number_without_a_button_is_words() -> None:
    _, heard = await talk("yoga", "1", "1")
    assert [i.text for i in heard] == ["yoga", "", "1"]


async def test_a_tap_without_a_button_is_told() -> None:
    out, heard = await talk("/tap 9")
    assert "no button 9" in out
    assert heard == []


async def test_quit_ends_it() -> None:
    _, heard = await talk("yoga", "/quit", "chess")
    assert [i.text for i in heard] == ["yoga"]


async def test_private_words_go_to_the_private_chat() -> None:
    out, heard = await talk("/private surprise")
    assert heard[0].chat.private
    assert "(to Anna only)" in out


async def test_no_two_messages_have_one_key() -> None:
    _, heard = await talk("yoga", "yoga", "1", "2")
    assert len({i.key for i in heard}) == 4


async def test_markup_and_escapes_are_printed_as_text() -> None:
    out, _ = await talk("[red]x[/red] \x1b[2J")
    assert "[red]x[/red]" in out
    assert "\x1b" not in out


def test_a_file_is_saved_under_its_own_name_only(tmp_path: Path) -> None:
    out = io.StringIO()
    terminal = Terminal(Console(file=out, width=200), tmp_path / "downloads")
    evil = Attachment("../family.ics", "text/calendar", b"BEGIN")
    terminal.show(Shown("r", codec.chat(), "Here", attachments=(evil,)))
    assert (tmp_path / "downloads" / "family.ics").read_bytes() == b"BEGIN"
    assert list(tmp_path.iterdir()) == [tmp_path / "downloads"]


async def test_the_same_outbox_row_is_the_same_message() -> None:
    seen: list[Shown] = []

    class Screen:
        def show(self, shown: Shown) -> None:
            seen.append(shown)

    sender = ConsolePlatform(Screen()).sender
    row = OutboxRow(UUID(int=5), 1, Outgoing("k", CHAT.id, "hi"), CHAT, None, 0)
    first = await sender.send(row)
    again = await sender.send(row)
    edit = OutboxRow(UUID(int=6), 2, Outgoing("k2", CHAT.id, "ho"), CHAT, first, 0)
    assert first == again == await sender.send(edit)
    assert [shown.edited for shown in seen] == [False, False, True]


async def read_all(content: bytes) -> list[str]:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    try:
        return [line async for line in typed_lines(reading)]
    finally:
        os.close(reading)


async def test_a_pipe_is_read_to_its_end() -> None:
    assert await read_all("yoga\r\nBen: caf\u00e9\nlast".encode()) == [
        "yoga",
        "Ben: caf\u00e9",
        "last",
    ]


async def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    found = await read_all(b"\xff\xfe\x00\n\xc3\nfine\n")
    assert found[-1] == "fine"
    assert len(found) == 3


async def test_no_input_is_no_lines() -> None:
    assert await read_all(b"") == []


async def test_a_plain_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("one\ntwo\n")
    with path.open("rb") as file:
        assert [line async for line in typed_lines(file.fileno())] == ["one", "two"]


async def test_typing_may_pause() -> None:
    reading, writing = os.pipe()
    found = typed_lines(reading)
    os.write(writing, b"one\ntw")
    assert await anext(found) == "one"
    waiting = asyncio.ensure_future(anext(found))
    os.write(writing, b"o\n")
    assert await waiting == "two"
    os.close(writing)
    assert [line async for line in found] == []
    os.close(reading)
