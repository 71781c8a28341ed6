"""Outbox of the local database: queue, sent and rejected rows; freshness of the feed.

Freshness is the time up to which all central changes were applied. It is saved for the next start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, text, update
from sqlalchemy import insert as insert_sqlalchemy
from sqlalchemy.dialects.sqlite import insert

from sync.records.table_rules import Entity
from sync.records.workplace_tables import feed_read, outbox

LONG = timedelta(minutes=2)
"""Age after which the feed is reported as stale.

The central database is polled at least twice a minute, and the freshness is saved once a minute.
"""


class Standing(StrEnum):
    """Freshness of the feed as shown to the operator."""

    NEVER = "never"
    BEHIND = "behind"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class FeedRead:
    """Freshness of the feed.

    All changes available at ``read_at`` were applied. ``held_since`` is the time of a committed
    change that cannot be applied yet, because an older transaction is still open in the central
    database.
    """

    read_at: datetime | None = None
    held_since: datetime | None = None

    def behind_since(self, now: datetime) -> datetime | None:
        """Returns the time since which changes have been missing for at least ``LONG``; None if
        none are.
        """
        read_at, held_since = self.read_at, self.held_since
        # a timestamp in the future: the clock ran ahead, and nothing was read since
        is_read_long_ago = read_at is not None and abs(now - read_at) >= LONG
        is_held_long = held_since is not None and now - held_since >= LONG
        since = ((read_at, is_read_long_ago), (held_since, is_held_long))
        return min((at for at, is_long in since if at is not None and is_long), default=None)

    def standing(self, now: datetime) -> Standing:
        """Returns the freshness at this time."""
        if self.read_at is None:
            return Standing.NEVER
        return Standing.FOLLOWING if self.behind_since(now) is None else Standing.BEHIND


def note_feed_read(connection: Connection, read: FeedRead) -> None:
    """Saves the freshness for the next start and for support commands."""
    values = {"read_at": read.read_at, "held_since": read.held_since}
    connection.execute(
        insert(feed_read)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


def kept_feed_read(connection: Connection) -> FeedRead:
    """Returns the saved freshness, up to a minute old."""
    row = connection.execute(select(feed_read)).one_or_none()
    return FeedRead() if row is None else FeedRead(row.read_at, row.held_since)


KEPT = timedelta(days=7)  # a sent row can be sent again for this long


# Same text as in the partial index; otherwise SQLite scans the complete table, most of it sent long
# ago.
_UNSENT = text("outbox.state IN ('new', 'poison')")

_NEW_ROW = insert_sqlalchemy(outbox)


BESIDE_RECORDS = (
    Entity.AUDIT,
    Entity.OPERATOR_STATE,
    Entity.INCIDENT_EVENT,
    Entity.MISSED_MARK,
    Entity.PLANNED_CALL,
    Entity.PLANNED_STEP,
)
"""Entities sent to the central database that are not records."""
_UNCOUNTED = (*BESIDE_RECORDS, Entity.MESSAGE_EVENT, Entity.STANDING)


class RowState(StrEnum):
    """State of an outbox row.

    SENT: committed and acknowledged by the central database. CONFIRMED: sent so long ago that it
    need not be sent again if the central database is restored from a backup. POISON: rejected
    because of its content.
    """

    NEW = "new"
    SENT = "sent"
    CONFIRMED = "confirmed"
    POISON = "poison"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Revision of a record to be sent to the central database."""

    seq: int
    entity: Entity
    entity_id: UUID
    rev: int
    payload: Mapping[str, Any]
    tries: int


@dataclass(frozen=True, slots=True)
class PoisonRow:
    """Record rejected by the central database.

    ``error`` is an SQLSTATE and the name of a constraint.
    """

    entity: Entity
    entity_id: UUID
    rev: int
    queued_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class UnsentRow:
    """Revision that the central database does not have; ``error`` is from the last attempt."""

    seq: int
    entity: Entity
    entity_id: UUID
    rev: int
    state: RowState
    queued_at: datetime
    error: str | None
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """Status of the outbox.

    ``waiting`` is the number of pending records without rejected ones, ``oldest_at`` the time of
    the oldest of them, ``poison`` the number of rejected rows.
    """

    waiting: int
    oldest_at: datetime | None
    poison: int


def add(
    connection: Connection,
    entity: Entity,
    entity_id: UUID,
    rev: int,
    payload: Mapping[str, Any],
    at: datetime,
) -> None:
    """Adds this revision to the outbox, in the transaction that writes the record."""
    connection.execute(
        _NEW_ROW,
        {
            "entity": entity.value,
            "entity_id": entity_id,
            "rev": rev,
            "payload": payload,
            "schema_ver": payload["schema_version"],
            "state": RowState.NEW.value,
            "queued_at": at,
        },
    )


# Built once: SQLAlchemy leaves each discarded alias as a reference cycle of hundreds of objects.
_NEWER = outbox.alias("newer")
_IS_SUPERSEDED = (
    select(_NEWER.c.seq)
    .where(
        _NEWER.c.entity == outbox.c.entity,
        _NEWER.c.entity_id == outbox.c.entity_id,
        _NEWER.c.rev > outbox.c.rev,
        _NEWER.c.state == RowState.NEW.value,
    )
    .exists()
)


