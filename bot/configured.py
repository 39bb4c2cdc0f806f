"""What is wrong with the settings, in sentences that never hold a value: it may be a secret."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from bot.admin import admin_address
from bot.secret_files import SecretFileProblem
from bot.settings import Settings

_IN_THE_FILE = "Correct it in .env; see .env.example."
_REDIS = ("redis://", "rediss://", "unix://")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wrong:
    """setting: the name of the one at fault. mend: what to do about it."""

    setting: str
    what: str
    mend: str


class Misconfigured(Exception):
    """The settings cannot be used."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__(*(w.what for w in wrong))
        self.wrong = wrong


def read_settings() -> Settings:
    """The settings of this process. Raises Misconfigured."""
    try:
        return Settings()
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False, include_context=False)
        raise Misconfigured(*(_refused(problem) for problem in problems)) from None
    except SecretFileProblem as error:
        mend = "Name a readable file that holds the secret and nothing else."
        raise Misconfigured(Wrong(error.setting, f"{error}.", mend)) from None
    except (OSError, UnicodeDecodeError):
        mend = "It is a text file of NAME=value lines; see .env.example."
        raise Misconfigured(Wrong("", "The file .env cannot be read.", mend)) from None


def settings_or_exit() -> Settings:
    """The same, for a server's process: it ends with what is wrong, in sentences."""
    try:
        return read_settings()
    except Misconfigured as error:
        sys.exit("\n".join(f"{one.what} {one.mend}" for one in error.wrong))


def _refused(problem: Mapping[str, Any]) -> Wrong:
    """ "HTTP_PORT should be a valid integer." """
    name = ".".join(str(part) for part in problem["loc"]).upper()
    said = str(problem["msg"]).partition(",")[0].removeprefix("Input ")
    return Wrong(name, f"{name} {said}.", _IN_THE_FILE)


def unfit(settings: Settings) -> Iterator[Wrong]:
    """What keeps the product from running with them, as far as they tell by themselves."""
    yield from _zone(settings.default_timezone)
    yield from _database(settings.database_url)
    if settings.cache_url and not settings.cache_url.startswith(_REDIS):
        mend = "Write redis://HOST:6379/1, or leave it out."
        yield Wrong("CACHE_URL", "CACHE_URL is no address of a Redis.", mend)
    if settings.telegram_bot_token is not None:
        yield from _telegram(settings)
    if settings.slack_bot_token is not None or settings.slack_client_id:
        yield from _slack(settings)
    yield from _models(settings)
    yield from _admin(settings.admin_chat)
    yield from _proxies(settings.trusted_proxies)


def _admin(words: str) -> Iterator[Wrong]:
    if words:
        try:
            admin_address(words)
        except ValueError:
            mend = "Write telegram:CHAT or slack:TEAM:CHANNEL, by the platform's own ids."
            yield Wrong("ADMIN_CHAT", "ADMIN_CHAT names no chat.", mend)


def _models(settings: Settings) -> Iterator[Wrong]:
    if settings.llm_provider == "openai":
        yield from _address("OPENAI_BASE_URL", settings.openai_base_url)
        if settings.openai_api_key is None:
            yield Wrong(
                "OPENAI_API_KEY",
                "LLM_PROVIDER=openai needs a key.",
                "Set OPENAI_API_KEY; a server of your own may take any word.",
            )
    elif settings.llm_provider == "anthropic":
        yield from _address("ANTHROPIC_BASE_URL", settings.anthropic_base_url)
        if settings.anthropic_api_key is None:
            yield Wrong(
                "ANTHROPIC_API_KEY", "LLM_PROVIDER=anthropic needs a key.", "Set ANTHROPIC_API_KEY."
            )


def _zone(name: str) -> Iterator[Wrong]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Wrong(
            "DEFAULT_TIMEZONE",
            "There is no zone data for DEFAULT_TIMEZONE.",
            "Set it to an IANA name like Europe/Paris; if all fail, install tzdata.",
        )


def _database(url: str) -> Iterator[Wrong]:
    from storage.urls import engine_url

    try:
        engine_url(url, "sync")
    except ValueError as error:
        yield Wrong("DATABASE_URL", f"DATABASE_URL: {error}", _IN_THE_FILE)


def _telegram(settings: Settings) -> Iterator[Wrong]:
    yield from _address("TELEGRAM_API_BASE_URL", settings.telegram_api_base_url)
    if settings.telegram_mode != "webhook":
        return
    if not settings.public_base_url.startswith("https://"):
        yield Wrong(
            "PUBLIC_BASE_URL",
            "Telegram posts to https addresses only.",
            "Set PUBLIC_BASE_URL to yours.",
        )
    secret = settings.telegram_webhook_secret
    if secret is None:
        yield Wrong(
            "TELEGRAM_WEBHOOK_SECRET",
            "Without a secret anyone could post messages as Telegram.",
            "Set TELEGRAM_WEBHOOK_SECRET to a long random word.",
        )
    elif not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        yield Wrong(
            "TELEGRAM_WEBHOOK_SECRET",
            "Telegram takes no such secret.",
            "Make TELEGRAM_WEBHOOK_SECRET of 1 to 256 of A-Z, a-z, 0-9, _ and -.",
        )


def _slack(settings: Settings) -> Iterator[Wrong]:
    yield from _address("SLACK_API_BASE_URL", settings.slack_api_base_url)
    socket, oauth = settings.slack_mode == "socket", bool(settings.slack_client_id)
    needed: list[tuple[bool, object, str]] = [
        (socket, settings.slack_app_token, "SLACK_APP_TOKEN"),
        (not socket, settings.slack_signing_secret, "SLACK_SIGNING_SECRET"),
        (oauth, settings.slack_client_secret, "SLACK_CLIENT_SECRET"),
        (oauth, settings.slack_encryption_key, "SLACK_ENCRYPTION_KEY"),
        (oauth, settings.public_base_url, "PUBLIC_BASE_URL"),
    ]
    for wanted, value, name in needed:
        if wanted and not value:
            yield Wrong(name, f"Slack needs {name} to work this way.", f"Set {name} in .env.")
    if settings.slack_encryption_key is not None:
        from bot.slack.installations import cipher

        try:
            cipher(settings.slack_encryption_key.get_secret_value())
        except ValueError:
            yield Wrong(
                "SLACK_ENCRYPTION_KEY",
                "SLACK_ENCRYPTION_KEY is not a Fernet key.",
                "family-scheduler key makes one.",
            )


def _address(name: str, url: str) -> Iterator[Wrong]:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        yield Wrong(name, f"{name} is no http address.", "Without it the usual one is used.")


def _proxies(named: str) -> Iterator[Wrong]:
    """uvicorn would take a name for a path of a socket, and believe nobody."""
    for each in named.split(",") if named not in ("", "*") else ():
        try:
            ip_network(each.strip())
        except ValueError:
            yield Wrong(
                "TRUSTED_PROXIES",
                "TRUSTED_PROXIES holds something that is no address and no network.",
                "Write addresses like 10.0.0.7 or 10.0.0.0/8, with commas between.",
            )
