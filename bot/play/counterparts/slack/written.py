"""How the Web API and the events write what is in `model` as JSON."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack.model import Channel, File, Filled, Message, Team, User, View


def user(found: User, *, locale: bool = False) -> dict[str, Any]:
    first, _, last = found.real_name.partition(" ")
    profile: dict[str, Any] = {
        "real_name": found.real_name,
        "real_name_normalized": found.real_name,
        "display_name": found.display_name,
        "display_name_normalized": found.display_name,
        "first_name": first,
        "last_name": last,
        "team": found.team.id,
    }
    if found.email:
        profile["email"] = found.email
    if found.is_bot:
        profile["bot_id"] = found.bot_id
    written: dict[str, Any] = {
        "id": found.id,
        "team_id": found.team.id,
        "name": found.name,
        "deleted": found.deleted,
        "real_name": found.real_name,
        "tz": found.tz,
        "tz_label": found.tz_label,
        "tz_offset": found.tz_offset,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": found.is_bot,
        "is_app_user": False,
        "updated": found.updated,
    }
    return written | ({"locale": found.locale} if locale else {})


def user_in_brief(found: User) -> dict[str, Any]:
    """As interactive payloads name somebody."""
    return {
        "id": found.id,
        "username": found.name,
        "name": found.name,
        "team_id": found.team.id,
    }


def team_in_brief(found: Team) -> dict[str, Any]:
    return {"id": found.id, "domain": found.domain}


def channel(found: Channel) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": found.id,
        "created": 1_700_000_000,
        "is_archived": found.archived,
        "is_im": found.kind == "im",
        "is_mpim": False,
        "is_private": found.kind != "public",
        "context_team_id": found.team.id,
        "is_org_shared": False,
        "is_shared": False,
        "is_ext_shared": False,
        "updated": 1_700_000_000_000,
    }
    if found.kind == "im":
        return written | {"user": found.person.id, "is_user_deleted": found.person.deleted}
    return written | {
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": found.kind == "public",
        "is_group": found.kind == "private",
        "is_general": False,
        "is_member": found.has_bot,
        "num_members": len(found.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def channel_in_brief(found: Channel) -> dict[str, Any]:
    """As interactive payloads and commands name a channel."""
    name = {"public": found.name, "private": "privategroup", "im": "directmessage"}[found.kind]
    return {"id": found.id, "name": name}


def message(found: Message, app_id: str) -> dict[str, Any]:
    """As history, events and interactive payloads have it."""
    written: dict[str, Any] = {"type": "message"}
    if found.subtype:
        written["subtype"] = found.subtype
    written |= {"user": found.sender.id, "text": found.text, "ts": found.ts}
    if found.sender.is_bot:
        written |= _bot(found.sender, app_id, ours=found.by_bot)
    written["team"] = found.channel.team.id
    if found.blocks:
        written["blocks"] = found.blocks
    if found.edited:
        written["edited"] = found.edited
    if found.files:
        written["files"] = [file(one) for one in found.files]
    if found.metadata:
        written["metadata"] = found.metadata
    return written | _thread(found) | found.extra


def _bot(sender: User, app_id: str, *, ours: bool) -> dict[str, Any]:
    if not ours:
        return {"bot_id": sender.bot_id, "username": sender.shown_name}
    profile = {
        "id": sender.bot_id,
        "deleted": False,
        "name": sender.shown_name,
        "updated": 1_700_000_000,
        "app_id": app_id,
        "team_id": sender.team.id,
    }
    return {"bot_id": sender.bot_id, "app_id": app_id, "bot_profile": profile}


def _thread(found: Message) -> dict[str, Any]:
    if found.is_reply:
        parent = found.channel.messages.get(found.thread_ts)
        written = {"thread_ts": found.thread_ts}
        return written | ({"parent_user_id": parent.sender.id} if parent else {})
    replies = [one for one in found.channel.messages.values() if one.is_reply_to(found)]
    if not replies:
        return {}
    return {
        "thread_ts": found.ts,
        "reply_count": len(replies),
        "reply_users_count": len({one.sender.id for one in replies}),
        "reply_users": sorted({one.sender.id for one in replies}),
        "latest_reply": replies[-1].ts,
    }


def file(found: File) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "title": found.title,
        "mimetype": found.mime,
        "filetype": found.name.rpartition(".")[2],
        "url_private": found.url,
        "url_private_download": found.url,
        "size": len(found.content),
        "user": found.by.id,
        "mode": "hosted",
        "is_external": False,
    }


def values(filled: Filled) -> dict[str, dict[str, Any]]:
    """`state.values`."""
    written: dict[str, dict[str, Any]] = {}
    for (block_id, action_id), value in filled.items():
        written.setdefault(block_id, {})[action_id] = value
    return written


_NO_TITLE = {"type": "plain_text", "text": "View Title", "emoji": True}


def view(found: View, app_id: str) -> dict[str, Any]:
    content = found.content
    written: dict[str, Any] = {
        "id": found.id,
        "team_id": found.team.id,
        "type": content["type"],
        "title": content.get("title", _NO_TITLE),
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": values(found.filled)},
        "hash": found.hash,
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": found.below.id if found.below else None,
        "root_view_id": found.root.id,
        "app_id": app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": found.team.id,
        "bot_id": found.team.bot.bot_id,
    }
    return written
