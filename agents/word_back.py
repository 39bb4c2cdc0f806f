"""What is said to a message in which nothing could be read: a kind word, or silence."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from agents.planning.people import names_of
from agents.planning.sense import NO_TIME, no_length
from agents.scene import Scene
from agents.state import Request
from scheduling.approvals import PATIENCE
from scheduling.language.chatter import is_spoken, names_event
from scheduling.language.foreign import is_foreign
from scheduling.language.tidy import LONGEST
from scheduling.language.times import main_time
from scheduling.language.tongues.english import englished
from scheduling.language.when import When
from scheduling.phrasing import day
from scheduling.speech import N_, tr

HINT = N_(
    "I didn't understand that. Write it like “piano Tuesday 4pm, Mia”, "
    "“move piano to Thursday” or “what's on Saturday?”. /help shows more."
)
EXAMPLES = N_(
    "Write it like “piano Tuesday 4pm, Mia”, “move piano to Thursday” or “what's on Saturday?”. "
    "/help shows more."
)
TOO_LONG = N_("That is more than I can read at once. Write one or two sentences a message, please.")
NOTHING_OPEN = N_("There is nothing open to decide here.")
UNREAD_EDIT = N_(
    "I can't read your message any more since you edited it, so I left {what} as it is."
)

_ASKS_US = re.compile(
    r"(?:please )?(?:add|book|schedule|plan|put|set|make|move|cancel|delete|remove|change|remind"
    r"|show|list|find|what|when|who|where|which|how|can|could|do|does"
    r"|at most|at least|no events)\b(?!['’])",
    re.IGNORECASE,
)
FRESH = timedelta(minutes=10)
"""A question older than that is not held against whatever is said next."""

WHICH = N_("Which one do you mean? Tap a button, or write its number, like “approve 1”.")
ENGLISH = N_(
    "I read English, German, Spanish and French, so nothing was booked. Write it like "
    "“piano Tuesday 4pm, Mia”."
)
UNREAD = frozenset({HINT, ENGLISH})
"""What says that nothing was understood, where something was meant."""
DIGEST = N_("To set the digest, write /settings digest 07:00 (or /settings digest off).")
CLOCK = N_("To change how I write times, use /settings 12h or /settings 24h.")
HELLO = N_(
    "Hello! Write it like “piano Tuesday 4pm, Mia”, “move piano to Thursday” or “what's on "
    "Saturday?”. /help shows more."
)

QUIET = N_("To set your quiet hours, write /settings quiet 22:00-07:00 (or /settings quiet off).")
_QUIET = re.compile(r"\bquiet hours\b", re.IGNORECASE)
_SETTINGS = (
    (_QUIET, QUIET),
    (
        re.compile(
            r"^(?!.*\bwhat)(?=.*\b(?:turn|switch|stop|no|set|send|change|move)\b).*\bdigest\b", re.I
        ),
        DIGEST,
    ),
    (re.compile(r"\b(?:12|24|twelve)[- ]?(?:h|hours?)[- ](?:times?|clock|format)\b", re.I), CLOCK),
)
_HELP = re.compile(r"\W*(?:help|help me|what can you do|commands)\W*", re.I)
_GREETS = re.compile(
    r"\W*(?:hello|hi|hey|good (?:morning|evening|afternoon))(?: there| bot)?\W*", re.I
)
_AGREES = re.compile(
    r"\W*(?:go ahead|go for it|do it|yes|yep|ok(?:ay)?|sure|override|book (?:it )?anyway"
    r"|[👍👌✅])\W*",
    re.I,
)
_DRIVES = re.compile(r"^\w+ (?:picks? up|drops? off|drives|will pick up|is picking up)\b", re.I)
_TELLS_NO = re.compile(r"no (?:more )?(\w+)\b", re.IGNORECASE)
_DECIDES = re.compile(r"(?:approve|reject)(?: \d)?[.!]*", re.IGNORECASE)


async def word_back(scene: Scene, request: Request, local: datetime) -> str:
    """In English, where it is a sentence of its own: `UNREAD` is told by that.

    "" for silence, which is what the family's own talk gets: all that is no order, no question,
    no command, and names no event with its hour. Alone with someone, only small talk does.
    local: when it was written, on the family's clock.
    """
    text = englished(request["text"].strip(), names_of(scene))
    if request["instead_of"] is not None:
        return tr(UNREAD_EDIT, what=tr("the booking"))
    if len(text) > LONGEST:
        return TOO_LONG
    if is_foreign(text):
        return ENGLISH
    for pattern, answer in _SETTINGS:
        if pattern.search(text):
            return answer
    if _HELP.fullmatch(text):
        return EXAMPLES
    if _DECIDES.fullmatch(text):
        return await which(scene)
    if _ASKS_US.match(text):
        return NO_TIME if no_length(text) else HINT
    if request["insists"]:
        return HINT
    asked = await _asked_back(scene) if not is_spoken(text) else ""
    if asked and main_time(text, local) is not None:
        # A time with more words than an answer has: a request of its own that could not be read.
        return _about_event(text, local) or HINT
    if asked:
        return asked
    if _AGREES.fullmatch(text) and await _waits(scene):
        return WHICH
    chat = await scene.uow.chats.get(scene.household.id, scene.chat_id)
    alone = chat is not None and chat.address.private
    if alone and _GREETS.fullmatch(text):
        return HELLO
    if is_spoken(text) or not re.search(r"\w", text):
        return ""
    return _about_event(text, local) or (HINT if alone else "")


async def which(scene: Scene) -> str:
    """To a yes or no that no open question could take."""
    open_here = await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id)
    if not open_here:
        return NOTHING_OPEN
    if len(open_here) == 1:
        return tr("Which one? Tap a button, or say its number.")
    told = "; ".join(dict.fromkeys(p.heading or p.body.split("\n")[0] for p in open_here))
    return tr(
        "Which one? {open_here} questions are open: {told}. Tap a button on one of them.",
        open_here=len(open_here),
        told=told,
    )


async def _waits(scene: Scene) -> bool:
    """Whether a card with several options waits for an answer here."""
    waiting = await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id)
    return any(len(proposal.options) > 1 for proposal in waiting)


async def _asked_back(scene: Scene) -> str:
    """The question that this person still owes an answer to, again."""
    if scene.member is None:
        return ""
    for proposal in await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id):
        fresh = proposal.expires_at - scene.now > PATIENCE["question"] - FRESH
        if proposal.kind == "question" and proposal.asker == scene.member.id and fresh:
            return tr("I didn't understand that as an answer. {body}", body=proposal.body)
    return ""


def _about_event(text: str, local: datetime) -> str:
    """To an event with its time, which was understood and yet cannot be booked."""
    words = re.findall(r"\w+", text.casefold())
    said = main_time(text, local)
    if said is None and _DRIVES.search(text):
        return HINT
    if said is None:
        none = _TELLS_NO.match(text)
        return HINT if none and names_event([none[1].casefold()]) else ""
    over = _past_day(said, local)
    if over and (isinstance(said.start, datetime) or names_event(words)):
        return tr("{over} is already past, so I booked nothing.", over=over)
    hour = said.time is not None or isinstance(said.start, datetime) or said.until is not None
    return HINT if hour or names_event(words) else ""


def _past_day(said: When, local: datetime) -> str:
    if said.start is None:
        return ""
    start = said.start.date() if isinstance(said.start, datetime) else said.start
    return day(start, local.date()) if start < local.date() else ""
