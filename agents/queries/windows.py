"""The stretch of time a question is about, and how it is said back."""

from __future__ import annotations

from datetime import datetime, timedelta

from agents.scene import Scene
from scheduling.language.when import When
from scheduling.matching import named_span
from scheduling.phrasing import day, local, times
from scheduling.span import Span
from scheduling.speech import tr


def window_of(when: When | None, scene: Scene, days: int) -> Span:
    """As said, else the coming days."""
    span = named_span(when, scene.household) if when is not None else None
    if span is not None:
        return span
    return Span(scene.now, scene.now + timedelta(days=days))


def said_window(window: Span, when: When | None, scene: Scene) -> str:
    """ "Sat 7 Mar, 2:00–3:00 PM" where hours were named; else the day, or the first and last."""
    first = local(window.start, scene.household.zone)
    last = local(window.end, scene.household.zone)
    today = scene.local_now.date()
    end = (last - timedelta(seconds=1)).date()
    timed = when is not None and (isinstance(when.start, datetime) or when.window is not None)
    if timed and first.date() == end:
        return f"{day(end, today)}, {times(first, last, scene.household.settings)}"
    if end == first.date():
        return day(end, today)
    return tr("{date} to {end}", date=day(first.date(), today), end=day(end, today))
