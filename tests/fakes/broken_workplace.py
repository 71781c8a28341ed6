"""Deliberately broken workplaces, which the tests for lost and duplicated calls must detect.

``python -m tests.fakes.broken_workplace KIND FOLDER DSN ATTEMPTS ACKED`` saves without end.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from uuid_utils.compat import uuid7

from sync.commands.rehearsal import Plan, Saving
from sync.commands.rehearsal_workplace import STORE_NAME, LineFile, settle_workplace
from sync.exchange.sender import Sender
from sync.records.workplace_tables import outbox
from sync.register.calls.calls import CallRecord
from sync.register.messages import MessageRecord
from sync.register.numbering import NumberProblem, next_number, parse
from sync.store.local.keys import find_key, key_file, make_key, write_key_file
from sync.store.local.outbox import OutboxRow, RowState
from sync.store.local.register import RegisterStore


class HastyStore(RegisterStore):
    """Acknowledges a save before the commit."""

    def close(self, card: CallRecord, message: MessageRecord | None = None) -> Future[CallRecord]:
        super().close(card, message)
        early: Future[CallRecord] = Future()
        early.set_result(replace(card, revision=card.revision + 1))
        return early


class HopefulStore(RegisterStore):
    """Removes a row from the outbox before it is sent."""

    def outbox_waiting(self, limit: int) -> tuple[OutboxRow, ...]:
        rows = super().outbox_waiting(limit)
        _forget(self, rows)
        return rows


class BoundedStore(RegisterStore):
    """Limits the outbox and drops the oldest rows."""

    KEPT = 50

    def outbox_waiting(self, limit: int) -> tuple[OutboxRow, ...]:
        rows = super().outbox_waiting(100_000)
        _forget(self, rows[: -self.KEPT])
        return rows[-self.KEPT :][:limit]


class ClockMarkedStore(RegisterStore):
    """Sends only rows with a timestamp newer than that of the last sent row, like a time-based
    cursor.
    """

    def outbox_waiting(self, limit: int) -> tuple[OutboxRow, ...]:
        waiting = super().outbox_waiting(limit)  # first: a row queued later is not included
        sent_up_to = select(func.max(outbox.c.queued_at)).where(
            outbox.c.state == RowState.SENT.value
        )
        is_older = outbox.c.queued_at <= sent_up_to.scalar_subquery()
        older = set(
            self.read(lambda connection: connection.scalars(select(outbox.c.seq).where(is_older)))
        )
        return tuple(row for row in waiting if row.seq not in older)


class ReissuingStore(RegisterStore):
    """Gives a row a new identity and a new number when it is sent again."""

    def outbox_waiting(self, limit: int) -> tuple[OutboxRow, ...]:
        return tuple(_reissued(row) if row.tries else row for row in super().outbox_waiting(limit))


class ForgivingStore(RegisterStore):
    """Ignores rejections by the central database."""

    def mark_poison(self, row: OutboxRow, error: str) -> Future[None]:
        return self.mark_sent([row], datetime.now(UTC), None)


KINDS: dict[str, type[RegisterStore]] = {
    "hasty": HastyStore,
    "hopeful": HopefulStore,
    "bounded": BoundedStore,
}


def _forget(store: RegisterStore, rows: Iterable[OutboxRow]) -> None:
    numbers = [row.seq for row in rows]
    store.write(
        lambda connection: connection.execute(delete(outbox).where(outbox.c.seq.in_(numbers)))
    ).result()


def _reissued(row: OutboxRow) -> OutboxRow:
    number = parse(row.payload["number"])
    if isinstance(number, NumberProblem):
        raise TypeError(number)
    other = next_number(number.period, number.station, number.counter + 50_000 + row.tries)
    id = uuid7()
    payload = {**row.payload, "id": str(id), "number": str(other)}
    return replace(row, entity_id=id, payload=payload)


def main(kind: str, folder: Path, dsn: str, attempts: Path, acked: Path) -> None:
    workplace = settle_workplace(folder, dsn, None)
    path = folder / STORE_NAME
    if not key_file(path).exists():
        write_key_file(make_key(), path)
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
    store = KINDS[kind].open(path, key, first_station=workplace.code)
    Sender(store, dsn, lambda _event: None).start()
    with LineFile(attempts) as begun, LineFile(acked) as done:
        saving = Saving(store, begun, done, lambda _words: None, threading.Event())
        saving.run(Plan(None, None, 0.3))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), Path(sys.argv[5]))
