"""`make eval`: how well messages are read, with the grammar alone and with a model behind it.

Where the settings name a model (`LLM_PROVIDER` and its key) it is asked about what the grammar is
not sure of, and its replies are written down; without a key those replies are played again. Only
what needs a model is asked: the share of that is the last column but one.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import track
from rich.table import Table

from agents.models.port import LanguageModel, ModelFailed
from agents.readiness import SURE
from agents.understanding import to_read
from bot.interpret import context_of
from bot.models import open_models
from bot.settings import Settings
from scheduling.language.as_json import TIME_KEYS, items_of
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Intent, Reading
from scheduling.language.resolving import resolve
from scheduling.language.worded import Worded
from tests.corpora.grading import (
    HERE,
    MEMBERS,
    RESOURCES,
    SHARED,
    Case,
    ask,
    grade,
    grade_message,
    read,
)

Outcome = Literal["right", "wrong", "asked"]
MESSAGES = ("family", "unseen_family")
TIMES = ("family_times",)
PUBLIC = ("recognizers_en", "duckling_en", "chrono_en")
REPLIES = Path("data/eval-replies.jsonl")


@dataclass(frozen=True, slots=True)
class Score:
    """Of one corpus: counts by outcome, and how many cases needed a model."""

    corpus: str
    how: str
    outcomes: Mapping[Outcome, int]
    needed: int

    @property
    def cases(self) -> int:
        return sum(self.outcomes.values())


class Replies:
    """What a model said to each message, kept so that it need not be asked again."""

    def __init__(self, path: Path, model: LanguageModel | None) -> None:
        self._path = path
        self._model = model
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self._kept = {row["text"]: row["items"] for row in map(json.loads, lines)}

    @property
    def any(self) -> bool:
        return self._model is not None or bool(self._kept)

    async def to(self, text: str, context: Context) -> tuple[Worded, ...]:
        """() where nothing is known and nobody can be asked, or the model failed."""
        if text not in self._kept and self._model is not None:
            try:
                told = await self._model.read(to_read(text, context))
            except ModelFailed:
                return ()
            self._kept[text] = [asdict(item) for item in told.items]
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps({"text": text, "items": self._kept[text]}) + "\n")
        return tuple(_worded(item) for item in self._kept.get(text, ()))


def _worded(item: Mapping[str, Any]) -> Worded:
    lists = {"people": tuple(item["people"]), "resources": tuple(item["resources"])}
    return Worded(**{**item, **lists})


def context(case: Case) -> Context:
    told = {"members": MEMBERS, "resources": RESOURCES, "sender": case["sender"]}
    return context_of(told | {"context": case.get("context", {})})


def outcome(case: Case, items: Sequence[Intent]) -> Outcome:
    """Asked: the product would put a question, or say that it did not understand."""
    expected = [i for i in case["expected"]["items"] if i["intent"] != "ignore"]
    if min((i.confidence for i in items), default=1.0) < SURE or (expected and not items):
        return "asked"
    answer: dict[str, Any] = {"items": items_of(Reading(tuple(items)))}
    timed: dict[str, Any] = next((i for i in answer["items"] if "start" in i or "rrule" in i), {})
    answer |= {key: timed[key] for key in TIME_KEYS if key in timed}
    return "right" if grade_message(case, answer)[0] else "wrong"


async def messages(name: str, cases: Sequence[Case], replies: Replies) -> list[Score]:
    alone: Counter[Outcome] = Counter()
    beside: Counter[Outcome] = Counter()
    needed = 0
    for case in track(cases, name, transient=True):
        known, now = context(case), datetime.fromisoformat(case["now"]).replace(tzinfo=None)
        by_grammar = interpret(case["text"], known, now).items
        first = outcome(case, by_grammar)
        alone[first] += 1
        needed += first == "asked"
        if first == "asked":
            words = await replies.to(case["text"], known)
            found = [i for w in words for i in resolve(w, case["text"], known, now)]
            beside[outcome(case, found or by_grammar)] += 1
        else:
            beside[first] += 1
    scores = [Score(name, "the grammar alone", alone, needed)]
    return [*scores, Score(name, "with a model", beside, needed)] if replies.any else scores


def times(name: str, cases: Sequence[Case]) -> Score:
    """Single time expressions, which no model is asked about."""
    graded = Counter(map(grade, cases, ask(cases)))
    outcomes: dict[Outcome, int] = {
        "right": graded["right"],
        "wrong": graded["wrong"],
        "asked": graded["none"],
    }
    return Score(name, "the grammar alone", outcomes, 0)


async def scores(replies: Replies) -> list[Score]:
    found: list[Score] = []
    for name in MESSAGES:
        found += await messages(name, read(HERE / f"{name}.jsonl"), replies)
    found += [times(name, read(HERE / f"{name}.jsonl")) for name in TIMES]
    here = [name for name in PUBLIC if (SHARED / f"{name}.jsonl").exists()]
    return found + [times(name, read(SHARED / f"{name}.jsonl")) for name in here]


def table(found: Sequence[Score]) -> Table:
    drawn = Table(title="Reading messages", min_width=96)
    for name in ("corpus", "how", "cases", "right", "wrong", "asked", "need a model"):
        drawn.add_column(name, justify="left" if name in ("corpus", "how") else "right")
    for score in found:
        shares = [f"{100 * score.outcomes.get(o, 0) / score.cases:.1f} %" for o in _COLUMNS]
        needed = f"{100 * score.needed / score.cases:.1f} %" if score.needed else "–"
        drawn.add_row(score.corpus, score.how, f"{score.cases:,}", *shares, needed)
    return drawn


_COLUMNS: tuple[Outcome, ...] = ("right", "wrong", "asked")


def main() -> int:
    settings = Settings()
    model = None if settings.llm_provider == "none" else open_models(settings).of("nl_parser")
    console = Console()
    console.print(table(asyncio.run(scores(Replies(REPLIES, model)))))
    missing = [name for name in PUBLIC if not (SHARED / f"{name}.jsonl").exists()]
    if missing:
        console.print(f"Not here, so not scored: {', '.join(missing)}.")
    if model is None:
        console.print("No model is configured: set LLM_PROVIDER to measure with one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
