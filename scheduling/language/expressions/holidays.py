"""Days that have a name. Where countries differ, the one most English speakers mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from scheduling.language.expressions.calendar import before, nth_weekday
from scheduling.language.expressions.tokens import Match, Tokens

MO, TU, WE, TH, FR, SA, SU = range(7)
OfYear = Callable[[int], date]


def _fixed(month: int, day: int) -> OfYear:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int) -> OfYear:
    def of_year(year: int) -> date:
        until = date(year + month // 12, month % 12 + 1, 1)
        found = nth_weekday(date(year, month, 1), until, weekday, nth)
        return found or until - timedelta(days=1)

    return of_year


def _easter(shift: int) -> OfYear:
    return lambda year: easter(year) + timedelta(days=shift)


def _after(holiday: OfYear, days: int) -> OfYear:
    return lambda year: holiday(year) + timedelta(days=days)


_THANKSGIVING = _nth(11, TH, 4)

_NAMES: dict[str, OfYear] = {
    "christmas": _fixed(12, 25), "xmas": _fixed(12, 25), "x mas": _fixed(12, 25),
    "christmas day": _fixed(12, 25), "xmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24), "xmas eve": _fixed(12, 24), "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31), "new years eve": _fixed(12, 31), "nye": _fixed(12, 31),
    "new year eve": _fixed(12, 31), "silvester": _fixed(12, 31),
    "new year's day": _fixed(1, 1), "new years day": _fixed(1, 1), "new year day": _fixed(1, 1),
    "new year's": _fixed(1, 1), "new years": _fixed(1, 1), "new year": _fixed(1, 1),
    "epiphany": _fixed(1, 6), "groundhog day": _fixed(2, 2),
    "martin luther king day": _nth(1, MO, 3), "martin luther king's day": _nth(1, MO, 3),
    "martin luther king jr day": _nth(1, MO, 3), "mlk day": _nth(1, MO, 3),
    "martin luther king jr. day": _nth(1, MO, 3), "mlk": _nth(1, MO, 3),
    "civil rights day": _nth(1, MO, 3), "super bowl sunday": _nth(2, SU, 2),
    "valentine's day": _fixed(2, 14), "valentines day": _fixed(2, 14),
    "valentine day": _fixed(2, 14), "valentine's": _fixed(2, 14), "valentines": _fixed(2, 14),
    "presidents day": _nth(2, MO, 3), "presidents' day": _nth(2, MO, 3),
    "president's day": _nth(2, MO, 3), "washington's birthday": _nth(2, MO, 3),
    "st patrick's day": _fixed(3, 17), "st. patrick's day": _fixed(3, 17),
    "saint patrick's day": _fixed(3, 17), "st patricks day": _fixed(3, 17),
    "st paddy's day": _fixed(3, 17), "international women's day": _fixed(3, 8),
    "women's day": _fixed(3, 8), "pi day": _fixed(3, 14),
    "april fools": _fixed(4, 1), "april fool's day": _fixed(4, 1),
    "april fools day": _fixed(4, 1), "april fool's": _fixed(4, 1), "fool's day": _fixed(4, 1),
    "earth day": _fixed(4, 22), "tax day": _fixed(4, 15), "anzac day": _fixed(4, 25),
    "may day": _fixed(5, 1), "cinco de mayo": _fixed(5, 5), "star wars day": _fixed(5, 4),
    "mother's day": _nth(5, SU, 2), "mothers day": _nth(5, SU, 2), "mother day": _nth(5, SU, 2),
    "mothers' day": _nth(5, SU, 2),
    "memorial day": _nth(5, MO, -1), "decoration day": _nth(5, MO, -1),
    "father's day": _nth(6, SU, 3), "fathers day": _nth(6, SU, 3), "father day": _nth(6, SU, 3),
    "fathers' day": _nth(6, SU, 3),
    "juneteenth": _fixed(6, 19), "flag day": _fixed(6, 14), "canada day": _fixed(7, 1),
    "independence day": _fixed(7, 4), "fourth of july": _fixed(7, 4),
    "bastille day": _fixed(7, 14), "labor day": _nth(9, MO, 1), "labour day": _nth(9, MO, 1),
    "grandparents day": _after(_nth(9, MO, 1), 6), "columbus day": _nth(10, MO, 2),
    "indigenous peoples day": _nth(10, MO, 2), "indigenous peoples' day": _nth(10, MO, 2),
    "halloween": _fixed(10, 31), "hallowe'en": _fixed(10, 31), "haloween": _fixed(10, 31),
    "halloween day": _fixed(10, 31), "halloween night": _fixed(10, 31),
    "all saints day": _fixed(11, 1), "all saints' day": _fixed(11, 1),
    "all souls day": _fixed(11, 2), "all souls' day": _fixed(11, 2),
    "guy fawkes": _fixed(11, 5), "guy fawkes day": _fixed(11, 5), "bonfire night": _fixed(11, 5),
    "veterans day": _fixed(11, 11), "veteran's day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11), "armistice day": _fixed(11, 11),
    "singles day": _fixed(11, 11),
    "thanksgiving": _THANKSGIVING, "thanksgiving day": _THANKSGIVING, "turkey day": _THANKSGIVING,
    "thx giving": _THANKSGIVING, "thanks giving": _THANKSGIVING,
    "black friday": _after(_THANKSGIVING, 1), "small business saturday": _after(_THANKSGIVING, 2),
    "cyber monday": _after(_THANKSGIVING, 4), "giving tuesday": _after(_THANKSGIVING, 5),
    "mardi gras": _easter(-47), "shrove tuesday": _easter(-47), "pancake day": _easter(-47),
    "fat tuesday": _easter(-47), "ash wednesday": _easter(-46), "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3), "holy thursday": _easter(-3), "good friday": _easter(-2),
    "holy saturday": _easter(-1), "easter": _easter(0), "easter sunday": _easter(0),
    "easter day": _easter(0), "easter monday": _easter(1), "ascension day": _easter(39),
    "pentecost": _easter(49), "whit sunday": _easter(49), "whit monday": _easter(50),
    "corpus christi": _easter(60), "saint nicholas": _fixed(12, 6),
    "st nicholas day": _fixed(12, 6),
    "victoria day": lambda year: before(date(year, 5, 25), MO),
    "boss's day": _fixed(10, 16), "bosses day": _fixed(10, 16),
    "administrative professionals' day": lambda year: before(_last_saturday_of_april(year), WE),
    "secretary's day": lambda year: before(_last_saturday_of_april(year), WE),
    "arbor day": _nth(4, FR, -1), "leap day": lambda year: date(year + -year % 4, 2, 29),
    "king's day": _fixed(4, 27), "spring equinox": _fixed(3, 20), "summer solstice": _fixed(6, 21),
    "winter solstice": _fixed(12, 21),
}  # fmt: skip


def _last_saturday_of_april(year: int) -> date:
    return before(date(year, 5, 1), SA)


_Tree = dict[tuple[str, ...], OfYear]
_BY_FIRST: dict[str, _Tree] = {}
for _name, _of_year in _NAMES.items():
    _words = tuple(_name.replace("'", "").replace(".", "").split())
    _BY_FIRST.setdefault(_words[0], {})[_words] = _of_year
HOLIDAY_WORDS = frozenset(_BY_FIRST) | {name.split()[0] for name in _NAMES}
"""Words the name of a holiday may begin with, apostrophes kept or not."""
_LONGEST = max(len(words) for tree in _BY_FIRST.values() for words in tree)


def holiday(tokens: Tokens, i: int) -> Match[OfYear] | None:
    """The longest name of a day at `i`: a function from a year to its date."""
    tree = _BY_FIRST.get(_plain(tokens, i))
    if tree is None:
        return None
    words: list[str] = []
    best: Match[OfYear] | None = None
    j = i
    while len(words) < _LONGEST and j < len(tokens):
        words.append(_plain(tokens, j))
        j += 2 if tokens.says(j + 1, ".") and words[-1] in ("st", "jr") else 1
        found = tree.get(tuple(words))
        best = (found, j) if found else best
    return best


def coming(of_year: OfYear, today: date) -> date:
    """Its next date, today included."""
    found = of_year(today.year)
    return found if found >= today else of_year(today.year + 1)


def _plain(tokens: Tokens, i: int) -> str:
    return tokens.word(i).replace("'", "")
