"""A wish is set aside for once. A hard rule never is."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.phrasing import and_list, span_words
from scheduling.resolutions.plan import Plan, short
from scheduling.resolutions.situation import Situation
from scheduling.speech import tr


def override_plans(situation: Situation) -> Iterator[Plan]:
    """Only where nothing but wishes stands against it."""
    rules = {c.rule.id: c.rule for c in situation.clashes if c.rule is not None}
    if any(c.hard or c.rule is None for c in situation.clashes) or not situation.cases:
        return
    first = situation.cases[0].occurrence
    when = span_words(first, situation.household, situation.today)
    wishes = and_list([f"“{rule.text}”" for rule in rules.values()])
    yield Plan(
        kind="override",
        cost=4,
        label=tr("Keep {title} anyway", title=short(first.title)),
        text=tr(
            "{title} stays on {when}, this once against {wishes}.",
            title=first.title,
            when=when,
            wishes=wishes,
        ),
    )
