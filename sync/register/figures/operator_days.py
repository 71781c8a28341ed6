"""Report of each operator in a period: time in each state and reason, calls, longest wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import CallFigures, call_report
from sync.register.people.operator_states import (
    Doing,
    KeptChange,
    StateTimes,
    spells,
    state_times,
)

WITH_REASON = (Doing.NOT_READY, Doing.BREAK, Doing.AWAY)
"""States without calls."""


@dataclass(frozen=True, slots=True)
class ReasonTime:
    """Number and duration of periods in a state with a reason."""

    doing: Doing
    reason: str
    times: int
    total: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class OperatorDays:
    """Report of one operator; ``last`` is the newest change, still in effect at the end.

    ``longest_wait`` is that of the calls answered by this operator, None if there are none.
    """

    operator_id: UUID
    operator_name: str
    times: StateTimes
    reasons: tuple[ReasonTime, ...]
    figures: CallFigures
    longest_wait: timedelta | None
    last: KeptChange | None


def operator_days(
    changes: Iterable[KeptChange],
    calls: Sequence[CallRecord],
    *,
    first: date,
    last: date,
    until: datetime,
    zone: ZoneInfo,
) -> tuple[OperatorDays, ...]:
    """Returns the report of all operators with activity, by name; the last state lasts ``until``.

    ``changes`` are those of ``changes_of_period``.
    """
    start = datetime.combine(first, time(), zone)
    by_operator: dict[UUID, list[KeptChange]] = {}
    names: dict[UUID, str] = {}
    for kept in sorted(changes, key=lambda one: (one.change.at, one.id)):
        by_operator.setdefault(kept.operator_id, []).append(kept)
        names[kept.operator_id] = kept.operator_name
    figures = {
        row.operator_id: row.figures for row in call_report(calls, first, last, zone).by_operator
    }
    for call in calls:
        if call.operator_id in figures:
            names.setdefault(call.operator_id, call.operator_name)
    found = (
        OperatorDays(
            operator_id=id,
            operator_name=name,
            times=state_times(by_operator.get(id, ()), start, until),
            reasons=reason_times(by_operator.get(id, ()), start, until),
            figures=figures.get(id, CallFigures()),
            longest_wait=_longest_wait(call for call in calls if call.operator_id == id),
            last=by_operator[id][-1] if id in by_operator else None,
        )
        for id, name in names.items()
    )
    return tuple(sorted(found, key=lambda one: (one.operator_name, one.operator_id)))


def reason_times(
    changes: Sequence[KeptChange], start: datetime, until: datetime
) -> tuple[ReasonTime, ...]:
    """Returns the states without calls by state and reason; ``changes`` are oldest first."""
    by_reason: dict[tuple[Doing, str], list[timedelta]] = {}
    for spell in spells(changes, start, until):
        change = spell.change
        if change.doing in WITH_REASON and spell.is_known:
            by_reason.setdefault((change.doing, change.reason), []).append(spell.lasted)
    return tuple(
        ReasonTime(doing, reason, len(lasted), sum(lasted, timedelta(0)), max(lasted))
        for (doing, reason), lasted in sorted(by_reason.items())
    )


def _longest_wait(calls: Iterable[CallRecord]) -> timedelta | None:
    waits = (
        max(call.answered_at - call.arrived_at, timedelta(0))
        for call in calls
        if call.answered_at is not None and call.direction == "incoming"
    )
    return max(waits, default=None)
