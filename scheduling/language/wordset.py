"""Vocabulary written as running text, where a list of quoted words would be noise."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, split at white space."""
    return frozenset(text.split())
