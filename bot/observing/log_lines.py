"""Log lines about the work itself, and what every line logged during it is about."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from structlog.contextvars import bound_contextvars

from bot.logs import TRACE
from scheduling.watching import DONE, FAILED, Kind, Stretch

log = logging.getLogger("family_scheduler")

_BEGINS = {Kind.TURN: "Agent workflow started", Kind.RECEIVED: "Request received"}
_ENDS = {
    Kind.TURN: (logging.INFO, "Agent workflow ended"),
    Kind.AGENT: (logging.DEBUG, "Agent ended"),
    Kind.MODEL_CALL: (logging.INFO, "Model call ended"),
    Kind.DELIVERY: (logging.INFO, "Delivery ended"),
    Kind.CHORE: (logging.INFO, "Chore ended"),
}
ORCHESTRATOR = "orchestrator"
"""The agent whose line it is while no other one works."""


class LogLines:
    """Implements `scheduling.watching.Watcher`."""

    @contextmanager
    def during(self, stretch: Stretch) -> Iterator[None]:
        with bound_contextvars(**_about(stretch)):
            if stretch.kind in _BEGINS:
                log.info(_BEGINS[stretch.kind])
            began = monotonic()
            try:
                yield
            finally:
                _ended(stretch, monotonic() - began)


def _ended(stretch: Stretch, seconds: float) -> None:
    if stretch.kind not in _ENDS:
        return
    level, sentence = _ENDS[stretch.kind]
    if stretch.outcome not in (DONE, FAILED):
        level = max(level, logging.INFO)
    told: dict[str, Any] = {"outcome": stretch.outcome, "seconds": round(seconds, 3)}
    if stretch.kind is Kind.MODEL_CALL:
        used = stretch.amounts
        told |= {"tokens_in": used.get("in", 0), "tokens_out": used.get("out", 0)}
    log.log(level, sentence, extra=told)


def _about(stretch: Stretch) -> dict[str, str]:
    about = dict(stretch.facts)
    if stretch.request is not None:
        about[TRACE] = stretch.request.hex
    match stretch.kind:
        case Kind.AGENT | Kind.MODEL_CALL:
            about["agent"] = stretch.name
        case Kind.TURN:
            about |= {"agent": ORCHESTRATOR, "what": stretch.name}
        case Kind.RECEIVED | Kind.DELIVERY:
            about["platform"] = stretch.name
        case Kind.CHORE:
            about["chore"] = stretch.name
    return about
