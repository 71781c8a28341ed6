"""How long the steps of a call took, from its ring to its saved record.

Averages hide the slow tenth of the calls; so each step has the time that half of them stay within,
and nine of ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sync.register.calls import CallRecord


class PaceStep(StrEnum):
    """The steps that are measured, of incoming calls that an operator answered."""

    ANSWER = "answer"
    """From the first ring to the answer."""
    FIRST_KEY = "first_key"
    """From the answer to the operator's first change of the card."""
    HIT = "hit"
    """From the answer to the first entry taken from the directory."""
    SAVED = "saved"
    """From the end of the call to its saved record."""


@dataclass(frozen=True, slots=True)
class Spread:
    """So many times: what half of them and what nine of ten stay within, in whole seconds.

    None where there are no times.
    """

    count: int = 0
    median: timedelta | None = None
    ninetieth: timedelta | None = None


CallPace = Mapping[PaceStep, Spread]
"""Every step has its spread."""

_ENDS: Mapping[PaceStep, Callable[[CallRecord], tuple[datetime | None, datetime | None]]] = {
    PaceStep.ANSWER: lambda call: (call.arrived_at, call.answered_at),
    PaceStep.FIRST_KEY: lambda call: (call.answered_at, call.first_key_at),
    PaceStep.HIT: lambda call: (call.answered_at, call.hit_accepted_at),
    PaceStep.SAVED: lambda call: (call.ended_at, call.saved_at),
}


def pace_of(calls: Iterable[CallRecord]) -> CallPace:
    """The spread of each step over those of the calls that were answered here and have it."""
    answered = [
        call
        for call in calls
        if call.direction == "incoming" and call.answered_at is not None and call.part_of is None
    ]
    pace: dict[PaceStep, Spread] = {}
    for step, ends in _ENDS.items():
        found = (ends(call) for call in answered)
        pace[step] = spread_of(
            Counter(
                whole_seconds(end - start)
                for start, end in found
                if start is not None and end is not None
            )
        )
    return pace


def whole_seconds(elapsed: timedelta) -> int:
    """Seconds begun are not counted; a clock put back during a call gives zero."""
    return max(0, elapsed // timedelta(seconds=1))


def spread_of(calls_by_seconds: Mapping[int, int]) -> Spread:
    """The spread of times, given as how many there are of each (the nearest rank)."""
    count = sum(calls_by_seconds.values())
    return Spread(count, _ranked(calls_by_seconds, count, 50), _ranked(calls_by_seconds, count, 90))


def _ranked(calls_by_seconds: Mapping[int, int], count: int, per_cent: int) -> timedelta | None:
    """The shortest time that so many per cent of them stay within."""
    rank = -(-count * per_cent // 100)
    reached = 0
    for seconds in sorted(calls_by_seconds):
        reached += calls_by_seconds[seconds]
        if reached >= rank:
            return timedelta(seconds=seconds)
    return None
