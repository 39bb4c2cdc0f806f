from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from scheduling.approvals import Verdict, consent, expires_at, may_decide
from scheduling.family import Household, Member, Role
from scheduling.proposals import Option, Proposal, ProposalState, Vote
from tests.scheduling.rivera_calendar import (
    ANNA,
    BEN,
    GRAN,
    HOUSEHOLD,
    LEO,
    MIA,
    NOW,
    household,
)

FAMILY = household()
ASK = Proposal(
    id=UUID(int=500),
    household_id=HOUSEHOLD,
    chat_id=UUID(int=501),
    thread_id="t",
    kind="clash",
    heading="",
    body="",
    options=(
        Option("Move soccer"),
        Option("Move store", affects=(BEN,)),
        Option("Move piano", affects=(MIA, GRAN)),
        Option("Move all", affects=(ANNA, BEN, MIA)),
    ),
    asker=ANNA,
    expires_at=NOW + timedelta(hours=1),
)
EVERYONE = replace(ASK, consent="everyone_affected")
QUESTION = replace(ASK, kind="question", asker=LEO)


def votes(*cast: tuple[UUID, int | None]) -> list[Vote]:
    return [Vote(ASK.id, member, choice) for member, choice in cast]


@pytest.mark.parametrize(
    ("proposal", "member", "sentence"),
    [
        pytest.param(ASK, ANNA, None, id="the parent who asked"),
        pytest.param(ASK, BEN, None, id="the other parent"),
        pytest.param(ASK, MIA, "Thanks, Mia, but a parent has to decide that.", id="a child"),
        pytest.param(ASK, GRAN, "That is for Anna and Ben to decide, Gran.", id="another adult"),
        pytest.param(EVERYONE, GRAN, None, id="an adult who is affected"),
        pytest.param(
            EVERYONE, MIA, "Thanks, Mia, but a parent has to decide that.", id="an affected child"
        ),
        pytest.param(QUESTION, LEO, None, id="a child answers their own question"),
        pytest.param(QUESTION, BEN, None, id="a parent answers any question"),
        pytest.param(
            QUESTION, MIA, "That question is for Leo or a parent.", id="someone else's question"
        ),
        pytest.param(
            replace(QUESTION, asker=None), MIA, "That question is for a parent.", id="asker gone"
        ),
        pytest.param(
            replace(ASK, state=ProposalState.DONE, decider=BEN), ANNA,
            "That is already decided by Ben.", id="decided",
        ),
        pytest.param(
            replace(ASK, state=ProposalState.REJECTED), ANNA,
            "That is already settled: it was rejected.", id="rejected",
        ),
        pytest.param(
            replace(ASK, state=ProposalState.EXPIRED), ANNA,
            "That is already settled: nobody answered in time, so it expired.", id="expired",
        ),
        pytest.param(
            replace(ASK, state=ProposalState.WITHDRAWN), ANNA,
            "That is already settled: the request was taken back.", id="withdrawn",
        ),
        pytest.param(
            replace(ASK, household_id=UUID(int=9)), ANNA,
            "That question belongs to another family.", id="another family's question",
        ),
    ],
)  # fmt: skip
def test_whose_tap_counts(proposal: Proposal, member: UUID, sentence: str | None) -> None:
    refusal = may_decide(proposal, FAMILY, FAMILY.member(member), NOW)
    assert (refusal and refusal.sentence) == sentence


def test_a_stranger_and_another_familys_member_are_refused() -> None:
    assert may_decide(ASK, FAMILY, None, NOW).sentence == (
        "Only members of the Rivera family can answer that."
    )
    neighbour = Member(UUID(int=77), "Nell", Role.PARENT)
    assert may_decide(ASK, FAMILY, neighbour, NOW).sentence == (
        "That question belongs to another family."
    )


