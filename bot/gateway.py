"""The one door in: records what happened before its platform is told that we have it.

One transaction finds out who and where, writes the inbox row, and, for a tap, checks
authority and state, so that what the tapper is shown at once is true.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agents.actions.commands import Surroundings, as_words, asks_platform, run_command
from agents.actions.family import greet_newcomer
from agents.actions.forms import form_sheet
from agents.actions.taps import answer_tap, follow_tap, is_direct
from agents.actions.which_family import (
    ask_which_family,
    choose_family,
    only_private,
    tell_whose,
)
from agents.scene import Scene
from bot.observing.received import received
from scheduling.errors import Stale
from scheduling.family import Household, Member, Role, free_name
from scheduling.forms import FormSheet
from scheduling.language.tongues.names import first_settings, of_locale
from scheduling.messages import ChatAddress, Inbound, Platform, Sender, TapAnswer
from scheduling.ports import Chat, Clock, InboxRow, Located, NewId, UnitOfWork, UnitOfWorkFactory
from scheduling.speech import N_, speak, tr

log = logging.getLogger(__name__)

LONGEST_NAME = 40
LONGEST_TEXT = 16_000
"""What is kept of a message; the rest is noise, whatever it is."""
LONGEST_BUTTON = 256
"""Ours have 64 bytes at most; a longer one is forged, and refused at any length."""

REPEATED = N_("Got that already.")


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


class Gateway:
    """Implements `ports.Receiver`.

    What needs no question (a list, a button that is not a vote) is carried out in the very
    transaction that records it, if nothing else of its chat is waiting. For the rest, `claim`
    takes the chat in that transaction too, and `wake` hands the row to the runner after it.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        clock: Clock,
        new_id: NewId,
        default_timezone: str,
        around: Surroundings,
        claim: Callable[[UnitOfWork, UUID], Awaitable[InboxRow | None]],
        wake: Callable[[UUID, InboxRow | None], None],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._new_id = new_id
        self._default_timezone = default_timezone
        self._around = around
        self._claim = claim
        self._wake = wake

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        """Record what happened, once. Returns only after it is committed."""
        inbound = _storable(inbound)
        try:
            return await self._receive(inbound, at_once=True)
        # Whatever goes wrong in carrying it out (another process met this chat at the same
        # moment, an action refused, a bug), it has to be recorded; its turn deals with it.
        except Exception as error:
            log.info("recording only, after %s", type(error).__name__)
            return await self._receive(inbound, at_once=False)

    async def form(
        self, chat: ChatAddress, account: str, entry_id: UUID | None
    ) -> FormSheet | None:
        """Reads only: opening a form changes nothing."""
        async with self._uow() as uow:
            located = await uow.chats.locate(chat, account)
            chat_id, new_id = self._new_id(), self._new_id()
            if located is not None and not _is_strangers(located):
                chat_id, family = located.chat.id, located.chat.household_id
            else:
                # Somebody's first word in private may be a form; their family knows them.
                theirs = await uow.identities.households(chat.platform, account)
                if not chat.private or len(theirs) != 1:
                    return None
                (family,) = theirs
            household = await uow.households.get(family)
            speak(household.settings.language)
            known = await uow.identities.member(family, chat.platform, account)
            member = household.member(known) if known else None
            scene = Scene(uow, household, chat_id, member, self._clock.now(), new_id)
            return await form_sheet(scene, entry_id)

    async def space_gone(self, platform: Platform, space: str) -> None:
        await self._mark(platform, space, "gone")

    async def space_back(self, platform: Platform, space: str) -> None:
        await self._mark(platform, space, "active")

    async def _mark(self, platform: Platform, space: str, state: Literal["active", "gone"]) -> None:
        async with self._uow() as uow:
            for chat in await uow.chats.of_space(platform, space):
                await uow.chats.set_state(chat.id, state)
            await uow.commit()

    async def _receive(self, inbound: Inbound, *, at_once: bool) -> TapAnswer | None:
        # Until we know whose chat it is, as its writer's own phone does.
        speak(of_locale(inbound.sender.locale if inbound.sender else ""))
        async with self._uow() as uow:
            if inbound.kind == "left" and await uow.chats.find(inbound.chat) is None:
                return None
            place = await self._place(uow, inbound)
            speak(place.household.settings.language)
            inbound = await _continued(uow, place, inbound)
            row_id = self._new_id()
            member_id = place.member.id if place.member else None
            # Its row is written as done: whatever then goes wrong rolls it back too.
            here_and_now = at_once and place.idle and _is_direct(inbound)
            if not await uow.inbox.add(
                place.household.id,
                place.chat.id,
                member_id,
                row_id,
                inbound,
                self._clock.now(),
                done=here_and_now,
            ):
                return TapAnswer(tr(REPEATED)) if inbound.kind == "tap" else None
            scene = self._scene(uow, place, row_id, inbound)
            answer, finished = await self._judge(scene, place, inbound)
            claimed = None
            if here_and_now and not finished:
                await self._carry_out(scene, inbound)
            elif finished and not here_and_now:
                await uow.inbox.finish(row_id)
            elif not finished:
                claimed = await self._claim(uow, place.chat.id)
            await uow.commit()
        with received(row_id, place.household.id, inbound):
            self._wake(place.chat.id, claimed)
        return answer and replace(answer, text=tr(answer.text))

    async def _carry_out(self, scene: Scene, inbound: Inbound) -> None:
        """Do here and now what asks nothing."""
        if inbound.kind == "command":
            await run_command(scene, inbound.text, self._around)
        else:
            await follow_tap(scene, inbound.button or "")

    def _scene(self, uow: UnitOfWork, place: Place, row_id: UUID, inbound: Inbound) -> Scene:
        return Scene(
            uow=uow,
            household=place.household,
            chat_id=place.chat.id,
            member=place.member,
            now=self._clock.now(),
            request_id=row_id,
            reply_to=inbound.answer_ref,
            account=inbound.sender.external_id if inbound.sender else None,
            is_locked=place.locked,
            told_zone=inbound.sender.timezone if inbound.sender else None,
        )

    async def _judge(
        self, scene: Scene, place: Place, inbound: Inbound
    ) -> tuple[TapAnswer | None, bool]:
        """What needs no turn: the toast, whether the row is finished with that."""
        if place.newcomer and place.member is not None:
            await greet_newcomer(scene, place.member)
        match inbound.kind:
            case "tap":
                chosen = await choose_family(scene, inbound)
                if chosen is not None:
                    return chosen, True
                answer = await answer_tap(scene, inbound.button or "")
                return answer, answer.alert
            case "migrated":
                await scene.uow.chats.move(place.chat.id, inbound.moved_to or "")
                return None, True
            case "left":
                await scene.uow.chats.set_state(place.chat.id, "gone")
                return None, True
            case "message" | "edit" if not inbound.addressed:
                listening = place.household.settings.listen and inbound.kind == "message"
                return None, not listening and inbound.kind == "message"
            case _:
                return None, False

    async def _place(self, uow: UnitOfWork, inbound: Inbound) -> Place:
        account = inbound.sender.external_id if inbound.sender else None
        located = await uow.chats.locate(inbound.chat, account)
        if located is not None and _speaks(inbound) and _is_strangers(located):
            await uow.chats.retire(located.chat.id)
            located = None
        known = None
        # A tap decides something, so it needs the lock sooner or later.
        locked = inbound.kind == "tap" and located is not None
        if located is None:
            chat, household = await self._new_chat(uow, inbound)
            if account is not None:
                known = await uow.identities.member(household.id, inbound.chat.platform, account)
        else:
            chat, known = located.chat, located.member_id
            if locked:
                await uow.households.lock(chat.household_id)
            household = await uow.households.get(chat.household_id)
            if chat.state == "gone" and inbound.kind not in ("left", "migrated"):
                await uow.chats.set_state(chat.id, "active")
        idle = located is None or located.idle
        if inbound.sender is not None and known is None and _speaks(inbound):
            found = await self._newcomer(uow, chat, household, inbound.sender)
            return replace(found, idle=idle)
        member = household.member(known) if known else None
        return Place(chat, household, member, idle=idle, locked=locked)

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
                name=_clean(inbound.chat.title) or _family_of(inbound.sender),
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
        name = _clean(sender.name) or _clean(sender.username) or tr("Someone")
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


