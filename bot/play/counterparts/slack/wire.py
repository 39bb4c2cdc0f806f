"""A request's parameters, in every form the Web API takes them: query, urlencoded form, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.play.counterparts.slack.errors import ApiError, invalid_arguments


@dataclass(frozen=True, slots=True)
class Params:
    """Values as sent: text from forms, anything from JSON. token: "" when there was none."""

    values: Mapping[str, Any]
    token: str = ""

    def text(self, name: str) -> str:
        """The value as text, "" when it was not sent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        """As text; raises ApiError `invalid_arguments` when it was not sent."""
        value = self.text(name)
        if not value:
            raise invalid_arguments([f"missing required field: {name}"])
        return value

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        try:
            return int(value) if value else default
        except ValueError:
            raise invalid_arguments([f"must be an integer [json-pointer:/{name}]"]) from None

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1")

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def structure(self, name: str, refusal: str = "invalid_arguments") -> Any:
        """A list or object, which forms carry as JSON text; None when it was not sent. Raises
        ApiError `refusal` for text that is no JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(refusal) from None


async def read(request: Request) -> Params:
    """Raises ApiError for a body that is not what its Content-Type says."""
    values: dict[str, Any] = dict(parse_qsl(request.url.query, keep_blank_values=True))
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        values |= json_object(body)
    else:
        values |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    named = token.strip() if scheme.lower() == "bearer" else str(values.pop("token", None) or "")
    values.pop("token", None)
    return Params(values, named)


def json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(found, dict):
        raise ApiError("json_not_object")
    return found
