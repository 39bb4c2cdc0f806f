"""Workers on a real Redis: what receivers write down is done, once, in order, whatever dies."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import urllib.request
from time import monotonic

import pytest

from bot.http.api import following
from bot.play.counterparts.models import Models, Reply
from tests.bot.workers.fleet import PATIENCE, family, fleet, program


async def test_a_worker_does_what_a_receiver_wrote(database_url: str) -> None:
    async with fleet(database_url) as found:
        anna = await found.token(family(), "Anna")
        waiting = await found.post(anna, "piano tomorrow 4pm")
        task = (await found.client.get(waiting, headers=anna)).json()
        assert (task["status"], task["result"]) == ("pending", None)
        worker = await found.start_worker()
        booked = await found.done(anna, waiting)
        assert booked["result"]["message"].startswith("Event confirmed!")
        assert (await found.ask(anna, "chess tomorrow 6pm"))["status"] == "complete"
        assert await worker.end() == 0
        assert "piano" not in "".join(worker.lines)
        assert "Traceback" not in "".join(worker.lines)


async def test_the_first_of_two_has_the_car(postgresql_url: str) -> None:
    async with fleet(postgresql_url) as found:
        home = family()
        anna, ben = await found.token(home, "Anna"), await found.token(home, "Ben")
        await found.start_worker()
        await found.start_worker()
        for day in range(1, 21):
            when = f"on March {day} 2027 at 10am, need the car"
            asked = await asyncio.gather(
                found.post(anna, f"groceries {when}"), found.post(ben, f"dentist {when}")
            )
            tasks = await asyncio.gather(found.done(anna, asked[0]), found.done(ben, asked[1]))
            assert sorted(t["status"] for t in tasks) == ["awaiting_user", "complete"]
            (told,) = [t["result"] for t in tasks if t["status"] == "awaiting_user"]
            assert [c["type"] for c in told["conflicts"]] == ["resource"]


async def test_one_conversation_keeps_its_order(postgresql_url: str) -> None:
    async with fleet(postgresql_url) as found:
        anna = await found.token(family(), "Anna")
        await found.start_worker()
        await found.start_worker()
        urls = [await found.post(anna, "piano on March 3 2027 at 8am", "app")]
        for hour in range(9, 19):
            urls.append(await found.post(anna, f"move it to {hour}:00", "app"))
        tasks = [await found.done(anna, url) for url in urls]
        assert [t["status"] for t in tasks] == ["complete"] * len(tasks)
        page = (await found.client.get("/changes", params={"after": 0}, headers=anna)).json()
        kinds = [c["kind"] for change in page["changes"] for c in change["changes"]]
        assert kinds == ["event.created", *["event.updated"] * 10]
        assert tasks[-1]["result"]["event"]["start"] == "2027-03-03T18:00:00"


async def test_a_worker_that_dies_loses_nothing(postgresql_url: str) -> None:
    async with fleet(postgresql_url) as found:
        anna = await found.token(family(), "Anna")
        dying = await found.start_worker()
        urls = [await found.post(anna, f"piano on March {n} 2027 at 8am") for n in range(1, 11)]
        await dying.end(signal.SIGKILL)
        await found.start_worker()
        tasks = [await found.done(anna, url) for url in urls]
        assert [t["status"] for t in tasks] == ["complete"] * 10
        window = {"from": "2027-03-01T00:00:00Z", "to": "2027-03-20T00:00:00Z"}
        listed = await found.client.get("/events", params=window, headers=anna)
        assert len(listed.json()["occurrences"]) == 10


async def test_a_broker_that_is_away_holds_up_nobody(database_url: str) -> None:
    async with fleet(database_url) as found:
        anna = await found.token(family(), "Anna")
        worker = await found.start_worker()
        await found.ask(anna, "piano on March 1 2027 at 8am")
        found.redis.stop(kill=True)
        # Found by the worker itself, in the database.
        assert (await found.ask(anna, "chess on March 2 2027 at 8am"))["status"] == "complete"
        found.redis.start()
        assert (await found.ask(anna, "judo on March 3 2027 at 8am"))["status"] == "complete"
        assert worker.runs
        assert await worker.end() == 0


async def test_requests_that_wait_for_a_model_wait_together(postgresql_url: str) -> None:
    item = {"kind": "create", "title": "piano", "time": "friday 4pm"}
    models = Models([Reply(to=re.compile("."), items=(item,), seconds=2.0)])
    await models.start()
    settings = {
        "LLM_PROVIDER": "openai",
        "OPENAI_API_KEY": models.key,
        "OPENAI_BASE_URL": f"{models.base_url}/v1",
    }
    async with fleet(postgresql_url, **settings) as found:
        tokens = [await found.token(family(str(n)), "Anna") for n in range(7)]
        await found.start_worker()
        # The first one also loads the model's client.
        await found.ask(tokens[0], "zzzz qqqq blorp")
        began = monotonic()
        await found.ask(tokens[1], "zzzz qqqq blorp")
        one = monotonic() - began
        began = monotonic()
        await asyncio.gather(*(found.ask(each, "zzzz qqqq blorp") for each in tokens[2:]))
        five = monotonic() - began
    await models.stop()
    assert len(models.asked) == 7
    assert five < 2 * one


def test_a_worker_needs_a_broker(sqlite_url: str) -> None:
    done = subprocess.run(
        [program("family-scheduler"), "worker"],
        env={**os.environ, "DATABASE_URL": sqlite_url, "CELERY_BROKER_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "CELERY_BROKER_URL" in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_worker_answers_on_its_port(sqlite_url: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    async with fleet(sqlite_url) as found:
        worker = await found.start_worker(("family-scheduler", "worker"), PORT=str(port))
        for path in ("/", "/health", "/ready"):
            url = f"http://127.0.0.1:{port}{path}"
            answer = await asyncio.to_thread(urllib.request.urlopen, url)
            with answer:
                assert answer.status == 200
        assert await worker.end() == 0


async def test_who_follows_hears_at_once_what_a_worker_changed(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 3600.0)
    async with fleet(postgresql_url) as found:
        anna = await found.token(family(), "Anna")
        await found.start_worker()
        hearing = asyncio.create_task(found.door.run())
        stream = found.client.stream("GET", "/changes/stream", headers=anna)
        async with asyncio.timeout(PATIENCE), stream as response:
            lines = response.aiter_lines()
            assert (await anext(lines)).startswith(":")
            await found.post(anna, "piano on March 3 2027 at 8am")
            async for line in lines:
                if line.startswith("data:"):
                    assert "event.created" in line
                    break
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
