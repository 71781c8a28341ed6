"""Promised calls on the disk: kept over restarts, closed once, gone with the person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sync.register.planned_calls import PlannedCall, PlannedOutcome, plan
from sync.store.erasure import forget_caller
from sync.store.planned_calls import KEPT, PlannedCalls
from sync.store.register import RegisterStore
from tests.fakes.records import OPERATOR

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PHONE = "+79005550171"


def planned(low: int, after: timedelta, phone: str = PHONE) -> PlannedCall:
    made = plan(
        phone, NOW + after, "о мусоре", is_mine=True, id=UUID(int=low), now=NOW, by=OPERATOR
    )
    assert isinstance(made, PlannedCall)
    return made


def test_they_are_read_as_they_were_planned_the_earliest_first(store: RegisterStore) -> None:
    calls = PlannedCalls(store, clock=lambda: NOW)
    late, soon = planned(1, timedelta(hours=2)), planned(2, timedelta(hours=1))
    for one in (late, soon):
        assert calls.add(one).result() == one
    assert calls.still_open() == (soon, late)

    again = calls.note(soon.id, PlannedOutcome.NOT_REACHED, OPERATOR).result()
    assert again is not None
    assert (again.tries, again.at) == (1, NOW + timedelta(minutes=30))
    assert calls.note(late.id, PlannedOutcome.TALKED, OPERATOR).result() is not None
    assert calls.still_open() == (again,)
    assert calls.note(UUID(int=99), PlannedOutcome.TALKED, OPERATOR).result() is None


def test_what_is_over_is_kept_for_a_while_and_an_erased_person_is_not_called(
    store: RegisterStore,
) -> None:
    calls = PlannedCalls(store, clock=lambda: NOW)
    old, other = planned(1, timedelta(0)), planned(2, timedelta(0), "+79005550172")
    for one in (old, other):
        calls.add(one).result()
    calls.note(old.id, PlannedOutcome.TALKED, OPERATOR).result()
    later = PlannedCalls(store, clock=lambda: NOW + KEPT + timedelta(seconds=1))
    later.note(other.id, PlannedOutcome.NOT_REACHED, OPERATOR).result()
    assert later.note(old.id, PlannedOutcome.TALKED, OPERATOR).result() is None

    store.write(lambda connection: forget_caller(connection, "+79005550172")).result()
    assert calls.still_open() == ()
