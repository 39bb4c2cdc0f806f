"""Nothing that a family reads is left in English: a language that brackets every sentence."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from gettext import NullTranslations

import pytest

import bot.wiring
from scripts.catalogues import sentences
from tests.bot.talk import Talk, chat_of, talking

OWN = re.compile(
    r"\b(?:soccer|swim|piano|dentist|car|Anna|Ben|Mia|Leo|bus|Rivera|Riverside|Hall|practice|chess"
    r"|call|with|Zoe|dinner|visit|laundry|yoga|camp|bins|party|everything|test)(?:'s|s)?\b",
    re.I,
)
"""What the family itself wrote."""


def known() -> frozenset[str]:
    ids = (message.id for message in sentences() if message.id)
    return frozenset(one for each in ids for one in ((each,) if isinstance(each, str) else each))


KNOWN, UNKNOWN = known(), set[str]()


class Bracketing(NullTranslations):
    """Says every sentence in brackets, if translators are given it; what is said already comes
    by once more as it is."""

    def gettext(self, message: str) -> str:
        if message not in KNOWN and "⟦" not in message:
            UNKNOWN.add(message)
        return message if "⟦" in message else f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


def bare(text: str) -> str:
    """What stands in no brackets."""
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return text


@pytest.fixture
async def talk(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    monkeypatch.setattr(bot.wiring, "catalogue", lambda language: Bracketing())
    async with talking(sqlite_url) as found:
        await found.say("we have a car")
        async with found.service.database.uow() as uow:
            chat = await uow.chats.find(chat_of("Anna"))
            assert chat is not None
            family = await uow.households.get(chat.household_id)
            settings = replace(family.settings, language="xx")
            await uow.households.save_settings(family.id, settings)
            await uow.commit()
        found.heard.clear()
        yield found


SAID = """
soccer Saturday 2pm, Mia, need the car
piano for Mia every Tuesday 4pm
dentist Saturday 2:30pm, Mia
swim Saturday 3pm to 4pm, Leo, need the car at Riverside
move piano to Thursday 5pm
what's on Saturday?
what's on next month?
when is soccer?
when are we free this week?
who is free Saturday?
who has the car on Saturday?
is the car free Sunday?
any conflicts this week?
no events for Mia after 8 pm on school nights
at most 2 events a day for Leo
at least 30 minutes between events for Ben
remove rule 1
/rules
/week
/today
/family
/family role Mia nonsense
/resources
/resources add bus
/settings
/settings quiet 21:30-07:00
/settings digest 07:00
/settings reminder 30
/settings nonsense
/undo
/help
/start
/calendar
/link
/export
/forget Leo
/token
cancel soccer
cancel piano
remind me to call Ben tomorrow at 5pm
chess tomorrow
chess yesterday 4pm
dentist on 31 February
soccer with Zoe friday 3pm
who drives Mia to soccer?
the car is in the shop until Friday
practice friday 8pm for Mia
piano tomorrow at 4
swim tomorrow morning
chess sunday 7pm to 6pm
dinner at 6, Leo
visit next week
laundry every other day
yoga on the first Monday of every month at 9am
camp march 10 to march 14 for Leo
bins every weekday at 7am until 20 March
soccer every 3 weeks on friday 4pm, 6 times
party on 14 March 2031 at 3pm
who picks up Leo on Saturday?
Ben drives Mia to soccer
remind us 30 minutes before soccer
make soccer 90 minutes
Mia isn't going to soccer
cancel everything
move soccer to yesterday
resources remove nothing
find an hour for Anna and Ben on friday
what rules do we have?
no piano tomorrow
asdf
""".strip().splitlines()


async def test_every_sentence_is_in_the_family_s_language(
    talk: Talk, subtests: pytest.Subtests
) -> None:
    for text in SAID:
        with subtests.test(text):
            talk.heard.clear()
            await talk.say(text)
            for heard in talk.heard:
                assert_bracketed(heard.text)
                for button in heard.buttons:
                    assert_bracketed(button.label)
    assert set() == UNKNOWN, "nobody is asked to translate these"


TAPPED = (
    "⟦Undo",
    "⟦Approve",
    "⟦Reject",
    "⟦Just",
    "⟦This and",
    "⟦All of",
    "⟦Yes",
    "⟦No",
    "⟦Never",
    "⟦I'll",
)


async def test_so_is_what_follows_a_tap_or_comes_by_itself(
    talk: Talk, subtests: pytest.Subtests
) -> None:
    for number, text in enumerate(SAID):
        await talk.say(text)
        if number % 6 == 0:
            await talk.wait_until(talk.clock.now() + timedelta(hours=9))
        for label in TAPPED:
            for who in ("Mia", "Ben"):
                try:
                    await talk.tap(label, who)
                except LookupError:
                    break
    for heard in talk.heard:
        with subtests.test(heard.text[:30]):
            assert_bracketed(heard.text)
            for button in heard.buttons:
                assert_bracketed(button.label)
    assert set() == UNKNOWN, "nobody is asked to translate these"


def assert_bracketed(text: str) -> None:
    rest = OWN.sub("", bare(text))
    # Commands, addresses and hours are the same in every language.
    rest = re.sub(
        r"/\S+|https?:\S+|\b(?:AM|PM)\b|America/\w+|[A-Z0-9]{4}-[A-Z0-9]{4}|\[file [^]]*\]",
        "",
        rest,
    )
    assert not re.search(r"[A-Za-z]{2,}", rest), rest
