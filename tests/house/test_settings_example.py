"""`.env.example` names every setting, and what it shows can be used as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from scripts.env_example import render
from tests.house.sources import ROOT

EXAMPLE = ROOT / ".env.example"


def entries() -> dict[str, str]:
    lines = [line.removeprefix("# ") for line in EXAMPLE.read_text("utf-8").splitlines()]
    pairs = [line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line)]
    return dict(pairs)


def test_it_is_what_the_settings_class_says() -> None:
    assert EXAMPLE.read_text("utf-8") == render(), "run `make env-example`"


def test_nobody_but_this_machine_is_listened_to_unless_a_setting_says_so() -> None:
    assert entries()["HTTP_HOST"] == "127.0.0.1"


def test_it_names_every_setting_and_no_other() -> None:
    assert {name.lower() for name in entries()} == set(Settings.model_fields)


def test_every_setting_says_what_it_is_for() -> None:
    silent = [name for name, field in Settings.model_fields.items() if not field.description]
    assert silent == []


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no setting in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_uncommented_it_gives_the_defaults(nowhere: Path) -> None:
    defaults = Settings()
    lines = [f"{name}={value}" for name, value in entries().items()]
    (nowhere / ".env").write_text("\n".join(lines), "utf-8")
    assert Settings() == defaults


def test_what_the_file_says_is_used(nowhere: Path) -> None:
    (nowhere / ".env").write_text("HTTP_PORT=9123\n", "utf-8")
    assert Settings().http_port == 9123


def test_a_secret_never_shows_in_a_repr(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = [name for name, field in Settings.model_fields.items() if "Secret" in str(field)]
    for name in secrets:
        monkeypatch.setenv(name.upper(), "marker-value")
    settings = Settings()
    assert secrets
    assert "marker-value" not in repr(settings) + str(settings) + settings.model_dump_json()
