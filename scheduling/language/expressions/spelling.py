"""Slips of the pen: the one word of a list that was nearly written."""

from __future__ import annotations

_LONGEST = 12


def words(row: str) -> frozenset[str]:
    """The words of a row, as a set."""
    return frozenset(row.split())


def nearest(word: str, names: tuple[str, ...], *, most: int = 2) -> str | None:
    """The name within `most` slips of `word`, where exactly one is nearest.

    A slip is a letter more, less, other, or two swapped. The first letter must be right, or
    swapped with the second, and a word under seven letters is allowed one slip only: shorter
    words have neighbours that mean something.
    """
    if not 4 < len(word) <= _LONGEST:
        return None
    allowed = most if len(word) >= 7 else 1
    ranked = sorted((slips(word, name), name) for name in names if set(word[:2]) & {name[0]})
    if not ranked or ranked[0][0] > allowed:
        return None
    tied = len(ranked) > 1 and ranked[1][0] == ranked[0][0]
    return None if tied else ranked[0][1]


def slips(a: str, b: str) -> int:
    """Damerau's distance (optimal string alignment) between two short words."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        below = [i]
        for j in range(1, len(b) + 1):
            cost = min(row[j] + 1, below[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, before[j - 2] + 1)
            below.append(cost)
        before, row = row, below
    return row[-1]
