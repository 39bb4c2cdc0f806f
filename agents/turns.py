"""One turn: what becomes of one inbox row."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agents.actions import taps, vote
from agents.actions.commands import (
    Surroundings,
    as_words,
    asks_archive,
    asks_platform,
    greet,
    is_command,
    run_command,
)
from agents.actions.edited import booked_by, withdraw
from agents.actions.settings import setting_meant, settings_command
from agents.answers import Answer, answer_in_words
from agents.archived import archived_requests, forget_archived
from agents.files import Files
from agents.incoming import heard, insists, written_at
from agents.jsonable import intent_to_json
from agents.scene import Scene
from agents.state import Request
from agents.threads import Threads
from agents.tracing import trace
from scheduling.buttons import parse
from scheduling.changes import Happening
from scheduling.errors import Away, SchedulingError
from scheduling.messages import Hearing
from scheduling.ports import Clock, InboxRow, UnitOfWork, UnitOfWorkFactory
from scheduling.proposals import Proposal
from scheduling.speech import N_, speak, tr

log = logging.getLogger(__name__)

TRIES = 12
"""A row that was begun more often is put aside, and its writer is told. Processes are killed and
databases go away at the worst of moments, and none of that is the message's fault."""
FAULT = 3
"""What a failure of our own counts for beside its beginning: the third one is the last."""

SORRY = N_(
    "Something went wrong on my side with that message, so I changed nothing. "
    "Please say it again in other words."
)

