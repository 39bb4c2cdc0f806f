"""Whatever a file of the deployment calls a metric of ours is one."""

from __future__ import annotations

import re
from pathlib import Path

from bot.observing.metrics import PREFIX, Metrics
from tests.deploy.reading import documents
from tests.house.sources import files, text

SUFFIXES = ("_total", "_bucket", "_sum", "_count")


def told() -> set[str]:
    """Of a process, from its registry; of all of them, from the page that reads the database."""
    of_a_process = {
        sample
        for family in Metrics().registry.collect()
        for sample in (family.name, *(family.name + s for s in SUFFIXES))
    }
    page = text(Path("bot/observing/page.py"))
    of_all = set(re.findall(r'_(?:gauge|family)\(\s*"(\w+)"', page))
    assert of_all
    return of_a_process | {f"{PREFIX}_{name}" for name in of_all}


def test_the_deployment_names_no_metric_that_is_not_told() -> None:
    """The queue is called family_scheduler, and is none."""
    named = {
        (str(path), name)
        for path in files()
        if path.parts[0] == "deploy" and path.suffix in (".yaml", ".yml", ".json", ".tf")
        for name in re.findall(rf"\b{PREFIX}_\w+", text(path))
    }
    assert named
    known = told()
    assert [one for one in named if one[1] not in known] == []


def test_prometheus_looks_where_compose_puts_the_roles() -> None:
    (prometheus,) = documents("observability/prometheus.yaml")
    (compose,) = documents("compose.yaml")
    jobs = prometheus["scrape_configs"]
    fixed = [t for job in jobs for group in job.get("static_configs", []) for t in group["targets"]]
    found = [
        f"{name}:{each['port']}"
        for job in jobs
        for each in job.get("dns_sd_configs", [])
        for name in each["names"]
    ]
    stays = {n for n, s in compose["services"].items() if "family-scheduler" in s["image"]}
    assert set(fixed + found) == {f"{name}:8080" for name in stays - {"migrate"}}
    assert "PORT=8080" in text(Path("Dockerfile"))
