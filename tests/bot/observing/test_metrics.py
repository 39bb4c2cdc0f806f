"""The figures of a process against what was done in it."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.http.app import create_app
from bot.http.serving import measure
from bot.observing.start import Observing, observe
from bot.settings import Settings
from tests.bot.observing.conftest import HARD
from tests.bot.talk import Talk

TOKEN = "a-long-random-word"


class Metrics:
    """What `/metrics` says. client: of an application over the talking family."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def read(self) -> dict[str, float]:
        """Values by name and labels, as they are written: `name{label="value"}`."""
        answer = await self.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        found = {}
        for family in text_string_to_metric_families(answer.text):
            for sample in family.samples:
                labels = ",".join(f'{k}="{v}"' for k, v in sorted(sample.labels.items()))
                found[f"{sample.name}{{{labels}}}"] = sample.value
        return found

    async def value(self, name: str, **labels: str) -> float:
        told = ",".join(f'{k}="{v}"' for k, v in sorted(labels.items()))
        return (await self.read()).get(f"family_scheduler_{name}{{{told}}}", 0.0)


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None, metrics_token=TOKEN, log_level="ERROR")


@pytest.fixture
def observing(settings: Settings) -> Iterator[Observing]:
    found = observe(settings, "test")
    yield found
    found.close()


@pytest.fixture
async def metrics(talk: Talk, observing: Observing, settings: Settings) -> AsyncIterator[Metrics]:
    page = observing.page(settings, talk.service.database, talk.clock)
    app = create_app(feed=lambda token: _nothing(), metrics=lambda: page)
    measure(app, observing)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        yield Metrics(client)


async def _nothing() -> bytes | None:
    return None


async def test_a_turn_is_counted_once_and_each_agent_has_its_time(
    talk: Talk, metrics: Metrics
) -> None:
    await talk.say("dentist Friday 4pm, Mia")
    found = await metrics.read()
    assert found['family_scheduler_turns_total{outcome="done"}'] == 1
    assert found["family_scheduler_turn_seconds_count{}"] == 1
    for agent in ("nl_parser", "scheduling", "conflict_detection", "commit"):
        assert found[f'family_scheduler_agent_seconds_count{{agent="{agent}"}}'] >= 1
    assert found['family_scheduler_deliveries_total{outcome="sent",platform="console"}'] >= 1
    assert found["family_scheduler_query_seconds_count{}"] > 10
    assert found["process_resident_memory_bytes{}"] > 0


async def test_a_failure_is_counted_each_time_it_is_tried(talk: Talk, metrics: Metrics) -> None:
    async with talk.broken():
        await talk.say("piano Friday 5pm, Mia")
    assert await metrics.value("turns_total", outcome="failed") == 3
    assert await metrics.value("turns_failed_day") == 1


async def test_tokens_and_cost_are_what_the_model_said(talk: Talk, metrics: Metrics) -> None:
    await talk.say(HARD)
    assert await metrics.value("model_tokens_total", agent="nl_parser", direction="in") == 400
    assert await metrics.value("model_tokens_total", agent="nl_parser", direction="out") == 100
    cost = await metrics.value("model_cost_dollars_total", agent="nl_parser")
    assert math.isclose(cost, 400 * 0.25e-6 + 100 * 2e-6)
    assert math.isclose(await metrics.value("model_cost_today_dollars"), cost)


async def test_what_a_day_has_brought_is_what_the_database_has(
    talk: Talk, metrics: Metrics
) -> None:
    await talk.say("dentist Friday 4pm, Mia")
    await talk.say("piano Friday 4pm, Mia")
    assert await metrics.value("events_created_day") == 1
    assert await metrics.value("conflicts_found_day") == 1
    assert await metrics.value("conflicts_resolved_day") == 0
    await talk.tap("Approve 1")
    assert await metrics.value("events_created_day") == 2
    assert await metrics.value("conflicts_resolved_day") == 1
    assert await metrics.value("checkpoint_bytes") > 0


async def test_what_waits_is_told_with_its_age(talk: Talk, metrics: Metrics) -> None:
    await talk.say("dentist tomorrow 4pm, Mia")
    talk.clock.set(talk.clock.now().replace(day=9))
    assert await metrics.value("reminders_late") >= 1
    assert await metrics.value("oldest_due_seconds", what="reminder") > 3600
    assert await metrics.value("inbox_depth") == 0


async def test_requests_are_counted_by_route_and_strangers_make_no_series(
    metrics: Metrics,
) -> None:
    await metrics.client.get("/calendar/aaa.ics")
    await metrics.client.get("/calendar/bbb.ics")
    await metrics.client.get("/no/such/place")
    await metrics.client.request("BREW", "/pot")
    found = await metrics.read()
    seconds = "family_scheduler_http_request_seconds_count"
    route = "/calendar/{token}.ics"
    assert found[f'{seconds}{{method="GET",route="{route}",status="404"}}'] == 2
    assert found[f'{seconds}{{method="GET",route="none",status="404"}}'] == 1
    assert not [name for name in found if "BREW" in name or "no/such" in name]


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
async def test_without_the_token_nothing_is_told(metrics: Metrics, header: str) -> None:
    answer = await metrics.client.get("/metrics", headers={"Authorization": header})
    assert (answer.status_code, answer.content) == (401, b"")


async def test_without_a_token_there_are_no_metrics() -> None:
    app = create_app(feed=lambda token: _nothing())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://here"
    ) as client:
        assert (await client.get("/metrics")).status_code == 404
