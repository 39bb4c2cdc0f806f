"""clarify: waits for the answer to a question about what was meant.

`interrupt()` comes first and nothing before it: on a resume the node runs again from its top.
"""

from __future__ import annotations

from langgraph.types import interrupt

from agents.state import ItemState, State, step


async def clarify(state: State) -> State:
    """Put the answer beside the item it was asked about, and let it be planned again."""
    answer = interrupt({"proposal": state["waiting"]})
    items = [
        _answered(item, answer) if index == answer["item"] else item
        for index, item in enumerate(state["items"])
    ]
    return State(items=items, waiting=None, asking=None, steps=[step("clarify", answer["told"])])


def _answered(item: ItemState, answer: dict[str, object]) -> ItemState:
    if answer["value"] is None or answer["value"] is False:
        return {**item, "status": "done"}
    answers = {**item["answers"], str(answer["slot"]): answer["value"]}
    return {**item, "answers": answers, "card": _card(answer)}


def _card(answer: dict[str, object]) -> str | None:
    card = answer.get("card")
    return str(card) if card else None
