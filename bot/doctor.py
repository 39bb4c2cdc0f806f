"""`family-scheduler doctor`: what is wrong here, in plain words, and how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from bot.configured import Misconfigured, Wrong, read_settings, unfit
from bot.settings import Settings

_NETWORK = "Check that this machine is online, and {} if it is set."


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
        settings = read_settings()
    except Misconfigured as error:
        yield from map(_finding, error.wrong)
        return
    yield Finding(True, "The settings can be read.")
    wrong = list(unfit(settings))
    yield from map(_finding, wrong)
    about = {w.setting for w in wrong}
    if "DEFAULT_TIMEZONE" not in about:
        yield Finding(True, f"Zone data is here ({settings.default_timezone}).")
    if "DATABASE_URL" not in about:
        yield from _database(settings.database_url)
    yield from _telegram(settings, ask="TELEGRAM_API_BASE_URL" not in about)
    yield from _slack(settings, ask="SLACK_API_BASE_URL" not in about)
    if settings.llm_provider == "none":
        yield Finding(None, "No language model reads along.", "To use one, set LLM_PROVIDER.")
    elif not about & {"OPENAI_API_KEY", "ANTHROPIC_API_KEY"}:
        yield Finding(True, f"What the grammar cannot read goes to {settings.llm_provider}.")
    if settings.voice_api_key is None:
        yield Finding(
            None, "Voice messages are not listened to.", "To change it, set VOICE_API_KEY."
        )
    else:
        yield Finding(True, f"Voice messages are written down by {settings.voice_model}.")


def _finding(wrong: Wrong) -> Finding:
    return Finding(False, wrong.what, wrong.mend)


def _database(url: str) -> Iterator[Finding]:
    from storage.migrate import check

    problems = check(url)
    for problem in problems:
        yield Finding(False, problem, "family-scheduler migrate, or correct DATABASE_URL.")
    if not problems:
        kind = "PostgreSQL" if url.startswith("postgres") else "SQLite"
        yield Finding(True, f"The database answers and is up to date ({kind}).")


def _telegram(settings: Settings, *, ask: bool) -> Iterator[Finding]:
    """ask: whether there is an address to ask at."""
    if settings.telegram_bot_token is None:
        yield Finding(None, "Telegram is off.", "To turn it on, set TELEGRAM_BOT_TOKEN.")
        return
    if not ask:
        return
    from bot.telegram.probe import UNREACHED, probe

    name, problem = asyncio.run(
        probe(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base_url)
    )
    if problem == UNREACHED:
        yield Finding(False, f"Telegram: {problem}", _NETWORK.format("TELEGRAM_API_BASE_URL"))
    elif problem:
        mend = "Check TELEGRAM_BOT_TOKEN with BotFather"
        # A server that is no Bot API answers just as the Bot API does to an unknown token.
        elsewhere = _is_set(settings, "telegram_api_base_url")
        mend += ", and TELEGRAM_API_BASE_URL." if elsewhere else "."
        yield Finding(False, f"Telegram: {problem}", mend)
    else:
        yield Finding(True, f"Telegram knows this bot as @{name}.")


def _is_set(settings: Settings, name: str) -> bool:
    return bool(getattr(settings, name) != Settings.model_fields[name].default)


def _slack(settings: Settings, *, ask: bool) -> Iterator[Finding]:
    if settings.slack_bot_token is None and not settings.slack_client_id:
        yield Finding(None, "Slack is off.", "To turn it on, set SLACK_BOT_TOKEN.")
        return
    if not ask:
        return
    from bot.slack.probe import UNREACHED, probe

    tokens = [settings.slack_bot_token, settings.slack_app_token]
    bot, app = (token.get_secret_value() if token else None for token in tokens)
    socket = settings.slack_mode == "socket"
    name, problem = asyncio.run(probe(settings.slack_api_base_url, bot, app if socket else None))
    if problem == UNREACHED:
        yield Finding(False, f"Slack: {problem}", _NETWORK.format("SLACK_API_BASE_URL"))
    elif problem:
        yield Finding(False, f"Slack: {problem}", "Check the tokens on the app's pages of Slack.")
    else:
        yield Finding(True, f"Slack knows this app in {name}.")
