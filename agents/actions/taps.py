"""Taps: what the gateway answers at once, and what the runner does about them afterwards."""

from __future__ import annotations

from agents.actions import (
    family_taps,
    forgetting,
    joining,
    linking,
    parts,
    rating,
    reminded,
    undo,
    unlinking,
    vote,
)
from agents.actions.family import is_same, same_person, set_role
from agents.actions.onboarding import setup_step
from agents.actions.rules import drop_rule
from agents.actions.settings import set_by_tap
from agents.scene import Scene
from scheduling.buttons import Tap, parse
from scheduling.errors import NotFound, SchedulingError
from scheduling.family import Role
from scheduling.messages import TapAnswer
from scheduling.speech import N_, tr


async def answer_tap(scene: Scene, data: str) -> TapAnswer:
    """What is shown to the one who tapped: decided in the gateway's transaction, so it is true.

    An answer with `alert` means that nothing changes. Never raises for any data.
    """
    try:
        tap = parse(data)
        return await _answer(scene, tap)
    except SchedulingError as error:
        return TapAnswer(str(error), True)


async def _answer(scene: Scene, tap: Tap) -> TapAnswer:
    match tap.verb:
        case "opt":
            return await vote.cast(scene, tap.id, _choice(tap.argument))
        case "undo":
            return await undo.claim(scene, tap.id)
        case "done":
            return await reminded.claim_reminder(scene, tap.id, None)
        case "snooze" if tap.argument in reminded.SNOOZES:
            return await reminded.claim_reminder(scene, tap.id, tap.argument)
        case "take":
            return await parts.may_take(scene, tap.id, tap.argument)
        case "role" | "set" | "setup" | "drop":
            return await family_taps.answer(scene, tap)
        case "link":
            return await _may_link(scene, tap)
        case "rate":
            return TapAnswer(await rating.may_rate(scene, tap.id, tap.argument))
        case _:
            raise NotFound(tr("That button does not work any more."))


_LINKING = {
    linking.JOIN: N_("The two chats become one family."),
    linking.APART: N_("They stay apart."),
    unlinking.LEAVE: N_("This chat leaves the family."),
    unlinking.STAY: N_("Nothing changes."),
}


async def _may_link(scene: Scene, tap: Tap) -> TapAnswer:
    """Joining and parting chats: a parent's tap, in the chat that was asked."""
    if tap.argument in (unlinking.LEAVE, unlinking.STAY):
        refused = await unlinking.refusal(scene, tap.id)
    elif tap.argument in (linking.JOIN, linking.APART):
        offer = await linking.open_offer(scene, tap.id)
        refused = offer if isinstance(offer, str) else None
    else:
        raise NotFound(tr("That button does not work any more."))
    if refused is not None:
        return TapAnswer(refused, True)
    scene.require_decider(tr("do that"))
    return TapAnswer(tr(_LINKING[tap.argument]))


def _choice(argument: str) -> int | None:
    if argument == "x":
        return None
    if not argument.isdigit():
        raise NotFound(tr("That button does not work any more."))
    return int(argument)


_REACH_FURTHER = (("drop", "family"), ("drop", "person"), ("link", linking.JOIN))
"""Into the archive, or to threads."""


def is_direct(data: str) -> bool:
    """Whether following that tap asks nothing and stays within the database's rows."""
    try:
        tap = parse(data)
    except NotFound:
        return False
    return tap.verb != "opt" and (tap.verb, tap.argument) not in _REACH_FURTHER


async def follow_tap(scene: Scene, data: str) -> list[str]:
    """Do what a tap that was not refused asks for; proposals are the runner's own.

    Returns ids of threads whose checkpoints are to be deleted.
    """
    tap = parse(data)
    match tap.verb:
        case "undo":
            await undo.undo(scene, tap.id)
        case "done":
            await reminded.settle_reminder(scene, tap.id, None)
        case "snooze":
            await reminded.settle_reminder(scene, tap.id, tap.argument)
        case "take":
            await parts.take(scene, tap.id, tap.argument)
        case "role" if is_same(tap.argument):
            await same_person(scene, tap.id, tap.argument)
        case "role" if tap.argument in [r.value for r in Role]:
            await set_role(scene, tap.id, tap.argument)
        case "set":
            await set_by_tap(scene, tap)
        case "setup":
            await setup_step(scene, tap.argument)
        case "drop":
            return await _drop(scene, tap)
        case "link":
            return await _link(scene, tap)
        case "rate":
            await rating.rate(scene, tap.id, tap.argument)
    return []


async def _link(scene: Scene, tap: Tap) -> list[str]:
    match tap.argument:
        case linking.JOIN:
            return await joining.join(scene, tap.id)
        case linking.APART:
            await linking.keep_apart(scene, tap.id)
        case unlinking.LEAVE:
            await unlinking.leave(scene, tap.id)
        case unlinking.STAY:
            await unlinking.stay(scene, tap.id)
    return []


async def _drop(scene: Scene, tap: Tap) -> list[str]:
    match tap.argument:
        case "family":
            return await forgetting.forget_family(scene)
        case "person":
            return await forgetting.forget_person(scene, tap.id)
        case "rule":
            await drop_rule(scene, tap.id)
        case "keep":
            await forgetting.keep(scene, tap.id)
    return []
