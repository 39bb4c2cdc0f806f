"""A small family to try the product with."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from bot.console import codec
from scheduling.family import Household, Member, Resource, ResourceType, Role
from scheduling.ports import Chat, UnitOfWorkFactory

_FAMILY = uuid5(NAMESPACE_URL, "family-scheduler:demo")


def _id(name: str) -> UUID:
    return uuid5(_FAMILY, name)


def demo_family(timezone: str) -> Household:
    """Two parents, two children, one car."""
    return Household(
        id=_FAMILY,
        name="Rivera",
        timezone=timezone,
        members=(
            Member(_id("Anna"), "Anna", Role.PARENT, ("Mom", "Mum")),
            Member(_id("Ben"), "Ben", Role.PARENT, ("Dad",)),
            Member(_id("Mia"), "Mia", Role.CHILD),
            Member(_id("Leo"), "Leo", Role.CHILD),
        ),
        resources=(Resource(_id("car"), "car", ResourceType.VEHICLE, 1),),
    )


async def add_demo_family(uow: UnitOfWorkFactory, timezone: str) -> Household:
    """Put the demo family on the console, once: a second call finds it there."""
    async with uow() as work:
        chat = await work.chats.find(codec.chat())
        if chat is not None:
            return await work.households.get(chat.household_id)
        household = demo_family(timezone)
        await work.households.add(household)
        await work.chats.add(Chat(_id("console"), household.id, codec.chat()))
        for member in household.members:
            account = codec.account(member.name).external_id
            await work.identities.link(household.id, "console", account, member.id)
        await work.commit()
        return household
