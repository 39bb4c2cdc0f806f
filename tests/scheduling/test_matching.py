"""Which event words point at."""

from __future__ import annotations

import pytest

from scheduling.events import Event
from scheduling.language.readings import Target, Who
from scheduling.matching import matches
from tests.scheduling.rivera_calendar import ANNA, MIA, NOW, event, household, shown

BIRTHDAY = event("Mia's birthday", "2026-06-12 00:00", 1440, MIA, all_day=True)
DENTIST = event("dentist appointment", "2026-03-05 16:00", 60, MIA)
PIANO = event("piano lesson", "2026-03-05 17:00", 60, ANNA)


@pytest.mark.parametrize(
    ("words", "events", "meant"),
    [
        pytest.param("Mia dentist", [BIRTHDAY], [], id="a name alone is no match"),
        pytest.param("Mia dentist", [BIRTHDAY, DENTIST], ["dentist appointment"], id="the other"),
        pytest.param("vet appointment", [DENTIST], [], id="nor is a word of many titles"),
        pytest.param("appointment", [DENTIST], ["dentist appointment"], id="unless it is all"),
        pytest.param("Mia's birthday", [BIRTHDAY], ["Mia's birthday"], id="the title itself"),
        pytest.param("piano", [PIANO, DENTIST], ["piano lesson"], id="half of a title"),
        pytest.param("pianno lesson", [PIANO], ["piano lesson"], id="misspelt"),
        pytest.param("guitar lesson", [PIANO], [], id="another lesson"),
    ],
)
def test_what_words_mean(words: str, events: list[Event], meant: list[str]) -> None:
    occurrences = [o for e in events for o in shown(e)]
    found = matches(Target(words=words, who=Who()), occurrences, household(), NOW)
    assert [o.title for o in found] == meant
