"""A file is a script, or is refused with the place of what is wrong."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.play.reading import LARGEST, parse_script, read_script
from bot.play.script import (
    PLATFORMS,
    Edit,
    ExpectEvents,
    MoveClock,
    Restart,
    Say,
    ScriptError,
    Stop,
    Tap,
)

HEAD = """
name: a script
clock: "2026-03-04 10:00"
timezone: America/New_York
"""


def script(steps: str, head: str = HEAD) -> object:
    return parse_script(f"{head}steps:\n{steps}", "story.yaml")


def test_local_times_become_instants() -> None:
    found = parse_script(HEAD + 'steps: [{clock: "2026-03-08 12:00"}]', "story.yaml")
    assert found.clock == datetime(2026, 3, 4, 15, tzinfo=UTC)
    assert found.steps == (MoveClock(datetime(2026, 3, 8, 16, tzinfo=UTC)),)


def test_advancing_adds_up_over_the_change_of_clocks() -> None:
    found = parse_script(HEAD + "steps: [{advance: 4d}, {advance: 1h 30m}]", "story.yaml")
    last = found.steps[-1]
    assert isinstance(last, MoveClock)
    assert last.to == datetime(2026, 3, 8, 16, 30, tzinfo=UTC)


def test_a_family_with_everything() -> None:
    found = parse_script(
        HEAD
        + """
family:
  name: Rivera
  members:
    - {name: Anna, aliases: [Mom], role: parent}
    - {name: Rosa}
  resources:
    - {name: bikes, type: vehicle, capacity: 2}
  rules: ["no events after 20:00"]
  settings:
    default_duration: 90
    reminders: [60, 10]
    quiet_hours: "21:30-7:00"
    digest_daily: 7:15
    consent: everyone_affected
steps: [{expect_silence: true}]
""",
        "story.yaml",
    )
    assert found.family is not None
    assert [(m.name, m.role.value) for m in found.family.members] == [
        ("Anna", "parent"),
        ("Rosa", "other"),
    ]
    assert found.family.resources[0].capacity == 2
    settings = found.family.settings
    assert settings.quiet_hours == (time(21, 30), time(7))
    assert settings.digest_daily == time(7, 15)
    assert settings.reminders == (60, 10)
    assert settings.consent == "everyone_affected"


def test_steps_become_what_they_say() -> None:
    found = parse_script(
        HEAD
        + """
steps:
  - say: {as: Anna, text: hi, private: true, update_id: 7}
  - command: {as: Anna, text: /week}
  - edit: {as: Anna, message: hi, text: ho}
  - tap: {as: Ben, button: undo, stale: true}
  - stop: kill
  - restart: true
  - expect_events: {between: ["2026-03-01", "2026-03-31"], include: [{start: "2026-03-07"}]}
