"""Enough of PromQL to try our own rules and panels on: Prometheus' own grammar reads them, and the
functions that they use are computed here as its documentation defines them.

Source: https://prometheus.io/docs/prometheus/latest/querying/
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import promql_parser
from prometheus_client.parser import text_string_to_metric_families

Labels = frozenset[tuple[str, str]]
Vector = dict[Labels, float]


@dataclass
class Store:
    """Samples by series, as scraped. series: name and labels to (seconds, value) in order."""

    series: dict[tuple[str, Labels], list[tuple[float, float]]] = field(default_factory=dict)

    def put(self, at: float, name: str, value: float, **labels: str) -> None:
        key = (name, frozenset(labels.items()))
        self.series.setdefault(key, []).append((at, value))

    def scrape(self, at: float, text: str) -> None:
        """A page in Prometheus' text format."""
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                self.put(at, sample.name, sample.value, **sample.labels)

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.series}


def names_in(query: str) -> set[str]:
    """The metrics that a query reads. Raises ValueError for what is no PromQL."""
    return set(_names(promql_parser.parse(query)))


def evaluate(query: str, store: Store, at: float) -> Vector:
    """What an instant query answers. Raises KeyError for a function that none of our
    files uses."""
    found = _value(promql_parser.parse(query), store, at)
    assert isinstance(found, dict)
    return found


def _names(node: Any) -> Iterable[str | None]:
    if isinstance(node, promql_parser.VectorSelector):
        yield node.name
    elif isinstance(node, promql_parser.MatrixSelector):
        yield node.vector_selector.name
    for child in (getattr(node, name, None) for name in ("expr", "lhs", "rhs")):
        if child is not None:
            yield from _names(child)
    for child in getattr(node, "args", ()):
        yield from _names(child)


def _value(node: Any, store: Store, at: float) -> Vector | float:
    match node:
        case promql_parser.NumberLiteral():
            return float(node.val)
        case promql_parser.ParenExpr():
            return _value(node.expr, store, at)
        case promql_parser.VectorSelector():
            return {
                labels: samples[-1][1]
                for labels, samples in _selected(node, store, at, float("inf")).items()
            }
        case promql_parser.AggregateExpr():
            inner = _value(node.expr, store, at)
            assert isinstance(inner, dict)
            return _aggregated(str(node.op), node.modifier, inner)
        case promql_parser.Call():
            return _called(node, store, at)
        case promql_parser.BinaryExpr():
            left, right = _value(node.lhs, store, at), _value(node.rhs, store, at)
            return _joined(str(node.op), left, right)
    raise TypeError(f"our files use no {type(node).__name__}")


def _selected(
    node: Any, store: Store, at: float, within: float
) -> dict[Labels, list[tuple[float, float]]]:
    found = {}
    for (name, labels), samples in store.series.items():
        known = dict(labels)
        inside = [s for s in samples if at - within <= s[0] <= at]
        if name == node.name and inside and all(map(_fits(known), node.matchers.matchers)):
            found[labels] = inside
    return found


def _fits(known: Mapping[str, str]) -> Callable[[Any], bool]:
    def fits(matcher: Any) -> bool:
        value = known.get(matcher.name, "")
        match str(matcher.op).rpartition(".")[2]:
            case "Equal":
                return bool(value == matcher.value)
            case "NotEqual":
                return bool(value != matcher.value)
            case "Re":
                return re.fullmatch(matcher.value, value) is not None
            case _:
                return re.fullmatch(matcher.value, value) is None

    return fits


def _called(node: Any, store: Store, at: float) -> Vector:
    match node.func.name:
        case "rate" | "increase":
            (matrix,) = node.args
            seconds = matrix.range.total_seconds()
            selected = _selected(matrix.vector_selector, store, at, seconds)
            whole = node.func.name == "increase"
            return {
                labels: _increase(s) / (1 if whole else s[-1][0] - s[0][0])
                for labels, s in selected.items()
                if len(s) > 1
            }
        case "histogram_quantile":
            share, buckets = (_value(arg, store, at) for arg in node.args)
            assert isinstance(share, float)
            assert isinstance(buckets, dict)
            return _quantiles(share, buckets)
        case "time":
            return {frozenset(): at}
    raise KeyError(node.func.name)


def _increase(samples: list[tuple[float, float]]) -> float:
    """A counter that falls has begun again."""
    pairs = pairwise(samples)
    return sum(new if new < old else new - old for (_, old), (_, new) in pairs)


def _quantiles(share: float, buckets: Vector) -> Vector:
    groups: dict[Labels, list[tuple[float, float]]] = {}
    for labels, count in buckets.items():
        bound = float(dict(labels)["le"])
        rest = frozenset(pair for pair in labels if pair[0] != "le")
        groups.setdefault(rest, []).append((bound, count))
    return {rest: _quantile(share, sorted(bounds)) for rest, bounds in groups.items()}


def _quantile(share: float, bounds: list[tuple[float, float]]) -> float:
    """Linear within the bucket; beyond the last bound, that bound."""
    total = bounds[-1][1]
    if total == 0:
        return math.nan
    rank, below, low = share * total, 0.0, 0.0
    for bound, count in bounds:
        if count >= rank:
            if math.isinf(bound):
                return low
            return low + (bound - low) * (rank - below) / (count - below)
        below, low = count, bound
    return low


def _aggregated(op: str, modifier: Any, inner: Vector) -> Vector:
    kept = set(modifier.labels) if modifier is not None else set()
    groups: dict[Labels, list[float]] = {}
    for labels, value in inner.items():
        key = frozenset(pair for pair in labels if pair[0] in kept)
        groups.setdefault(key, []).append(value)
    fold: dict[str, Callable[[list[float]], float]] = {
        "sum": sum,
        "max": max,
        "min": min,
        "count": len,
    }
    return {key: float(fold[op](values)) for key, values in groups.items()}


def _joined(op: str, left: Vector | float, right: Vector | float) -> Vector:
    if op == "or":
        assert isinstance(left, dict)
        assert isinstance(right, dict)
        return left | {k: v for k, v in right.items() if k not in left}
    assert isinstance(left, dict)
    pairs = (
        {k: (v, right) for k, v in left.items()}
        if isinstance(right, float)
        else {k: (v, right[k]) for k, v in left.items() if k in right}
    )
    match op:
        case ">":
            return {k: a for k, (a, b) in pairs.items() if a > b}
        case "/":
            return {k: a / b if b else math.nan for k, (a, b) in pairs.items()}
        case "*":
            return {k: a * b for k, (a, b) in pairs.items()}
        case "+":
            return {k: a + b for k, (a, b) in pairs.items()}
    raise KeyError(op)
