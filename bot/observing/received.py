"""The beginning of everything that is told of a request: it is in the inbox."""

from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import UUID

from scheduling.messages import Inbound
from scheduling.tasks import task_id
from scheduling.watching import Kind, Stretch, watched


def received(
    request_id: UUID, household_id: UUID, inbound: Inbound
) -> AbstractContextManager[Stretch]:
    """What is done at once because of it."""
    return watched(
        Kind.RECEIVED,
        inbound.chat.platform,
        request_id,
        task_id=task_id(request_id, inbound),
        household=household_id.hex,
        caller=inbound.trace,
    )
