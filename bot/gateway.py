"""The one door in: records what happened before its platform is told that we have it.

One transaction finds out who and where, writes the inbox row, and, for a tap, checks
authority and state, so that what the tapper is shown at once is true.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal
from uuid import UUID

from agents.actions.commands import Surroundings, as_words, asks_outside, run_command
from agents.actions.family import greet_newcomer
from agents.actions.forms import form_sheet
from agents.actions.taps import answer_tap, follow_tap, is_direct
from agents.actions.which_family import choose_family
from agents.scene import Scene
from bot.observing.received import received
from bot.places import Place, Places, clean, is_strangers
from scheduling.forms import FormSheet
from scheduling.language.tongues.names import of_locale
from scheduling.messages import ChatAddress, Inbound, Platform, TapAnswer
from scheduling.ports import Clock, InboxRow, NewId, UnitOfWork, UnitOfWorkFactory
from scheduling.speech import N_, speak, tr

log = logging.getLogger(__name__)

LONGEST_TEXT = 16_000
"""What is kept of a message; the rest is noise, whatever it is."""
LONGEST_BUTTON = 256
"""Ours have 64 bytes at most; a longer one is forged, and refused at any length."""

REPEATED = N_("Got that already.")


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
        self._places = Places(new_id, default_timezone)
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
            if located is not None and located.exactly and not is_strangers(located):
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
            place = await self._places.place(uow, inbound)
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


async def _continued(uow: UnitOfWork, place: Place, inbound: Inbound) -> Inbound:
    """What is written in the thread of a request is meant for us, as the request was."""
    if inbound.kind != "message" or inbound.addressed or inbound.reply_ref is None:
        return inbound
    ours = await uow.outbox.spoke_in(place.household.id, place.chat.id, inbound.reply_ref)
    return replace(inbound, addressed=ours)


def _is_direct(inbound: Inbound) -> bool:
    """Whether that command or tap asks neither the family nor its platform anything."""
    if inbound.kind == "command":
        return as_words(inbound.text) is None and not asks_outside(inbound.text)
    return inbound.kind == "tap" and is_direct(inbound.button or "")


def _storable(inbound: Inbound) -> Inbound:
    """What was written, in a form every database keeps: bounded, whole characters, no NULs."""
    return replace(
        inbound,
        text=_whole(inbound.text)[:LONGEST_TEXT],
        button=inbound.button if inbound.button is None else _ours(inbound.button),
        chat=replace(inbound.chat, title=clean(inbound.chat.title)),
    )


def _ours(button: str) -> str:
    """A button's data, or "" for what no button of ours carries: it is not repaired."""
    return button if len(button) <= LONGEST_BUTTON and _whole(button) == button else ""


def _whole(text: str) -> str:
    """Without halves of surrogate pairs and NULs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
