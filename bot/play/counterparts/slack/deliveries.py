"""What is on its way to the app: handed over until it is acknowledged, as Slack does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.play.counterparts.slack.signal import Signal

Kind = Literal["events_api", "slash_commands", "interactive"]
Answered = Callable[[Any], None]


class NotTaken(Exception):
    """The app did not acknowledge. reason: in Slack's words. again: worth another try."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


@dataclass(eq=False, slots=True)
class Delivery:
    """Something for the app. tries: how often it was handed over. answer: what came with the
    acknowledgement. lost: why Slack gave it up, "" if it did not."""

    kind: Kind
    payload: dict[str, Any]
    answered: Answered | None = None
    refused: Callable[[str], None] | None = None
    tries: int = 0
    acknowledged: bool = False
    answer: Any = None
    lost: str = ""
    reason: str = ""

    @property
    def event(self) -> dict[str, Any]:
        """The event inside; {} in a command or an interaction."""
        return dict(self.payload.get("event", {}))

    @property
    def settled(self) -> bool:
        return self.acknowledged or bool(self.lost)


class Route(Protocol):
    """A way to the app."""

    async def hand_over(self, delivery: Delivery) -> Any:
        """The acknowledgement's payload, None if it has none. Raises NotTaken."""


@dataclass(eq=False, slots=True)
class Deliveries:
    """sent: all there ever was, in order. pauses: seconds before each further try at an event;
    Slack's own are 0, 60 and 300. Commands and interactions are tried once."""

    route: Callable[[], Route]
    pauses: Sequence[float]
    changed: Signal
    sent: list[Delivery] = field(default_factory=list)
    pending: list[Delivery] = field(default_factory=list)
    _tasks: dict[asyncio.Task[None], Delivery] = field(default_factory=dict)
    _running: bool = False

    def add(self, delivery: Delivery) -> Delivery:
        self.sent.append(delivery)
        self._begin(delivery)
        return delivery

    def redeliver(self, delivery: Delivery) -> Delivery:
        """Once more, though it may have been acknowledged: that was lost, or came late."""
        again = Delivery(
            delivery.kind,
            delivery.payload,
            tries=max(1, delivery.tries),
            reason="timeout",
        )
        self._begin(again)
        return again

    def start(self) -> None:
        self._running = True
        for delivery in self.pending:
            self._launch(delivery)

    async def stop(self) -> None:
        """What is not acknowledged stays, for the next start."""
        self._running = False
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def drained(self) -> None:
        """Wait until everything is acknowledged, or given up as Slack gives up."""
        while self.pending:
            await self.changed.wait()

    async def settled(self, delivery: Delivery) -> None:
        while not delivery.settled:
            await self.changed.wait()

    def _begin(self, delivery: Delivery) -> None:
        self.pending.append(delivery)
        if self._running:
            self._launch(delivery)
        self.changed.notify()

    def _launch(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._deliver(delivery))
        self._tasks[task] = delivery
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        if not task.cancelled():
            task.result()

    async def _deliver(self, delivery: Delivery) -> None:
        while not delivery.settled:
            try:
                delivery.answer = await self.route().hand_over(delivery)
                delivery.acknowledged = True
            except NotTaken as refusal:
                delivery.reason = refusal.reason
                delivery.tries += 1
                if not await self._another_try(delivery, refusal):
                    delivery.lost = refusal.reason
        self._settle(delivery)

    async def _another_try(self, delivery: Delivery, refusal: NotTaken) -> bool:
        if delivery.kind != "events_api" or not refusal.again:
            return False
        if delivery.tries > len(self.pauses):
            return False
        await asyncio.sleep(self.pauses[delivery.tries - 1])
        return True

    def _settle(self, delivery: Delivery) -> None:
        self.pending.remove(delivery)
        if delivery.lost and delivery.refused:
            delivery.refused(delivery.lost)
        if delivery.acknowledged and delivery.answered:
            delivery.answered(delivery.answer)
        self.changed.notify()
