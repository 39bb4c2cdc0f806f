"""Where something happened: the chat, its family and its member, made known if they are new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agents.actions.which_family import ask_which_family, only_private, tell_whose
from scheduling.errors import Stale
from scheduling.family import Household, Member, Role, free_name
from scheduling.language.tongues.names import first_settings
from scheduling.messages import Inbound, Sender
from scheduling.ports import Chat, Located, NewId, UnitOfWork
from scheduling.speech import tr

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened: the chat, its family, and the member who did it. idle: nothing
    else of the chat waits to be done. locked: the family was read under its lock."""

    chat: Chat
    household: Household
    member: Member | None
    newcomer: bool = False
    idle: bool = True
    locked: bool = False


class Places:
    """default_timezone: of a family that has named none."""

    def __init__(self, new_id: NewId, default_timezone: str) -> None:
        self._new_id = new_id
        self._default_timezone = default_timezone

    async def place(self, uow: UnitOfWork, inbound: Inbound) -> Place:
        account = inbound.sender.external_id if inbound.sender else None
        located = await uow.chats.locate(inbound.chat, account)
        if located is not None and not located.exactly:
            return await self._joined(uow, inbound, await self._topic_of(uow, located, inbound))
        if located is not None and speaks(inbound) and is_strangers(located):
            await uow.chats.retire(located.chat.id)
            located = None
        if located is not None:
            return await self._joined(uow, inbound, await self._known(uow, located, inbound))
        chat, household = await self._new_chat(uow, inbound)
        known = None
        if account is not None:
            known = await uow.identities.member(household.id, inbound.chat.platform, account)
        member = household.member(known) if known else None
        return await self._joined(uow, inbound, Place(chat, household, member))

    async def _known(self, uow: UnitOfWork, located: Located, inbound: Inbound) -> Place:
        chat, household = located.chat, located.household
        # A tap decides something, so it needs the lock sooner or later.
        locked = inbound.kind == "tap"
        if locked:
            await uow.households.lock(household.id)
            household = await uow.households.get(household.id)
        if chat.state == "gone" and inbound.kind not in ("left", "migrated"):
            await uow.chats.set_state(chat.id, "active")
        member = household.member(located.member_id) if located.member_id else None
        return Place(chat, household, member, idle=located.idle, locked=locked)

    async def _topic_of(self, uow: UnitOfWork, group: Located, inbound: Inbound) -> Place:
        """A topic belongs to the family of its group."""
        household = group.household
        topic = Chat(self._new_id(), household.id, inbound.chat)
        await _add(uow, topic)
        return Place(
            topic, household, household.member(group.member_id) if group.member_id else None
        )

    async def _joined(self, uow: UnitOfWork, inbound: Inbound, place: Place) -> Place:
        """The same place, with whoever speaks there as a member."""
        if place.member is not None or inbound.sender is None or not speaks(inbound):
            return place
        found = await self._newcomer(uow, place.chat, place.household, inbound.sender)
        return replace(found, idle=place.idle)

    async def _new_chat(self, uow: UnitOfWork, inbound: Inbound) -> tuple[Chat, Household]:
        """A topic of a known chat, a chat of a family that is known by the sender's account, or
        one of a new family. A group is the first one of who began alone; it is never a second
        one of a family that has a group."""
        if inbound.chat.topic is not None:
            return await self._new_topic(uow, inbound)
        known = []
        if inbound.sender is not None:
            sender = inbound.sender
            known = await uow.identities.households(sender.platform, sender.external_id)
            if not inbound.chat.private:
                known = [h for h in known if await only_private(uow, h)]
        if not known and inbound.chat.space is not None:
            there = await uow.chats.of_space(inbound.chat.platform, inbound.chat.space)
            known = [chat.household_id for chat in there[:1]]
        household = (
            await uow.households.get(known[0])
            if known
            else Household(
                id=self._new_id(),
                name=clean(inbound.chat.title) or _family_of(inbound.sender),
                timezone=_zone_of(inbound.sender) or self._default_timezone,
                onboarded=False,
                settings=first_settings(inbound.sender.locale if inbound.sender else ""),
            )
        )
        await uow.households.add(household)
        chat = Chat(self._new_id(), household.id, inbound.chat)
        await _add(uow, chat)
        account = inbound.sender.external_id if inbound.sender else None
        if len(known) > 1:
            names = [(h, (await uow.households.get(h)).name) for h in known]
            await ask_which_family(uow, chat, names, account)
        elif known and not inbound.chat.private:
            await tell_whose(uow, chat, household, account)
        return chat, household

    async def _new_topic(self, uow: UnitOfWork, inbound: Inbound) -> tuple[Chat, Household]:
        """A topic belongs to the family of its group, which is added first if need be."""
        group = replace(inbound, chat=replace(inbound.chat, topic=None))
        known = await uow.chats.find(group.chat)
        if known is None:
            known, household = await self._new_chat(uow, group)
        else:
            household = await uow.households.get(known.household_id)
        topic = Chat(self._new_id(), household.id, inbound.chat)
        await _add(uow, topic)
        return topic, household

    async def _newcomer(
        self, uow: UnitOfWork, chat: Chat, household: Household, sender: Sender
    ) -> Place:
        """People become members by speaking: as the one the family has named already and waits
        for; the first of a family as its parent; else as `other`.

        Under the family's lock: two first words of one person make one member."""
        await uow.households.lock(household.id)
        household = await uow.households.get(household.id)
        known = await uow.identities.member(household.id, sender.platform, sender.external_id)
        if known is not None:
            return Place(chat, household, household.member(known))
        name = clean(sender.name) or clean(sender.username) or tr("Someone")
        member = household.named(name)
        named_before = member is not None and await _awaited(uow, household, member)
        if member is None or not named_before:
            role = Role.OTHER if household.members else Role.PARENT
            zone = _zone_of(sender)
            own_zone = zone if zone != household.timezone else None
            member = Member(self._new_id(), free_name(name, household), role, zone=own_zone)
            await uow.households.save_member(household.id, member)
            household = replace(household, members=(*household.members, member))
        await uow.identities.link(household.id, sender.platform, sender.external_id, member.id)
        newcomer = not named_before and len(household.members) > 1
        return Place(chat, household, member, newcomer)


