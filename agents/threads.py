"""Starting, resuming and clearing away the threads of requests."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from langchain_core.runnables import RunnableConfig
from langgraph.types import Command

from agents.graph import Graph
from agents.state import GRAPH_VERSION, Request, State

log = logging.getLogger(__name__)

PAGE = 100
SWEPT = 1000
"""Threads pruned by one sweep at most; the next one goes on."""


class Checkpoints(Protocol):
    """Where threads are kept. `saver` gives one saver per run, over shared connections."""

    def saver(self) -> Any: ...
    async def exists(self, thread_id: str) -> bool: ...
    async def prune(self, thread_id: str) -> None:
        """Keep the last checkpoint only."""

    async def unpruned(
        self, before: datetime, beyond: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        """Threads with more than one checkpoint, the last of them older than `before`: each with
        that one's id, the oldest first, beyond the id `beyond`."""

    async def delete(self, thread_id: str) -> None: ...


class Threads:
    """One thread per request. `durability="sync"`: a step is on disk before the next begins."""

    def __init__(self, graph: Graph, checkpoints: Checkpoints) -> None:
        self._graph = graph
        self._checkpoints = checkpoints
        self._finished: list[str] = []

    async def begin(self, request: Request, *, again: bool) -> State:
        """Run a request until it ends or waits. again: it may have begun before a crash; then
        it goes on from its last checkpoint, whatever `next` says there. Returns how it stands."""
        thread_id = UUID(request["inbox_id"]).hex
        known = again and await self._checkpoints.exists(thread_id)
        state = State(graph_version=GRAPH_VERSION, request=request, steps=[])
        return await self._run(thread_id, None if known else state)

    async def resume(self, thread_id: str, proposal_id: UUID, answer: dict[str, Any]) -> State:
        """Give a waiting thread its answer, by interrupt id. A thread that does not wait for
        that proposal any more only finishes what a crash cut short: an empty `next` does not
        mean that it is finished, its last node's writes may lack their checkpoint."""
        graph = self._with_saver()
        snapshot = await graph.aget_state(_config(thread_id))
        pending = [i for task in snapshot.tasks for i in task.interrupts]
        waits = snapshot.values.get("waiting") == str(proposal_id) and snapshot.next
        if waits and pending:
            return await self._run(thread_id, Command(resume={pending[0].id: answer}))
        return await self._run(thread_id, None)

    async def _run(self, thread_id: str, given: Any) -> State:
        graph = self._with_saver()
        found = await graph.ainvoke(given, _config(thread_id), durability="sync")
        state: State = found or State()
        if not state.get("waiting"):
            self._finished.append(thread_id)
        return state

    def _with_saver(self) -> Any:
        return self._graph.copy({"checkpointer": self._checkpoints.saver()})

    async def tidy(self) -> None:
        """Cut finished threads down to their last checkpoint."""
        finished, self._finished = self._finished, []
        for thread_id in finished:
            await self._checkpoints.prune(thread_id)

    async def sweep(self, before: datetime, most: int = SWEPT) -> int:
        """Prune what was finished by a process that died before it was tidy; how many threads.
        before: machine time; one that was busy later may still be running."""
        pruned, beyond = 0, ""
        while page := await self._checkpoints.unpruned(before, beyond, PAGE):
            beyond = page[-1][1]
            for thread_id, _ in page:
                if pruned == most:
                    return pruned
                if not await self.waits(thread_id):
                    await self._checkpoints.prune(thread_id)
                    pruned += 1
        return pruned

    async def waits(self, thread_id: str) -> bool:
        """For an answer, or for a decision to be carried out; also when that cannot be told."""
        try:
            snapshot = await self._with_saver().aget_state(_config(thread_id))
        # One that an older version wrote may be unreadable; it is left as it is.
        except Exception:
            log.exception("thread %s cannot be read", thread_id)
            return True
        return bool(snapshot.values.get("waiting") or snapshot.interrupts)

    async def delete(self, thread_ids: list[str]) -> None:
        for thread_id in thread_ids:
            await self._checkpoints.delete(thread_id)


def _config(thread_id: str) -> RunnableConfig:
    return RunnableConfig(configurable={"thread_id": thread_id}, recursion_limit=100)
