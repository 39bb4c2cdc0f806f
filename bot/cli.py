"""The `family-scheduler` command. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.archive.command import app as archive_app

if TYPE_CHECKING:
    from bot.configured import Wrong
    from bot.settings import Settings

app = typer.Typer(
    name="family-scheduler",
    help="One calendar for a family, in the chats it already uses.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(archive_app, name="archive")

Speaker = Annotated[str, typer.Option("--as", help="Who sits at the console.")]


@app.command()
def serve(
    console: Annotated[
        bool, typer.Option("--console", help="Also open the console chat, with a demo family.")
    ] = False,
    speaker: Speaker = "Anna",
) -> None:
    """Run everything that is configured, in one process."""
    raise typer.Exit(_serve(console, speaker))


@app.command()
def worker(
    concurrency: Annotated[
        int | None, typer.Option(help="Requests at once.", min=1, max=1000)
    ] = None,
) -> None:
    """Do what receivers have written down (needs CELERY_BROKER_URL); any number may run."""
    _settings()
    from bot.worker import main as work

    work(concurrency)


@app.command()
def reminders() -> None:
    """Remind, follow up and send, without a queue to wait in (needs CELERY_BROKER_URL)."""
    from bot.configured import unfit
    from bot.observing.start import observe

    settings = _for_workers("The reminders role")
    if wrong := list(unfit(settings)):
        raise typer.Exit(_refused(wrong))
    observing = observe(settings, "reminders")
    from bot.reminding import run

    try:
        raise typer.Exit(run(settings, observing))
    finally:
        observing.close()


@app.command()
def pool(
    most: Annotated[int, typer.Option("--max", help="Workers at most.", min=1, max=100)] = 4,
    least: Annotated[int, typer.Option("--min", help="Workers at least.", min=1, max=100)] = 1,
) -> None:
    """Keep as many workers running here as the load wants (needs CELERY_BROKER_URL)."""
    from bot.scaling.autoscale import Limits
    from bot.scaling.command import run

    settings = _for_workers("A pool")
    raise typer.Exit(run(settings, Limits(minimum=min(least, most), maximum=most)))


@app.command()
def chat(speaker: Speaker = "Anna") -> None:
    """Try it here: a chat in this terminal, with a small demo family."""
    raise typer.Exit(_serve(True, speaker, only_console=True))


@app.command()
def play(
    files: Annotated[list[Path], typer.Argument(help="Conversation scripts (YAML).")],
    platform: Annotated[str, typer.Option(help="console, telegram or slack.")] = "console",
    database: Annotated[
        str | None, typer.Option(help="A PostgreSQL server; SQLite if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a script.")] = False,
    workers: Annotated[
        int, typer.Option(help="Worker processes; 0: one process is all.", min=0, max=100)
    ] = 0,
    broker: Annotated[
        str | None, typer.Option(help="A Redis for the workers; one is started if left out.")
    ] = None,
) -> None:
    """Play conversation scripts through the real product and check what it says."""
    from bot.play.command import run

    raise typer.Exit(run(files, platform, database, json, workers, broker))


@app.command()
def interpret() -> None:
    """Read messages as JSON lines and print what each means (a filter)."""
    from bot.interpret import run

    raise typer.Exit(run(sys.stdin, sys.stdout))


@app.command()
def migrate(
    to: Annotated[str, typer.Option(help="A revision: head, base, or one in between.")] = "head",
) -> None:
    """Create the database, or bring its schema up to date; back to an older revision, too."""
    from storage.migrate import TROUBLE, current, downgrade, in_words, is_older, upgrade

    url = _settings().database_url
    try:
        if to == "base" or to.startswith("-") or is_older(url, to):
            downgrade(url, to)
        else:
            upgrade(url, to)
        typer.echo(f"The database is at revision {current(url) or 'nothing'}.")
    except (*TROUBLE, ValueError) as error:
        typer.echo(in_words(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def copy(
    source: Annotated[str, typer.Option("--from", help="sqlite:///PATH or postgresql://…")],
    destination: Annotated[str, typer.Option("--to", help="The same; it may be empty.")],
    household: Annotated[
        str | None, typer.Option(help="One family, by its name or id; all of them if left out.")
    ] = None,
) -> None:
    """Move families to another database, of either kind, with all that waits for an answer."""
    from bot.copying import run

    raise typer.Exit(run(source, destination, household))


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Option(help="A folder; that of BACKUP_DIR if left out.")
    ] = None,
    base: Annotated[
        bool, typer.Option("--base", help="PostgreSQL: one to roll forward to any time after it.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="Only show what is there.")] = False,
) -> None:
    """Save everything while the product runs, and remove what is older than BACKUP_KEEP_DAYS."""
    from bot.backup.command import run_backup, run_list

    if listed:
        raise typer.Exit(run_list(_settings(), to))
    raise typer.Exit(run_backup(_settings(), to, base=base))


@app.command()
def restore(
    backup: Annotated[
        str, typer.Argument(help="Its name, or where it lies; the newest if left out.")
    ] = "",
    source: Annotated[
        Path | None, typer.Option("--from", help="A folder; that of BACKUP_DIR if left out.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is in the database; it is lost then.")
    ] = False,
    at: Annotated[
        str, typer.Option(help="PostgreSQL: a time, UTC unless it says otherwise, or latest.")
    ] = "",
    into: Annotated[
        Path | None, typer.Option(help="With --at: the data folder to lay out for a new server.")
    ] = None,
) -> None:
    """Put a backup into the database of DATABASE_URL, and check that it is all there."""
    from bot.backup.command import run_restore, run_roll_forward

    if at or into:
        if not at or into is None or backup or force:
            typer.echo("--at TIME and --into FOLDER go together, and alone.", err=True)
            raise typer.Exit(2)
        raise typer.Exit(run_roll_forward(_settings(), at, source, into))
    raise typer.Exit(run_restore(_settings(), backup, source, force=force))


@app.command()
def doctor() -> None:
    """Check settings, database, tokens and zone data; say what is wrong and how to mend it."""
    from bot.doctor import run

    raise typer.Exit(run())


@app.command()
def usage(
    days: Annotated[int, typer.Option(help="How many days back.", min=1)] = 30,
) -> None:
    """Show what language models were asked: calls, tokens and cost by day and agent."""
    from bot.usage import run

    raise typer.Exit(asyncio.run(run(_settings().database_url, days)))


@app.command()
def status(
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show what waits, what is late and what a day has brought; 1 where a limit is passed."""
    from bot.observing.status import run
    from storage.migrate import check

    settings = _settings()
    if problems := check(settings.database_url):
        typer.echo("\n".join(problems), err=True)
        raise typer.Exit(2)
    raise typer.Exit(asyncio.run(run(settings, as_json=json)))


