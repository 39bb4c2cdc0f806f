"""Private calendar links: shown once, kept only as a hash, revocable."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from agents.scene import Scene
from scheduling.approvals import deciders


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def calendar_command(scene: Scene, words: str, base_url: str, key: bytes) -> None:
    """/calendar · /calendar me · /calendar revoke. The family's link is a parent's to give and
    to end. Raises NotAllowed for anyone else."""
    member = scene.member
    if member is None:
        return
    if words.strip().casefold() in ("revoke", "off", "stop"):
        gone = await scene.uow.feeds.revoke(scene.household.id, member.id)
        if member in deciders(scene.household):
            gone += await scene.uow.feeds.revoke(scene.household.id, None)
        told = f"{gone} calendar links no longer work." if gone else "There was no link."
        await scene.say(told, to_asker=True)
        return
    if not base_url:
        await scene.say(
            "Calendar links need this server to have a public address (PUBLIC_BASE_URL). "
            "/export gives you the calendar as a file instead.",
            to_asker=True,
        )
        return
    mine = words.strip().casefold() in ("me", "mine", "my")
    if not mine:
        scene.require_decider("share the family's calendar (/calendar me shares your own events)")
    whose: UUID | None = member.id if mine else None
    token = hmac.new(key, scene.id("feed").bytes, hashlib.sha256).hexdigest()
    await scene.uow.feeds.add(scene.household.id, whose, token_hash(token))
    await scene.say(
        f"{base_url.rstrip('/')}/calendar/{token}.ics\n"
        "Subscribe to it in your phone's calendar. Whoever has the link can read "
        f"{'your events' if mine else 'the family calendar'}; /calendar revoke ends it.",
        to_asker=True,
        secret=True,
    )
