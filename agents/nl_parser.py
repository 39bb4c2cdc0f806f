"""nl_parser: what a message asks for. The grammar reads; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from agents.jsonable import intent_to_json
from agents.planning.people import people_of
from agents.scene import Scene
from agents.state import ItemState, Request, Step, new_item, step, written_at
from agents.word_back import word_back
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Reading
from scheduling.language.resolving import resolve
from scheduling.language.worded import Worded
from scheduling.ports import Focus
from scheduling.span import Span
from scheduling.speech import tr
from scheduling.watching import agent

TITLES_AHEAD = timedelta(days=60)


@agent("nl_parser")
async def nl_parser(
    scene: Scene, request: Request, focus: Focus | None, worded: Sequence[Worded] = ()
) -> tuple[list[ItemState], Step]:
    """The items of the request's text, or of its form; a word back where an order could not be
    read. worded: what a model has made of the text; it counts where the grammar can resolve it."""
    form = request.get("form")
    if form is not None:
        return [new_item(form)], step("nl_parser", "a form or a file, nothing to read", 1.0)
    context = await reading_context(scene, focus)
    local = local_time(request, scene)
    text = request["text"]
    meant = tuple(item for w in worded for item in resolve(w, text, context, local))
    reading = Reading(meant) if meant else interpret(text, context, local)
    if not reading.items and (request["insists"] or not request["offer"]):
        answer = await word_back(scene, request, local)
        if answer:
            await scene.say(tr(answer), name="hint", to_asker=True)
    how = "the grammar, from a model's words" if meant else "the family grammar, no model"
    return [new_item(intent_to_json(intent)) for intent in reading.items], _step(reading, how)


def local_time(request: Request, scene: Scene) -> datetime:
    """When it was written, on the family's clock; naive."""
    return written_at(request).astimezone(scene.household.zone).replace(tzinfo=None)


def _step(reading: Reading, how: str) -> Step:
    kinds = ", ".join(intent.kind for intent in reading.items) or "nothing for the calendar"
    sure = min((intent.confidence for intent in reading.items), default=1.0)
    return step("nl_parser", f"read: {kinds}", sure, how)


async def reading_context(scene: Scene, focus: Focus | None, pending_options: int = 0) -> Context:
    """All the grammar may know: names, things, titles around now, and what "it" means."""
    household = scene.household
    # The same all day long: whoever writes again need not be looked up again.
    today = scene.now.replace(hour=0, minute=0, second=0, microsecond=0)
    around = Span(today - timedelta(days=1), today + TITLES_AHEAD)
    known = await scene.uow.known.titles(household.id, household.stamp, around)
    titles = tuple(dict.fromkeys(title for _, title in known))
    meant = next((title for event_id, title in known if focus and event_id == focus.event_id), None)
    return Context(
        sender=scene.speaker.name if scene.speaker else "",
        people=people_of(household),
        resources=tuple(r.name for r in household.resources),
        titles=titles,
        pending_options=pending_options,
        focus=meant,
        language=household.settings.language,
    )


async def focus_of(scene: Scene, about: str | None = None) -> Focus | None:
    """What "it" means to this person in this chat: the event of the card they reply to, else
    the one last shown to them."""
    replied = await _event_of_card(scene, about) if about else None
    if replied is not None:
        return replied
    if scene.member is None:
        return None
    return await scene.uow.focuses.get(scene.household.id, scene.chat_id, scene.member.id)


async def _event_of_card(scene: Scene, card: str) -> Focus | None:
    kind, _, hexes = card.partition(":")
    if kind == "notice":
        notice = await scene.uow.notices.get(scene.household.id, UUID(hexes))
        if notice is not None and notice.event_id is not None:
            return Focus(notice.event_id, notice.recurrence_id)
    if kind in ("entry", "proposal"):
        entry = await scene.uow.audit.of_card(scene.household.id, scene.chat_id, card)
        changed = entry.changes[0][1] if entry else None
        if changed is not None:
            return Focus(changed.id, None)
    return None