@app.command()
def cost(
    prices: Annotated[
        Path | None, typer.Option(help="A price file (YAML); COST_PRICES_FILE if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show what a month in the cloud is estimated to cost, and what this installation used."""
    from bot.cost.command import run

    raise typer.Exit(asyncio.run(run(_settings(), prices, as_json=json)))


@app.command()
def token(
    family: Annotated[str, typer.Argument(help="The family's name, or its id.")],
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    member: Annotated[str, typer.Option(help="In whose name it speaks.")] = "",
    scope: Annotated[str, typer.Option(help="read, write or admin.")] = "read",
    revoke: Annotated[bool, typer.Option("--revoke", help="End the tokens of that name.")] = False,
) -> None:
    """Let a program use the HTTP API in a member's name; the token is shown once."""
    from bot import tokens
    from scheduling.access import Scope
    from scheduling.errors import SchedulingError

    url = _settings().database_url
    try:
        if revoke:
            gone = asyncio.run(tokens.revoke(url, family, name))
            typer.echo(f"{gone} tokens called {name} no longer work.")
        elif scope not in list(Scope):
            typer.echo(f"A scope is {', '.join(Scope)}.", err=True)
            raise typer.Exit(2)
        else:
            typer.echo(asyncio.run(tokens.create(url, family, member, name, Scope(scope))))
    except SchedulingError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def key() -> None:
    """Make a key for SLACK_ENCRYPTION_KEY."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())


@app.command()
def rotate() -> None:
    """Encrypt stored Slack tokens with the newest SLACK_ENCRYPTION_KEY, so the old one can go."""
    from bot.slack.rotation import run

    raise typer.Exit(run(_settings()))


def _serve(console: bool, speaker: str, *, only_console: bool = False) -> int:
    from bot.configured import unfit
    from bot.observing.start import observe
    from bot.patience import database_problems
    from storage.migrate import check

    settings = _settings()
    if only_console:
        off = {"telegram_bot_token": None, "slack_bot_token": None, "slack_client_id": ""}
        settings = settings.model_copy(update={**off, "http_enabled": False})
    if wrong := list(unfit(settings)):
        return _refused(wrong)
    observing = observe(settings, "serve", "WARNING" if console else None)
    # Whoever sits at the console is told at once.
    problems = (check if console else database_problems)(settings.database_url)
    if problems:
        typer.echo("\n".join(problems), err=True)
        typer.echo("Run `family-scheduler migrate` first, or `family-scheduler doctor`.", err=True)
        return 1
    # All of the product: only once nothing stands against it.
    from bot.serving import serve as serve_all

    try:
        return asyncio.run(
            serve_all(settings, console=console, speaker=speaker, observing=observing)
        )
    finally:
        observing.close()


def _for_workers(who: str) -> Settings:
    """The settings of a part that works beside receivers, whose database is as it should be.
    Raises typer.Exit, after saying what is not."""
    from bot.patience import database_problems

    settings = _settings()
    if not settings.celery_broker_url:
        typer.echo(f"{who} needs CELERY_BROKER_URL; without it `serve` does it all.", err=True)
        raise typer.Exit(1)
    if problems := database_problems(settings.database_url):
        typer.echo("\n".join(problems), err=True)
        raise typer.Exit(1)
    return settings


def _settings() -> Settings:
    """Raises typer.Exit, after saying what is wrong with them."""
    from bot.configured import Misconfigured, read_settings

    try:
        return read_settings()
    except Misconfigured as error:
        raise typer.Exit(_refused(error.wrong)) from None


def _refused(wrong: Iterable[Wrong]) -> int:
    for one in wrong:
        typer.echo(f"{one.what} {one.mend}", err=True)
    return 1


def main() -> None:
    """Entry point of the console script."""
    app()
