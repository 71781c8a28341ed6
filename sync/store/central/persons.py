"""Personal data in the central database: search, copy, erasure on request, end of retention.

Triggers of the database erase the columns that hold personal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from sync.records.central_append_only_tables import planned_call, planned_step
from sync.records.central_tables import (
    call_record,
    erasure,
    message,
    message_event,
    person_act,
    platform_post,
)
from sync.records.row_codec import plain
from sync.register.audit import Audited, AuditKind, Subject
from sync.register.calls.calls import CallState
from sync.register.calls.planned import PlannedAct, after
from sync.register.people.persons import (
    DataCategory,
    FoundRecord,
    Left,
    PersonQuery,
    RecordKind,
    phone_forms,
)
from sync.store.central.audit import add_central
from sync.store.central.connection import central_transaction
from sync.store.local.calls.planned import KEPT, promise_of, state_row, step_of_row
from sync.store.local.erased_records import ROUTE, Cause
from sync.store.local.people.erasure import found_record, person_conditions
from sync.store.local.people.persons import Paper, RecordCopy, of_the_way
from sync.store.local.people.retention import Terms, TermsPassed

BATCH = 1000
_OF_CENTRE = ("counter", "received_at")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A found record with its key in the central database."""

    station_id: str
    period: str
    found: FoundRecord


