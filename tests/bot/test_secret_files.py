"""Secrets that stand in files, and what is said where one cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.configured import Misconfigured, read_settings
from bot.secret_files import is_secret
from bot.settings import Settings

FIELDS = Settings.model_fields
SECRETS = [name for name, field in FIELDS.items() if is_secret(field)]
WORDS = {"database_url": "postgresql://family:hush@db/family", "cache_url": "redis://:hush@db/1"}


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no setting in the environment."""
    for name in FIELDS:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plain(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)


def test_what_counts_as_a_secret() -> None:
    assert {"database_url", "celery_broker_url", "telegram_bot_token", "metrics_token"} <= {
        *SECRETS
    }
    assert "http_port" not in SECRETS
    named = [n for n in FIELDS if n.endswith(("_token", "_secret", "_key", "_password"))]
    assert set(named) <= set(SECRETS)


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_can_stand_in_a_file(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    said = WORDS.get(name, f"hush-{name}")
    (nowhere / "mounted").write_text(f"{said}\n", "utf-8")
    monkeypatch.setenv(f"{name.upper()}_FILE", str(nowhere / "mounted"))
    settings = read_settings()
    assert plain(settings, name) == said
    assert "hush" not in repr(settings)


def test_the_file_can_be_named_in_env_file(nowhere: Path) -> None:
    (nowhere / "token").write_text("1:abc", "utf-8")
    (nowhere / ".env").write_text("TELEGRAM_BOT_TOKEN_FILE=token\n", "utf-8")
    assert plain(read_settings(), "telegram_bot_token") == "1:abc"


def test_what_is_said_outright_is_stronger(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / "token").write_text("from the file", "utf-8")
    (nowhere / ".env").write_text("TELEGRAM_BOT_TOKEN=from dotenv\n", "utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    # A file that the environment names is stronger than what .env says …
    assert plain(read_settings(), "telegram_bot_token") == "from the file"
    # … an empty variable, as compose files pass them on, is no answer …
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert plain(read_settings(), "telegram_bot_token") == "from the file"
    # … and one that says something is the strongest, whatever becomes of the file.
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "from the environment")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "gone")
    assert plain(read_settings(), "telegram_bot_token") == "from the environment"


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.write_text(" \n", "utf-8")


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfehush")


def huge(path: Path) -> None:
    path.write_text("hush" * 20_000, "utf-8")


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (nothing, "no such file"),
        (folder, "a folder"),
        (empty, "is empty"),
        (no_text, "cannot be read as text"),
        (huge, "too large"),
    ],
)
def test_a_file_that_cannot_be_used(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[Path], None], why: str
) -> None:
    made(nowhere / "mounted")
    monkeypatch.setenv("METRICS_TOKEN_FILE", "mounted")
    with pytest.raises(Misconfigured) as raised:
        read_settings()
    (wrong,) = raised.value.wrong
    assert wrong.setting == "METRICS_TOKEN_FILE"
    assert why in wrong.what
    told = CliRunner().invoke(app, ["usage"])
    assert told.exit_code == 1
    assert f"METRICS_TOKEN_FILE: {wrong.what.partition(': ')[2]}" in told.stderr
    assert "Name a readable file" in told.stderr
    assert "hush" not in told.output + told.stderr


def test_a_file_that_may_not_be_read(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("hush")

    # Whoever is root may read everything, and tests often are.
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setenv("METRICS_TOKEN_FILE", "mounted")
    with pytest.raises(Misconfigured, match="may not read"):
        read_settings()
