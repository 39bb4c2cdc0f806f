"""The first minutes of a family: its zone, the one who began, the digest, in a few taps."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from uuid import UUID
from zoneinfo import ZoneInfo

from agents.actions.digests import plan_digests
from agents.actions.saving import write
from agents.drafting import change
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.family import Household
from scheduling.messages import Button
from scheduling.phrasing import clock
from scheduling.speech import N_, tr

ZONES = (
    ("New York", "America/New_York"),
    ("Chicago", "America/Chicago"),
    ("Denver", "America/Denver"),
    ("Los Angeles", "America/Los_Angeles"),
    ("London", "Europe/London"),
    ("Berlin", "Europe/Berlin"),
    ("India", "Asia/Kolkata"),
    ("Sydney", "Australia/Sydney"),
)
DIGEST_ON, DIGEST_OFF = "digest-on", "digest-off"
ELSEWHERE, AS_TOLD = "elsewhere", "as-told"
ABOUT = N_(
    "I keep one calendar for your family, right here in the chat. Write what is planned, like "
    "“soccer practice Saturday 2pm, Mia, need the car”; I book it, say what clashes, and "
    "remind you."
)
WHERE = N_("Where do you live? Tap, or write /settings timezone Europe/Paris.")
DIGEST = N_("Would you like a short list of the day every morning?")
HELP = N_("""Write to me as you would to each other:
• soccer practice Saturday 2pm, Mia, need the car
• piano for Mia every Tuesday 16:00-16:45 until end of March
• move piano to Thursday 5pm · cancel dentist tomorrow
• what's on Saturday? · who has the car Friday?
• when is everyone free this weekend for 2 hours?
• remind Dad to call the school at 5
• no events for Mia after 8 pm on school nights
• Mia's soccer is always 90 minutes

/today /week /free /conflicts /undo
/family /resources /rules /settings
/export /calendar /link /forget""")


async def start(scene: Scene, advice: str) -> None:
    """/start: welcome a new family, or greet one that is set up. advice: how to be heard here."""
    told = f"\n\n{advice}" if advice else ""
    if scene.household.onboarded:
        await scene.say(
            tr(HELP) + told, heading=tr("Hello, {household}", household=scene.household.name)
        )
        return
    if scene.told_zone and scene.told_zone == scene.household.timezone:
        await _zone_known(scene, f"{tr(ABOUT)}{told}\n\n")
        return
    text = f"{tr(ABOUT)}\n\n{tr(WHERE)}{told}"
    await scene.say(text, heading="Hello!", buttons=_zones(scene), card=_card(scene))


async def _zone_known(scene: Scene, about: str) -> None:
    """The platform has told where the first one lives, so that is said, and one tap is enough."""
    zone = scene.household.timezone
    told = replace(scene.household.settings, hours24=writes_24_hours(zone))
    now = clock(scene.now.astimezone(ZoneInfo(zone)), told)
    city = zone.rpartition("/")[2].replace("_", " ")
    right = Button(f"{city} ({zone})", Tap("setup", scene.household.id, AS_TOLD).data())
    elsewhere = Button(tr("We live elsewhere"), Tap("setup", scene.household.id, ELSEWHERE).data())
    await scene.say(
        tr(
            "{about}Your profile says that your time zone is {zone}: it is {now} "
            "there. Is that right?",
            about=about,
            zone=zone,
            now=now,
        ),
        heading="Hello!",
        buttons=((right,), (elsewhere,)),
        card=_card(scene),
    )


def setup_card(household_id: UUID) -> str:
    return f"setup:{household_id.hex}"


def _card(scene: Scene) -> str:
    return setup_card(scene.household.id)


def _by(scene: Scene) -> str:
    """Who tapped, for the card."""
    return f" ({scene.member.name})" if scene.member else ""


def _zones(scene: Scene) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(n, Tap("setup", scene.household.id, z).data()) for n, z in ZONES]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def is_setup_step(argument: str) -> bool:
    """Whether one of the buttons of these minutes carries it."""
    zones = [zone for _, zone in ZONES]
    return is_digest(argument) or argument in (ELSEWHERE, AS_TOLD, *zones)


def is_digest(argument: str) -> bool:
    return argument in (DIGEST_ON, DIGEST_OFF)


async def setup_step(scene: Scene, argument: str) -> None:
    """A tap during onboarding: first a zone, then whether to have a morning digest."""
    if is_digest(argument):
        await _finish(scene, argument == DIGEST_ON)
    elif argument == AS_TOLD:
        await zone_chosen(scene, scene.household.timezone)
    elif argument == ELSEWHERE:
        await scene.say(
            tr(WHERE), name="zone", heading=tr("Where?"), buttons=_zones(scene), card=_card(scene)
        )
    elif any(argument == zone for _, zone in ZONES):
        await zone_chosen(scene, argument)


async def close_setup(scene: Scene, why: str) -> None:
    """Take the open question of the first minutes away, where it stands in this chat."""
    card = _card(scene)
    if await scene.uow.outbox.last_of_card(scene.household.id, scene.chat_id, card) is not None:
        await scene.say(why, name="setup", card=card)


async def zone_chosen(scene: Scene, zone: str) -> None:
    """Keep a new family's zone, also for what it has booked by now, and ask the next question."""
    household = scene.household
    await _book_anew(scene, zone)
    await scene.uow.households.rename(household.id, name=household.name, timezone=zone)
    household = await _with_its_clock(household, zone, scene)
    now = clock(scene.now.astimezone(ZoneInfo(zone)), household.settings)
    await scene.say(
        tr("It is {now} with you. {digest}", now=now, digest=tr(DIGEST)),
        name="zone",
        heading=f"✓ {zone}{_by(scene)}",
        buttons=(_digest(household),),
        card=_card(scene),
    )


