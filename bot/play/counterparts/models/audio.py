"""OpenAI's transcriptions: a recording in, its words out ("Create transcription")."""

from __future__ import annotations

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from bot.play.counterparts.models.replies import Reply

FORMATS = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm")


@dataclass(frozen=True, slots=True)
class Recording:
    name: str
    content: bytes
    fields: dict[str, str]


def recording(content_type: str, body: bytes) -> Recording | None:
    """What was posted as multipart/form-data; None where no file is in it."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    found, fields = None, {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        disposition = part["content-disposition"].params
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            return None
        if "filename" in disposition:
            found = str(disposition["filename"]), content
        else:
            fields[str(disposition["name"])] = content.decode()
    return Recording(*found, fields) if found else None


def refused(posted: Recording | None) -> str:
    """What the endpoint says to a request it does not take; "" for one it does."""
    if posted is None:
        return "you must provide a file"
    if not posted.fields.get("model"):
        return "you must provide a model parameter"
    if posted.name.rpartition(".")[2] not in FORMATS:
        return f"Invalid file format. Supported formats: {list(FORMATS)}"
    return ""


def transcription(posted: Recording, reply: Reply) -> dict[str, Any]:
    """whisper-1 bills by the second, its successors by the token."""
    if posted.fields["model"] == "whisper-1":
        return {"text": reply.text, "usage": {"type": "duration", "seconds": 9}}
    usage = {
        "type": "tokens",
        "input_tokens": 90,
        "input_token_details": {"text_tokens": 10, "audio_tokens": 80},
        "output_tokens": 20,
        "total_tokens": 110,
    }
    return {"text": reply.text, "usage": usage}
