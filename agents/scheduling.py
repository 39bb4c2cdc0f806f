"""scheduling: from what was asked to edits of the calendar, or to the one missing question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from agents.actions import resources, rules
from agents.actions.undo import undo_latest
from agents.conflict_detection import Findings, detect
from agents.drafting import draft
from agents.jsonable import Asked
from agents.planning.cancel import plan_cancel
from agents.planning.change import plan_change
from agents.planning.create import plan_create, plan_remind
from agents.planning.flyer import plan_flyer
from agents.planning.form import plan_form
from agents.planning.habit import plan_habit, told_with
from agents.planning.imported import plan_file
from agents.planning.item import Item
from agents.planning.move import plan_move
from agents.planning.offers import instead, offered
from agents.planning.sense import nonsense, senseless
from agents.planning.targets import load
from agents.query import answer_query
from agents.readiness import Ask, Plan, Ready, Say
from agents.resolution import resolve
from agents.resource_manager import preferred_things, unknown_things, with_new_things
from agents.scene import Scene
from agents.state import Request
from agents.word_back import which
from agents.wording import told
from scheduling.clashes.likeness import likely_same
from scheduling.clashes.twins import twin
from scheduling.edits import AddEvent, ChangeEvent
from scheduling.errors import SchedulingError
from scheduling.events import Occurrence, Participant
from scheduling.forms import EventForm
from scheduling.imports import CalendarFile, Flyer
from scheduling.language.readings import (
    Cancel,
    Change,
    Constraint,
    Create,
    Habit,
    Move,
    Query,
    Remind,
    Resource,
    Undo,
)
from scheduling.language.resolving import DOUBTFUL
from scheduling.phrasing import names, span_words
from scheduling.proposals import Option
from scheduling.speech import N_, tr
from scheduling.watching import agent

_BY_INTENT: dict[type, Any] = {
    Create: plan_create,
    Remind: plan_remind,
    Move: plan_move,
    Change: plan_change,
    Cancel: plan_cancel,
}


UNSURE = N_(
    "I am not sure what you want to change, so I changed nothing. Please say it in plain words, "
    "like “no events for Mia after 8 pm” or “the car is in the shop until Friday”."
)
IN_WRITING = N_(
    "I may have misheard, so I changed nothing. Rules, shared things and taking back I do when "
    "they are written or tapped."
)
NOTHING_TO_ADD = N_("I found nothing to put on the calendar in that.")


@agent("scheduling")
async def scheduling(intent: Asked, wanted: Item, request: Request) -> Plan:
    """What one item comes to, clashes included. Errors of the family's tree become words."""
    if request["offer"] and not isinstance(intent, Create):
        # Talk that was not for us changes nothing and is answered nothing.
        return Say(tr(NOTHING_TO_ADD) if request["insists"] else "")
    try:
        outcome = await _plan(intent, wanted)
    except SchedulingError as error:
        outcome = Say(str(error))
    if request["instead_of"] and isinstance(outcome, Ready | Ask):
        return await instead(outcome, UUID(request["instead_of"]), wanted)
    if request["offer"]:
        return offered(outcome, wanted.scene, insists=request["insists"])
    return outcome


async def _plan(intent: Asked, item: Item) -> Plan:
    if isinstance(intent, EventForm):
        return await _settled(await plan_form(intent, item), item)
    if isinstance(intent, CalendarFile):
        return await plan_file(intent, item)
    if isinstance(intent, Flyer):
        return await plan_flyer(intent, item)
    asked = unknown_things(intent, item)
    if asked is not None:
        return asked
    if isinstance(intent, Constraint | Habit | Resource) and intent.confidence <= DOUBTFUL:
        return Say(tr(UNSURE))
    if isinstance(intent, Constraint | Habit | Resource | Undo) and item.spoken:
        return Say(tr(IN_WRITING))
    intent, item = await with_new_things(intent, item)
    if isinstance(intent, Query):
        return await answer_query(intent, item)
    if isinstance(intent, Constraint):
        return await rules.say_rule(item.scene, intent, item.index)
    if isinstance(intent, Habit):
        return await _as_always(intent, item)
    if isinstance(intent, Undo):
        await undo_latest(item.scene)
        return Say("")
    if isinstance(intent, Resource):
        return await resources.say_resource(item.scene, intent, item.index)
    planner = _BY_INTENT.get(type(intent))
    if planner is None:
        return Say(await which(item.scene))
    refused = nonsense(intent, item.text)
    if refused is not None:
        return Say(refused)
    outcome = await planner(intent, item)
    if isinstance(outcome, Ready) and _doubtful(intent, item):
        return await _sure(outcome, item)
    return await _settled(outcome, item)


async def _as_always(intent: Habit, item: Item) -> Plan:
    outcome = await plan_habit(intent, item)
    settled = await _settled(outcome, item)
    if isinstance(outcome, Ready) and not isinstance(settled, Ready):
        return told_with(outcome.note, settled)
    return settled


