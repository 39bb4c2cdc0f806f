"""Taps: what the gateway answers at once, and what the runner does about them afterwards."""

from __future__ import annotations

from agents.actions import forgetting, parts, reminded, undo, vote
from agents.actions.family import set_role
from agents.actions.onboarding import setup_step
from agents.actions.rules import drop_rule
from agents.actions.settings import set_by_tap
from agents.scene import Scene
from scheduling.buttons import Tap, parse
from scheduling.errors import NotFound, SchedulingError
from scheduling.events import Part
from scheduling.family import Role
from scheduling.messages import TapAnswer


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
        case "take" if tap.argument in (Part.DRIVER.value, Part.RESPONSIBLE.value):
            return await parts.may_take(scene, tap.id, tap.argument)
        case "role" | "set" | "setup" | "drop":
            return _for_parents(scene, tap)
        case _:
            raise NotFound("That button does not work any more.")


def _for_parents(scene: Scene, tap: Tap) -> TapAnswer:
    """Family matters: a parent's tap, of this very family."""
    if tap.verb in ("set", "setup") and tap.id != scene.household.id:
        return vote.GONE
    if tap.verb == "role" and scene.household.member(tap.id) is None:
        return vote.GONE
    if tap.verb == "drop" and not _droppable(scene, tap):
        return vote.GONE
    if scene.household.parents:
        scene.require_parent("do that")
    return TapAnswer("Kept." if tap.argument == "keep" else "All right.")


def _droppable(scene: Scene, tap: Tap) -> bool:
    known = {
        "family": {scene.household.id},
        "person": {m.id for m in scene.household.members},
        "rule": {r.id for r in scene.household.rules},
        "keep": {scene.household.id, *(m.id for m in scene.household.members)},
    }
    return tap.id in known.get(tap.argument, set())


def _choice(argument: str) -> int | None:
    if argument == "x":
        return None
    if not argument.isdigit():
        raise NotFound("That button does not work any more.")
    return int(argument)


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
        case "role" if tap.argument in [r.value for r in Role]:
            await set_role(scene, tap.id, tap.argument)
        case "set":
            await set_by_tap(scene, tap.argument)
        case "setup":
            await setup_step(scene, tap.argument)
        case "drop":
            return await _drop(scene, tap)
    return []


async def _drop(scene: Scene, tap: Tap) -> list[str]:
    match tap.argument:
        case "family":
            return await forgetting.forget_family(scene)
        case "person":
            await forgetting.forget_person(scene, tap.id)
        case "rule":
            await drop_rule(scene, tap.id)
        case "keep":
            await forgetting.keep(scene, tap.id)
    return []
