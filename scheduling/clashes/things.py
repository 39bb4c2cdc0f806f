"""More uses of a shared thing at once than it bears, or a use while it is out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from scheduling.clashes.conflict import Conflict, Scene, severity
from scheduling.events import Occurrence
from scheduling.family import Resource
from scheduling.phrasing import and_list, moment, names, the
from scheduling.span import Span
from scheduling.speech import tr


def over_capacity(scene: Scene) -> Iterator[Conflict]:
    """At most one conflict for each resource that the candidate needs."""
    for resource_id in scene.candidate.resources:
        resource = scene.household.resource(resource_id)
        if resource is not None:
            yield from _overrun(scene, resource)


def _overrun(scene: Scene, resource: Resource) -> Iterator[Conflict]:
    span = scene.candidate.span
    out = next((o for o in resource.out if o.overlaps(span)), None)
    uses = [o for o in scene.others if resource.id in o.resources and o.span.overlaps(span)]
    if out is not None or resource.capacity <= 0:
        yield _conflict(scene, resource, (), _out_sentence(scene, resource, out))
        return
    full = full_spans([o.span for o in uses], resource.capacity, within=span)
    if full:
        others = tuple(o for o in uses if any(o.span.overlaps(f) for f in full))
        yield _conflict(scene, resource, others, _taken_sentence(scene, resource, others))


def full_spans(uses: Sequence[Span], capacity: int, within: Span | None = None) -> list[Span]:
    """When `capacity` or more of the uses run at once: there is no room for another then."""
    steps = sorted([(u.start, 1) for u in uses] + [(u.end, -1) for u in uses])
    running, since, full = 0, None, []
    for at, group in groupby(steps, key=lambda step: step[0]):
        running += sum(change for _, change in group)
        if running >= capacity and since is None:
            since = at
        elif running < capacity and since is not None:
            full.append(Span(since, at))
            since = None
    return [f for f in full if within is None or f.overlaps(within)]


def _conflict(
    scene: Scene, resource: Resource, others: tuple[Occurrence, ...], sentence: str
) -> Conflict:
    return Conflict(
        type="resource",
        severity=severity(scene.candidate, *others),
        hard=True,
        candidate=scene.candidate,
        others=others,
        people=tuple(dict.fromkeys(p for o in others for p in sorted(o.busy))),
        resource=resource.id,
        rule=None,
        sentence=sentence,
    )


def _out_sentence(scene: Scene, resource: Resource, out: Span | None) -> str:
    if out is None:
        return tr("{resource} is out of use.", resource=_capital(the(resource.name)))
    back = moment(out.end, scene.household, scene.today)
    return tr(
        "{resource} is not available until {back}.",
        resource=_capital(the(resource.name)),
        back=back,
    )


def _taken_sentence(scene: Scene, resource: Resource, others: Sequence[Occurrence]) -> str:
    takes = [_use(scene, other) for other in others]
    name = _capital(the(resource.name))
    if resource.capacity == 1:
        return tr("{name} is taken by {takes}.", name=name, takes=and_list(takes))
    return tr(
        "{name} has room for {capacity} at once, and is taken by {takes}.",
        name=name,
        capacity=resource.capacity,
        takes=and_list(takes),
    )


def _use(scene: Scene, other: Occurrence) -> str:
    who = names(scene.household, other.busy)
    return f"“{other.title}” ({f'{who}, ' if who else ''}{scene.when(other)})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
