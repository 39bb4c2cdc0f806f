"""One thing a message asks for, on its way to becoming edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from agents.readiness import Answers
from agents.scene import Scene
from scheduling.ports import Focus


@dataclass(frozen=True, slots=True)
class Item:
    """index: its place in the message. text: the whole message. answers: what was asked about
    it and answered. focus: what "it" means here. spoken: the text was heard, not written."""

    scene: Scene
    index: int
    text: str
    answers: Answers = field(default_factory=dict)
    focus: Focus | None = None
    spoken: bool = False

    def id(self, name: str) -> UUID:
        """The id of something this item makes; the same after a crash."""
        return self.scene.id(f"item{self.index}:{name}")
