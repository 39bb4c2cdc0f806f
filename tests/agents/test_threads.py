"""Threads: a crash anywhere goes on from there, a question outlives what comes between."""

from __future__ import annotations

import ast
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from agents import graph
from agents.state import Request
from agents.threads import Threads
from scheduling.proposals import Proposal
from tests.agents.home import (
    PowerCut,
    Recording,
    checkpoints_of,
    count,
    request,
    threads_on,
    threads_with,
)
from tests.bot.talk import MORNING, Talk, furnish, talking

BOOKING = "dentist for Mia tomorrow at 10, need the car"


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.fixture
async def talk(families: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    async with talking(f"sqlite:///{copy}") as opened:
        yield opened


async def undisturbed(talk: Talk, wanted: Request) -> Recording:
    """The request carried out in a single run, on a thread of its own."""
    watched = Recording(checkpoints_of(talk))
    await threads_on(talk.service, watched).begin(wanted, again=False)
    return watched


async def cut_and_again(talk: Talk, wanted: Request, at: int, after: bool) -> list[int] | None:
    """A run that dies at the saver's `at`-th call, then another one by a new process. The
    steps that one stored; None where the first had no such call."""
    dying = Recording(checkpoints_of(talk), at, after=after)
    try:
        await threads_on(talk.service, dying).begin(wanted, again=False)
    except PowerCut:
        reborn = Recording(checkpoints_of(talk))
        await threads_on(talk.service, reborn).begin(wanted, again=True)
        assert set(dying.stored).isdisjoint(reborn.stored)
        return dying.stored + reborn.stored
    return None


@pytest.mark.parametrize("after", [False, True], ids=["before it stored", "after it stored"])
async def test_a_crash_at_any_checkpoint_goes_on_at_the_next(talk: Talk, after: bool) -> None:
    whole = await undisturbed(talk, await request(talk, BOOKING))
    for done, at in enumerate(numbers(1), 2):
        wanted = await request(talk, f"errand{at} on March {9 + at} 2026 at 10:00")
        stored = await cut_and_again(talk, wanted, at, after)
        if stored is None:
            break
        assert stored == whole.stored
        assert await count(talk, "events") == await count(talk, "audit") == done
        assert await count(talk, "outbox") == done
    assert at > len(whole.stored), "every checkpoint was one of the places"


async def test_two_things_in_one_message_are_each_written_once(talk: Talk) -> None:
    done = 0
    for at in numbers(1):
        day = f"March {9 + at} 2026"
        wanted = await request(
            talk, f"dentist{at} for Mia {day} at 10, and chess for Leo {day} at 5pm"
        )
        stored = await cut_and_again(talk, wanted, at, after=False)
        if stored is None:
            break
        done += 2
        assert await count(talk, "audit") == await count(talk, "events") == done
        assert await count(talk, "outbox") == done
    assert at > 4


async def clash(talk: Talk) -> Proposal:
    """Ben wants the car that Anna has: the question, waiting."""
    await talk.say("market tomorrow at 10am for 1 hour, car")
    await talk.say("library tomorrow at 10am for 1 hour, car", "Ben")
    (found,) = await open_proposals(talk)
    return found


async def open_proposals(talk: Talk) -> list[Proposal]:
    async with talk.service.database.reader() as uow:
        (rivera, *_) = await uow.households.all_ids()
        return await uow.proposals.open_of_household(rivera)


async def waiting_at(threads: Threads, thread_id: str) -> tuple[str, ...]:
    config = {"configurable": {"thread_id": thread_id}}
    snapshot = await threads._with_saver().aget_state(config)
    found: tuple[str, ...] = snapshot.next
    return found


async def test_a_new_process_finds_the_question_where_it_was(talk: Talk) -> None:
    proposal = await clash(talk)
    assert await waiting_at(talk.service.turns.threads, proposal.thread_id) == ("decide",)
    threads = threads_on(talk.service, checkpoints_of(talk))
    again = await request(talk, "library tomorrow at 10am for 1 hour, car", "Ben")
    again["inbox_id"] = str(UUID(proposal.thread_id))
    shown = len(talk.heard)
    await threads.begin(again, again=True)
    await talk.service.settle()
    assert len(talk.heard) == shown
    assert await waiting_at(threads, proposal.thread_id) == ("decide",)
    await talk.tap("Approve 1")
    assert "library" in talk.heard[-1].text


async def test_other_messages_do_not_drop_the_question(talk: Talk) -> None:
    proposal = await clash(talk)
    await talk.say("dinner on Saturday at 7pm")
    await talk.say("what's on Saturday?", "Ben")
    await talk.say("haircut next month sometime", "Mia")
    assert proposal.id in [p.id for p in await open_proposals(talk)]
    await talk.tap("Approve 1", "Anna")
    assert any("library" in line for line in await talk.calendar())


async def test_the_winning_tap_again_does_nothing_more(talk: Talk) -> None:
    proposal = await clash(talk)
    await talk.tap("Approve 1")
    calendar, heard = await talk.calendar(), len(talk.heard)
    written = await count(talk, "audit")
    async with talk.service.database.reader() as uow:
        decided = await uow.proposals.get(proposal.household_id, proposal.id)
    assert decided is not None
    await reopen_row(talk, str(decided.decided_by))
    await talk.service.settle()
    assert not await talk.unfinished()
    assert (await talk.calendar(), len(talk.heard)) == (calendar, heard)
    assert await count(talk, "audit") == written


async def reopen_row(talk: Talk, inbox_id: str) -> None:
    """As if the process had died before it finished the row."""
    again = sa.text("UPDATE inbox SET state = 'waiting' WHERE replace(id, '-', '') = :id")
    async with talk.service.database.writing.begin() as connection:
        changed = await connection.execute(again, {"id": inbox_id.replace("-", "")})
        assert changed.rowcount == 1


async def test_what_was_decided_and_never_carried_out_is_swept_up(talk: Talk) -> None:
    proposal = await clash(talk)
    await decide_and_die(talk, proposal)
    async with talk.service.database.reader() as uow:
        found = await uow.proposals.decided_uncommitted(datetime.now(UTC) + timedelta(hours=1))
    assert [p.id for p in found] == [proposal.id]
    await talk.service.turns.sweep(found[0])
    await talk.service.settle()
    assert sum("library" in line for line in await talk.calendar()) == 1
    assert talk.heard[-1].text.startswith("✓ library")
    await talk.service.turns.sweep(found[0])
    assert sum("library" in line for line in await talk.calendar()) == 1
    async with talk.service.database.reader() as uow:
        late = datetime.now(UTC) + timedelta(hours=1)
        assert await uow.proposals.decided_uncommitted(late) == []


@pytest.mark.parametrize(
    ("before", "label", "heading"),
    [
        (["market tomorrow at 10am for 1 hour, car"], "Approve 1", "library does not fit"),
        ([], "6:30 PM", "What time is dinner"),
    ],
    ids=["a clash", "a question"],
)
async def test_what_was_given_up_stays_undone(
    talk: Talk, before: list[str], label: str, heading: str
) -> None:
    for words in before:
        await talk.say(words)
    await talk.say("library tomorrow at 10am for 1 hour, car" if before else "dinner tomorrow")
    booked = await talk.calendar()
    async with talk.broken():
        await talk.tap(label)
    assert "changed nothing" in talk.heard[-1].text
    card = [shown for shown in talk.messages.values() if heading in shown.text]
    assert "nothing was changed" in card[-1].text
    assert not card[-1].buttons
    late = datetime.now(UTC) + timedelta(hours=1)
    async with talk.service.database.reader() as uow:
        assert await uow.proposals.decided_uncommitted(late) == []
    await talk.tap(label, stale=True)
    assert "already settled" in talk.heard[-1].text
    await talk.wait_until(MORNING + timedelta(days=2))
    assert await talk.calendar() == booked


async def decide_and_die(talk: Talk, proposal: Proposal) -> None:
    """A tap that was answered, whose row then got lost."""
    inbox_id = (await request(talk, ""))["inbox_id"]
    async with talk.service.uow() as uow:
        household = await uow.households.get(proposal.household_id)
        anna = household.members[0].id
        assert await uow.proposals.decide(household.id, proposal.id, UUID(inbox_id), 0, anna)
        await uow.commit()


async def test_nothing_is_left_decided_when_the_world_has_changed(talk: Talk) -> None:
    proposal = await clash(talk)
    option = proposal.options[0]
    await talk.say("shopping tomorrow at 11am for 1 hour, car", "Anna")
    assert "11:00 AM" in option.label or "10:00" in option.label
    await talk.tap("Approve 1", "Anna", stale=True)
    assert "has changed since" in talk.heard[-1].text
    late = datetime.now(UTC) + timedelta(hours=1)
    async with talk.service.database.reader() as uow:
        assert await uow.proposals.decided_uncommitted(late) == []
    assert len(await open_proposals(talk)) == 1


async def test_a_finished_request_keeps_one_checkpoint_and_a_waiting_one_all(talk: Talk) -> None:
    await talk.say("market tomorrow at 10am for 1 hour, car")
    await talk.say("what's on tomorrow?")
    assert set((await threads_with(talk)).values()) == {1}
    await talk.say("library tomorrow at 10am for 1 hour, car", "Ben")
    (proposal,) = await open_proposals(talk)
    waiting = (await threads_with(talk))[proposal.thread_id]
    assert waiting > 1
    await talk.say("dinner on Saturday at 7pm")
    assert (await threads_with(talk))[proposal.thread_id] == waiting
    await talk.tap("Reject")
    assert set((await threads_with(talk)).values()) == {1}


async def test_what_a_dead_process_left_is_pruned_by_the_sweep(database_url: str) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    async with talking(database_url) as talk:
        proposal = await clash(talk)
        waiting = (await threads_with(talk))[proposal.thread_id]
        dead = threads_on(talk.service, checkpoints_of(talk))
        for day in (9, 10, 11):
            await dead.begin(await request(talk, f"errand on March {day} at 10:00"), again=False)
        threads = threads_on(talk.service, checkpoints_of(talk))
        assert await threads.sweep(datetime.now(UTC) - timedelta(hours=1)) == 0, (
            "they may still run"
        )
        assert await threads.sweep(later, most=2) == 2
        assert await threads.sweep(later) == 1
        found = await threads_with(talk)
        assert found.pop(proposal.thread_id) == waiting > 1, "it waits for an answer"
        assert set(found.values()) == {1}
        await talk.tap("Approve 1")
        assert any("library" in line for line in await talk.calendar())


async def test_a_question_nobody_answered_is_pruned_too(talk: Talk) -> None:
    await clash(talk)
    await talk.wait_until(MORNING + timedelta(days=2))
    assert await open_proposals(talk) == []
    assert set((await threads_with(talk)).values()) == {1}


def test_a_thread_waits_at_these_two_nodes_and_nowhere_else() -> None:
    """Threads of an older release wait at them: a name that is gone strands them."""
    asking = {"clarify", "decide"}
    folder = Path(graph.__file__).parent
    calling = {
        path.stem
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "interrupt"
    }
    assert calling == asking


async def test_they_are_nodes_of_the_graph(talk: Talk) -> None:
    nodes = set(threads_on(talk.service, checkpoints_of(talk))._graph.nodes)
    assert {"clarify", "decide"} <= nodes
