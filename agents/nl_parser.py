"""nl_parser: what a message asks for. The grammar reads; nothing is decided here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from agents.jsonable import intent_to_json
from agents.scene import Scene
from agents.state import Request, State, Step, Tools, new_item, step, written_at
from scheduling.family import Household
from scheduling.language.chatter import is_spoken
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Person, Reading
from scheduling.ports import Focus
from scheduling.span import Span

HINT = (
    "I didn't understand that. Write it like “piano Tuesday 4pm, Mia”, "
    "“move piano to Thursday” or “what's on Saturday?”. /help shows more."
)
_ASKS_US = re.compile(
    r"(?:please )?(?:add|book|schedule|plan|put|set|move|cancel|delete|remove|change|remind|show"
    r"|list|find|what|when|who|where|which|how|can|could|do|does)\b(?!['’])",
    re.IGNORECASE,
)

TITLES_AHEAD = timedelta(days=60)


async def nl_parser(state: State, tools: Tools) -> State:
    """Fill `items` from the request's text."""
    request = state["request"]
    async with tools.read() as uow:
        scene = await tools.scene(uow, request)
        context = await reading_context(scene, about=request["about"])
        local = written_at(request).astimezone(scene.household.zone).replace(tzinfo=None)
        reading = interpret(request["text"], context, local)
        lost = not reading.items and not request["offer"] and await _meant_for_us(scene, request)
    if lost:
        async with tools.uow() as uow:
            await replace(scene, uow=uow).say(HINT, name="hint")
            await uow.commit()
    return State(
        items=[new_item(intent_to_json(intent)) for intent in reading.items],
        steps=[_step(reading)],
    )


async def _meant_for_us(scene: Scene, request: Request) -> bool:
    """Whether an unread message deserves a word: an order, a question, or anything but small
    talk where we are alone with someone. The rest of a family's talk gets silence."""
    if is_spoken(request["text"]) or not re.search(r"\w", request["text"]):
        return False
    if _ASKS_US.match(request["text"].strip()):
        return True
    chat = await scene.uow.chats.get(scene.household.id, scene.chat_id)
    return chat is not None and chat.address.private


def _step(reading: Reading) -> Step:
    kinds = ", ".join(intent.kind for intent in reading.items) or "nothing for the calendar"
    sure = min((intent.confidence for intent in reading.items), default=1.0)
    return step("nl_parser", f"read: {kinds}", sure, "the family grammar, no model")


async def reading_context(
    scene: Scene, pending_options: int = 0, about: str | None = None
) -> Context:
    """All the grammar may know: names, things, titles around now, and what "it" means."""
    household = scene.household
    around = Span(scene.now - timedelta(days=1), scene.now + TITLES_AHEAD)
    occurrences = await scene.uow.occurrences.overlapping(household.id, around)
    focus = await focus_of(scene, about)
    titles = tuple(dict.fromkeys(o.title for o in occurrences))
    meant = next((o.title for o in occurrences if focus and o.event_id == focus.event_id), None)
    return Context(
        sender=scene.member.name if scene.member else "",
        people=people_of(household),
        resources=tuple(r.name for r in household.resources),
        titles=titles,
        pending_options=pending_options,
        focus=meant,
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


def people_of(household: Household) -> tuple[Person, ...]:
    return tuple(Person(m.name, m.aliases, m.role.value) for m in household.members)
