"""A small family with one of everything, and the means to store it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

from scheduling.access import AccessToken, Scope
from scheduling.changes import Happening
from scheduling.events import Event, Occurrence, Override, Part, Participant
from scheduling.family import Household, Member, Resource, ResourceType, Role, Rule, RuleType
from scheduling.family import Settings as FamilySettings
from scheduling.habits import Habit
from scheduling.language.worded import Worded
from scheduling.messages import Attachment, Button, ChatAddress, Inbound, Outgoing, Sender
from scheduling.notices import Notice, NoticeKind
from scheduling.ports import AuditEntry, Chat, ConflictRow, Focus, LinkCode, UnitOfWork
from scheduling.proposals import Option, Proposal, Vote
from scheduling.rating import Rating
from scheduling.span import Span
from scheduling.usage import ModelCall
from scheduling.webhooks import Webhook

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HORIZON = NOON + timedelta(days=500)
LEASE = timedelta(seconds=30)


@dataclass
class MachineClock:
    """Machine time that a test moves by hand."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, time: timedelta) -> None:
        self.moment += time


@dataclass(frozen=True)
class Family:
    household: Household
    chat: Chat
    event: Event
    occurrences: tuple[Occurrence, ...]

    @property
    def id(self) -> UUID:
        return self.household.id

    @property
    def ann(self) -> Member:
        return self.household.members[0]

    @property
    def leo(self) -> Member:
        return self.household.members[1]

    @property
    def car(self) -> Resource:
        return self.household.resources[0]


def family(external_id: str = "-1") -> Family:
    ann = Member(uuid4(), "Ann", Role.PARENT, ("Mom", "Mum"))
    leo = Member(uuid4(), "Leo", Role.CHILD, zone="Europe/Paris")
    shop = Span(NOON, NOON + timedelta(days=2))
    car = Resource(uuid4(), "the car", ResourceType.VEHICLE, 1, (shop,))
    bikes = Resource(uuid4(), "bikes", ResourceType.EQUIPMENT, 2)
    rule = Rule(
        uuid4(),
        RuleType.TIME_WINDOW,
        "Leo is home by eight on school nights",
        members=(leo.id,),
        days=("SU", "MO"),
        after=time(20),
        blocked=(time(12), time(13, 30)),
        min_gap=timedelta(minutes=30),
        hard=False,
        priority=7,
    )
    settings = FamilySettings(reminders=(60, 1440), quiet_hours=(time(22), time(7)), hours24=True)
    household = Household(
        uuid4(), "Smith", "Europe/Berlin", settings, (ann, leo), (car, bikes), (rule,), version=3
    )
    chat = Chat(uuid4(), household.id, ChatAddress("telegram", external_id, False, "Family"))
    event = series(household)
    return Family(household, chat, event, tuple(weeks(event, 4)))


def series(household: Household) -> Event:
    ann, leo = household.members
    start = datetime(2026, 3, 3, 16)
    return Event(
        uuid4(),
        household.id,
        "Piano <b>",
        start,
        timedelta(minutes=45),
        household.timezone,
        rrule="FREQ=WEEKLY",
        cancelled=(start + timedelta(weeks=2), start + timedelta(weeks=1)),
        overrides=(
            Override(start + timedelta(weeks=3), start=start + timedelta(weeks=3, hours=1)),
            Override(start + timedelta(weeks=4), participants=(Participant(ann.id), _DRIVER)),
        ),
        participants=(Participant(leo.id), _DRIVER, Participant(ann.id, Part.RESPONSIBLE)),
        resources=tuple(resource.id for resource in household.resources),
        place="Music school",
        reminders=(timedelta(hours=1),),
        created_by=ann.id,
    )


_DRIVER = Participant(None, Part.DRIVER)


def single(household: Household, title: str = "Soccer") -> Event:
    ann = household.members[0]
    start = datetime(2026, 3, 7, 14)
    return Event(
        uuid4(),
        household.id,
        title,
        start,
        timedelta(hours=1),
        household.timezone,
        participants=(Participant(ann.id),),
    )


def weeks(event: Event, count: int) -> Iterator[Occurrence]:
    """The event once a week, its wall time read as UTC."""
    for week in range(count):
        start = event.start + timedelta(weeks=week)
        instant = start.replace(tzinfo=UTC)
        yield occurrence(event, start, Span(instant, instant + event.duration))


def occurrence(event: Event, recurrence_id: datetime, span: Span) -> Occurrence:
    return Occurrence(
        event.id,
        recurrence_id,
        span,
        event.title,
        series=event.repeats,
        participants=event.participants,
        resources=event.resources,
        place=event.place,
    )


def message(chat: Chat, number: int, text: str = "hello") -> Inbound:
    ann = Sender("telegram", "5", "Ann", "ann_s", "en-GB")
    key = f"{chat.address.external_id}:{number}"
    return Inbound("message", key, chat.address, ann, NOON, text, message_ref=str(number))


