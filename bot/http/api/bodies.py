"""What is sent to the API."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from scheduling.forms import LEADS, LONGEST_PLACE, LONGEST_TITLE, REPEATS

LONGEST_MESSAGE = 4_000
NAME = r"^[^\s/][^\n\r/]*$"


class Body(BaseModel):
    """An unknown field is a mistake of the caller's, and said."""

    model_config = ConfigDict(extra="forbid", strict=False)


def _among(choices: Collection[str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in choices:
            raise ValueError("that is none of the choices")
        return value

    return AfterValidator(check)


Rhythm = Annotated[str, _among(REPEATS), WithJsonSchema({"type": "string", "enum": list(REPEATS)})]
Lead = Annotated[str, _among(LEADS), WithJsonSchema({"type": "string", "enum": list(LEADS)})]


class EventBody(Body):
    """An event, every field by itself. Days and times are the family's own wall clock."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    day: date
    start: time | None = Field(None, description="Left out: the whole day.")
    end: time | None = Field(None, description="Left out: as long as the family's events are.")
    last_day: date | None = None
    members: list[UUID] = Field(
        default_factory=list, max_length=50, description="Whose; left out: the token's member's."
    )
    resources: list[UUID] = Field(default_factory=list, max_length=50)
    place: Annotated[str, Field(max_length=LONGEST_PLACE)] = ""
    repeats: Rhythm = Field("", description="An RFC 5545 rule, one of those offered.")
    reminder: Lead = Field("family", description="Minutes before, or family, or none.")


class EventChange(Body):
    """What is to be different; what is left out stays."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)] | None = None
    day: date | None = None
    start: time | None = None
    end: time | None = None
    last_day: date | None = None
    members: list[UUID] | None = Field(None, max_length=50)
    resources: list[UUID] | None = Field(None, max_length=50)
    place: Annotated[str, Field(max_length=LONGEST_PLACE)] | None = None
    reminder: Lead | None = None


class Said(Body):
    """Either words, as in a chat, or an event by its fields."""

    message: Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE)] | None = None
    event: EventBody | None = None
    conversation: (
        Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")] | None
    ) = Field(
        None,
        description="What is said in one conversation is done in order, and “it” means there "
        "what was last spoken of. Left out: a conversation of its own.",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.message is None) == (self.event is None):
            raise ValueError("send either a message or an event")
        return self


class Decision(Body):
    """Either a number of the proposed resolutions, or nothing of it, or an answer in words."""

    option: Annotated[int, Field(ge=0, le=99)] | None = None
    reject: bool = False
    answer: Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.option is not None) + self.reject + (self.answer is not None) != 1:
            raise ValueError("send one of option, reject and answer")
        return self


class MemberBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=40, pattern=NAME)]
    role: Literal["parent", "child", "other"] = "other"


class ResourceBody(Body):
    name: Annotated[str, Field(min_length=1, max_length=60, pattern=NAME)]
    capacity: Annotated[int, Field(ge=0, le=1_000)] = 1


class RuleBody(Body):
    text: Annotated[str, Field(min_length=1, max_length=500, pattern=NAME)] = Field(
        description="As said in a chat: “no events for Mia after 20:00 on school nights”."
    )


class WebhookBody(Body):
    url: Annotated[str, Field(max_length=2_000, pattern=r"^https?://")]
    kinds: list[str] = Field(
        default_factory=list, max_length=20, description="Of changes; left out: all."
    )
