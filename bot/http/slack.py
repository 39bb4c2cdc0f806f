"""Slack's routes: what it posts to us, and the pages by which a workspace installs the app."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol

from fastapi import FastAPI, Request, Response

from bot.http.bodies import limited_body


class Answer(Protocol):
    """What is to be answered. headers may repeat (cookies)."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def body(self) -> str: ...


class SlackEdge(Protocol):
    """The adapter, as far as HTTP is concerned."""

    def handle(
        self, body: bytes, headers: Mapping[str, str], query: str = ""
    ) -> Awaitable[Answer]: ...
    def install(
        self, path: str, headers: Mapping[str, str], query: str = ""
    ) -> Awaitable[Answer | None]: ...


def add_slack_routes(app: FastAPI, slack: SlackEdge) -> None:
    """One address for events, commands and interactivity, as the manifest has it."""

    @app.post("/slack/events", include_in_schema=False)
    async def events(request: Request) -> Response:
        body = await limited_body(request)
        if body is None:
            return Response(status_code=413)
        return _response(await slack.handle(body, request.headers, request.url.query))

    @app.get("/slack/install", include_in_schema=False)
    @app.get("/slack/oauth_redirect", include_in_schema=False)
    async def install(request: Request) -> Response:
        answer = await slack.install(request.url.path, request.headers, request.url.query)
        return Response(status_code=404) if answer is None else _response(answer)


def _response(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        if name.casefold() != "content-length":
            for value in values:
                response.headers.append(name, value)
    return response
