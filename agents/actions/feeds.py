"""Private calendar links: shown once, kept only as a hash, revocable."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from agents.scene import Scene
from scheduling.access import token_hash
from scheduling.approvals import deciders
from scheduling.errors import NotFound
from scheduling.speech import tr


async def calendar_command(scene: Scene, words: str, base_url: str, key: bytes) -> None:
    """/calendar · /calendar me · /calendar revoke [NAME]. The family's link is a parent's to give
    and to end, and so is ending somebody else's. Raises NotAllowed for anyone else."""
    member = scene.member
    if member is None:
        return
    verb, _, whose_link = words.strip().partition(" ")
    if verb.casefold() == "revoke" and whose_link:
        await _revoke_of(scene, whose_link.strip())
        return
    if words.strip().casefold() in ("revoke", "off", "stop"):
        gone = await scene.uow.feeds.revoke(scene.household.id, member.id)
        if member in deciders(scene.household):
            gone += await scene.uow.feeds.revoke(scene.household.id, None)
        told = (
            tr("{gone} calendar links no longer work.", gone=gone)
            if gone
            else tr("There was no link.")
        )
        await scene.say(told, to_asker=True)
        return
    if not base_url:
        await scene.say(
            tr(
                "Calendar links need this server to have a public address (PUBLIC_BASE_URL). "
                "/export gives you the calendar as a file instead."
            ),
            to_asker=True,
        )
        return
    mine = words.strip().casefold() in ("me", "mine", "my")
    if not mine:
        scene.require_decider(
            tr("share the family's calendar (/calendar me shares your own events)")
        )
    whose: UUID | None = member.id if mine else None
    token = hmac.new(key, scene.id("feed").bytes, hashlib.sha256).hexdigest()
    await scene.uow.feeds.add(scene.household.id, whose, token_hash(token))
    await scene.say(
        tr(
            "{address}/calendar/{token}.ics\nSubscribe to it in your phone's "
            "calendar. Whoever has the link can read {what}; /calendar revoke ends "
            "it.",
            address=base_url.rstrip("/"),
            token=token,
            what="your events" if mine else "the family calendar",
        ),
        to_asker=True,
        secret=True,
    )


async def _revoke_of(scene: Scene, name: str) -> None:
    """A parent ends the links that another one gave away."""
    scene.require_decider(tr("end somebody else's calendar link"))
    member = scene.household.named(name)
    if member is None:
        raise NotFound(tr("I don't know {name} in this family.", name=name[:40]))
    gone = await scene.uow.feeds.revoke(scene.household.id, member.id)
    told = tr("{gone} calendar links of {member} no longer work.", gone=gone, member=member.name)
    await scene.say(
        told if gone else tr("{member} had no link.", member=member.name), to_asker=True
    )
