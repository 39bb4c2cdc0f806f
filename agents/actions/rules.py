"""Standing rules: said in plain sentences, read back as understood, taken away with a tap."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING
from uuid import UUID

from agents.queries.things import AHEAD, clashes_within, heads_up
from agents.readiness import Say
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.family import Household, Rule, RuleType, Settings
from scheduling.messages import Button
from scheduling.phrasing import and_list, clock, duration_words, names, resource_names
from scheduling.span import Span
from scheduling.speech import N_, tr, trn

if TYPE_CHECKING:
    # Of the grammar: a receiver, which reads nothing, does without.
    from scheduling.language.readings import Constraint

_DAYS = {
    "MO": N_("Mondays"), "TU": N_("Tuesdays"), "WE": N_("Wednesdays"), "TH": N_("Thursdays"),
    "FR": N_("Fridays"), "SA": N_("Saturdays"), "SU": N_("Sundays"),
}  # fmt: skip
_SETS = {
    frozenset(("MO", "TU", "WE", "TH", "FR")): N_("weekdays"),
    frozenset(("SA", "SU")): N_("weekends"),
    frozenset(("SU", "MO", "TU", "WE", "TH")): N_("school nights"),
}


def rule_from(asked: Constraint, household: Household, new_id: Callable[[], UUID]) -> Rule:
    """The rule a sentence means. Names the household does not have are left out; what is only
    written down ("no screens after 8") holds for no event's hours."""
    if asked.type == "custom":
        asked = replace(asked, after=None, before=None)

    def thing(name: str | None) -> UUID | None:
        found = household.resource_named(name) if name else None
        return found.id if found else None

    people = (household.named(name) for name in asked.who.names)
    return Rule(
        id=new_id(),
        type=RuleType(asked.type),
        text=asked.text,
        members=() if asked.who.everyone else tuple(m.id for m in people if m is not None),
        days=asked.days,
        after=asked.after,
        before=asked.before,
        blocked=asked.blocked,
        min_gap=asked.min_gap,
        max_per_day=asked.max_per_day,
        resource=thing(asked.resource),
        over=thing(asked.over),
        words=asked.words,
        hard=asked.hard,
    )


async def say_rule(scene: Scene, asked: Constraint, index: int) -> Say:
    """Keep a rule, or take away the one meant. Raises NotAllowed for anyone but a parent."""
    scene = await scene.locked()
    scene.require_parent(tr("set a rule"))
    if asked.remove:
        return await _remove(scene, asked)
    stranger = _stranger(asked, scene.household)
    if stranger:
        return Say(
            tr(
                "I don't know {stranger} in this family, so I kept no rule. /family "
                "add {stranger} makes them a member.",
                stranger=stranger,
            )
        )
    rule = rule_from(asked, scene.household, lambda: scene.id(f"rule{index}"))
    await scene.uow.households.save_rule(scene.household.id, rule)
    household = replace(scene.household, rules=(*scene.household.rules, rule))
    ahead = Span(scene.now, scene.now + AHEAD)
    against = [
        c
        for c in await clashes_within(scene, household, ahead)
        if c.rule is not None and c.rule.id == rule.id
    ]
    await scene.say(
        rule_words(rule, scene.household) + heads_up(against, household),
        name=f"rule{index}",
        heading=tr("✓ Rule kept"),
        buttons=((Button(tr("Remove it"), Tap("drop", rule.id, "rule").data()),),),
        card=f"rule:{rule.id.hex}",
    )
    return Say("")


def _stranger(asked: Constraint, household: Household) -> str:
    """Somebody the rule is for whom the family does not have: it must not bind everyone."""
    if asked.who.names or asked.who.everyone:
        return ""
    named = re.search(r"\bfor ([A-Z][a-z]+)\b", asked.text)
    known = named is None or (named[1][:2].upper() in _DAYS and named[1].endswith(("day", "days")))
    return "" if known or named is None or household.named(named[1]) else named[1]


async def _remove(scene: Scene, asked: Constraint) -> Say:
    """Take away the rule that was named by its number or by its words; ask where none or
    several could be."""
    meant = _named(asked, scene.household.rules)
    if len(meant) != 1:
        return Say(
            tr(
                "Which rule? Say “remove rule 1”, or the like.\n{rules}",
                rules=list_rules(scene.household),
            )
            if scene.household.rules
            else tr("There are no rules yet.")
        )
    await scene.uow.households.remove_rule(scene.household.id, meant[0].id)
    return Say(tr("Removed: {rule}", rule=rule_words(meant[0], scene.household)))


