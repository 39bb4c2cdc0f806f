"""/unlink: a chat leaves its family, which keeps everything; asked first."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.errors import NotFound
from scheduling.family import Household, Member
from scheduling.messages import Button, Platform
from scheduling.phrasing import and_list
from scheduling.ports import Chat
from scheduling.speech import N_, tr

LEAVE, STAY = "leave", "stay"
ALONE = N_("This chat is not linked with another one. /link gives a code to join another.")


async def unlink_command(scene: Scene, words: str) -> None:
    """/unlink: the question, with buttons. Raises NotAllowed, NotFound."""
    scene.require_decider(tr("take this chat out of the family"))
    chat = await _linked(scene)
    if chat is None:
        raise NotFound(tr(ALONE))
    name = scene.household.name
    await scene.say(
        tr(
            "{name} keeps every event, rule and person. This chat starts again with "
            "an empty calendar; it is told nothing of theirs any more, and they "
            "nothing of this one's.",
            name=name,
        ),
        heading=tr("Take this chat out of {name}?", name=name),
        buttons=(
            (
                Button(tr("Unlink"), Tap("link", chat.id, LEAVE).data()),
                Button(tr("Stay"), Tap("link", chat.id, STAY).data()),
            ),
        ),
        card=_card(chat.id),
    )


def _card(chat_id: UUID) -> str:
    return f"unlink:{chat_id.hex}"


async def _linked(scene: Scene) -> Chat | None:
    """The chat of this group that was linked, while another one of the family is."""
    chats = await scene.uow.chats.of_household(scene.household.id)
    here = next((c for c in chats if c.id == scene.chat_id), None)
    if here is None or here.address.private:
        return None
    linked = [c for c in chats if c.state == "active" and c.linked]
    ours = next((c for c in linked if _group(c) == _group(here)), None)
    return ours if len(linked) > 1 else None


def _is_main(chat: Chat) -> bool:
    return not chat.address.private and chat.address.topic is None


def _group(chat: Chat) -> tuple[Platform, str]:
    return chat.address.platform, chat.address.external_id


async def refusal(scene: Scene, chat_id: UUID) -> str | None:
    """Why that button parts nothing any more."""
    chat = await _linked(scene)
    if chat is None:
        return tr(ALONE)
    return None if chat.id == chat_id else tr("That button does not work here any more.")


async def stay(scene: Scene, chat_id: UUID) -> None:
    """The tap on Stay."""
    await scene.say(
        tr("Nothing was changed."), name="stay", heading=tr("Still linked"), card=_card(chat_id)
    )


async def leave(scene: Scene, chat_id: UUID) -> None:
    """The tap on Unlink: the chat and its people become a family of their own."""
    scene = await scene.locked()
    chat = await _linked(scene)
    if chat is None or chat.id != chat_id:
        return
    family, platform = scene.household, chat.address.platform
    accounts = await scene.uow.joins.accounts(family.id, platform)
    people = {m.id: _anew(scene, m) for m in family.members if m.id in {who for _, who in accounts}}
    own = await _own_family(scene, chat, tuple(people.values()))
    there = Chat(scene.id("chat"), own.id, chat.address)
    await scene.uow.joins.part(family.id, chat.id, there, _card(chat.id))
    for account, who in accounts:
        if who in people:
            await scene.uow.identities.link(own.id, platform, account, people[who].id)
    left = [c for c in await scene.uow.chats.of_household(family.id) if c.state == "active"]
    if not any(_is_main(c) and c.address.platform == platform for c in left):
        await scene.uow.joins.leave(family.id, platform)
    await _tell(scene, own, there, _card(chat.id), [c for c in left if c.linked])


def _anew(scene: Scene, member: Member) -> Member:
    return replace(member, id=scene.id(f"member:{member.id.hex}"))


async def _own_family(scene: Scene, chat: Chat, people: tuple[Member, ...]) -> Household:
    """With the family's zone and habits, without its digests: there is nothing to tell yet."""
    settings = replace(scene.household.settings, digest_daily=None, digest_weekly=None)
    own = Household(
        id=scene.id("family"),
        name=chat.address.title or scene.household.name,
        timezone=scene.household.timezone,
        settings=settings,
        members=people,
    )
    await scene.uow.households.add(own)
    return own


async def _tell(scene: Scene, own: Household, there: Chat, card: str, left: list[Chat]) -> None:
    who = (
        tr(" I know {things} here.", things=and_list([m.name for m in own.members]))
        if own.members
        else ""
    )
    apart = replace(scene, household=own, chat_id=there.id, reply_to=None)
    await apart.say(
        tr(
            "This chat has a calendar of its own now, and it is empty.{who} "
            "{household} keeps everything that was booked.",
            who=who,
            household=scene.household.name,
        ),
        name="unlinked",
        heading=tr("✓ Unlinked"),
        card=card,
    )
    by = tr(" {member} took it out.", member=scene.member.name) if scene.member else ""
    for chat in left:
        await scene.say(
            tr(
                "The chat “{chat}” has left this family.{by} Everything that was "
                "booked stays here.",
                chat=there.address.title or there.address.platform,
                by=by,
            ),
            name=f"left@{chat.id.hex}",
            chat_id=chat.id,
        )
