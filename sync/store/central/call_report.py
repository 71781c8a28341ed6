"""Report of the calls of all workplaces, aggregated by the central database.

The figures equal those that ``call_report`` computes from the records. The database reads only an
index and groups calls by outcome and time; the few resulting rows are added up here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any, TypeVar, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Integer,
    Interval,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from sync.records.central_tables import (
    FORMAL_APPEAL,
    FROM_DIRECTORY,
    TOLD_OF_INCIDENT,
    call_record,
)
from sync.register.calls.by_hand import INCIDENT_KEY
from sync.register.calls.calls import ANSWERED_ELSEWHERE, CallResult
from sync.register.figures.call_statistics import (
    HOURS_OF_DAY,
    Average,
    CallFigures,
    CallPace,
    CallReport,
    IncidentCalls,
    OperatorFigures,
    PaceStep,
    ResultFigures,
    incidents_in_order,
    spread_of,
    sum_of,
)
from sync.register.numbering import period_of
from sync.store.central.partitions import following

Key = TypeVar("Key")

# All UTC offsets are multiples of 15 minutes. Grouping by it is faster than converting each call.
QUARTER = literal_column("interval '15 minutes'", Interval())
ORIGIN = literal_column("timestamptz '2000-01-01 00:00:00+00'", DateTime(timezone=True))


class Became(IntEnum):
    """Outcome of a call or record in the report."""

    OUTGOING = 1
    ANSWERED = 2
    TALKED = 3
    """The call was answered and has ended."""
    WRAPPED_UP = 4
    """The call has ended and its record is saved."""
    RINGING = 5
    ELSEWHERE = 6
    MISSED_OUT_OF_HOURS = 7
    MISSED = 8
    BY_HAND = 9
    """A manual record without a call."""
    FURTHER_QUESTION = 10
    """An additional question of a call; the call itself is counted once."""
    ANSWERED_OUT_OF_HOURS = 11
    TALKED_OUT_OF_HOURS = 12
    WRAPPED_UP_OUT_OF_HOURS = 13


def central_call_report(
    connection: Connection, first: date, last: date, zone: ZoneInfo
) -> CallReport:
    """Returns the report of the calls that arrived from ``first`` to ``last``, both days included.

    Days and hours are in ``zone``. Requires a transaction with a stable snapshot.
    """
    start = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    chosen = _arrived(start, end)
    saved = and_(chosen, _CALL.saved_at.is_not(None))
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
        formal_appeals=connection.scalar(select(func.count()).where(saved, FORMAL_APPEAL)) or 0,
        from_directory=connection.scalar(select(func.count()).where(saved, FROM_DIRECTORY)) or 0,
        pace=_pace(connection, chosen),
        by_incident=_by_incident(connection, saved),
    )


def _arrived(start: datetime, end: datetime) -> ColumnElement[bool]:
    # A call gets its number at the first ring, so around midnight the month of the number may
    # differ from the month of arrival.
    return and_(
        call_record.c.arrived_at >= start,
        call_record.c.arrived_at < end,
        call_record.c.period >= following(period_of(start), -1),
        call_record.c.period <= following(period_of(end - timedelta(microseconds=1)), 1),
    )


def _by_moment(
    connection: Connection, chosen: ColumnElement[bool], zone: ZoneInfo
) -> dict[date | int | CallResult | None, CallFigures]:
    """Returns figures by day and by hour of arrival in the zone, and by result."""
    quarter = func.date_bin(QUARTER, _CALL.arrived_at, ORIGIN).label("quarter")
    few = (
        select(quarter, _RESULT, _BECAME, *_SUMS)
        .where(chosen)
        .group_by(quarter, "saved_result", "became")
        .subquery()
    )
    local = few.c.quarter.op("AT TIME ZONE", return_type=DateTime())(literal(zone.key))
    day, hour = cast(local, Date), cast(func.extract("hour", local), Integer)
    rows = connection.execute(
        select(
            day.label("day"),
            hour.label("hour"),
            few.c.saved_result,
            few.c.became,
            *(func.sum(few.c[column.name]) for column in _SUMS),
        ).group_by(few.c.became, func.grouping_sets(day, hour, few.c.saved_result))
    )
    return _gathered(
        (_key(day, hour, result), _figures(Became(became), *sums))
        for day, hour, result, became, *sums in rows
    )


def _key(day: date | None, hour: int | None, result: str | None) -> date | int | CallResult | None:
    """Returns the grouping key of a row: its day, hour or result. None if the calls have no
    result.
    """
    if day is not None:
        return day
    if hour is not None:
        return hour
    return None if result is None else CallResult(result)


def _by_operator(
    connection: Connection, chosen: ColumnElement[bool]
) -> tuple[OperatorFigures, ...]:
    grouped = (
        select(_CALL.operator_id, _BECAME, func.max(_CALL.arrived_at).label("last"), *_SUMS)
        .where(chosen)
        .group_by(_CALL.operator_id, "became")
        .subquery()
    )
    # The latest name of an operator is used for all calls of the operator.
    name = (
        select(_CALL.operator_name)
        .where(
            chosen,
            _CALL.arrived_at == grouped.c.last,
            _CALL.operator_id == grouped.c.operator_id,
        )
        .order_by(_CALL.id.desc())
        .limit(1)
        .correlate(grouped)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            grouped.c.operator_id,
            name,
            grouped.c.became,
            *(grouped.c[column.name] for column in _SUMS),
        ).order_by(grouped.c.last)
    ).all()
    names: dict[UUID, str] = {operator: name for operator, name, *_others in rows}
    found = _gathered(
        (operator, _figures(Became(became), *sums)) for operator, _name, became, *sums in rows
    )
    return tuple(
        OperatorFigures(operator, names[operator], found[operator])
        for operator in sorted(found, key=lambda one: (names[one], one))
    )


def _pace(connection: Connection, chosen: ColumnElement[bool]) -> CallPace:
    """Returns percentiles of durations.

    They are computed from the number of calls per second of duration, so only few rows are read.
    """
    taken = (
        chosen,
        _CALL.direction == "incoming",
        _CALL.answered_at.is_not(None),
        _CALL.part_of.is_(None),
    )
    pace = {}
    for step, (start, end) in _ENDS.items():
        seconds = (
            _microseconds(start, end) // literal_column("1000000::bigint", BigInteger())
        ).label("seconds")
        counted = select(seconds, func.count()).where(*taken, start.is_not(None), end.is_not(None))
        rows = connection.execute(counted.group_by("seconds")).all()
        pace[step] = spread_of({int(took): int(calls) for took, calls in rows})
    return pace


def _by_incident(connection: Connection, saved: ColumnElement[bool]) -> tuple[IncidentCalls, ...]:
    used = func.jsonb_array_elements(_CALL.used_entries).table_valued("value").lateral("used")
    entry = cast(used.c.value, JSONB)
    key, title = entry["key"].astext, entry["title"].astext
    rows = connection.execute(
        select(key, func.max(title.collate("C")), func.count())
        .select_from(call_record.join(used, literal(True)))
        .where(saved, TOLD_OF_INCIDENT, key.like(f"{INCIDENT_KEY}%"))
        .where(entry["kind"].astext == "script")
        .group_by(key)
    )
    return incidents_in_order(IncidentCalls(*row) for row in rows)


def _gathered(found: Iterable[tuple[Key, CallFigures]]) -> dict[Key, CallFigures]:
    groups: dict[Key, list[CallFigures]] = {}
    for key, figures in found:
        groups.setdefault(key, []).append(figures)
    return {key: sum_of(figures) for key, figures in groups.items()}


def _microseconds(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
    # Whole numbers: intervals are summed several times slower.
    elapsed = func.date_part(text("'epoch'"), end - start) * literal_column("1e6::float8")
    # A clock set back during a call gives zero.
    return func.greatest(cast(elapsed, BigInteger), literal_column("0::bigint"))


_CALL = call_record.c
_AT_NIGHT = _CALL.out_of_hours
_BECAME = case(
    (_CALL.part_of.is_not(None), int(Became.FURTHER_QUESTION)),
    (_CALL.way.is_not(None), int(Became.BY_HAND)),
    (_CALL.direction == "outgoing", int(Became.OUTGOING)),
    (
        _CALL.answered_at.is_not(None),
        case(
            (_AT_NIGHT & _CALL.ended_at.is_(None), int(Became.ANSWERED_OUT_OF_HOURS)),
            (_AT_NIGHT & _CALL.saved_at.is_(None), int(Became.TALKED_OUT_OF_HOURS)),
            (_AT_NIGHT, int(Became.WRAPPED_UP_OUT_OF_HOURS)),
            (_CALL.ended_at.is_(None), int(Became.ANSWERED)),
            (_CALL.saved_at.is_(None), int(Became.TALKED)),
            else_=int(Became.WRAPPED_UP),
        ),
    ),
    (_CALL.ended_at.is_(None), int(Became.RINGING)),
    (_CALL.end_cause == ANSWERED_ELSEWHERE, int(Became.ELSEWHERE)),
    (_AT_NIGHT, int(Became.MISSED_OUT_OF_HOURS)),
    else_=int(Became.MISSED),
).label("became")
# A reopened record has no result yet, even if one is selected in it.
_RESULT = case((_CALL.saved_at.is_not(None), _CALL.result)).label("saved_result")
_SUMS = (
    func.count().label("calls"),
    # Time until the call was answered or abandoned.
    func.sum(
        _microseconds(_CALL.arrived_at, func.coalesce(_CALL.answered_at, _CALL.ended_at))
    ).label("waited"),
    func.sum(_microseconds(_CALL.answered_at, _CALL.ended_at)).label("talked"),
    func.sum(_microseconds(_CALL.ended_at, _CALL.saved_at)).label("wrapped_up"),
)


_ENDS: dict[PaceStep, tuple[ColumnElement[Any], ColumnElement[Any]]] = {
    PaceStep.ANSWER: (_CALL.arrived_at, _CALL.answered_at),
    PaceStep.FIRST_KEY: (_CALL.answered_at, _CALL.first_key_at),
    PaceStep.HIT: (_CALL.answered_at, _CALL.hit_accepted_at),
    PaceStep.SAVED: (_CALL.ended_at, _CALL.saved_at),
}


def _figures(
    became: Became,
    calls: Decimal | int,
    waited: Decimal | None,
    talked: Decimal | None,
    wrapped_up: Decimal | None,
) -> CallFigures:
    """Returns the figures of ``calls`` calls with the same outcome; times are in microseconds."""
    count = int(calls)
    wait, talk, wrap_up = (
        Average(timedelta(microseconds=int(total or 0)), count)
        for total in (waited, talked, wrapped_up)
    )
    match became:
        case Became.OUTGOING:
            return CallFigures(outgoing=count)
        case (
            Became.ANSWERED
            | Became.TALKED
            | Became.WRAPPED_UP
            | Became.ANSWERED_OUT_OF_HOURS
            | Became.TALKED_OUT_OF_HOURS
            | Became.WRAPPED_UP_OUT_OF_HOURS
        ):
            is_saved = became in (Became.WRAPPED_UP, Became.WRAPPED_UP_OUT_OF_HOURS)
            is_over = is_saved or became in (Became.TALKED, Became.TALKED_OUT_OF_HOURS)
            at_night = became >= Became.ANSWERED_OUT_OF_HOURS
            return CallFigures(
                answered=0 if at_night else count,
                answered_out_of_hours=count if at_night else 0,
                wait=wait,
                talk=talk if is_over else Average(),
                wrap_up=wrap_up if is_saved else Average(),
            )
        case Became.RINGING:
            return CallFigures(ringing=count)
        case Became.ELSEWHERE:
            return CallFigures(taken_elsewhere=count)
        case Became.MISSED_OUT_OF_HOURS:
            return CallFigures(missed_out_of_hours=count)
        case Became.MISSED:
            return CallFigures(missed=count, wait_missed=wait)
        case Became.BY_HAND:
            return CallFigures(by_hand=count)
        case Became.FURTHER_QUESTION:
            return CallFigures(further_questions=count)
        case _ as unreachable:
            assert_never(unreachable)
