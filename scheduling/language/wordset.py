"""Vocabulary written as running text, where a list of quoted words would be noise."""

from __future__ import annotations

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a text, split at white space."""
    return frozenset(text.split())


def phrases(text: str) -> re.Pattern[str]:
    """Any of the phrases of a text, split at slashes, as whole words in any case.

    A phrase may be a piece of a pattern; how its lines are broken means nothing.
    """
    listed = (" ".join(phrase.split()) for phrase in text.split("/"))
    return re.compile(rf"\b(?:{'|'.join(listed)})\b", re.I)
