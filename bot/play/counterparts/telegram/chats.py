"""Bot API methods about chats and their members."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.telegram.errors import bad_request
from bot.play.counterparts.telegram.state import State
from bot.play.counterparts.telegram.wire import Params

_ANY_GIFT = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    True,
)

_RIGHTS = dict.fromkeys(
    (
        *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
        *("can_manage_video_chats", "can_restrict_members", "can_promote_members"),
        *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
        *("can_delete_stories", "can_pin_messages", "can_manage_topics"),
    ),
    False,
)
"""An administrator's, as the Bot API always names them."""


async def get_chat(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    return chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _ANY_GIFT,
    }


async def get_chat_member(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    user_id = params.integer("user_id")
    if user_id == state.me.id:
        ours = {"status": chat.bot, "user": state.me.json()}
        return ours | (_RIGHTS if chat.bot == "administrator" else {})
    member = next((user for user in chat.members if user.id == user_id), None)
    if member is not None:
        return {"status": "member", "user": member.json()}
    known = state.users.get(user_id or 0)
    if known is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return {"status": "left", "user": known.json()}


async def send_chat_action(state: State, params: Params) -> Any:
    state.chat(params.integer("chat_id"))
    return True


async def leave_chat(state: State, params: Params) -> Any:
    state.chat(params.integer("chat_id")).bot = "left"
    return True
