"""The reminders role: on time, and with no worker running."""

from __future__ import annotations

import asyncio
import os
import subprocess
from datetime import UTC, datetime, time
from uuid import uuid4

import pytest

from bot.play.counterparts.telegram import Telegram
from scheduling.family import Settings as Chosen
from scheduling.messages import ChatAddress, Outgoing
from scheduling.notices import Notice, NoticeKind
from scheduling.ports import Chat
from tests.bot.workers.fleet import PATIENCE, Fleet, Worker, family, fleet, program

NEVER = "3600"
"""Seconds until it looks by itself."""


async def test_it_reminds_sends_and_sweeps_without_a_worker(postgresql_url: str) -> None:
    async with Telegram() as telegram:
        settings = {
            "TELEGRAM_BOT_TOKEN": telegram.state.token,
            "TELEGRAM_API_BASE_URL": telegram.base_url,
        }
        async with fleet(postgresql_url, **settings) as found:
            anna = telegram.private(telegram.user("Anna"))
            await _wait_for_a_digest(found, str(anna.id))
            role = Worker(found.settings, ("family-scheduler", "reminders"))
            async with asyncio.timeout(PATIENCE):
                while len(telegram.from_bot(anna)) < 2:
                    await telegram.changed()
            said = [message.text for message in telegram.from_bot(anna)]
            assert said[0] == "from before"
            assert "Today" in said[1]
            assert await role.end() == 0
            assert "Traceback" not in "".join(role.lines)


async def _wait_for_a_digest(found: Fleet, chat: str) -> None:
    """A message that is to be sent, and a digest that is due."""
    home = family()
    address = ChatAddress("telegram", chat, private=True)
    async with found.door.uow() as uow:
        await uow.households.add(home)
        await uow.households.save_settings(home.id, Chosen(digest_daily=time(7)))
        written = Chat(uuid4(), home.id, address)
        await uow.chats.add(written)
        await uow.outbox.add(home.id, Outgoing("before", written.id, "from before"))
        await uow.notices.put([Notice(uuid4(), home.id, NoticeKind.DAILY, datetime.now(UTC))])
        await uow.commit()


async def test_it_takes_nothing_from_the_queue(postgresql_url: str) -> None:
    """What the broker holds is for workers: it is all still there when one comes."""
    async with fleet(postgresql_url) as found:
        anna = await found.token(family(), "Anna")
        role = Worker(found.settings, ("family-scheduler", "reminders"))
        asked = await found.ask(anna, "piano on March 3 2027 at 8am")
        assert asked["status"] == "complete", "found in the database, as nobody else was told"
        assert _waiting(found) == 1
        assert await role.end() == 0


def _waiting(found: Fleet) -> int:
    from redis import Redis

    with Redis.from_url(found.redis.url) as client:
        return int(client.llen("family_scheduler"))


@pytest.mark.parametrize("role", ["reminders", "pool"])
def test_it_needs_a_broker(sqlite_url: str, role: str) -> None:
    done = subprocess.run(
        [program("family-scheduler"), role],
        env={**os.environ, "DATABASE_URL": sqlite_url, "CELERY_BROKER_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "CELERY_BROKER_URL" in done.stderr
    assert "Traceback" not in done.stderr
