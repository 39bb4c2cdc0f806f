"""`family-scheduler play`: what it prints and how it ends."""

import json
from pathlib import Path

import pytest

from bot.play.command import run

GOOD = """
name: a good one
clock: "2026-03-04 10:00"
timezone: America/New_York
family: {members: [{name: Anna, role: parent}]}
steps:
  - say: {as: Anna, text: "yoga tomorrow 7pm"}
  - expect: {contains: [yoga, Thu]}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_all_held(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "good.yaml", GOOD)
    assert run([path, path], as_json=True) == 0
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["name"], r["ok"], r["failures"]) for r in results] == 2 * [("a good one", True, [])]
    assert any("yoga" in line["text"] for line in results[0]["transcript"])


def test_one_did_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "bad.yaml", GOOD.replace("[yoga, Thu]", "[piano]"))
    assert run([path]) == 1
    printed = capsys.readouterr().out
    for part in ("FAIL  a good one", "✗ expect", "Anna: yoga tomorrow 7pm", "/piano/"):
        assert part in printed


def test_no_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path, "good.yaml", GOOD)
    bad = written(tmp_path, "bad.yaml", GOOD.replace("say:", "sing:"))
    assert run([good, bad]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "bad.yaml, step 1" in captured.err


def test_no_such_platform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([written(tmp_path, "good.yaml", GOOD)], platform="pigeon") == 2
    assert "pigeon" in capsys.readouterr().err


def test_a_rule_that_cannot_be_read_fails_the_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    family = "family: {members: [{name: Anna, role: parent}], rules: ['colourless green ideas']}"
    source = GOOD.replace("family: {members: [{name: Anna, role: parent}]}", family)
    assert run([written(tmp_path, "rules.yaml", source)]) == 1
    assert "colourless green ideas" in capsys.readouterr().out


def test_the_number_of_workers_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "good.yaml", GOOD)
    told = []
    for workers in (0, 1, 3):
        assert run([path], as_json=True, workers=workers) == 0
        told.append(json.loads(capsys.readouterr().out)["transcript"])
    assert told == [told[0]] * 3


@pytest.mark.parametrize(
    ("workers", "broker", "complaint"),
    [(0, "redis://127.0.0.1:1/0", "--workers"), (1, "redis://127.0.0.1:1/0", "no Redis answers")],
)
def test_no_such_broker(
    workers: int, broker: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "good.yaml", GOOD)
    assert run([path], workers=workers, broker=broker) == 2
    assert complaint in capsys.readouterr().err