async def _with_its_clock(household: Household, zone: str, scene: Scene) -> Household:
    """The family, with times written as people in that zone write them."""
    settings = replace(household.settings, hours24=writes_24_hours(zone))
    await scene.uow.households.save_settings(household.id, settings)
    return replace(household, settings=settings)


def _digest(household: Household) -> tuple[Button, Button]:
    yes = Button(tr("Yes, at 7:00"), Tap("setup", household.id, DIGEST_ON).data())
    return yes, Button(tr("No digest"), Tap("setup", household.id, DIGEST_OFF).data())


async def _book_anew(scene: Scene, zone: str) -> None:
    """Who wrote "tomorrow at 3" before they were asked where they live meant 3 there."""
    household = scene.household
    await scene.lock()
    there = replace(scene, household=replace(household, timezone=zone))
    for event in await scene.uow.events.all(household.id):
        if event.timezone == household.timezone != zone:
            await write(there, change(event, replace(event, timezone=zone), there))
    await scene.uow.households.bump(household.id)


def writes_24_hours(zone: str) -> bool:
    """Whether people there write 14:00 rather than 2:00 PM; a guess, and a setting."""
    area, _, city = zone.partition("/")
    return area == "Europe" and city not in ("London", "Dublin", "Jersey", "Guernsey")


async def _finish(scene: Scene, digest: bool) -> None:
    scene = await scene.locked()
    household = scene.household
    if digest:
        settings = replace(household.settings, digest_daily=time(7))
        await scene.uow.households.save_settings(household.id, settings)
        await plan_digests(scene, replace(household, settings=settings))
    await scene.uow.households.set_onboarded(household.id)
    who = scene.member.name if scene.member else "you"
    await scene.say(
        tr(
            "All set, {who}. The others join by writing to me here, or name them: "
            "/family add Mia child. What you share: /resources add car.\n\nTry it: "
            "“dentist for me tomorrow at 3:30”. /help shows more.",
            who=who,
        ),
        name="finish",
        heading=tr("✓ Ready{by}", by=_by(scene)),
        card=_card(scene),
    )
