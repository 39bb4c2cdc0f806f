"""Errors as RFC 9457 problem details: what is wrong, in words, and nothing of what was sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from bot.http.api import request_ids
from scheduling.errors import NotFound, SchedulingError

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Wrong(BaseModel):
    """One field that is not as it should be."""

    at: str = Field(description="Where, as a JSON pointer into the request.")
    detail: str


class ProblemDetails(BaseModel):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Wrong] = Field(default_factory=list)


class Problem(Exception):
    """What the caller is answered instead. detail: a sentence for whoever reads the answer."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses` of a route that may answer with these, beside what every route may."""
    every = {400, 401, 403, 413, 422, 429, 503}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted(every | set(statuses))
    }


def add_problems(app: FastAPI) -> None:
    """Every error of the application in that form."""

    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> JSONResponse:
        return _answer(error.status, error.detail, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        wrong = [Wrong(at=_pointer(e["loc"]), detail=_said(e["msg"])) for e in error.errors()]
        return _answer(422, "The request is not as it should be.", wrong)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_methods(request)) or headers.get("Allow", "GET")
        return _answer(error.status_code, str(error.detail), headers=headers)

    @app.exception_handler(SchedulingError)
    async def kindly(request: Request, error: SchedulingError) -> JSONResponse:
        return _answer(404 if isinstance(error, NotFound) else 409, str(error))

    @app.exception_handler(Exception)
    async def ours(request: Request, error: Exception) -> JSONResponse:
        _log.exception("request %s failed", request_ids.current.get())
        return _answer(503, "Something went wrong on this side; please try again in a moment.")


def _methods(request: Request) -> list[str]:
    """Every method of that path, of whichever of its routes, as the API's description has it."""
    paths: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    here = request.url.path
    return sorted(
        method.upper()
        for template, methods in paths.items()
        if compile_path(template)[0].match(here)
        for method in methods
    )


def _answer(
    status: int,
    detail: str,
    errors: list[Wrong] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    details = ProblemDetails(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    return JSONResponse(
        details.model_dump(), status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def _pointer(where: tuple[int | str, ...]) -> str:
    """ "#/body/event/start"; what was sent is not repeated, as a key it may be anything."""
    return "#/" + "/".join(_printable(str(part))[:60] for part in where)


def _said(message: str) -> str:
    return _printable(message)[:300]


def _printable(words: str) -> str:
    return "".join(c for c in words if c.isprintable())
