"""The two vendors' servers in one, on a loopback port."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.models import anthropic, audio, openai
from bot.play.counterparts.models.replies import Fault, Reply, message_of, reply_to


class Models:
    """replies: looked through in order. asked: every message a model was shown, in order.
    requests: their bodies. recordings: what was to be written down. key: what both vendors take
    for a good one."""

    def __init__(self, replies: Sequence[Reply] = ()) -> None:
        self.replies = list(replies)
        self.asked: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.recordings: list[audio.Recording] = []
        self.key = "sk-test-key"
        routes = [
            Route("/v1/chat/completions", self._openai, methods=["POST"]),
            Route("/v1/messages", self._anthropic, methods=["POST"]),
            Route("/v1/audio/transcriptions", self._audio, methods=["POST"]),
        ]
        self._loopback = Loopback(Starlette(routes=routes))

    @property
    def base_url(self) -> str:
        return self._loopback.base_url

    async def start(self) -> None:
        await self._loopback.start()

    async def stop(self) -> None:
        await self._loopback.stop()

    async def _openai(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return _answer(*openai.error("unauthorised"))
        body = await request.json()
        content = body["messages"][-1]["content"]
        if (strange := openai.strange_part(content)) is not None:
            return _answer(*openai.invalid(f"Invalid value: '{strange}'."))
        reply, fault = await self._reply(request, body, _text(content))
        if fault in openai.ERRORS:
            return _answer(*openai.error(fault))
        return JSONResponse(openai.completion(body, reply, fault))

    async def _anthropic(self, request: Request) -> Response:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if (request.headers.get("x-api-key") or bearer) != self.key:
            return _answer(*anthropic.error("unauthorised"))
        if not request.headers.get("anthropic-version"):
            return _answer(*anthropic.invalid("anthropic-version: header is required"))
        body = await request.json()
        content = body["messages"][-1]["content"]
        if (strange := anthropic.strange_block(content)) is not None:
            return _answer(*anthropic.invalid(f"messages: Input tag '{strange}' found"))
        reply, fault = await self._reply(request, body, _text(content))
        if fault in anthropic.ERRORS:
            return _answer(*anthropic.error(fault))
        return JSONResponse(anthropic.message(body, reply, fault))

    async def _audio(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return _answer(*openai.error("unauthorised"))
        posted = audio.recording(request.headers["content-type"], await request.body())
        if posted is None or (why := audio.refused(posted)):
            return _answer(*openai.invalid(why if posted else audio.refused(None)))
        self.recordings.append(posted)
        reply, fault = await self._answered(request, posted.content.decode("latin-1"))
        if fault in openai.ERRORS:
            return _answer(*openai.error(fault))
        return JSONResponse(audio.transcription(posted, reply))

    async def _reply(
        self, request: Request, body: dict[str, Any], told: str
    ) -> tuple[Reply, Fault | None]:
        self.requests.append(body)
        message = message_of(told)
        self.asked.append(message)
        return await self._answered(request, message)

    async def _answered(self, request: Request, message: str) -> tuple[Reply, Fault | None]:
        reply = reply_to(self.replies, message)
        await asyncio.sleep(reply.seconds)
        gone = reply.fault != "timeout"
        while not gone:
            gone = (await request.receive())["type"] == "http.disconnect"
        return reply, reply.fault


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(str(block.get("text", "")) for block in content)


def _answer(status: int, body: dict[str, Any], headers: dict[str, str]) -> Response:
    return JSONResponse(body, status_code=status, headers=headers)
