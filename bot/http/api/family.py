"""What a family consists of: reading it, and changing it by the commands a chat has."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from bot.http.api.asking import Wish, ask
from bot.http.api.bodies import MemberBody, ResourceBody, RuleBody
from bot.http.api.caller import Admin, Caller, Reader
from bot.http.api.problems import Problem, documented
from bot.http.api.tasks import IdempotencyKey
from bot.http.api.views import (
    Accepted,
    HouseholdView,
    Members,
    Resources,
    Rules,
    member_view,
    resource_view,
    rule_view,
)
from scheduling.family import Household

router = APIRouter(tags=["family"])


@router.get("/household", responses=documented())
async def household(caller: Reader) -> HouseholdView:
    """The family itself. version grows with every change, see /changes."""
    found = await _household(caller)
    return HouseholdView(
        id=found.id, name=found.name, timezone=found.timezone, version=found.version
    )


@router.get("/members", responses=documented())
async def members(caller: Reader) -> Members:
    """Everyone of the family."""
    return Members(members=[member_view(m) for m in (await _household(caller)).members])


@router.post("/members", status_code=202, responses=documented())
async def add_member(
    body: MemberBody, caller: Admin, idempotency_key: IdempotencyKey = None
) -> Accepted:
    """Name somebody of the family; they join when they write."""
    wish = Wish(f"/family add {body.name} {body.role}")
    return await ask(caller, wish, idempotency_key)


@router.get("/resources", responses=documented())
async def resources(caller: Reader) -> Resources:
    """What the family shares."""
    return Resources(resources=[resource_view(r) for r in (await _household(caller)).resources])


@router.post("/resources", status_code=202, responses=documented())
async def add_resource(
    body: ResourceBody, caller: Admin, idempotency_key: IdempotencyKey = None
) -> Accepted:
    """A new thing to share, or how many can use one that is there."""
    return await ask(caller, Wish(f"/resources add {body.name} {body.capacity}"), idempotency_key)


@router.delete("/resources/{resource_id}", status_code=202, responses=documented(404))
async def remove_resource(
    resource_id: Annotated[UUID, Path()], caller: Admin, idempotency_key: IdempotencyKey = None
) -> Accepted:
    """Share it no longer; what is booked stays."""
    thing = (await _household(caller)).resource(resource_id)
    if thing is None:
        raise Problem(404, "The family shares no such thing.")
    return await ask(caller, Wish(f"/resources remove {thing.name}"), idempotency_key)


@router.get("/rules", responses=documented())
async def rules(caller: Reader) -> Rules:
    """The family's standing rules."""
    return Rules(rules=[rule_view(r) for r in (await _household(caller)).rules])


@router.post("/rules", status_code=202, responses=documented())
async def add_rule(
    body: RuleBody, caller: Admin, idempotency_key: IdempotencyKey = None
) -> Accepted:
    """A rule in words, read as in a chat; the task tells how it was understood."""
    return await ask(caller, Wish(f"/rules {body.text}"), idempotency_key)


async def _household(caller: Caller) -> Household:
    async with caller.backend.reader() as uow:
        return await uow.known.household(caller.token.household_id, caller.stamp)