def outgoing(chat: Chat, key: str, card: str | None = None) -> Outgoing:
    buttons = ((Button("Approve 1", "opt:1"), Button("Reject", "opt:x")),)
    picture = Attachment("week.png", "image/png", bytes(range(256)))
    return Outgoing(key, chat.id, "It clashes.", "Piano", buttons, card, "12", (picture,))


def proposal(of: Family) -> Proposal:
    return Proposal(
        uuid4(),
        of.id,
        of.chat.id,
        "thread",
        "clash",
        "Piano",
        "Who gives way?",
        (Option("Approve 1", "Move it", affects=(of.leo.id,), answer={"day": [1, 2]}),),
        of.ann.id,
        NOON + timedelta(days=1),
        event_ids=(of.event.id,),
    )


def notice(of: Family, due: datetime = NOON) -> Notice:
    return Notice(
        uuid4(),
        of.id,
        NoticeKind.EVENT,
        due,
        of.chat.id,
        of.event.id,
        of.event.start,
        timedelta(hours=1),
        uuid4(),
        asked=True,
        data={"late": False, "names": ["Leo"]},
    )


def entry(of: Family) -> AuditEntry:
    changes = ((None, of.event), (of.event, None))
    return AuditEntry(
        uuid4(), of.id, of.ann.id, NOON, "thread", "Ann booked", of.chat.id, "card", changes
    )


def conflict(of: Family) -> ConflictRow:
    return ConflictRow(
        uuid4(), of.id, "time", "hard", "Leo is twice.", NOON, (of.event.id,), proposal_id=uuid4()
    )


def link_code(of: Family) -> LinkCode:
    return LinkCode(uuid4(), of.id, of.chat.id, f"code of {of.id}", NOON + timedelta(minutes=15))


def model_call(of: Family) -> ModelCall:
    words = (Worded("create", title="swim", time="friday 5pm"),)
    return ModelCall(
        uuid4(), of.id, uuid4(), "nl_parser", "gpt", NOON, "answered", 400, 100, 300, words
    )


def habit(of: Family) -> Habit:
    return Habit(
        uuid4(),
        of.id,
        "soccer",
        "Soccer",
        (of.leo.id,),
        timedelta(minutes=90),
        "Riverside Park",
        (of.ann.id, of.leo.id),
        (of.car.id,),
    )


@dataclass(frozen=True)
class Everything:
    """Ids of one row of each kind, as stored by `store`."""

    family: Family
    proposal: Proposal
    notice: Notice
    entry: AuditEntry
    conflict: ConflictRow
    inbox_id: UUID
    call: ModelCall
    habit: Habit
    answered: UUID | None = None


async def store_family(uow: UnitOfWork, of: Family) -> None:
    assert await uow.households.add(of.household)
    assert await uow.chats.add(of.chat)
    await uow.events.save(of.event, of.occurrences, HORIZON)


async def store(uow: UnitOfWork, of: Family) -> Everything:
    """One of everything, in every table; the caller commits."""
    await store_family(uow, of)
    rows = Everything(
        of, proposal(of), notice(of), entry(of), conflict(of), uuid4(), model_call(of), habit(of)
    )
    await uow.identities.link(of.id, "telegram", "5", of.ann.id)
    await uow.inbox.add(of.id, of.chat.id, of.ann.id, rows.inbox_id, message(of.chat, 1), NOON)
    await uow.outbox.add(of.id, outgoing(of.chat, f"k of {of.id}", "card"))
    await uow.proposals.add(rows.proposal)
    await uow.proposals.vote(of.id, Vote(rows.proposal.id, of.ann.id, 0, of.leo.id))
    await uow.ratings.put(Rating(of.id, rows.proposal.id, of.ann.id, "up", NOON))
    await uow.notices.put([rows.notice])
    await uow.audit.add(rows.entry)
    await uow.conflicts.put([rows.conflict])
    await uow.focuses.set(of.id, of.chat.id, of.ann.id, Focus(of.event.id, of.event.start))
    await uow.feeds.add(of.id, of.ann.id, f"hash of {of.id}")
    await uow.links.give(link_code(of))
    await uow.links.tried(of.id, of.chat.id, uuid4(), NOON)
    await uow.usage.begin(rows.call)
    await uow.habits.save(rows.habit)
    token = AccessToken(uuid4(), of.id, of.ann.id, "app", Scope.READ, NOON)
    await uow.tokens.add(token, f"token of {of.id}")
    await uow.tasks.trace(of.id, rows.inbox_id, [{"agent": "nl_parser", "explanation": "read"}])
    await uow.webhooks.add(Webhook(uuid4(), of.id, of.chat.id, "https://hooks.example"))
    await uow.households.bump(of.id, Happening("event.created", of.event.id))
    return rows
