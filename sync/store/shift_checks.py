"""Checks before a shift, in the register of this workplace."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from uuid import UUID

from cattrs.preconf.json import make_converter
from sqlalchemy import Connection, RowMapping, insert, select
from uuid_utils.compat import uuid7

from sync.register.operators import Operator
from sync.register.shift_check import KeptCheck, PlaceFinding
from sync.store.reading import RegisterReading
from sync.store.record_tables import call_record
from sync.store.register import RegisterStore
from sync.store.workplace_tables.shifts import shift_check

_CONVERTER = make_converter()
_NEWEST_CALL = select(call_record.c.created_at).order_by(call_record.c.arrived_at.desc()).limit(1)


class ShiftChecks:
    """Reads on any thread and raises StoreError; futures resolve after COMMIT."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def note_check(self, by: Operator, findings: tuple[PlaceFinding, ...]) -> Future[KeptCheck]:
        """Keep what this operator's check has found."""
        kept = KeptCheck(self._new_id(), self._clock(), by.id, by.name, findings)

        def work(connection: Connection) -> KeptCheck:
            connection.execute(
                insert(shift_check).values(
                    id=kept.id,
                    at=kept.at,
                    by_id=kept.operator_id,
                    by_name=kept.operator_name,
                    findings=_CONVERTER.unstructure(kept.findings),
                )
            )
            return kept

        return self._store.write(work)

    def last_check_of(self, operator_id: UUID) -> KeptCheck | None:
        """The newest check that this operator has made here."""
        return last_check(self._store, by=operator_id)

    def newest_record_at(self) -> datetime | None:
        """When the newest call was written down, by the clock of that moment."""
        return self._store.read(lambda connection: connection.scalar(_NEWEST_CALL))


def last_check(register: RegisterReading, *, by: UUID | None = None) -> KeptCheck | None:
    """The newest check of a store, or of one who made checks there; any thread, StoreError."""
    newest = select(shift_check).order_by(shift_check.c.at.desc(), shift_check.c.id.desc())
    if by is not None:
        newest = newest.where(shift_check.c.by_id == by)
    row = register.read(lambda one: one.execute(newest.limit(1)).mappings().first())
    return None if row is None else _check_of(row)


def _check_of(row: RowMapping) -> KeptCheck:
    return KeptCheck(
        row["id"],
        row["at"],
        row["by_id"],
        row["by_name"],
        _CONVERTER.structure(row["findings"], tuple[PlaceFinding, ...]),
    )
