"""The Bot API's methods: name (any case) to function; each raises ApiError to refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.play.counterparts.telegram import chats, sending
from bot.play.counterparts.telegram.errors import WEBHOOK_ACTIVE, bad_request, conflict, not_found
from bot.play.counterparts.telegram.state import State
from bot.play.counterparts.telegram.wire import Params

LARGEST_DOWNLOAD = 20_000_000
"""Bytes (Bot API: getFile)."""

Method = Callable[[State, Params], Awaitable[Any]]


async def get_me(state: State, params: Params) -> Any:
    return state.me.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(state: State, params: Params) -> Any:
    if state.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    _remember_allowed(state, params)
    limit = min(max(params.number("limit", 100), 1), 100)
    timeout = max(0, params.number("timeout"))
    return await state.updates.poll(params.number("offset"), limit, timeout)


async def set_webhook(state: State, params: Params) -> Any:
    _remember_allowed(state, params)
    _drop_pending(state, params)
    await state.webhook.set(params.text("url"), params.text("secret_token"))
    return True


async def delete_webhook(state: State, params: Params) -> Any:
    _drop_pending(state, params)
    await state.webhook.set("", "")
    return True


async def get_webhook_info(state: State, params: Params) -> Any:
    return state.webhook.info()


async def set_my_commands(state: State, params: Params) -> Any:
    commands = params.structure("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name, description = command.get("command", ""), command.get("description", "")
        if not (name.isascii() and name.replace("_", "").isalnum() and len(name) <= 32):
            raise bad_request("BOT_COMMAND_INVALID")
        if name != name.lower() or not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_INVALID")
    state.commands[:] = commands
    return True


async def get_my_commands(state: State, params: Params) -> Any:
    return state.commands


async def accepted(state: State, params: Params) -> Any:
    """Methods that change nothing here."""
    return True


def _remember_allowed(state: State, params: Params) -> None:
    """Holds until it is given again; [] stands for all but what must be asked for."""
    allowed = params.structure("allowed_updates")
    if allowed is not None:
        state.updates.allowed = frozenset(allowed)


def _drop_pending(state: State, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        state.updates.pending.clear()


async def get_file(state: State, params: Params) -> Any:
    """A path that is good for an hour; here it is the file's id."""
    file_id = params.text("file_id")
    document = state.documents.get(file_id)
    if document is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(document.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    size = len(document.content)
    told = {"file_id": file_id, "file_unique_id": file_id, "file_size": size}
    return told | {"file_path": f"documents/{file_id}"}


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "logout": accepted,
    "close": accepted,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "editmessagetext": sending.edit_message_text,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "deletemessage": sending.delete_message,
    "answercallbackquery": sending.answer_callback_query,
    "getfile": get_file,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "sendchataction": chats.send_chat_action,
    "leavechat": chats.leave_chat,
}


async def call(state: State, name: str, params: Params) -> Any:
    """Run one method, unless it was told to fail. Raises ApiError."""
    method = METHODS.get(name.lower())
    if method is None:
        raise not_found()
    state.calls.append((name, dict(params.values)))
    faults = state.faults.get(name.lower())
    fault = faults.pop(0) if faults else None
    if fault is not None:
        raise fault
    return await method(state, params)
