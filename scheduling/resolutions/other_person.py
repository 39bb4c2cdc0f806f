"""Another parent does it: drives, or goes along with a child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from scheduling.edits import ChangeEvent
from scheduling.events import Part, Participant
from scheduling.family import Member, Role
from scheduling.phrasing import span_words
from scheduling.resolutions.plan import Plan, stays
from scheduling.resolutions.situation import Case
from scheduling.speech import N_, tr

_INSTEAD = {
    Part.DRIVER: N_("{parent} drives instead"),
    Part.ATTENDEE: N_("{parent} goes along instead"),
}
_INSTEAD_OF = {
    Part.DRIVER: N_("{parent} drives instead of {left}: {title}, {when}."),
    Part.ATTENDEE: N_("{parent} goes along instead of {left}: {title}, {when}."),
}


def other_person_plans(case: Case) -> Iterator[Plan]:
    """For each parent who is needed elsewhere, each parent who is not in it yet."""
    blocked = {p for clash in case.clashes if clash.resource is None for p in clash.people}
    there = case.occurrence.busy
    for participant in case.occurrence.participants:
        if participant.member_id in blocked and _replaceable(case, participant):
            for parent in case.situation.household.parents:
                if parent.id not in there:
                    yield _plan(case, participant, parent)


def _replaceable(case: Case, participant: Participant) -> bool:
    """A parent who drives, or who accompanies a child; nobody else's dentist can be gone to."""
    household = case.situation.household
    roles = {m.id: m.role for m in household.members}
    if participant.member_id is None or roles.get(participant.member_id) is not Role.PARENT:
        return False
    with_child = any(roles.get(p) is Role.CHILD for p in case.occurrence.people)
    return participant.part is Part.DRIVER or (participant.part is Part.ATTENDEE and with_child)


def _plan(case: Case, participant: Participant, parent: Member) -> Plan:
    situation, old = case.situation, case.occurrence
    away: UUID | None = participant.member_id
    left = situation.household.member(away) if away else None
    instead = _INSTEAD_OF[participant.part]
    when = span_words(old, situation.household, situation.today)
    return Plan(
        kind="other_person",
        cost=1.5,
        label=tr(_INSTEAD[participant.part], parent=parent.name),
        text=tr(
            instead,
            parent=parent.name,
            left=left.name if left else tr("someone"),
            title=old.title,
            when=when,
        )
        + stays(case),
        own=(
            ChangeEvent(
                situation.wanted.id,
                old.recurrence_id,
                scope="one",
                participants=tuple(
                    replace(p, member_id=parent.id) if p == participant else p
                    for p in old.participants
                ),
            ),
        ),
        people=(parent.id,),
    )
