"""Bot API methods that show something to people."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.telegram.entities import Entity, parse_html, trimmed, typed, units
from bot.play.counterparts.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from bot.play.counterparts.telegram.model import Button, Chat, Document, Message, Row
from bot.play.counterparts.telegram.state import Activity, State
from bot.play.counterparts.telegram.wire import Params

_TEXT_LIMIT, _CAPTION_LIMIT, _TOAST_LIMIT, _DATA_LIMIT = 4096, 1024, 200, 64


async def send_message(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    text, entities = _words(params, "text", _TEXT_LIMIT)
    if not text:
        raise bad_request("message text is empty")
    message = _post(state, chat, params, text=text, entities=entities)
    return message.json()


async def send_document(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    caption, entities = _words(params, "caption", _CAPTION_LIMIT)
    named = params.text("document").removeprefix("attach://") or "document"
    upload = params.files.get(named)
    if upload is None:
        raise bad_request("there is no document in the request")
    if not upload.content:
        raise bad_request("file must be non-empty")
    file_id = f"file-{next(state.ids)}"
    document = Document(upload.name, upload.mime, upload.content, file_id)
    message = _post(state, chat, params, text=caption, entities=entities, document=document)
    return message.json()


async def edit_message_text(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    message = _own(state, chat, params)
    text, entities = _words(params, "text", _TEXT_LIMIT)
    if not text:
        raise bad_request("message text is empty")
    return _change(state, message, text, entities, _buttons(params))


async def edit_message_reply_markup(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    message = _own(state, chat, params)
    return _change(state, message, message.text, message.entities, _buttons(params))


async def delete_message(state: State, params: Params) -> Any:
    chat = state.chat(params.integer("chat_id"))
    message_id = params.integer("message_id")
    message = state.message(chat, message_id, "message to delete not found")
    del chat.messages[message.id]
    return True


async def answer_callback_query(state: State, params: Params) -> Any:
    tap = state.taps.get(params.text("callback_query_id"))
    if tap is None or tap.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    text = params.text("text")
    if len(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer, tap.alert = text, params.flag("show_alert")
    if text:
        shown = Activity(
            "alert" if tap.alert else "toast", tap.message.chat, text, tap.message, user=tap.user
        )
        state.activity.append(shown)
    state.updates.changed.notify()
    return True


def _post(state: State, chat: Chat, params: Params, **what: Any) -> Message:
    reply_to, topic = _reply(state, chat, params)
    buttons = _buttons(params)
    state.pace(chat)
    message = state.put(chat, state.me, buttons=buttons, reply_to=reply_to, topic=topic, **what)
    state.showed("new", message)
    return message


def _own(state: State, chat: Chat, params: Params) -> Message:
    message = state.message(chat, params.integer("message_id"), "message to edit not found")
    if message.sender != state.me:
        raise bad_request("message can't be edited")
    return message


def _change(
    state: State, message: Message, text: str, entities: list[Entity], buttons: tuple[Row, ...]
) -> Any:
    if (text, entities, buttons) == (message.text, message.entities, message.buttons):
        raise bad_request(NOT_MODIFIED)
    message.change(text, entities, buttons, state.date())
    state.showed("edit", message)
    return message.json()


def _words(params: Params, name: str, limit: int) -> tuple[str, list[Entity]]:
    """Text and entities after parsing; the limit counts what people see."""
    source, mode = params.text(name), params.text("parse_mode").lower()
    entities: list[Entity]
    if mode == "html":
        source, entities = parse_html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        entities = params.structure("entities") or typed(source)
    text, entities = trimmed(source.replace("\0", ""), entities)
    if units(text) > limit:
        what = "message is too long" if name == "text" else "message caption is too long"
        raise bad_request(what)
    return text, entities


def _reply(state: State, chat: Chat, params: Params) -> tuple[Message | None, int | None]:
    """The message answered and the topic written in."""
    wanted = params.structure("reply_parameters") or {}
    found = chat.messages.get(int(wanted.get("message_id", 0)))
    if wanted and found is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    topic = params.integer("message_thread_id")
    if topic is not None and topic not in chat.topics:
        raise bad_request("message thread not found")
    return found, topic if topic is not None or found is None else found.topic


def _buttons(params: Params) -> tuple[Row, ...]:
    keyboard = (params.structure("reply_markup") or {}).get("inline_keyboard") or []
    return tuple(tuple(_button(button) for button in row) for row in keyboard if row)


def _button(button: dict[str, Any]) -> Button:
    label, data, url = button.get("text", ""), button.get("callback_data"), button.get("url")
    if not label:
        raise bad_request("inline keyboard button text must be non-empty")
    if url is None and not data:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if data is not None and len(data.encode()) > _DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, data, url)
