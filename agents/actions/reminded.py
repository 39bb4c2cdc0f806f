"""Done and Snooze on a reminder. They concern that one reminder and leave the series alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from agents.scene import Scene
from scheduling.messages import TapAnswer
from scheduling.notices import Notice, NoticeKind, NoticeState
from scheduling.phrasing import moment
from scheduling.speech import tr

TONIGHT = time(19)
TOMORROW = time(8)
SNOOZES = ("10m", "1h", "tonight", "tomorrow")


async def claim_reminder(scene: Scene, notice_id: UUID, snooze: str | None) -> TapAnswer:
    """Mark a sent reminder done or snoozed for this tap; run in the gateway's transaction."""
    await scene.lock()
    notice = await scene.uow.notices.get(scene.household.id, notice_id)
    if notice is None or scene.member is None:
        return TapAnswer(tr("That button does not work here any more."), True)
    if notice.data.get("settled_by") not in (None, str(scene.request_id)):
        return TapAnswer(tr("That was settled already."), True)
    marked = replace(
        notice, state=NoticeState.DONE, data={**notice.data, "settled_by": str(scene.request_id)}
    )
    await scene.uow.notices.put([marked])
    if snooze is None:
        return TapAnswer("Done.")
    due = snooze_until(snooze, scene)
    return TapAnswer(tr("I'll remind you again {due}.", due=moment(due, scene.household)))


def snooze_until(snooze: str, scene: Scene) -> datetime:
    """When a snoozed reminder is due again."""
    if snooze in ("10m", "1h"):
        return scene.now + (timedelta(minutes=10) if snooze == "10m" else timedelta(hours=1))
    local = scene.local_now
    at = TONIGHT if snooze == "tonight" else TOMORROW
    day = local.date() + timedelta(days=0 if snooze == "tonight" and local.time() < at else 1)
    return datetime.combine(day, at, scene.household.zone).astimezone(UTC)


async def settle_reminder(scene: Scene, notice_id: UUID, snooze: str | None) -> None:
    """Show on the reminder's card what was tapped, and set it anew if snoozed."""
    notice = await scene.uow.notices.get(scene.household.id, notice_id)
    if notice is None or notice.data.get("settled_by") != str(scene.request_id):
        return
    who = scene.member.name if scene.member else "someone"
    card = f"notice:{notice_id.hex}"
    shown = await scene.uow.outbox.last_of_card(scene.household.id, scene.chat_id, card)
    text = shown.text if shown else ""
    told = tr("✓ Done ({who})", who=who) if snooze is None else ""
    if snooze is not None:
        due = snooze_until(snooze, scene)
        told = tr(
            "{who} asked to be reminded again {due}.", who=who, due=moment(due, scene.household)
        )
        await scene.uow.notices.put([_again(scene, notice, due)])
    await replace(scene, reply_to=None).say(
        f"{text}\n{told}", name="reminded", heading=shown.heading if shown else "", card=card
    )


def _again(scene: Scene, notice: Notice, due: datetime) -> Notice:
    return Notice(
        id=scene.id("snoozed"),
        household_id=notice.household_id,
        kind=NoticeKind.SNOOZED,
        due=due,
        chat_id=scene.chat_id,
        event_id=notice.event_id,
        recurrence_id=notice.recurrence_id,
        asked=True,
    )