def waiting(connection: Connection, limit: int) -> tuple[OutboxRow, ...]:
    """Returns the oldest unsent rows, only the latest revision of each record, oldest first."""
    found = connection.execute(
        select(outbox)
        .where(_UNSENT, outbox.c.state == RowState.NEW.value, ~_IS_SUPERSEDED)
        .order_by(outbox.c.seq)
        .limit(limit)
    )
    return tuple(_outbox_row(row) for row in found)


def settled_ends(connection: Connection) -> tuple[OutboxRow, ...]:
    """Returns the first and last acknowledged rows that would be sent again after a restore.

    If all rows are older than that, returns only the last one. STANDING rows are left out: the
    central database cannot be queried for them.
    """
    is_record = outbox.c.entity != Entity.STANDING.value
    is_sent = outbox.c.state == RowState.SENT.value
    is_settled = outbox.c.state.in_((RowState.SENT.value, RowState.CONFIRMED.value))
    first = connection.execute(
        select(outbox).where(is_sent, is_record).order_by(outbox.c.sent_at, outbox.c.seq).limit(1)
    ).all()
    last = connection.execute(
        select(outbox).where(is_settled, is_record).order_by(outbox.c.seq.desc()).limit(1)
    ).all()
    return tuple(_outbox_row(row) for row in (*first, *last))


def queue_again(connection: Connection, *, everything: bool) -> int:
    """Queues the recently sent rows again, or all rows ever sent; returns their number."""
    states = [RowState.SENT.value] + ([RowState.CONFIRMED.value] if everything else [])
    changed = connection.execute(
        update(outbox).where(outbox.c.state.in_(states)).values(state=RowState.NEW.value)
    )
    return changed.rowcount


def mark_sent(
    connection: Connection, rows: Iterable[OutboxRow], at: datetime, timeline: int | None
) -> None:
    """Marks these revisions as sent, and older revisions of the same records too."""
    settled = (
        update(outbox)
        .where(
            outbox.c.entity == bindparam("of_entity"),
            outbox.c.entity_id == bindparam("of_id"),
            outbox.c.rev <= bindparam("up_to"),
            or_(outbox.c.state == RowState.NEW.value, outbox.c.state == RowState.POISON.value),
        )
        .values(state=RowState.SENT.value, sent_at=at, timeline=timeline, tries=outbox.c.tries + 1)
    )
    keys = [
        {"of_entity": row.entity.value, "of_id": row.entity_id, "up_to": row.rev} for row in rows
    ]
    if keys:
        connection.execute(settled, keys)
    connection.execute(
        update(outbox)
        .where(outbox.c.state == RowState.SENT.value, outbox.c.sent_at < at - KEPT)
        .values(state=RowState.CONFIRMED.value)
    )


def _outbox_row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(row.seq, Entity(row.entity), row.entity_id, row.rev, row.payload, row.tries)


def mark_poison(connection: Connection, row: OutboxRow, error: str) -> None:
    """Marks a row as rejected, with its error. It no longer blocks other rows and remains
    visible.
    """
    connection.execute(
        update(outbox)
        .where(outbox.c.seq == row.seq)
        .values(state=RowState.POISON.value, last_error=error, tries=outbox.c.tries + 1)
    )


def note_failure(
    connection: Connection, rows: Iterable[OutboxRow], error: str, next_try_at: datetime
) -> None:
    """Records a failed attempt that was not caused by these rows."""
    numbers = [row.seq for row in rows]
    connection.execute(
        update(outbox)
        .where(outbox.c.seq.in_(numbers), outbox.c.state == RowState.NEW.value)
        .values(last_error=error, next_try_at=next_try_at, tries=outbox.c.tries + 1)
    )


def retry_poison(connection: Connection) -> int:
    """Queues the rejected rows again, for example after an upgrade; returns their number."""
    changed = connection.execute(
        update(outbox)
        .where(outbox.c.state == RowState.POISON.value)
        .values(state=RowState.NEW.value)
    )
    return changed.rowcount


def status(connection: Connection) -> OutboxStatus:
    """Returns the status of the outbox for the user interface."""
    # rows sent along with a record are not counted separately
    is_record = outbox.c.entity.not_in([entity.value for entity in _UNCOUNTED])
    is_new = and_(outbox.c.state == RowState.NEW.value, is_record)
    row = connection.execute(
        select(
            func.count().filter(is_new),
            func.min(outbox.c.queued_at).filter(is_new),
            func.count().filter(outbox.c.state == RowState.POISON.value),
        ).where(_UNSENT)
    ).one()
    return OutboxStatus(row[0], row[1], row[2])


def poison(connection: Connection) -> tuple[PoisonRow, ...]:
    """Returns the rejected rows, oldest first."""
    found = connection.execute(
        select(outbox)
        .where(_UNSENT, outbox.c.state == RowState.POISON.value)
        .order_by(outbox.c.seq)
    )
    return tuple(
        PoisonRow(Entity(row.entity), row.entity_id, row.rev, row.queued_at, row.last_error or "")
        for row in found
    )


def unsent(connection: Connection) -> tuple[UnsentRow, ...]:
    """Returns every pending or rejected revision, oldest first."""
    found = connection.execute(
        select(outbox)
        .where(outbox.c.state.in_((RowState.NEW.value, RowState.POISON.value)))
        .order_by(outbox.c.seq)
    )
    return tuple(
        UnsentRow(
            row.seq,
            Entity(row.entity),
            row.entity_id,
            row.rev,
            RowState(row.state),
            row.queued_at,
            row.last_error,
            row.payload,
        )
        for row in found
    )
