"""The node in which a request is read and planned.

It runs the agents that cannot ask, because every node costs a checkpoint: nl_parser once, then
for each item scheduling, which calls query, resource_manager, conflict_detection and resolution.
"""

from __future__ import annotations

from agents.actions.ask import ask
from agents.actions.edited import booking_of
from agents.edits_json import edits_to_json
from agents.jsonable import intent_from_json
from agents.nl_parser import focus_of, nl_parser
from agents.planning.item import Item
from agents.planning.people import names_of
from agents.readiness import Ask, Plan, Ready, Say
from agents.scene import Scene
from agents.scheduling import scheduling
from agents.state import ItemState, State, Step, Tools, step
from scheduling.language.tongues.english import englished
from scheduling.ports import Focus


async def plan(state: State, tools: Tools) -> State:
    """Read the message, if that has not been done, and plan every item that is still new.

    What is ready goes on to `commit` first; only when nothing is, the first open question is
    put to the family, so that one unclear plan does not hold up the clear ones.
    """
    request = state["request"]
    unread = "items" not in state
    # A model may think for seconds: no transaction is open meanwhile.
    worded = await tools.words(request, tools) if unread and tools.words is not None else ()
    async with tools.uow() as uow:
        scene = await tools.scene(uow, request)
        focus = await focus_of(scene, request["about"])
        text = englished(request["text"], names_of(scene))
        items, steps = list(state.get("items") or []), list[Step]()
        if unread:
            items, read = await nl_parser(scene, request, focus, worded)
            steps.append(read)
        question = None
        for index, item in enumerate(items):
            if item["status"] != "new":
                continue
            spoken = request.get("spoken", False)
            wanted = Item(scene, index, text, item["answers"], focus, spoken)
            outcome = await scheduling(intent_from_json(item["intent"]), wanted, request)
            steps.append(_step(outcome))
            if isinstance(outcome, Ask):
                question = question or (index, outcome)
            else:
                items[index] = await _settled(item, index, outcome, scene)
        update = State(items=items, waiting=None, asking=None, steps=steps)
        if question is not None and not any(i["status"] == "ready" for i in items):
            update |= await _opened(scene, items, *question)
        await uow.commit()
    return update


async def _opened(scene: Scene, items: list[ItemState], index: int, question: Ask) -> State:
    """Put the question to the family; the thread waits for it at the node of its kind."""
    asked = edits_to_json(question.edits) if question.kind == "clash" else []
    items[index] = {**items[index], "round": items[index]["round"] + 1, "asked": asked}
    waiting = await ask(scene, question, items[index], index)
    await _point(scene, items[index], index)
    return State(waiting=waiting, asking="clarify" if question.kind == "question" else "decide")


async def _point(scene: Scene, item: ItemState, index: int) -> None:
    """What "it" means from now on to the one who asked: what is not booked yet. It is on no
    calendar, but a word about it must not move something else."""
    if item["intent"]["kind"] == "create" and scene.member is not None:
        focus = Focus(booking_of(scene.request_id, index), None)
        await scene.uow.focuses.set(scene.household.id, scene.chat_id, scene.member.id, focus)


async def _settled(item: ItemState, index: int, outcome: Ready | Say, scene: Scene) -> ItemState:
    if isinstance(outcome, Say):
        if outcome.text:
            # An answer that replaces a question's card stands wherever the question stood.
            say = scene.tell if item["card"] else scene.say
            await say(
                outcome.text,
                name=f"item{index}:{item['round']}",
                heading=outcome.heading,
                card=item["card"],
            )
        return {**item, "status": "done"}
    return {
        **item,
        "status": "ready",
        "edits": edits_to_json(outcome.edits),
        "assumed": [a for a in outcome.assumed if a],
        "note": outcome.note or item["note"],
    }


def _step(outcome: Plan) -> Step:
    if isinstance(outcome, Ask):
        return step("scheduling", outcome.text, outcome.confidence, outcome.reasoning)
    if isinstance(outcome, Say):
        return step("scheduling", outcome.text, outcome.confidence)
    return step(
        "scheduling", f"{len(outcome.edits)} edits, no clash", outcome.confidence, outcome.reasoning
    )
