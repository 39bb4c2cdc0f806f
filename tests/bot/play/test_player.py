"""The player's own semantics, against a service of a few lines."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Never

import pytest

from bot.console import codec
from bot.console.sender import Shown
from bot.play.console_chats import ConsoleChats
from bot.play.player import Player
from bot.play.process import Crashed
from bot.play.reading import parse_script
from bot.play.report import Result
from scheduling.messages import Button, Inbound, TapAnswer
from scheduling.ports import UnitOfWork


class Parrot:
    """Repeats what it hears when it settles; "in N" makes it speak again N minutes later.

    Its memory is what a database would be: it outlives stops and kills. crashes: how many of
    the next orders it dies of.
    """

    def __init__(self, chats: ConsoleChats, crashes: int = 0) -> None:
        self._chats = chats
        self._crashes = crashes
        self._now = datetime.min.replace(tzinfo=UTC)
        self._seen: set[str] = set()
        self._unsaid: list[Inbound] = []
        self._due: list[datetime] = []
        self._said = 0
        self.log: list[str] = []

    async def start(self, now: datetime) -> None:
        self._now = now
        self.log.append("start")

    async def stop(self) -> None:
        self.log.append("stop")

    async def kill(self) -> None:
        self.log.append("kill")

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        self._maybe_crash()
        if inbound.key not in self._seen:
            self._seen.add(inbound.key)
            self._unsaid.append(inbound)
        return TapAnswer("Tapped!") if inbound.kind == "tap" else None

    async def set_clock(self, now: datetime) -> None:
        self._now = now

    async def settle(self) -> None:
        self._maybe_crash()
        for inbound in self._unsaid:
            if inbound.kind != "tap" and inbound.addressed:
                self._hear(inbound)
        self._unsaid.clear()
        for due in [d for d in self._due if d <= self._now]:
            self._due.remove(due)
            self._say(f"It is {due:%H:%M}", codec.chat().external_id)

    async def next_due(self) -> datetime | None:
        return min(self._due, default=None)

    async def watch(self) -> Never:
        await asyncio.Event().wait()
        raise AssertionError

    def _hear(self, inbound: Inbound) -> None:
        word, _, minutes = inbound.text.partition("in ")
        if not word and minutes.isdigit():
            self._due.append(self._now + timedelta(minutes=int(minutes)))
        self._say(f"You said {inbound.text}", inbound.chat.external_id)

    def _say(self, text: str, chat: str) -> None:
        self._said += 1
        ref = f"r{self._said}"
        where = codec.private_chat(chat[8:]) if chat.startswith("private:") else codec.chat(chat)
        self._chats.show(Shown(ref, where, text, ((Button("Undo", ref),),)))

    def _maybe_crash(self) -> None:
        if self._crashes:
            self._crashes -= 1
            raise Crashed("before settle")


def no_database() -> UnitOfWork:
    raise AssertionError("these scripts look at no calendar")


async def play(steps: str, *, crashes: int = 0, recovering: bool = False) -> tuple[Result, Parrot]:
    source = f'name: x\nclock: "2026-03-04 10:00"\ntimezone: UTC\nsteps:\n{steps}'
    script = parse_script(source, "x.yaml")
    chats = ConsoleChats()
    parrot = Parrot(chats, crashes)

    async def restart(crash: Crashed, now: datetime) -> None:
        await parrot.start(now)

    player = Player(script, chats, parrot, no_database, restart if recovering else None)
    await player.play()
    return player.report.result, parrot


HOLD = {
    "an answer": """
  - say: {as: Anna, text: hello}
  - expect: {contains: ["you said hello"], count: 1, buttons: ["undo"]}
""",
    "what was shown is said again": """
  - say: {as: Anna, text: "code 1234"}
  - expect: {contains: ["code (?P<code>[0-9]+)"]}
  - say: {as: Ben, text: "{code}, not {this}"}
  - expect: {contains: ["you said 1234, not [{]this[}]"]}
""",
    "since the last that was said": """
  - say: {as: Anna, text: hello}
  - say: {as: Anna, text: world}
  - expect: {contains: ["world"], not_contains: ["hello"], count: 1}
""",
    "expectations do not use anything up": """
  - say: {as: Anna, text: hello}
  - expect: {contains: ["hello"]}
  - expect: {contains: ["hello"]}
""",
    "unaddressed talk": """
  - say: {as: Anna, text: hello, addressed: false}
  - expect_silence: true
