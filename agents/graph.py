"""The whole flow of a request.

One thread per request, never per chat: a new message on a thread that waits at an interrupt
would drop the pending question without a word. A thread waits at `clarify` or `decide`, and
nowhere else; those two names are frozen, a new question is a new node.

Agents that cannot ask share the node `plan`, because every node costs a checkpoint.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.clarify import clarify
from agents.commit import commit
from agents.decide import decide
from agents.plan import plan
from agents.state import State, Tools

Graph = CompiledStateGraph[State, None, State, State]


def build_graph(tools: Tools) -> Graph:
    """The graph, compiled without a saver: each run brings its own."""
    graph = StateGraph(State)
    graph.add_node("plan", partial(plan, tools=tools))
    graph.add_node("clarify", clarify)
    graph.add_node("decide", decide)
    graph.add_node("commit", partial(commit, tools=tools))

    graph.add_edge(START, "plan")
    graph.add_conditional_edges("plan", _after_planning, ["commit", "clarify", "decide", END])
    graph.add_edge("clarify", "plan")
    graph.add_edge("decide", "commit")
    graph.add_conditional_edges("commit", _after_commit, ["plan", END])
    return graph.compile()


def _after_planning(state: State) -> str:
    if any(item["status"] == "ready" for item in state["items"]):
        return "commit"
    return state.get("asking") or END


def _after_commit(state: State) -> str:
    return "plan" if any(item["status"] == "new" for item in state["items"]) else END


def picture(graph: Any) -> str:
    """The graph as Mermaid text, for the documentation."""
    drawn: str = graph.get_graph().draw_mermaid()
    return drawn
