"""Missed calls of all workplaces, their outcomes, and the callback locks of other workplaces.

The locks are cached in memory only, until they expire.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from sync.records.feed_values import Feed, FeedItem
from sync.records.replicated_tables import call_record, missed_mark
from sync.records.row_codec import call_of
from sync.records.workplace_tables import known_call, missed_handled
from sync.register.calls.calls import ANSWERED_ELSEWHERE, CallResult, CallState
from sync.register.calls.missed import (
    ClaimHolder,
    ClaimStage,
    Missed,
    MissedElsewhere,
    MissedOutcome,
    once_each,
)
from sync.register.numbering import RegistrationNumber, parse
from sync.register.people.operators import Operator
from sync.register.people.values import Absence
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore


@dataclass(frozen=True, slots=True)
class _Held:
    phone: str
    holder: ClaimHolder
    until_s: float


class ClaimBoard:
    """Feed receiver that holds the callback locks of other workplaces.

    Locks are in memory only: the cursor is empty at each start, and a snapshot is a few rows. They
    also expire without the central database. ``holders`` and ``next_end_s`` are thread-safe.
    """

    feed = Feed.CLAIMS

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = monotonic_s
        self._lock = threading.Lock()
        self._mark = ""
        self._held: dict[str, _Held] = {}

    def holders(self) -> dict[str, ClaimHolder]:
        """Returns the current lock owners by phone number (E.164)."""
        now_s = self._now_s()
        with self._lock:
            self._held = {id: one for id, one in self._held.items() if one.until_s > now_s}
            return {one.phone: one.holder for one in self._held.values()}

    def next_end_s(self) -> float | None:
        """Returns the seconds until the next lock expires; None if there is none."""
        with self._lock:
            ends = [one.until_s for one in self._held.values()]
        return max(0.0, min(ends) - self._now_s()) if ends else None

    # --- feed receiver ---

    def mark(self) -> str:
        return self._mark

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        with self._lock:
            self._take(items)
            self._mark = mark

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        taken = tuple(items)
        with self._lock:
            self._held = {}
            self._take(taken)
            self._mark = mark

    def digest(self) -> str | None:
        """Returns None: locks are too short-lived to compare."""
        return None

    def check(self, item: FeedItem) -> None:
        if item.document is not None:
            ClaimStage(item.document["stage"])

    def _take(self, items: Sequence[FeedItem]) -> None:
        now_s = self._now_s()
        for item in items:
            self._held.pop(item.id, None)
            told = item.document
            if told is not None:
                talked_at = told["talked_at"]
                holder = ClaimHolder(
                    told["by_name"],
                    ClaimStage(told["stage"]),
                    None if talked_at is None else datetime.fromisoformat(talked_at),
                )
                self._held[item.id] = _Held(told["phone"], holder, now_s + told["left_s"])


# Same text as in the partial indexes; otherwise SQLite scans the complete table.
MISSED = text("call_record.result = 'not_answered'")
WAITS = text("known_call.is_missed = 1 AND known_call.handled_at IS NULL")
DEALT_WITH = or_(
    and_(
        func.coalesce(known_call.c.answered_at, known_call.c.at) > call_record.c.arrived_at,
        known_call.c.result != CallResult.NOT_ANSWERED.value,
    ),
    known_call.c.handled_at > call_record.c.arrived_at,
)
"""Condition: another workplace has since talked with this phone number or resolved its missed call.

