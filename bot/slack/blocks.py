"""`Outgoing` to Slack's messages: Block Kit, with a plain text beside it. Pure.

The limits are Slack's own (docs: Block Kit reference): 50 blocks a message, 100 a view, 3,000
characters a section, 2,000 a field, 75 a button's label, 25 elements a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.slack.mrkdwn import cut, escape, with_our_commands
from scheduling.buttons import parse
from scheduling.errors import NotFound
from scheduling.messages import Button, EventFacts, Outgoing
from scheduling.speech import speak, tr

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 10_000
"""Characters in all blocks of one message: Slack refuses more than about 12,000 and does not
document the number."""
VIEW_BLOCKS = 100
SECTION = 3000
FIELD = 2000
HEADER = 150
LABEL = 75
ROW = 5
"""Buttons side by side; Slack takes 25, a phone shows no more than that."""
FALLBACK = 900
"""Characters of the text beside the blocks: what a notification shows. A message that is changed
may have no more than 4,000 bytes of it."""
NEW_ACTION = "new_event"
"""action_id of the Home tab's own button."""
EDIT = "edit:"
"""Before an audit entry's id: the button that opens the form for what was booked."""


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One `chat.postMessage`. text: for notifications and readers that show no blocks."""

    text: str
    blocks: list[Block]


def messages(outgoing: Outgoing) -> list[SlackMessage]:
    """The messages to send, in order; [] when there are no words to show."""
    fallback = _fallback(outgoing)
    return [SlackMessage(fallback, part) for part in _fitting(_blocks(outgoing))]


def home_view(outgoing: Outgoing, direct: str) -> Block:
    """The Home tab that shows this, part by part. direct: id of the direct message the tab
    belongs to, which its taps bring back."""
    speak(outgoing.language)
    new = {
        "type": "button",
        "action_id": NEW_ACTION,
        "text": {"type": "plain_text", "text": tr("New event…"), "emoji": False},
        "style": "primary",
    }
    blocks: list[Block] = [{"type": "actions", "elements": [new]}]
    number = count()
    for part in outgoing.sections:
        blocks.append({"type": "header", "text": _header(part.heading)})
        blocks += [section(text) for text in _parts(_clean(part.text), SECTION)]
        blocks += _rows(part.buttons, False, number)
    return {"type": "home", "private_metadata": direct, "blocks": blocks[:VIEW_BLOCKS]}


def _header(words: str) -> Block:
    return {"type": "plain_text", "text": cut(_clean(words), HEADER) or "…", "emoji": False}


def notice_view(text: str) -> Block:
    """A small window that says one thing: the answer to a tap where there is no conversation."""
    title = {"type": "plain_text", "text": "Family Scheduler"}
    shown = cut(_clean(text), SECTION) or "…"
    return {"type": "modal", "title": title, "blocks": [section(shown)]}


def section(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}


def _blocks(outgoing: Outgoing) -> list[Block]:
    speak(outgoing.language)
    shown = [*_facts(outgoing.event)] if outgoing.event else [*_texts(outgoing)]
    return [*shown, *_rows(outgoing.buttons, outgoing.event is not None, count())] if shown else []


def _texts(outgoing: Outgoing) -> Iterator[Block]:
    heading, body = _clean(outgoing.heading), _clean(outgoing.text)
    if len(heading) > SECTION // 2:  # A heading that long is no heading.
        heading, body = "", f"{heading}\n{body}"
    first = f"*{_bold(heading)}*\n" if heading else ""
    for n, part in enumerate(_parts(body, SECTION - len(first)) or ([""] if heading else [])):
        yield section((first + part if n == 0 else part).strip())


def _facts(event: EventFacts) -> Iterator[Block]:
    """An event's card: what, when, who, with what, where, and how it stands."""
    yield section(f"*{cut(_bold(_clean(event.title)), SECTION - 2) or '…'}*")
    pairs = [
        (tr("When"), _when(event)),
        (tr("Who"), _clean(event.who)),
        (tr("With"), _clean(event.things)),
        (tr("Where"), _clean(event.place)),
        (tr("Status"), _clean(event.status)),
    ]
    fields = [f"*{name}*\n{cut(value, FIELD - 50)}" for name, value in pairs if value]
    text = [{"type": "mrkdwn", "text": field, "verbatim": True} for field in fields]
    if text:
        yield {"type": "section", "fields": text}
    for part in _parts(_clean("\n".join(event.notes)), SECTION):
        yield section(part)