def _doubtful(intent: Asked, item: Item) -> bool:
    """A change of what is booked that was heard, or that a model read out of words which the
    message does not have."""
    if not isinstance(intent, Move | Cancel | Remind | Change) or "sure" in item.answers:
        return False
    return item.spoken or intent.confidence <= DOUBTFUL


async def _sure(ready: Ready, item: Item) -> Ask:
    planned = await draft(item.scene, ready.edits)
    heading, text = told(planned.changes, item.scene.household, item.scene.local_now.date())
    return Ask(
        "sure",
        tr("{text}\nIs that what you mean?", text=text),
        (Option(tr("Yes, do that"), answer=True), Option(tr("No"), answer=False)),
        heading=f"{heading}?",
        edits=ready.edits,
    )


async def _settled(outcome: Plan, item: Item) -> Plan:
    """What is ready, with the things the family's rules prefer, checked against the calendar."""
    if isinstance(outcome, Ready):
        outcome = await preferred_things(outcome, item)
    if not isinstance(outcome, Ready):
        return outcome
    checked = await _checked(outcome, item)
    if isinstance(checked, Ask) and outcome.usual:
        # What stands in the way may be so because of what nobody has said this time.
        return told_with(tr("I assumed {assumed}.", assumed=outcome.usual), checked)
    return checked


def _known(ready: Ready, findings: Findings) -> Occurrence | None:
    """What is to be booked, if exactly that stands on the calendar already."""
    if not all(isinstance(edit, AddEvent) for edit in ready.edits):
        return None
    return twin(findings.conflicts, findings.draft.fresh)


async def _checked(ready: Ready, item: Item) -> Plan:
    findings = await detect(item.scene, ready.edits)
    answer = item.answers.get("same")
    if isinstance(answer, dict) and "event" in answer:
        merged = await _merged(answer, findings.draft.fresh, item)
        if isinstance(merged, Ready):
            findings, ready = await detect(item.scene, merged.edits), merged
        else:
            return merged
    refused = senseless(findings.draft)
    if refused is not None:
        return refused
    same = _likely(ready, findings, item.scene) if "same" not in item.answers else None
    if not findings.conflicts:
        return ready if same is None else _ask_same(same, findings.draft.fresh[0], item)
    known = _known(ready, findings)
    if known is not None:
        when = span_words(known, item.scene.household, item.scene.local_now.date())
        return Say(tr("{title} is on the calendar already: {when}.", title=known.title, when=when))
    if same is not None:
        return _ask_same(same, findings.draft.fresh[0], item)
    return await resolve(findings, ready.edits, item)


def _likely(ready: Ready, findings: Findings, scene: Scene) -> Occurrence | None:
    """What is there already and probably the same thing, as somebody else has told it."""
    (wanted, *more) = findings.draft.fresh or (None,)
    if wanted is None or more or not all(isinstance(edit, AddEvent) for edit in ready.edits):
        return None
    # What a parent writes down for nobody in particular, the other one may have written down too.
    parents = [m.id for m in scene.household.parents]
    alone = len(wanted.people) == 1 and wanted.people[0] in parents
    return likely_same(wanted, findings.around, parents if alone else ())


def _ask_same(known: Occurrence, wanted: Occurrence, item: Item) -> Ask:
    household, today = item.scene.household, item.scene.local_now.date()
    return Ask(
        "same",
        tr(
            "On the calendar: {title}, {known}.\nYou wrote: {title2}, {wanted}.",
            title=known.title,
            known=span_words(known, household, today),
            title2=wanted.title,
            wanted=span_words(wanted, household, today),
        ),
        (_keep(known, wanted, item), Option(tr("Another one"), answer={"another": True})),
        heading=tr("Is that the same thing?"),
    )


def _keep(known: Occurrence, wanted: Occurrence, item: Item) -> Option:
    """One event of the two, with the people of both."""
    more = [person for person in wanted.people if person not in known.people]
    if not more:
        return Option(tr("The same, keep it"), answer=False)
    return Option(
        tr("The same, add {people}", people=names(item.scene.household, more)),
        answer={"event": str(known.event_id), "at": known.recurrence_id.isoformat()},
    )


async def _merged(answer: dict[str, Any], wanted: Sequence[Occurrence], item: Item) -> Plan:
    """The event that is there already, with those it has not yet of the one that was asked for."""
    found = await load(UUID(answer["event"]), answer["at"], item, chosen=True)
    if isinstance(found, Say):
        return found
    there = found.occurrence
    more = (Participant(p) for o in wanted for p in o.people if p not in there.people)
    everyone = (*there.participants, *dict.fromkeys(more))
    return Ready((ChangeEvent(there.event_id, there.recurrence_id, participants=everyone),))
