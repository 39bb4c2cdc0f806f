"""Yes, no and "the second one" to the open question; "undo that" at any time."""

from __future__ import annotations

import re

from scheduling.language.readings import Approve, Context, Reject, Undo
from scheduling.language.wordset import word_set

_THUMBS = {"👍": " yes ", "👌": " yes ", "✅": " yes ", "✔": " yes ", "🆗": " yes ", "🙌": " yes "}
_THUMBS |= {"👎": " no ", "❌": " no ", "🚫": " no ", "🙅": " no "}
_YES = word_set(
    """
    yes yeah yep yup yah ya yea yess sure ok okay okey k kk fine good great perfect approve
    approved accept accepted agreed agree confirm confirmed deal absolutely definitely works
    ahead lovely awesome cool alright sí correct right course do go please brilliant
    excellent totally certainly wonderful super
    """
)
_NO = word_set(
    """
    no nope nah reject rejected decline declined not don't dont skip scrap neither none never forget
    disagree cancel stop leave won't nay keep
    """
)
_CALM = word_set(
    """
    do it that this the let's lets go with for me us by i we is sounds looks thanks thank
    you please one option choice number pick choose take i'll we'll i'd prefer like would
    want and be of to all my work works in on then so just them either any idea nevermind
    never mind as it's leave keep thing now way now instead think about really a an at can
    could fine book make going happy sound look was same here sir no. much very that's thats
    rather hmm hm hmmm um uh well guess suppose say change anything nothing everything alone
    what better best suggestion lol haha oh try again different another else other suggested
    proposal one's these those mom dad hey
    pls plz one! !
    """
)
_KNOWN = _YES | _NO | _CALM
_ORDINALS = (
    ("first", "1st", "one", "1", "former", "#1", "a"),
    ("second", "2nd", "two", "2", "#2", "b"),
    ("third", "3rd", "three", "3", "#3", "c"),
    ("fourth", "4th", "four", "4", "#4", "d"),
    ("fifth", "5th", "five", "5", "#5"),
)
_UNDO = re.compile(
    r"^(?:oops|no|sorry|wait|please|pls|hey|ah|actually|never ?mind|,|\.|!| )*"
    r"(?:undo|revert|take (?:that|it) back|roll (?:that|it) back|scratch that|undo it)"
    r"(?: (?:it|that|this|the last (?:one|change|thing|booking|move)|my last (?:one|change)|last"
    r"|what i just did|please|pls|change|booking))*[ .!?]*$",
    re.I,
)
_MANY_WORDS = 9
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
"""A letter held down: "nooo", "yesss"."""


def read_undo(text: str) -> Undo | None:
    return Undo() if _UNDO.match(text) else None


def read_decision(text: str, context: Context) -> Approve | Reject | None:
    """None unless a question is open and the whole message is about answering it."""
    words = _words(text)
    if not context.pending_options or not words or len(words) > _MANY_WORDS:
        return None
    choice = _choice(words, context.pending_options)
    rest = [w for w in words if w not in _KNOWN and not _is_ordinal(w) and not w.isdecimal()]
    if rest:
        return None
    if choice and not _refuses(words):
        known = choice <= context.pending_options
        return Approve(choice, 1.0 if known else 0.5)
    if _refuses(words):
        return Reject()
    return Approve() if any(word in _YES for word in words) else None


def _words(text: str) -> list[str]:
    for picture, meaning in _THUMBS.items():
        text = text.replace(picture, meaning)
    plain = re.sub(r"[^\w#' ]+", " ", text.lower())
    return _DRAWN_OUT.sub(r"\1", plain).split()


def _refuses(words: list[str]) -> bool:
    return any(word in _NO for word in words) and words[:2] != ["no", "problem"]


def _is_ordinal(word: str) -> bool:
    return word == "last" or word == "latter" or any(word in row for row in _ORDINALS)


def _choice(words: list[str], options: int) -> int | None:
    named = [word for word in words if word not in ("a", "one") or len(words) == 1]
    if "last" in words or "latter" in words:
        return options
    for number, row in enumerate(_ORDINALS, 1):
        if any(word in row for word in named):
            return number
    digits = [int(word) for word in named if word.isdecimal() and len(word) < 3]
    follows = any(w in ("option", "number", "choice") for w in words) and words[-1] == "one"
    return digits[0] if digits else 1 if follows else None
