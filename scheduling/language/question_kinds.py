"""What may be asked about a calendar. Apart, because rows that only name it load no grammar."""

from __future__ import annotations

from typing import Literal

QueryKind = Literal[
    "agenda", "free", "find_slot", "resource", "when", "conflicts", "who_drives", "rules"
]
