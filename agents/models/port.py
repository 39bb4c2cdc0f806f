"""What the agents ask of a language model. Vendors stop behind it, in `agents.models`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from scheduling.language.worded import Worded

Trouble = Literal[
    "refused", "malformed", "timeout", "rate_limited", "unavailable", "unauthorised", "too_long"
]
"""Each ends the same way for the family: the grammar's best reading stands, and asks."""


class ModelFailed(Exception):
    """The model gave no answer that can be used. trouble: why. tokens were spent all the same
    where the vendor counted them."""

    def __init__(self, trouble: Trouble, tokens_in: int = 0, tokens_out: int = 0) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.tokens_in = tokens_in
        self.tokens_out = tokens_out


@dataclass(frozen=True, slots=True)
class Shown:
    """A file put before a model. media_type: IANA ("image/jpeg", "application/pdf", "audio/ogg").
    name: with an ending that fits it."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class ToRead:
    """All that leaves the house: the message, and the names it may speak of.

    people: "Anna (Mom, Mum)". titles: of events around now. before: the last lines of this
    request, oldest first. shown: a picture or a PDF that is to be read instead of the message.
    """

    text: str
    sender: str
    people: tuple[str, ...]
    resources: tuple[str, ...]
    titles: tuple[str, ...]
    before: tuple[str, ...] = ()
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What the model made of it; tokens as the vendor counted them. text: what it heard."""

    items: tuple[Worded, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    text: str = ""


class LanguageModel(Protocol):
    """One client a process, used by many requests at once."""

    @property
    def name(self) -> str:
        """The vendor's name of the model, as prices are listed under."""

    async def read(self, asked: ToRead) -> Read:
        """Raises ModelFailed, and nothing else, within the time it is given."""


class Transcriber(Protocol):
    """Writes down what somebody says. One client a process."""

    @property
    def name(self) -> str:
        """As in `LanguageModel`."""

    async def transcribe(self, spoken: Shown, names: Sequence[str]) -> Read:
        """Its words in `Read.text`. names: how the family's names are spelled. Raises
        ModelFailed, and nothing else, within the time it is given."""

    async def close(self) -> None:
        """Let go of its connections."""
