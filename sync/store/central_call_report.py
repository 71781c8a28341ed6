"""The report of calls of all workplaces, counted by the central database.

The same figures as ``call_report`` gives for the records themselves; the database reads an index
that holds what is counted by, and no record.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Integer,
    Interval,
    Label,
    RowMapping,
    and_,
    cast,
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
    found = _by_moment(connection, chosen, zone)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    by_day = tuple((day, found.get(day, CallFigures())) for day in days)
    return CallReport(
        first=first,
        last=last,
        total=sum_of(figures for _day, figures in by_day),
        by_day=by_day,
        by_hour=tuple(found.get(hour, CallFigures()) for hour in range(HOURS_OF_DAY)),
        by_operator=_by_operator(connection, chosen),
        by_result=tuple(
            ResultFigures(result, found.get(result, CallFigures()))
            for result in (*CallResult, None)
        ),
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
) -> dict[date | int | CallResult | None, CallFigures]:
    """By each day and hour of arrival in the zone and each result that there are."""
    local = call_record.c.arrived_at.op("AT TIME ZONE", return_type=DateTime())(literal(zone.key))
    moment = func.date_trunc(text("'hour'"), local).label("moment")
    # Many calls become few rows first, which are then summed up three times.
    few = (
        select(moment, call_record.c.result, *_FIGURES).where(chosen).group_by(moment, "result")
    ).subquery()
    day, hour = cast(few.c.moment, Date), cast(func.extract("hour", few.c.moment), Integer)
    rows = connection.execute(
        select(
            day.label("day"),
            hour.label("hour"),
            few.c.result,
            *(func.sum(few.c[figure.name]).label(figure.name) for figure in _FIGURES),
        ).group_by(func.grouping_sets(day, hour, few.c.result))
    ).mappings()
    found: dict[date | int | CallResult | None, CallFigures] = {}
    for row in rows:
        key = row["result"] and CallResult(row["result"])
        for other in (row["day"], row["hour"]):
            key = key if other is None else other
        found[key] = _figures(row)
    return found


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
_FIGURES: tuple[Label[Any], ...] = (
    *(func.count().filter(condition).label(name) for name, condition in _COUNTS.items()),
    *(func.sum(time).filter(condition).label(name) for name, (time, condition) in _TIMES.items()),
    func.count().filter(_TALKED).label("talked"),
    func.count().filter(_WRAPPED_UP).label("wrapped_up"),
)


def _figures(row: RowMapping) -> CallFigures:
    counts = {name: int(row[name]) for name in _COUNTS}
    return CallFigures(
        **counts,
        wait=_average(row["wait"], row["answered"]),
        talk=_average(row["talk"], row["talked"]),
        wrap_up=_average(row["wrap_up"], row["wrapped_up"]),
        wait_missed=_average(row["wait_missed"], row["missed"]),
    )


def _average(total: timedelta | None, count: Decimal | int) -> Average:
    return Average(total or timedelta(0), int(count))
