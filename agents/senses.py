"""What is heard in a voice message and seen in a picture or a document: words, and no more.

Each is asked of a model once, in no transaction. What cannot be had is said kindly.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from agents.metering import Meter, Models
from agents.models.port import Read, Shown
from agents.planning.people import names_of
from agents.scene import Scene
from agents.understanding import to_read
from scheduling.errors import NotAllowed, NotUnderstood
from scheduling.family import Household
from scheduling.language.worded import Worded
from scheduling.speech import N_, tr

HEARING, SEEING = "transcriber", "flyer_reader"
"""The agents, as usage and `LLM_MODELS` name them."""

NO_VOICE = N_("I can't listen to voice messages here. Write it as you would say it, please.")
NO_SIGHT = N_(
    "I can't read pictures here. Write it as you would say it, or send a calendar file (.ics)."
)
SWITCHED_OFF = N_(
    "That needs a language model, and your family has switched those off; "
    "/settings models on brings them back. Write it as you would say it, please."
)
NOT_NOW = N_("I could not do that just now. Write it as you would say it, please.")
NO_WORDS = N_("I heard no words in that. Write it as you would say it, please.")


@dataclass(frozen=True, slots=True)
class Senses:
    """hears, sees: whether anything is configured that does."""

    meter: Meter
    hears: bool
    sees: bool

    def require_hearing(self, scene: Scene) -> None:
        """Raises NotAllowed where nobody listens, before a recording is fetched for nothing."""
        _require(self.hears, NO_VOICE, scene)

    def require_sight(self, scene: Scene) -> None:
        """The same for pictures."""
        _require(self.sees, NO_SIGHT, scene)

    async def hear(self, scene: Scene, spoken: Shown) -> str:
        """What was said. Raises NotAllowed or NotUnderstood."""
        self.require_hearing(scene)
        names = _names(scene.household)
        call = await self.meter.ask(
            scene, HEARING, lambda models: _transcription(models, spoken, names)
        )
        if call is None or call.outcome != "answered":
            raise NotUnderstood(tr(NOT_NOW))
        if not call.text:
            raise NotUnderstood(tr(NO_WORDS))
        return call.text

    async def see(self, scene: Scene, shown: Shown | None, text: str) -> tuple[Worded, ...]:
        """The events that a picture or a document announces; without `shown`, those of `text`.
        Raises NotAllowed or NotUnderstood."""
        self.require_sight(scene)
        asked = to_read(text, names_of(scene), shown)
        call = await self.meter.ask(
            scene, SEEING, lambda models: (models.of(SEEING).name, models.of(SEEING).read(asked))
        )
        if call is None or call.outcome != "answered":
            raise NotUnderstood(tr(NOT_NOW))
        return call.answer or ()


def _require(there: bool, otherwise: str, scene: Scene) -> None:
    if not there:
        raise NotAllowed(tr(otherwise))
    if not scene.household.settings.models:
        raise NotAllowed(tr(SWITCHED_OFF))


def _names(household: Household) -> Sequence[str]:
    """How the family's own words are spelled."""
    people = [name for m in household.members for name in (m.name, *m.aliases)]
    return [*people, *(r.name for r in household.resources)]


def _transcription(
    models: Models, spoken: Shown, names: Sequence[str]
) -> tuple[str, Awaitable[Read]]:
    assert models.transcriber is not None
    return models.transcriber.name, models.transcriber.transcribe(spoken, names)