class CentralPersons:
    """``Persons`` that works on the central database as its owner; raises psycopg2.Error,
    DsnInvalid.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    def find(self, query: PersonQuery) -> tuple[FoundRecord, ...]:
        with central_transaction(self._dsn) as connection:
            found = tuple(one.found for one in _find(connection, query))
            add_central(connection, Audited(AuditKind.LOOKED_UP, detail="person", count=len(found)))
            return found

    def copy(self, query: PersonQuery, act_id: UUID, at: datetime) -> tuple[RecordCopy, ...]:
        with central_transaction(self._dsn) as connection:
            found = [
                one for one in _find(connection, query) if one.found.left is not Left.OTHER_NAME
            ]
            _note_act(connection, act_id, "exported", len(found), at)
            copies = tuple(_copied(connection, one, query) for one in found)
            _tell(connection, AuditKind.PERSON_EXPORTED, act_id, len(found))
            return copies

    def erase(
        self, query: PersonQuery, act_id: UUID, at: datetime, paper: Paper
    ) -> tuple[FoundRecord, ...]:
        with central_transaction(self._dsn) as connection:
            placed = _find(connection, query)
            chosen = [one for one in placed if one.found.left is None]
            _note_act(connection, act_id, "erased", len(chosen), at)
            own = [one for one in chosen if not one.found.is_of_another]
            _erase(connection, own, Cause.REQUEST, at, act_id)
            _forget_on_the_way(connection, query)
            _tell(connection, AuditKind.PERSON_ERASED, act_id, len(chosen))
            found = tuple(one.found for one in placed)
            paper(found)
        return found


def end_central_terms(dsn: str, terms: Terms, at: datetime, batch: int = BATCH) -> TermsPassed:
    """Erases personal data past its retention period; allowed for the worker's login too.

    Scheduled callbacks have a separate retention period. Raises psycopg2.Error and DsnInvalid.
    """
    ended = {
        kind: _end(dsn, kind, at - timedelta(days=days), batch) if days else 0
        for kind, days in (
            (RecordKind.MESSAGE, terms.messages_days),
            (RecordKind.CALL, terms.calls_days),
        )
    }
    _end_promises(dsn, at, batch)
    return TermsPassed(ended[RecordKind.CALL], ended[RecordKind.MESSAGE])


def _find(connection: Connection, query: PersonQuery) -> list[_Placed]:
    calls = _rows(connection, call_record, person_conditions(call_record, query))
    placed = [_placed(row, call_record, query) for row in calls]
    own = [one.found.id for one in placed if one.found.left is None and not one.found.is_of_another]
    conditions = [person_conditions(message, query)]
    if own:
        conditions.append(message.c.call_id.in_(own))
    messages = _rows(connection, message, or_(*conditions))
    placed += [_placed(row, message, query) for row in messages]
    phones = {query.phone} | {
        row["phone"]
        for row, one in zip((*calls, *messages), placed, strict=True)
        if one.found.left is not Left.OTHER_NAME and not one.found.is_of_another
    }
    return [*placed, *_promises(connection, [phone for phone in phones if phone])]


def _promises(connection: Connection, phones: Iterable[str]) -> list[_Placed]:
    """Returns the callbacks to these numbers, earliest first; open callbacks must not be erased."""
    forms = sorted({form for phone in phones for form in phone_forms(phone)})
    over = exists().where(
        planned_step.c.call_id == planned_call.c.id,
        planned_step.c.act.in_((PlannedAct.TALKED.value, PlannedAct.NOT_NEEDED.value)),
    )
    rows = connection.execute(
        select(planned_call, over.label("is_over"))
        .where(planned_call.c.phone.in_(forms))
        .order_by(planned_call.c.at, planned_call.c.id)
    ).mappings()
    return [
        _Placed(
            row["station_id"],
            row["period"],
            FoundRecord(
                RecordKind.PROMISED,
                row["id"],
                "",
                (DataCategory.PHONE, *((DataCategory.NOTE,) if row["note"] else ())),
                None if row["is_over"] else Left.PROMISED,
            ),
        )
        for row in rows
    ]


def _rows(
    connection: Connection, table: Table, condition: ColumnElement[bool]
) -> Sequence[RowMapping]:
    query = select(table).where(condition, not_(_is_erased(table)))
    return connection.execute(query.order_by(table.c.created_at, table.c.id)).mappings().all()


def _is_erased(table: Table) -> ColumnElement[bool]:
    return exists().where(
        erasure.c.station_id == table.c.station_id,
        erasure.c.period == table.c.period,
        erasure.c.entity == _kind(table).value,
        erasure.c.entity_id == table.c.id,
    )


def _kind(table: Table) -> RecordKind:
    return RecordKind.CALL if table is call_record else RecordKind.MESSAGE


def _placed(row: RowMapping, table: Table, query: PersonQuery) -> _Placed:
    return _Placed(row["station_id"], row["period"], found_record(row, table, query))


def _erase(
    connection: Connection,
    placed: Iterable[_Placed],
    cause: Cause,
    at: datetime,
    act_id: UUID | None = None,
) -> None:
    """Records the erasure, then updates the rows, which fires the triggers that erase the text."""
    keys: dict[RecordKind, list[tuple[str, str, UUID]]] = {kind: [] for kind in RecordKind}
    for one in placed:
        keys[one.found.kind].append((one.station_id, one.period, one.found.id))
    rows = [
        {"station_id": station, "period": period, "entity": kind.value, "entity_id": id,
         "cause": cause.value, "act_id": act_id, "at": at}
        for kind, of_kind in keys.items()
        for station, period, id in of_kind
        if kind is not RecordKind.PROMISED
    ]  # fmt: skip
    promised = tuple_(planned_call.c.station_id, planned_call.c.period, planned_call.c.id)
    connection.execute(
        update(planned_call)
        .where(promised.in_(keys[RecordKind.PROMISED]))
        .values(phone="", note="")
    )
    if not rows:
        return
    connection.execute(insert(erasure), rows)
    calls, messages = keys[RecordKind.CALL], keys[RecordKind.MESSAGE]
    for table, own, column in (
        (call_record, calls, "id"),
        (message, messages, "id"),
        (message_event, messages, "message_id"),
    ):
        if own:
            place = tuple_(table.c.station_id, table.c.period, table.c[column])
            touched = (
                update(table).values(facts=func.erased_facts(table.c.facts))
                if table is message_event
                else update(table).values(received_at=table.c.received_at)
            )
            connection.execute(touched.where(place.in_(own)))
    if messages:
        post = platform_post.c
        place = tuple_(post.station_id, post.period, post.message_id)
        connection.execute(
            update(platform_post).where(place.in_(messages)).values(answer_text=None)
        )


def _forget_on_the_way(connection: Connection, query: PersonQuery) -> None:
    """Removes the phone number from the routing data of closed calls of other callers."""
    forms = phone_forms(query.phone) if query.phone else ()
    for name in ROUTE:
        column = call_record.c[name]
        own = and_(column.in_(forms), call_record.c.state == CallState.CLOSED.value)
        connection.execute(update(call_record).where(own).values({name: ""}))


def _note_act(connection: Connection, id: UUID, kind: str, count: int, at: datetime) -> None:
    connection.execute(insert(person_act).values(id=id, kind=kind, count=count, at=at))


def _tell(connection: Connection, kind: AuditKind, act_id: UUID, count: int) -> None:
    add_central(connection, Audited(kind, subject=Subject.ACT, subject_id=act_id, count=count))


def _copied(connection: Connection, placed: _Placed, query: PersonQuery) -> RecordCopy:
    found = placed.found
    if found.kind is RecordKind.PROMISED:
        return RecordCopy(found, plain(_promise(connection, placed)))
    table = call_record if found.kind is RecordKind.CALL else message
    row = connection.execute(select(table).where(_at(table, placed, "id"))).mappings().one()
    values = plain({name: row[name] for name in row if name not in _OF_CENTRE})
    if table is call_record:
        return RecordCopy(found, of_the_way(values, query) if found.is_of_another else values)
    events = connection.execute(
        select(message_event)
        .where(_at(message_event, placed, "message_id"))
        .order_by(message_event.c.seq)
    ).mappings()
    return RecordCopy(found, values, tuple(plain(dict(event)) for event in events))


def _promise(connection: Connection, placed: _Placed) -> dict[str, Any]:
    """Returns the callback with its state after all its events."""
    own = select(planned_call).where(_at(planned_call, placed, "id"))
    row = connection.execute(own).mappings().one()
    taken = select(planned_step).where(planned_step.c.call_id == placed.found.id)
    steps = [step_of_row(step) for step in connection.execute(taken).mappings()]
    first = {"promised_at": row["at"], "tried_before": row["tries"]}
    stands = after(promise_of({**row, **first}), steps)
    told = {name: row[name] for name in row if name not in _OF_CENTRE}
    return {**told, **first, **state_row(stands)}


def _at(table: Table, placed: _Placed, column: str) -> ColumnElement[bool]:
    return and_(
        table.c.station_id == placed.station_id,
        table.c.period == placed.period,
        table.c[column] == placed.found.id,
    )


# --- retention --------------------------------------------------------------------------------


def _end(dsn: str, kind: RecordKind, before: datetime, batch: int) -> int:
    """Erases the expired personal data of this kind, one batch per transaction; returns the
    number.
    """
    count = 0
    while True:
        with central_transaction(dsn) as connection:
            ended = connection.scalar(select(func.end_terms(kind.value, before, batch))) or 0
            if ended:
                told = Audited(AuditKind.TERM_PASSED, detail=kind.value, count=ended)
                add_central(connection, told)
        count += ended
        if ended < batch:
            return count


def _end_promises(dsn: str, at: datetime, batch: int) -> None:
    """Erases phone and note of callbacks that ended longer ago than the retention period."""
    while True:
        with central_transaction(dsn) as connection:
            ended = connection.scalar(select(func.end_planned(at - KEPT, batch))) or 0
            if ended:
                detail = RecordKind.PROMISED.value
                add_central(connection, Audited(AuditKind.TERM_PASSED, detail=detail, count=ended))
        if ended < batch:
            return
