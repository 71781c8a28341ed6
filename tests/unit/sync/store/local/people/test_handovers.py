"""Sheets in the store: both signatures, only added, and in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from sync.records.replicated_tables import audit
from sync.register.people.operators import Operator, Role
from sync.register.people.shift import (
    HandoverRefusal,
    Line,
    Part,
    Place,
    PlaceFinding,
    PlaceVerdict,
    Sheet,
    SheetContent,
    Signature,
    part_of,
)
from sync.store.local.people.shifts import Handovers
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR

AT = datetime(2026, 11, 27, 14, 5, tzinfo=UTC)
COLLEAGUE = Operator(UUID(int=2), "second", "Вторая Проба", Role.OPERATOR)
CONTENT = SheetContent(
    {
        Part.MISSED: part_of((Line("2611-0001-00007-3", at=AT),)),
        Part.DUE_TODAY: part_of((Line("2611-0001-00008-1", on=date(2026, 11, 27)),)),
    },
    unsent=3,
    findings=(PlaceFinding(Place.DISK, PlaceVerdict.DOUBTFUL, "low", 512),),
    note="Ключ от серверной у старшего.",
)


@pytest.fixture
def sheets(store: RegisterStore) -> Handovers:
    moments = iter(AT + timedelta(minutes=minute) for minute in range(99))
    return Handovers(store, clock=lambda: next(moments))


def left(sheets: Handovers, by: Operator = OPERATOR) -> Sheet:
    made = sheets.leave(by, CONTENT).result()
    assert isinstance(made, Sheet)
    return made


def test_a_sheet_is_read_as_it_was_left_and_as_it_was_taken_over(sheets: Handovers) -> None:
    assert sheets.last_sheet() is None
    made = left(sheets)
    assert sheets.last_sheet() == made
    assert (made.content, made.left) == (CONTENT, Signature(OPERATOR.id, OPERATOR.name, AT))

    taken = sheets.accept(COLLEAGUE, made.id).result()

    accepted = Signature(COLLEAGUE.id, COLLEAGUE.name, AT + timedelta(minutes=1))
    assert taken == replace(made, accepted=accepted)
    assert sheets.last_sheet() == taken


def test_who_may_not_sign_is_told_and_nothing_is_written(sheets: Handovers) -> None:
    observer = replace(COLLEAGUE, role=Role.OBSERVER)
    assert sheets.leave(observer, CONTENT).result() is HandoverRefusal.ROLE
    made = left(sheets)
    assert sheets.accept(OPERATOR, made.id).result() is HandoverRefusal.OWN
    assert sheets.accept(observer, made.id).result() is HandoverRefusal.ROLE
    assert sheets.last_sheet() == made

    sheets.accept(COLLEAGUE, made.id).result()
    third = replace(COLLEAGUE, id=UUID(int=3))
    assert sheets.accept(third, made.id).result() is HandoverRefusal.ACCEPTED


def test_a_new_sheet_takes_the_place_of_one_that_nobody_took_over(sheets: Handovers) -> None:
    left(sheets)
    newer = left(sheets)

    assert sheets.last_sheet() == newer


@pytest.mark.parametrize("table", ["handover_sheet", "handover_signature"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET at = ''"])
def test_neither_sheet_nor_signature_is_written_anew(
    store: RegisterStore, sheets: Handovers, table: str, change: str
) -> None:
    made = left(sheets)

    with pytest.raises(DBAPIError, match="are only added"):
        store.write(lambda connection: connection.execute(text(change.format(table)))).result()

    assert sheets.last_sheet() == made


def test_both_signatures_stand_in_the_audit(store: RegisterStore, sheets: Handovers) -> None:
    made = left(sheets)
    sheets.accept(COLLEAGUE, made.id).result()

    told = select(audit.c.kind, audit.c.by_id, audit.c.subject, audit.c.subject_id)
    rows = store.read(lambda connection: connection.execute(told.order_by(audit.c.row)).all())

    assert [tuple(row) for row in rows] == [
        ("shift_left", OPERATOR.id, "handover", made.id),
        ("shift_accepted", COLLEAGUE.id, "handover", made.id),
    ]