def _when(event: EventFacts) -> str:
    """Slack's date element, which every reader sees in their own zone and language; an old
    client shows the words in it. A whole day is the same day everywhere."""
    when, length, repeats = (
        cut(_clean(words), FIELD // 4) for words in (event.when, event.length, event.repeats)
    )
    if not event.all_day:
        at = int(event.start.timestamp())
        when = f"<!date^{at}^{{date_long}}, {{time}}|{when}>"
        when = f"{when} ({length})" if length else when
    return f"{when}\n{repeats}" if repeats else when


def _rows(
    rows: Sequence[tuple[Button, ...]], editable: bool, number: Iterator[int]
) -> Iterator[Block]:
    """number: where the buttons of a view are counted."""
    for row in rows:
        elements = [_button(button, next(number)) for button in row]
        if editable and any(button.data.startswith("undo:") for button in row):
            elements.append(_edit(row, next(number)))
        for i in range(0, len(elements), ROW):
            yield {"type": "actions", "elements": elements[i : i + ROW]}


def _button(button: Button, number: int) -> Block:
    """action_id has to be unique in a message, and the data of two buttons may be the same."""
    label = cut(escape(button.label.strip()), LABEL) or "…"
    shown = {"type": "plain_text", "text": label, "emoji": False}
    style = _style(button)
    element = {
        "type": "button",
        "action_id": f"tap{number}",
        "text": shown,
        "value": button.data,
    }
    return {**element, "style": style} if style else element


def _edit(row: Sequence[Button], number: int) -> Block:
    undo = next(button for button in row if button.data.startswith("undo:"))
    data = f"{EDIT}{undo.data.removeprefix('undo:')}"
    return _button(Button(tr("Edit…"), data), number)


def _style(button: Button) -> str | None:
    """The best way out stands out; saying no, and what deletes for good, is red."""
    try:
        tap = parse(button.data)
    except NotFound:
        return None
    if button.label == tr("Reject") or (tap.verb == "drop" and tap.argument != "keep"):
        return "danger"
    return "primary" if button.label == tr("Approve {number}", number=1) else None


def _fallback(outgoing: Outgoing) -> str:
    title = outgoing.event.title if outgoing.event else ""
    words = "\n".join(filter(None, (outgoing.heading, outgoing.text)))
    return cut(_clean(words) or _clean(title), FALLBACK) or "…"


def _fitting(blocks: list[Block]) -> Iterator[list[Block]]:
    """Cut where a message of Slack's is full."""
    part: list[Block] = []
    length = 0
    for block in blocks:
        more = _length(block)
        if part and (len(part) == MESSAGE_BLOCKS or length + more > MESSAGE_TEXT):
            yield part
            part, length = [], 0
        part.append(block)
        length += more
    if part:
        yield part


def _length(block: Block) -> int:
    """Characters of the texts in a block."""
    shown = [block, *block.get("fields", ()), *block.get("elements", ())]
    texts = [part.get("text") or "" for part in shown]
    return sum(len(text["text"] if isinstance(text, dict) else text) for text in texts)


def _clean(text: str) -> str:
    """Escaped, without what JSON and Slack do not take, and with commands as typed here."""
    whole = text.replace("\0", "").encode("utf-8", "replace").decode()
    return escape(with_our_commands(whole)).strip()


def _bold(escaped: str) -> str:
    """Asterisks of a title would end the bold face early: they become their look-alike."""
    return escaped.replace("*", "∗").replace("\n", " ")


def _parts(text: str, limit: int) -> list[str]:
    """Split at line ends, or at spaces, or anywhere as a last resort, never inside an escape."""
    found: list[str] = []
    rest = text
    while len(rest) > limit:
        end = max(rest.rfind("\n", 1, limit), 0) or max(rest.rfind(" ", 1, limit), 0) or limit
        start = rest.rfind("&", max(0, end - 5), end)
        if start > 0 and ";" not in rest[start:end]:
            end = start
        found.append(rest[:end].strip())
        rest = rest[end:].lstrip()
    return [part for part in (*found, rest) if part]
