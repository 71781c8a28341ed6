"""Report of calls by day, hour, operator and result; median and 90th percentile of call steps.

Mean values hide the slow tenth of the calls, hence the percentiles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calls.by_hand import (
    INCIDENT_KEY,
    asked_for_formal_appeal,
    is_answered_from_directory,
)
from sync.register.calls.calls import ANSWERED_ELSEWHERE, CallRecord, CallResult
from sync.register.incidents import Incident


class PaceStep(StrEnum):
    """Measured intervals of incoming calls answered by an operator."""

    ANSWER = "answer"
    """From the first ring to the answer."""
    FIRST_KEY = "first_key"
    """From the answer to the operator's first change of the card."""
    HIT = "hit"
    """From the answer to the first use of a directory entry."""
    SAVED = "saved"
    """From the end of the call to its saved record."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 90th percentile of durations, in whole seconds.

    None if there are no durations.
    """

    count: int = 0
    median: timedelta | None = None
    ninetieth: timedelta | None = None


CallPace = Mapping[PaceStep, Spread]
"""Percentiles of every interval."""

_ENDS: Mapping[PaceStep, Callable[[CallRecord], tuple[datetime | None, datetime | None]]] = {
    PaceStep.ANSWER: lambda call: (call.arrived_at, call.answered_at),
    PaceStep.FIRST_KEY: lambda call: (call.answered_at, call.first_key_at),
    PaceStep.HIT: lambda call: (call.answered_at, call.hit_accepted_at),
    PaceStep.SAVED: lambda call: (call.ended_at, call.saved_at),
}


