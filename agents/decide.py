"""decide: waits until the family has chosen a way out, or none.

`interrupt()` comes first and nothing before it: on a resume the node runs again from its top.
"""

from __future__ import annotations

from langgraph.types import interrupt

from agents.state import ItemState, State, step


async def decide(state: State) -> State:
    """Take over the chosen option's edits; commit checks them against the calendar."""
    answer = interrupt({"proposal": state["waiting"]})
    items = [
        _decided(item, answer) if index == answer["item"] else item
        for index, item in enumerate(state["items"])
    ]
    return State(items=items, waiting=None, asking=None, steps=[step("decide", answer["told"])])


def _corrected(item: ItemState, answer: dict[str, object]) -> ItemState:
    """Neither yes nor no, but another time for what was asked: planned again with it."""
    answers = {**item["answers"], str(answer["slot"]): answer["value"]}
    return {**item, "status": "new", "answers": answers, "card": str(answer["card"]), "note": ""}


def _decided(item: ItemState, answer: dict[str, object]) -> ItemState:
    if isinstance(answer["value"], dict) and "text" in answer["value"]:
        return _corrected(item, answer)
    edits = answer["edits"]
    if not isinstance(edits, list) or not edits:
        return {**item, "status": "done"}
    allowed = answer["allowed"]
    assert isinstance(allowed, list)
    return {
        **item,
        "status": "ready",
        "edits": edits,
        "allowed": [*item["allowed"], *allowed],
        "card": str(answer["card"]),
        "note": str(answer["told"]),
    }
