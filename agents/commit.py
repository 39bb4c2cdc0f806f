"""commit: writes what was planned, after checking it once more under the family's lock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from agents.actions.booking import book, close_proposal
from agents.conflict_detection import Findings, detect
from agents.edits_json import edits_from_json
from agents.scene import Scene
from agents.state import ItemState, State, Step, Tools, step
from scheduling.errors import SchedulingError
from scheduling.speech import N_, tr
from scheduling.watching import agent

ROOM = N_("But the time is free by now, so it is booked as first asked.")


@agent("commit")
async def commit(state: State, tools: Tools) -> State:
    """Carry out every ready item, each whole in a transaction of its own.

    If a new clash has appeared since it was planned, nothing is written and the item is
    planned again, with a note of what changed.
    """
    items, steps = list(state["items"]), []
    for index, item in enumerate(items):
        if item["status"] == "ready":
            async with tools.uow() as uow:
                # Ahead of reading the family, so that its rules are those of this moment.
                await uow.households.lock(UUID(state["request"]["household_id"]))
                scene = await tools.scene(uow, state["request"])
                items[index], done = await _carry_out(item, index, scene)
                steps.append(done)
                await uow.commit()
    return State(items=items, steps=steps)


async def _carry_out(item: ItemState, index: int, scene: Scene) -> tuple[ItemState, Step]:
    entry_id = scene.id(f"item{index}:entry")
    done: ItemState = {**item, "status": "done"}
    try:
        item, findings = await _checked(item, scene)
    except SchedulingError as error:
        if not await _was_done(scene, entry_id):
            await scene.tell(str(error), name=f"item{index}:gone", card=item["card"])
            await close_proposal(scene, item)
        return done, step("commit", str(error))
    if findings.conflicts and not await _was_done(scene, entry_id):
        await close_proposal(scene, item)
        return _again(item, findings), step("commit", "the calendar has changed: asked again")
    written = await book(scene, findings.draft, item, index, entry_id)
    return done, step("commit", "written" if written else "was written before a restart")


async def _checked(item: ItemState, scene: Scene) -> tuple[ItemState, Findings]:
    """What is to be done, against the calendar as it is now. Nobody's event moves to make room
    where there is room meanwhile: then it is done as it was asked for. Raises Stale."""
    # A thread that waited since before there was such a key has none.
    asked = item.get("asked")
    if asked:
        as_asked = await _if_free(asked, scene)
        if as_asked is not None:
            note = f"{item['note']} {tr(ROOM)}"
            return {**item, "edits": asked, "allowed": [], "note": note}, as_asked
    allowed = [UUID(i) for i in item["allowed"]]
    return item, await detect(scene, edits_from_json(item["edits"]), allowed)


async def _if_free(asked: list[dict[str, Any]], scene: Scene) -> Findings | None:
    try:
        findings = await detect(scene, edits_from_json(asked))
    except SchedulingError:
        return None
    return None if findings.conflicts else findings


async def _was_done(scene: Scene, entry_id: UUID) -> bool:
    """Whether an earlier run of this node, cut off after its commit, has done it already."""
    return await scene.uow.audit.get(scene.household.id, entry_id) is not None


def _again(item: ItemState, findings: Findings) -> ItemState:
    # What stands in the way now is said by the question that follows.
    changed = tr("The calendar has changed since.")
    return {**item, "status": "new", "edits": [], "asked": [], "allowed": [], "note": changed}
