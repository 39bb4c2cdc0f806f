"""Slack's payloads to `Inbound`; `blocks` is the way back. Pure: no network, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.slack.addresses import IN_THREAD, Channel, account, address
from bot.slack.forms import Origin
from bot.slack.mrkdwn import command_line, mentions, plain
from scheduling.forms import EventForm
from scheduling.messages import FileRef, Inbound, Sender, kind_of_file

Payload = Mapping[str, Any]

ADD_SHORTCUT = "add_to_calendar"
"""callback_id of the message shortcut."""

_WRITTEN = (None, "file_share", "thread_broadcast", "me_message")
_ENDS = (
    *("channel_left", "group_left", "channel_deleted", "group_deleted"),
    *("channel_archive", "group_archive"),
)
_BEGINS = ("channel_unarchive", "group_unarchive")
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack tells of them. timezone: IANA."""

    name: str
    timezone: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a payload does not say and had to be asked for. me: our user id in that workspace.
    profiles: of the one who acted and of those mentioned. title: the channel's name."""

    me: str
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    title: str = ""


def team_of(body: Payload) -> str:
    """The workspace something happened in."""
    team = body.get("team_id") or part(body, "team").get("id")
    return str(team or part(body, "user").get("team_id") or "")


def channel_of(body: Payload) -> Channel | None:
    """The conversation something happened in; None where it happened in none."""
    event = part(body, "event")
    here = (
        body.get("channel_id")
        or event.get("channel")
        or part(body, "channel").get("id")
        or part(body, "container").get("channel_id")
    )
    if isinstance(here, Mapping):  # channel_rename and its like carry the whole channel
        here = here.get("id")
    return Channel(team_of(body), str(here)) if here else None


def user_of(body: Payload) -> str | None:
    """Who did it; of somebody's coming, who brought them."""
    event = part(body, "event")
    who = (
        body.get("user_id")
        or event.get("inviter")
        or event.get("user")
        or part(event, "message").get("user")
        or part(body, "user").get("id")
    )
    return str(who) if who else None


def mentioned(body: Payload) -> list[str]:
    """Whose names its text needs."""
    event = part(body, "event")
    texts = (event.get("text"), part(event, "message").get("text"), body.get("text"))
    return mentions(str(part(body, "message").get("text") or next(filter(None, texts), "")))


def inbound(body: Payload, known: Known, received_at: datetime) -> Inbound | None:
    """What a payload says, or None where it is not for us (other apps, our own echo, typing)."""
    if body.get("type") == "event_callback":
        return _event(body, known, received_at)
    if "command" in body:
        return _command(body, known, received_at)
    if body.get("type") == "block_actions":
        return _tap(body, known, received_at)
    if body.get("type") == "message_action" and body.get("callback_id") == ADD_SHORTCUT:
        return _shortcut(body, known)
    return None


def _event(body: Payload, known: Known, received_at: datetime) -> Inbound | None:
    event, channel = part(body, "event"), channel_of(body)
    if channel is None:
        return None
    kind = event.get("type")
    if kind == "app_home_opened":
        return _home_opened(body, channel, known, received_at)
    if kind == "message" and event.get("subtype") == "message_changed":
        return _edit(body, channel, known)
    if kind in ("message", "app_mention") and event.get("subtype") in _WRITTEN:
        return _message(body, channel, known)
    if (kind == "member_joined_channel" and event.get("user") == known.me) or kind in _BEGINS:
        return _presence(body, channel, known, received_at, arrived=True)
    if (kind == "member_left_channel" and event.get("user") == known.me) or kind in _ENDS:
        return _presence(body, channel, known, received_at, arrived=False)
    return None


def _message(body: Payload, channel: Channel, known: Known) -> Inbound | None:
    event = part(body, "event")
    user, ts = event.get("user"), event.get("ts")
    if not user or not ts or event.get("bot_id") or user in (known.me, _SLACKBOT):
        return None
    key = f"message:{channel.team}:{channel.id}:{ts}"
    return _said(channel, event, known, key=key, **_shared(channel, event, known))


def _shared(channel: Channel, event: Payload, known: Known) -> Payload:
    """A message that was forwarded: Slack puts it below whatever is written to it. It counts by
    the day of its own writing, and is offered like all that somebody else has said."""
    shared = next((a for a in event.get("attachments") or () if a.get("is_share")), None)
    words = str(shared.get("text") or "") if shared else ""
    if shared is None or not words.strip():
        return {}
    own = plain(str(event.get("text") or ""), _names(known), known.me)
    by, ts = shared.get("author_id"), str(shared.get("ts") or "")
    return {
        "text": f"{plain(words, _names(known), known.me)} {own}".strip(),
        "forwarded": True,
        "author": account(channel.team, str(by)) if by else None,
        "sent_at": moment(ts or str(event["ts"])),
    }


def _edit(body: Payload, channel: Channel, known: Known) -> Inbound | None:
    event = part(body, "event")
    now, before = part(event, "message"), part(event, "previous_message")
    edited = part(now, "edited").get("ts")
    if not edited or now.get("bot_id") or now.get("text") == before.get("text"):
        return None  # a link was unfurled, a thread grew: nobody wrote anything new
    key = f"edit:{channel.team}:{channel.id}:{now.get('ts')}:{edited}"
    return _said(channel, now, known, key=key, kind="edit")


