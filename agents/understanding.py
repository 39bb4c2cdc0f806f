"""Whether a message needs a language model, and asking one: once, and in no transaction.

The grammar reads first. A model is asked where it is unsure, or where somebody who spoke to us
would be told that nothing was understood. What it answers are words; the grammar resolves them.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import uuid5

from agents.models.port import LanguageModel, ModelFailed, Read, ToRead
from agents.models.prices import Prices, cost
from agents.nl_parser import focus_of, local_time, reading_context
from agents.readiness import SURE
from agents.scene import Scene
from agents.state import Request, Tools
from agents.word_back import UNREAD, word_back
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Reading
from scheduling.language.worded import Worded
from scheduling.messages import Outgoing
from scheduling.usage import ModelCall

log = logging.getLogger(__name__)

AGENT = "nl_parser"
MOST_TITLES = 40
WARN_AT = 0.8


@dataclass(frozen=True, slots=True)
class Models:
    """What is configured. by_agent: an agent's model, under "" that of the others. budget:
    millionths of a US dollar for a family and its day."""

    by_agent: Mapping[str, LanguageModel]
    prices: Prices
    budget: int

    def of(self, agent: str) -> LanguageModel:
        return self.by_agent.get(agent) or self.by_agent[""]


async def understand(
    request: Request, tools: Tools, opened: Callable[[], Awaitable[Models]]
) -> tuple[Worded, ...]:
    """The model's words for a request; () where it was not asked, or gave none. Raises nothing
    that a model, its network or its bill could be the reason of. opened: the models, which take
    a while the first time."""
    overheard = request["offer"] and not request["insists"]
    if overheard or request.get("form") is not None or not request["text"].strip():
        return ()
    async with tools.read() as uow:
        scene = await tools.scene(uow, request)
        if not scene.household.settings.models:
            return ()
        asked_before = await uow.usage.find(scene.household.id, scene.request_id, AGENT)
        if asked_before is not None:
            return asked_before.answer or ()
        context = await reading_context(scene, await focus_of(scene, request["about"]))
        if not await _needed(request, scene, context):
            return ()
        spent = await uow.usage.spent(scene.household.id, _day_began(scene))
    models = await opened()
    if spent >= models.budget:
        await _tell_budget(scene, tools, "used up", EXHAUSTED)
        return ()
    return await _ask(request, scene, context, tools, models, spent)


async def _needed(request: Request, scene: Scene, context: Context) -> bool:
    local = local_time(request, scene)
    reading: Reading = interpret(request["text"], context, local)
    if reading.items:
        return min(item.confidence for item in reading.items) < SURE
    return await word_back(scene, request, local) in UNREAD


async def _ask(
    request: Request, scene: Scene, context: Context, tools: Tools, models: Models, spent: int
) -> tuple[Worded, ...]:
    model = models.of(AGENT)
    call = ModelCall(
        id=uuid5(scene.request_id, AGENT),
        household_id=scene.household.id,
        request_id=scene.request_id,
        agent=AGENT,
        model=model.name,
        asked_at=scene.now,
    )
    async with tools.uow() as uow:
        begun = await uow.usage.begin(call)
        await uow.commit()
    if not begun:
        return ()
    call = await _called(call, model, to_read(request["text"], context), models.prices)
    async with tools.uow() as uow:
        await uow.usage.finish(call)
        await uow.commit()
    if spent < WARN_AT * models.budget <= spent + call.cost:
        await _tell_budget(scene, tools, "nearly used up", NEARLY)
    return call.answer or ()


async def _called(
    call: ModelCall, model: LanguageModel, asked: ToRead, prices: Prices
) -> ModelCall:
    try:
        read = await model.read(asked)
    except ModelFailed as failed:
        log.warning("the model %s gave no reading: %s", model.name, failed.trouble)
        read = Read((), failed.tokens_in, failed.tokens_out)
        outcome, answer = str(failed.trouble), None
    else:
        outcome, answer = "answered", read.items
    return replace(
        call,
        outcome=outcome,
        tokens_in=read.tokens_in,
        tokens_out=read.tokens_out,
        cost=cost(prices, model.name, read.tokens_in, read.tokens_out),
        answer=answer,
    )


def to_read(text: str, context: Context) -> ToRead:
    """The message and the family's names, and nothing else of it."""
    return ToRead(
        text=text,
        sender=context.sender,
        people=tuple(
            f"{p.name} ({', '.join(p.aliases)})" if p.aliases else p.name for p in context.people
        ),
        resources=context.resources,
        titles=context.titles[:MOST_TITLES],
    )


NEARLY = (
    "Most of today's budget for the language model is used. When it is gone, I read with my own "
    "grammar alone until midnight, and ask more often."
)
EXHAUSTED = (
    "Today's budget for the language model is used up. Until midnight I read with my own grammar "
    "alone: simple words work best, like “piano Tuesday 4pm, Mia”."
)


async def _tell_budget(scene: Scene, tools: Tools, heading: str, text: str) -> None:
    """Once a day and a family, in the chat where it came about."""
    day = scene.local_now.date()
    key = f"budget:{day}:{heading}"
    told = Outgoing(key, scene.chat_id, text, heading=f"The model's budget is {heading}")
    async with tools.uow() as uow:
        await uow.outbox.add(scene.household.id, told)
        await uow.commit()


def _day_began(scene: Scene) -> datetime:
    """The family's last midnight."""
    return datetime.combine(scene.local_now.date(), time(), scene.household.zone)
