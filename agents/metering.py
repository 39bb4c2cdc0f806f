"""Asking a model once a request and agent, within the family's budget, and keeping the bill."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import uuid5

from agents.models.port import LanguageModel, ModelFailed, Read, Transcriber
from agents.models.prices import Prices, cost
from agents.scene import Scene
from scheduling.messages import Outgoing
from scheduling.ports import UnitOfWorkFactory
from scheduling.usage import ModelCall
from scheduling.watching import DONE, Kind, watched

log = logging.getLogger(__name__)

WARN_AT = 0.8


@dataclass(frozen=True, slots=True)
class Models:
    """What is configured. by_agent: an agent's model, under "" that of the others; empty where
    none is. budget: millionths of a US dollar for a family and its day. transcriber: who writes
    down voice messages."""

    by_agent: Mapping[str, LanguageModel]
    prices: Prices
    budget: int
    transcriber: Transcriber | None = None

    def of(self, agent: str) -> LanguageModel:
        return self.by_agent.get(agent) or self.by_agent[""]


@dataclass(frozen=True, slots=True)
class Meter:
    """opened: the models, which take a while the first time."""

    uow: UnitOfWorkFactory
    read: UnitOfWorkFactory
    opened: Callable[[], Awaitable[Models]]

    async def ask(
        self,
        scene: Scene,
        agent: str,
        question: Callable[[Models], tuple[str, Awaitable[Read]]],
    ) -> ModelCall | None:
        """What the model answered, now or before a crash; None where the budget is used up, or
        where it was asked before and nobody knows the answer. question: whom to ask, by name,
        and the asking itself. In no transaction while the model thinks."""
        async with self.read() as uow:
            before = await uow.usage.find(scene.household.id, scene.request_id, agent)
            if before is not None:
                return before if before.outcome != "asked" else None
            spent = await uow.usage.spent(scene.household.id, _day_began(scene))
        models = await self.opened()
        if spent >= models.budget:
            await self._tell_budget(scene, "used up", EXHAUSTED)
            return None
        name, asking = question(models)
        call = ModelCall(
            id=uuid5(scene.request_id, agent),
            household_id=scene.household.id,
            request_id=scene.request_id,
            agent=agent,
            model=name,
            asked_at=scene.now,
        )
        async with self.uow() as uow:
            await uow.usage.begin(call)
            await uow.commit()
        with watched(Kind.MODEL_CALL, agent, scene.request_id) as stretch:
            call = await _called(call, asking, models.prices)
            stretch.outcome = DONE if call.outcome == "answered" else call.outcome
            stretch.amounts = {"in": call.tokens_in, "out": call.tokens_out, "cost": call.cost}
        async with self.uow() as uow:
            await uow.usage.finish(call)
            await uow.commit()
        if spent < WARN_AT * models.budget <= spent + call.cost:
            await self._tell_budget(scene, "nearly used up", NEARLY)
        return call

    async def _tell_budget(self, scene: Scene, heading: str, text: str) -> None:
        """Once a day and a family, in the chat where it came about."""
        key = f"budget:{scene.local_now.date()}:{heading}"
        told = Outgoing(key, scene.chat_id, text, heading=f"The model's budget is {heading}")
        async with self.uow() as uow:
            await uow.outbox.add(scene.household.id, told)
            await uow.commit()


async def _called(call: ModelCall, asking: Awaitable[Read], prices: Prices) -> ModelCall:
    try:
        read = await asking
    except ModelFailed as failed:
        log.warning("the model %s gave no answer: %s", call.model, failed.trouble)
        read = Read((), failed.tokens_in, failed.tokens_out)
        outcome = str(failed.trouble)
    else:
        outcome = "answered"
    answered = outcome == "answered"
    return replace(
        call,
        outcome=outcome,
        tokens_in=read.tokens_in,
        tokens_out=read.tokens_out,
        cost=cost(prices, call.model, read.tokens_in, read.tokens_out),
        answer=read.items if answered else None,
        text=(read.text or None) if answered else None,
    )


NEARLY = (
    "Most of today's budget for the language model is used. When it is gone, I read with my own "
    "grammar alone until midnight, and ask more often."
)
EXHAUSTED = (
    "Today's budget for the language model is used up. Until midnight I read with my own grammar "
    "alone: simple words work best, like “piano Tuesday 4pm, Mia”."
)


def _day_began(scene: Scene) -> datetime:
    """The family's last midnight."""
    return datetime.combine(scene.local_now.date(), time(), scene.household.zone)
