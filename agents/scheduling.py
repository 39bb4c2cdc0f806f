"""scheduling: from what was asked to edits of the calendar, or to the one missing question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from agents.actions import resources, rules
from agents.actions.ask import ask
from agents.actions.undo import undo_latest
from agents.conflict_detection import detect
from agents.jsonable import edits_to_json, intent_from_json
from agents.nl_parser import focus_of
from agents.planning.cancel import plan_cancel
from agents.planning.change import plan_change
from agents.planning.create import plan_create, plan_remind
from agents.planning.item import Item
from agents.planning.move import plan_move
from agents.planning.offers import instead, offered
from agents.planning.sense import nonsense, senseless
from agents.query import answer_query
from agents.readiness import Ask, Plan, Ready, Say
from agents.resolution import resolve
from agents.resource_manager import preferred_things, unknown_things, with_new_things
from agents.scene import Scene
from agents.state import ItemState, Request, State, Step, Tools, step
from scheduling.errors import SchedulingError
from scheduling.language.readings import (
    Cancel,
    Change,
    Constraint,
    Create,
    Intent,
    Move,
    Query,
    Remind,
    Resource,
    Undo,
)

_BY_INTENT: dict[type, Any] = {
    Create: plan_create,
    Remind: plan_remind,
    Move: plan_move,
    Change: plan_change,
    Cancel: plan_cancel,
}


async def scheduling(state: State, tools: Tools) -> State:
    """Plan every item that is still new.

    What is ready goes on to `commit` first; only when nothing is, the first open question is
    put to the family, so that one unclear plan does not hold up the clear ones.
    """
    request = state["request"]
    items, steps = list(state["items"]), []
    questions: list[tuple[int, Ask]] = []
    async with tools.uow() as uow:
        scene = await tools.scene(uow, request)
        for index, item in enumerate(items):
            if item["status"] != "new":
                continue
            outcome = await plan(item, index, request, scene)
            steps.append(_step(outcome))
            if isinstance(outcome, Ask):
                questions.append((index, outcome))
            else:
                items[index] = await _settled(item, index, outcome, scene)
        waiting, asking = None, None
        if questions and not any(i["status"] == "ready" for i in items):
            index, question = questions[0]
            items[index] = {**items[index], "round": items[index]["round"] + 1}
            waiting = await ask(scene, question, items[index], index)
            asking = "clarify" if question.kind == "question" else "decide"
        await uow.commit()
    return State(items=items, waiting=waiting, asking=asking, steps=steps)  # type: ignore[typeddict-item]


async def plan(item: ItemState, index: int, request: Request, scene: Scene) -> Plan:
    """What one item comes to, clashes included. Errors of the family's tree become words."""
    intent = intent_from_json(item["intent"])
    wanted = Item(
        scene, index, request["text"], item["answers"], await focus_of(scene, request["about"])
    )
    try:
        outcome = await _plan(intent, wanted)
    except SchedulingError as error:
        outcome = Say(str(error))
    if request["instead_of"] and isinstance(outcome, Ready | Ask):
        return await instead(outcome, UUID(request["instead_of"]), wanted)
    return offered(outcome) if request["offer"] else outcome


async def _plan(intent: Intent, item: Item) -> Plan:
    asked = unknown_things(intent, item)
    if asked is not None:
        return asked
    intent, item = await with_new_things(intent, item)
    if isinstance(intent, Query):
        return await answer_query(intent, item)
    if isinstance(intent, Constraint):
        return await rules.say_rule(item.scene, intent, item.index)
    if isinstance(intent, Undo):
        await undo_latest(item.scene)
        return Say("")
    if isinstance(intent, Resource):
        return await resources.say_resource(item.scene, intent, item.index)
    planner = _BY_INTENT.get(type(intent))
    if planner is None:
        return Say("There is nothing open to decide here.")
    refused = nonsense(intent, item.text)
    if refused is not None:
        return Say(refused)
    outcome: Plan = await planner(intent, item)
    if not isinstance(outcome, Ready):
        return outcome
    outcome = await preferred_things(outcome, item)
    return await _checked(outcome, item) if isinstance(outcome, Ready) else outcome


async def _checked(ready: Ready, item: Item) -> Plan:
    findings = await detect(item.scene, ready.edits)
    refused = senseless(findings.draft)
    if refused is not None:
        return refused
    if not findings.conflicts:
        return ready
    return await resolve(findings, ready.edits, item)


async def _settled(item: ItemState, index: int, outcome: Ready | Say, scene: Scene) -> ItemState:
    if isinstance(outcome, Say):
        if outcome.text:
            await scene.say(
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
    }


def _step(outcome: Plan) -> Step:
    if isinstance(outcome, Ask):
        return step("scheduling", outcome.text, outcome.confidence, outcome.reasoning)
    if isinstance(outcome, Say):
        return step("scheduling", outcome.text, outcome.confidence)
    return step(
        "scheduling", f"{len(outcome.edits)} edits, no clash", outcome.confidence, outcome.reasoning
    )
