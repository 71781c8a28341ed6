"""Figures of the calls of a period (Regulation 11; the calls' own report for supervisors).

A call belongs to the day and hour in which it arrived, once, however long it lasted. Averages are
kept as a sum and a count, so that every total is made from sums and never from other averages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import reduce
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.call_pace import CallPace, pace_of
from sync.register.calls import ANSWERED_ELSEWHERE, CallRecord, CallResult
from sync.register.incidents.incident import Incident
from sync.register.used_entries import (
    INCIDENT_KEY,
    asked_for_formal_appeal,
    is_answered_from_directory,
)

HOURS_OF_DAY = 24

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Average:
    """A sum of durations and how many there were."""

    total: timedelta = timedelta(0)
    count: int = 0

    @property
    def mean(self) -> timedelta | None:
        """total / count, or None where there is nothing to average."""
        return self.total / self.count if self.count else None

    def __add__(self, other: Average) -> Average:
        return Average(self.total + other.total, self.count + other.count)


@dataclass(frozen=True, slots=True)
class CallFigures:
    """Counts and times of some records. Every call is in exactly one of the first six counts.

    ``answered``: incoming, answered by an operator of this register, at any hour.
    ``missed``: incoming in working hours, over, and answered by nobody.
    ``missed_out_of_hours``: the same outside them (5.4), kept apart from ``missed``.
    ``taken_elsewhere``: a colleague's telephone took the call, whose own record counts it.
    ``ringing``: incoming, neither answered nor over yet.
    ``outgoing``: calls made from here; no time is taken from them.
    ``by_hand``: requests that came without a call; ``further_questions``: what else was asked in
    calls and requests that are counted once. Neither is a call, and no time is taken from them.

    wait = answered_at - arrived_at, of the answered;
    talk = ended_at - answered_at, of the answered that are over;
    wrap_up = saved_at - ended_at, of the answered whose record is closed;
    wait_missed = ended_at - arrived_at, of the missed in working hours.
    A clock put back during a call gives zero and not a negative time.
    """

    answered: int = 0
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
        """All calls: the sum of the six counts."""
        return (
            self.answered
            + self.missed
            + self.missed_out_of_hours
            + self.taken_elsewhere
            + self.ringing
            + self.outgoing
        )

    @property
    def records(self) -> int:
        """All that has a registration number: calls, requests by hand, further questions."""
        return self.calls + self.by_hand + self.further_questions

    @property
    def offered(self) -> int:
        """answered + missed: what the line had to take."""
        return self.answered + self.missed

    @property
    def missed_share(self) -> float | None:
        """missed / offered, from 0 to 1, or None where nothing was offered."""
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
    """The figures of the calls that one operator took, or that rang at his workplace."""

    operator_id: UUID
    operator_name: str
    figures: CallFigures


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """The figures of the calls with one result (7.4); None for drafts, whatever is chosen there."""

    result: CallResult | None
    figures: CallFigures


@dataclass(frozen=True, slots=True)
class IncidentCalls:
    """How many callers were told the official text of an incident, which had this title."""

    key: str
    title: str
    calls: int


@dataclass(frozen=True, slots=True)
class CallReport:
    """The figures of a period from four sides; each side adds up to ``total``.

    ``by_day`` has every day of the period and ``by_hour`` all 24 hours, also the empty ones.
    ``formal_appeals`` are the calls whose caller was told how to write one (1.3),
    ``from_directory`` the answered ones whose card uses an entry of the directory.
    ``by_incident`` has the incidents whose text callers were told, that with the most first.
    All three are of saved records: drafts count in neither.
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
        """from_directory / answered, from 0 to 1, or None where nothing was answered."""
        return self.from_directory / self.total.answered if self.total.answered else None


def call_report(calls: Iterable[CallRecord], first: date, last: date, zone: ZoneInfo) -> CallReport:
    """The report of the calls that arrived from ``first`` to ``last``, both days included.

    Days and hours are those of ``zone``; calls outside the period are left out.
    """
    days = tuple(first + timedelta(days=count) for count in range((last - first).days + 1))
    chosen = [call for call in calls if first <= _day(call, zone) <= last]
    by_day = _grouped(chosen, lambda call: _day(call, zone), days)
    by_hour = _grouped(
        chosen, lambda call: call.arrived_at.astimezone(zone).hour, range(HOURS_OF_DAY)
    )
    # The newest name of an operator stands for all his calls.
    names = {call.operator_id: call.operator_name for call in _in_order(chosen)}
    by_operator = _grouped(
        chosen,
        lambda call: call.operator_id,
        sorted(names, key=lambda operator: (names[operator], operator)),
    )
    by_result = _grouped(chosen, _saved_result, (*CallResult, None))
    # what a draft will say is not certain, and one that is open again may lose what it said
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
    """That with the most calls first; of equals by title."""
    return tuple(sorted(found, key=lambda one: (-one.calls, one.title, one.key)))


def joined_incidents(report: CallReport, known: Iterable[Incident]) -> CallReport:
    """The same with the calls of incidents that were begun apart under the one that they are."""
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
    """The figures of several rows together, made from their sums."""
    return reduce(CallFigures.__add__, rows, CallFigures())


def figures_of(call: CallRecord) -> CallFigures:
    """One record's own figures."""
    if call.part_of is not None:
        return CallFigures(further_questions=1)
    if call.way is not None:
        return CallFigures(by_hand=1)
    if call.direction == "outgoing":
        return CallFigures(outgoing=1)
    if call.answered_at is None:
        return _unanswered(call)
    return CallFigures(
        answered=1,
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
    """The figures under each of the keys, in their order; every call's key is among them."""
    groups: dict[Key, list[CallFigures]] = {wanted: [] for wanted in keys}
    for call in calls:
        groups[key(call)].append(figures_of(call))
    return tuple((wanted, sum_of(rows)) for wanted, rows in groups.items())
