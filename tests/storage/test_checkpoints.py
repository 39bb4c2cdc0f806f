"""LangGraph's checkpoints in our database."""

from __future__ import annotations

import asyncio
import operator
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypedDict

import pytest
from sqlalchemy import text

from storage.checkpoints import Checkpoints, open_checkpoints
from storage.engine import Database

from langgraph.graph import END, START, StateGraph  # isort: skip  # after the strict setting
from langgraph.types import Command, interrupt  # isort: skip


class State(TypedDict):
    steps: Annotated[list[str], operator.add]


def first(state: State) -> dict[str, Any]:
    return {"steps": ["first"]}


def ask(state: State) -> dict[str, Any]:
    return {"steps": [interrupt("which?")]}


@pytest.fixture
async def checkpoints(database_url: str) -> AsyncIterator[Checkpoints]:
    async with open_checkpoints(database_url) as opened:
        yield opened


def graph(checkpoints: Checkpoints) -> Any:
    builder = StateGraph(State)
    builder.add_node("first", first)
    builder.add_node("ask", ask)
    builder.add_edge(START, "first")
    builder.add_edge("first", "ask")
    builder.add_edge("ask", END)
    return builder.compile(checkpointer=checkpoints.saver())


def thread(name: str) -> dict[str, Any]:
    return {"configurable": {"thread_id": name}}


async def begin(checkpoints: Checkpoints, name: str) -> None:
    await graph(checkpoints).ainvoke({"steps": []}, thread(name), durability="sync")


async def answer(checkpoints: Checkpoints, name: str) -> list[str]:
    resumed: Command[Any] = Command(resume="blue")
    state = await graph(checkpoints).ainvoke(resumed, thread(name), durability="sync")
    steps: list[str] = state["steps"]
    return steps


async def rows(database: Database, table: str, name: str) -> int:
    async with database.reading.connect() as connection:
        count = text(f"SELECT count(*) FROM {table} WHERE thread_id = :name")
        found: int = (await connection.execute(count, {"name": name})).scalar_one()
        return found


async def test_a_thread_waits_and_goes_on(database_url: str) -> None:
    async with open_checkpoints(database_url) as before:
        assert not await before.exists("a")
        await begin(before, "a")
        assert await before.exists("a")
    async with open_checkpoints(database_url) as after:
        assert await answer(after, "a") == ["first", "blue"]


async def test_a_finished_thread_keeps_its_last_checkpoint(
    checkpoints: Checkpoints, database: Database
) -> None:
    for name in ("a", "b"):
        await begin(checkpoints, name)
        await answer(checkpoints, name)
    kept = await graph(checkpoints).aget_state(thread("a"))
    await checkpoints.prune("a")
    assert await rows(database, "checkpoints", "a") == 1
    assert await rows(database, "checkpoints", "b") > 1
    found = await graph(checkpoints).aget_state(thread("a"))
    assert (found.values, found.next) == (kept.values, ())


async def test_a_deleted_thread_leaves_nothing(
    checkpoints: Checkpoints, database: Database
) -> None:
    for name in ("a", "b"):
        await begin(checkpoints, name)
    await checkpoints.delete("a")
    assert not await checkpoints.exists("a")
    assert await checkpoints.exists("b")
    extra = "writes" if database.dialect == "sqlite" else "checkpoint_writes"
    assert await rows(database, extra, "a") == 0


async def test_runs_beside_each_other_and_beside_the_domain(
    checkpoints: Checkpoints, database: Database
) -> None:
    async def domain() -> None:
        for _ in range(5):
            async with database.uow() as uow:
                await uow.households.all_ids()
                await uow.commit()

    names = [str(number) for number in range(6)]
    await asyncio.gather(domain(), *(begin(checkpoints, name) for name in names))
    done = await asyncio.gather(*(answer(checkpoints, name) for name in names))
    assert done == [["first", "blue"]] * len(names)


async def test_tables_are_not_made_on_the_way(tmp_path: Any) -> None:
    async with open_checkpoints(f"sqlite:///{tmp_path / 'empty.db'}") as empty:
        with pytest.raises(Exception, match="no such table"):
            await begin(empty, "a")


def test_only_plain_values_are_read_back() -> None:
    assert os.environ["LANGGRAPH_STRICT_MSGPACK"] == "true"


async def test_threads_with_more_than_their_last_checkpoint_the_oldest_first(
    checkpoints: Checkpoints,
) -> None:
    began = datetime.now(UTC)
    for name in ("z", "a", "m"):
        await begin(checkpoints, name)
        await answer(checkpoints, name)
    await checkpoints.prune("a")
    later = datetime.now(UTC) + timedelta(minutes=1)
    found = await checkpoints.unpruned(later, "", 9)
    assert [name for name, _ in found] == ["z", "m"]
    assert await checkpoints.unpruned(later, "", 1) == found[:1]
    assert await checkpoints.unpruned(later, found[0][1], 9) == found[1:]
    assert await checkpoints.unpruned(began, "", 9) == [], "they were busy later than that"
