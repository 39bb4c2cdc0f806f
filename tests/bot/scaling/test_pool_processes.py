"""What a pool starts."""

from __future__ import annotations

import sys

import pytest

from bot.scaling import command


def test_its_workers_do_not_fight_for_one_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8080")
    looks = "import os, sys; sys.exit('PORT' in os.environ)"
    monkeypatch.setattr(command, "WORKER", (sys.executable, "-c", looks))
    assert command._start().wait() == 0