""",
        "story.yaml",
    )
    say, command, edit, tap, stop, restart, events = found.steps
    assert isinstance(say, Say)
    assert (say.private, say.update_id) == (True, 7)
    assert isinstance(command, Say)
    assert command.command
    assert isinstance(edit, Edit)
    assert isinstance(tap, Tap)
    assert tap.stale
    assert (stop, restart) == (Stop(kill=True), Restart(kill=False))
    assert found.kills
    assert isinstance(events, ExpectEvents)
    assert not events.exactly
    assert events.events[0].start == date(2026, 3, 7)


REFUSED = {
    "no name": ("clock: x", "name is required|timezone is required"),
    "not yaml": ("name: [", "is not YAML"),
    "not a mapping": ("- a\n- b", "needs keys and values"),
    "empty": ("", "needs keys and values"),
    "unknown key": (HEAD + "colour: red\nsteps: [{start: true}]", "unknown key colour"),
    "unknown zone": (HEAD.replace("America/New_York", "Mars/Base"), "IANA zone"),
    "zone outside the database": (HEAD.replace("America/New_York", "../etc/passwd"), "IANA zone"),
    "no steps": (HEAD + "steps: []", "a list of steps"),
    "unknown step": (HEAD + "steps: [{sing: true}]", "step 1: needs one of .* not sing"),
    "two things in a step": (HEAD + "steps: [{start: true, stop: true}]", "step 1: needs one of"),
    "unknown key in a step": (
        HEAD + "steps: [{tap: {as: A, button: x, hard: true}}]",
        "step 1, tap: unknown key hard",
    ),
    "tap without a button": (HEAD + "steps: [{tap: {as: A}}]", "step 1, tap: button is required"),
    "say without a person": (HEAD + "steps: [{say: {text: hi}}]", "say: as is required"),
    "bad expression": (
        HEAD + "steps: [{start: true}, {expect: {contains: ['(']}}]",
        "step 2, expect, contains: bad expression",
    ),
    "time goes back": (HEAD + 'steps: [{clock: "2026-03-03 10:00"}]', "time cannot go back"),
    "no length": (HEAD + "steps: [{advance: soon}]", 'a length such as "2h"'),
    "length of nothing": (HEAD + "steps: [{advance: 0h}]", 'a length such as "2h"'),
    "both kinds of events": (
        HEAD
        + "steps: [{expect_events: {between: ['2026-03-01', '2026-03-02'], are: [], include: []}}]",
        "either `are` or `include`",
    ),
    "days out of order": (
        HEAD + "steps: [{expect_events: {between: ['2026-03-02', '2026-03-01'], are: []}}]",
        "days in order",
    ),
    "a name twice": (
        HEAD
        + "family: {members: [{name: Anna}, {name: Mom, aliases: [anna]}]}\nsteps: [{start: true}]",
        "family, members: anna twice",
    ),
    "unknown role": (
        HEAD + "family: {members: [{name: Anna, role: king}]}\nsteps: [{start: true}]",
        "one of parent, child, other",
    ),
    "unknown setting": (
        HEAD + "family: {settings: {volume: 3}}\nsteps: [{start: true}]",
        "settings: unknown key volume",
    ),
    "no such file": (
        HEAD + "steps: [{say: {as: A, text: x, file: nowhere.ics}}]",
        "beside the script",
    ),
    "not a command": (HEAD + "steps: [{command: {as: A, text: week}}]", "a command such as"),
    "a platform nobody has": (
        HEAD + "other_platforms: [fax]\nsteps: [{start: true}]",
        "other_platforms: needs fewer than . of console, telegram.*, not .fax",
    ),
    "every platform is another one": (
        HEAD + f"other_platforms: [{', '.join(PLATFORMS)}]\nsteps: [{{start: true}}]",
        "other_platforms: needs fewer than",
    ),
    "a platform the head does not name": (
        HEAD + "other_platforms: [telegram]\nsteps: [{say: {as: A, text: x, platform: fax}}]",
        "step 1, say, platform: needs telegram, not .fax",
    ),
    "a platform where one is in play": (
        HEAD + "steps: [{tap: {as: A, button: x, platform: telegram}}]",
        "tap, platform: needs other_platforms at the head",
    ),
    "a page of nobody": (HEAD + "steps: [{expect: {page: home}}]", "page needs `to`"),
    "a form filled in and closed": (
        HEAD + "steps: [{form: {as: A, fill: {What: x}, cancel: true}}]",
        "either `fill` or `cancel`",
    ),
    "a form of nothing": (HEAD + "steps: [{form: {as: A, fill: x}}]", "fields and what"),
    "only on what there is not": (
        "platform: fax\n" + HEAD + "steps: [{start: true}]",
        "platform: needs one of",
    ),
    "a model of nobody's": (
        HEAD + "model: {provider: acme}\nsteps: [{start: true}]",
        "model, provider: needs one of openai, anthropic",
    ),
    "a model that fails in a new way": (
        HEAD + "model: {replies: [{to: x, fault: bored}]}\nsteps: [{start: true}]",
        "replies 1, fault: needs one of",
    ),
    "what a model read is no list": (
        HEAD + "model: {replies: [{to: x, items: [piano]}]}\nsteps: [{start: true}]",
        "a list of what the model read",
    ),
    "silence is false": (HEAD + "steps: [{expect_silence: false}]", "needs true"),
}


@pytest.mark.parametrize(("source", "complaint"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_script_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(ScriptError, match=complaint):
        parse_script(source, "story.yaml")


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(ScriptError, match="larger than"):
        parse_script("#" * (LARGEST + 1), "story.yaml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=r"missing\.yaml"):
        read_script(tmp_path / "missing.yaml")


def test_every_script_of_the_suite_is_one() -> None:
    folder = Path(__file__).parents[2] / "scenarios"
    names = [read_script(path).name for path in sorted(folder.glob("*.yaml"))]
    assert len(names) >= 45
    assert len(set(names)) == len(names)
