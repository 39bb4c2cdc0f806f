"""Whether a message needs a language model, and what one makes of it.

The grammar reads first. A model is asked where it is unsure, or where somebody who spoke to us
would be told that nothing was understood. What it answers are words; the grammar resolves them.
"""

from __future__ import annotations

from agents.metering import Meter
from agents.models.port import Shown, ToRead
from agents.nl_parser import focus_of, local_time, reading_context
from agents.readiness import SURE
from agents.scene import Scene
from agents.state import Request, Tools
from agents.word_back import UNREAD, word_back
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Reading
from scheduling.language.worded import Worded

AGENT = "nl_parser"
MOST_TITLES = 40


async def understand(request: Request, tools: Tools, meter: Meter) -> tuple[Worded, ...]:
    """The model's words for a request; () where it was not asked, or gave none. Raises nothing
    that a model, its network or its bill could be the reason of."""
    overheard = request["offer"] and not request["insists"]
    if overheard or request.get("form") is not None or not request["text"].strip():
        return ()
    async with tools.read() as uow:
        scene = await tools.scene(uow, request)
        if not scene.household.settings.models:
            return ()
        context = await reading_context(scene, await focus_of(scene, request["about"]))
        if not await _needed(request, scene, context):
            return ()
    asked = to_read(request["text"], context)
    call = await meter.ask(
        scene, AGENT, lambda models: (models.of(AGENT).name, models.of(AGENT).read(asked))
    )
    return (call.answer or ()) if call else ()


async def _needed(request: Request, scene: Scene, context: Context) -> bool:
    local = local_time(request, scene)
    reading: Reading = interpret(request["text"], context, local)
    if reading.items:
        return min(item.confidence for item in reading.items) < SURE
    return await word_back(scene, request, local) in UNREAD


def to_read(text: str, context: Context, shown: Shown | None = None) -> ToRead:
    """The message and the family's names, and nothing else of it."""
    return ToRead(
        text=text,
        sender=context.sender,
        people=tuple(
            f"{p.name} ({', '.join(p.aliases)})" if p.aliases else p.name for p in context.people
        ),
        resources=context.resources,
        titles=context.titles[:MOST_TITLES],
        shown=shown,
    )