def pace_of(calls: Iterable[CallRecord]) -> CallPace:
    """Returns the percentiles of each interval over the calls answered here."""
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
    """Rounds down to seconds; a clock set back during a call gives zero."""
    return max(0, elapsed // timedelta(seconds=1))


def spread_of(calls_by_seconds: Mapping[int, int]) -> Spread:
    """Returns the percentiles by nearest rank, from the number of calls per duration."""
    count = sum(calls_by_seconds.values())
    return Spread(count, _ranked(calls_by_seconds, count, 50), _ranked(calls_by_seconds, count, 90))


def _ranked(calls_by_seconds: Mapping[int, int], count: int, per_cent: int) -> timedelta | None:
    """Returns the shortest duration that covers ``per_cent`` percent of the calls."""
    rank = -(-count * per_cent // 100)
    reached = 0
    for seconds in sorted(calls_by_seconds):
        reached += calls_by_seconds[seconds]
        if reached >= rank:
            return timedelta(seconds=seconds)
    return None


HOURS_OF_DAY = 24

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Average:
    """A sum of durations and their number."""

    total: timedelta = timedelta(0)
    count: int = 0

    @property
    def mean(self) -> timedelta | None:
        """total / count; None if the count is zero."""
        return self.total / self.count if self.count else None

    def __add__(self, other: Average) -> Average:
        return Average(self.total + other.total, self.count + other.count)


@dataclass(frozen=True, slots=True)
class CallFigures:
    """Counts and times of some records. Every call is in exactly one of the first seven counts.

    ``answered``: incoming in business hours, answered by an operator of this register.
    ``answered_out_of_hours``: the same outside business hours (5.4), not included in ``answered``.
    ``missed``: incoming in business hours, ended, and not answered. ``missed_out_of_hours``: the
    same outside business hours, not included in ``missed``. ``taken_elsewhere``: answered by a
    colleague, counted in the colleague's own record. ``ringing``: incoming, neither answered nor
    ended yet. ``outgoing``: calls made from here, without times. ``by_hand``: manual records;
    ``further_questions``: additional questions of calls and requests that are counted once. Neither
    is a call, and neither has times.

    wait = answered_at - arrived_at, of calls answered at any hour; talk = ended_at - answered_at,
    of those that have ended; wrap_up = saved_at - ended_at, of those with a closed record;
    wait_missed = ended_at - arrived_at, of calls missed in business hours. A clock set back during
    a call gives zero instead of a negative time.
    """

    answered: int = 0
    answered_out_of_hours: int = 0
    missed: int = 0
    missed_out_of_hours: int = 0
    taken_elsewhere: int = 0
    ringing: int = 0
    outgoing: int = 0
    by_hand: int = 0
    further_questions: int = 0
    wait: Average = Average()
    talk: Average = Average()
    wrap_up: Average = Average()
    wait_missed: Average = Average()

    @property
    def calls(self) -> int:
        """All calls: the sum of the seven counts."""
        return (
            self.taken
            + self.missed
            + self.missed_out_of_hours
            + self.taken_elsewhere
            + self.ringing
            + self.outgoing
        )

    @property
    def taken(self) -> int:
        """Calls answered at any hour."""
        return self.answered + self.answered_out_of_hours

    @property
    def records(self) -> int:
        """All records with a registration number: calls, manual records, additional questions."""
        return self.calls + self.by_hand + self.further_questions

    @property
    def offered(self) -> int:
        """answered + missed: the calls offered in business hours."""
        return self.answered + self.missed

    @property
    def missed_share(self) -> float | None:
        """missed / offered, from 0 to 1; None if no calls were offered."""
        return self.missed / self.offered if self.offered else None

    def __add__(self, other: CallFigures) -> CallFigures:
        return CallFigures(
            **{
                field.name: getattr(self, field.name) + getattr(other, field.name)
                for field in fields(self)
            }
        )


@dataclass(frozen=True, slots=True)
class OperatorFigures:
    """Figures of the calls that one operator took, or that rang at the operator's workplace."""

    operator_id: UUID
    operator_name: str
    figures: CallFigures


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """Figures of the calls with one result (7.4); None for drafts, even with a selection."""

    result: CallResult | None
    figures: CallFigures


@dataclass(frozen=True, slots=True)
class IncidentCalls:
    """Number of callers who received the official text of an incident, with its title."""

    key: str
    title: str
    calls: int


@dataclass(frozen=True, slots=True)
class CallReport:
    """Figures of a period in four groupings; each grouping adds up to ``total``.

    ``by_day`` has every day of the period and ``by_hour`` all 24 hours, including empty ones.
    ``formal_appeals`` are calls about a statutory appeal (1.3), ``from_directory`` answered calls
    whose card uses a directory entry. ``by_incident`` has the incidents whose text was read to
    callers, most frequent first. All three include saved records only, no drafts.
    """

    first: date
    last: date
    total: CallFigures
    by_day: tuple[tuple[date, CallFigures], ...]
    by_hour: tuple[CallFigures, ...]
    by_operator: tuple[OperatorFigures, ...]
    by_result: tuple[ResultFigures, ...]
    formal_appeals: int
    from_directory: int
    pace: CallPace
    by_incident: tuple[IncidentCalls, ...] = ()

    @property
    def from_directory_share(self) -> float | None:
        """from_directory / taken, from 0 to 1; None if no calls were answered."""
        return self.from_directory / self.total.taken if self.total.taken else None


def call_report(calls: Iterable[CallRecord], first: date, last: date, zone: ZoneInfo) -> CallReport:
    """Returns the report of the calls that arrived from ``first`` to ``last``, both days included.

    Days and hours are in ``zone``; calls outside the period are left out.
    """
    days = tuple(first + timedelta(days=count) for count in range((last - first).days + 1))
    chosen = [call for call in calls if first <= _day(call, zone) <= last]
    by_day = _grouped(chosen, lambda call: _day(call, zone), days)
    by_hour = _grouped(
        chosen, lambda call: call.arrived_at.astimezone(zone).hour, range(HOURS_OF_DAY)
    )
    # The latest name of an operator is used for all calls of the operator.
    names = {call.operator_id: call.operator_name for call in _in_order(chosen)}
    by_operator = _grouped(
        chosen,
        lambda call: call.operator_id,
        sorted(names, key=lambda operator: (names[operator], operator)),
    )
    by_result = _grouped(chosen, _saved_result, (*CallResult, None))
    # A draft may change, and a reopened record may lose its content.
    saved = [call for call in chosen if call.saved_at is not None]
    return CallReport(
        first=first,
        last=last,
        total=sum_of(figures for _, figures in by_day),
        by_day=by_day,
        by_hour=tuple(figures for _, figures in by_hour),
        by_operator=tuple(
            OperatorFigures(operator, names[operator], figures) for operator, figures in by_operator
        ),
        by_result=tuple(ResultFigures(result, figures) for result, figures in by_result),
        formal_appeals=sum(map(asked_for_formal_appeal, saved)),
        from_directory=sum(map(is_answered_from_directory, saved)),
        pace=pace_of(chosen),
        by_incident=_by_incident(saved),
    )


def incidents_in_order(found: Iterable[IncidentCalls]) -> tuple[IncidentCalls, ...]:
    """Sorts incidents by number of calls, descending, then by title."""
    return tuple(sorted(found, key=lambda one: (-one.calls, one.title, one.key)))


def joined_incidents(report: CallReport, known: Iterable[Incident]) -> CallReport:
    """Merges the calls of incidents that were created separately and later merged."""
    names = {f"{INCIDENT_KEY}{id}": f"{INCIDENT_KEY}{one.id}" for one in known for id in one.ids}
    joined: dict[str, IncidentCalls] = {}
    for found in report.by_incident:
        key = names.get(found.key, found.key)
        before = joined.get(key, IncidentCalls(key, found.title, 0))
        joined[key] = replace(before, calls=before.calls + found.calls)
    return replace(report, by_incident=incidents_in_order(joined.values()))


def _by_incident(calls: Iterable[CallRecord]) -> tuple[IncidentCalls, ...]:
    titles: dict[str, list[str]] = {}
    for call in calls:
        for used in call.used_entries:
            if used.kind == "script" and used.key.startswith(INCIDENT_KEY):
                titles.setdefault(used.key, []).append(used.title)
    return incidents_in_order(
        IncidentCalls(key, max(told), len(told)) for key, told in titles.items()
    )


def sum_of(rows: Iterable[CallFigures]) -> CallFigures:
    return reduce(CallFigures.__add__, rows, CallFigures())


def figures_of(call: CallRecord) -> CallFigures:
    """Returns the figures of one record."""
    if call.part_of is not None:
        return CallFigures(further_questions=1)
    if call.way is not None:
        return CallFigures(by_hand=1)
    if call.direction == "outgoing":
        return CallFigures(outgoing=1)
    if call.answered_at is None:
        return _unanswered(call)
    return CallFigures(
        answered=int(not call.out_of_hours),
        answered_out_of_hours=int(call.out_of_hours),
        wait=_one(call.answered_at - call.arrived_at),
        talk=Average() if call.ended_at is None else _one(call.ended_at - call.answered_at),
        wrap_up=(
            Average()
            if call.ended_at is None or call.saved_at is None
            else _one(call.saved_at - call.ended_at)
        ),
    )


def _unanswered(call: CallRecord) -> CallFigures:
    if call.ended_at is None:
        return CallFigures(ringing=1)
    if call.end_cause == ANSWERED_ELSEWHERE:
        return CallFigures(taken_elsewhere=1)
    if call.out_of_hours:
        return CallFigures(missed_out_of_hours=1)
    return CallFigures(missed=1, wait_missed=_one(call.ended_at - call.arrived_at))


def _one(duration: timedelta) -> Average:
    return Average(max(duration, timedelta(0)), 1)


def _saved_result(call: CallRecord) -> CallResult | None:
    return None if call.saved_at is None else call.result


def _day(call: CallRecord, zone: ZoneInfo) -> date:
    return call.arrived_at.astimezone(zone).date()


def _in_order(calls: Iterable[CallRecord]) -> list[CallRecord]:
    return sorted(calls, key=lambda call: (call.arrived_at, call.id))


def _grouped(
    calls: Sequence[CallRecord], key: Callable[[CallRecord], Key], keys: Iterable[Key]
) -> tuple[tuple[Key, CallFigures], ...]:
    """Returns the figures of each key, in order of ``keys``, which must cover all calls."""
    groups: dict[Key, list[CallFigures]] = {wanted: [] for wanted in keys}
    for call in calls:
        groups[key(call)].append(figures_of(call))
    return tuple((wanted, sum_of(rows)) for wanted, rows in groups.items())
