"""resource_manager: which shared things an event takes, by name and by the family's rules."""

from __future__ import annotations

from dataclasses import replace

from agents.actions.resources import type_of
from agents.drafting import clashes, draft
from agents.planning.item import Item
from agents.readiness import Ask, Plan, Ready
from scheduling.edits import AddEvent
from scheduling.family import Resource, Role, Rule, RuleType
from scheduling.language.readings import Create, Intent
from scheduling.matching import title_score
from scheduling.proposals import Option
from scheduling.speech import tr
from scheduling.watching import agent


def unknown_things(intent: Intent, item: Item) -> Ask | None:
    """The question about the first thing the family does not share yet."""
    names = intent.unknown_resources if isinstance(intent, Create) else ()
    for name in names:
        if f"thing:{name}" in item.answers or item.scene.household.resource_named(name):
            continue
        options = [Option(tr("Book without the {name}", name=name), answer={"without": True})]
        if item.scene.member is not None and item.scene.member.role is Role.PARENT:
            options.append(
                Option(tr("Share the {name} from now on", name=name), answer={"add": name})
            )
        options.append(Option(tr("Leave it"), answer=False))
        return Ask(
            f"thing:{name}",
            tr("The family shares no {name} that I know of.", name=name),
            tuple(options),
            heading=tr("Which {name}?", name=name),
        )
    return None


async def with_new_things(intent: Intent, item: Item) -> tuple[Intent, Item]:
    """Begin to share what an answer asked to, and read the request as naming it."""
    added = [
        str(answer["add"])
        for slot, answer in item.answers.items()
        if slot.startswith("thing:") and isinstance(answer, dict) and answer.get("add")
    ]
    if not added or not isinstance(intent, Create):
        return intent, item
    scene = item.scene
    for name in added:
        if scene.household.resource_named(name) is None:
            thing = Resource(item.id(f"thing:{name}"), name, type_of(name))
            await scene.uow.households.save_resource(scene.household.id, thing)
            household = replace(scene.household, resources=(*scene.household.resources, thing))
            scene = replace(scene, household=household)
    named = replace(intent, resources=(*intent.resources, *added))
    return named, replace(item, scene=scene)


@agent("resource_manager")
async def preferred_things(plan: Ready, item: Item) -> Plan:
    """Take the thing a rule prefers ("the car over the van for soccer") where it is free."""
    if len(plan.edits) != 1 or not isinstance(plan.edits[0], AddEvent):
        return plan
    event = plan.edits[0].event
    for rule in item.scene.household.rules:
        if not _applies(rule, event.title) or rule.over not in event.resources:
            continue
        assert rule.resource is not None
        taken = tuple(rule.resource if r == rule.over else r for r in event.resources)
        better = AddEvent(replace(event, resources=taken))
        if not await clashes(item.scene, await draft(item.scene, (better,))):
            thing = item.scene.household.resource(rule.resource)
            note = tr("{thing}, as you prefer", thing=thing.name) if thing else ""
            return replace(plan, edits=(better,), assumed=(*plan.assumed, note))
    return plan


def _applies(rule: Rule, title: str) -> bool:
    if rule.type is not RuleType.RESOURCE_PRIORITY or rule.resource is None or rule.over is None:
        return False
    return not rule.words or title_score(rule.words.casefold().split(), title) >= 1
