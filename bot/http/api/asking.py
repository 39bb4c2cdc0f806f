"""Asking for something in a member's name: through the same door as any chat."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from bot.http.api import request_ids
from bot.http.api.caller import Caller
from bot.http.api.problems import Problem
from bot.http.api.views import Accepted
from scheduling.forms import EventForm
from scheduling.messages import Inbound, TapAnswer

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """text: as it would be written. form: what is filled in instead. conversation: see `Said`."""

    text: str = ""
    form: EventForm | None = None
    conversation: str | None = None


def task_url(task_id: UUID) -> str:
    return f"/tasks/{task_id}"


def task_id_for(caller: Caller, idempotency_key: str | None) -> UUID:
    """The same key of the same token is the same task, whenever it comes again."""
    return uuid5(caller.token.id, idempotency_key) if idempotency_key else uuid4()


async def ask(caller: Caller, wish: Wish, idempotency_key: str | None) -> Accepted:
    """Write it down. Raises Problem 422 where the key was used for something else."""
    task_id = task_id_for(caller, idempotency_key)
    inbound = _inbound(caller, wish, task_id)
    if idempotency_key and not await _is_new(caller, inbound):
        return Accepted(task_id=task_id, status_url=task_url(task_id))
    await caller.backend.receive(inbound)
    return Accepted(task_id=task_id, status_url=task_url(task_id))


def _inbound(caller: Caller, wish: Wish, task_id: UUID) -> Inbound:
    return Inbound(
        kind="command" if wish.text.startswith("/") else "message",
        key=str(task_id),
        chat=caller.chat(wish.conversation or task_id.hex),
        sender=caller.sender,
        sent_at=caller.backend.clock.now(),
        text=wish.text,
        message_ref=str(task_id),
        form=wish.form,
        trace=request_ids.current.get(),
    )


async def _is_new(caller: Caller, inbound: Inbound) -> bool:
    async with caller.backend.reader() as uow:
        known = await uow.tasks.find(caller.token.household_id, inbound.key)
    if known is None:
        return True
    before = known.inbound
    if (before.text, before.form) != (inbound.text, inbound.form):
        raise Problem(422, "That Idempotency-Key was used for another request.")
    return False


async def tap(caller: Caller, key: str, button: str) -> TapAnswer | None:
    """A button, as in any chat: what it is answered at once."""
    return await caller.backend.receive(
        Inbound(
            kind="tap",
            key=key,
            chat=caller.chat("taps"),
            sender=caller.sender,
            sent_at=caller.backend.clock.now(),
            button=button,
            trace=request_ids.current.get(),
        )
    )
