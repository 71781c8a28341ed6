"""Outbox of the local database: queue, sent and rejected rows; freshness of the feed.

The freshness is the time up to which all central changes were applied; it survives a restart.
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
"""The centre is asked twice a minute at least, and the store told once a minute."""


class Standing(StrEnum):
    """What a person is told of it."""

    NEVER = "never"
    BEHIND = "behind"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class FeedRead:
    """``read_at``: all that could be taken then was taken. ``held_since``: a change of then is
    committed and may not be taken, for an older transaction still writes in the centre."""

    read_at: datetime | None = None
    held_since: datetime | None = None

    def behind_since(self, now: datetime) -> datetime | None:
        """Since when something is missing here, None where nothing is for long."""
        read_at, held_since = self.read_at, self.held_since
        # nothing is read in a time to come: the clock ran ahead, and nothing was read since
        is_read_long_ago = read_at is not None and abs(now - read_at) >= LONG
        is_held_long = held_since is not None and now - held_since >= LONG
        since = ((read_at, is_read_long_ago), (held_since, is_held_long))
        return min((at for at, is_long in since if at is not None and is_long), default=None)

    def standing(self, now: datetime) -> Standing:
        """Whether it follows the centre now."""
        if self.read_at is None:
            return Standing.NEVER
        return Standing.FOLLOWING if self.behind_since(now) is None else Standing.BEHIND


def note_feed_read(connection: Connection, read: FeedRead) -> None:
    """Keep it for the next start and for whoever asks the store."""
    values = {"read_at": read.read_at, "held_since": read.held_since}
    connection.execute(
        insert(feed_read)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


def kept_feed_read(connection: Connection) -> FeedRead:
    """What was kept last, within a minute."""
    row = connection.execute(select(feed_read)).one_or_none()
    return FeedRead() if row is None else FeedRead(row.read_at, row.held_since)


KEPT = timedelta(days=7)  # a row that was sent can still be sent again for so long


# In the words of the partial index, else SQLite reads the whole table, most of it sent long ago.
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
"""What goes to the centre and is no record that anybody waits for."""
_UNCOUNTED = (*BESIDE_RECORDS, Entity.MESSAGE_EVENT, Entity.STANDING)


class RowState(StrEnum):
    """How far a row of the outbox has come.

    SENT: the centre has committed it and said so. CONFIRMED: so long ago that it need not be
    repeated if the centre falls back to an older copy. POISON: refused for what stands in it.
    """

    NEW = "new"
    SENT = "sent"
    CONFIRMED = "confirmed"
    POISON = "poison"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One revision of one record on its way to the centre."""

    seq: int
    entity: Entity
    entity_id: UUID
    rev: int
    payload: Mapping[str, Any]
    tries: int


@dataclass(frozen=True, slots=True)
class PoisonRow:
    """A record the centre refuses; ``error`` is an SQLSTATE and the name of a constraint."""

    entity: Entity
    entity_id: UUID
    rev: int
    queued_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class UnsentRow:
    """A revision that the centre does not hold; ``error`` is why the last attempt failed."""

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
    """How many records wait (refused ones not counted), since when, and how many are refused."""

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
    """Queue this revision in the transaction that writes the record itself."""
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


# Made once: SQLAlchemy leaves an alias that is done with behind as a cycle of hundreds of objects.
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
    """The oldest rows not sent yet, the newest revision of each record, oldest first."""
    found = connection.execute(
        select(outbox)
        .where(_UNSENT, outbox.c.state == RowState.NEW.value, ~_IS_SUPERSEDED)
        .order_by(outbox.c.seq)
        .limit(limit)
    )
    return tuple(_outbox_row(row) for row in found)


def settled_ends(connection: Connection) -> tuple[OutboxRow, ...]:
    """The first and the last of what the centre once acknowledged and would be sent again.

    Where all of it was so long ago that none would, the last alone. A standing is no record that
    the centre could be asked for.
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
    """Queue what was sent within KEPT once more, or all that was ever sent; how many rows."""
    states = [RowState.SENT.value] + ([RowState.CONFIRMED.value] if everything else [])
    changed = connection.execute(
        update(outbox).where(outbox.c.state.in_(states)).values(state=RowState.NEW.value)
    )
    return changed.rowcount


def mark_sent(
    connection: Connection, rows: Iterable[OutboxRow], at: datetime, timeline: int | None
) -> None:
    """Note that the centre holds these revisions, which settles older ones of the same records."""
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
    """Take a row the centre refuses out of the way of the others; it stays visible."""
    connection.execute(
        update(outbox)
        .where(outbox.c.seq == row.seq)
        .values(state=RowState.POISON.value, last_error=error, tries=outbox.c.tries + 1)
    )


def note_failure(
    connection: Connection, rows: Iterable[OutboxRow], error: str, next_try_at: datetime
) -> None:
    """Note that an attempt came to nothing through no fault of these rows."""
    numbers = [row.seq for row in rows]
    connection.execute(
        update(outbox)
        .where(outbox.c.seq.in_(numbers), outbox.c.state == RowState.NEW.value)
        .values(last_error=error, next_try_at=next_try_at, tries=outbox.c.tries + 1)
    )


def retry_poison(connection: Connection) -> int:
    """Put refused rows back into the queue, as after an upgrade; how many they were."""
    changed = connection.execute(
        update(outbox)
        .where(outbox.c.state == RowState.POISON.value)
        .values(state=RowState.NEW.value)
    )
    return changed.rowcount


def status(connection: Connection) -> OutboxStatus:
    """What the screen shows of the outbox."""
    # what goes with a record is not counted beside it
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
    """The refused rows, oldest first."""
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
    """Every revision that waits or is refused, oldest first."""
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
