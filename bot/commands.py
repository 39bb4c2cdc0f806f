"""The commands every platform offers, with the one line each that people see in its menu."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "start": "Set up the family calendar here",
    "help": "What you can write, with examples",
    "today": "What is on today",
    "week": "The next seven days",
    "free": "When everyone is free",
    "add": "Book something: /add piano Tuesday 4pm, Mia",
    "move": "Move something: /move piano to Thursday 5pm",
    "cancel": "Cancel something: /cancel piano on Tuesday",
    "conflicts": "Clashes that are still open",
    "remind": "Remind someone: /remind Dad to call at 6pm",
    "family": "Who belongs to the family, and their roles",
    "resources": "What you share: cars, rooms, equipment",
    "rules": "Your standing rules, in plain words",
    "settings": "Zone, reminders, quiet hours, digests",
    "undo": "Take back the last change",
    "export": "All your data as files",
    "link": "Share one calendar with another chat of your family",
    "unlink": "Give this chat a calendar of its own again",
    "forget": "Delete a person or the whole family",
    "token": "Let a program use the calendar in your name",
    "calendar": "A private link for your phone's calendar",
}
"""Name (without the slash) to description; at most 256 characters, Telegram's limit."""
