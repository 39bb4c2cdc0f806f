"""What webhooks are told: each change of their family once, in order, through the outbox."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import uuid5

from scheduling.changes import ChangeRow, Happening
from scheduling.messages import Outgoing
from scheduling.ports import UnitOfWorkFactory
from scheduling.webhooks import Webhook

HOOKS, PAGE = 20, 100


class Hooks:
    """Any number of processes may run it: a webhook is locked while it is told."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    async def tell(self) -> bool:
        """Put what each webhook has not been told yet into the outbox; whether there was any."""
        async with self._uow() as uow:
            behind = await uow.webhooks.behind(HOOKS)
            for hook in behind:
                rows = await uow.changes.after(hook.household_id, hook.told, PAGE)
                wanted = [(row, _wanted(row, hook)) for row in rows]
                messages = [_message(hook, row, what) for row, what in wanted if what]
                await uow.outbox.add_all([(hook.household_id, each) for each in messages])
                # Of a family that has just joined another one, there are no rows to catch up with.
                newest = rows[-1].version if rows else await uow.changes.latest(hook.household_id)
                await uow.webhooks.told(hook, newest)
            if behind:
                await uow.commit()
        return bool(behind)


def _wanted(row: ChangeRow, hook: Webhook) -> list[Happening]:
    return [h for h in row.happenings if not hook.kinds or h.kind in hook.kinds]


def _message(hook: Webhook, row: ChangeRow, what: Iterable[Happening]) -> Outgoing:
    told = {
        "version": row.version,
        "at": row.at.isoformat(),
        "household_id": str(hook.household_id),
        "changes": [{"kind": h.kind, "subject": str(h.subject)} for h in what],
    }
    key = f"webhook:{uuid5(hook.id, str(row.version)).hex}"
    return Outgoing(key=key, chat_id=hook.chat_id, text=json.dumps(told))
