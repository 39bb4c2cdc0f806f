"""Who has the car, and which clashes stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from agents.queries.windows import said_window
from agents.scene import Scene
from scheduling.agenda import stretch
from scheduling.conflicts import Conflict, find_conflicts
from scheduling.family import Household
from scheduling.language.when import When
from scheduling.phrasing import moment, names, resource_names, span_words
from scheduling.span import Span
from scheduling.speech import tr

MOST_TOLD = 3
AHEAD = timedelta(days=60)
"""How far a new rule looks for what is against it already."""


async def who_has(
    scene: Scene, things: Sequence[UUID], window: Span, when: When | None = None
) -> str:
    """Who uses these things in the window, one line a use. when: how the window was named."""
    household = scene.household
    found = await scene.on_calendar(window)
    today = scene.local_now.date()
    taken = [o for o in found if set(o.resources) & set(things)]
    what = resource_names(household, things) or tr("nothing")
    out = [
        tr("{thing} is out of use: {when}", thing=r.name, when=span_words(s, household, today))
        for r in household.resources
        if r.id in things
        for s in r.out
        if s.overlaps(window)
    ]
    if not taken and not out:
        return tr(
            "Nobody has {what}: {when}.",
            what=what,
            when=said_window(window, when, scene),
        )
    lines = [
        tr(
            "{who} has {things}: {title}, {when}",
            who=names(household, o.people) or tr("Someone"),
            things=resource_names(household, [r for r in o.resources if r in things]),
            title=o.title,
            when=span_words(o, household, today),
        )
        for o in taken
    ]
    return "\n".join(out + lines)


async def clashes_within(scene: Scene, household: Household, window: Span) -> list[Conflict]:
    """What is on the calendar and does not go together. household: as it is, or as it is
    about to become with one more rule or one thing less."""
    padded = window.padded(timedelta(days=1))
    found = await scene.on_calendar(padded)
    today = scene.local_now.date()
    return [
        c
        for c in find_conflicts(household, found, [], today=today)
        if c.candidate.span.overlaps(window)
    ]


def heads_up(conflicts: Sequence[Conflict], household: Household) -> str:
    """What a new rule, or a thing out of use, finds on the calendar already; "" for nothing."""
    sentences = [_named(c, household) for c in conflicts]
    more = len(sentences) - MOST_TOLD
    told = sentences[:MOST_TOLD] + ([tr("… and {more} more.", more=more)] if more > 0 else [])
    return "\n".join(["", tr("Already on the calendar:"), *told]) if told else ""


def _named(conflict: Conflict, household: Household) -> str:
    """The conflict's sentence, with the event it is about."""
    event = conflict.candidate
    return f"{event.title} ({moment(event.span.start, household)}): {conflict.sentence}"


async def standing_clashes(scene: Scene, window: Span) -> str:
    """Every clash among what is on the calendar, and questions still open."""
    household = scene.household
    clashes = await clashes_within(scene, household, window)
    lines = [_named(c, household) for c in clashes]
    for proposal in await scene.uow.proposals.open_of_household(household.id):
        if proposal.kind == "clash":
            lines.append(
                tr(
                    "Still to be decided: {heading}. {body}",
                    heading=proposal.heading,
                    body=proposal.body,
                )
            )
    if not lines:
        return tr(
            "No conflicts {stretch}.", stretch=stretch(window, household, scene.local_now.date())
        )
    return "\n".join(lines)