The time of the answer counts, because one call can ring at several workplaces at the same time.
"""

_other, _own, _marked = known_call.alias("other"), call_record.alias("own"), missed_mark
_WAITING = (
    select(known_call)
    .where(
        WAITS,
        ~exists().where(
            _other.c.phone == known_call.c.phone,
            or_(
                and_(
                    func.coalesce(_other.c.answered_at, _other.c.at) > known_call.c.at,
                    _other.c.result != CallResult.NOT_ANSWERED.value,
                ),
                _other.c.handled_at > known_call.c.at,
                exists()
                .where(_marked.c.call_id == _other.c.id, _marked.c.at > known_call.c.at)
                .correlate(_other, known_call),
            ),
        ),
        ~exists().where(
            _own.c.phone == known_call.c.phone,
            or_(
                _own.c.answered_at > known_call.c.at,
                _own.c.handled_at > known_call.c.at,
                and_(
                    _own.c.way.is_not(None),
                    _own.c.state == CallState.CLOSED.value,
                    _own.c.arrived_at > known_call.c.at,
                ),
            ),
        ),
        ~exists().where(_marked.c.call_id == known_call.c.id),
    )
    .order_by(known_call.c.at.desc())
)


def missed_at_others(connection: Connection, most: int) -> tuple[MissedElsewhere, ...]:
    """Returns the newest unresolved missed calls of other workplaces.

    Rows with an invalid registration number are left out.
    """
    found = []
    for row in connection.execute(_WAITING.limit(most)):
        number = parse(row.number)
        if isinstance(number, RegistrationNumber):
            at_night = bool(row.out_of_hours)
            found.append(MissedElsewhere(row.id, number, row.at, row.phone, row.about, at_night))
    return tuple(found)


def take_own_mark(connection: Connection, call_id: UUID, at: datetime) -> bool:
    """Whether the call belongs to this workplace; if so, marks it as resolved at another
    workplace.
    """
    is_own = connection.scalar(select(call_record.c.id).where(call_record.c.id == call_id))
    if is_own is None:
        return False
    values = {"call_id": call_id, "at": at, "outcome": MissedOutcome.ELSEWHERE.value}
    connection.execute(insert(missed_handled).prefix_with("OR IGNORE").values(values))
    return True


def mark_elsewhere(connection: Connection, phones: Collection[str]) -> None:
    """Marks the missed calls of these phone numbers that a record of another workplace resolves."""
    for phone in phones:
        dealt = (
            select(
                call_record.c.id,
                func.coalesce(known_call.c.handled_at, known_call.c.at),
                literal(MissedOutcome.ELSEWHERE.value),
                known_call.c.id,
            )
            .join(known_call, known_call.c.phone == call_record.c.phone)
            .where(
                call_record.c.phone == phone,
                MISSED,
                call_record.c.direction == "incoming",
                call_record.c.state == CallState.CLOSED.value,
                DEALT_WITH,
                ~exists().where(missed_handled.c.call_id == call_record.c.id),
            )
        )
        columns = ["call_id", "at", "outcome", "elsewhere_id"]
        connection.execute(
            insert(missed_handled).prefix_with("OR IGNORE").from_select(columns, dealt)
        )


def unmark_elsewhere(connection: Connection, record_id: UUID) -> None:
    """Deletes the resolutions based on this remote record, before its new version is applied."""
    connection.execute(delete(missed_handled).where(missed_handled.c.elsewhere_id == record_id))


MOST = 500  # the newest; more than operators can call back

_later = call_record.alias("later")
# A later visit, or a call on another number, in which the caller left this phone number.
_met = and_(_later.c.way.is_not(None), _later.c.state == CallState.CLOSED.value)
_OPEN = (
    select(call_record)
    .where(
        MISSED,
        call_record.c.direction == "incoming",
        call_record.c.state == CallState.CLOSED.value,
        call_record.c.end_cause.is_distinct_from(ANSWERED_ELSEWHERE),
        # a caller whose data were erased can be neither called nor matched
        or_(
            call_record.c.phone_absence.is_(None),
            call_record.c.phone_absence != Absence.ERASED.value,
        ),
        ~exists().where(missed_handled.c.call_id == call_record.c.id),
        ~exists().where(
            _later.c.phone == call_record.c.phone,
            _later.c.arrived_at > call_record.c.arrived_at,
            or_(_later.c.answered_at.is_not(None), _met),
        ),
        ~exists().where(known_call.c.phone == call_record.c.phone, DEALT_WITH),
    )
    .order_by(call_record.c.arrived_at.desc())
    .limit(MOST)
)

_IS_OWN = select(call_record.c.id).where(
    call_record.c.id == bindparam("asked", type_=call_record.c.id.type)
)


def still_missed(register: RegisterReading) -> tuple[Missed, ...]:
    """Returns the missed calls that are still to be called back, oldest first.

    These were neither marked as resolved nor followed by a conversation with the same phone number.
    Calls answered by another operator are not included. With a central database the list covers all
    workplaces and their resolutions.
    """

    def work(connection: Connection) -> tuple[Missed, ...]:
        own = [call_of(row) for row in connection.execute(_OPEN).mappings()]
        return once_each(own, missed_at_others(connection, MOST))[-MOST:]

    return register.read(work)


def missed_of(
    register: RegisterReading, phones: Collection[str], since: datetime
) -> dict[str, datetime]:
    """Returns the time of the first missed call since ``since`` for each of these phone numbers.

    Covers all workplaces. Includes numbers that an operator has talked with since, if their call
    was not marked as resolved.
    """
    own = select(call_record.c.phone, func.min(call_record.c.arrived_at)).where(
        MISSED,
        call_record.c.direction == "incoming",
        call_record.c.state == CallState.CLOSED.value,
        call_record.c.end_cause.is_distinct_from(ANSWERED_ELSEWHERE),
        call_record.c.handled_at.is_(None),
        call_record.c.phone.in_(phones),
        call_record.c.arrived_at > since,
    )
    others = select(known_call.c.phone, func.min(known_call.c.at)).where(
        WAITS, known_call.c.phone.in_(phones), known_call.c.at > since
    )

    def work(connection: Connection) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for query, column in ((own, call_record.c.phone), (others, known_call.c.phone)):
            for phone, at in connection.execute(query.group_by(column)):
                found[phone] = min(at, found.get(phone, at))
        return found

    return register.read(work)


class MissedCalls:
    """Missed calls and their resolution.

    Reading methods are thread-safe and raise StoreError; the future resolves after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    def still_open(self) -> tuple[Missed, ...]:
        """Returns the open missed calls; see ``still_missed``."""
        return still_missed(self._store)

    def first_missed(self, phones: Collection[str], since: datetime) -> dict[str, datetime]:
        """Returns the first missed call per phone number; see ``missed_of``."""
        return missed_of(self._store, phones, since)

    def handle(self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome) -> Future[int]:
        """Records the outcome of these calls for all workplaces.

        Resolves to the number of calls that were still open.
        """
        at = self._clock()
        values: list[dict[str, Any]] = [
            {
                "call_id": id,
                "at": at,
                "by_id": by.id,
                "by_name": by.name,
                "outcome": outcome.value,
            }
            for id in ids
        ]

        def work(connection: Connection) -> int:
            added = 0
            for value in values:
                id = value["call_id"]
                if connection.scalar(_IS_OWN, {"asked": id}) is None:
                    added += self._store.calls.mark_of_others(connection, id, by, at, outcome)
                    continue
                done = connection.execute(
                    insert_sqlite(missed_handled).values(value).on_conflict_do_nothing()
                )
                added += done.rowcount
                if done.rowcount:
                    self._store.calls.mark_handled(connection, id, by, at)
            return added

        return self._store.write(work, feeds_outbox=True)
