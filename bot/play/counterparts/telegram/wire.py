"""A request's parameters, in every form the Bot API takes them: URL query, urlencoded form,
multipart form, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.play.counterparts.telegram.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Values as sent: text from forms, anything from JSON."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value as text, "" when it was not sent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int | None:
        value = self.text(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise bad_request(f"{name} must be an integer") from None

    def number(self, name: str, default: int = 0) -> int:
        value = self.integer(name)
        return default if value is None else value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes")

    def structure(self, name: str) -> Any:
        """A list or object, which forms carry as JSON text; None when it was not sent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


async def read(request: Request) -> Params:
    """Raises ApiError for a body that is not what its Content-Type says."""
    query = dict(parse_qsl(request.url.query, keep_blank_values=True))
    kind = request.headers.get("content-type", "")
    body = await request.body()
    if kind.startswith("application/json"):
        return Params(query | _json(body))
    if kind.startswith("multipart/form-data"):
        return _multipart(query, kind, body)
    return Params(query | dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True)))


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad_request("can't parse JSON object")
    return found


def _multipart(query: Mapping[str, Any], kind: str, body: bytes) -> Params:
    boundary = re.search(r'boundary="?([^";]+)', kind)
    if boundary is None:
        raise bad_request("boundary is missing")
    values: dict[str, Any] = dict(query)
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers: Headers = BytesHeaderParser().parsebytes(head)
        name = str(headers.get_param("name", "", "content-disposition"))
        filename = headers.get_filename()
        if filename is None:
            values[name] = content.decode(errors="replace")
        else:
            files[name] = Upload(filename, headers.get_content_type(), content)
    return Params(values, files)
