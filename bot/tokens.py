"""`family-scheduler token`: access to the HTTP API, from the command line."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID, uuid4

from agents.actions.tokens import Holder, grant
from scheduling.access import PREFIX, Scope
from scheduling.errors import NotFound, SchedulingError
from scheduling.family import Household
from scheduling.ports import UnitOfWork
from storage.engine import open_database


async def create(database_url: str, family: str, member: str, name: str, scope: Scope) -> str:
    """A new token of that member. family: its name, or its id where names are the same.
    Raises NotFound."""
    token = PREFIX + secrets.token_hex(32)
    database = open_database(database_url)
    try:
        async with database.uow() as uow:
            household = await _household(uow, family)
            found = household.named(member)
            if found is None:
                names = ", ".join(m.name for m in household.members)
                asked = f"There is no {member} in that family." if member else "Who is it for?"
                raise NotFound(f"{asked} Choose with --member: {names}.")
            holder = Holder(household.id, found.id, name, scope)
            await grant(uow, holder, uuid4(), token, datetime.now(UTC))
            await uow.commit()
    finally:
        await database.close()
    return token


async def revoke(database_url: str, family: str, name: str) -> int:
    """How many tokens of that name were ended. Raises NotFound."""
    database = open_database(database_url)
    try:
        async with database.uow() as uow:
            household = await _household(uow, family)
            gone = await uow.tokens.revoke(household.id, name=name)
            await uow.commit()
    finally:
        await database.close()
    return gone


async def _household(uow: UnitOfWork, wanted: str) -> Household:
    try:
        return await uow.households.get(UUID(wanted))
    except (ValueError, SchedulingError):
        every = [await uow.households.get(each) for each in await uow.households.all_ids()]
    named = [h for h in every if h.name.casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0]
    listed = "\n".join(f"{h.id}  {h.name}" for h in named or every)
    raise NotFound(f"Which family? Name it, or give its id:\n{listed}")
