"""Erases personal data after its retention period, in batches.

Records are searched on a reader and erased by the writer. With a central database, only records
that it has confirmed are erased.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from sync.errors import ClockDoubtful
from sync.records.replicated_tables import call_record, message, message_event, operator_state
from sync.records.table_rules import Entity
from sync.records.workplace_message_tables import erasure, notice
from sync.records.workplace_tables import outbox, station
from sync.register.audit import Audited, AuditKind
from sync.register.calls.calls import CallState
from sync.register.handling.events import Source
from sync.register.people.persons import FoundRecord, RecordKind
from sync.store.local.callers import forget_known
from sync.store.local.calls.planned import forget_over
from sync.store.local.erased_records import Cause
from sync.store.local.messages.attachments import OPEN_NOTICES
from sync.store.local.outbox import RowState
from sync.store.local.people.erasure import ENDED, Erasing, erase
from sync.store.local.people.shifts import end_notes, forget_kept
from sync.store.local.register import RegisterStore

BATCH = 200  # records in one transaction: no save waits for long


MOST_DAYS = 36_500
"""A century: the day before a longer term may be in no calendar."""


def term_days(text: str) -> int:
    """The days of a term as they are typed; ValueError for what is none."""
    days = int(text)
    if not 0 <= days <= MOST_DAYS:
        raise ValueError
    return days


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many days personal data are kept here; 0 keeps them for ever.

    ``synced_days`` holds where there is a centre: for what the centre has, beside photos and
    files. ``notes_days`` holds for the notes of hand-over sheets, which are here alone. The others
    hold where this store is the register itself.
    """

    calls_days: int = 0
    messages_days: int = 0
    synced_days: int = 0
    notes_days: int = 0


T = TypeVar("T")

DAY = timedelta(days=1)
NOT_AT_WORK = timedelta(days=31)
"""After so long without work, a clock is believed the day after somebody has worked by it."""


class TermClock:
    """Checks the clock before data are erased by their age: an erasure cannot be undone.

    A flat battery or a mistyped date puts a clock ahead by months or years.
    """

    def __init__(self, store: RegisterStore, ahead_s: Callable[[], float | None]) -> None:
        """``ahead_s`` is by the centre's clock, None while nobody can compare; any thread."""
        self._store = store
        self._ahead_s = ahead_s

    def checked(self, run: Callable[[datetime], T]) -> Callable[[datetime], T]:
        """This job, which raises ClockDoubtful where the clock is not believed; StoreError."""

        def guarded(at: datetime) -> T:
            if not self._is_believed(at):
                raise ClockDoubtful
            return run(at)

        return guarded

    def _is_believed(self, at: datetime) -> bool:
        ahead_s = self._ahead_s()
        if ahead_s is not None:
            return ahead_s < DAY.total_seconds()
        # those of today were written by the very clock that is in question
        newest = select(func.max(operator_state.c.at)).where(operator_state.c.at <= at - DAY)
        worked_at = self._store.read(lambda connection: connection.scalar(newest))
        return worked_at is None or at - worked_at <= NOT_AT_WORK


@dataclass(frozen=True, slots=True)
class TermsPassed:
    """How many records lost their personal data."""

    calls: int
    messages: int
    notes: int = 0


def end_terms(
    store: RegisterStore, terms: Terms, at: datetime, *, has_central: bool
) -> TermsPassed:
    """Take away what has been kept for its term; a thread of its own, raises StoreError.

    What the centre does not hold for sure is never touched where there is a centre: only what it
    has confirmed for good, with every event. Nor is a card or a message that is not over.
    Promised calls that are over, forms that nobody sends and notes of sheets have terms of their
    own. What other workplaces
    wrote is kept as long as what the centre has.
    """
    calls_days, messages_days = (
        (terms.synced_days, terms.synced_days)
        if has_central
        else (terms.calls_days, terms.messages_days)
    )
    ended = {
        table: _end(store, table, at, at - timedelta(days=days), has_central) if days else 0
        for table, days in ((message, messages_days), (call_record, calls_days))
    }

    def forget(connection: Connection) -> int:
        forget_over(connection, at)
        forget_kept(connection, at)
        # after the own calls: what was answered elsewhere must not come back as a missed call
        if has_central and terms.synced_days:
            forget_known(connection, at - timedelta(days=terms.synced_days))
        if not terms.notes_days:
            return 0
        notes = end_notes(connection, at - timedelta(days=terms.notes_days))
        if notes:
            _tell_passed(store, connection, RecordKind.SHEET, notes)
        return notes

    return TermsPassed(ended[call_record], ended[message], store.write(forget).result())


