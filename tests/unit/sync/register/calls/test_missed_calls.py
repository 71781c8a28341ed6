"""Outcomes of a missed call, and counting of one ring at several workplaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.calls.missed import (
    CHOICES,
    SAME_RING,
    MissedElsewhere,
    MissedOutcome,
    once_each,
)
from sync.register.numbering import next_number, period_of
from tests.fakes.records import OPERATOR, RANG_AT, new_call

CALLER, OTHER = "+79005550171", "+79005550172"


def here(minute: float, phone: str = CALLER) -> CallRecord:
    at = RANG_AT + timedelta(minutes=minute)
    card = calls.open_card(
        replace(new_call(1, at), caller_number=phone),
        id=UUID(int=int(1000 * minute) + 1),
        number=next_number(period_of(at), "0001", 1),
        at=at,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    return calls.missed(card, at, "caller_gave_up")


def there(minute: float, station: str = "0002", phone: str = CALLER) -> MissedElsewhere:
    at = RANG_AT + timedelta(minutes=minute)
    number = next_number(period_of(at), station, 1)
    return MissedElsewhere(UUID(int=int(1000 * minute) + int(station)), number, at, phone, "")


def test_a_person_says_what_he_did_and_never_what_a_program_marked() -> None:
    assert len(set(CHOICES)) == len(CHOICES)
    assert set(MissedOutcome) - set(CHOICES) == {MissedOutcome.BEFORE, MissedOutcome.ELSEWHERE}


def test_what_rang_at_another_workplace_alone_waits_with_ours_in_their_order() -> None:
    own, first, last = here(10, OTHER), there(5), there(30, "0003")

    assert once_each([own], [last, first]) == (first, own, last)
    assert last.workplace == "0003"


def test_one_ring_at_five_desks_is_one_call() -> None:
    own = here(1)
    others = [there(minute, f"000{desk}") for desk, minute in enumerate((0.9, 1, 1.2, 1.3), 2)]

    assert once_each([own], others) == (own,)
    assert once_each([], others) == (others[0],), "the first of them where none rang here"


def test_who_rings_again_later_or_is_another_one_is_a_call_of_his_own() -> None:
    beyond = SAME_RING.total_seconds() / 60 + 0.1
    own, again, neighbour = here(0), there(beyond), there(0, phone=OTHER)

    assert set(once_each([own], [again, neighbour])) == {own, again, neighbour}
