"""Taps on family matters: whether one counts, and what the one who tapped is told it did."""

from __future__ import annotations

from collections.abc import Iterable

from agents.actions import vote
from agents.actions.family import is_same, require_other_parent, role_named, whom, with_role
from agents.actions.onboarding import (
    AS_TOLD,
    DIGEST_ON,
    ELSEWHERE,
    is_digest,
    is_setup_step,
    setup_card,
)
from agents.actions.settings import (
    digest_words,
    set_as_tapped,
    settings_buttons,
    settings_card,
    what_changed,
)
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.errors import NotFound
from scheduling.messages import Button, TapAnswer
from scheduling.speech import N_, tr

SETTLED = TapAnswer(N_("That is settled already."), True)


async def answer(scene: Scene, tap: Tap) -> TapAnswer:
    """The toast: a parent's tap, of this very family, on a button that still stands there.
    Raises NotFound, NotUnderstood or NotAllowed for what none of our buttons could do."""
    if not _of_this_family(scene, tap):
        return vote.GONE
    scene.require_decider(tr("do that"))
    told = _told(scene, tap)
    if tap.verb == "set" and tap.id == scene.household.id:
        # No card, but a page that shows how things are (Slack's Home tab).
        now = settings_buttons(scene.household, tap.id)
        return TapAnswer(told) if _stands(tap, now) else SETTLED
    shown = await scene.uow.outbox.last_of_card(scene.household.id, scene.chat_id, _card(tap))
    if shown is None:
        return vote.GONE
    return TapAnswer(told) if _stands(tap, shown.buttons) else SETTLED


def _stands(tap: Tap, rows: Iterable[Iterable[Button]]) -> bool:
    return any(button.data == tap.data() for row in rows for button in row)


def _card(tap: Tap) -> str:
    """The card on which that button was shown."""
    if tap.verb == "set":
        return settings_card(tap.id)
    if tap.verb == "setup":
        return setup_card(tap.id)
    if tap.verb == "role":
        return f"role:{tap.id.hex}"
    return f"rule:{tap.id.hex}" if tap.argument == "rule" else f"forget:{tap.id.hex}"


def _of_this_family(scene: Scene, tap: Tap) -> bool:
    family = scene.household
    people = {m.id for m in family.members}
    if tap.verb == "set":  # Bears the id of the request it answers, whose card is looked for.
        return True
    if tap.verb in ("setup", "role"):
        return tap.id in (people if tap.verb == "role" else {family.id})
    known = {
        "family": {family.id},
        "person": people,
        "rule": {r.id for r in family.rules},
        "keep": {family.id, *people},
    }
    return tap.id in known.get(tap.argument, set())


def _told(scene: Scene, tap: Tap) -> str:
    """What the tap does, in a sentence."""
    match tap.verb:
        case "set":
            before = scene.household.settings
            return what_changed(before, set_as_tapped(before, tap.argument))
        case "setup":
            return _setup(scene, tap.argument)
        case "role":
            return _role(scene, tap)
        case _:
            return _drop(scene, tap)


def _setup(scene: Scene, argument: str) -> str:
    if not is_setup_step(argument):
        raise NotFound(tr("That button does not work any more."))
    if is_digest(argument):
        return digest_words(scene.household.settings, on=argument == DIGEST_ON)
    if argument == ELSEWHERE:
        return tr("Tell me where you live.")
    zone = scene.household.timezone if argument == AS_TOLD else argument
    return tr("You live by the time of {zone}.", zone=zone)


def _role(scene: Scene, tap: Tap) -> str:
    member = scene.household.member(tap.id)
    assert member is not None
    if not is_same(tap.argument):
        changed = with_role(member, role_named(tap.argument), scene.household)
        return f"{member.name}: {changed.role.value}."
    known = whom(member, tap.argument, scene.household)
    if known is None:
        raise NotFound(tr("I don't know any more who that is."))
    require_other_parent(member, scene.household)
    return tr("{member} is {known}.", member=member.name, known=known.name)


def _drop(scene: Scene, tap: Tap) -> str:
    member = scene.household.member(tap.id)
    if tap.argument == "keep":
        return tr("Nothing was deleted.")
    if tap.argument == "rule":
        return tr("The rule is removed.")
    if member is None:
        return tr("{household} is deleted, with everything in it.", household=scene.household.name)
    require_other_parent(member, scene.household)
    return tr("{member} is forgotten.", member=member.name)
