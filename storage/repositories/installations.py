"""What an adapter has sealed for a space of its platform (a Slack workspace)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update

from scheduling.messages import Platform
from storage.tables import installations
from storage.transaction import Transaction


class SqlInstallations:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def get(self, platform: Platform, space: str) -> str | None:
        row = await self._tx.first(select(installations.c.sealed).where(*_of(platform, space)))
        return row and row.sealed

    async def put(self, platform: Platform, space: str, words: str) -> None:
        values = {"platform": platform, "space": space, "sealed": words, **self._tx.written()}
        insert = self._tx.insert(installations).values(values)
        await self._tx.run(
            insert.on_conflict_do_update(
                index_elements=["platform", "space"],
                set_={
                    "sealed": insert.excluded.sealed,
                    "updated_at": insert.excluded.updated_at,
                },
            )
        )

    async def remove(self, platform: Platform, space: str) -> None:
        await self._tx.run(delete(installations).where(*_of(platform, space)))

    async def all(self, platform: Platform) -> Sequence[tuple[str, str]]:
        found = select(installations.c.space, installations.c.sealed)
        ours = found.where(installations.c.platform == platform).order_by(installations.c.space)
        return [(row.space, row.sealed) for row in await self._tx.rows(ours)]

    async def replace(self, platform: Platform, space: str, old: str, new: str) -> bool:
        unchanged = (*_of(platform, space), installations.c.sealed == old)
        change = update(installations).where(*unchanged)
        done = await self._tx.run(change.values(sealed=new, updated_at=self._tx.now()))
        return bool(done.rowcount)


def _of(platform: Platform, space: str) -> tuple[ColumnElement[bool], ...]:
    return installations.c.platform == platform, installations.c.space == space
