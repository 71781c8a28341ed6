"""Erases personal data after its retention period, in batches.

Records are searched on a reading connection and erased by the writer. With a central database, only
records that it has confirmed are erased.
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

BATCH = 200  # records per transaction, to limit the delay of other writes


MOST_DAYS = 36_500
"""100 years; with a longer period the resulting date could be out of range."""


def term_days(text: str) -> int:
    """Parses a retention period in days. Raises ValueError."""
    days = int(text)
    if not 0 <= days <= MOST_DAYS:
        raise ValueError
    return days


@dataclass(frozen=True, slots=True)
class Terms:
    """Retention periods of personal data in days; 0 means unlimited.

    ``synced_days`` applies to replicated data if there is a central database, except to photos and
    files. ``notes_days`` applies to notes of handover reports, which are only stored locally.
    ``calls_days`` and ``messages_days`` apply if the local database is the only one.
    """

    calls_days: int = 0
    messages_days: int = 0
    synced_days: int = 0
    notes_days: int = 0


T = TypeVar("T")

DAY = timedelta(days=1)
NOT_AT_WORK = timedelta(days=31)
"""Maximum time since an operator last worked for which the clock is trusted if the central clock is
unknown.

Work within the last day does not count.
"""


class TermClock:
    """Checks the clock before data are erased by age, because an erasure is irreversible.

    An empty battery or a wrong date can set a clock ahead by months or years.
    """

    def __init__(self, store: RegisterStore, ahead_s: Callable[[], float | None]) -> None:
        """Stores the parameters.

        ``ahead_s`` returns the seconds by which this clock is ahead of the central clock, or None
        if unknown; it must be thread-safe.
        """
        self._store = store
        self._ahead_s = ahead_s

    def checked(self, run: Callable[[datetime], T]) -> Callable[[datetime], T]:
        """Wraps a job in a check that raises ClockDoubtful if the clock is not plausible."""

        def guarded(at: datetime) -> T:
            if not self._is_believed(at):
                raise ClockDoubtful
            return run(at)

        return guarded

    def _is_believed(self, at: datetime) -> bool:
        ahead_s = self._ahead_s()
        if ahead_s is not None:
            return ahead_s < DAY.total_seconds()
        # ignore today's rows: they were written with the clock in question
        newest = select(func.max(operator_state.c.at)).where(operator_state.c.at <= at - DAY)
        worked_at = self._store.read(lambda connection: connection.scalar(newest))
        return worked_at is None or at - worked_at <= NOT_AT_WORK


@dataclass(frozen=True, slots=True)
class TermsPassed:
    """Numbers of records whose personal data were erased."""

    calls: int
    messages: int
    notes: int = 0


def end_terms(
    store: RegisterStore, terms: Terms, at: datetime, *, has_central: bool
) -> TermsPassed:
    """Erases personal data whose retention period has ended. Blocks; call on a worker thread.

    With a central database, only records that it has permanently confirmed with all events are
    erased. Open calls and messages are never erased. Finished callbacks, unsent form drafts and
    notes of handover reports have separate retention periods. Remote summaries have the period of
    replicated data. Raises StoreError.
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
        # after the local calls: a call answered at another workplace must not reappear as missed
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
    """Returns the next page of records without blocking the writer."""
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
    """Returns conditions: the central database has permanently confirmed every revision.

    Such a revision is never sent again.
    """
    entity = Entity.CALL.value if table is call_record else Entity.MESSAGE.value
    own = and_(outbox.c.entity == entity, outbox.c.entity_id == table.c.id)
    is_sure = outbox.c.state == RowState.CONFIRMED.value
    is_sent: ColumnElement[bool] = exists().where(own, is_sure)
    if table is message:
        # a message under review here was received from the central database
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
