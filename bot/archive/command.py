"""`family-scheduler archive`: move finished threads away, list what is there, bring it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn

from scheduling.archive import Archive, ArchiveError, family_prefix, thread_of
from scheduling.errors import NotFound, SchedulingError

if TYPE_CHECKING:
    from bot.archive.archiving import Archived
    from bot.settings import Settings
    from storage.engine import Database

app = typer.Typer(help="Finished requests' checkpoints, outside the database.")

Family = Annotated[str, typer.Option("--household", help="The family's name, or its id.")]

NO_ARCHIVE = "There is no archive: set ARCHIVE_URL to a folder, or to gs://BUCKET/PREFIX."


@app.command()
def run() -> None:
    """Move what has been finished for ARCHIVE_AFTER_DAYS there now, as happens every night."""
    _answer(_run)


@app.command("list")
def list_(household: Family) -> None:
    """List a family's archived threads, one a line."""

    async def listed(settings: Settings, archive: Archive) -> None:
        from bot.archive.standing_alone import opened

        async with opened(settings.database_url) as (database, _):
            family = await _family(database, household)
        for name in await archive.names(family_prefix(family)):
            typer.echo(thread_of(name))

    _answer(listed)


@app.command()
def restore(
    household: Family,
    thread: Annotated[str | None, typer.Option(help="One thread; all if left out.")] = None,
) -> None:
    """Write archived threads into the database again; the archive keeps them too."""

    async def restored(settings: Settings, archive: Archive) -> None:
        from bot.archive.restoring import restore as bring_back
        from bot.archive.standing_alone import opened

        async with opened(settings.database_url) as (database, checkpoints):
            family = await _family(database, household)
            with _progress() as shown:
                bar = shown.add_task("restored", total=None)
                told: Callable[[], None] = lambda: shown.advance(bar)  # noqa: E731
                done = await bring_back(archive, checkpoints, family, thread, told)
        typer.echo(f"{done.restored} restored, {done.there} were there already.")
        for name in done.unreadable:
            typer.echo(f"{name} cannot be read, and was left out.", err=True)
        if done.unreadable:
            raise typer.Exit(1)

    _answer(restored)


async def _run(settings: Settings, archive: Archive) -> None:
    from bot.archive.standing_alone import archiving_over, opened

    before = datetime.now(UTC) - timedelta(days=settings.archive_after_days)
    async with opened(settings.database_url) as (database, checkpoints):
        with _progress() as shown:
            bar = shown.add_task("archived", total=None)

            def told(done: Archived) -> None:
                shown.update(bar, completed=done.moved)

            done = await archiving_over(database, checkpoints, archive).run(before, told)
    typer.echo(f"{done.moved} archived, {done.waiting} still wait for something.")
    if done.clashed:
        typer.echo(f"{done.clashed} differ from what the archive holds, and stay.", err=True)
        raise typer.Exit(1)


async def _family(database: Database, wanted: str) -> UUID:
    """An id is believed even where the database has lost that family. Raises NotFound."""
    try:
        return UUID(wanted)
    except ValueError:
        async with database.reader() as uow:
            known = [await uow.households.get(each) for each in await uow.households.all_ids()]
    found = [each.id for each in known if each.name.casefold() == wanted.casefold()]
    if len(found) != 1:
        listed = "\n".join(f"{each.id}  {each.name}" for each in known)
        raise NotFound(f"Which family? Name it, or give its id:\n{listed}")
    return found[0]


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _answer(work: Callable[[Settings, Archive], Coroutine[Any, Any, None]]) -> None:
    """Do it; what stands against it is said in a sentence. Raises typer.Exit."""
    from bot.archive.opening import open_archive
    from bot.configured import Misconfigured, read_settings
    from storage.migrate import TROUBLE, check, in_words

    try:
        settings = read_settings()
        archive = open_archive(settings.archive_url)
        wrong = [NO_ARCHIVE] if archive is None else check(settings.database_url)
        if not wrong and archive is not None:
            asyncio.run(work(settings, archive))
    except Misconfigured as error:
        wrong = [f"{one.what} {one.mend}" for one in error.wrong]
    except (ArchiveError, SchedulingError) as error:
        wrong = [str(error)]
    except (*TROUBLE, ValueError) as error:
        wrong = [in_words(error)]
    if wrong:
        typer.echo("\n".join(wrong), err=True)
        raise typer.Exit(1)