def _end(
    store: RegisterStore, table: Table, at: datetime, before: datetime, only_confirmed: bool
) -> int:
    is_over = _is_over(table, before, only_confirmed)
    kind = RecordKind.CALL if table is call_record else RecordKind.MESSAGE
    count = 0
    last: tuple[datetime, UUID] | None = None
    while True:
        page = _page(store, table, is_over, last)
        if not page:
            return count
        last = page[-1]
        ids = [id for _at, id in page]

        def work(connection: Connection, ids: list[UUID] = ids) -> int:
            still = connection.execute(
                select(table.c.id, table.c.number).where(table.c.id.in_(ids), is_over)
            ).all()
            erase(
                connection,
                [FoundRecord(kind, row.id, row.number or "", ()) for row in still],
                Erasing(Cause.TERM, at),
            )
            if still:
                _tell_passed(store, connection, kind, len(still))
            return len(still)

        count += store.write(work).result()


def _tell_passed(
    store: RegisterStore, connection: Connection, kind: RecordKind, count: int
) -> None:
    told = Audited(AuditKind.TERM_PASSED, None, Source.SYSTEM.value, detail=kind.value, count=count)
    store.audit.add(connection, told)


def _page(
    store: RegisterStore,
    table: Table,
    is_over: ColumnElement[bool],
    last: tuple[datetime, UUID] | None,
) -> list[tuple[datetime, UUID]]:
    """The next records in order, looked for without keeping the writer."""
    moment = table.c.arrived_at if table is call_record else table.c.created_at
    further = (
        []
        if last is None
        else [or_(moment > last[0], and_(moment == last[0], table.c.id > last[1]))]
    )
    query = select(moment, table.c.id).where(is_over, *further).order_by(moment, table.c.id)
    found = store.read(lambda connection: connection.execute(query.limit(BATCH)).all())
    return [(row[0], row[1]) for row in found]


def _is_over(table: Table, before: datetime, only_confirmed: bool) -> ColumnElement[bool]:
    is_erased = exists().where(erasure.c.entity_id == table.c.id)
    conditions = [not_(is_erased)]
    if table is call_record:
        open_message = exists().where(
            or_(
                message.c.id == call_record.c.message_id,
                message.c.call_id == call_record.c.id,
            ),
            message.c.state.not_in(ENDED),
        )
        conditions += [
            call_record.c.arrived_at < before,
            call_record.c.state == CallState.CLOSED.value,
            not_(open_message),
        ]
    else:
        later = exists().where(
            message_event.c.message_id == message.c.id, message_event.c.at >= before
        )
        told = exists().where(notice.c.message_id == message.c.id, notice.c.state.in_(OPEN_NOTICES))
        conditions += [
            message.c.created_at < before,
            message.c.state.in_(ENDED),
            message.c.submitted_at.is_not(None),
            not_(later),
            not_(told),
        ]
    if only_confirmed:
        conditions += _confirmed(table)
    return and_(*conditions)


def _confirmed(table: Table) -> list[ColumnElement[bool]]:
    """The centre has every revision for good: nothing of it can have to be sent once more."""
    entity = Entity.CALL.value if table is call_record else Entity.MESSAGE.value
    own = and_(outbox.c.entity == entity, outbox.c.entity_id == table.c.id)
    is_sure = outbox.c.state == RowState.CONFIRMED.value
    is_sent: ColumnElement[bool] = exists().where(own, is_sure)
    if table is message:
        # one that is here for review came from the centre
        here = select(literal("____-") + station.c.code + "-%").scalar_subquery()
        is_sent = or_(is_sent, not_(message.c.number.like(here)))
    conditions = [is_sent, not_(exists().where(own, not_(is_sure)))]
    if table is message:
        event = message_event.alias()
        of_event = and_(
            outbox.c.entity == Entity.MESSAGE_EVENT.value, outbox.c.entity_id == event.c.id
        )
        unsure = exists().where(event.c.message_id == message.c.id, of_event, not_(is_sure))
        conditions.append(not_(unsure))
    return conditions
