"""How a task stands, from what its request has left in the database."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bot.http.api.asking import task_url
from bot.http.api.views import (
    Result,
    StepView,
    TaskStatus,
    TaskView,
    asked_view,
    conflict_view,
    event_view,
)
from scheduling.events import Event, Status
from scheduling.messages import Outgoing
from scheduling.ports import UnitOfWork
from scheduling.proposals import Proposal, ProposalState
from scheduling.tasks import TaskRow

CONFIRMED = "Event confirmed!"
"""How the message of a task begins that has put something on the calendar."""


async def task_view(uow: UnitOfWork, household_id: UUID, task_id: UUID, row: TaskRow) -> TaskView:
    """The events in it are as they are now."""
    status = _status(row)
    result = None
    if status in ("complete", "awaiting_user", "failed"):
        result = _result(row, await _events(uow, household_id, row))
    return TaskView(task_id=task_id, status=status, status_url=task_url(task_id), result=result)


def open_question(row: TaskRow) -> Proposal | None:
    """The newest that waits for somebody."""
    return next((p for p in reversed(row.proposals) if p.state is ProposalState.OPEN), None)


def _status(row: TaskRow) -> TaskStatus:
    if row.state == "failed":
        return "failed"
    if row.state == "waiting":
        return "processing" if row.attempts else "pending"
    if open_question(row) is not None:
        return "awaiting_user"
    # Chosen, and being carried out.
    begun = any(p.state is ProposalState.DECIDED for p in row.proposals)
    return "processing" if begun else "complete"


def _result(row: TaskRow, events: Sequence[Event]) -> Result:
    question = open_question(row)
    asked = asked_view(question) if question else None
    stands = any(event.status is not Status.CANCELLED for event in events)
    message = "\n".join(_words(said) for said in row.said if _is_of(said, row))
    return Result(
        event_id=events[0].id if events else None,
        message=f"{CONFIRMED} {message}" if stands else message,
        event=event_view(events[0]) if events else None,
        event_ids=[event.id for event in events],
        conflicts=[conflict_view(c) for c in row.conflicts],
        proposed_resolutions=asked.options if asked else [],
        asked=asked,
        explanation=" ".join(str(s["explanation"]) for s in row.steps if s["explanation"]),
        workflow_steps=[StepView.model_validate(dict(step)) for step in row.steps],
    )


async def _events(uow: UnitOfWork, household_id: UUID, row: TaskRow) -> list[Event]:
    changed = [after for e in row.entries for _, after in e.changes if after is not None]
    known = {e.id: e for e in await uow.events.many(household_id, [e.id for e in changed])}
    return list({e.id: known.get(e.id, e) for e in changed}.values())


def _is_of(said: Outgoing, row: TaskRow) -> bool:
    """A conversation holds what was said to other requests of it too."""
    cards = {e.card for e in row.entries} | {p.card for p in row.proposals}
    return said.key.startswith(f"{row.request_id.hex}:") or said.card in cards - {None}


def _words(said: Outgoing) -> str:
    return "\n".join(part for part in (said.heading, said.text) if part)
