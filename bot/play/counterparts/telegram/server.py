"""The HTTP face: `/bot<token>/<method>`, as api.telegram.org has it."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.play.counterparts.telegram import methods, wire
from bot.play.counterparts.telegram.errors import ApiError, not_found, unauthorized
from bot.play.counterparts.telegram.state import State

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


def create_app(state: State) -> Starlette:
    """The Bot API over `state`."""

    async def bot_api(request: Request) -> Response:
        try:
            _check_token(state, request.path_params["token"])
            params = await wire.read(request)
            result = await methods.call(state, request.path_params["method"], params)
        except ApiError as error:
            return _answer(error.body(), error.code)
        return _answer({"ok": True, "result": result}, 200)

    async def download(request: Request) -> Response:
        document = state.documents.get(request.path_params["file_id"])
        if request.path_params["token"] != state.token or document is None:
            return _answer(not_found().body(), 404)
        return Response(document.content, media_type="application/octet-stream")

    return Starlette(
        routes=[
            Route("/file/bot{token}/documents/{file_id}", download),
            Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
        ]
    )


def _answer(body: dict[str, Any], status: int) -> Response:
    """In ASCII with escapes, as Telegram writes it: any text survives that, half an emoji too."""
    return Response(json.dumps(body), status, media_type="application/json")


def _check_token(state: State, token: str) -> None:
    """A malformed token is no address at all; a well-formed one may be unknown."""
    if not _TOKEN.fullmatch(token):
        raise not_found()
    if token != state.token:
        raise unauthorized()
