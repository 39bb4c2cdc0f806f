"""The dashboard names only metrics that a run has produced, and each query finds something."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.http.app import create_app
from bot.http.measured import Measured
from bot.observing.metrics import Metrics
from bot.observing.page import MetricsPage
from bot.observing.start import Everyone
from scheduling.watching import use_watcher
from scripts.dashboard import dashboard
from tests.bot.observing.conftest import HARD
from tests.bot.observing.promql import Store, evaluate, names_in
from tests.bot.talk import Talk
from tests.house.sources import ROOT

FILE = ROOT / "deploy" / "observability" / "dashboard.json"


def queries() -> list[tuple[str, str]]:
    panels = json.loads(FILE.read_text("utf-8"))["panels"]
    return [(panel["title"], target["expr"]) for panel in panels for target in panel["targets"]]


def test_it_is_what_the_script_writes() -> None:
    assert json.loads(FILE.read_text("utf-8")) == dashboard(), "run `make dashboard`"


def test_it_has_what_the_document_asks_for() -> None:
    titles = {title for title, _ in queries()}
    assert titles >= {
        "Requests",
        "Latency of requests (p95)",
        "Processes",
        "The database's pool",
        "Errors by agent",
        "Cost",
    }


@pytest.fixture
async def store(talk: Talk) -> Store:
    """A busy hour: scraped before, in the middle and after."""
    metrics = Metrics()
    use_watcher(Everyone([metrics]))
    page = MetricsPage(metrics, "token", talk.service.database, talk.clock, _three)
    app = create_app(feed=_nothing)
    app.add_middleware(Measured, answered=metrics.answered)
    found = Store()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://here"
    ) as client:
        for number in range(3):
            await talk.say(HARD)
            await talk.say(f"dentist {number + 5} March 4pm, Mia")
            await client.get("/health")
            found.scrape(number * 100.0, (await page.text()).decode())
    return found


async def _three() -> int | None:
    return 3


async def _nothing(token: str) -> bytes | None:
    return None


async def test_every_query_finds_something(store: Store) -> None:
    unknown = {name for _, query in queries() for name in names_in(query)} - store.names
    assert unknown == set()
    empty = [title for title, query in queries() if not evaluate(query, store, 200.0)]
    assert empty == []
