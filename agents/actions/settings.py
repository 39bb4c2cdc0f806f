"""What a family may set, by a word or a tap."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from agents.actions.digests import plan_digests
from agents.actions.onboarding import zone_chosen
from agents.scene import Scene
from scheduling.buttons import Tap
from scheduling.errors import NotUnderstood
from scheduling.family import Household, Settings
from scheduling.language.tongues.names import (
    WRITES_24_HOURS,
    asked_for,
    language_called,
    own_name,
)
from scheduling.messages import Button
from scheduling.phrasing import and_list, clock, duration_words
from scheduling.speech import N_, speak, tr

MOST_REMINDERS = 5
_USAGE = N_("""To change one: /settings timezone Europe/Paris
/settings quiet 21:30-07:00 · /settings quiet off
/settings digest 07:00 · /settings sunday 18:00 · /settings digest off
/settings reminder 60 · /settings length 45 · /settings 24h · /settings 12h
/settings consent everyone · /settings consent any · /settings listen on
/settings models off · /settings language deutsch""")


async def settings_command(scene: Scene, words: str, unheard: str = "") -> None:
    """/settings · /settings NAME VALUE. unheard: why talk that is not for us does not reach us
    in that chat. Raises NotUnderstood, NotAllowed."""
    name, _, value = words.strip().partition(" ")
    if not name:
        await scene.say(
            f"{settings_words(scene.household)}\n\n{tr(_USAGE)}",
            buttons=settings_buttons(scene.household, scene.request_id),
            card=settings_card(scene.request_id),
        )
        return
    scene = await scene.locked()
    scene.require_decider(tr("change the settings"))
    if name.casefold() in ("timezone", "zone", "tz"):
        await _set_zone(scene, value.strip())
        return
    settings = changed(scene.household.settings, name.casefold(), value.strip())
    turned_on = name.casefold() == "listen" and settings.listen
    await _save(scene, settings, note=unheard if turned_on else "")


def settings_card(request: UUID) -> str:
    return f"settings:{request.hex}"


def settings_buttons(household: Household, shown_by: UUID) -> tuple[tuple[Button, ...], ...]:
    """shown_by: the request whose card they stand on; the family itself where it is no card."""
    hours = "12h" if household.settings.hours24 else "24h"
    digest = tr("Digest off") if household.settings.digest_daily else tr("Morning digest at 7:00")
    value = "digest-off" if household.settings.digest_daily else "digest-07.00"
    return (
        (
            Button(tr("Show times as {hours}", hours=hours), Tap("set", shown_by, hours).data()),
            Button(digest, Tap("set", shown_by, value).data()),
        ),
    )


async def set_by_tap(scene: Scene, tap: Tap) -> None:
    """A tap on one of the settings' buttons: "24h", "digest-07.00". Its card shows how things
    are now, and who said so."""
    scene = await scene.locked()
    before = scene.household.settings
    settings = set_as_tapped(before, tap.argument)
    if tap.id == scene.household.id:
        await _save(scene, settings)
        return
    household = await _keep(scene, settings)
    who = scene.member.name if scene.member else tr("someone")
    await scene.say(
        f"{settings_words(household)}\n\n{tr(_USAGE)}",
        name="settings",
        heading=f"✓ {who}: {what_changed(before, settings)}",
        buttons=settings_buttons(household, tap.id),
        card=settings_card(tap.id),
    )


def what_changed(before: Settings, after: Settings) -> str:
    """What a tap on one of these buttons does."""
    if before.hours24 != after.hours24:
        return tr("times as {example}.", example="14:00" if after.hours24 else "2:00 PM")
    return digest_words(after, on=after.digest_daily is not None)


def digest_words(settings: Settings, *, on: bool) -> str:
    hour = clock(settings.digest_daily or time(7), settings)
    return (
        tr("a list of the day every morning at {hour}.", hour=hour)
        if on
        else tr("no list in the morning.")
    )


def set_as_tapped(settings: Settings, argument: str) -> Settings:
    """The settings as that button would make them. Raises NotUnderstood."""
    name, _, value = argument.partition("-")
    return changed(settings, name, value.replace(".", ":"))


async def _save(scene: Scene, settings: Settings, note: str = "") -> None:
    household = await _keep(scene, settings)
    words = f"✓ {settings_words(household)}"
    await scene.say(f"{words}\n\n{note}" if note else words, name="settings")


async def _keep(scene: Scene, settings: Settings) -> Household:
    await scene.uow.households.save_settings(scene.household.id, settings)
    household, before = replace(scene.household, settings=settings), scene.household.settings
    speak(settings.language)
    if (before.digest_daily, before.digest_weekly) != (
        settings.digest_daily,
        settings.digest_weekly,
    ):
        await plan_digests(scene, household)
    return household


async def _set_zone(scene: Scene, name: str) -> None:
    zone = find_zone(name)
    if not scene.household.onboarded:
        await zone_chosen(scene, zone)
        return
    household = replace(scene.household, timezone=zone)
    await scene.uow.households.rename(household.id, name=household.name, timezone=zone)
    await plan_digests(scene, household)
    now = scene.now.astimezone(ZoneInfo(zone))
    await scene.say(
        tr(
            "✓ Your zone is {zone}: it is {now} there now. Events that are booked "
            "keep the zone they were booked in.",
            zone=zone,
            now=clock(now, household.settings),
        )
    )


def find_zone(name: str) -> str:
    """The IANA zone meant by "Europe/Paris", "paris" or "new york". Raises NotUnderstood."""
    wanted = name.strip().replace(" ", "_").casefold()
    zones = sorted(available_timezones())
    exact = [z for z in zones if z.casefold() == wanted]
    city = [z for z in zones if wanted and z.casefold().rpartition("/")[2] == wanted]
    if not wanted:
        raise NotUnderstood(tr("Which zone? For example /settings timezone Europe/Paris"))
    if not exact and not city:
        raise NotUnderstood(
            tr("I don't know the zone “{name}”. Try one like Europe/Paris.", name=name[:40])
        )
    return (exact or city)[0]


def changed(settings: Settings, name: str, value: str) -> Settings:
    """The settings with one changed. Raises NotUnderstood with what would be right."""
    change = _CHANGES.get(name)
    if change is None:
        raise NotUnderstood(
            tr("There is no setting “{name}”. /settings shows them all.", name=name[:30])
        )
    return change(settings, value.casefold())


def _quiet(settings: Settings, value: str) -> Settings:
    if value in ("off", "none", ""):
        return replace(settings, quiet_hours=None)
    first, _, last = value.replace("to", "-").replace("–", "-").partition("-")
    if not last.strip() or _clock(first) == _clock(last):
        raise NotUnderstood(tr("From when to when? For example /settings quiet 21:30-07:00"))
    return replace(settings, quiet_hours=(_clock(first), _clock(last)))


def _digest(settings: Settings, value: str) -> Settings:
    if value in ("off", "none"):
        return replace(settings, digest_daily=None, digest_weekly=None)
    return replace(settings, digest_daily=_clock(value or "7:00"))


def _sunday(settings: Settings, value: str) -> Settings:
    return replace(settings, digest_weekly=None if value == "off" else _clock(value or "18:00"))


def _reminder(settings: Settings, value: str) -> Settings:
    if value in ("off", "none"):
        return replace(settings, reminders=())
    minutes = {int(n) for n in re.findall(r"-?\d{1,6}", value)}
    if not minutes or any(not 0 < m <= 60 * 24 * 14 for m in minutes):
        raise NotUnderstood(tr("How many minutes before? For example /settings reminder 60"))
    if len(minutes) > MOST_REMINDERS:
        raise NotUnderstood(
            tr(
                "At most {most_reminders} reminders an event, please.",
                most_reminders=MOST_REMINDERS,
            )
        )
    return replace(settings, reminders=tuple(sorted(minutes, reverse=True)))


def _length(settings: Settings, value: str) -> Settings:
    said = re.fullmatch(r"([0-9]{1,4})(?: ?min(utes)?)?", value)
    if said is None or not 5 <= int(said[1]) <= 1440:
        raise NotUnderstood(tr("How many minutes, 5 to 1440? For example /settings length 45"))
    return replace(settings, default_duration=int(said[1]))


def _consent(settings: Settings, value: str) -> Settings:
    if value.startswith("every"):
        return replace(settings, consent="everyone_affected")
    if value.startswith(("any", "one")):
        return replace(settings, consent="any_parent")
    raise NotUnderstood(tr("Who decides? /settings consent any · /settings consent everyone"))


def _listen(settings: Settings, value: str) -> Settings:
    if value not in ("on", "yes", "", "off", "no"):
        raise NotUnderstood(tr("On or off? /settings listen on · /settings listen off"))
    return replace(settings, listen=value in ("on", "yes", ""))


_MODEL = r"(?:the |a |any )?(?:language models?|models?|a\.?i\.?|chatgpt|gpt|llms?|claude)"
_OFF = re.compile(
    rf"(?:please )?(?:(?:do not|don'?t|never|stop|no longer) (?:use|using|send|sending|ask|asking)"
    rf"(?: (?:our|my|anything|messages?|texts?|us))*(?: to)? {_MODEL}"
    rf"|(?:turn|switch) off {_MODEL}|(?:turn|switch) {_MODEL} off|no {_MODEL})(?: please)?[.!]*",
    re.I,
)
_ON = re.compile(
    rf"(?:please )?(?:(?:turn|switch) on {_MODEL}|(?:turn|switch) {_MODEL} on"
    rf"|use {_MODEL}(?: again)?|you (?:may|can) use {_MODEL}(?: again)?)(?: please)?[.!]*",
    re.I,
)


def setting_meant(text: str) -> str | None:
    """The words of /settings for a sentence that is all about one: "don't use AI"."""
    language = asked_for(text)
    if language is not None:
        return f"language {language}"
    plain = " ".join(text.split())
    if _OFF.fullmatch(plain):
        return "models off"
    return "models on" if _ON.fullmatch(plain) else None


def _models(settings: Settings, value: str) -> Settings:
    if value not in ("on", "yes", "", "off", "no"):
        raise NotUnderstood(tr("On or off? /settings models on · /settings models off"))
    return replace(settings, models=value in ("on", "yes", ""))


def _language(settings: Settings, value: str) -> Settings:
    """With it comes how hours are written there."""
    code = language_called(value)
    if code is None:
        raise NotUnderstood(
            tr("Which language? /settings language english · deutsch · español · français")
        )
    return replace(settings, language=code, hours24=code in WRITES_24_HOURS)


_CHANGES: dict[str, Callable[[Settings, str], Settings]] = {
    "quiet": _quiet,
    "digest": _digest,
    "sunday": _sunday,
    "reminder": _reminder,
    "reminders": _reminder,
    "length": _length,
    "consent": _consent,
    "24h": lambda settings, _: replace(settings, hours24=True),
    "12h": lambda settings, _: replace(settings, hours24=False),
    "listen": _listen,
    "models": _models,
    "model": _models,
    "language": _language,
}


def _clock(text: str) -> time:
    text = text.strip().upper().replace(" ", "")
    for form in ("%H:%M", "%I:%M%p", "%I%p", "%H"):
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    raise NotUnderstood(tr("I need a time of day, like 21:30."))


def settings_words(household: Household) -> str:
    """All settings in plain words."""
    s = household.settings
    reminders = and_list([duration_words(_minutes(m)) for m in s.reminders])
    quiet = (
        tr(
            "{start} to {end}",
            start=clock(s.quiet_hours[0], s),
            end=clock(s.quiet_hours[1], s),
        )
        if s.quiet_hours
        else tr("none")
    )
    digest = (
        tr("every morning at {hour}", hour=clock(s.digest_daily, s))
        if s.digest_daily
        else tr("off")
    )
    sunday = tr(", Sundays at {hour}", hour=clock(s.digest_weekly, s)) if s.digest_weekly else ""
    decides = tr("any one parent") if s.consent == "any_parent" else tr("everyone affected")
    return "\n".join(
        (
            tr(
                "{household}, zone {timezone}, {language}",
                household=household.name,
                timezone=household.timezone,
                language=own_name(s.language),
            ),
            tr(
                "An event without a length lasts {length}.",
                length=duration_words(_minutes(s.default_duration)),
            ),
            tr(
                "Reminders: {reminders}. Quiet hours: {quiet}.",
                reminders=tr("{length} before", length=reminders) if reminders else tr("none"),
                quiet=quiet,
            ),
            tr(
                "Digest: {digest}{sunday}. Who decides: {decides}.",
                digest=digest,
                sunday=sunday,
                decides=decides,
            ),
            tr(
                "Times as {example}. Listening to talk that is not for me: {listening}.",
                example="14:00" if s.hours24 else "2:00 PM",
                listening=tr("yes") if s.listen else tr("no"),
            ),
            tr(
                "Hard messages may be read by a language model: {models}.",
                models=tr("yes, if this server has one") if s.models else tr("no"),
            ),
        )
    )


def _minutes(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)