Conclude = Callable[[UnitOfWork, InboxRow], Awaitable[InboxRow | None]]
"""Finishes a row within a transaction and hands over the chat's next one."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes rows one after the other. What needs no question is done in one transaction,
    together with finishing the row; a request runs as a thread of its own."""

    uow: UnitOfWorkFactory
    read: UnitOfWorkFactory
    clock: Clock
    threads: Threads
    around: Surroundings
    files: Files
    conclude: Conclude

    async def take(self, row: InboxRow) -> InboxRow | None:
        """Carry out one row and finish it; returns the chat's next row, if there is one."""
        if row.attempts > TRIES:
            return await self._give_up(row)
        match row.inbound.kind:
            case "command":
                return await self._command(row)
            case "message":
                return await self._message(row, row.inbound.text)
            case "edit":
                return await self._edit(row)
            case "tap":
                return await self._tap(row)
            case "timer":
                return await self._timer(row)
            case "joined":
                await self._speak(row)
                hearing = await self.around.hearing(row.inbound.chat)
                return await self._directly(row, lambda scene: greet(scene, hearing))
            case _:
                return await self._finish(row)

    async def _scene(self, uow: UnitOfWork, row: InboxRow) -> Scene:
        household = await uow.households.get(row.household_id)
        speak(household.settings.language)
        return Scene(
            uow=uow,
            household=household,
            chat_id=row.chat_id,
            member=household.member(row.member_id) if row.member_id else None,
            now=self.clock.now(),
            request_id=row.id,
            reply_to=row.inbound.answer_ref,
            account=row.inbound.sender.external_id if row.inbound.sender else None,
            told_zone=row.inbound.sender.timezone if row.inbound.sender else None,
        )

    async def _speak(self, row: InboxRow) -> None:
        """In the family's language, before anything of it is asked of a platform."""
        async with self.read() as uow:
            await self._scene(uow, row)

    async def _directly(
        self, row: InboxRow, action: Callable[[Scene], Awaitable[object]]
    ) -> InboxRow | None:
        """Run an action and finish the row in one transaction. Errors of the family's tree
        become its answer, after everything the action had begun is rolled back."""
        try:
            async with self.uow() as uow:
                await action(await self._scene(uow, row))
                following = await self.conclude(uow, row)
                await uow.commit()
                return following
        except SchedulingError as error:
            return await self._refuse(row, error)

    async def _refuse(self, row: InboxRow, error: SchedulingError) -> InboxRow | None:
        async with self.uow() as uow:
            scene = await self._scene(uow, row)
            await scene.say(str(error), name="refused", to_asker=True)
            following = await self.conclude(uow, row)
            await uow.commit()
            return following

    async def _finish(self, row: InboxRow) -> InboxRow | None:
        async with self.uow() as uow:
            following = await self.conclude(uow, row)
            await uow.commit()
            return following

    async def _give_up(self, row: InboxRow) -> InboxRow | None:
        log.error("inbox row %s was begun too often and is put aside", row.id)

        async def sorry(scene: Scene) -> None:
            settled = await scene.uow.proposals.decided_by(row.household_id, row.id)
            if settled is None or await vote.abandon(scene, settled):
                await scene.say(tr(SORRY), name="sorry")

        return await self._directly(row, sorry)

    async def _command(self, row: InboxRow) -> InboxRow | None:
        words = as_words(row.inbound.text)
        if words is not None:
            return await self._message(row, words)
        return await self._run(row)

    async def _run(self, row: InboxRow) -> InboxRow | None:
        line, around, hearing = row.inbound.text, self.around, Hearing()
        archived: list[dict[str, Any]] = []
        if asks_platform(line):
            await self._speak(row)
            hearing = await around.hearing(row.inbound.chat)
        if asks_archive(line):
            await self._speak(row)
            try:
                archived = await archived_requests(around.archive, row.household_id)
            except Away as error:
                return await self._refuse(row, error)
        return await self._directly(
            row, lambda scene: run_command(scene, line, around, hearing, archived)
        )

    async def _message(self, row: InboxRow, text: str) -> InboxRow | None:
        if row.inbound.files:
            return await self._file(row, text)
        about = await self._card_replied_to(row)
        inbound, forwarded = row.inbound, row.inbound.forwarded
        own_words = inbound.addressed and not forwarded and inbound.form is None
        switch = setting_meant(text) if own_words else None
        if switch is not None:
            return await self._directly(row, lambda scene: settings_command(scene, switch))
        if own_words and await self._answered(row, text, about):
            return await self._finish(row)
        offer = forwarded or not row.inbound.addressed
        await self._request(row, text, offer=offer, about=about)
        return await self._finish(row)

    async def _file(self, row: InboxRow, text: str) -> InboxRow | None:
        """What came with a message is read before anything is done; what was heard is shown."""
        if not row.inbound.addressed:
            return await self._finish(row)
        async with self.read() as uow:
            scene = await self._scene(uow, row)
        try:
            found = await self.files.open(scene, row.inbound.chat, row.inbound.files, text)
        except SchedulingError as error:
            return await self._refuse(row, error)
        if found.spoken:
            async with self.uow() as uow:
                scene = await self._scene(uow, row)
                await scene.say(heard(found.text), name="heard")
                await uow.commit()
        form = intent_to_json(found.form) if found.form is not None else None
        await self._request(
            row, found.text, offer=row.inbound.forwarded, form=form, spoken=found.spoken
        )
        return await self._finish(row)

    async def _card_replied_to(self, row: InboxRow) -> str | None:
        if row.inbound.reply_ref is None:
            return None
        async with self.read() as uow:
            return await uow.outbox.card_of(row.household_id, row.chat_id, row.inbound.reply_ref)

    async def _author(self, row: InboxRow) -> str | None:
        """Whose words were shown to us, if that is somebody of the family."""
        inbound = row.inbound
        if not inbound.forwarded or inbound.author is None:
            return None
        async with self.read() as uow:
            platform = inbound.chat.platform
            found = await uow.identities.member(row.household_id, platform, inbound.author)
        return str(found) if found else None

    async def _request(
        self,
        row: InboxRow,
        text: str,
        *,
        offer: bool = False,
        instead_of: str | None = None,
        about: str | None = None,
        form: dict[str, Any] | None = None,
        spoken: bool = False,
    ) -> None:
        if row.inbound.form is not None:
            form = intent_to_json(row.inbound.form)
        request = Request(
            inbox_id=str(row.id),
            household_id=str(row.household_id),
            chat_id=str(row.chat_id),
            member_id=str(row.member_id) if row.member_id else None,
            text=text,
            message_ref=row.inbound.answer_ref,
            account=row.inbound.sender.external_id if row.inbound.sender else None,
            now=written_at(row).isoformat(),
            offer=offer,
            instead_of=instead_of,
            about=about,
            form=form,
            insists=insists(row),
            author=await self._author(row),
            spoken=spoken,
            traced=row.inbound.chat.platform == "http",
        )
        await trace(self.uow, await self.threads.begin(request, again=row.attempts > 1))

    async def _answered(self, row: InboxRow, text: str, about: str | None) -> bool:
        """Whether the message settled an open question, or at least was an answer to one."""
        if row.attempts == 1 and not row.asked:
            return False
        async with self.uow() as uow:
            scene = await self._scene(uow, row)
            settled = (
                await uow.proposals.decided_by(row.household_id, row.id)
                if row.attempts > 1
                else None
            )
            if settled is None:
                answer = await self._answer(scene, row, text, about)
                if answer is None:
                    return False
                told = await vote.cast(scene, answer.proposal.id, answer.choice, answer.text)
                settled = await uow.proposals.decided_by(row.household_id, row.id)
                if settled is None:
                    await scene.say(told.text, name="vote")
            await uow.commit()
        if settled is not None:
            await self._go_on(row, settled)
        return True

    async def _answer(
        self, scene: Scene, row: InboxRow, text: str, about: str | None
    ) -> Answer | None:
        local = written_at(row).astimezone(scene.household.zone).replace(tzinfo=None)
        return await answer_in_words(scene, text, about, local)

    async def _tap(self, row: InboxRow) -> InboxRow | None:
        data = row.inbound.button or ""
        tap = parse(data)
        if tap.verb == "opt":
            return await self._voted(row, tap.id)
        if tap.verb == "drop" and tap.argument in ("family", "person"):
            return await self._forget(row, tap.id if tap.argument == "person" else None)
        return await self._follow(row)

    async def _forget(self, row: InboxRow, member_id: UUID | None) -> InboxRow | None:
        """What is archived goes first, so that the family can still be told where it cannot; and
        once more after the rows, for what was being archived meanwhile."""
        async with self.read() as uow:
            answer = await taps.answer_tap(await self._scene(uow, row), row.inbound.button or "")
        if answer.alert:
            return await self._follow(row)
        try:
            await forget_archived(self.around.archive, row.household_id, member_id)
        except Away as error:
            return await self._refuse(row, error)
        following = await self._follow(row)
        try:
            await forget_archived(self.around.archive, row.household_id, member_id)
        except Away:
            log.error("the archive of household %s may not be empty", row.household_id)
        return following

    async def _follow(self, row: InboxRow) -> InboxRow | None:
        data, gone = row.inbound.button or "", list[str]()

        async def follow(scene: Scene) -> None:
            gone.extend(await taps.follow_tap(scene, data))

        following = await self._directly(row, follow)
        await self.threads.delete(gone)
        return following

    async def _voted(self, row: InboxRow, proposal_id: UUID) -> InboxRow | None:
        async with self.uow() as uow:
            proposal = await uow.proposals.get(row.household_id, proposal_id)
        if proposal is None:
            return await self._finish(row)
        if proposal.decided_by == row.id:
            await self._go_on(row, proposal)
            return await self._finish(row)
        if proposal.state != "open":
            return await self._finish(row)
        return await self._directly(row, lambda scene: vote.show_standing(scene, proposal))

    async def _go_on(self, row: InboxRow, proposal: Proposal) -> None:
        """What was settled by this row: close its card and resume its thread."""
        async with self.uow() as uow:
            scene = await self._scene(uow, row)
            answer = await vote.settle(scene, proposal)
            await uow.commit()
        state = await self.threads.resume(proposal.thread_id, proposal.id, answer)
        await trace(self.uow, state)

    async def _timer(self, row: InboxRow) -> InboxRow | None:
        """A proposal's time is over: decided by nobody, if it is still open."""
        proposal_id = UUID(row.inbound.button or "")
        async with self.uow() as uow:
            won = await uow.proposals.decide(row.household_id, proposal_id, row.id, None, None)
            proposal = await uow.proposals.get(row.household_id, proposal_id)
            if won:
                decided = Happening("proposal.decided", proposal_id)
                await uow.households.bump(row.household_id, decided)
            await uow.commit()
        if won and proposal is not None:
            await self._go_on(row, proposal)
        return await self._finish(row)

    async def _edit(self, row: InboxRow) -> InboxRow | None:
        """An edited message: read anew while it is still open; offered as a change once booked.
        A command that it says now is carried out, unless that is what it said before."""
        text = row.inbound.text
        async with self.uow() as uow:
            scene = await self._scene(uow, row)
            wordings = await uow.inbox.by_message(
                row.household_id, row.chat_id, row.inbound.message_ref or ""
            )
            # The newest first.
            before = [wording for wording in wordings if wording.seq < row.seq]
            for wording in before:
                await withdraw(scene, wording.id)
            booked = await booked_by(scene, [wording.id for wording in before])
            await uow.commit()
        words = as_words(text) if is_command(text) else text
        if words is None:
            same = bool(before) and before[0].inbound.text == text
            return await (self._finish(row) if same else self._run(row))
        if row.inbound.addressed or booked is not None:
            instead_of = str(booked) if booked is not None else None
            await self._request(row, words, instead_of=instead_of)
        return await self._finish(row)

    async def sweep(self, proposal: Proposal) -> None:
        """Resume what was decided and never committed, after its process died."""
        async with self.uow() as uow:
            household = await uow.households.get(proposal.household_id)
            speak(household.settings.language)
            scene = Scene(
                uow=uow,
                household=household,
                chat_id=proposal.chat_id,
                member=household.member(proposal.decider) if proposal.decider else None,
                now=self.clock.now(),
                request_id=proposal.decided_by or proposal.id,
            )
            answer = await vote.settle(scene, proposal)
            await uow.commit()
        await self.threads.resume(proposal.thread_id, proposal.id, answer)
