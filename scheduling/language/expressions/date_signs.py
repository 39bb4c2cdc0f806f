"""Whether a word that could be a date is one: "may", "sat" and "the second" need a sign."""

from __future__ import annotations

from scheduling.language.expressions.parts import Fields
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Tokens
from scheduling.language.expressions.vocabulary import JOINERS, ORDINALS, month, weekday

_AFTER_THE = words("on by until till til from to between and through thru before after")
ENDS = words(
    "on at from to till until through for in with and or but by , . ; ! ? ) - – @ "
    "is works instead please pls too also"
) | {""}
NOT_A_DAY = words(
    "floor grade grader graders week weeks quarter time times place birthday anniversary bday half "
    "one ones period century round car street st avenue ave annual edition year month hour person "
    "row gen generation child kid day days division degree attempt try inning street. "
    "place. item option wave step party line lane letter base draft century. set team"
)
_VERBAL_MONTHS = frozenset({"may", "march", "mar", "august", "jan", "dec", "sept", "sep"})
_BEFORE_MONTH = words(
    "in of this next last by until till til every each since mid early late for during from to "
    "through coming before after end , and or around between thru upcoming following"
)
_BEFORE_WEEKDAY = words(
    "on this next last every each by until till til from to through for , and or before after "
    "coming of any since between - – : ( & following / come also then @ except not thru only "
    "is moved maybe tomorrow instead"
)
_AFTER_A_VERB = words("in on with by near next for through together there here and still back")
_AND = frozenset({"and", "&", "+", ","})
_SHORT_VERBS = frozenset({"sat", "sun", "wed", "th", "tu", "mon"})


def is_date(tokens: Tokens, i: int, j: int, fields: Fields) -> bool:
    """Alone, words such as "may", "sat" and "the second" need a sign that they are dates."""
    if j - i == 1 and fields.weekday is not None:
        return _stands_as_weekday(tokens, i)
    if j - i == 1 and fields.month is not None:
        return _stands_as_month(tokens, i)
    if fields.month is None and fields.weekday is None and fields.day is not None:
        return _stands_as_day(tokens, i, j)
    return fields != Fields(year=fields.year)


def _stands_as_weekday(tokens: Tokens, i: int) -> bool:
    if tokens.word(i) not in _SHORT_VERBS:
        return True
    before, after = tokens.word(i - 1), tokens.at(i + 1)
    if before == "the" or after.text in ("is", "was", "shines", "down", "out", "her", "him"):
        return False
    if tokens.word(i) in ("th", "tu"):
        return before in ("on", "next", "this", "-", "/") or after.kind == "number"
    return (
        not before
        or before in _BEFORE_WEEKDAY
        or before in ("am", "pm")
        or after.kind != "word"
        or after.text in ("at", "from", "night", "morning", "afternoon", "evening", "noon")
        or tokens.at(i).capital
        or (after.text in JOINERS | _AND and weekday(tokens.word(i + 2)) is not None)
        or _hour_near(tokens, i + 1)
    )


def _hour_near(tokens: Tokens, i: int) -> bool:
    """ "cinema sat matinee 2.40pm": an hour close behind, and no word that "sat" would take."""
    if tokens.word(i) in _AFTER_A_VERB:
        return False
    return any(tokens.word(k) in ("am", "pm") and tokens.glued(k) for k in range(i, i + 6))


def _stands_as_month(tokens: Tokens, i: int) -> bool:
    token, before = tokens.at(i), tokens.word(i - 1)
    if before == "with":
        return False
    if token.text not in _VERBAL_MONTHS:
        return True
    if tokens.says(i + 1, "of", "next", "year"):
        return True
    if tokens.word(i + 1) in JOINERS and month(tokens.word(i + 2)) is not None:
        return True
    if before in _BEFORE_MONTH:
        return tokens.word(i + 1) not in ("i", "we", "you", "he", "she", "they", "be")
    if len(tokens) == 1:
        return token.text != "may" or token.capital
    return token.capital and i > 0 and token.text != "may" and tokens.word(i - 1) not in ".!?"


def _stands_as_day(tokens: Tokens, i: int, j: int) -> bool:
    first = tokens.word(i)
    named = tokens.word(j)
    if named in NOT_A_DAY or (first in ORDINALS and tokens.word(i - 1) != "the"):
        return False
    if first in ORDINALS:
        return tokens.word(i - 2) in _AFTER_THE and named in ENDS
    if j - i == 1:
        on_the = tokens.word(i - 1) == "the" and tokens.word(i - 2) in _AFTER_THE
        return (on_the or tokens.word(i - 1) == "on") and named in ENDS
    return True
