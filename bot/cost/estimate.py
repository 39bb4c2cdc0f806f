"""The estimate: prices times usage, line by line, and sums. Pure; money is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from pydantic import BaseModel, ConfigDict, Field, model_validator

Pair = tuple[Decimal, Decimal]
"""A quiet month and a busy one."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Term(_Strict):
    """A price, times everything that is named."""

    price: str
    times: list[str] = Field(min_length=1)


class Line(_Strict):
    """models: whether it is the language models' line; all others are infrastructure."""

    name: str
    models: bool = False
    terms: list[Term] = Field(min_length=1)


class PriceFile(_Strict):
    """What a price file holds (`prices.yaml` says what each part means). US dollars."""

    prices: dict[str, Decimal]
    usage: dict[str, Pair]
    lines: list[Line] = Field(min_length=1)

    @model_validator(mode="after")
    def _everything_is_named(self) -> PriceFile:
        """A name that is used exists, and usage does not shrink in a busy month."""
        terms = [term for line in self.lines for term in line.terms]
        lacking = {t.price for t in terms} - set(self.prices)
        lacking |= {name for t in terms for name in t.times} - set(self.usage)
        if lacking:
            raise ValueError(f"nothing is called {', '.join(sorted(lacking))}")
        if min(self.prices.values()) < 0:
            raise ValueError("a price is below zero")
        odd = [name for name, (quiet, busy) in self.usage.items() if not 0 <= quiet <= busy]
        if odd:
            raise ValueError(f"a pair is [quiet month, busy month]: {', '.join(odd)}")
        return self


@dataclass(frozen=True, slots=True)
class Cost:
    """US dollars a month, from low to high."""

    name: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """lines: infrastructure in the file's order. total: infrastructure and models."""

    lines: tuple[Cost, ...]
    infrastructure: Cost
    models: tuple[Cost, ...]
    total: Cost


def estimate(file: PriceFile) -> Estimate:
    """What a month costs by that file."""
    lines = tuple(_cost(line, file) for line in file.lines if not line.models)
    models = tuple(_cost(line, file) for line in file.lines if line.models)
    return Estimate(
        lines,
        _sum("Total infrastructure", lines),
        models,
        _sum("Total", (*lines, *models)),
    )


def _cost(line: Line, file: PriceFile) -> Cost:
    low, high = (
        sum(
            (file.prices[t.price] * prod(file.usage[n][side] for n in t.times) for t in line.terms),
            Decimal(),
        )
        for side in (0, 1)
    )
    return Cost(line.name, low, high)


def _sum(name: str, costs: Iterable[Cost]) -> Cost:
    costs = tuple(costs)
    return Cost(
        name, sum((c.low for c in costs), Decimal()), sum((c.high for c in costs), Decimal())
    )
