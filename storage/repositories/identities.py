"""Which platform account is which member; one account may belong to two families."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import literal, select

from scheduling.messages import Platform
from storage.tables import identities, members
from storage.transaction import Transaction


class SqlIdentities:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def member(self, household_id: UUID, platform: Platform, external_id: str) -> UUID | None:
        account = (
            identities.c.household_id == household_id,
            identities.c.platform == platform,
            identities.c.external_id == external_id,
        )
        row = await self._tx.first(select(identities.c.member_id).where(*account))
        return row and row.member_id

    async def link(
        self, household_id: UUID, platform: Platform, external_id: str, member_id: UUID
    ) -> None:
        # Selected from the members, so that nobody is linked to a member of another family.
        columns = identities.c
        source = select(
            members.c.household_id,
            literal(platform, columns.platform.type),
            literal(external_id, columns.external_id.type),
            members.c.id,
            literal(self._tx.now(), columns.created_at.type),
        ).where(members.c.household_id == household_id, members.c.id == member_id)
        names = ["household_id", "platform", "external_id", "member_id", "created_at"]
        insert = self._tx.insert(identities).from_select(names, source)
        await self._tx.run(
            insert.on_conflict_do_update(
                index_elements=["platform", "external_id", "household_id"],
                set_={"member_id": insert.excluded.member_id},
            )
        )

    async def households(self, platform: Platform, external_id: str) -> list[UUID]:
        account = (identities.c.platform == platform, identities.c.external_id == external_id)
        found = select(identities.c.household_id).where(*account)
        rows = await self._tx.rows(found.order_by(identities.c.created_at))
        return [row.household_id for row in rows]

    async def accounts(self, household_id: UUID, member_id: UUID) -> list[tuple[Platform, str]]:
        # A token is no account: whoever has one may never have written.
        people = identities.c.platform != "http"
        ours = (identities.c.household_id == household_id, identities.c.member_id == member_id)
        theirs = (*ours, people)
        found = select(identities.c.platform, identities.c.external_id).where(*theirs)
        rows = await self._tx.rows(found.order_by(identities.c.created_at))
        return [(row.platform, row.external_id) for row in rows]
