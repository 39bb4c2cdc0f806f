"""What the agents found, kept for one who asks how it went: a program, not a family."""

from __future__ import annotations

from uuid import UUID

from agents.state import State
from scheduling.ports import UnitOfWorkFactory


async def trace(uow_factory: UnitOfWorkFactory, state: State) -> None:
    """Keep the steps of a request that was begun to be traced; nothing of any other."""
    request = state.get("request")
    if request is None or not request.get("traced"):
        return
    async with uow_factory() as uow:
        ids = UUID(request["household_id"]), UUID(request["inbox_id"])
        await uow.tasks.trace(*ids, [dict(step) for step in state["steps"]])
        await uow.commit()
