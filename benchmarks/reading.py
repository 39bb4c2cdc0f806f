"""How long a message takes to read, in processor time: ordinary ones, and ones made to be slow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import median
from time import process_time

from benchmarks.measure import Figure
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Person

NOW = datetime(2026, 3, 4, 10, 0)
CONTEXT = Context(
    sender="Anna",
    people=(
        Person("Anna", ("Mom", "Mum"), "parent"),
        Person("Ben", ("Dad",), "parent"),
        Person("Mia", (), "child"),
        Person("Leo", (), "child"),
    ),
    resources=("car", "van"),
    titles=("Piano", "Soccer practice", "Dentist"),
)
ORDINARY = (
    "soccer practice Saturday 2pm, Mia, need the car",
    "piano every Tuesday 16:00-16:45 until end of March",
    "dentist for Leo next Friday at half past 3",
    "move the dentist to Thursday at 10",
    "cancel piano on the 24th",
    "what's on Saturday?",
    "when is everyone free this weekend for 2 hours?",
    "who has the car Friday?",
    "no events for Mia after 20:00 on school nights",
    "add Leo to soccer practice and make it 90 minutes",
    "remind Dad to call grandma tomorrow at noon",
    "Ben drives",
    "parents' evening on March 12 from 6 to 7:30pm at school",
    "trip to the grandparents from Monday to Thursday",
    "any conflicts next week?",
    "thanks, see you at 5!",
    "the movie was 3 hours long, can you believe it",
    "Piano tomorrow at 4 and dentist friday at 2 for Leo",
    "yoga on the first Monday of the month at 7pm, just me",
    "it's at Luigi's",
)
HOSTILE = {
    "100 kB of digits": "1" * 100_000,
    "100 kB of numbers": "12 " * 33_000,
    "100 kB of weekdays": "every Tuesday and " * 5_500,
    "100 kB of commas": "," * 100_000,
    "NULs": "\0" * 100_000,
    "right-to-left marks": "\u202emonday 3pm " * 8_000,
    "one long word": "a" * 100_000,
    "dates without end": "3/7 to 3/8 from 4 to 5 until " * 3_500,
}


def _seconds(text: str) -> float:
    start = process_time()
    interpret(text, CONTEXT, NOW)
    return process_time() - start


def _each(texts: Iterable[str], rounds: int) -> list[float]:
    return [median(_seconds(text) for _ in range(rounds)) for text in texts]


def figures() -> list[Figure]:
    _each(ORDINARY, 2)
    return [
        Figure("reading a message, median", "core", median(_each(ORDINARY, 15)), 0.005),
        Figure("reading hostile text, the slowest", "core", max(_each(HOSTILE.values(), 3)), 0.25),
    ]
