"""`Outgoing` to Telegram's messages: HTML, split where it is too long, buttons. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.text import LIMIT, clean, parts, units
from scheduling.buttons import MAX_BYTES
from scheduling.messages import Button, Outgoing


@dataclass(frozen=True, slots=True)
class TelegramMessage:
    """One `sendMessage`. html: for parse_mode HTML. keyboard: only on the last of several."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


def markup(outgoing: Outgoing) -> list[TelegramMessage]:
    """The messages to send, in order; [] when there are no words to show.

    Raises ValueError for a button whose data Telegram would refuse.
    """
    heading = clean(outgoing.heading).strip()
    body = clean(outgoing.text)
    if units(heading) > LIMIT // 2:  # A heading that long is no heading.
        heading, body = "", f"{heading}\n{body}"
    texts = parts(f"{heading}\n{body}" if heading else body)
    htmls = [escape(text, quote=False) for text in texts]
    if heading:
        shown = escape(heading, quote=False)
        htmls[0] = f"<b>{shown}</b>{htmls[0][len(shown) :]}"
    keyboard = _keyboard(outgoing.buttons)
    last = len(htmls) - 1
    return [TelegramMessage(html, keyboard if n == last else None) for n, html in enumerate(htmls)]


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(b) for b in row] for row in rows]) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if not 1 <= len(button.data.encode()) <= MAX_BYTES:
        raise ValueError("button data must have 1 to 64 bytes")
    return InlineKeyboardButton(clean(button.label) or "…", callback_data=button.data)
