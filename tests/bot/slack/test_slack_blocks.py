"""`Outgoing` to Block Kit: what it looks like, and that Slack takes whatever there is to say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.play.counterparts.slack import looks
from bot.play.counterparts.slack.blocks import TEXT_IN_BLOCKS, message_complaints, view_complaints
from bot.play.counterparts.slack.blocks import text_length as length_of
from bot.slack.blocks import SlackMessage, home_view, messages, notice_view
from scheduling.messages import Button, EventFacts, Outgoing, Section

CHAT, ENTRY = UUID(int=1), UUID(int=2)
AT = datetime(2026, 3, 7, 19, tzinfo=UTC)
SOCCER = EventFacts(
    "soccer",
    "Booked",
    AT,
    False,
    "Sat 7 Mar, 2:00–3:00 PM",
    "1 hour",
    who="Mia",
    things="the car",
)
UNDO = ((Button("Undo", f"undo:{ENTRY.hex}"),),)


def out(text: str = "", **fields: Any) -> Outgoing:
    return Outgoing("key", CHAT, text, **fields)


def taken(shown: list[SlackMessage]) -> list[SlackMessage]:
    """Passed by Slack's own models, and by what Slack's servers refuse."""
    for message in shown:
        assert message_complaints(message.blocks) == []
        for block in Block.parse_all(message.blocks):
            block.validate_json()
        assert length_of(message.blocks) <= TEXT_IN_BLOCKS
        assert 0 < len(message.text.encode()) <= 4000, "more is refused in a change"
        assert not looks.pinged(message.text, message.blocks)
        ids = [e["action_id"] for b in message.blocks for e in b.get("elements", ())]
        assert len(ids) == len(set(ids))
    return shown


def words(message: SlackMessage) -> str:
    return looks.blocks_text(message.blocks, {})


def buttons(message: SlackMessage) -> list[dict[str, Any]]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [element for row in rows for element in row["elements"]]


def test_heading_text_and_rows_of_buttons() -> None:
    rows = ((Button("Yes", "opt:1:0"), Button("No", "opt:1:1")), (Button("Later", "opt:1:2"),))
    (message,) = taken(messages(out("Swim at 5?", heading="A question", buttons=rows)))
    assert message.text == "A question\nSwim at 5?"
    assert message.blocks[0]["text"]["text"] == "*A question*\nSwim at 5?"
    assert [b["type"] for b in message.blocks] == ["section", "actions", "actions"]
    assert [b["value"] for b in buttons(message)] == ["opt:1:0", "opt:1:1", "opt:1:2"]


def test_an_event_card() -> None:
    (message,) = taken(messages(out("…", event=SOCCER, buttons=UNDO)))
    title, facts, row = message.blocks
    assert title["text"]["text"] == "*soccer*"
    fields = [field["text"] for field in facts["fields"]]
    at = int(AT.timestamp())
    when = f"<!date^{at}^{{date_long}}, {{time}}|Sat 7 Mar, 2:00–3:00 PM> (1 hour)"
    assert fields == [f"*When*\n{when}", "*Who*\nMia", "*With*\nthe car", "*Status*\nBooked"]
    assert [e["text"]["text"] for e in row["elements"]] == ["Undo", "Edit…"]
    assert row["elements"][1]["value"] == f"edit:{ENTRY.hex}"


def test_a_whole_day_is_the_same_day_everywhere() -> None:
    camp = EventFacts("camp", "Booked", AT, True, "Sat 7 – Mon 9 Mar", repeats="every year")
    (message,) = taken(messages(out("…", event=camp)))
    assert "<!date" not in str(message.blocks)
    assert "Sat 7 – Mon 9 Mar\nevery year" in words(message)


def test_a_card_without_a_length_or_a_status_has_no_empty_brackets() -> None:
    (message,) = taken(messages(out("…", event=EventFacts("call", "", AT, False, "Sat 2 PM"))))
    assert words(message) == "call\nWhen\nSat 2 PM"


def test_a_series_says_how_it_repeats() -> None:
    weekly = EventFacts("swim", "Booked", AT, False, "Sat 2 PM", "1 hour", repeats="every Saturday")
    (message,) = taken(messages(out("…", event=weekly)))
    assert "(1 hour)\nevery Saturday" in words(message)


def test_the_notes_stand_below() -> None:
    noted = EventFacts("swim", "Booked", AT, True, "Sat", notes=("Anna approved.", "Bring a towel"))
    (message,) = taken(messages(out("…", event=noted)))
    assert words(message).endswith("Anna approved.\nBring a towel")


def test_a_clash_card() -> None:
    rows = (
        (Button("Approve 1", f"opt:{ENTRY.hex}:0"), Button("Approve 2", f"opt:{ENTRY.hex}:1")),
        (Button("Reject", f"opt:{ENTRY.hex}:9"),),
    )
    (message,) = taken(messages(out("1. …\n2. …", heading="soccer does not fit", buttons=rows)))
    styles = {b["text"]["text"]: b.get("style") for b in buttons(message)}
    assert styles == {"Approve 1": "primary", "Approve 2": None, "Reject": "danger"}


@pytest.mark.parametrize(
    ("outgoing", "count"),
    [
        pytest.param(out(), 0, id="nothing"),
        pytest.param(out(" \n "), 0, id="only spaces"),
        pytest.param(out("", buttons=((Button("x", "y"),),)), 0, id="only a button"),
        pytest.param(out("", heading="Hello"), 1, id="only a heading"),
        pytest.param(out("x" * 3000), 1, id="as long as one section"),
        pytest.param(out("x" * 3001), 1, id="two sections"),
        pytest.param(out("x" * 16000), 2, id="as long as a text may be"),
        pytest.param(out("&" * 6000), 4, id="five characters each"),
        pytest.param(out("word " * 3000), 2, id="words"),
        pytest.param(out("a\n" * 5000), 1, id="lines"),
        pytest.param(out("🎉" * 3000, heading="🎉" * 3000), 1, id="emoji"),
        pytest.param(out("x", heading="h" * 2000), 1, id="no heading any more"),
        pytest.param(out("a\0b\ud83d"), 1, id="what JSON does not take"),
        pytest.param(out("x", buttons=((Button("l" * 200, "d"),),)), 1, id="a long label"),
        pytest.param(out("x", buttons=((Button(" ", "d"),),)), 1, id="an empty label"),
        pytest.param(out("x", buttons=((Button("<&>" * 40, "d"),),)), 1, id="an escaped label"),
        pytest.param(out("x", buttons=((Button("b", "d"),),) * 60), 2, id="sixty rows"),
        pytest.param(
            out("x", buttons=(tuple(Button(str(n), "d") for n in range(30)),)), 1, id="a long row"
        ),
        pytest.param(out("", event=EventFacts("", "", AT, True, "")), 1, id="an empty card"),
        pytest.param(
            out("", event=EventFacts(*["&" * 5000] * 2, AT, False, *["<" * 5000] * 6)),
            2,
            id="a card of long words",
        ),
    ],
)
def test_limits(outgoing: Outgoing, count: int) -> None:
    assert len(taken(messages(outgoing))) == count


def test_nothing_of_a_long_text_is_lost() -> None:
    text = "\n".join(f"{n}. soccer & <swim> with Mia" for n in range(500))
    shown = taken(messages(out(text, heading="All")))
    assert len(shown) > 1
    assert "\n".join(words(m) for m in shown) == f"All\n{text}"


ANY = st.text(st.characters(exclude_categories=()), max_size=200) | st.sampled_from(
    ["<!channel>", "<@U1>", "& < > *_~`", "x" * 4000, "&" * 3000, "<!here|x> *a", "\ud83d\0"]
)
BUTTONS = st.lists(
    st.lists(st.builds(Button, ANY, st.text("abc:0", min_size=1, max_size=64)), max_size=8).map(
        tuple
    ),
    max_size=8,
).map(tuple)
FACTS = st.builds(
    EventFacts,
    ANY,
    ANY,
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    st.booleans(),
    ANY,
    *[ANY] * 5,
    st.lists(ANY, max_size=3).map(tuple),
)
OUTGOING = st.builds(
    Outgoing,
    st.just("key"),
    st.just(CHAT),
    ANY,
    heading=ANY,
    buttons=BUTTONS,
    event=st.none() | FACTS,
    sections=st.lists(st.builds(Section, ANY, ANY, BUTTONS), max_size=12).map(tuple),
)
UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@UNHURRIED
@given(OUTGOING)
def test_slack_takes_whatever_there_is_to_say(outgoing: Outgoing) -> None:
    taken(messages(outgoing))


@UNHURRIED
@given(OUTGOING)
def test_slack_takes_any_home_tab(outgoing: Outgoing) -> None:
    view = home_view(outgoing, "D1")
    assert view_complaints(view, "home") == []
    View(**view).validate_json()
    assert not looks.pinged("", view["blocks"])


@UNHURRIED
@given(ANY)
def test_slack_takes_any_notice(text: str) -> None:
    assert view_complaints(notice_view(text or "…"), "modal") == []


def test_the_home_tab_part_by_part() -> None:
    parts = (
        Section("Today", "Nothing."),
        Section("A question", "Swim?", ((Button("Yes", "opt:1:0"),),)),
        Section("Another", "Bike?", ((Button("Yes", "opt:2:0"),),)),
    )
    view = home_view(out("all", sections=parts), "D1")
    kinds = [block["type"] for block in view["blocks"]]
    assert kinds == ["actions", "header", "section", *["header", "section", "actions"] * 2]
    assert view["blocks"][0]["elements"][0]["action_id"] == "new_event"
    ids = [e["action_id"] for b in view["blocks"] for e in b.get("elements", ())]
    assert len(ids) == len(set(ids))
    assert view["private_metadata"] == "D1"


def test_a_home_tab_of_too_many_parts_keeps_the_first() -> None:
    many = tuple(Section(f"Part {n}", "x") for n in range(200))
    assert len(home_view(out("all", sections=many), "D1")["blocks"]) == 100
