"""Two families in one: who is who, and what is one thing, decided before anything is moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from scheduling.family import Household, Member, Resource, Role, free_name


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person as the family takes them in: under a name that is free there, and as nobody who
    decides. known: whom of the family they may be, by a name they share. was: as they come."""

    member: Member
    was: Member
    known: Member | None

    @property
    def is_asked_about(self) -> bool:
        """Whether a parent has to say who they are."""
        return self.known is not None or self.was.role is Role.PARENT


def arrivals(into: Household, arriving: Household, same: Mapping[UUID, UUID]) -> list[Arrival]:
    """Everyone who comes along. same: those who are somebody of the family, by their account.

    Nobody becomes a parent by arriving: whoever starts a chat is a parent there, a child too.
    """
    found: list[Arrival] = []
    family = into
    for person in arriving.members:
        if person.id not in same:
            arrived = _taken_in(person, into, family)
            family = replace(family, members=(*family.members, arrived.member))
            found.append(arrived)
    return found


def _taken_in(person: Member, into: Household, family: Household) -> Arrival:
    known = next((k for n in (person.name, *person.aliases) if (k := into.named(n))), None)
    member = replace(
        person,
        name=free_name(person.name, family),
        aliases=tuple(a for a in person.aliases if family.named(a) is None),
        role=Role.OTHER if person.role is Role.PARENT else person.role,
    )
    return Arrival(member, person, known)


def same_things(into: Household, arriving: Household) -> list[tuple[Resource, Resource]]:
    """What both have by one name: (the arriving one's, the family's)."""
    pairs = ((each, into.resource_named(each.name)) for each in arriving.resources)
    return [(each, known) for each, known in pairs if known is not None]


def one_thing(gone: Resource, known: Resource) -> Resource:
    """The family's own, out of use whenever either was."""
    return replace(known, out=tuple(dict.fromkeys((*known.out, *gone.out))))


def one_person(gone: Member, known: Member, family: Household) -> Member:
    """The one the family knows, with what else the other was called. family: without `gone`."""
    called = (gone.name, *gone.aliases)
    names = (n for n in called if family.named(n) is None and not _numbered(n, known.name))
    return replace(known, aliases=(*known.aliases, *names), zone=known.zone or gone.zone)


def _numbered(name: str, known: str) -> bool:
    """Whether it is the name they were given because theirs was taken: "Ben 2"."""
    return name.rpartition(" ")[0].casefold() == known.casefold()
