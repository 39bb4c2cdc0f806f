"""The household's shared things as a text names them: "the car", "both cars", "kitchen"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource by its household name, and the words that named it: text[start:end]."""

    name: str
    start: int
    end: int


def find_things(text: str, resources: tuple[str, ...]) -> list[Thing]:
    """Every naming of a household resource, in order, never overlapping."""
    if not any(name.strip() for name in resources):
        return []
    canonical = {name.lower(): name for name in resources}
    return [
        Thing(canonical[match.group(1).lower()], match.start(), match.end())
        for match in _pattern(resources).finditer(text)
    ]


@lru_cache(maxsize=64)
def _pattern(resources: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((name for name in resources if name.strip()), key=len, reverse=True)
    names = "|".join(re.escape(name) for name in ordered)
    return re.compile(rf"(?<![\w'@-])(?:the |our )?({names})s?(?:'s)?(?![\w@])", re.I)
