"""The Protocols through which agents, reminders and storage meet.

Rules that hold for every implementation:
- Nothing is visible to others before `UnitOfWork.commit()`; leaving the block without it
  rolls everything back.
- Every read and write is bound to one household, except finding which household a chat, an
  account or a code to join by belongs to, and the claims of the loops (inbox, outbox, notices),
  which serve all.
- `add` with a key or id that exists writes nothing and returns False, so replays are safe.
- Claims are leases on machine time: (owner, until); a dead owner's rows come back by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, Self
from uuid import UUID

from scheduling.access import Feeds as Feeds
from scheduling.access import Tokens as Tokens
from scheduling.changes import Changes as Changes
from scheduling.changes import Happening
from scheduling.clock import Clock as Clock
from scheduling.clock import NewId as NewId
from scheduling.events import Event, Occurrence
from scheduling.family import Household, Member, Resource, Rule, Settings
from scheduling.habits import Habits as Habits
from scheduling.keeping import Keeping as Keeping
from scheduling.linking_ports import Joins as Joins
from scheduling.linking_ports import Links as Links
from scheduling.load import Backlogs as Backlogs
from scheduling.messages import ChatAddress, Inbound, Outgoing, Platform
from scheduling.notices import Notices as Notices
from scheduling.platform_ports import ChatGone as ChatGone
from scheduling.platform_ports import Installations as Installations
from scheduling.platform_ports import Receiver as Receiver
from scheduling.platform_ports import Sender as Sender
from scheduling.platform_ports import SendFailed as SendFailed
from scheduling.platform_ports import TryLater as TryLater
from scheduling.platform_ports import Undeliverable as Undeliverable
from scheduling.platform_ports import Vault as Vault
from scheduling.proposals import Proposal, ProposalState, Vote
from scheduling.query_cache import Known as Known
from scheduling.rating import Ratings as Ratings
from scheduling.rows import AuditEntry as AuditEntry
from scheduling.rows import Chat as Chat
from scheduling.rows import ConflictRow as ConflictRow
from scheduling.rows import Focus as Focus
from scheduling.rows import InboxRow as InboxRow
from scheduling.rows import LinkCode as LinkCode
from scheduling.rows import Located as Located
from scheduling.rows import OutboxRow as OutboxRow
from scheduling.span import Span
from scheduling.tasks import Tasks as Tasks
from scheduling.usage import Usage as Usage
from scheduling.webhooks import Webhooks as Webhooks


class Households(Protocol):
    async def get(self, household_id: UUID) -> Household:
        """The whole snapshot, in one round trip. Raises NotFound."""

    async def add(self, household: Household) -> bool: ...
    async def lock(self, household_id: UUID) -> None:
        """Serialise changes of one calendar until the transaction ends."""

    async def bump(self, household_id: UUID, *happenings: Happening) -> None:
        """Count one change (`Household.version`). happenings: what it brought, none = what the
        family consists of. Every other change here counts itself."""

    async def rename(self, household_id: UUID, *, name: str, timezone: str) -> None: ...
    async def set_onboarded(self, household_id: UUID) -> None: ...
    async def save_settings(self, household_id: UUID, settings: Settings) -> None: ...
    async def save_member(self, household_id: UUID, member: Member) -> None: ...
    async def remove_member(self, household_id: UUID, member_id: UUID) -> None:
        """Delete a person: identities, participation, votes, names; retire their private chats."""

    async def save_resource(self, household_id: UUID, resource: Resource) -> None: ...
    async def remove_resource(self, household_id: UUID, resource_id: UUID) -> None: ...
    async def save_rule(self, household_id: UUID, rule: Rule) -> None: ...
    async def remove_rule(self, household_id: UUID, rule_id: UUID) -> None: ...
    async def all_ids(self) -> list[UUID]:
        """For sweeps only."""

    async def forget(self, household_id: UUID) -> list[str]:
        """Delete the family and every row of it; returns thread ids whose checkpoints go too."""


class Chats(Protocol):
    async def find(self, address: ChatAddress) -> Chat | None: ...
    async def locate(self, address: ChatAddress, account: str | None) -> Located | None:
        """The chat, or the group of a topic that is not known yet; with its family, and who that
        account of its platform is there, in one round trip."""

    async def of_space(self, platform: Platform, space: str) -> list[Chat]:
        """Every chat of a platform's space (a Slack workspace), shared ones first, then by age."""

    async def get(self, household_id: UUID, chat_id: UUID) -> Chat | None: ...
    async def add(self, chat: Chat) -> bool: ...
    async def of_household(self, household_id: UUID) -> list[Chat]: ...
    async def sharing(self, household_id: UUID, chat_id: UUID, card: str | None) -> list[UUID]:
        """The family's other chats that are told what is done in that one: of each group its
        main chat, or, where the card stands already, the chat where it does. None are told
        what is private."""

    async def private_of(self, household_id: UUID, member_id: UUID) -> list[Chat]:
        """The private chats in which that person has written, gone ones too; first the one on
        the platform where they were last active."""

    async def set_state(self, chat_id: UUID, state: Literal["active", "gone"]) -> None:
        """Of the chat with all its topics: we are in all of it or in none."""

    async def move(self, chat_id: UUID, external_id: str) -> None:
        """The platform gave the chat a new id (a group became a supergroup)."""

    async def retire(self, chat_id: UUID) -> None:
        """Gone for good: whoever writes from its address now writes in a new chat."""

    async def rebind(self, chat_id: UUID, household_id: UUID) -> None:
        """A private chat now speaks for another family of the same person."""


