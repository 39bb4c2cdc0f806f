"""The monthly table of the price file that is shipped: every line and both totals are sums."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.cost.estimate import Cost, estimate
from bot.cost.price_file import BadPriceFile, read_price_file

MONTH = estimate(read_price_file())


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("API", 5, 10),
        ("Workers", 15, 30),
        ("Cloud SQL", 10, 15),
        ("Redis", 5, 10),
        ("Storage", 1, 2),
        ("Network", 5, 10),
        ("Language models", 10, 30),
    ],
)
def test_a_line(name: str, low: int, high: int) -> None:
    (line,) = [line for line in (*MONTH.lines, *MONTH.models) if line.name == name]
    assert (line.low, line.high) == (low, high)


def test_the_totals_are_sums() -> None:
    assert (MONTH.infrastructure.low, MONTH.infrastructure.high) == (41, 77)
    assert (MONTH.total.low, MONTH.total.high) == (51, 107)
    dearer = read_price_file().model_copy(
        update={"prices": {**read_price_file().prices, "redis_gb": Decimal("7.50")}}
    )
    assert estimate(dearer).total == Cost("Total", Decimal("53.50"), Decimal("112.00"))


def test_what_the_document_says_of_workers_database_and_models() -> None:
    file = read_price_file()
    prices, usage = file.prices, file.usage
    assert prices["million_requests"] == 5
    assert prices["worker_month"] == 10
    assert usage["peak_workers"][1] + usage["workers_always_on"][1] == 5
    peaks = [usage["peak_workers"][n] * usage["peak_hours"][n] for n in (0, 1)]
    assert [peak * prices["worker_hour"] for peak in peaks] == [5, 20]
    assert (usage["database_disk_gb"][1], usage["redis_gb"][0]) == (10, 1)
    assert usage["workflows"] == (50, 150)
    assert prices["model_call"] * usage["model_calls_each"][0] == Decimal("0.20")


GOOD = """
prices: {call: 0.1}
usage: {calls: [1, 2]}
lines: [{name: Calls, terms: [{price: call, times: [calls]}]}]
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            GOOD.replace("price: call,", "price: cal,"), "nothing is called cal", id="price"
        ),
        pytest.param(
            GOOD.replace("times: [calls]", "times: [x]"), "nothing is called x", id="usage"
        ),
        pytest.param(GOOD.replace("[1, 2]", "[2, 1]"), "[quiet month, busy month]", id="order"),
        pytest.param(GOOD.replace("0.1", "-1"), "below zero", id="negative"),
        pytest.param(GOOD.replace("0.1", "cheap"), "prices.call", id="no number"),
        pytest.param(GOOD + "more: 1", "more", id="an unknown part"),
        pytest.param("prices: [", "not YAML", id="no YAML"),
        pytest.param("", "valid", id="empty"),
    ],
)
def test_a_price_file_that_does_not_fit(tmp_path: Path, words: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(words, "utf-8")
    with pytest.raises(BadPriceFile) as raised:
        read_price_file(path)
    assert said in str(raised.value)
    assert "prices.yaml shows" in str(raised.value)


def test_a_price_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, "utf-8")
    assert estimate(read_price_file(path)).total == Cost("Total", Decimal("0.1"), Decimal("0.2"))
    with pytest.raises(BadPriceFile, match="no such file"):
        read_price_file(tmp_path / "none.yaml")
