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

if TYPE_CHECKING:
    # Of the grammar: a receiver, which reads nothing, does without.
    from scheduling.language.readings import Constraint

_DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday",
    "FR": "Friday", "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_SETS = {
    frozenset(("MO", "TU", "WE", "TH", "FR")): "weekdays",
    frozenset(("SA", "SU")): "weekends",
    frozenset(("SU", "MO", "TU", "WE", "TH")): "school nights",
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
    scene.require_parent("set a rule")
    if asked.remove:
        return await _remove(scene, asked)
    stranger = _stranger(asked, scene.household)
    if stranger:
        return Say(
            f"I don't know {stranger} in this family, so I kept no rule. "
            f"/family add {stranger} makes them a member."
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
        heading="✓ Rule kept",
        buttons=((Button("Remove it", Tap("drop", rule.id, "rule").data()),),),
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
            f"Which rule? Say “remove rule 1”, or the like.\n{list_rules(scene.household)}"
            if scene.household.rules
            else "There are no rules yet."
        )
    await scene.uow.households.remove_rule(scene.household.id, meant[0].id)
    return Say(f"Removed: {rule_words(meant[0], scene.household)}")


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
    by = f" (said {scene.member.name})" if scene.member else ""
    await scene.say(
        f"{rule_words(rule, scene.household)}{by}",
        name="dropped",
        heading="Rule removed",
        card=f"rule:{rule_id.hex}",
    )


def list_rules(household: Household) -> str:
    """All rules, numbered, as understood."""
    if not household.rules:
        return "No rules yet. Say one, like “no events for Mia after 8 pm on school nights”."
    lines = (f"{n}. {rule_words(r, household)}" for n, r in enumerate(household.rules, 1))
    return "\n".join(lines)


def rule_words(rule: Rule, household: Household) -> str:
    """The rule as the product understands it, in one plain sentence; one that it can't check
    stands there as it was said."""
    if rule.type is RuleType.CUSTOM:
        return f"“{rule.text}” (written down only: I can't check this one)."
    whom = f" for {names(household, rule.members)}" if rule.members else ""
    on = f" on {_days(rule.days)}" if rule.days else ""
    strength = "" if rule.hard else " (if possible)"
    return f"{_core(rule, household, whom)}{on}{strength}."


def _core(rule: Rule, household: Household, whom: str) -> str:
    settings = household.settings
    if rule.min_gap is not None:
        return f"At least {duration_words(rule.min_gap)} between events{whom}"
    if rule.max_per_day is not None:
        plural = "event" if rule.max_per_day == 1 else "events"
        return f"At most {rule.max_per_day} {plural} a day{whom}"
    if rule.type is RuleType.RESOURCE_PRIORITY:
        first = resource_names(household, [rule.resource] if rule.resource else [])
        other = resource_names(household, [rule.over] if rule.over else [])
        what = f" for {rule.words}" if rule.words else ""
        return f"Prefer {first or 'it'} over {other or 'the rest'}{what}"
    return f"Nothing{whom}{_times(rule, settings)}"


def _times(rule: Rule, settings: Settings) -> str:
    if rule.blocked is not None:
        return f" from {clock(rule.blocked[0], settings)} to {_end(rule.blocked[1], settings)}"
    parts = []
    if rule.before is not None:
        parts.append(f"before {clock(rule.before, settings)}")
    if rule.after is not None:
        parts.append(f"after {clock(rule.after, settings)}")
    return f" {and_list(parts)}" if parts else ""


def _end(t: time, settings: Settings) -> str:
    return "midnight" if t == time() else clock(t, settings)


def _days(days: tuple[str, ...]) -> str:
    return _SETS.get(frozenset(days)) or and_list([f"{_DAYS[d]}s" for d in days if d in _DAYS])
