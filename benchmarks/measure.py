"""Timing an operation beside its floor, so that a slow spell of the machine hits both."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Literal

Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]
Unit = Literal["s", "MB", "B", "modules"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    floor: what it is measured against, None where the bar is absolute. measured and floor are in
    `unit`; bar is a ratio, or in `unit` where there is no floor.
    """

    operation: str
    where: str
    measured: float
    bar: float
    floor_name: str = "–"
    floor: float | None = None
    unit: Unit = "s"

    @property
    def ratio(self) -> float | None:
        return None if self.floor is None else self.measured / self.floor

    @property
    def holds(self) -> bool:
        return (self.measured if self.ratio is None else self.ratio) <= self.bar


async def _nothing() -> None:
    return None


async def paired(
    floor: AsyncCall,
    operation: AsyncCall,
    *,
    rounds: int,
    before: AsyncCall = _nothing,
    after: AsyncCall = _nothing,
) -> tuple[float, float]:
    """Medians in seconds, (floor, operation), of alternating rounds after a tenth as warm-up.

    before: what each floor finds ready; after: what each operation leaves to be finished; both
    outside their times.
    """
    for _ in range(max(rounds // 10, 1)):
        await before()
        await floor()
        await operation()
        await after()
    floors, operations = [], []
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        await before()
        floors.append(await _timed(floor))
        operations.append(await _timed(operation))
        await after()
    gc.unfreeze()
    return median(floors), median(operations)


async def _timed(call: AsyncCall) -> float:
    start = perf_counter()
    await call()
    return perf_counter() - start


async def paired_calls(floor: Call, operation: Call, *, rounds: int) -> tuple[float, float]:
    """The same for plain functions."""

    async def run_floor() -> object:
        return floor()

    async def run_operation() -> object:
        return operation()

    return await paired(run_floor, run_operation, rounds=rounds)
