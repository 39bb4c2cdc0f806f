"""Block Kit's documented limits, and markup as a person sees it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    Option,
    SectionBlock,
    StaticSelectElement,
)

from bot.play.counterparts.slack import mrkdwn
from bot.play.counterparts.slack.blocks import message_complaints, view_complaints


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(label: str = "OK", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(label), **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def options(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"text": plain("x"), "value": str(n), **more} for n in range(count)]


def select(count: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": options(count), **more}


def test_what_slack_sdk_builds_is_accepted() -> None:
    pick = StaticSelectElement(action_id="a", options=[Option(value="1", text="One")])
    built = [
        SectionBlock(text="*x*", fields=["a", "b"], accessory=pick),
        ActionsBlock(elements=[ButtonElement(text="OK", action_id="b", value="1", style="danger")]),
    ]
    assert message_complaints([block.to_dict() for block in built]) == []


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text"),
        (section(""), "must be more than 0 characters"),
        ({"type": "section"}, "missing required field: text"),
        ({"type": "header", "text": plain("x" * 151)}, "less than 151 characters"),
        ({"type": "header", "text": section()["text"]}, "unsupported type: mrkdwn"),
        ({"type": "carousel"}, "unsupported type: carousel [json-pointer:/blocks/0/type]"),
        (section(colour="red"), "invalid additional property: colour"),
        (section(block_id="x" * 256), "less than 256 characters"),
        ({"type": "section", "text": {"type": "markdown"}}, "unsupported type: markdown"),
        (actions(), "no fewer than 1 items"),
        (actions(*[button()] * 26), "no more than 25 items allowed [json-pointer:/blocks/0/elem"),
        (actions(button("x" * 76)), "less than 76 characters [json-pointer:/blocks/0/elements/0"),
        (actions(button(value="x" * 2001)), "less than 2001 characters"),
        (actions(button(action_id="x" * 256)), "less than 256 characters"),
        (actions(button(action_id="a"), button(action_id="a")), 'action_id "a" already exists'),
        (actions(button(style="blue")), "must be a valid enum value"),
        (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
        (actions(select(101)), "no more than 100 items"),
        (actions(select(0)), "missing required field: options"),
        (actions(select(1, options=options(1, description="x"))), "must be an object"),
        (actions(select(1, initial_option=options(2)[1])), "initial option must be one of"),
        (actions({"type": "datepicker", "initial_date": "7.3."}), "failed to match pattern"),
        ({"type": "context", "elements": [section()["text"]] * 11}, "no more than 10 items"),
        ("text", "must be an object"),
    ],
)
def test_blocks_that_are_refused(block: Any, complaint: str) -> None:
    assert any(complaint in one for one in message_complaints([block]))


def test_how_many_blocks_and_which_ids() -> None:
    assert message_complaints([section()] * 50) == []
    (found,) = message_complaints([section()] * 51)
    assert found == "no more than 50 items allowed [json-pointer:/blocks]"
    double = [section(block_id="a"), section(block_id="a")]
    assert 'block_id "a" already exists' in message_complaints(double)[0]
    again = [actions(button(action_id="a")), actions(button(action_id="a"))]
    assert message_complaints(again) == [], "an action_id is to be unique in its block"


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("x"), "blocks": [section()], **more}


FIELD = {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        (modal(title=plain("x" * 25)), "less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "less than 25 characters"),
        (modal(close=plain("x" * 25)), "less than 25 characters"),
        (modal(private_metadata="x" * 3001), "less than 3001 characters"),
        (modal(callback_id="x" * 256), "less than 256 characters"),
        (modal(blocks=[section()] * 101), "no more than 100 items"),
        (modal(blocks=[FIELD]), "missing required field: submit"),
        (modal(blocks=[{**FIELD, "label": plain("x" * 2001)}]), "less than 2001 characters"),
        (modal(blocks=[{**FIELD, "element": button()}]), "unsupported type: button"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
        ({"type": "home", "blocks": []}, "unsupported type: home"),
    ],
)
def test_modals_that_are_refused(view: dict[str, Any], complaint: str) -> None:
    assert any(complaint in one for one in view_complaints(view, "modal"))


def test_views_that_are_accepted() -> None:
    assert view_complaints(modal(blocks=[FIELD], submit=plain("Go")), "modal") == []
    assert view_complaints({"type": "home", "blocks": [section()] * 100}, "home") == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("a &amp;amp; b &lt;3", "a &amp; b <3"),
        ("*bold* _it_ ~no~ `code`", "bold it no code"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("*not bold", "*not bold"),
        ("<@U1> <@U2|x> <#C1>", "@Anna x #kitchen"),
        ("<!here> <!date^1^{date}^https://e.org|Sat> <https://e.org>", "@here Sat https://e.org"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
def test_markup(sent: str, shown: str) -> None:
    assert mrkdwn.shown(sent, {"U1": "Anna", "C1": "kitchen"}) == shown


def test_who_is_pinged() -> None:
    text = "<@U1> <!here> <!subteam^S1|x> &lt;!channel&gt; <#C1> <https://e.org>"
    assert mrkdwn.pings(text) == ["U1", "here", "subteam^S1"]


def test_what_people_type() -> None:
    typed = mrkdwn.typed("<@U1> a<b & https://e.org/?a=1&b=2 <!channel")
    assert typed == "<@U1> a&lt;b &amp; <https://e.org/?a=1&amp;b=2> &lt;!channel"