class Identities(Protocol):
    async def member(
        self, household_id: UUID, platform: Platform, external_id: str
    ) -> UUID | None: ...
    async def link(
        self, household_id: UUID, platform: Platform, external_id: str, member_id: UUID
    ) -> None: ...
    async def households(self, platform: Platform, external_id: str) -> list[UUID]:
        """Every family this account belongs to (a grandmother may belong to two)."""

    async def accounts(self, household_id: UUID, member_id: UUID) -> list[tuple[Platform, str]]: ...


class Events(Protocol):
    async def get(self, household_id: UUID, event_id: UUID) -> Event | None: ...
    async def many(self, household_id: UUID, event_ids: Sequence[UUID]) -> list[Event]: ...
    async def all(self, household_id: UUID) -> list[Event]:
        """Not cancelled; for export."""

    async def save(
        self, event: Event, occurrences: Sequence[Occurrence], horizon: datetime
    ) -> None:
        """Insert or replace the aggregate and its occurrence rows (known up to `horizon`).
        Writes version `event.version + 1`; raises Stale if the stored version is not
        `event.version` (0 = must not exist yet)."""

    async def extend(
        self,
        household_id: UUID,
        event_id: UUID,
        occurrences: Sequence[Occurrence],
        horizon: datetime,
        version: int,
    ) -> bool:
        """Add occurrences beyond the old horizon; the version stays. False, and nothing is
        written, if the stored version is not `version` or the event is cancelled."""

    async def short_of(self, horizon: datetime, limit: int) -> list[Event]:
        """Series whose occurrences end before `horizon`; for the daily sweep."""


class Occurrences(Protocol):
    async def overlapping(self, household_id: UUID, window: Span) -> list[Occurrence]:
        """Every confirmed or proposed occurrence that touches the window, in order of start."""

    async def overlapping_any(
        self, household_id: UUID, windows: Sequence[Span]
    ) -> list[Occurrence]:
        """The same for many windows at once (a series), each occurrence once, in one statement."""

    async def titles(self, household_id: UUID, window: Span) -> list[tuple[UUID, str]]:
        """(event id, title) of the same, each pair once, in order of start."""

    async def of_event(
        self, household_id: UUID, event_id: UUID, after: datetime, limit: int
    ) -> list[Occurrence]:
        """Those that end after `after`, in order of start."""


class Proposals(Protocol):
    async def add(self, proposal: Proposal) -> bool: ...
    async def get(self, household_id: UUID, proposal_id: UUID) -> Proposal | None: ...
    async def open_in_chat(self, household_id: UUID, chat_id: UUID) -> list[Proposal]:
        """Open ones whose card stands in that chat, newest first."""

    async def open_of_household(self, household_id: UUID) -> list[Proposal]: ...
    async def vote(self, household_id: UUID, vote: Vote) -> None:
        """Record or replace this member's vote."""

    async def votes(self, household_id: UUID, proposal_id: UUID) -> list[Vote]: ...
    async def decide(
        self,
        household_id: UUID,
        proposal_id: UUID,
        inbox_id: UUID,
        choice: int | None,
        decider: UUID | None,
        answer: Any = None,
    ) -> bool:
        """Flip open → decided for this inbox row; True also when this very row won before.
        answer: free text of a question, kept as the chosen value."""

    async def decided_by(self, household_id: UUID, inbox_id: UUID) -> Proposal | None:
        """The one that this inbox row settled, if any."""

    async def answer(self, household_id: UUID, proposal_id: UUID) -> Any:
        """The free answer given with `decide`, or None."""

    async def close(self, household_id: UUID, proposal_id: UUID, state: ProposalState) -> None: ...
    async def decided_uncommitted(self, before: datetime) -> list[Proposal]:
        """Decided, never committed; for the sweep. before: decided at machine time earlier."""


class Inbox(Protocol):
    async def add(
        self,
        household_id: UUID,
        chat_id: UUID,
        member_id: UUID | None,
        inbox_id: UUID,
        inbound: Inbound,
        received_at: datetime,
        *,
        done: bool = False,
    ) -> bool:
        """False if the same thing (platform, key) has come before. done: carried out in this very
        transaction."""

    async def find(self, platform: Platform, key: str) -> UUID | None: ...
    async def by_message(
        self, household_id: UUID, chat_id: UUID, message_ref: str
    ) -> list[InboxRow]:
        """Every wording of the message with that platform id, the newest first; for edits."""

    async def threads_of(self, household_id: UUID, member_id: UUID) -> list[str]:
        """Of the requests that this person has written, those that are done."""

    async def waiting_chats(self) -> list[UUID]:
        """Chats with unfinished rows and no live lease."""

    async def pending(self) -> bool:
        """Whether any row is unfinished, whoever holds its chat."""

    async def claim_chat(self, chat_id: UUID, owner: str, lease: timedelta) -> bool: ...
    async def renew_chat(self, chat_id: UUID, owner: str, lease: timedelta) -> bool: ...
    async def release_chat(self, chat_id: UUID, owner: str) -> bool:
        """Give the chat back, unless it has unfinished rows; whether it was given back."""

    async def next_of_chat(self, chat_id: UUID, owner: str) -> InboxRow | None:
        """The oldest unfinished row of a chat held by `owner`; counts an attempt."""

    async def blame(self, inbox_id: UUID, attempts: int) -> None:
        """Count that many attempts more: it was the row's own fault."""

    async def finish(self, inbox_id: UUID, *, failed: bool = False) -> None: ...


