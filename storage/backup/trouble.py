"""What may go wrong with a backup, each with a sentence for whoever runs it."""

from __future__ import annotations


class BackupTrouble(Exception):
    """The sentence says what happened and what to do; it never holds a password."""


class RestoreRefused(BackupTrouble):
    """Nothing has been changed."""


class Unlike(BackupTrouble):
    """What was put back is not what was saved."""
