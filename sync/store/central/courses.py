"""Message summaries in the central database: their refresh, and statistics counted from them.

Reports count from a summary if it covers all events of the message, otherwise from the events. The
figures are the same; only the speed differs.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Text,
    and_,
    cast,
    func,
    literal,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import OID, insert

from sync.records.central_tables import message, message_course
from sync.records.course_codec import answers_of, course_row, grounds_of, told_of
from sync.records.row_codec import plain
from sync.register.figures.course import COURSE_VERSION, course_of
from sync.register.figures.figures import MessageFigures, Street, sum_of
from sync.register.figures.reckoner import CountingRules, Reckoner, Remembered
from sync.register.figures.tables import (
    CountedMessage,
    CountedTable,
    DistinctFigures,
    channel_of,
    counted_all,
)
from sync.register.handling.history import recalled
from sync.register.messages import State
from sync.register.numbering import NumberProblem, RegistrationNumber, parse
from sync.register.people.operators import Person, Role
from sync.store.central.connection import central_transaction
from sync.store.central.standings import (
    MessageKey,
    begun_between,
    events_of,
    messages_of,
    standing_in,
)

AT_ONCE = 500
"""Summaries computed between two checks of the clock; their rows are locked during the write."""
ADDED_AT_ONCE = 20_000

_COURSE = message_course.c
_OF_MESSAGE = and_(
    _COURSE.station_id == message.c.station_id,
    _COURSE.period == message.c.period,
    _COURSE.message_id == message.c.id,
)
_IS_FRESH = and_(_COURSE.counted == _COURSE.changed, _COURSE.made_by == COURSE_VERSION)
_KEY = (_COURSE.station_id, _COURSE.period, _COURSE.message_id)
# In the column order of ``_table``. Text and integers: objects are built only for rows that are
# displayed.
_READ: Sequence[ColumnElement[Any]] = (
    cast(_COURSE.told, Text).label("told"),
    _COURSE.state,
    _COURSE.topic,
    _COURSE.category,
    _COURSE.organ,
    _COURSE.street_key,
    _COURSE.street_name,
    _COURSE.is_from_platform,
    _COURSE.submitted_s,
    _COURSE.decided_s,
    cast(_COURSE.decided_by_id, Text).label("decided_by_id"),
    _COURSE.decided_by_name,
    _COURSE.decided_by_role,
    _COURSE.grounds,
    cast(_COURSE.answers, Text).label("answers"),
)


# --- reading ----------------------------------------------------------------------------------


def counted_between(
    connection: Connection, start: datetime, end: datetime, by: CountingRules
) -> CountedTable:
    """Returns the messages created from ``start`` up to but excluding ``end``, without drafts."""
    return _counted(connection, by, *begun_between(start, end))


def counted_in_states(
    connection: Connection, states: Collection[State], by: CountingRules
) -> CountedTable:
    """Returns the messages in these states."""
    return _counted(connection, by, standing_in(states))


def _counted(
    connection: Connection, by: CountingRules, *conditions: ColumnElement[bool]
) -> CountedTable:
    began_s = func.floor(func.extract("epoch", message.c.created_at))
    record = (
        message.c.station_id,
        message.c.period,
        cast(message.c.id, Text),
        message.c.number,
        cast(began_s, BigInteger),
        message.c.call_id.is_not(None),
    )
    if not _may(connection, "SELECT"):
        keys = connection.execute(select(*record[:2], message.c.id).where(*conditions)).all()
        return _table(by, [], messages_counted(connection, [tuple(one) for one in keys], by))
    # One lookup per message: otherwise the planner reads the summaries of all messages.
    kept = select(*_READ).where(_OF_MESSAGE, _IS_FRESH).limit(1).lateral("kept")
    rows = connection.execute(
        select(*record, *kept.c).select_from(message).outerjoin(kept, true()).where(*conditions)
    ).all()
    stale = [(row[0], row[1], UUID(row[2])) for row in rows if row[6] is None]
    fresh = [row for row in rows if row[6] is not None] if stale else rows
    return _table(by, fresh, messages_counted(connection, stale, by))


def messages_counted(
    connection: Connection, keys: Sequence[MessageKey], by: CountingRules
) -> list[CountedMessage]:
    """Returns these messages counted from their events."""
    return list(counted_all(messages_of(connection, keys), by)) if keys else []


def _table(
    by: CountingRules, rows: Sequence[Sequence[Any]], others: Sequence[CountedMessage]
) -> CountedTable:
    """Builds the table from summary rows, followed by messages counted from their events."""
    reckoner, distinct = Reckoner(by), DistinctFigures()
    told, grounds = Remembered(told_of), Remembered(grounds_of)
    streets = Remembered(_street)
    people = Remembered(_person)
    is_counted: Remembered[str, bool] = Remembered(
        lambda text: bool(told[text].received or told[text].joined)
    )
    rows = [row for row in rows if is_counted[row[6]]]
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * _COLUMNS
    (_station, _period, ids, numbers, began, from_call, told_texts, states, topics, categories,
     organs, street_keys, street_names, from_platform, submitted, decided, decider_ids,
     decider_names, decider_roles, ground_texts, answer_texts) = columns  # fmt: skip
    places: dict[tuple[int, ...], int] = {}
    figures: list[int] = []
    for told_text, submitted_s, decided_s, answer_text, *own in zip(
        told_texts, submitted, decided, answer_texts, topics, categories, organs, strict=True
    ):
        parts: list[MessageFigures] = [
            told[told_text],
            reckoner.review(submitted_s, decided_s, told[told_text]),
        ]
        if answer_text is not None:
            answers = answers_of(answer_text, (own[0], own[1], own[2]))
            parts += reckoner.answers(answers.sent, answers.awaited, answers.promised_on)
        # Each part is memoized, so equal parts are the same object and their ids form a key.
        key = tuple(map(id, parts))
        place = places.get(key)
        if place is None:
            place = places[key] = distinct.place_of(sum_of(parts))
        figures.append(place)
    table = CountedTable(
        on=[*map(reckoner.day_of, began), *(one.on for one in others)],
        order=[*ids, *(str(one.id) for one in others)],
        topic=[*topics, *(one.topic for one in others)],
        category=[*categories, *(one.category for one in others)],
        organ=[*organs, *(one.organ for one in others)],
        street=[
            *map(streets.__getitem__, zip(street_keys, street_names, strict=True)),
            *(one.street for one in others),
        ],
        channel=[
            *map(_CHANNELS.__getitem__, zip(from_call, from_platform, strict=True)),
            *(one.channel for one in others),
        ],
        decided_by=[
            *map(people.__getitem__, zip(decider_ids, decider_names, decider_roles, strict=True)),
            *(one.decided_by for one in others),
        ],
        grounds=[*map(grounds.__getitem__, ground_texts), *(one.grounds for one in others)],
        figures=[*figures, *(distinct.place_of(one.figures) for one in others)],
        distinct=distinct,
        made=lambda row: made(row),
    )

    def made(row: int) -> CountedMessage:
        if row >= len(ids):
            return others[row - len(ids)]
        return CountedMessage(
            id=UUID(ids[row]),
            number=_number(numbers[row]),
            on=table.on[row],
            state=State(states[row]),
            topic=topics[row],
            category=categories[row],
            organ=organs[row],
            street=table.street[row],
            channel=table.channel[row],
            decided_by=table.decided_by[row],
            grounds=table.grounds[row],
            figures=distinct.figures[figures[row]],
        )

    return table


_COLUMNS = 21
_CHANNELS = {
    (is_from_call, is_from_platform): channel_of(
        is_from_call=is_from_call, is_from_platform=is_from_platform
    )
    for is_from_call in (True, False)
    for is_from_platform in (True, False)
}


def _street(told: tuple[str | None, str | None]) -> Street | None:
    key, name = told
    return None if key is None or name is None else Street(key, name)


def _person(told: tuple[str | None, str | None, str | None]) -> Person | None:
    id, name, role = told
    if id is None or name is None or role is None:
        return None
    return Person(UUID(id), name, Role(role))


def _number(told: str) -> RegistrationNumber | None:
    number = parse(told)
    return None if isinstance(number, NumberProblem) else number


# --- refreshing -------------------------------------------------------------------------------

_DIALECT: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # the library's own
_WRITTEN = [column for column in _COURSE if column not in {*_KEY, _COURSE.changed}]
_TYPES = ", ".join(
    f"{column.name} {column.type.compile(dialect=_DIALECT)}" for column in (*_KEY, *_WRITTEN)
)
# All rows in one statement; otherwise each row would need a round trip.
_WRITE = text(
    f"UPDATE message_course AS c SET {', '.join(f'{one.name} = m.{one.name}' for one in _WRITTEN)}"  # noqa: S608  names of our own columns
    f" FROM jsonb_to_recordset(CAST(:made AS jsonb)) AS m({_TYPES})"
    " WHERE (c.station_id, c.period, c.message_id) = (m.station_id, m.period, m.message_id)"
)


def keep_courses(dsn: str, limit_s: float, clock: Callable[[], float] = time.monotonic) -> int:
    """Refreshes missing and outdated summaries, newest months first, and returns their number.

    Ends after ``limit_s`` seconds plus at most one portion. Does not block on senders; senders
    block on this function only while a portion is written. Raises psycopg2.Error and DsnInvalid.
    """
    ends_at, count = clock() + limit_s, 0
    while True:
        with central_transaction(dsn) as connection:
            found = _made(connection)
        if found:
            with central_transaction(dsn) as connection:
                count += _keep(connection, found)
        if len(found) < AT_ONCE or clock() >= ends_at:
            return count


def add_courses(dsn: str, limit_s: float, clock: Callable[[], float] = time.monotonic) -> int:
    """Marks for refresh the messages without a summary or with one of an older program.

    Returns their number. ``keep_courses`` computes the summaries. Has the same time limit and
    raises the same exceptions.
    """
    ends_at, count = clock() + limit_s, 0
    for portion in (_add_missing, _mark_older):
        found = ADDED_AT_ONCE
        while found == ADDED_AT_ONCE and clock() < ends_at:
            with central_transaction(dsn) as connection:
                found = portion(connection)
            count += found
    return count


def _made(connection: Connection) -> list[dict[str, Any]]:
    """Returns the summaries of a portion of the outdated messages, from one snapshot."""
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    if not _may(connection, "UPDATE"):
        return []
    stale = connection.execute(
        select(*_KEY, _COURSE.changed)
        .where(_COURSE.counted.is_distinct_from(_COURSE.changed))
        .order_by(_COURSE.period.desc())
        .limit(AT_ONCE)
    ).all()
    if not stale:
        return []
    events = events_of(connection, [(row[0], row[1], row[2]) for row in stale])
    return [
        {
            "station_id": station,
            "period": period,
            "message_id": id,
            "counted": changed,
            **course_row(course_of(recalled(id, events.get(id, ())))),
        }
        for station, period, id, changed in stale
    ]


def _keep(connection: Connection, made: Sequence[dict[str, Any]]) -> int:
    """Writes the summaries whose events have not changed in the meantime."""
    keys = [(one["station_id"], one["period"], one["message_id"]) for one in made]
    held = {
        tuple(row)
        for row in connection.execute(
            select(*_KEY, _COURSE.changed)
            .where(tuple_(*_KEY).in_(keys))
            # A sender that holds the row is adding events, so the summary would be outdated anyway.
            .with_for_update(skip_locked=True)
        )
    }
    rows = [one for one, key in zip(made, keys, strict=True) if (*key, one["counted"]) in held]
    connection.execute(_WRITE, {"made": json.dumps([plain(row) for row in rows])})
    return len(rows)


def _add_missing(connection: Connection) -> int:
    if not _may(connection, "INSERT"):
        return 0
    missing = (
        select(message.c.station_id, message.c.period, message.c.id)
        .where(~select(literal(1)).where(_OF_MESSAGE).exists())
        .limit(ADDED_AT_ONCE)
    )
    added = insert(message_course).from_select([column.name for column in _KEY], missing)
    return connection.execute(added.on_conflict_do_nothing()).rowcount


def _mark_older(connection: Connection) -> int:
    if not _may(connection, "UPDATE"):
        return 0
    older = (
        select(*_KEY)
        .where(_COURSE.made_by < COURSE_VERSION, _COURSE.counted.is_not(None))
        .limit(ADDED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(
        update(message_course).where(tuple_(*_KEY).in_(older)).values(counted=None)
    ).rowcount


def _may(connection: Connection, right: str) -> bool:
    """Whether this login has the right; False if an older central database lacks the table."""
    found = func.to_regclass("public.message_course")
    return bool(connection.scalar(select(func.has_any_column_privilege(cast(found, OID), right))))
