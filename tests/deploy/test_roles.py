"""Every role, started from what deploy/build.sh installs, answers, and ends as it is asked to."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.play.redis import RedisServer
from storage.engine import open_database
from tests.bot.workers.fleet import family
from tests.deploy.image import Image, ask, free_port
from tests.deploy.reading import DEPLOY, instructions, is_a_role
from tests.house.sources import ROOT

API = ("family-scheduler", "serve")
WORKER = ("family-scheduler", "worker")
CELERY = ("celery", "-A", "bot.worker", "worker", "--loglevel=info")
REMINDERS = ("family-scheduler", "reminders")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the product was built; once for all processes of a run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "app/alembic.ini").exists():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    done = subprocess.run(
        [DEPLOY / "build.sh", folder],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def image(built: Path, empty_postgresql_url: str) -> Image:
    return Image(built, {"DATABASE_URL": empty_postgresql_url})


def test_alone_it_migrates_a_file_and_serves(built: Path) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    (command,) = [json.loads(r) for s, w, r in instructions(dockerfile) if (s, w) == (1, "CMD")]
    with Image(built, {}).container(*command, port=free_port()) as address:
        assert ask(f"{address}/health") == (200, {"status": "ok"})
        assert ask(f"{address}/events")[0] == 401
    assert (built / "app/data/family.db").stat().st_size > 0


def test_the_schema_s_scripts_are_inside(image: Image) -> None:
    assert "is at revision" in image.run("family-scheduler", "migrate")
    assert "(head)" in image.run("alembic", "current")
    assert image.run("alembic", "history").count("->") >= 1
    assert "is at revision nothing" in image.run("family-scheduler", "migrate", "--to", "base")


def test_it_holds_what_runs_and_nothing_else(built: Path) -> None:
    commands = {path.name for path in (built / "opt/venv/bin").iterdir()}
    assert {"family-scheduler", "uvicorn", "celery", "alembic"} <= commands
    assert not {"pip", "uv", "pytest", "hatchling"} & commands
    assert {path.name for path in (built / "app").iterdir()} <= {"alembic.ini", "data"}


def test_every_role_answers_and_all_work_together(image: Image) -> None:
    """Two APIs, as the product and as uvicorn start them; two workers, as the product and as Celery
    starts them; the reminders. What one API is asked, the other one tells."""
    with RedisServer() as redis, ExitStack() as running:
        image.settings |= {"CELERY_BROKER_URL": redis.url, "API_RATE_PER_MINUTE": "0"}
        image.settings |= {"WAKE_SECONDS": "1"}
        image.run("family-scheduler", "migrate")
        asyncio.run(_move_in(image.settings["DATABASE_URL"]))
        token = image.run(
            "family-scheduler", "token", "Rivera", "app", "--member", "Anna", "--scope", "write"
        ).split()[-1]
        port = free_port()
        uvicorn = ("uvicorn", "bot.http.app:app", "--host", "0.0.0.0", "--port", str(port))
        assert all(is_a_role(list(c)) for c in (API, uvicorn, WORKER, CELERY, REMINDERS))
        one = running.enter_context(image.container(*API, port=free_port()))
        other = running.enter_context(image.container(*uvicorn, port=port))
        # Nobody works yet; the reminders take what no worker has been told of.
        for command in (REMINDERS, WORKER, CELERY):
            address = running.enter_context(image.container(*command, port=free_port()))
            assert ask(f"{address}/health") == (200, {"status": "ok"})
            assert ask(f"{address}/anything")[0] == 404
            status, task = ask(f"{one}/events", token, {"message": "piano tomorrow 4pm"})
            assert status == 202
            assert _end_of(f"{other}{task['status_url']}", token) in ("complete", "awaiting_user")
        assert ask(f"{one}/events", "fs_no-such-token")[0] == 401


async def _move_in(url: str) -> None:
    database = open_database(url)
    async with database.uow() as uow:
        await uow.households.add(family())
        await uow.commit()
    await database.close()


def _end_of(url: str, token: str) -> str:
    while (state := str(ask(url, token)[1]["status"])) in ("pending", "processing"):
        pass
    return state