def _said(channel: Channel, message: Payload, known: Known, *, key: str, **more: Any) -> Inbound:
    """The same for a message and for the `app_mention` that Slack sends beside it."""
    text, ts = str(message.get("text") or ""), str(message["ts"])
    thread = str(message.get("thread_ts") or "")
    within = thread if thread and thread != ts else None
    mark = IN_THREAD if channel.direct else ""
    fields: dict[str, Any] = {
        "kind": "message",
        "key": key,
        "chat": address(channel, known.title),
        "sender": sender(channel.team, str(message["user"]), known),
        "sent_at": moment(ts),
        "text": plain(text, _names(known), known.me),
        "addressed": channel.direct or known.me in mentions(text),
        "message_ref": ts,
        "reply_ref": within,
        "thread_ref": within and f"{mark}{within}",
        "files": tuple(_file(one) for one in message.get("files") or () if one.get("url_private")),
    }
    return Inbound(**fields | more)


def _file(told: Payload) -> FileRef:
    name = str(told.get("name") or "")
    media = str(told.get("mimetype") or "")
    kind = kind_of_file(name, media)
    return FileRef(kind, str(told["url_private"]), name, int(told.get("size") or 0), media)


def _presence(
    body: Payload, channel: Channel, known: Known, at: datetime, *, arrived: bool
) -> Inbound:
    event = part(body, "event")
    kind, by = ("joined", event.get("inviter")) if arrived else ("left", None)
    key = f"{kind}:{channel.team}:{channel.id}:{event.get('event_ts') or body.get('event_id')}"
    who = sender(channel.team, str(by), known) if by else None
    return Inbound(kind, key, address(channel, known.title), who, at)  # type: ignore[arg-type]


def _command(body: Payload, known: Known, at: datetime) -> Inbound | None:
    channel, user = channel_of(body), user_of(body)
    if channel is None or user is None:
        return None
    line = command_line(plain(str(body.get("text") or ""), _names(known), known.me))
    return Inbound(
        "command",
        f"command:{channel.team}:{body.get('trigger_id')}",
        address(channel, known.title or str(body.get("channel_name") or "")),
        sender(channel.team, user, known, str(body.get("user_name") or "")),
        at,
        text=line,
    )


def _tap(body: Payload, known: Known, at: datetime) -> Inbound | None:
    """A button's value is its data. A Home tab is a conversation of its own beside the direct
    message it belongs to."""
    action, user = first_action(body), user_of(body)
    if user is None or action.get("type") != "button" or not action.get("value"):
        return None
    container = part(body, "container")
    channel = channel_of(body) or _home(body, user)
    if channel is None:
        return None
    return Inbound(
        "tap",
        f"tap:{channel.team}:{channel.id}:{user}:{action.get('action_ts')}:{action['value']}",
        address(channel, known.title),
        sender(channel.team, user, known, str(part(body, "user").get("username") or "")),
        at,
        message_ref=container.get("message_ts"),
        button=str(action["value"]),
    )


def _home(body: Payload, user: str) -> Channel | None:
    """The direct message whose id the view of a Home tab carries along."""
    direct = str(part(body, "view").get("private_metadata") or "")
    return Channel(team_of(body), direct, home=user) if direct.startswith("D") else None


def _home_opened(body: Payload, channel: Channel, known: Known, at: datetime) -> Inbound | None:
    event = part(body, "event")
    if event.get("tab") != "home":
        return None
    return home(channel, str(event["user"]), known, at, str(event.get("event_ts") or at))


def home(channel: Channel, user: str, known: Known, at: datetime, what: str) -> Inbound:
    """Their Home tab is to be shown as things are now. what: tells one such wish from another.
    Looking is not speaking: it makes nobody a member."""
    tab = Channel(channel.team, channel.id, home=user)
    who = sender(channel.team, user, known)
    key = f"home:{channel.team}:{user}:{what}"
    return Inbound("command", key, address(tab, known.title), who, at, "/home", addressed=False)


def submitted(
    body: Payload, form: EventForm, origin: Origin, known: Known, at: datetime
) -> Inbound:
    """A modal that was filled in; its view's id makes it the same when delivered twice."""
    team, view = team_of(body), part(body, "view")
    channel = Channel(team, origin.channel)
    return Inbound(
        "message",
        f"form:{team}:{view['id']}",
        address(channel, known.title),
        sender(team, str(user_of(body)), known),
        at,
        reply_ref=origin.thread,
        thread_ref=origin.thread,
        form=form,
    )


def _shortcut(body: Payload, known: Known) -> Inbound | None:
    """Any message, read for the one who chose it: what it says is somebody's words, so it is
    offered and not booked."""
    channel, user, message = channel_of(body), user_of(body), part(body, "message")
    if channel is None or user is None or not message.get("ts"):
        return None
    return _said(
        channel,
        {**message, "user": user},
        known,
        key=f"shortcut:{channel.team}:{channel.id}:{message['ts']}:{body.get('action_ts')}",
        addressed=True,
        forwarded=True,
        author=account(channel.team, str(message["user"])) if message.get("user") else None,
    )


def sender(team: str, user: str, known: Known, username: str = "") -> Sender:
    profile = known.profiles.get(user) or Profile(username)
    return Sender(
        "slack",
        account(team, user),
        profile.name or username or "Someone",
        username,
        profile.locale,
        profile.timezone,
    )


def moment(ts: str) -> datetime:
    """The time in a message's ts, which is its id as well. Raises ValueError."""
    return datetime.fromtimestamp(float(ts), UTC)


def _names(known: Known) -> dict[str, str]:
    return {user: profile.name for user, profile in known.profiles.items()}


def part(body: Payload, name: str) -> Payload:
    """A part of a payload; {} where it has none of that name that has parts itself."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def first_action(body: Payload) -> Payload:
    """What was tapped; {} where nothing was."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else {}
    return first if isinstance(first, Mapping) else {}
