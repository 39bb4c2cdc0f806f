"""The form as a modal: Slack takes it, and what was filled in comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from slack_sdk.models.views import View

from bot.play.counterparts.slack import forms as theirs
from bot.play.counterparts.slack import written
from bot.play.counterparts.slack.blocks import view_complaints
from bot.slack.forms import form_of, form_view
from scheduling.family import Household, Member, Resource, ResourceType, Role
from scheduling.forms import EventForm, FormSheet


def family(people: int, things: int) -> Household:
    return Household(
        UUID(int=1),
        "Rivera",
        "America/New_York",
        members=tuple(
            Member(UUID(int=100 + n), f"Person {n} <&>", Role.OTHER) for n in range(people)
        ),
        resources=tuple(
            Resource(UUID(int=900 + n), f"Thing {n}", ResourceType.OTHER, 1) for n in range(things)
        ),
    )


SOCCER = EventForm(
    "soccer", date(2026, 3, 7), time(14), time(15, 30), place="park", reminder="60", repeats=""
)
CAMP = EventForm("camp", date(2026, 3, 10), last_day=date(2026, 3, 12), repeats="FREQ=YEARLY")
ODD = replace(
    SOCCER,
    repeats="FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9",
    event_id=UUID(int=7),
    recurrence_id=datetime(2026, 3, 7, 14),
)


def view_of(form: EventForm, household: Household) -> dict[str, Any]:
    view = form_view(FormSheet(household, form), "C1", "17.1")
    assert view_complaints(view, "modal") == []
    View(**view).validate_json()
    return view


def untouched(view: dict[str, Any]) -> dict[str, Any]:
    """As Slack hands it back when nothing was changed."""
    return {**view, "state": {"values": written.values(theirs.initial(view["blocks"]))}}


@pytest.mark.parametrize("form", [SOCCER, CAMP, ODD], ids=["new", "whole days", "odd rhythm"])
@pytest.mark.parametrize("people", [0, 1, 100, 120])
@pytest.mark.parametrize("things", [0, 120])
def test_what_stands_in_it_comes_back(form: EventForm, people: int, things: int) -> None:
    household = family(people, things)
    chosen = replace(
        form,
        members=tuple(m.id for m in household.members[-2:]),
        resources=tuple(r.id for r in household.resources[-2:]),
    )
    origin, got = form_of(untouched(view_of(chosen, household)))
    assert got == chosen
    assert (origin.channel, origin.thread) == ("C1", "17.1")


def test_everybody_of_a_large_family_can_be_chosen() -> None:
    view = view_of(SOCCER, family(230, 1))
    (who,) = [block["element"] for block in view["blocks"] if block["block_id"] == "members"]
    assert [len(group["options"]) for group in who["option_groups"]] == [100, 100, 30]
    assert who["option_groups"][1]["label"]["text"].startswith("Person 100 &lt;&amp;&gt; – ")


def test_a_thing_out_of_service_stays_with_its_event() -> None:
    household = family(1, 2)
    first, second = household.resources
    household = replace(
        household, resources=(replace(first, capacity=0), replace(second, capacity=0))
    )
    view = view_of(replace(SOCCER, resources=(first.id,)), household)
    assert form_of(untouched(view))[1].resources == (first.id,)
    assert second.id.hex not in str(view)


@pytest.mark.parametrize(
    "form",
    [
        replace(SOCCER, title="", place=""),
        replace(SOCCER, title="<!channel> & *bold*" * 10),
        replace(SOCCER, title="🎉" * 200),
        replace(SOCCER, title="x" * 3000),
        replace(SOCCER, start=None, end=None),
        replace(SOCCER, end=None),
    ],
    ids=["empty", "marks", "emoji", "long", "whole day", "no end"],
)
def test_slack_takes_any_event(form: EventForm) -> None:
    assert form_of(untouched(view_of(form, family(1, 1))))[1] == form


@pytest.mark.parametrize(
    "change",
    [
        {"private_metadata": "{}"},
        {"private_metadata": "no json"},
        {"state": {}},
        {"state": {"values": {}}},
    ],
    ids=["no origin", "not ours", "no state", "nothing filled in"],
)
def test_what_is_no_form_of_ours(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        form_of({**untouched(view_of(SOCCER, family(1, 1))), **change})


def test_a_rhythm_or_reminder_that_is_not_offered() -> None:
    view = untouched(view_of(SOCCER, family(1, 1)))
    for name in ("repeats", "reminder"):
        values = view["state"]["values"]
        forged = {name: {name: {"selected_option": {"value": "FREQ=SECONDLY"}}}}
        with pytest.raises(ValueError, match="no such"):
            form_of({**view, "state": {"values": {**values, **forged}}})
