"""Asking for something, and following what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Header, Path, Query

from agents.actions.forms import event_sheet
from bot.http.api.asking import LONGEST_KEY, Wish, ask, tap, task_url
from bot.http.api.bodies import Decision, EventBody, EventChange, Said
from bot.http.api.caller import Caller, Reader, Writer
from bot.http.api.problems import Problem, documented
from bot.http.api.task_view import open_question, task_view
from bot.http.api.views import Accepted, TaskView
from scheduling.access import Scope
from scheduling.buttons import Tap
from scheduling.errors import NotFound
from scheduling.forms import EventForm
from scheduling.tasks import TaskRow

router = APIRouter(tags=["tasks"])

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=LONGEST_KEY,
        description="The same key with the same request is the same task, however often sent.",
    ),
]
TaskId = Annotated[UUID, Path(description="As answered when it was asked for.")]
EventId = Annotated[UUID, Path()]
Which = Annotated[
    Literal["one", "following", "series"] | None,
    Query(description="How much of a series; left out, it is asked."),
]
NO_TASK = "There is no such task."


@router.post("/events", status_code=202, responses=documented(409))
async def post_event(
    body: Said, caller: Writer, idempotency_key: IdempotencyKey = None
) -> Accepted:
    """Say something, as in a chat, or send an event by its fields. It is written down before
    this answers, and done soon after: look at the task."""
    form = _form(body.event) if body.event else None
    text = body.message or (body.event.title if body.event else "")
    return await ask(caller, Wish(text, form, body.conversation), idempotency_key)


@router.patch("/events/{event_id}", status_code=202, responses=documented(404, 409))
async def patch_event(
    event_id: EventId,
    body: EventChange,
    caller: Writer,
    scope: Which = None,
    idempotency_key: IdempotencyKey = None,
) -> Accepted:
    """Change an event; of a series its next occurrence, or as much as `scope` says."""
    before = await _sheet(caller, event_id)
    given = body.model_dump(exclude_unset=True)
    changed: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not None or name in ("start", "end", "last_day")
    }
    form = replace(before, **changed, scope=scope)
    return await ask(caller, Wish(form.title, form), idempotency_key)


@router.delete("/events/{event_id}", status_code=202, responses=documented(404, 409))
async def delete_event(
    event_id: EventId,
    caller: Writer,
    scope: Which = None,
    idempotency_key: IdempotencyKey = None,
) -> Accepted:
    """Take an event off the calendar. More than one occurrence of a series is asked about."""
    before = await _sheet(caller, event_id)
    form = replace(before, gone=True, scope=scope)
    return await ask(caller, Wish(form.title, form), idempotency_key)


@router.get("/tasks/{task_id}", responses=documented(404))
async def get_task(task_id: TaskId, caller: Reader) -> TaskView:
    """How it stands, and what came of it."""
    row = await _task(caller, task_id)
    async with caller.backend.reader() as uow:
        return await task_view(uow, caller.token.household_id, task_id, row)


@router.post("/tasks/{task_id}/decision", status_code=202, responses=documented(404, 409))
async def decide(
    task_id: TaskId, body: Decision, caller: Writer, idempotency_key: IdempotencyKey = None
) -> Accepted:
    """Pick one of the proposed resolutions, none of them, or answer the question in words."""
    row = await _task(caller, task_id)
    question = open_question(row)
    if question is None:
        raise Problem(409, "Nothing is asked there, or it has been settled.")
    key = uuid5(task_id, idempotency_key) if idempotency_key else uuid4()
    if body.answer is not None:
        wish = Wish(body.answer, conversation=row.inbound.chat.topic)
        await ask(caller, wish, f"{task_id}:{key}")
    else:
        choice = "x" if body.option is None else str(body.option)
        told = await tap(caller, str(key), Tap("opt", question.id, choice).data())
        if told is not None and told.alert:
            raise Problem(409, told.text)
    return Accepted(task_id=task_id, status_url=task_url(task_id))


async def _task(caller: Caller, task_id: UUID) -> TaskRow:
    """A member's own, or, for an administrator, anybody's of the family."""
    async with caller.backend.reader() as uow:
        row = await uow.tasks.find(caller.token.household_id, str(task_id))
    token = caller.token
    if row is None or not (row.member_id == token.member_id or token.scope is Scope.ADMIN):
        raise Problem(404, NO_TASK)
    return row


async def _sheet(caller: Caller, event_id: UUID) -> EventForm:
    """The event as a form, at its next occurrence. Raises NotFound."""
    now = caller.backend.clock.now()
    async with caller.backend.reader() as uow:
        household = await uow.households.get(caller.token.household_id)
        sheet = await event_sheet(uow, household, event_id, now)
    if sheet is None:
        raise NotFound("There is no such event on the calendar, or it is over.")
    return sheet.form


def _form(body: EventBody) -> EventForm:
    return EventForm(
        title=body.title,
        day=body.day,
        start=body.start and body.start.replace(tzinfo=None),
        end=body.end and body.end.replace(tzinfo=None),
        last_day=body.last_day,
        members=tuple(body.members),
        resources=tuple(body.resources),
        place=body.place,
        repeats=body.repeats,
        reminder=body.reminder,
    )