def speaks(inbound: Inbound) -> bool:
    """Whether that is how people join a family."""
    joins = inbound.addressed and inbound.kind not in ("tap", "left", "migrated")
    return joins and inbound.sender is not None


def is_strangers(located: Located) -> bool:
    """A private chat of somebody who does not belong to its family, or no longer does: they
    are not let in by it."""
    return located.chat.address.private and located.member_id is None


async def _awaited(uow: UnitOfWork, household: Household, member: Member) -> bool:
    """Whether that name has no account yet, and a display name, which anybody may choose, is
    enough to be taken for it: for a parent only while no other parent could say who it is."""
    if await uow.identities.accounts(household.id, member.id):
        return False
    if member.role is not Role.PARENT:
        return True
    linked = [await uow.identities.accounts(household.id, p.id) for p in household.parents]
    return not any(linked)


async def _add(uow: UnitOfWork, chat: Chat) -> None:
    """Raises Stale if somebody else has added that chat meanwhile."""
    if not await uow.chats.add(chat):
        raise Stale(tr("That chat is known already."))


def clean(name: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]


def _family_of(sender: Sender | None) -> str:
    return (
        tr("{sender}'s family", sender=clean(sender.name))
        if sender and clean(sender.name)
        else "Family"
    )


def _zone_of(sender: Sender | None) -> str | None:
    """The zone their platform tells, if this machine knows it."""
    if sender is None or not sender.timezone:
        return None
    try:
        return ZoneInfo(sender.timezone).key
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return None
