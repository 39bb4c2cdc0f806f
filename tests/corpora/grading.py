"""Right, wrong or nothing: how an answer of the `interpret` filter is graded.

The rules are those of the corpora: a day must be the same day with no hour, a moment the same
minute, a range both ends, a window ("tomorrow morning") the same day, a repetition an
equivalent rule with the same hour. `None` expected means silence.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from bot.interpret import run

Case = Mapping[str, Any]
Answer = Mapping[str, Any]
Grade = Literal["right", "wrong", "none"]

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "corpora"
MEMBERS = {"Mom": ["Anna"], "Dad": ["Ben"], "Mia": [], "Leo": [], "Grandma": []}
RESOURCES = {"car": 1, "van": 1, "kitchen": 1}
TIME_KEYS = ("start", "end", "rrule", "time", "window", "all_day")
STOP_WORDS = {
    "the",
    "a",
    "an",
    "at",
    "on",
    "for",
    "to",
    "of",
    "my",
    "our",
    "with",
    "and",
    "in",
    "is",
    "s",
}


def read(path: Path) -> list[Case]:
    """The cases of a file that are meant to be scored, in English."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("sched", True) and row.get("lang", "en") == "en"]


def ask(cases: Iterable[Case]) -> list[Answer]:
    """What the filter answers, one for each case."""
    asked = "".join(json.dumps(_request(case)) + "\n" for case in cases)
    out = io.StringIO()
    run(io.StringIO(asked), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def _request(case: Case) -> dict[str, Any]:
    asked = {"text": case["text"], "now": case["now"], "tz": case["tz"]}
    if "sender" not in case:
        return asked
    family = {"members": MEMBERS, "resources": RESOURCES, "sender": case["sender"]}
    return asked | family | {"context": case.get("context", {})}


def time_cases(family: Iterable[Case]) -> list[Case]:
    """The time in each family message that asks for one thing; silence where it asks nothing."""
    found: list[Case] = []
    for case in family:
        items = case["expected"]["items"]
        if not items or all(i["intent"] in ("ignore", "approve", "reject") for i in items):
            found.append({**case, "kind": "none", "expected": {}, "accept": []})
        elif len(items) == 1 and items[0]["intent"] != "constraint":
            said = _times(items[0])
            accept = [{**said, **_times(other)} for other in case.get("accept", [])]
            if said:
                found.append({**case, "kind": kind(said), "expected": said, "accept": accept})
    return found


def _times(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item[key] for key in TIME_KEYS if key in item}


def kind(expected: Mapping[str, Any]) -> str:
    """Which rule an expected time is graded by."""
    start = str(expected.get("start", ""))
    if expected.get("rrule"):
        return "set"
    if "window" in expected:
        return "window"
    if "end" in expected:
        return "range" if "T" in start else "daterange"
    return "datetime" if "T" in start else "date"


def grade(case: Case, got: Answer) -> Grade:
    """One answer against one case and all it accepts."""
    accepted = [(case["kind"], case["expected"])]
    for other in case.get("accept", []):
        accepted.append((kind(other) if "sender" in case and other else case["kind"], other))
    if any(matches(how, expected, got) for how, expected in accepted):
        return "right"
    return "wrong" if got.get("start") or got.get("rrule") else "none"


def matches(how: str, expected: Mapping[str, Any], got: Answer) -> bool:
    """True where the answer says what is expected."""
    start, end = _moment(got.get("start")), _moment(got.get("end"))
    if how == "none":
        return not start and not got.get("rrule")
    if how == "set":
        return bool(got.get("rrule")) and _same_rule(expected, got)
    if not start or got.get("rrule"):
        return False
    wanted, wanted_end = _moment(expected.get("start")), _moment(expected.get("end"))
    if how == "date":
        return start[:10] == wanted and start[10:] in ("", "T00:00")
    if how in ("time", "datetime"):
        return start == wanted
    if how == "window":
        return _in_window(start, wanted, expected["window"])
    if how == "daterange":
        return start[:10] == wanted and end[:10] == wanted_end and start[10:] in ("", "T00:00")
    return (start, end) == (wanted, wanted_end)


def _moment(value: Any) -> str:
    return str(value or "").replace(" ", "T")[:16]


def _in_window(start: str, wanted: str, window: list[str]) -> bool:
    first, last = window
    inside = len(start) > 10 and first <= start < last
    if start[:10] != (wanted or first)[:10] and not inside:
        return False
    return inside or start[10:] in ("", "T00:00")


def _same_rule(expected: Mapping[str, Any], got: Answer) -> bool:
    want, have = rule_parts(expected["rrule"]), rule_parts(got["rrule"])
    for key in ("BYDAY", "BYMONTHDAY", "BYMONTH"):  # what the start says already
        single = len(have.get(key, "").split(",")) == 1
        if key not in want and key in have and single and want.get("FREQ") != "DAILY":
            del have[key]
    if "UNTIL" in want and "UNTIL" in have and _a_day_apart(want["UNTIL"], have["UNTIL"]):
        have["UNTIL"] = want["UNTIL"]
    hour = expected.get("time") or _moment(expected.get("start"))[11:]
    got_hour = got.get("time") or _moment(got.get("start"))[11:]
    end, got_end = _moment(expected.get("end"))[11:], _moment(got.get("end"))[11:]
    return want == have and hour in ("", got_hour) and end in ("", got_end)


def rule_parts(rrule: str) -> dict[str, str]:
    """An RFC 5545 rule in one canonical form."""
    parts = dict(part.split("=", 1) for part in rrule.upper().split(";") if "=" in part)
    for unsaid in ("WKST", "BYHOUR", "BYMINUTE", "BYSECOND"):
        parts.pop(unsaid, None)
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    if "BYDAY" in parts:
        parts["BYDAY"] = ",".join(sorted(parts["BYDAY"].split(",")))
        if parts.get("FREQ") == "DAILY" and "INTERVAL" not in parts:
            parts["FREQ"] = "WEEKLY"
    if "UNTIL" in parts:
        parts["UNTIL"] = parts["UNTIL"][:8]
    return parts


def _a_day_apart(a: str, b: str) -> bool:
    days = (datetime.strptime(a, "%Y%m%d") - datetime.strptime(b, "%Y%m%d")).days
    return abs(days) <= 1


def grade_message(case: Case, got: Answer) -> tuple[bool, bool]:
    """Of a whole family message: is every slot right, and are the intents."""
    expected = case["expected"]["items"]
    variants = [expected]
    if expected:
        variants += [[{**expected[0], **other}] for other in case.get("accept", [])]
    items = [item for item in got.get("items", []) if item.get("intent") != "ignore"]
    return max(_grade_items(variant, items) for variant in variants)


def _grade_items(expected: list[Any], items: list[Any]) -> tuple[bool, bool]:
    wanted = [item for item in expected if item["intent"] != "ignore"]
    intents = sorted(i["intent"] for i in wanted) == sorted(i.get("intent", "") for i in items)
    exact = len(wanted) == len(items) and all(map(_item_right, wanted, items))
    return exact, intents


def _item_right(expected: Mapping[str, Any], got: Answer) -> bool:
    slots = (key for key in expected if key not in TIME_KEYS)
    if not all(_slot_right(key, expected[key], got.get(key)) for key in slots):
        return False
    said = _times(expected)
    if not said:
        return True
    if expected["intent"] == "constraint":
        return all(str(got.get(key)) == str(said[key]) for key in said)
    return matches(kind(said), said, got)


def _slot_right(key: str, expected: Any, got: Any) -> bool:
    if key == "intent":
        return bool(expected == got)
    if key == "title":
        want, have = _words(expected), _words(got or "")
        return _contained(want, have) and len(have) <= len(want) + 2
    if key in ("target", "place", "text", "condition"):
        return got is not None and _contained(_words(expected), _words(got))
    if key in ("who", "resource"):
        return _names(expected) == _names(got)
    return str(expected).lower() == str(got).lower()


def _words(text: Any) -> list[str]:
    return [word for word in re.findall(r"[\w']+", str(text).lower()) if word not in STOP_WORDS]


def _contained(want: list[str], have: list[str]) -> bool:
    return all(any(a in b or b in a for b in have) for a in want)


def _names(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value] if value else []
    return sorted(str(name).lower() for name in names)
