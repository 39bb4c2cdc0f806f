"""Sets of days that have one name: weekdays, the weekend, school nights."""

from __future__ import annotations

from scheduling.language.expressions.tokens import Match, Tokens

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
SCHOOL_NIGHTS = (6, 0, 1, 2, 3)
DAY_SETS = {
    "weekday": WORKDAYS, "weekdays": WORKDAYS, "workday": WORKDAYS, "workdays": WORKDAYS,
    "weekend": WEEKEND, "weekends": WEEKEND, "wknd": WEEKEND, "weeknight": WORKDAYS,
    "schoolday": WORKDAYS, "schoolnight": SCHOOL_NIGHTS, "weeknights": WORKDAYS,
}  # fmt: skip


def day_set(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "weekday", "week end", "school night"."""
    word, after = tokens.word(j), tokens.word(j + 1)
    if word in DAY_SETS:
        return DAY_SETS[word], j + 1
    if word == "week" and after in ("day", "night"):
        return WORKDAYS, j + 2
    if word == "week" and after == "end":
        return WEEKEND, j + 2
    if word == "school" and after in ("day", "days"):
        return WORKDAYS, j + 2
    return (SCHOOL_NIGHTS, j + 2) if word == "school" and after in ("night", "nights") else None