def _named(asked: Constraint, rules: Sequence[Rule]) -> list[Rule]:
    if asked.number is not None:
        return list(rules[asked.number - 1 : asked.number]) if asked.number > 0 else []
    wanted = _telling(asked.text)
    scores = [len(wanted & _telling(rule.text)) for rule in rules]
    best = max(scores, default=0)
    return [r for r, score in zip(rules, scores, strict=True) if score == best > 0]


def _telling(text: str) -> set[str]:
    """The words that tell one rule from another."""
    return set(re.findall(r"\w+", text.casefold())) - _COMMON


_COMMON = frozenset(
    (
        *("remove", "delete", "forget", "cancel", "drop", "the", "rule", "rules", "about", "on"),
        *("a", "for", "no", "not", "events", "event", "nothing", "after", "before", "at", "of"),
        *("any", "more", "that", "we", "and", "to", "in", "is", "it", "be"),
    )
)


async def drop_rule(scene: Scene, rule_id: UUID) -> None:
    """The tap on "Remove it"."""
    rule = next((r for r in scene.household.rules if r.id == rule_id), None)
    if rule is None:
        return
    await scene.uow.households.remove_rule(scene.household.id, rule_id)
    by = tr(" (said {member})", member=scene.member.name) if scene.member else ""
    await scene.say(
        f"{rule_words(rule, scene.household)}{by}",
        name="dropped",
        heading=tr("Rule removed"),
        card=f"rule:{rule_id.hex}",
    )


def list_rules(household: Household) -> str:
    """All rules, numbered, as understood."""
    if not household.rules:
        return tr("No rules yet. Say one, like “no events for Mia after 8 pm on school nights”.")
    lines = (f"{n}. {rule_words(r, household)}" for n, r in enumerate(household.rules, 1))
    return "\n".join(lines)


def rule_words(rule: Rule, household: Household) -> str:
    """The rule as the product understands it, in one plain sentence; one that it can't check
    stands there as it was said."""
    if rule.type is RuleType.CUSTOM:
        return tr("“{rule}” (written down only: I can't check this one).", rule=rule.text)
    whom = tr(" for {people}", people=names(household, rule.members)) if rule.members else ""
    on = tr(" on {days}", days=_days(rule.days)) if rule.days else ""
    strength = "" if rule.hard else tr(" (if possible)")
    return f"{_core(rule, household, whom)}{on}{strength}."


def _core(rule: Rule, household: Household, whom: str) -> str:
    settings = household.settings
    if rule.min_gap is not None:
        return tr(
            "At least {length} between events{whom}", length=duration_words(rule.min_gap), whom=whom
        )
    if rule.max_per_day is not None:
        return trn(
            "At most {number} event a day{whom}",
            "At most {number} events a day{whom}",
            rule.max_per_day,
            whom=whom,
        )
    if rule.type is RuleType.RESOURCE_PRIORITY:
        first = resource_names(household, [rule.resource] if rule.resource else [])
        other = resource_names(household, [rule.over] if rule.over else [])
        what = tr(" for {what}", what=rule.words) if rule.words else ""
        return tr(
            "Prefer {thing} over {other}{what}",
            thing=first or tr("it"),
            other=other or tr("the rest"),
            what=what,
        )
    return tr("Nothing{whom}{times}", whom=whom, times=_times(rule, settings))


def _times(rule: Rule, settings: Settings) -> str:
    if rule.blocked is not None:
        return tr(
            " from {start} to {end}",
            start=clock(rule.blocked[0], settings),
            end=_end(rule.blocked[1], settings),
        )
    parts = []
    if rule.before is not None:
        parts.append(tr("before {hour}", hour=clock(rule.before, settings)))
    if rule.after is not None:
        parts.append(tr("after {hour}", hour=clock(rule.after, settings)))
    return f" {and_list(parts)}" if parts else ""


def _end(t: time, settings: Settings) -> str:
    return tr("midnight") if t == time() else clock(t, settings)


def _days(days: tuple[str, ...]) -> str:
    several = _SETS.get(frozenset(days))
    return tr(several) if several else and_list([tr(_DAYS[d]) for d in days if d in _DAYS])
