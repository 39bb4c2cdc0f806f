"""Each alert rule just under and just over its limit, read and computed as Prometheus does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from bot.observing import limits
from tests.bot.observing.promql import Store, evaluate, names_in
from tests.house.sources import ROOT

ALERTS = ROOT / "deploy" / "observability" / "alerts.yaml"
P = "family_scheduler_"
CPU = "stackdriver_cloudsql_database_cloudsql_googleapis_com_database_cpu_utilization"
NOW = 600.0

Fill = Callable[[Store, float], None]


def rules() -> dict[str, str]:
    groups = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def fires(alert: str, store: Store, at: float = NOW) -> bool:
    found = evaluate(rules()[alert], store, at)
    assert len(found) <= 1, "one alert, not one for each process"
    return bool(found)


def failing(store: Store, share: float) -> None:
    """That share of a thousand turns, over two workers."""
    for worker in ("1", "2"):
        for at, part in ((0.0, 0.0), (NOW, 1.0)):
            for outcome, number in (("failed", 500 * share), ("done", 500 * (1 - share))):
                store.put(at, f"{P}turns_total", part * number, outcome=outcome, instance=worker)


def slow(store: Store, seconds: float) -> None:
    """Every request takes so long; bounds as the product has them around two seconds."""
    for bound in (1.0, 2.0, 5.0, float("inf")):
        for at, part in ((NOW - 240, 0.0), (NOW, 100.0)):
            count = part if seconds <= bound else 0.0
            store.put(at, f"{P}http_request_seconds_bucket", count, le=str(bound), route="/events")


def gauge(name: str, **labels: str) -> Fill:
    """Seen alike by two processes, since both read it from the database."""

    def fill(store: Store, value: float) -> None:
        for instance in ("1", "2"):
            store.put(NOW, name, value, instance=instance, **labels)

    return fill


CASES: dict[str, tuple[Fill, float, float]] = {
    "TurnsFail": (failing, 0.049, 0.051),
    "QueueIsDeep": (gauge(f"{P}queue_depth"), 50, 51),
    "DatabaseIsBusy": (gauge(CPU), 0.80, 0.81),
    "ApiIsSlow": (slow, 1.9, 2.1),
    "ModelsAreExpensive": (gauge(f"{P}model_cost_today_dollars"), 5.00, 5.01),
    "RemindersAreLate": (gauge(f"{P}oldest_due_seconds", what="reminder"), 60, 61),
}


def test_every_rule_has_a_case() -> None:
    assert set(rules()) == set(CASES)


@pytest.mark.parametrize("alert", CASES)
def test_it_is_silent_under_its_limit_and_fires_over_it(alert: str) -> None:
    fill, under, over = CASES[alert]
    quiet, loud = Store(), Store()
    fill(quiet, under)
    fill(loud, over)
    assert not fires(alert, quiet)
    assert fires(alert, loud)


def test_a_deep_inbox_fires_where_there_is_no_broker() -> None:
    store = Store()
    gauge(f"{P}inbox_depth")(store, 51)
    assert fires("QueueIsDeep", store)


def test_failures_that_have_stopped_resolve() -> None:
    store = Store()
    failing(store, 0.5)
    later = NOW + 3000
    for at, number in ((later - 500, 250.0), (later, 250.0)):
        store.put(at, f"{P}turns_total", number, outcome="failed", instance="1")
        store.put(at, f"{P}turns_total", 250.0 + at, outcome="done", instance="1")
    assert not fires("TurnsFail", store, later)


def test_the_limits_are_those_that_status_knows() -> None:
    written = {name: float(rule.rpartition(">")[2]) for name, rule in rules().items()}
    assert written == {
        "TurnsFail": limits.ERROR_RATIO,
        "QueueIsDeep": limits.QUEUE_DEPTH,
        "DatabaseIsBusy": limits.DATABASE_CPU,
        "ApiIsSlow": limits.API_LATENCY_SECONDS,
        "ModelsAreExpensive": limits.DAILY_COST_DOLLARS,
        "RemindersAreLate": limits.OLDEST_REMINDER_SECONDS,
    }


def test_only_one_rule_reads_what_is_not_ours() -> None:
    ours = {name for name, rule in rules().items() if all(n.startswith(P) for n in names_in(rule))}
    assert set(rules()) - ours == {"DatabaseIsBusy"}