class Outbox(Protocol):
    async def add(self, household_id: UUID, outgoing: Outgoing) -> bool: ...
    async def add_all(self, messages: Sequence[tuple[UUID, Outgoing]]) -> None:
        """(household id, message), in that order."""

    async def claim(
        self,
        owner: str,
        lease: timedelta,
        limit: int,
        platforms: Collection[Platform] | None = None,
    ) -> list[OutboxRow]:
        """Unsent rows whose retry time has come: per chat only the oldest, so order is kept.
        Chats that are gone yield nothing. platforms: those its process can send to; None = all."""

    async def renew(self, rows: Sequence[OutboxRow], owner: str, lease: timedelta) -> None:
        """Hold those that `owner` still holds for longer: sending takes its time."""

    async def settle(self, row: OutboxRow, owner: str, message_ref: str | None) -> None:
        """It was sent. This, `retry` and `give_up` do nothing to a row that `owner` no longer
        holds: another process is at it."""

    async def retry(self, row: OutboxRow, owner: str, at: datetime) -> None:
        """Give the row back, not before `at` (machine time)."""

    async def give_up(self, row: OutboxRow, owner: str, reason: str) -> None: ...
    async def next_retry(self, platforms: Collection[Platform] | None = None) -> datetime | None:
        """When the earliest unsent row of those may be tried, machine time; None: nothing is."""

    async def message_ref(self, household_id: UUID, chat_id: UUID, card: str) -> str | None: ...
    async def adopt(self, household_id: UUID, outgoing: Outgoing, message_ref: str) -> None:
        """A message that stands on the platform already is that card from now on."""

    async def card_of(self, household_id: UUID, chat_id: UUID, message_ref: str) -> str | None:
        """Which card a platform message shows, or, for a person's message, the newest card that
        answers it; for replies and for what is written in its thread."""

    async def spoke_in(self, household_id: UUID, chat_id: UUID, message_ref: str) -> bool:
        """Whether that message is ours, or we have answered it: its thread is a request's."""

    async def last_of_card(
        self, household_id: UUID, chat_id: UUID, card: str
    ) -> Outgoing | None: ...


class Audit(Protocol):
    async def add(self, entry: AuditEntry) -> bool: ...
    async def get(self, household_id: UUID, entry_id: UUID) -> AuditEntry | None: ...
    async def of_card(self, household_id: UUID, chat_id: UUID, card: str) -> AuditEntry | None:
        """The newest that is shown on that card of the chat."""

    async def latest(self, household_id: UUID, chat_id: UUID) -> AuditEntry | None:
        """The newest that is not undone, of that chat and those linked with it."""

    async def claim_undo(
        self, household_id: UUID, entry_id: UUID, inbox_id: UUID
    ) -> AuditEntry | None:
        """The entry, for the first inbox row that asks, and for that same row again."""

    async def release_undo(self, household_id: UUID, entry_id: UUID, inbox_id: UUID) -> None:
        """Give back what this row claimed and did not undo."""


class Conflicts(Protocol):
    async def put(self, conflicts: Sequence[ConflictRow]) -> None: ...
    async def open(self, household_id: UUID) -> list[ConflictRow]: ...
    async def settle(
        self, household_id: UUID, proposal_id: UUID, status: Literal["resolved", "ignored"]
    ) -> None:
        """Those found with that proposal."""


class Focuses(Protocol):
    async def set(
        self, household_id: UUID, chat_id: UUID, member_id: UUID, focus: Focus
    ) -> None: ...
    async def get(self, household_id: UUID, chat_id: UUID, member_id: UUID) -> Focus | None: ...


class UnitOfWork(Protocol):
    """One transaction. `async with factory() as uow: …; await uow.commit()`."""

    households: Households
    chats: Chats
    identities: Identities
    events: Events
    occurrences: Occurrences
    proposals: Proposals
    notices: Notices
    inbox: Inbox
    outbox: Outbox
    audit: Audit
    conflicts: Conflicts
    ratings: Ratings
    focuses: Focuses
    feeds: Feeds
    habits: Habits
    links: Links
    joins: Joins
    installations: Installations
    usage: Usage
    tokens: Tokens
    tasks: Tasks
    changes: Changes
    webhooks: Webhooks
    backlogs: Backlogs
    known: Known
    keeping: Keeping

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *exc: object) -> None: ...
    async def commit(self) -> None: ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
