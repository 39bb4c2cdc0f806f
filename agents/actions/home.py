"""One page for one person: today, the week, what is still open, and how things are set."""

from __future__ import annotations

from agents.actions.ask import card_buttons, card_text
from agents.actions.settings import settings_buttons, settings_words
from agents.queries.agenda import agenda, next_days
from agents.scene import Scene
from scheduling.messages import Section
from scheduling.span import Span
from scheduling.speech import tr

CARD = "home"
MOST_OPEN = 8


async def show_home(scene: Scene) -> None:
    """The page, anew each time it is looked at."""
    sections = [
        Section(tr("Today"), await agenda(scene, next_days(scene, 1))),
        Section(tr("The days after"), await agenda(scene, _after_today(scene))),
        *await _open_questions(scene),
        Section(
            tr("Settings"),
            settings_words(scene.household),
            settings_buttons(scene.household, scene.household.id),
        ),
    ]
    await scene.say(
        "\n\n".join(f"{s.heading}\n{s.text}" for s in sections),
        name="home",
        buttons=tuple(row for section in sections for row in section.buttons),
        card=CARD,
        sections=tuple(sections),
    )


def _after_today(scene: Scene) -> Span:
    return Span(next_days(scene, 1).end, next_days(scene, 7).end)


async def _open_questions(scene: Scene) -> list[Section]:
    """What the family still has to decide, each with its buttons."""
    found = await scene.uow.proposals.open_of_household(scene.household.id)
    shown = [p for p in found if p.expires_at > scene.now and p.slot != "offer"][:MOST_OPEN]
    if not shown:
        return [Section(tr("Open questions"), tr("Nothing to decide."))]
    waiting = (
        tr("One is waiting.") if len(shown) == 1 else tr("{shown} are waiting.", shown=len(shown))
    )
    return [
        Section(tr("Open questions"), waiting),
        *(
            Section(p.heading or tr("A question"), card_text(p, scene), card_buttons(p))
            for p in shown
        ),
    ]