@pytest.mark.parametrize(("wait", "counts"), [(59, True), (60, False), (61, False)])
def test_a_tap_after_the_end_is_too_late_whether_or_not_the_end_was_told(
    wait: int, counts: bool
) -> None:
    refusal = may_decide(ASK, FAMILY, FAMILY.member(BEN), NOW + timedelta(minutes=wait))
    assert (refusal is None) == counts
    assert counts or refusal.sentence.startswith("Too late: that was open until ")


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [
        ([Role.OTHER, Role.OTHER], [True, True]),
        ([Role.OTHER, Role.CHILD], [True, False]),
        ([Role.CHILD, Role.CHILD], [True, True]),
    ],
    ids=["flatmates", "an adult and a child", "only children"],
)
def test_a_family_without_parents_can_decide_too(roles: list[Role], allowed: list[bool]) -> None:
    members = tuple(Member(UUID(int=n), f"M{n}", role) for n, role in enumerate(roles, 1))
    family = Household(HOUSEHOLD, "", "UTC", members=members)
    assert [may_decide(ASK, family, m, NOW) is None for m in members] == allowed


@pytest.mark.parametrize(
    ("proposal", "cast", "verdict"),
    [
        pytest.param(ASK, [], Verdict("open"), id="nobody yet"),
        pytest.param(ASK, [(BEN, 1)], Verdict("approved", 1), id="one parent settles it"),
        pytest.param(ASK, [(ANNA, None)], Verdict("rejected"), id="one parent rejects it"),
        pytest.param(ASK, [(MIA, 1)], Verdict("open"), id="a child's tap"),
        pytest.param(ASK, [(UUID(int=77), 1)], Verdict("open"), id="a stranger's tap"),
        pytest.param(ASK, [(BEN, 9)], Verdict("open"), id="no such option"),
        pytest.param(ASK, [(MIA, 0), (BEN, 2)], Verdict("approved", 2), id="child, then parent"),
        pytest.param(QUESTION, [(LEO, 1)], Verdict("approved", 1), id="the asker answers"),
        pytest.param(EVERYONE, [(ANNA, 0)], Verdict("approved", 0), id="nobody else affected"),
        pytest.param(EVERYONE, [(ANNA, 1)], Verdict("open", 1, (BEN,)), id="Ben is missing"),
        pytest.param(EVERYONE, [(BEN, 1)], Verdict("approved", 1), id="the one affected"),
        pytest.param(
            EVERYONE, [(GRAN, 2)], Verdict("open", 2, (), (MIA,)), id="a parent for the child"
        ),
        pytest.param(
            EVERYONE, [(GRAN, 2), (ANNA, 2)], Verdict("approved", 2), id="parent and adult"
        ),
        pytest.param(
            EVERYONE, [(ANNA, 3)], Verdict("open", 3, (BEN,)), id="a parent taps for the child too"
        ),
        pytest.param(
            EVERYONE, [(ANNA, 3), (BEN, 1)], Verdict("approved", 1), id="another option is complete"
        ),
        pytest.param(
            EVERYONE, [(ANNA, 3), (BEN, 3)], Verdict("approved", 3), id="everyone affected"
        ),
        pytest.param(
            EVERYONE, [(ANNA, 3), (BEN, None)], Verdict("rejected"), id="one affected rejects"
        ),
        pytest.param(EVERYONE, [(GRAN, 0)], Verdict("open", 0), id="not hers to settle alone"),
    ],
)
def test_where_votes_lead(proposal: Proposal, cast: list[Any], verdict: Verdict) -> None:
    assert consent(proposal, FAMILY, votes(*cast)) == verdict


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param(None, timedelta(days=7), id="a week"),
        pytest.param(NOW + timedelta(days=5), timedelta(days=5), id="until the event starts"),
        pytest.param(NOW + timedelta(days=50), timedelta(days=7), id="long before the event"),
        pytest.param(NOW + timedelta(hours=3), timedelta(hours=3), id="when the event starts"),
        pytest.param(NOW - timedelta(hours=3), timedelta(minutes=1), id="it has begun"),
    ],
)
def test_when_a_proposal_expires(start: datetime | None, expected: timedelta) -> None:
    assert expires_at(NOW, "clash", start) == NOW + expected


def test_expiry_is_an_instant_whatever_zone_it_was_asked_in() -> None:
    asked = datetime.fromisoformat("2026-03-07T10:00:00-05:00")
    assert expires_at(asked, "confirm", None) == datetime(2026, 3, 8, 15, tzinfo=UTC)
