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
    """A target of the feed; ``holders`` and ``next_end_s`` may be called on any thread.

    Nothing of it is kept: the mark is empty at each start, and the whole is a few rows. A claim
    ends here by itself as well, also where the centre is away.
    """

    feed = Feed.CLAIMS

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = monotonic_s
        self._lock = threading.Lock()
        self._mark = ""
        self._held: dict[str, _Held] = {}

    def holders(self) -> dict[str, ClaimHolder]:
        """Who has which telephone (E.164) now."""
        now_s = self._now_s()
        with self._lock:
            self._held = {id: one for id, one in self._held.items() if one.until_s > now_s}
            return {one.phone: one.holder for one in self._held.values()}

    def next_end_s(self) -> float | None:
        """In how many seconds the next claim ends by itself; None where there is none."""
        with self._lock:
            ends = [one.until_s for one in self._held.values()]
        return max(0.0, min(ends) - self._now_s()) if ends else None

    # --- what the feed asks ---

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
        """Not compared: it is a matter of seconds."""
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


# Word for word as in the partial indexes, else SQLite reads the whole table.
MISSED = text("call_record.result = 'not_answered'")
WAITS = text("known_call.is_missed = 1 AND known_call.handled_at IS NULL")
DEALT_WITH = or_(
    and_(
        func.coalesce(known_call.c.answered_at, known_call.c.at) > call_record.c.arrived_at,
        known_call.c.result != CallResult.NOT_ANSWERED.value,
    ),
    known_call.c.handled_at > call_record.c.arrived_at,
)
"""Another workplace has talked with this telephone since, or said what became of its call.

The talk counts from its answer: where one call rings at several, it may have come there first.
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
    """The newest of those that rang at other workplaces and that nobody has dealt with yet.

    One of another program's number stands in no list here.
    """
    found = []
    for row in connection.execute(_WAITING.limit(most)):
        number = parse(row.number)
        if isinstance(number, RegistrationNumber):
            at_night = bool(row.out_of_hours)
            found.append(MissedElsewhere(row.id, number, row.at, row.phone, row.about, at_night))
    return tuple(found)


def take_own_mark(connection: Connection, call_id: UUID, at: datetime) -> bool:
    """Whether this call is ours: then somebody elsewhere has dealt with it, and it is marked."""
    is_own = connection.scalar(select(call_record.c.id).where(call_record.c.id == call_id))
    if is_own is None:
        return False
    values = {"call_id": call_id, "at": at, "outcome": MissedOutcome.ELSEWHERE.value}
    connection.execute(insert(missed_handled).prefix_with("OR IGNORE").values(values))
    return True


def mark_elsewhere(connection: Connection, phones: Collection[str]) -> None:
    """Mark the missed calls of these telephones that a record of another workplace deals with."""
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
    """Take back the marks that rest on this record: it is about to tell anew."""
    connection.execute(delete(missed_handled).where(missed_handled.c.elsewhere_id == record_id))


MOST = 500  # more than anybody can call back; the newest of them

_later = call_record.alias("later")
# Who came, or was spoken to on another telephone, and left this number.
_met = and_(_later.c.way.is_not(None), _later.c.state == CallState.CLOSED.value)
_OPEN = (
    select(call_record)
    .where(
        MISSED,
        call_record.c.direction == "incoming",
        call_record.c.state == CallState.CLOSED.value,
        call_record.c.end_cause.is_distinct_from(ANSWERED_ELSEWHERE),
        # who was erased can neither be called nor found again
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
    """Those that were neither marked nor followed by a talk with the same telephone.

    The oldest first. A call that a colleague took was not missed. With a centre it is the same
    wherever it rang, and wherever somebody has marked or talked.
    """

    def work(connection: Connection) -> tuple[Missed, ...]:
        own = [call_of(row) for row in connection.execute(_OPEN).mappings()]
        return once_each(own, missed_at_others(connection, MOST))[-MOST:]

    return register.read(work)


def missed_of(
    register: RegisterReading, phones: Collection[str], since: datetime
) -> dict[str, datetime]:
    """Which of these telephones somebody here or elsewhere has missed since then, and when first.

    Also of whom somebody has talked with since, where nobody has said what became of the call.
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
    """Reads on any thread and raises StoreError; the future resolves after COMMIT."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    def still_open(self) -> tuple[Missed, ...]:
        """See ``still_missed``."""
        return still_missed(self._store)

    def first_missed(self, phones: Collection[str], since: datetime) -> dict[str, datetime]:
        """See ``missed_of``."""
        return missed_of(self._store, phones, since)

    def handle(self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome) -> Future[int]:
        """Note what became of these, for the other workplaces too; how many were still open."""
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
