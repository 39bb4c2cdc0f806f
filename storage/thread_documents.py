"""A thread's checkpoints as one JSON document, and back.

The document has two halves. `checkpoints` holds what LangGraph's serializer makes of each, in
base64, from which either engine's rows come back as they were; `readable` is for people.
"""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import UUID

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import CheckpointTuple

from storage.checkpoints import Checkpoints
from storage.copying_threads import put_checkpoint

FORMAT = 1


class UnreadableDocument(ValueError):
    """It is no document of a thread that this version reads."""


async def document_of(checkpoints: Checkpoints, thread_id: str, household_id: UUID) -> bytes | None:
    """The same bytes whenever it is asked for an unchanged thread. None: there is no such."""
    saver = checkpoints.saver()
    config = RunnableConfig(configurable={"thread_id": thread_id})
    found = [each async for each in saver.alist(config)]
    if not found:
        return None
    document = {
        "format": FORMAT,
        "household": str(household_id),
        "thread": thread_id,
        "readable": _readable(found[0]),
        # The oldest first, as they were made.
        "checkpoints": [_packed(saver.serde, each) for each in reversed(found)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


async def restore_document(checkpoints: Checkpoints, content: bytes) -> bool:
    """Write its thread into the database again; False, and nothing is done, if it is there.
    Raises UnreadableDocument."""
    document = _document(content)
    if await checkpoints.exists(document["thread"]):
        return False
    saver = checkpoints.saver()
    try:
        found = [
            _unpacked(saver.serde, document["thread"], each) for each in document["checkpoints"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableDocument("The document's checkpoints cannot be read.") from error
    for each in found:
        await put_checkpoint(checkpoints.saver(), each)
    return True


def _document(content: bytes) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(content)
        fits = document["format"] == FORMAT and {"thread", "checkpoints", "readable"} <= {*document}
    except (ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise UnreadableDocument("That is no archived thread of a version that is known here.")
    return document


def _readable(last: CheckpointTuple) -> dict[str, Any]:
    values = last.checkpoint["channel_values"]
    return {
        "at": last.checkpoint["ts"],
        **{
            name: value
            for name, value in values.items()
            if ":" not in name and not name.startswith("__") and _is_plain(value)
        },
    }


def _is_plain(value: object) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


def _packed(serde: Any, found: CheckpointTuple) -> dict[str, Any]:
    place = found.config["configurable"]
    parent = found.parent_config and found.parent_config["configurable"]["checkpoint_id"]
    return {
        "namespace": place["checkpoint_ns"],
        "id": place["checkpoint_id"],
        "parent": parent,
        "checkpoint": _typed(serde, found.checkpoint),
        "metadata": _typed(serde, found.metadata),
        "writes": [
            {"task": task, "channel": channel, **_typed(serde, value)}
            for task, channel, value in found.pending_writes or ()
        ],
    }


def _unpacked(serde: Any, thread_id: str, packed: dict[str, Any]) -> CheckpointTuple:
    place = {"thread_id": thread_id, "checkpoint_ns": packed["namespace"]}
    parent = packed["parent"]
    return CheckpointTuple(
        RunnableConfig(configurable={**place, "checkpoint_id": packed["id"]}),
        _value(serde, packed["checkpoint"]),
        _value(serde, packed["metadata"]),
        parent and RunnableConfig(configurable={**place, "checkpoint_id": parent}),
        [(each["task"], each["channel"], _value(serde, each)) for each in packed["writes"]],
    )


def _typed(serde: Any, value: object) -> dict[str, str]:
    kind, content = serde.dumps_typed(value)
    return {"type": kind, "base64": base64.b64encode(content).decode()}


def _value(serde: Any, typed: dict[str, str]) -> Any:
    return serde.loads_typed((typed["type"], base64.b64decode(typed["base64"])))
