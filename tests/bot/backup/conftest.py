"""A folder of backups, and a command line that is told where all is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.backup.folder import Folder
from bot.cli import app
from scripts.servers import programs_folder
from storage.backup.programs import Programs

Run = Callable[..., str]


@pytest.fixture(scope="session")
def postgres_programs() -> str:
    """Where those of the tests' own server lie."""
    return programs_folder()


@pytest.fixture
def programs(postgres_programs: str) -> Programs:
    return Programs(postgres_programs)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "backups")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, folder: Folder, postgres_programs: str) -> Run:
    """`run(url, *words, code=0)`: what the command prints."""
    monkeypatch.setenv("BACKUP_DIR", str(folder.path))
    monkeypatch.setenv("POSTGRES_BIN_DIR", postgres_programs)

    def command(url: str, *words: str, code: int = 0) -> str:
        monkeypatch.setenv("DATABASE_URL", url)
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == code, result.output
        return result.output

    return command
