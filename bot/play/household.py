"""Writing a script's family into the database, as onboarding would have left it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4, uuid5
from zoneinfo import ZoneInfo

from agents.actions.rules import rule_from
from bot.play.chats import Chats
from bot.play.log import Place
from bot.play.script import FAMILY, FamilySpec, Script
from scheduling.digesting import next_daily, next_weekly
from scheduling.errors import NotUnderstood
from scheduling.family import Household, Member, Resource, Settings
from scheduling.language.interpret import interpret
from scheduling.language.readings import Constraint, Context, Person
from scheduling.language.tongues.names import WRITES_24_HOURS
from scheduling.notices import Notice, NoticeKind
from scheduling.ports import Chat, UnitOfWorkFactory


async def write_families(script: Script, chats: Chats, uow: UnitOfWorkFactory) -> list[Household]:
    """Every family of the script with its people, things, rules, group chat and accounts.

    Raises NotUnderstood for a rule that cannot be read.
    """
    local = script.clock.astimezone(ZoneInfo(script.timezone)).replace(tzinfo=None)
    households = [_household(family, script, local) for family in script.families]
    async with uow() as work:
        for place, household in zip(group_places(script), households, strict=True):
            await work.households.add(household)
            address = chats.address(place)
            await work.chats.add(Chat(uuid4(), household.id, address))
            await work.notices.put(_digests(household, script.clock))
            for member in household.members:
                account = chats.account(member.name)
                await work.identities.link(household.id, chats.platform, account, member.id)
        await work.commit()
    return households


def group_places(script: Script) -> list[Place]:
    """Each family's group chat, in the order of `script.families`."""
    first = [Place(FAMILY)] if script.family else []
    return first + [Place(family.name) for family in script.others]


def _spoken_to(settings: Settings, language: str) -> Settings:
    """As a family of that language has it, if it does not write 24 hours anyway."""
    hours24 = settings.hours24 or language in WRITES_24_HOURS
    return replace(settings, language=language, hours24=hours24)


def _household(family: FamilySpec, script: Script, now: datetime) -> Household:
    household = Household(
        id=uuid4(),
        name=family.name,
        timezone=script.timezone,
        settings=_spoken_to(family.settings, script.language),
        members=tuple(Member(uuid4(), m.name, m.role, m.aliases) for m in family.members),
        resources=tuple(Resource(uuid4(), r.name, r.type, r.capacity) for r in family.resources),
    )
    rules = tuple(
        rule_from(constraint, household, uuid4)
        for sentence in family.rules
        for constraint in _constraints(sentence, household, now)
    )
    return replace(household, rules=rules)


def _digests(household: Household, now: datetime) -> list[Notice]:
    """What choosing the hours of the digests would have left behind."""
    settings = household.settings
    hours = (
        (NoticeKind.DAILY, settings.digest_daily, next_daily),
        (NoticeKind.WEEKLY, settings.digest_weekly, next_weekly),
    )
    return [
        Notice(uuid5(household.id, kind.value), household.id, kind, following(household, now))
        for kind, hour, following in hours
        if hour is not None
    ]


def _constraints(sentence: str, household: Household, now: datetime) -> list[Constraint]:
    people = tuple(Person(m.name, m.aliases, m.role.value) for m in household.members)
    things = tuple(resource.name for resource in household.resources)
    speaker = household.parents[0].name if household.parents else ""
    reading = interpret(sentence, Context(speaker, people, things), now)
    found = [item for item in reading.items if isinstance(item, Constraint)]
    if not found:
        raise NotUnderstood(f"the rule cannot be read: {sentence}")
    return found
