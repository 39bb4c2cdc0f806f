"""The commands of docs/recovery.md, run in its order on a database that is lost in between."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from bot.backup.folder import Folder
from tests.bot.backup.conftest import Run
from tests.bot.backup.test_backup_restore import held, lose
from tests.house.sources import shell_blocks
from tests.storage.samples import family
from tests.storage.test_copying import fill

PAGE = Path("docs/recovery.md")


def commands() -> list[list[str]]:
    words = [shlex.split(line) for line in shell_blocks(PAGE)]
    return [each[1:] for each in words if each[0].endswith("family-scheduler")]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's folders are named from where one stands."""
    monkeypatch.chdir(tmp_path)


def test_the_page_in_its_order(database_url: str, run: Run, tmp_path: Path) -> None:
    fill(database_url, family("-1"))
    shown = [each for each in commands() if not {"--base", "--at"} & set(each)]
    assert [each[0] for each in shown] == ["backup", "backup", "restore", "restore", "migrate"]
    for words in shown:
        if words[0] == "restore" and "--force" not in words:
            lose(database_url)
        run(database_url, *words)
    (saved,) = Folder(tmp_path / "backups").all()
    assert held(database_url) == list(saved.tables)
