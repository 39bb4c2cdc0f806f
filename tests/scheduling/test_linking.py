"""Codes that join two chats, and who is who when two families become one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.family import Household, Member, Resource, Role
from scheduling.joining import arrivals, one_person, one_thing, same_things
from scheduling.linking import LENGTH, LETTERS, code_from, plain
from scheduling.span import Span

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def person(name: str, role: Role = Role.OTHER, *aliases: str) -> Member:
    return Member(uuid4(), name, role, aliases)


def family(*members: Member, things: tuple[Resource, ...] = ()) -> Household:
    return Household(uuid4(), "Rivera", "America/New_York", members=members, resources=things)


@given(st.integers(min_value=0, max_value=2**256))
def test_every_code_can_be_read_off_a_phone(number: int) -> None:
    assert re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", code_from(number))


def test_codes_are_as_many_as_they_look() -> None:
    assert len({code_from(number) for number in range(10_000)}) == 10_000
    assert code_from(len(LETTERS) ** LENGTH) == code_from(0)


@pytest.mark.parametrize(
    "typed", ["K7QP-M2XD", "k7qpm2xd", " K7 QP–m2.xd ", "“k7qp - m2xd”"], ids=str
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert plain(typed) == "K7QPM2XD"


def test_a_name_that_is_taken_gets_a_number_and_is_asked_about() -> None:
    ben = person("Ben", Role.PARENT, "Dad")
    into = family(ben)
    came = (person("ben"), person("Ben 2"), person("Rosa"), person("Benjamin", Role.CHILD, "dad"))
    found = arrivals(into, family(*came), {})
    assert [a.member.name for a in found] == ["ben 2", "Ben 2 2", "Rosa", "Benjamin"]
    assert [a.known for a in found] == [ben, None, None, ben]
    assert [a.is_asked_about for a in found] == [True, False, False, True]
    assert found[3].member.aliases == ()


def test_nobody_becomes_a_parent_by_arriving() -> None:
    zoe, kid = person("Zoe", Role.PARENT), person("Kid", Role.CHILD)
    found = arrivals(family(person("Ben", Role.PARENT)), family(zoe, kid), {})
    assert [a.member.role for a in found] == [Role.OTHER, Role.CHILD]
    assert [a.is_asked_about for a in found] == [True, False]


def test_who_has_the_same_account_is_not_a_newcomer() -> None:
    ann, anna = person("Ann"), person("Anna")
    same: dict[UUID, UUID] = {ann.id: anna.id}
    assert arrivals(family(anna), family(ann), same) == []
    assert one_person(ann, anna, family(anna)).aliases == ("Ann",)


def test_one_person_keeps_what_else_they_were_called_but_no_number() -> None:
    ben, other = person("Ben", Role.PARENT, "Dad"), person("Mia", Role.CHILD, "Bunny")
    gone = Member(uuid4(), "Ben 2", Role.OTHER, ("Papa", "dad", "bunny"), zone="Europe/Paris")
    known = one_person(gone, ben, family(ben, other))
    assert (known.name, known.aliases, known.role) == ("Ben", ("Dad", "Papa"), Role.PARENT)
    assert known.zone == "Europe/Paris"


def test_things_of_one_name_are_one_out_of_use_whenever_either_was() -> None:
    shop = Span(NOON, NOON + timedelta(days=1))
    theirs, ours = Resource(uuid4(), "Car", out=(shop,)), Resource(uuid4(), "car", capacity=2)
    there = family(things=(theirs, Resource(uuid4(), "bike")))
    assert same_things(family(things=(ours,)), there) == [(theirs, ours)]
    both = one_thing(theirs, ours)
    assert (both.id, both.capacity, both.out) == (ours.id, 2, (shop,))
