"""What a check before a shift has found, kept and read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sync.register.shift_check import Place, PlaceFinding, PlaceVerdict
from sync.store.register import RegisterStore
from sync.store.shift_checks import ShiftChecks
from tests.fakes.records import OPERATOR, new_call

AT = datetime(2026, 11, 27, 5, tzinfo=UTC)
FOUND = (
    PlaceFinding(Place.PHONE, PlaceVerdict.PASSED, "registered"),
    PlaceFinding(Place.DISK, PlaceVerdict.DOUBTFUL, "low", 512),
)


def test_the_newest_check_is_read_as_it_was_kept(store: RegisterStore) -> None:
    moments = iter((AT, AT + timedelta(hours=1)))
    checks = ShiftChecks(store, clock=lambda: next(moments))
    assert checks.last_check() is None

    checks.note_check(OPERATOR, FOUND[:1]).result()
    kept = checks.note_check(OPERATOR, FOUND).result()

    assert checks.last_check() == kept
    assert (kept.at, kept.operator_id, kept.findings) == (
        AT + timedelta(hours=1), OPERATOR.id, FOUND,
    )  # fmt: skip


@pytest.mark.parametrize("change", ["DELETE FROM shift_check", "UPDATE shift_check SET by_name=''"])
def test_a_check_is_never_written_anew(store: RegisterStore, change: str) -> None:
    checks = ShiftChecks(store)
    checks.note_check(OPERATOR, FOUND).result()

    with pytest.raises(DBAPIError, match="checks are only added"):
        store.write(lambda connection: connection.execute(text(change)) and None).result()

    assert checks.last_check() is not None


def test_the_newest_record_tells_a_clock_that_was_set_back(store: RegisterStore) -> None:
    checks = ShiftChecks(store)
    assert checks.newest_record_at() is None

    card = store.open_card(new_call(1), OPERATOR).result()

    assert checks.newest_record_at() == card.created_at
