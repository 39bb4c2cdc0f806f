"""The API's routes on an application."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from bot.http.api import calendar, family, following, hooks, tasks
from bot.http.api.backend import Api
from bot.http.api.limited import LimitedBodies
from bot.http.api.problems import ProblemDetails, add_problems
from bot.http.api.request_ids import RequestIds


def add_api(app: FastAPI, api: Api, origins: Sequence[str] = ()) -> None:
    """origins: of web pages that may call it from a browser; none, unless they are named."""
    app.state.api = api
    for part in (tasks, calendar, family, following, hooks):
        app.include_router(part.router)
    add_problems(app)
    _describe_problems(app)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
            expose_headers=["Retry-After", "X-Request-ID"],
        )
    app.add_middleware(LimitedBodies)
    app.add_middleware(RequestIds)


def _describe_problems(app: FastAPI) -> None:
    """The schema of errors, which no route returns by itself."""
    described = app.openapi

    def with_problems() -> dict[str, object]:
        document = described()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        if "ProblemDetails" not in schemas:
            schema = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(schema.pop("$defs", {}))
            schemas["ProblemDetails"] = schema
        return document

    app.openapi = with_problems  # type: ignore[method-assign]
