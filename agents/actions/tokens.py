"""Tokens by which a program speaks for a member: shown once, kept only as a hash, revocable."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from agents.plain import one_line
from agents.scene import Scene
from scheduling.access import PREFIX, AccessToken, Scope, token_hash
from scheduling.messages import ChatAddress
from scheduling.ports import Chat, UnitOfWork
from scheduling.speech import N_, tr

LONGEST_NAME = 40

_USAGE = N_(
    "To make one: /token read NAME, /token write NAME or /token admin NAME, where NAME says what "
    "it is for. /token revoke NAME ends it."
)
_MAY = {
    Scope.READ: N_("read the family's calendar"),
    Scope.WRITE: N_("read and write the family's calendar"),
    Scope.ADMIN: N_("read and write the calendar, and change who and what the family is"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a token is made, and how much it may. name: what it is for."""

    household_id: UUID
    member_id: UUID
    name: str
    scope: Scope


async def grant(uow: UnitOfWork, holder: Holder, token_id: UUID, words: str, now: datetime) -> None:
    """Let `words` open the API for its holder. The API is a chat of its own, one a token."""
    token = AccessToken(
        token_id, holder.household_id, holder.member_id, holder.name, holder.scope, now
    )
    if not await uow.tokens.add(token, token_hash(words)):
        return
    address = ChatAddress("http", token_id.hex, True, holder.name)
    await uow.chats.add(Chat(uuid5(token_id, "chat"), holder.household_id, address))
    await uow.identities.link(holder.household_id, "http", token_id.hex, holder.member_id)


async def token_command(scene: Scene, words: str, key: bytes) -> None:
    """/token · /token read|write|admin NAME · /token revoke NAME. Raises NotAllowed for a child:
    what a program does in somebody's name is a parent's to allow."""
    scene.require_decider(tr("let a program into the family's calendar"))
    verb, _, rest = words.strip().partition(" ")
    name = one_line(rest, LONGEST_NAME)
    if verb.casefold() == "revoke" and name:
        await _revoke(scene, name)
    elif verb.casefold() in list(Scope) and name:
        await _give(scene, Scope(verb.casefold()), name, key)
    else:
        await scene.say(await _listed(scene), to_asker=True)


async def _give(scene: Scene, scope: Scope, name: str, key: bytes) -> None:
    chat = await scene.uow.chats.get(scene.household.id, scene.chat_id)
    if scene.member is None or chat is None or not chat.address.private:
        await scene.say(
            tr(
                "A token opens your family's calendar to whoever reads it, so I give it only in "
                "a private chat with me."
            ),
            to_asker=True,
        )
        return
    token_id = scene.id("token")
    token = PREFIX + hmac.new(key, token_id.bytes, hashlib.sha256).hexdigest()
    holder = Holder(scene.household.id, scene.member.id, name, scope)
    await grant(scene.uow, holder, token_id, token, scene.now)
    await scene.say(
        tr(
            "{token}\nWhoever has it can {what} in your name, through the HTTP API. I show it only "
            "now. /token revoke {name} ends it.",
            token=token,
            what=tr(_MAY[scope]),
            name=name,
        ),
        to_asker=True,
        secret=True,
    )


async def _revoke(scene: Scene, name: str) -> None:
    gone = await scene.uow.tokens.revoke(scene.household.id, name=name)
    told = tr("The token {name} no longer works.", name=name)
    none = tr("There is no token called {name}.", name=name)
    await scene.say(told if gone else none, to_asker=True)


async def _listed(scene: Scene) -> str:
    lines = []
    for token in await scene.uow.tokens.of_household(scene.household.id):
        member = scene.household.member(token.member_id)
        lines.append(f"{token.name}: {token.scope}, {member.name if member else '?'}")
    return "\n".join([*lines, tr(_USAGE)])
