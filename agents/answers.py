"""Whether a message in words answers an open question: "yes", "the second one", "at 7"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from agents.corrections import FILLER, corrects, is_about, only_a_time
from agents.nl_parser import focus_of, reading_context
from agents.planning.people import names_of
from agents.scene import Scene
from scheduling.language.interpret import interpret
from scheduling.language.readings import Approve, Create, Reject
from scheduling.language.times import main_time
from scheduling.language.tongues.english import englished
from scheduling.language.when import When
from scheduling.proposals import Proposal

FEW_WORDS = 6
"""A message of at most so many words may be a name asked for."""

_SCOPES = {
    "one": r"\b(?:just|only|once)\b|\bthis (?:one|time)\b",
    "following": r"\bfollowing\b|\bfrom (?:now|then|here) on\b|\bafter\b|\brest\b",
    "series": r"\b(?:all|every|each|whole|series)\b",
}
_SCOPE_WORDS = frozenset(
    (
        *("just", "only", "once", "this", "that", "one", "ones", "time", "week", "please", "yes"),
        *("following", "from", "now", "then", "here", "after", "rest", "and", "onwards", "future"),
        *("all", "every", "each", "whole", "series", "everything", "them", "cancel", "move"),
    )
)
_CANCEL = re.compile(r"\s*(?:please )?(?:cancel|delete|remove|scrap)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """choice: an option's index, None = no. text: free words for the question's slot."""

    proposal: Proposal
    choice: int | None = None
    text: str | None = None


async def answer_in_words(
    scene: Scene, text: str, replied_to: str | None, local: datetime
) -> Answer | None:
    """The open question this message answers, if it does. replied_to: the card replied to."""
    open_here = await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id)
    if not open_here:
        return None
    replied = [p for p in open_here if p.card == replied_to]
    proposal = (replied or open_here)[0]
    mine = bool(replied) or _asker(proposal, scene)
    written, text = text, englished(text, names_of(scene))
    chosen = _label(written, proposal) if mine or proposal.kind == "clash" else None
    if chosen is None and (mine or proposal.kind == "clash"):
        chosen = _by_hour(text, proposal, local)
    if chosen is not None:
        return Answer(proposal, chosen)
    focus = await focus_of(scene)
    context = await reading_context(scene, focus, pending_options=max(len(proposal.options), 1))
    wanted = next((p for p in replied or open_here if is_about(focus, p) or p in replied), None)
    if wanted is not None:
        context = replace(context, focus=context.focus or wanted.heading)
    items = interpret(text, context, local).items
    if wanted is not None and corrects(items, wanted, text, local):
        return Answer(wanted, text=text)
    for each in replied or [p for p in open_here if _asker(p, scene)]:
        if each.kind == "question" and _fills(text, each, items, local, bool(replied)):
            return Answer(each, text=written if each.slot == "title" else text)
    # "Cancel it" speaks of the event last shown, if there is one, and not of a question.
    about_event = focus is not None and _CANCEL.match(text) and wanted is None
    if len(items) == 1 and isinstance(items[0], Approve | Reject) and not about_event:
        asked = replied or [p for p in open_here if p.kind != "question" or _asker(p, scene)]
        meant = (_by_words(items[0], each) for each in asked)
        return next((answer for answer in meant if answer is not None), None)
    return None


def _asker(proposal: Proposal, scene: Scene) -> bool:
    return scene.member is not None and proposal.asker == scene.member.id


def _by_words(said: Approve | Reject, proposal: Proposal) -> Answer | None:
    """A yes without a number is an answer where there is one thing to say yes to."""
    if isinstance(said, Reject):
        return Answer(proposal, None)
    yes = [i for i, o in enumerate(proposal.options) if o.answer is not False]
    if said.choice is None:
        return Answer(proposal, yes[0]) if len(yes) == 1 else None
    return Answer(proposal, said.choice - 1) if said.choice <= len(proposal.options) else None


def _label(text: str, proposal: Proposal) -> int | None:
    """The option whose label, or number, the message repeats."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    if not said:
        return None
    number = re.fullmatch(r"(?:option |number |approve )?(\d)", said)
    if number and said.isdigit() and _asks_hour(proposal):
        return None
    if number and 1 <= int(number[1]) <= len(proposal.options):
        return int(number[1]) - 1
    if proposal.slot == "scope":
        return _scope(said, proposal)
    wanted = set(said.split()) - FILLER
    labels = [set(re.findall(r"\w+", o.label.casefold())) for o in proposal.options]
    found = [i for i, label in enumerate(labels) if wanted and wanted <= label]
    return found[0] if len(found) == 1 else None


def _asks_hour(proposal: Proposal) -> bool:
    """Whether it offers hours of one day: a bare number is an hour then, and not a choice."""
    answers = [o.answer for o in proposal.options if isinstance(o.answer, dict)]
    return proposal.slot == "when" and any("all_day" in answer for answer in answers)


def _by_hour(text: str, proposal: Proposal, local: datetime) -> int | None:
    """ "the 4pm one": the one option that is at that hour, where nothing else is said."""
    said = main_time(text, local)
    if said is None or said.time is None:
        return None
    start, end = said.span
    rest = set(re.findall(r"[\w']+", (text[:start] + text[end:]).casefold()))
    if not rest & _ONE or rest - _ONE - FILLER:
        return None
    hours = [main_time(f"{option.label} {option.text}", local) for option in proposal.options]
    found = [i for i, at in enumerate(hours) if at and _hour_of(at) == said.time]
    return found[0] if len(found) == 1 else None


_ONE = frozenset({"one", "option", "please", "works", "take", "choose"})


def _hour_of(when: When) -> time | None:
    return when.start.time() if isinstance(when.start, datetime) else None


def _scope(said: str, proposal: Proposal) -> int | None:
    """Which of a series: "just this one", "from now on", "all of them"."""
    meant = [scope for scope, words in _SCOPES.items() if re.search(words, said)]
    if not meant or set(said.split()) - _SCOPE_WORDS - FILLER:
        return None
    return next((i for i, o in enumerate(proposal.options) if o.answer == meant[0]), None)


def _asks_itself(items: Sequence[object]) -> bool:
    """Whether the words are a request of their own: a name alone has no time."""
    return any(not isinstance(i, Create) or i.when is not None for i in items)


def _fills(
    text: str, proposal: Proposal, items: Sequence[object], local: datetime, replied: bool
) -> bool:
    if proposal.slot == "title":
        return replied or (len(text.split()) <= FEW_WORDS and not _asks_itself(items))
    if proposal.slot != "when":
        return False
    if replied:
        return main_time(text, local) is not None
    return only_a_time(text, items, local)
