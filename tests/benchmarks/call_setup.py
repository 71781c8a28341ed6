"""Time until the phone rings and answers, and memory growth over a thousand calls in a row.

Run as ``python -m tests.benchmarks.call_setup [calls]``, 1,000 by default. A minimal caller makes
the calls one after another, first to this phone and then (a tenth as many) to baresip, so both
columns include the same overhead. Times are INVITE to 180 and the command "answer" to 200. A phone
retains the transactions of a call for 32 s (RFC 3261), so rapid calls reach a peak of memory that
remains with the process. The permanent growth is the difference of the second half of the calls
from the first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.measured_phone import Footprint, MeasuredPhone, footprint_of
from tests.benchmarks.plain_caller import LOOPBACK, CallFailed, PlainCaller
from tests.fakes.baresip import BaresipCaller

_RING_LIMIT_MS = 2.0
_ANSWER_LIMIT_MS = 5.0
_GROWTH_LIMIT_MB = 2.0
_TRANSACTIONS_OVER_S = 35.0


@dataclass(slots=True)
class Series:
    """Times of the calls so far in ms, and the number of failures."""

    ring_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)
    bad: int = 0

    def call(self, caller: PlainCaller, answer: Callable[[], None]) -> None:
        """Makes one more complete call; ``answer`` makes the phone answer it."""
        try:
            setup = caller.call(answer)
            caller.hang_up()
        except CallFailed:
            self.bad += 1
            return
        self.ring_ms.append(setup.ring_ms)
        self.answer_ms.append(setup.answer_ms)


def measure_own(calls: int) -> tuple[Series, dict[int, Footprint]]:
    """Returns the series, and the process's footprint after a tenth, after half and at the end."""
    series = Series()
    held: dict[int, Footprint] = {}
    with MeasuredPhone("--server", "127.0.0.1", "--no-register") as phone:
        caller = PlainCaller((phone.host, phone.port), "301")
        for number in range(1, calls + 1):
            series.call(caller, lambda: phone.write("answer"))
            if number in (calls // 10, calls // 2, calls):
                held[number] = _settled(phone)
        caller.close()
    return series, held


def _settled(phone: MeasuredPhone) -> Footprint:
    """Returns the phone's footprint after all previous transactions have ended."""
    time.sleep(_TRANSACTIONS_OVER_S)
    return phone.footprint()


def measure_baresip(calls: int) -> tuple[Series, Footprint]:
    """Measures the same for baresip."""
    series = Series()
    with BaresipCaller("302") as peer:
        caller = PlainCaller((LOOPBACK, peer.port), "302")
        for _ in range(calls):
            series.call(caller, peer.answer)
            peer.wait_for("CALL_CLOSED")
        caller.close()
        held = footprint_of(peer.process_id)
    return series, held


def main() -> int:
    """Prints both columns; returns 1 if a limit is exceeded."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    own, footprints = measure_own(calls)
    peer, held = measure_baresip(max(20, calls // 10))
    for name, series in (("this phone", own), ("baresip", peer)):
        ring, answer = (
            np.percentile(each, (50, 99)) for each in (series.ring_ms, series.answer_ms)
        )
        print(
            f"{name:11} {len(series.ring_ms):5} calls, {series.bad} bad   "
            f"INVITE-180 p50 {ring[0]:6.2f} p99 {ring[1]:6.2f} ms   "
            f"answer-200 p50 {answer[0]:6.2f} p99 {answer[1]:6.2f} ms"
        )
    for number, each in footprints.items():
        print(
            f"memory      {each.resident_mb:.1f} MB after {number} calls,"
            f" {each.threads} threads, {each.open_files} open files"
        )
    growth_mb = footprints[calls].resident_mb - footprints[calls // 2].resident_mb
    print(
        f"            the second half added {growth_mb:.1f} MB;"
        f" baresip holds {held.resident_mb:.1f} MB"
    )
    slow = np.median(own.ring_ms) > _RING_LIMIT_MS or np.median(own.answer_ms) > _ANSWER_LIMIT_MS
    print(f"limits      {_RING_LIMIT_MS} ms, {_ANSWER_LIMIT_MS} ms, 0 bad, {_GROWTH_LIMIT_MB} MB")
    return int(bool(own.bad or slow or growth_mb > _GROWTH_LIMIT_MB))


if __name__ == "__main__":
    sys.exit(main())
