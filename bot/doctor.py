"""`family-scheduler doctor`: what is wrong here, in plain words, and how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """ok: None for a word that is neither good nor bad. mend: what to do about it."""

    ok: bool | None
    what: str
    mend: str = ""


def run() -> int:
    """Print every finding; 0 if nothing is wrong, else 1."""
    console = Console(highlight=False, soft_wrap=True)
    wrong = False
    for finding in findings():
        mark, style = {True: ("✓", "green"), False: ("✗", "red"), None: ("·", "dim")}[finding.ok]
        console.print(Text(f"{mark} {finding.what}", style=style))
        if finding.mend:
            console.print(Text(f"  → {finding.mend}"))
        wrong = wrong or finding.ok is False
    return 1 if wrong else 0


def findings() -> Iterator[Finding]:
    """Settings, then whatever they point at."""
    try:
        settings = Settings()
    except ValidationError as error:
        # The message of a validation error repeats the value, which may be a secret.
        for problem in error.errors(include_input=False, include_url=False):
            name = ".".join(str(p) for p in problem["loc"]).upper()
            yield Finding(
                False, f"{name}: {problem['msg']}", "Correct it in .env; see .env.example."
            )
        return
    yield Finding(True, "The settings can be read.")
    yield from _zone(settings.default_timezone)
    yield from _database(settings.database_url)
    yield from _telegram(settings)
    yield from _slack(settings)


def _zone(name: str) -> Iterator[Finding]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding(
            False,
            f"There is no zone data for {name}.",
            "Set DEFAULT_TIMEZONE to an IANA name like Europe/Paris; if all fail, install tzdata.",
        )
    else:
        yield Finding(True, f"Zone data is here ({name}).")


def _database(url: str) -> Iterator[Finding]:
    from storage.migrate import check

    problems = check(url)
    for problem in problems:
        yield Finding(False, problem, "family-scheduler migrate, or correct DATABASE_URL.")
    if not problems:
        kind = "PostgreSQL" if url.startswith("postgres") else "SQLite"
        yield Finding(True, f"The database answers and is up to date ({kind}).")


def _telegram(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_bot_token is None:
        yield Finding(None, "Telegram is off.", "To turn it on, set TELEGRAM_BOT_TOKEN.")
        return
    if settings.telegram_mode == "webhook":
        yield from _webhook(settings.public_base_url, settings.telegram_webhook_secret is not None)
    from bot.telegram.probe import probe

    name, problem = asyncio.run(
        probe(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base_url)
    )
    if problem:
        yield Finding(False, f"Telegram: {problem}", "Check TELEGRAM_BOT_TOKEN with BotFather.")
    else:
        yield Finding(True, f"Telegram knows this bot as @{name}.")


def _slack(settings: Settings) -> Iterator[Finding]:
    if settings.slack_bot_token is None and not settings.slack_client_id:
        yield Finding(None, "Slack is off.", "To turn it on, set SLACK_BOT_TOKEN.")
        return
    yield from _slack_settings(settings)
    from bot.slack.probe import probe

    tokens = [settings.slack_bot_token, settings.slack_app_token]
    bot, app = (token.get_secret_value() if token else None for token in tokens)
    socket = settings.slack_mode == "socket"
    name, problem = asyncio.run(probe(settings.slack_api_base_url, bot, app if socket else None))
    if problem:
        yield Finding(False, f"Slack: {problem}", "Check the tokens on the app's pages of Slack.")
    else:
        yield Finding(True, f"Slack knows this app in {name}.")


def _slack_settings(settings: Settings) -> Iterator[Finding]:
    """What is missing for the way it is set up."""
    socket = settings.slack_mode == "socket"
    needed: list[tuple[bool, object, str]] = [
        (socket, settings.slack_app_token, "SLACK_APP_TOKEN"),
        (not socket, settings.slack_signing_secret, "SLACK_SIGNING_SECRET"),
        (bool(settings.slack_client_id), settings.slack_client_secret, "SLACK_CLIENT_SECRET"),
        (bool(settings.slack_client_id), settings.slack_encryption_key, "SLACK_ENCRYPTION_KEY"),
        (bool(settings.slack_client_id), settings.public_base_url, "PUBLIC_BASE_URL"),
    ]
    for wanted, value, name in needed:
        if wanted and not value:
            yield Finding(False, f"Slack needs {name} to work this way.", f"Set {name} in .env.")
    if settings.slack_encryption_key is not None:
        from bot.slack.installations import cipher

        try:
            cipher(settings.slack_encryption_key.get_secret_value())
        except ValueError:
            yield Finding(
                False,
                "SLACK_ENCRYPTION_KEY is not a Fernet key.",
                "Make one: .venv/bin/python -c "
                "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'",
            )


def _webhook(base_url: str, has_secret: bool) -> Iterator[Finding]:
    if not base_url.startswith("https://"):
        yield Finding(
            False, "Telegram posts to https addresses only.", "Set PUBLIC_BASE_URL to yours."
        )
    if not has_secret:
        yield Finding(
            False,
            "Without a secret anyone could post messages as Telegram.",
            "Set TELEGRAM_WEBHOOK_SECRET to a long random word.",
        )
