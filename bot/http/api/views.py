"""What the API answers with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from scheduling.events import Event, Occurrence, Participant
from scheduling.family import Member, Resource, Rule
from scheduling.proposals import Proposal
from scheduling.rows import ConflictRow


class Part(BaseModel):
    member_id: UUID | None = Field(description="null: the part is still open.")
    part: str


class EventView(BaseModel):
    """One event or series, as the family made it."""

    id: UUID
    title: str
    start: datetime = Field(description="Wall time in `timezone`, without an offset.")
    duration_minutes: float
    timezone: str
    all_day: bool
    rrule: str | None
    participants: list[Part]
    resources: list[UUID]
    place: str | None
    status: str
    priority: str
    flexibility: str
    version: int


class OccurrenceView(BaseModel):
    """One happening, as instants."""

    event_id: UUID
    recurrence_id: datetime
    start: datetime
    end: datetime
    title: str
    all_day: bool
    series: bool
    participants: list[Part]
    resources: list[UUID]
    place: str | None
    status: str


class Choice(BaseModel):
    option: int
    label: str
    text: str


class Asked(BaseModel):
    """A question to the family that stands open."""

    proposal_id: UUID
    kind: Literal["question", "clash", "confirm"]
    heading: str
    text: str
    options: list[Choice]
    expires_at: datetime


class ConflictView(BaseModel):
    type: Literal["time", "resource", "constraint"]
    severity: str
    sentence: str
    starts: datetime
    event_ids: list[UUID]
    status: str


class StepView(BaseModel):
    """What one agent found."""

    agent: str
    explanation: str
    confidence: float
    reasoning: str


class Result(BaseModel):
    event_id: UUID | None
    message: str = Field(description="What a chat would have shown.")
    event: EventView | None
    event_ids: list[UUID]
    conflicts: list[ConflictView]
    proposed_resolutions: list[Choice]
    asked: Asked | None
    explanation: str
    workflow_steps: list[StepView]


TaskStatus = Literal["pending", "processing", "complete", "awaiting_user", "failed"]


class TaskView(BaseModel):
    task_id: UUID
    status: TaskStatus
    status_url: str
    result: Result | None


class Accepted(BaseModel):
    """It is written down and will be done."""

    status: Literal["processing"] = "processing"
    task_id: UUID
    status_url: str


class MemberView(BaseModel):
    id: UUID
    name: str
    role: str
    aliases: list[str]
    zone: str | None


class ResourceView(BaseModel):
    id: UUID
    name: str
    type: str
    capacity: int


class RuleView(BaseModel):
    id: UUID
    type: str
    text: str
    hard: bool
    priority: int
    members: list[UUID]
    days: list[str]
    after: time | None
    before: time | None


class HouseholdView(BaseModel):
    id: UUID
    name: str
    timezone: str
    version: int


class SlotView(BaseModel):
    start: datetime
    end: datetime


class Events(BaseModel):
    occurrences: list[OccurrenceView]


class Slots(BaseModel):
    slots: list[SlotView]


class Conflicts(BaseModel):
    conflicts: list[ConflictView]
    asked: list[Asked]


class Members(BaseModel):
    members: list[MemberView]


class Resources(BaseModel):
    resources: list[ResourceView]


class Rules(BaseModel):
    rules: list[RuleView]


class HappeningView(BaseModel):
    kind: str
    subject: UUID


class ChangeView(BaseModel):
    """version: the id of the server-sent event, too."""

    version: int
    at: datetime
    changes: list[HappeningView]


class Changes(BaseModel):
    changes: list[ChangeView]
    version: int = Field(description="Where to go on from.")


class WebhookView(BaseModel):
    id: UUID
    url: str
    kinds: list[str]


class NewWebhook(WebhookView):
    secret: str = Field(description="What posts are signed with; shown only now.")


class Webhooks(BaseModel):
    webhooks: list[WebhookView]


def _parts(participants: Sequence[Participant]) -> list[Part]:
    return [Part(member_id=p.member_id, part=p.part.value) for p in participants]


def event_view(event: Event) -> EventView:
    return EventView(
        id=event.id,
        title=event.title,
        start=event.start,
        duration_minutes=event.duration.total_seconds() / 60,
        timezone=event.timezone,
        all_day=event.all_day,
        rrule=event.rrule,
        participants=_parts(event.participants),
        resources=list(event.resources),
        place=event.place,
        status=event.status.value,
        priority=event.priority.value,
        flexibility=event.flexibility.value,
        version=event.version,
    )


def occurrence_view(found: Occurrence) -> OccurrenceView:
    return OccurrenceView(
        event_id=found.event_id,
        recurrence_id=found.recurrence_id,
        start=found.span.start,
        end=found.span.end,
        title=found.title,
        all_day=found.all_day,
        series=found.series,
        participants=_parts(found.participants),
        resources=list(found.resources),
        place=found.place,
        status=found.status.value,
    )


def asked_view(proposal: Proposal) -> Asked:
    return Asked(
        proposal_id=proposal.id,
        kind=proposal.kind,
        heading=proposal.heading,
        text=proposal.body,
        options=[
            Choice(option=n, label=o.label, text=o.text) for n, o in enumerate(proposal.options)
        ],
        expires_at=proposal.expires_at,
    )


def conflict_view(row: ConflictRow) -> ConflictView:
    return ConflictView(
        type=row.type,
        severity=row.severity,
        sentence=row.sentence,
        starts=row.starts,
        event_ids=list(row.event_ids),
        status=row.status,
    )


def member_view(member: Member) -> MemberView:
    return MemberView(
        id=member.id,
        name=member.name,
        role=member.role.value,
        aliases=list(member.aliases),
        zone=member.zone,
    )


def resource_view(thing: Resource) -> ResourceView:
    return ResourceView(
        id=thing.id, name=thing.name, type=thing.type.value, capacity=thing.capacity
    )


def rule_view(rule: Rule) -> RuleView:
    return RuleView(
        id=rule.id,
        type=rule.type.value,
        text=rule.text,
        hard=rule.hard,
        priority=rule.priority,
        members=list(rule.members),
        days=list(rule.days),
        after=rule.after,
        before=rule.before,
    )
