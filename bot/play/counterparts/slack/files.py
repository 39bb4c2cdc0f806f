"""`files.*`: uploading in three steps, as Slack has it now."""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import quote

from bot.play.counterparts.slack import posting, written
from bot.play.counterparts.slack.errors import ApiError, invalid_arguments
from bot.play.counterparts.slack.model import File, Grant, User
from bot.play.counterparts.slack.state import State, Upload
from bot.play.counterparts.slack.wire import Params


async def get_upload_url(state: State, grant: Grant, params: Params) -> Any:
    name, length = params.needed("filename"), params.number("length", 0)
    if length <= 0:
        raise invalid_arguments(["must be greater than 0 [json-pointer:/length]"])
    file_id = state.new_id("F")
    state.uploads[file_id] = Upload(name, length)
    return {"upload_url": f"{state.base_url()}/upload/v1/{file_id}", "file_id": file_id}


async def complete_upload(state: State, grant: Grant, params: Params) -> Any:
    wanted = params.structure("files") or []
    channels = [one for one in _channels(params) if one]
    targets = [state.own_channel(grant, one) for one in channels]
    if any(target.archived for target in targets):
        raise ApiError("is_archived")
    files = [_complete(state, grant, one) for one in wanted]
    if not files:
        raise invalid_arguments(["no fewer than 1 items allowed [json-pointer:/files]"])
    for target in targets:
        text, thread_ts = params.text("initial_comment"), params.text("thread_ts")
        posting.post(state, target, text, [], thread_ts=thread_ts, files=files)
    return {"files": [written.file(one) for one in files]}


async def info(state: State, grant: Grant, params: Params) -> Any:
    file = state.files.get(params.text("file"))
    if file is None or file.by.team is not grant.team:
        raise ApiError("file_not_found")
    return {"file": written.file(file)}


def _channels(params: Params) -> list[str]:
    several = params.text("channels").split(",")
    return [params.text("channel_id"), *several]


def _complete(state: State, grant: Grant, wanted: Any) -> File:
    file_id = str(wanted.get("id", "")) if isinstance(wanted, dict) else ""
    upload = state.uploads.pop(file_id, None)
    if upload is None or upload.content is None:
        raise ApiError("file_not_found")
    title = str(wanted.get("title") or upload.name)
    return keep(state, file_id, upload.name, title, upload.content, grant.team.bot)


def keep(state: State, file_id: str, name: str, title: str, content: bytes, by: User) -> File:
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    url = f"{state.base_url()}/files-pri/{file_id}/{quote(name)}"
    state.files[file_id] = File(file_id, name, title, mime, content, by, url)
    return state.files[file_id]
