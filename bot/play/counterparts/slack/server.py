"""The HTTP face: the Web API under `/api/`, and the addresses it gives out."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from bot.play.counterparts.slack import methods, responses, wire
from bot.play.counterparts.slack.app import BOT_SCOPES, Consent
from bot.play.counterparts.slack.errors import ApiError
from bot.play.counterparts.slack.state import State


class Face:
    """Requests in, answers out."""

    def __init__(self, state: State) -> None:
        self._state = state

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self.web_api, methods=["GET", "POST"]),
                Route("/actions/{name:path}", self.response_url, methods=["POST"]),
                Route("/upload/v1/{file_id}", self.upload, methods=["POST"]),
                Route("/files-pri/{file_id}/{name}", self.download, methods=["GET"]),
                Route("/oauth/v2/authorize", self.authorize, methods=["GET"]),
                WebSocketRoute("/link/", self._state.sockets.serve),
            ]
        )

    async def web_api(self, request: Request) -> Response:
        authorization = request.headers.get("authorization", "")
        try:
            params = await wire.read(request)
            name = request.path_params["method"]
            result = await methods.call(self._state, name, params, authorization)
        except ApiError as error:
            return _json(error.body(), error)
        return _json({"ok": True, **result})

    async def response_url(self, request: Request) -> Response:
        try:
            values = wire.json_object(await request.body())
            responses.use(self._state, request.path_params["name"], values)
        except ApiError as error:
            return _json(error.body(), error)
        return PlainTextResponse("ok")

    async def upload(self, request: Request) -> Response:
        upload = self._state.uploads.get(request.path_params["file_id"])
        content = await request.body()
        if upload is None or len(content) != upload.length:
            return PlainTextResponse("no such upload, or not of that length", 400)
        upload.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        """To others than the app, Slack shows where to sign in."""
        file = self._state.files.get(request.path_params["file_id"])
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        grant = self._state.grants.tokens.get(token)
        allowed = grant and token not in self._state.grants.ended and "files:read" in grant.scopes
        if file is None or grant is None or not allowed or file.by.team is not grant.team:
            return HTMLResponse("<!DOCTYPE html><title>Sign in</title>")
        return Response(file.content, media_type=file.mime)

    async def authorize(self, request: Request) -> Response:
        """Who is at the browser says yes at once; nobody there says no."""
        settings, query = self._state.settings, request.query_params
        redirect = query.get("redirect_uri") or next(iter(settings.redirect_urls), "")
        if query.get("client_id") != settings.client_id:
            return PlainTextResponse("Invalid client_id parameter", 400)
        if not redirect or (settings.redirect_urls and redirect not in settings.redirect_urls):
            return PlainTextResponse("redirect_uri did not match any configured URIs", 400)
        answer = self._consent(redirect, query.get("scope", ""))
        if "state" in query:
            answer["state"] = query["state"]
        return RedirectResponse(f"{redirect}?{urlencode(answer)}", 302)

    def _consent(self, redirect: str, scope: str) -> dict[str, str]:
        visitor = self._state.visitor
        if visitor is None:
            return {"error": "access_denied"}
        scopes = tuple(scope.split(",")) if scope else BOT_SCOPES
        code = f"{visitor.team.id}.{next(self._state.ids)}"
        consent = Consent(visitor.team, visitor, scopes, redirect)
        self._state.grants.codes[code] = consent
        return {"code": code}


def _json(body: dict[str, Any], error: ApiError | None = None) -> Response:
    """In ASCII with escapes: any text survives that, half an emoji too."""
    status, headers = (error.status, error.headers) if error else (200, {})
    return Response(json.dumps(body), status, headers, media_type="application/json")
