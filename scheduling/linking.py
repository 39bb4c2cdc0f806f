"""The codes that join two chats: short, read off one phone and typed into another."""

from __future__ import annotations

from datetime import timedelta

LETTERS = "CDFGHJKMNPQRTVWXY23456789"
"""Without letters that look like another or like a digit, and without vowels: no code is a word."""

LENGTH = 8
LIVES = timedelta(minutes=15)

MOST_TRIES = 5
TRIES_WITHIN = timedelta(hours=1)
"""So many wrong codes a chat may write within that time."""


def code_from(number: int) -> str:
    """A large random number as a code: "K7QP-M2XD"."""
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def plain(code: str) -> str:
    """A code as people type it, in the one form it is compared in."""
    return "".join(c for c in code.upper() if c.isalnum())
