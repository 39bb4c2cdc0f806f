"""/link: a code out of one chat, written in the other, makes one family of both."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from uuid import UUID

from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.errors import NotAllowed
from scheduling.linking import LIVES, MOST_TRIES, TRIES_WITHIN, code_from, plain
from scheduling.messages import Button
from scheduling.ports import LinkCode
from scheduling.speech import N_, tr, trn
from scheduling.words import events_counted

PRIVATE = N_(
    "Only a chat you share can be linked. This one speaks for your family already: write /link "
    "in the family's chat."
)
JOIN, APART = "join", "apart"


def code_hash(code: str) -> str:
    """What is stored of a code, however it was typed."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


async def link_command(scene: Scene, words: str, key: bytes) -> None:
    """/link gives a code; /link CODE in the other chat asks whether to join. Raises NotAllowed."""
    chat = await scene.uow.chats.get(scene.household.id, scene.chat_id)
    if chat is None or chat.address.private:
        raise NotAllowed(tr(PRIVATE))
    await (_enter(scene, words) if words else _give(scene, key))


async def _give(scene: Scene, key: bytes) -> None:
    scene.require_decider(tr("link this chat with another"))
    code_id = scene.id("link")
    random = hmac.new(key, code_id.bytes, hashlib.sha256).digest()
    code = code_from(int.from_bytes(random, "big"))
    given = LinkCode(code_id, scene.household.id, scene.chat_id, code_hash(code), scene.now + LIVES)
    await scene.uow.links.give(given)
    await scene.say(
        tr(
            "Write /link {code} in your family's other chat, here or in another app, "
            "within {seconds} minutes. It works once, and I ask there before "
            "anything is joined. Whoever has the code can ask to join you.",
            code=code,
            seconds=LIVES.seconds // 60,
        ),
        heading=code,
    )


async def _enter(scene: Scene, written: str) -> None:
    """Answer a code; only a right one goes on to the question."""
    ours, links = scene.household.id, scene.uow.links
    await scene.uow.households.lock(ours)
    if await links.tries(ours, scene.chat_id, scene.now - TRIES_WITHIN) >= MOST_TRIES:
        await scene.say(tr("That was too many wrong codes for now. Try again in an hour."))
        return
    code = await links.find(code_hash(written))
    if code is None:
        await links.tried(ours, scene.chat_id, scene.id("try"), scene.now)
        await scene.say(
            tr(
                "I don't know that code. Write /link in the other chat for a new one, and what it "
                "says there in this one."
            )
        )
        return
    refused = _refusal(scene, code)
    if refused:
        await scene.say(refused)
        return
    await links.offer(code.id, scene.chat_id)
    await _ask(scene, code)


def _refusal(scene: Scene, code: LinkCode) -> str | None:
    """Why a code that is one of ours does not join these two chats."""
    if code.chat_id == scene.chat_id:
        return tr("That code is for your family's other chat: write it there.")
    if code.household_id == scene.household.id:
        return tr("That chat and this one share one calendar already.")
    if code.used_at is not None or code.offered_to not in (None, scene.chat_id):
        return tr("That code has been used. Write /link in the other chat for a new one.")
    if code.expires_at <= scene.now:
        return tr("That code has run out. Write /link in the other chat for a new one.")
    return None


async def open_offer(scene: Scene, code_id: UUID) -> LinkCode | str:
    """The code that this chat was asked about, or why it joins nothing any more."""
    code = await scene.uow.links.offered(code_id, scene.chat_id)
    if code is None:
        return tr("That button does not work here any more.")
    return _refusal(scene, code) or code


def link_card(code_id: UUID) -> str:
    return f"link:{code_id.hex}"


async def _ask(scene: Scene, code: LinkCode) -> None:
    theirs = await scene.uow.households.get(code.household_id)
    there = await _size(replace(scene, household=theirs))
    here = await _size(scene)
    name = theirs.name
    await scene.say(
        tr(
            "“{name}”: {there}.\n“{household}”, here: {here}.\nThey become one "
            "family with one calendar, told in both chats. All people, events, rules "
            "and things of this chat come along; the settings and the zone of "
            "“{name}” hold, and its parents say who is one. A parent of this chat "
            "decides:",
            name=name,
            there=there,
            household=scene.household.name,
            here=here,
        ),
        heading=tr("Join {name}?", name=name),
        buttons=(
            (
                Button(tr("Join"), Tap("link", code.id, JOIN).data()),
                Button(tr("Keep apart"), Tap("link", code.id, APART).data()),
            ),
        ),
        card=link_card(code.id),
    )


async def _size(scene: Scene) -> str:
    events = len(await scene.uow.events.all(scene.household.id))
    people = trn("{number} person", "{number} people", len(scene.household.members))
    return f"{people}, {events_counted(events)}"


async def keep_apart(scene: Scene, code_id: UUID) -> None:
    """The tap on "Keep apart": the code is spent."""
    await scene.uow.links.use(code_id, scene.now)
    await scene.say(
        tr("Nothing was joined."), name="apart", heading=tr("Kept apart"), card=link_card(code_id)
    )
