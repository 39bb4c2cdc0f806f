"""What has changed: by page, or as it happens (server-sent events)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from bot.http.api.caller import Caller, Reader
from bot.http.api.problems import Problem, documented
from bot.http.api.views import Changes, ChangeView, HappeningView
from scheduling.changes import ChangeRow

router = APIRouter(tags=["changes"])

PAGE = 100
LOOK_SECONDS = 5.0
"""A follower looks into the database so often, whatever woke it or did not. A comment is sent
when there was nothing, so that what lies between does not take the line for dead."""

After = Annotated[int | None, Query(ge=0, le=2**31 - 1, description="A version already known.")]


@router.get("/changes", responses=documented())
async def changes(caller: Reader, after: After = None) -> Changes:
    """What came after a version, in order, a page at a time. Without one: nothing but where the
    family stands now."""
    async with caller.backend.reader() as uow:
        ours = caller.token.household_id
        latest = await uow.changes.latest(ours)
        rows = [] if after is None else await uow.changes.after(ours, after, PAGE)
    version = rows[-1].version if rows else max(latest, after or 0)
    return Changes(changes=[_view(row) for row in rows], version=version)


@router.get(
    "/changes/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **documented()},
)
async def stream(
    request: Request,
    caller: Reader,
    after: After = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """The same as it happens, as server-sent events; each has its version as id. Resumed with
    `Last-Event-ID`, nothing in between is missed."""
    since = _known(last_event_id, after)
    if since is None:
        async with caller.backend.reader() as uow:
            since = await uow.changes.latest(caller.token.household_id)
    return StreamingResponse(
        _events(request, caller, since),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _known(last_event_id: str | None, after: int | None) -> int | None:
    """The header is what a browser sends by itself when it connects again."""
    if not last_event_id:
        return after
    if not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 10):
        raise Problem(422, "Last-Event-ID is the id of an event sent here before.")
    return int(last_event_id)


async def _events(request: Request, caller: Caller, since: int) -> AsyncIterator[str]:
    ours = caller.token.household_id
    with caller.api.bus.following(ours) as changed:
        yield ": following\n\n"
        while not await request.is_disconnected():
            changed.clear()
            async with caller.backend.reader() as uow:
                rows = await uow.changes.after(ours, since, PAGE)
                # A token that was revoked meanwhile opens nothing any more.
                if caller.token not in await uow.tokens.of_household(ours):
                    return
            for row in rows:
                since = row.version
                yield f"id: {row.version}\nevent: change\ndata: {_view(row).model_dump_json()}\n\n"
            if not rows:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), LOOK_SECONDS)
                yield ": still here\n\n"


def _view(row: ChangeRow) -> ChangeView:
    return ChangeView(
        version=row.version,
        at=row.at,
        changes=[HappeningView(kind=h.kind, subject=h.subject) for h in row.happenings],
    )
