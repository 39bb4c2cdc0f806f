"""Taps: what the gateway answers at once, and what the runner does about them afterwards."""

from __future__ import annotations

from agents.actions import forgetting, joining, linking, parts, reminded, undo, unlinking, vote
from agents.actions.family import (
    is_same,
    require_other_parent,
    role_named,
    same_person,
    set_role,
    whom,
    with_role,
)
from agents.actions.onboarding import is_setup_step, setup_step
from agents.actions.rules import drop_rule
from agents.actions.settings import set_as_tapped, set_by_tap
from agents.scene import Scene
from scheduling.buttons import Tap, parse
from scheduling.errors import NotFound, SchedulingError
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
        case "take":
            return await parts.may_take(scene, tap.id, tap.argument)
        case "role" | "set" | "setup" | "drop":
            return await _for_parents(scene, tap)
        case "link":
            return await _may_link(scene, tap)
        case _:
            raise NotFound("That button does not work any more.")


async def _for_parents(scene: Scene, tap: Tap) -> TapAnswer:
    """Family matters: a parent's tap, of this very family."""
    if tap.verb in ("set", "setup") and tap.id != scene.household.id:
        return vote.GONE
    if tap.verb == "role" and scene.household.member(tap.id) is None:
        return vote.GONE
    if tap.verb == "drop" and not (_droppable(scene, tap) and await _still_asked(scene, tap)):
        return vote.GONE
    scene.require_decider("do that")
    _require_possible(scene, tap)
    return TapAnswer("Kept." if tap.argument == "keep" else "All right.")


async def _may_link(scene: Scene, tap: Tap) -> TapAnswer:
    """Joining and parting chats: a parent's tap, in the chat that was asked."""
    if tap.argument in (unlinking.LEAVE, unlinking.STAY):
        refused = await unlinking.refusal(scene, tap.id)
    elif tap.argument in (linking.JOIN, linking.APART):
        offer = await linking.open_offer(scene, tap.id)
        refused = offer if isinstance(offer, str) else None
    else:
        raise NotFound("That button does not work any more.")
    if refused is not None:
        return TapAnswer(refused, True)
    scene.require_decider("do that")
    return TapAnswer("All right.")


def _require_possible(scene: Scene, tap: Tap) -> None:
    """Raises NotFound, NotUnderstood or NotAllowed for what none of our buttons could do."""
    member = scene.household.member(tap.id)
    if tap.verb == "setup" and not is_setup_step(tap.argument):
        raise NotFound("That button does not work any more.")
    if tap.verb == "set":
        set_as_tapped(scene.household.settings, tap.argument)
    if tap.verb == "role" and member is not None:
        if not is_same(tap.argument):
            with_role(member, role_named(tap.argument), scene.household)
        elif whom(member, tap.argument, scene.household) is None:
            raise NotFound("I don't know any more who that is.")
        else:
            require_other_parent(member, scene.household)


async def _still_asked(scene: Scene, tap: Tap) -> bool:
    """Whether a deletion for good has not been answered with Keep meanwhile."""
    return tap.argument == "rule" or await forgetting.still_asked(scene, tap)


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


_DELETE_THREADS = (("drop", "family"), ("link", linking.JOIN))


def is_direct(data: str) -> bool:
    """Whether following that tap asks nothing and deletes no thread."""
    try:
        tap = parse(data)
    except NotFound:
        return False
    return tap.verb != "opt" and (tap.verb, tap.argument) not in _DELETE_THREADS


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
            await set_by_tap(scene, tap.argument)
        case "setup":
            await setup_step(scene, tap.argument)
        case "drop":
            return await _drop(scene, tap)
        case "link":
            return await _link(scene, tap)
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
            await forgetting.forget_person(scene, tap.id)
        case "rule":
            await drop_rule(scene, tap.id)
        case "keep":
            await forgetting.keep(scene, tap.id)
    return []
