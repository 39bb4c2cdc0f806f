"""Who may settle a proposal, and when it is settled.

any_parent: the first parent's tap settles it. everyone_affected: an option is approved once
each adult whose events it changes has tapped it, and a parent for each child. The asker is not
taken to have agreed to an option by asking, but is not waited for either, unless they are among
those affected; an option that affects nobody else needs one parent's tap. One rejection by
someone who may decide settles it as rejected: nobody is outvoted in their own family.

A family with no parent in it (flatmates, or nobody has set the roles) is settled by its adults,
and one of children only by any of them; otherwise nothing could ever be decided there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from scheduling.family import Household, Member, Role
from scheduling.phrasing import moment, names
from scheduling.proposals import Option, Proposal, ProposalKind, ProposalState, Vote
from scheduling.span import instant
from scheduling.speech import N_, tr

PATIENCE = {
    "question": timedelta(hours=24),
    "confirm": timedelta(hours=24),
    "clash": timedelta(days=7),
}
"""How long an open proposal waits. A clash is worth waiting for: it stays open until what it
touches begins, or for a week."""

SHORTEST = timedelta(minutes=1)

_SETTLED = {
    ProposalState.DECIDED: N_("That is already decided{by}."),
    ProposalState.DONE: N_("That is already decided{by}."),
    ProposalState.REJECTED: N_("That is already settled: it was rejected{by}."),
    ProposalState.EXPIRED: N_("That is already settled: nobody answered in time, so it expired."),
    ProposalState.WITHDRAWN: N_("That is already settled: the request was taken back."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a tap changes nothing, in one kind sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a proposal stands. choice: the approved option; while it is open, the one that most
    have tapped. missing: adults who still have to tap that one. children: those for whom a
    parent still has to."""

    state: Literal["open", "approved", "rejected"]
    choice: int | None = None
    missing: tuple[UUID, ...] = ()
    children: tuple[UUID, ...] = ()


def may_decide(
    proposal: Proposal, household: Household, member: Member | None, now: datetime
) -> Refusal | None:
    """None if this person's tap counts. member: None for someone who belongs to no family.

    Its time is over once it is over, whether or not the timer that says so has had its turn:
    what it would book may have begun.
    """
    if member is None:
        return Refusal(tr("Only members of {family} can answer that.", family=_family(household)))
    if proposal.household_id != household.id or household.member(member.id) is None:
        return Refusal(tr("That question belongs to another family."))
    if proposal.state is not ProposalState.OPEN:
        by = (
            tr(" by {people}", people=names(household, [proposal.decider]))
            if proposal.decider
            else ""
        )
        return Refusal(tr(_SETTLED[proposal.state], by=by))
    if instant(now) >= instant(proposal.expires_at):
        until = moment(proposal.expires_at, household)
        return Refusal(
            tr("Too late: that was open until {until}. Nothing was changed.", until=until)
        )
    if member.id in _eligible(proposal, household):
        return None
    if proposal.kind == "question":
        asker = names(household, [proposal.asker] if proposal.asker else [])
        whose = (
            N_("That question is for {asker} or a parent.")
            if asker
            else N_("That question is for a parent.")
        )
        return Refusal(tr(whose, asker=asker))
    if member.role is Role.CHILD:
        return Refusal(tr("Thanks, {member}, but a parent has to decide that.", member=member.name))
    return Refusal(
        tr(
            "That is for {parents} to decide, {member}.",
            parents=_parents(household),
            member=member.name,
        )
    )


def _family(household: Household) -> str:
    return (
        tr("the {household} family", household=household.name)
        if household.name
        else tr("this family")
    )


def _parents(household: Household) -> str:
    people = [m.id for m in deciders(household)]
    return names(household, people) if len(people) < 3 else tr("a parent")


def deciders(household: Household) -> tuple[Member, ...]:
    """The parents; where there are none, the other adults; where there are none, everyone."""
    others = tuple(m for m in household.members if m.role is Role.OTHER)
    return household.parents or others or household.members


def _eligible(proposal: Proposal, household: Household) -> set[UUID]:
    people = {m.id for m in deciders(household)}
    if proposal.kind == "question" and proposal.asker is not None:
        people.add(proposal.asker)
    if proposal.kind != "question" and proposal.consent == "everyone_affected":
        people.update(p for option in proposal.options for p in _adults(household, option))
    return people


def _adults(household: Household, option: Option) -> Iterator[UUID]:
    return (m.id for m in _affected(household, option) if m.role is not Role.CHILD)


def _children(household: Household, option: Option) -> tuple[UUID, ...]:
    return tuple(m.id for m in _affected(household, option) if m.role is Role.CHILD)


def _affected(household: Household, option: Option) -> Iterator[Member]:
    return (m for m in household.members if m.id in option.affects)


def consent(proposal: Proposal, household: Household, votes: Sequence[Vote]) -> Verdict:
    """Where the votes lead. votes: one a member, as stored; in order of time where it matters.

    Votes of people who may not decide, or for options that do not exist, count for nothing.
    """
    eligible = _eligible(proposal, household)
    options = range(len(proposal.options))
    counted = [
        v for v in votes if v.member_id in eligible and (v.choice is None or v.choice in options)
    ]
    if not counted:
        return Verdict("open")
    if proposal.kind == "question" or proposal.consent == "any_parent":
        return _settled_by(counted[0])
    if any(v.choice is None for v in counted):
        return Verdict("rejected")
    return _everyone(proposal, household, {v.member_id: v.choice for v in counted})


def _settled_by(vote: Vote) -> Verdict:
    return Verdict("rejected" if vote.choice is None else "approved", vote.choice)


def _everyone(proposal: Proposal, household: Household, choices: dict[UUID, int | None]) -> Verdict:
    chosen = list(choices.values())
    standing = [
        _standing(proposal.options[c], household, {p for p, v in choices.items() if v == c}, c)
        for c in sorted({c for c in chosen if c is not None}, key=lambda c: (-chosen.count(c), c))
    ]
    return next((v for v in standing if v.state == "approved"), standing[0])


def _standing(option: Option, household: Household, tapped: set[UUID], choice: int) -> Verdict:
    missing = tuple(p for p in _adults(household, option) if p not in tapped)
    by_parent = any(m.id in tapped for m in deciders(household))
    children = () if by_parent else _children(household, option)
    # An option that changes nobody else's events still needs one who may decide.
    settled = not missing and not children and (by_parent or any(_adults(household, option)))
    return Verdict("approved" if settled else "open", choice, missing, children)


def expires_at(now: datetime, kind: ProposalKind, earliest_start: datetime | None) -> datetime:
    """When an open proposal ends: when its patience is over, at the latest when the earliest
    event it touches starts, but never within a minute, so that it can be read."""
    latest = instant(now) + PATIENCE[kind]
    if earliest_start is not None:
        latest = min(latest, instant(earliest_start))
    return max(latest, instant(now) + SHORTEST)
