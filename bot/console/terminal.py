"""A screen that is a terminal or a pipe, with a number beside each live button."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.console.codec import printable
from bot.console.sender import Shown
from scheduling.messages import Button, ChatAddress


@dataclass(frozen=True, slots=True)
class NumberedButton:
    """A live button: of which message, in which chat."""

    button: Button
    ref: str
    chat: ChatAddress


class Terminal:
    """Prints messages; knows which number stands for which live button.

    A button keeps its number while it lives, and numbers are not used again: what is higher
    up on the screen never comes to mean something else. downloads: where files that are sent
    are put.
    """

    def __init__(self, console: Console, downloads: Path) -> None:
        self._console = console
        self._downloads = downloads
        self._buttons: dict[int, NumberedButton] = {}
        self._count = 0

    def show(self, shown: Shown) -> None:
        numbers = self._number(shown)
        text = Text(self._label(shown), style="bold")
        text.append(shown.text, style="not bold")
        self._print(text)
        for row in shown.buttons:
            line = "   ".join(f"[{numbers[b]}] {printable(b.label)}" for b in row)
            self._print(Text(f"  {line}", style="cyan"))
        for attachment in shown.attachments:
            self.say(f"(saved {self._save(attachment.name, attachment.content)})")

    def say(self, text: str) -> None:
        """A word of the console's own."""
        self._print(Text(printable(text), style="dim"))

    def prompt(self, speaker: str) -> None:
        """Show who is at the keyboard; in a pipe nobody is."""
        if self._console.is_terminal:
            self._console.print(Text(f"{printable(speaker)}> ", style="green"), end="")
            self._console.file.flush()

    def button(self, number: int) -> NumberedButton | None:
        return self._buttons.get(number)

    def _number(self, shown: Shown) -> dict[Button, int]:
        """The buttons of one message get numbers; those it no longer has lose theirs."""
        kept = {n: b for n, b in self._buttons.items() if b.ref == shown.ref}
        for number in kept:
            del self._buttons[number]
        known = {b.button: n for n, b in kept.items()}
        for button in (b for row in shown.buttons for b in row):
            if button not in known:
                self._count += 1
                known[button] = self._count
            self._buttons[known[button]] = NumberedButton(button, shown.ref, shown.chat)
        return known

    def _label(self, shown: Shown) -> str:
        whose = f"(to {shown.chat.title or 'one person'} only) " if shown.chat.private else ""
        return f"{whose}{'(updated) ' if shown.edited else ''}"

    def _save(self, name: str, content: bytes) -> Path:
        self._downloads.mkdir(parents=True, exist_ok=True)
        path = self._downloads / Path(name).name
        path.write_bytes(content)
        return path

    def _print(self, text: Text) -> None:
        # rich leaves the program when whoever reads the output is gone ("| head"); what people
        # go on to write is to be kept all the same.
        with contextlib.suppress(SystemExit):
            self._console.print(text, soft_wrap=True)
