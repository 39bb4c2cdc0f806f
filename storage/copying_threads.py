"""Copying LangGraph's threads through its savers, so that what waits can be resumed there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import CheckpointTuple

from storage.checkpoints import open_checkpoints


def copy_threads(
    source: str, destination: str, thread_ids: Sequence[str], done: Callable[[], None]
) -> None:
    """Safe to repeat: a checkpoint that is there is written as it was. done: one thread is."""
    asyncio.run(_copy(source, destination, thread_ids, done))


async def _copy(
    source: str, destination: str, thread_ids: Sequence[str], done: Callable[[], None]
) -> None:
    async with open_checkpoints(source) as here, open_checkpoints(destination) as there:
        for thread_id in thread_ids:
            if await here.exists(thread_id):
                config = RunnableConfig(configurable={"thread_id": thread_id})
                found = [each async for each in here.saver().alist(config)]
                # The oldest first, as they were made.
                for checkpoint in reversed(found):
                    await put_checkpoint(there.saver(), checkpoint)
            done()


async def put_checkpoint(saver: Any, found: CheckpointTuple) -> None:
    """Write one as it was, with what its nodes wrote that a saver of ours keeps."""
    place = found.config["configurable"]
    parent = found.parent_config["configurable"]["checkpoint_id"] if found.parent_config else None
    before = {"thread_id": place["thread_id"], "checkpoint_ns": place["checkpoint_ns"]}
    if parent is not None:
        before["checkpoint_id"] = parent
    # Every channel counts as new: that is how a saver that keeps them apart is given all of them.
    versions = found.checkpoint["channel_versions"]
    config = await saver.aput(
        RunnableConfig(configurable=before), found.checkpoint, found.metadata, versions
    )
    writes: dict[str, list[tuple[str, Any]]] = {}
    for task_id, channel, value in found.pending_writes or ():
        writes.setdefault(task_id, []).append((channel, value))
    for task_id, values in writes.items():
        await saver.aput_writes(config, values, task_id)
