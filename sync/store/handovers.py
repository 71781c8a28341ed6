"""Sheets by which one shift hands over to the next, in the register of this workplace."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from cattrs.preconf.json import make_converter
from sqlalchemy import Connection, RowMapping, insert, select
from uuid_utils.compat import uuid7

from sync.register.audit import AuditKind, Subject, done_by
from sync.register.handover import (
    HandoverRefusal,
    Sheet,
    SheetContent,
    Signature,
    accept_refusal,
    leave_refusal,
)
from sync.register.operators import Operator
from sync.store.register import RegisterStore
from sync.store.workplace_tables.shifts import handover_sheet, handover_signature

SHEET_SCHEMA_VERSION = 1
LEFT, ACCEPTED = "left", "accepted"

_CONVERTER = make_converter()


class Handovers:
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

    def leave(self, by: Operator, content: SheetContent) -> Future[Sheet | HandoverRefusal]:
        """The sheet with the signature of who leaves, or why there is none."""

        def work(connection: Connection) -> Sheet | HandoverRefusal:
            refused = leave_refusal(by)
            if refused is not None:
                return refused
            at = self._clock()
            sheet = Sheet(self._new_id(), content, Signature(by.id, by.name, at))
            connection.execute(
                insert(handover_sheet).values(
                    id=sheet.id,
                    at=at,
                    content=_CONVERTER.unstructure(content),
                    schema_version=SHEET_SCHEMA_VERSION,
                )
            )
            self._sign(connection, sheet.id, LEFT, sheet.left)
            audited = done_by(by, AuditKind.SHIFT_LEFT, Subject.HANDOVER, sheet.id)
            self._store.audit.add(connection, audited)
            return sheet

        return self._store.write(work)

    def accept(self, by: Operator, sheet_id: UUID) -> Future[Sheet | HandoverRefusal]:
        """The sheet with both signatures, or why this operator does not take it over."""

        def work(connection: Connection) -> Sheet | HandoverRefusal:
            sheet = _sheet_of(connection, _sheet_row(connection, sheet_id))
            refused = accept_refusal(sheet, by)
            if refused is not None:
                return refused
            signature = Signature(by.id, by.name, self._clock())
            self._sign(connection, sheet.id, ACCEPTED, signature)
            audited = done_by(by, AuditKind.SHIFT_ACCEPTED, Subject.HANDOVER, sheet.id)
            self._store.audit.add(connection, audited)
            return replace(sheet, accepted=signature)

        return self._store.write(work)

    def last_sheet(self) -> Sheet | None:
        """The newest sheet of this workplace, accepted or not."""
        newest = select(handover_sheet).order_by(
            handover_sheet.c.at.desc(), handover_sheet.c.id.desc()
        )

        def read(connection: Connection) -> Sheet | None:
            row = connection.execute(newest.limit(1)).mappings().first()
            return None if row is None else _sheet_of(connection, row)

        return self._store.read(read)

    def _sign(
        self, connection: Connection, sheet_id: UUID, side: str, signature: Signature
    ) -> None:
        connection.execute(
            insert(handover_signature).values(
                sheet_id=sheet_id,
                side=side,
                at=signature.at,
                by_id=signature.by_id,
                by_name=signature.by_name,
            )
        )


def _sheet_row(connection: Connection, sheet_id: UUID) -> RowMapping:
    wanted = select(handover_sheet).where(handover_sheet.c.id == sheet_id)
    return connection.execute(wanted).mappings().one()


def _sheet_of(connection: Connection, row: RowMapping) -> Sheet:
    wanted = select(handover_signature).where(handover_signature.c.sheet_id == row["id"])
    signed = {
        each["side"]: Signature(each["by_id"], each["by_name"], each["at"])
        for each in connection.execute(wanted).mappings()
    }
    content = _CONVERTER.structure(row["content"], SheetContent)
    return Sheet(row["id"], content, signed[LEFT], signed.get(ACCEPTED))
