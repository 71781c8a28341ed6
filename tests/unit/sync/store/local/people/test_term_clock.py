"""The clock is checked before personal data are erased by age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from sync.errors import ClockDoubtful
from sync.register.people.operator_states import Cause, Doing, StateChange
from sync.register.people.operators import Operator, Role
from sync.store.local.people.operators import OperatorStates
from sync.store.local.people.retention import TermClock
from sync.store.local.register import RegisterStore

DAY = timedelta(days=1)
AT = datetime(2026, 11, 25, 6, tzinfo=UTC)
OPERATOR = Operator(UUID(int=1), "probova", "Пробова Анна", Role.OPERATOR)


def work(store: RegisterStore, at: datetime) -> None:
    change = StateChange(at, Doing.OFFLINE, Doing.READY, "", Cause.SIGNED_IN)
    OperatorStates(store).note(OPERATOR, change).result()


def is_believed(store: RegisterStore, at: datetime, ahead_s: float | None = None) -> bool:
    """Whether a job that erases by age is executed; `ahead_s` is the offset from the
    central clock.
    """
    run = TermClock(store, lambda: ahead_s).checked(lambda at: at)
    try:
        assert run(at) == at
    except ClockDoubtful:
        return False
    return True


def test_a_clock_that_jumped_erases_nothing_until_the_day_after(store: RegisterStore) -> None:
    work(store, AT)
    assert is_believed(store, AT + 31 * DAY)

    for ahead in (120 * DAY, 73 * 365 * DAY):
        assert not is_believed(store, AT + ahead)
        # records with the same wrong clock do not confirm it
        work(store, AT + ahead)
        assert not is_believed(store, AT + ahead + timedelta(hours=3))
    assert is_believed(store, AT + 121 * DAY)
    # the clock was corrected: records with the wrong clock are ignored
    assert is_believed(store, AT + DAY)


def test_a_new_store_has_nothing_to_lose(store: RegisterStore) -> None:
    assert is_believed(store, AT)


@pytest.mark.parametrize(
    ("ahead_s", "expected"),
    [(0.0, True), (-3600.0, True), (3600.0, True), (120 * 86_400.0, False), (None, False)],
)
def test_the_clock_of_the_centre_is_believed_before_the_records(
    store: RegisterStore, ahead_s: float | None, expected: bool
) -> None:
    """As at a workplace that is used once in three months."""
    work(store, AT)
    assert is_believed(store, AT + 90 * DAY, ahead_s) is expected
