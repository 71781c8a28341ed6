"""Results of checks before a shift, stored and read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sync.register.people.shift import Place, PlaceFinding, PlaceVerdict
from sync.store.local.people.shifts import ShiftChecks, last_check
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call
from tests.fakes.store_template import StoreTemplate

AT = datetime(2026, 11, 27, 5, tzinfo=UTC)
FOUND = (
    PlaceFinding(Place.PHONE, PlaceVerdict.PASSED, "registered"),
    PlaceFinding(Place.DISK, PlaceVerdict.DOUBTFUL, "low", 512),
)


def test_the_newest_check_is_read_as_it_was_kept(store: RegisterStore) -> None:
    moments = iter((AT, AT + timedelta(hours=1)))
    checks = ShiftChecks(store, clock=lambda: next(moments))
    assert last_check(store) is None

    checks.note_check(OPERATOR, FOUND[:1]).result()
    kept = checks.note_check(OPERATOR, FOUND).result()

    assert last_check(store) == kept
    assert (kept.at, kept.operator_id, kept.findings) == (
        AT + timedelta(hours=1), OPERATOR.id, FOUND,
    )  # fmt: skip


def test_each_operator_has_a_newest_check_of_her_own(store: RegisterStore) -> None:
    checks = ShiftChecks(store)
    own = checks.note_check(OPERATOR, FOUND).result()
    colleague = replace(OPERATOR, id=UUID(int=77))
    assert checks.last_check_of(colleague.id) is None
    other = checks.note_check(colleague, FOUND[:1]).result()

    assert checks.last_check_of(OPERATOR.id) == own
    assert checks.last_check_of(colleague.id) == other
    assert last_check(store) == other


@pytest.mark.parametrize("change", ["DELETE FROM shift_check", "UPDATE shift_check SET by_name=''"])
def test_a_check_is_never_written_anew(store: RegisterStore, change: str) -> None:
    checks = ShiftChecks(store)
    checks.note_check(OPERATOR, FOUND).result()

    with pytest.raises(DBAPIError, match="checks are only added"):
        store.write(lambda connection: connection.execute(text(change)) and None).result()

    assert last_check(store) is not None


def test_the_newest_record_tells_a_clock_that_was_set_back(store: RegisterStore) -> None:
    checks = ShiftChecks(store)
    assert checks.newest_record_at() is None

    card = store.open_card(new_call(1), OPERATOR).result()

    assert checks.newest_record_at() == card.created_at


def test_the_newest_record_is_the_one_that_was_written_last(
    path: Path, store_template: StoreTemplate
) -> None:
    """The clock ran a month ahead for one call and was set right."""
    store_template.open_copy(path).close_store()
    moments = [RANG_AT + timedelta(days=30), RANG_AT + timedelta(hours=1)]
    now = moments[0]
    store = RegisterStore.open(path, store_template.key, clock=lambda: now)
    checks = ShiftChecks(store)
    for index, moment in enumerate(moments, 1):
        now = moment
        store.open_card(new_call(index, moment), OPERATOR).result()

    assert checks.newest_record_at() == moments[1]
    assert store.close_store()
