"""Questions put to a family, and the taps that settle them."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, func, literal, literal_column, or_, select, update

from scheduling.proposals import Proposal, ProposalState, Vote
from storage.repositories.earshot import asked_in
from storage.tables import approvals, proposals
from storage.transaction import Transaction

_FIELDS = [field.name for field in fields(Proposal)]
_PROPOSAL = select(*(proposals.c[name] for name in _FIELDS))
_OPEN = proposals.c.state == ProposalState.OPEN
_NEWEST = (proposals.c.created_at.desc(), proposals.c.id)


class SqlProposals:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, proposal: Proposal) -> bool:
        values = {name: getattr(proposal, name) for name in _FIELDS}
        return await self._tx.add(proposals, values | self._tx.written())

    async def get(self, household_id: UUID, proposal_id: UUID) -> Proposal | None:
        found = await self._found(_ours(household_id, proposal_id))
        return found[0] if found else None

    async def open_in_chat(self, household_id: UUID, chat_id: UUID) -> list[Proposal]:
        family = proposals.c.household_id == household_id
        return await self._found(family, _OPEN, asked_in(chat_id))

    async def open_of_household(self, household_id: UUID) -> list[Proposal]:
        return await self._found(proposals.c.household_id == household_id, _OPEN)

    async def vote(self, household_id: UUID, vote: Vote) -> None:
        # Selected from the proposals, so that a vote counts in its own family only.
        columns = approvals.c
        source = select(
            proposals.c.id,
            proposals.c.household_id,
            literal(vote.member_id, columns.member_id.type),
            literal(vote.choice, columns.choice.type),
            literal(vote.on_behalf_of, columns.on_behalf_of.type),
            literal(self._tx.now(), columns.voted_at.type),
        ).where(_ours(household_id, vote.proposal_id))
        names = ["proposal_id", "household_id", "member_id", "choice", "on_behalf_of", "voted_at"]
        insert = self._tx.insert(approvals).from_select(names, source)
        changed = {name: insert.excluded[name] for name in ("choice", "on_behalf_of", "voted_at")}
        keys = ["proposal_id", "member_id"]
        await self._tx.run(insert.on_conflict_do_update(index_elements=keys, set_=changed))

    async def votes(self, household_id: UUID, proposal_id: UUID) -> list[Vote]:
        cast = (approvals.c.household_id == household_id, approvals.c.proposal_id == proposal_id)
        found = select(approvals).where(*cast).order_by(approvals.c.voted_at, approvals.c.member_id)
        return [
            Vote(row.proposal_id, row.member_id, row.choice, row.on_behalf_of)
            for row in await self._tx.rows(found)
        ]

    async def decide(
        self,
        household_id: UUID,
        proposal_id: UUID,
        inbox_id: UUID,
        choice: int | None,
        decider: UUID | None,
        answer: Any = None,
    ) -> bool:
        # A replay of the winning tap wins again, and must not reopen what was committed since.
        winner = or_(_OPEN, proposals.c.decided_by == inbox_id)
        settled = {
            "state": case((_OPEN, ProposalState.DECIDED), else_=proposals.c.state),
            "decided_by": inbox_id,
            "choice": choice,
            "decider": decider,
            "answer": answer,
            "decided_at": func.coalesce(proposals.c.decided_at, self._tx.now()),
            "updated_at": self._tx.now(),
        }
        change = update(proposals).where(_ours(household_id, proposal_id), winner).values(settled)
        return await self._tx.first(change.returning(proposals.c.id)) is not None

    async def decided_by(self, household_id: UUID, inbox_id: UUID) -> Proposal | None:
        where = (proposals.c.household_id == household_id, proposals.c.decided_by == inbox_id)
        found = await self._found(*where)
        return found[0] if found else None

    async def answer(self, household_id: UUID, proposal_id: UUID) -> Any:
        found = select(proposals.c.answer).where(_ours(household_id, proposal_id))
        row = await self._tx.first(found)
        return row and row.answer

    async def close(self, household_id: UUID, proposal_id: UUID, state: ProposalState) -> None:
        change = update(proposals).where(_ours(household_id, proposal_id))
        await self._tx.run(change.values(state=state, updated_at=self._tx.now()))

    async def decided_uncommitted(self, before: datetime) -> list[Proposal]:
        decided = proposals.c.state == literal_column("'decided'")
        return await self._found(decided, proposals.c.decided_at < before)

    async def _found(self, *where: ColumnElement[bool]) -> list[Proposal]:
        rows = await self._tx.rows(_PROPOSAL.where(*where).order_by(*_NEWEST))
        return [_proposal(row) for row in rows]


def _ours(household_id: UUID, proposal_id: UUID) -> ColumnElement[bool]:
    return (proposals.c.household_id == household_id) & (proposals.c.id == proposal_id)


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(**row._mapping)
