"""Every night one backup, whoever runs, and a failure of it is no failure of the bot (row 133)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.backup.folder import Busy, Folder
from bot.backup.nightly import AGAIN_SECONDS, LOOK_SECONDS, Nightly, last_night
from bot.clock import HandClock
from bot.settings import Settings
from bot.wiring import build
from tests.bot.http.api.api_home import Home, at_home

NEW_YORK = ZoneInfo("America/New_York")
EVENING = datetime(2026, 3, 4, 22, tzinfo=UTC)
"""17:00 in New York."""
DAY = timedelta(days=1)


def settings_of(url: str, folder: Folder, programs: str, **more: object) -> Settings:
    values = {"database_url": url, "backup_dir": str(folder.path), "postgres_bin_dir": programs}
    return Settings.model_validate({**values, **more})


def days_of(folder: Folder) -> list[int]:
    return [each.taken_at.astimezone(NEW_YORK).day for each in folder.all()]


def test_three_days_give_three_backups_and_after_seven_the_first_goes(
    database_url: str, folder: Folder, postgres_programs: str
) -> None:
    clock = HandClock(EVENING)
    settings = settings_of(database_url, folder, postgres_programs)
    # Two processes look, several times a day; the first of them does it.
    processes = [Nightly(settings, clock) for _ in range(2)]
    for day in range(9):
        for hour in (0, 3, 11, 20):
            moment = EVENING + day * DAY + timedelta(hours=hour)
            clock.set(moment)
            made = [len(each.look()) for each in processes]
            # The first at once; then each at the first look after three o'clock.
            assert made == [1 if hour == 11 or (day, hour) == (0, 0) else 0, 0], moment
        if day == 2:
            # 17:00 of the 4th, then 04:00 of the next three days.
            assert days_of(folder) == [4, 5, 6, 7]
    # The last was made on the 13th at 4:00: what was there before the 6th at 4:00 is gone.
    assert days_of(folder) == [6, 7, 8, 9, 10, 11, 12, 13]
    files = {each.name for each in folder.path.iterdir()} - {".lock"}
    assert files == {n for each in folder.all() for n in (each.name, f"{each.name}.json")}


def test_a_night_is_over_at_three_o_clock_where_the_family_lives() -> None:
    def night(*words: int) -> datetime:
        found = last_night(datetime(*words).replace(tzinfo=UTC), NEW_YORK)
        return found.astimezone(UTC)

    assert night(2026, 3, 4, 7, 59) == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert night(2026, 3, 4, 8) == datetime(2026, 3, 4, 8, tzinfo=UTC)
    # The clocks went forward in that night.
    assert night(2026, 3, 8, 12) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_while_another_process_is_at_it_nothing_is_begun(
    sqlite_url: str, folder: Folder, postgres_programs: str
) -> None:
    nightly = Nightly(settings_of(sqlite_url, folder, postgres_programs), HandClock(EVENING))
    with folder.claimed(), pytest.raises(Busy):
        nightly.look()
    assert len(nightly.look()) == 1


def test_what_was_begun_and_not_finished_is_cleared_away(
    sqlite_url: str, folder: Folder, postgres_programs: str
) -> None:
    folder.path.mkdir()
    left = folder.path / "family-20260303T080000Z.sqlite.partial"
    left.write_bytes(b"half")
    (folder.path / f"{left.name}-journal").touch()
    theirs = folder.path / "holiday pictures.partial"
    theirs.touch()
    Nightly(settings_of(sqlite_url, folder, postgres_programs), HandClock(EVENING)).look()
    assert len(folder.all()) == 1
    assert sorted(folder.path.glob("*.partial*")) == [theirs]


def test_what_others_keep_there_stays(
    sqlite_url: str, folder: Folder, postgres_programs: str
) -> None:
    clock = HandClock(EVENING)
    nightly = Nightly(settings_of(sqlite_url, folder, postgres_programs), clock)
    (first,) = nightly.look()
    theirs = [folder.path / name for name in ("family.db", "family-20200101T000000Z.sqlite")]
    for each in theirs:
        each.touch()
    clock.set(EVENING + 30 * DAY)
    nightly.look()
    assert all(each.exists() for each in theirs), "one has no manifest, the other no name of ours"
    assert first.name not in {each.name for each in folder.all()}


def test_the_last_one_is_kept_however_old(
    sqlite_url: str, folder: Folder, postgres_programs: str
) -> None:
    (only,) = Nightly(settings_of(sqlite_url, folder, postgres_programs), HandClock(EVENING)).look()
    with folder.claimed():
        assert folder.prune(EVENING + 300 * DAY) == []
    assert folder.all() == [only]


@contextmanager
def told(words: str) -> Iterator[asyncio.Event]:
    """Set once the log of the backups holds these words."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if words in record.getMessage():
                loop.call_soon_threadsafe(event.set)

    handler, log = Handler(), logging.getLogger("bot.backup")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield event
    log.removeHandler(handler)
    log.setLevel(level)


class Ended(Exception):
    pass


async def test_a_failure_is_a_warning_and_tried_again(
    sqlite_url: str,
    folder: Folder,
    postgres_programs: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder.path.write_text("a file, where a folder should be")
    clock, waited = HandClock(EVENING), []

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:
            folder.path.unlink()
        if len(waited) == 3:
            raise Ended

    nightly = Nightly(settings_of(sqlite_url, folder, postgres_programs), clock)
    with caplog.at_level(logging.INFO, "bot.backup"), pytest.raises(Ended):
        await nightly.run(pause)
    assert waited == [AGAIN_SECONDS, LOOK_SECONDS, LOOK_SECONDS]
    warned = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert [each.levelname for each in warned] == ["WARNING"]
    assert "no backup was made tonight: Nothing can be written" in warned[0].getMessage()
    assert len(folder.all()) == 1


async def test_a_database_that_is_away_is_a_warning(
    folder: Folder, postgres_programs: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = "postgresql://me:secret@127.0.0.1:1/none"

    async def pause(seconds: float) -> None:
        raise Ended

    nightly = Nightly(settings_of(url, folder, postgres_programs), HandClock(EVENING))
    with pytest.raises(Ended):
        await nightly.run(pause)
    (warned,) = [each.getMessage() for each in caplog.records]
    assert "cannot be reached" in warned
    assert "secret" not in warned


async def test_the_bot_answers_while_backups_fail(
    sqlite_url: str, tmp_path: Path, postgres_programs: str
) -> None:
    blocked = Folder(tmp_path / "blocked")
    blocked.path.touch()
    async with at_home(sqlite_url) as home:
        settings = settings_of(sqlite_url, blocked, postgres_programs)
        beside = await build(settings, clock=HandClock(EVENING), platforms=[], listens=False)
        await beside.start()
        with told("no backup was made") as failed:
            running = asyncio.create_task(beside.run())
            await asyncio.wait_for(failed.wait(), 30)
        anna = await Home(home.service, home.household, home.client, home.base).token()
        task = await home.ask(anna, message="piano Saturday 2pm, Mia")
        assert task["status"] == "complete"
        assert not running.done()
        await beside.finish(5)
        await running
        await beside.stop()


async def test_the_product_makes_them_by_itself(
    sqlite_url: str, folder: Folder, postgres_programs: str
) -> None:
    settings = settings_of(sqlite_url, folder, postgres_programs)
    service = await build(settings, clock=HandClock(EVENING), platforms=[], listens=False)
    await service.start()
    with told("rows") as made:
        running = asyncio.create_task(service.run())
        await asyncio.wait_for(made.wait(), 30)
    await service.finish(5)
    await running
    await service.stop()
    assert days_of(folder) == [4]
