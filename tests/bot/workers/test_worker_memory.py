"""What a worker keeps in memory, against what every deployment gives it (2 GiB)."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest

from tests.bot.workers.fleet import family, fleet

GIVEN = 2 * 1024**2
"""KiB; Terraform, Knative, Kubernetes, compose and gcloud.sh say so."""
FAMILIES, ROUNDS = 10, 5


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
async def test_its_peak_under_a_burst_is_far_below_its_limit(postgresql_url: str) -> None:
    async with fleet(postgresql_url) as found:
        tokens = [await found.token(family(str(n)), "Anna") for n in range(FAMILIES)]
        worker = await found.start_worker()
        peaks = []
        for number in range(ROUNDS):
            words = f"piano on March {number + 1} 2027 at 8am"
            await asyncio.gather(*(found.ask(each, words) for each in tokens))
            peaks.append(peak(worker.pid))
    assert peaks[-1] < GIVEN / 2
    assert peaks[-1] < 1.25 * peaks[0], "it does not grow with what it has done"


def peak(pid: int) -> int:
    """The most memory a process has had so far, in KiB."""
    (found,) = re.findall(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.M)
    return int(found)
