"""The report of calls of all workplaces, counted by the central database.

The same figures as ``call_report`` gives for the records themselves; the database reads an index
that holds what is counted by, and no record.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Interval,
    RowMapping,
    and_,
    func,
    literal,
    select,
    text,
)

from sync.register.calls import ANSWERED_ELSEWHERE, CallResult
from sync.register.numbering import period_of
from sync.register.statistics import (
    HOURS_OF_DAY,
    Average,
    CallFigures,
    CallReport,
    OperatorFigures,
    ResultFigures,
    sum_of,
)
from sync.store.central_partitions import following
from sync.store.central_tables import FORMAL_APPEAL, call_record

Key = TypeVar("Key")

_FORMAL_APPEAL = text(
    """call_record.used_entries @> '[{"key": "59-fz", "kind": "script"}]'::jsonb"""
)


def central_call_report(
    connection: Connection, first: date, last: date, zone: ZoneInfo
) -> CallReport:
    """The report of the calls that arrived from ``first`` to ``last``, both days included.

    Days and hours are those of ``zone``. In a transaction that sees one moment.
    """
    start = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    chosen = _arrived(start, end)
    by_moment = _by_moment(connection, chosen, zone)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    by_day = _gathered(days, ((at.date(), one) for (at, _result), one in by_moment.items()))
    by_hour = _gathered(
        range(HOURS_OF_DAY), ((at.hour, one) for (at, _result), one in by_moment.items())
    )
    by_result = _gathered(
        (*CallResult, None), ((result, one) for (_at, result), one in by_moment.items())
    )
    return CallReport(
        first=first,
        last=last,
        total=sum_of(by_day.values()),
        by_day=tuple(by_day.items()),
        by_hour=tuple(by_hour.values()),
        by_operator=_by_operator(connection, chosen),
        by_result=tuple(ResultFigures(result, one) for result, one in by_result.items()),
        formal_appeals=connection.scalar(select(func.count()).where(chosen, FORMAL_APPEAL)) or 0,
    )


def _arrived(start: datetime, end: datetime) -> ColumnElement[bool]:
    # A call has its number from the first ring: of its month, or of the next one at midnight.
    return and_(
        call_record.c.arrived_at >= start,
        call_record.c.arrived_at < end,
        call_record.c.period >= following(period_of(start), -1),
        call_record.c.period <= following(period_of(end - timedelta(microseconds=1)), 1),
    )


def _by_moment(
    connection: Connection, chosen: ColumnElement[bool], zone: ZoneInfo
) -> dict[tuple[datetime, CallResult | None], CallFigures]:
    """By hour of arrival in the zone, without an offset, and by result."""
    local = call_record.c.arrived_at.op("AT TIME ZONE", return_type=DateTime())(literal(zone.key))
    hour = func.date_trunc(text("'hour'"), local).label("hour")
    rows = connection.execute(
        select(hour, call_record.c.result, *_FIGURES).where(chosen).group_by(hour, "result")
    ).mappings()
    return {
        (row["hour"], None if row["result"] is None else CallResult(row["result"])): _figures(row)
        for row in rows
    }


def _by_operator(
    connection: Connection, chosen: ColumnElement[bool]
) -> tuple[OperatorFigures, ...]:
    grouped = (
        select(
            call_record.c.operator_id, func.max(call_record.c.arrived_at).label("last"), *_FIGURES
        )
        .where(chosen)
        .group_by(call_record.c.operator_id)
        .subquery()
    )
    # The newest name of an operator stands for all his calls.
    name = (
        select(call_record.c.operator_name)
        .where(
            chosen,
            call_record.c.arrived_at == grouped.c.last,
            call_record.c.operator_id == grouped.c.operator_id,
        )
        .order_by(call_record.c.id.desc())
        .limit(1)
        .correlate(grouped)
        .scalar_subquery()
    )
    rows = connection.execute(select(grouped, name.label("operator_name"))).mappings()
    found: list[tuple[str, UUID, CallFigures]] = [
        (row["operator_name"], row["operator_id"], _figures(row)) for row in rows
    ]
    return tuple(
        OperatorFigures(operator, name, figures)
        for name, operator, figures in sorted(found, key=lambda one: one[:2])
    )


def _gathered(
    keys: Iterable[Key], found: Iterable[tuple[Key, CallFigures]]
) -> dict[Key, CallFigures]:
    groups: dict[Key, list[CallFigures]] = {key: [] for key in keys}
    for key, figures in found:
        groups[key].append(figures)
    return {key: sum_of(figures) for key, figures in groups.items()}


def _elapsed(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[Any]:
    # a clock put back during a call gives zero
    return func.greatest(end - start, literal(timedelta(0), Interval()))


_CALL = call_record.c
_INCOMING = _CALL.direction != "outgoing"
_ANSWERED = and_(_INCOMING, _CALL.answered_at.is_not(None))
_TALKED = and_(_ANSWERED, _CALL.ended_at.is_not(None))
_WRAPPED_UP = and_(_TALKED, _CALL.saved_at.is_not(None))
_UNANSWERED = and_(_INCOMING, _CALL.answered_at.is_(None))
_OVER = and_(_UNANSWERED, _CALL.ended_at.is_not(None))
_ELSEWHERE = and_(_OVER, _CALL.end_cause == ANSWERED_ELSEWHERE)
_NOBODY = and_(_OVER, _CALL.end_cause.is_distinct_from(ANSWERED_ELSEWHERE))
_MISSED = and_(_NOBODY, ~_CALL.out_of_hours)

_COUNTS = {
    "answered": _ANSWERED,
    "missed": _MISSED,
    "missed_out_of_hours": and_(_NOBODY, _CALL.out_of_hours),
    "taken_elsewhere": _ELSEWHERE,
    "ringing": and_(_UNANSWERED, _CALL.ended_at.is_(None)),
    "outgoing": _CALL.direction == "outgoing",
}
_TIMES = {
    "wait": (_elapsed(_CALL.arrived_at, _CALL.answered_at), _ANSWERED),
    "talk": (_elapsed(_CALL.answered_at, _CALL.ended_at), _TALKED),
    "wrap_up": (_elapsed(_CALL.ended_at, _CALL.saved_at), _WRAPPED_UP),
    "wait_missed": (_elapsed(_CALL.arrived_at, _CALL.ended_at), _MISSED),
}
_FIGURES: tuple[ColumnElement[Any], ...] = (
    *(func.count().filter(condition).label(name) for name, condition in _COUNTS.items()),
    *(func.sum(time).filter(condition).label(name) for name, (time, condition) in _TIMES.items()),
    func.count().filter(_TALKED).label("talked"),
    func.count().filter(_WRAPPED_UP).label("wrapped_up"),
)


def _figures(row: RowMapping) -> CallFigures:
    counts = {name: row[name] for name in _COUNTS}
    return CallFigures(
        **counts,
        wait=_average(row["wait"], row["answered"]),
        talk=_average(row["talk"], row["talked"]),
        wrap_up=_average(row["wrap_up"], row["wrapped_up"]),
        wait_missed=_average(row["wait_missed"], row["missed"]),
    )


def _average(total: timedelta | None, count: int) -> Average:
    return Average(total or timedelta(0), count)