async def _continued(uow: UnitOfWork, place: Place, inbound: Inbound) -> Inbound:
    """What is written in the thread of a request is meant for us, as the request was."""
    if inbound.kind != "message" or inbound.addressed or inbound.reply_ref is None:
        return inbound
    ours = await uow.outbox.spoke_in(place.household.id, place.chat.id, inbound.reply_ref)
    return replace(inbound, addressed=ours)


def _is_direct(inbound: Inbound) -> bool:
    """Whether that command or tap asks neither the family nor its platform anything."""
    if inbound.kind == "command":
        return as_words(inbound.text) is None and not asks_platform(inbound.text)
    return inbound.kind == "tap" and is_direct(inbound.button or "")


def _speaks(inbound: Inbound) -> bool:
    """Whether that is how people join a family."""
    joins = inbound.addressed and inbound.kind not in ("tap", "left", "migrated")
    return joins and inbound.sender is not None


def _is_strangers(located: Located) -> bool:
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


def _storable(inbound: Inbound) -> Inbound:
    """What was written, in a form every database keeps: bounded, whole characters, no NULs."""
    return replace(
        inbound,
        text=_whole(inbound.text)[:LONGEST_TEXT],
        button=inbound.button if inbound.button is None else _ours(inbound.button),
        chat=replace(inbound.chat, title=_clean(inbound.chat.title)),
    )


def _ours(button: str) -> str:
    """A button's data, or "" for what no button of ours carries: it is not repaired."""
    return button if len(button) <= LONGEST_BUTTON and _whole(button) == button else ""


def _whole(text: str) -> str:
    """Without halves of surrogate pairs and NULs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _clean(name: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]


def _family_of(sender: Sender | None) -> str:
    return (
        tr("{sender}'s family", sender=_clean(sender.name))
        if sender and _clean(sender.name)
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