""",
    "a private chat": """
  - say: {as: Anna, text: hello, private: true}
  - expect: {contains: ["hello"], to: Anna}
  - expect: {not_contains: ["hello"], to: family, count: 0}
""",
    "time moves, in order and on time": """
  - say: {as: Anna, text: in 30}
  - say: {as: Anna, text: in 10}
  - advance: 9m
  - expect_silence: true
  - advance: 1h
  - expect: {contains: ["10:10", "10:30"], count: 2}
""",
    "what falls due while it is down comes at the start": """
  - say: {as: Anna, text: in 30}
  - stop: true
  - advance: 1h
  - expect_silence: true
  - start: true
  - expect: {contains: ["10:30"], count: 1}
""",
    "what is said while it is down waits": """
  - stop: true
  - say: {as: Anna, text: hello}
  - say: {as: Ben, text: world}
  - expect_silence: true
  - start: true
  - expect: {contains: ["hello", "world"], count: 2}
""",
    "the same update twice": """
  - say: {as: Anna, text: hello, update_id: 5}
  - say: {as: Anna, text: hello, update_id: 5}
  - expect_silence: true
""",
    "a tap is answered to the tapper": """
  - say: {as: Anna, text: hello}
  - tap: {as: Ben, button: undo}
  - expect: {contains: ["tapped"], to: Ben, count: 1}
  - expect: {not_contains: ["tapped"], to: Anna}
""",
    "a reply": """
  - say: {as: Anna, text: hello}
  - say: {as: Anna, text: world, reply_to: "said hello"}
  - expect: {contains: ["world"]}
""",
}


@pytest.mark.parametrize("steps", HOLD.values(), ids=HOLD.keys())
async def test_scripts_that_hold(steps: str) -> None:
    result, _ = await play(steps)
    assert result.failures == []
    assert result.ok


FAIL = {
    "wrong words": ("  - say: {as: Anna, text: hello}\n  - expect: {contains: [bye]}", 2),
    "no such button": ("  - say: {as: Anna, text: hello}\n  - tap: {as: Ben, button: approve}", 2),
    "another's private button": (
        "  - say: {as: Anna, text: hello, private: true}\n  - tap: {as: Ben, button: undo}",
        2,
    ),
    "no message to reply to": ("  - say: {as: Anna, text: hello, reply_to: nothing}", 1),
    "no message to edit": ("  - edit: {as: Anna, message: nothing, text: hello}", 1),
    "not silent": ("  - say: {as: Anna, text: hello}\n  - expect_silence: true", 2),
}


@pytest.mark.parametrize(("steps", "step"), FAIL.values(), ids=FAIL.keys())
async def test_scripts_that_fail(steps: str, step: int) -> None:
    result, _ = await play(steps)
    assert [failure.step for failure in result.failures] == [step]


async def test_one_failure_does_not_end_the_play() -> None:
    result, _ = await play(
        "  - say: {as: Anna, text: hello}\n"
        "  - expect: {contains: [bye]}\n"
        "  - expect: {contains: [hello], count: 2}\n"
    )
    assert [failure.step for failure in result.failures] == [2, 3]


async def test_a_service_that_dies_is_a_failure() -> None:
    result, _ = await play("  - say: {as: Anna, text: hello}", crashes=1)
    assert "died" in result.failures[0].got


async def test_where_crashes_are_part_of_the_play_it_goes_on() -> None:
    steps = "  - say: {as: Anna, text: hello}\n  - expect: {contains: [hello], count: 1}"
    for crashes in (1, 2, 3):
        result, parrot = await play(steps, crashes=crashes, recovering=True)
        assert result.ok, result.failures
        assert parrot.log.count("start") == crashes + 1


async def test_the_service_is_stopped_at_the_end() -> None:
    _, parrot = await play("  - restart: kill")
    assert parrot.log == ["start", "kill", "start", "stop"]


async def test_the_transcript_can_be_read_and_the_verdict_parsed() -> None:
    result, _ = await play("  - say: {as: Anna, text: hello}\n  - expect: {contains: [bye]}")
    shown = result.as_json()
    assert set(shown) == {"name", "ok", "failures", "transcript"}
    assert shown["failures"] == [
        {"step": 2, "expected": "text matching /bye/", "got": "You said hello"}
    ]
    text = "\n".join(result.as_text())
    for part in ("FAIL  x", "Anna: hello", "bot: You said hello [Undo]", "✗", "/bye/"):
        assert part in text
