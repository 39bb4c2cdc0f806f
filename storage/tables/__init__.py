"""Every table of the product, on one MetaData. Each row belongs to one household, but for
what an adapter keeps of its own (`installations`)."""

from storage.tables.access import changes, tasks, tokens, webhooks
from storage.tables.base import metadata
from storage.tables.calendar import (
    calendars,
    event_exceptions,
    event_participants,
    events,
    occurrences,
    resource_reservations,
)
from storage.tables.delivery import inbox, notices, outbox
from storage.tables.family import (
    chats,
    constraints,
    feeds,
    focus,
    households,
    identities,
    installations,
    members,
    resources,
)
from storage.tables.habits import habits
from storage.tables.linking import link_codes, link_tries
from storage.tables.requests import approvals, audit, conflicts, proposals, ratings
from storage.tables.usage import usage

__all__ = [
    "approvals",
    "audit",
    "calendars",
    "changes",
    "chats",
    "conflicts",
    "constraints",
    "event_exceptions",
    "event_participants",
    "events",
    "feeds",
    "focus",
    "habits",
    "households",
    "identities",
    "inbox",
    "installations",
    "link_codes",
    "link_tries",
    "members",
    "metadata",
    "notices",
    "occurrences",
    "outbox",
    "proposals",
    "ratings",
    "resource_reservations",
    "resources",
    "tasks",
    "tokens",
    "usage",
    "webhooks",
]
