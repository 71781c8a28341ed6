"""Missed calls remain until they are resolved, regardless of age and workplace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text

from sync.records.feed_values import FeedItem
from sync.records.table_rules import Entity
from sync.records.workplace_tables import known_call
from sync.register.calls import calls
from sync.register.calls.calls import ANSWERED_ELSEWHERE, CallRecord, CallResult, NewCall
from sync.register.calls.missed import MissedElsewhere, MissedOutcome
from sync.register.numbering import next_number
from sync.register.people.operators import Operator, Role
from sync.store.local.callers import HistoryFeed, forget_known
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore

FRIDAY_NIGHT = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
OPERATOR = Operator(UUID(int=1), "probova", "Пробова Анна", Role.OPERATOR)


def ring(store: RegisterStore, number: str, at: datetime) -> CallRecord:
    new = NewCall(
        sip_call_id=f"{number}-{at.isoformat()}@test.invalid",
        direction="incoming",
        arrived_at=at,
        caller_number=number,
        caller_name="",
        dialled_line="100",
        out_of_hours=True,
    )
    return store.open_card(new, OPERATOR).result()


def miss(
    store: RegisterStore, number: str, at: datetime, cause: str = "caller_gave_up"
) -> CallRecord:
    return store.close(calls.missed(ring(store, number, at), at, cause)).result()


def talk(store: RegisterStore, number: str, at: datetime) -> CallRecord:
    card = calls.answered(ring(store, number, at), at)
    card = calls.edit(card, content="Справка", result=CallResult.ANSWERED)
    closed = calls.close(calls.ended(card, at, "far_end", None), at, OPERATOR)
    assert isinstance(closed, CallRecord)
    return store.close(closed).result()


def test_a_missed_call_stays_over_the_weekend_until_it_is_marked(store: RegisterStore) -> None:
    missed = MissedCalls(store)
    first = miss(store, "89005550151", FRIDAY_NIGHT)
    second = miss(store, "", FRIDAY_NIGHT + timedelta(hours=60))
    assert missed.still_open() == (first, second)

    assert missed.handle([first.id, second.id], OPERATOR, MissedOutcome.NOT_REACHED).result() == 2
    assert missed.handle([first.id], OPERATOR, MissedOutcome.CALLED_BACK).result() == 0
    assert missed.still_open() == ()


def test_a_talk_with_the_same_telephone_deals_with_it(store: RegisterStore) -> None:
    missed = MissedCalls(store)
    miss(store, "8 (900) 555-01-52", FRIDAY_NIGHT)
    other = miss(store, "89005550153", FRIDAY_NIGHT)
    talk(store, "+79005550152", FRIDAY_NIGHT + timedelta(hours=12))
    earlier = miss(store, "89005550152", FRIDAY_NIGHT + timedelta(hours=13))

    assert missed.still_open() == (other, earlier)


def test_a_call_that_a_colleague_took_was_not_missed(store: RegisterStore) -> None:
    miss(store, "89005550154", FRIDAY_NIGHT, ANSWERED_ELSEWHERE)

    assert MissedCalls(store).still_open() == ()


def test_the_open_ones_are_found_by_their_index(store: RegisterStore) -> None:
    plan = store.read(
        lambda connection: connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT * FROM call_record"
                " WHERE call_record.result = 'not_answered' ORDER BY arrived_at DESC"
            )
        ).all()
    )

    assert any("ix_call_record_missed" in str(step) for step in plan)


BY_THE_CENTRE = UUID(int=900)
MONDAY = FRIDAY_NIGHT + timedelta(hours=60)
HOUR = timedelta(hours=1)


def told_elsewhere(
    store: RegisterStore,
    phone: str | None,
    *,
    id: UUID = BY_THE_CENTRE,
    at: datetime = MONDAY,
    result: str = "answered",
    handled_at: datetime | None = None,
    answered_at: datetime | None = None,
    whole: bool = False,
    number: str = "",
) -> None:
    """Simulates the feed's row of another workplace's call; an empty one if the call may no longer
    be known.

    With `whole` the row is a full snapshot, which replaces the previous rows.
    """
    document = {
        "number": number or str(next_number("2611", "0002", id.int)), "phone": phone,
        "at": at.isoformat(), "topic": None, "category": None, "about": "", "result": result,
        "surname": None, "given_name": None, "patronymic": None,
        "handled_at": None if handled_at is None else handled_at.isoformat(),
        "answered_at": None if answered_at is None else answered_at.isoformat(),
        "is_missed": result == "not_answered",
    }  # fmt: skip
    told = None if phone is None else document
    item = FeedItem("call", f"0002/2611/{id}", 1, told, None, None, "", at)
    feed = HistoryFeed(store, lambda: at)
    if whole:
        feed.replace(iter((item,)), "mark")
    else:
        store.write(lambda connection: feed.take(connection, (item,))).result()


def test_what_another_workplace_dealt_with_stays_so_when_its_record_is_known_no_more(
    path: Path, key: StoreKey
) -> None:
    store = RegisterStore.open(path, key, first_station="0001", home_area_code="87999")
    talked, marked = "+79005550161", "+79005550162"
    for phone in (talked, marked):
        miss(store, phone, FRIDAY_NIGHT)
    told_elsewhere(store, talked)
    told_elsewhere(
        store, marked, id=UUID(int=901), at=FRIDAY_NIGHT, result="not_answered", handled_at=MONDAY
    )
    assert MissedCalls(store).still_open() == ()
    # five newer missed calls remove the talk from the history of the phone number
    for low in range(902, 907):
        later = MONDAY + timedelta(minutes=low)
        told_elsewhere(store, talked, id=UUID(int=low), at=later, result="not_answered")
    told_elsewhere(store, "+79005550163", id=UUID(int=910), whole=True)
    assert store.close_store()

    again = RegisterStore.open(path, key)
    try:
        assert MissedCalls(again).still_open() == ()
        newer = miss(again, talked, MONDAY + timedelta(days=1))
        assert MissedCalls(again).still_open() == (newer,), "a call after the talk is another one"
    finally:
        assert again.close_store()


def test_what_is_forgotten_after_its_term_leaves_its_mark_also_on_a_call_closed_later(
    store: RegisterStore,
) -> None:
    phone = "+79005550164"
    rang = ring(store, phone, FRIDAY_NIGHT)
    told_elsewhere(store, phone)
    store.close(calls.missed(rang, FRIDAY_NIGHT, "caller_gave_up")).result()
    end = MONDAY + timedelta(days=90)
    assert store.write(lambda connection: forget_known(connection, end)).result() == 1

    assert MissedCalls(store).still_open() == ()


def test_a_talk_that_proves_to_be_with_somebody_else_deals_with_nothing(
    store: RegisterStore,
) -> None:
    missed = miss(store, "+79005550165", FRIDAY_NIGHT)
    told_elsewhere(store, "+79005550165")
    assert MissedCalls(store).still_open() == ()
    told_elsewhere(store, "+79005550166")  # a slip that was corrected there
    assert MissedCalls(store).still_open() == (missed,)

    told_elsewhere(store, "+79005550165")
    told_elsewhere(store, None)  # undone there immediately
    assert MissedCalls(store).still_open() == (missed,)


def test_of_two_talks_one_is_enough(store: RegisterStore) -> None:
    phone = "+79005550167"
    miss(store, phone, FRIDAY_NIGHT)
    told_elsewhere(store, phone)
    told_elsewhere(store, phone, id=UUID(int=901))
    told_elsewhere(store, None)

    assert MissedCalls(store).still_open() == ()


def test_a_call_missed_at_another_workplace_waits_here_too_until_somebody_marks_it(
    path: Path, key: StoreKey
) -> None:
    phone = "+79005550171"
    store = RegisterStore.open(path, key, first_station="0001", home_area_code="87999")
    told_elsewhere(store, phone, result="not_answered")
    (waiting,) = MissedCalls(store).still_open()
    assert isinstance(waiting, MissedElsewhere)
    assert (waiting.phone, waiting.workplace) == (phone, "0002")
    assert waiting.arrived_at == MONDAY
    # the operator here resolves it
    missed = MissedCalls(store, clock=lambda: MONDAY + timedelta(minutes=30))
    handled = missed.handle([waiting.id], OPERATOR, MissedOutcome.NOT_REACHED)
    assert handled.result() == 1
    assert MissedCalls(store).still_open() == ()
    again = MissedCalls(store).handle([waiting.id], OPERATOR, MissedOutcome.CALLED_BACK)
    assert again.result() == 0
    (sent,) = [row for row in store.outbox_unsent() if row.entity is Entity.MISSED_MARK]
    assert {name: sent.payload[name] for name in ("call_station", "call_id", "outcome")} == {
        "call_station": "0002",
        "call_id": str(BY_THE_CENTRE),
        "outcome": "not_reached",
    }
    # the central database repeats the call before it has the resolution
    told_elsewhere(store, phone, result="not_answered")
    assert MissedCalls(store).still_open() == ()
    assert store.close_store()

    again_open = RegisterStore.open(path, key)
    try:
        assert MissedCalls(again_open).still_open() == ()
        later = MONDAY + timedelta(hours=1)
        told_elsewhere(again_open, phone, id=UUID(int=901), at=later, result="not_answered")
        assert [one.id for one in MissedCalls(again_open).still_open()] == [UUID(int=901)]
    finally:
        assert again_open.close_store()


def test_a_mark_deals_with_what_the_same_ring_was_at_the_other_workplaces(
    store: RegisterStore,
) -> None:
    phone, seconds = "+79005550172", timedelta(seconds=20)
    told_elsewhere(store, phone, result="not_answered")
    told_elsewhere(store, phone, id=UUID(int=901), at=MONDAY + seconds, result="not_answered")
    (one,) = MissedCalls(store, clock=lambda: MONDAY + 2 * seconds).still_open()

    missed = MissedCalls(store, clock=lambda: MONDAY + 2 * seconds)
    assert missed.handle([one.id], OPERATOR, MissedOutcome.NOT_NEEDED).result() == 1
    assert missed.still_open() == ()
    told_elsewhere(store, phone, result="not_answered")  # not resolved there yet
    assert missed.still_open() == ()


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_talk_here_or_there_deals_with_what_another_workplace_missed(
    store: RegisterStore, is_ours: bool
) -> None:
    phone, later = "+79005550173", MONDAY + timedelta(minutes=5)
    told_elsewhere(store, phone, result="not_answered")
    assert len(MissedCalls(store).still_open()) == 1

    if is_ours:
        talk(store, phone, later)
    else:
        told_elsewhere(store, phone, id=UUID(int=901), at=later)
    assert MissedCalls(store).still_open() == ()


def test_what_a_colleague_took_at_another_desk_was_missed_at_none(store: RegisterStore) -> None:
    """The PBX rang all workplaces and reported to none that one has answered."""
    phone, second = "+79005550174", timedelta(seconds=1)
    miss(store, phone, MONDAY)
    told_elsewhere(store, phone, id=UUID(int=901), at=MONDAY + second, result="not_answered")
    told_elsewhere(store, phone, at=MONDAY - second, answered_at=MONDAY + 5 * second)

    assert MissedCalls(store).still_open() == ()


def test_what_another_workplace_says_of_a_call_of_ours_marks_it_and_is_no_call_of_theirs(
    store: RegisterStore,
) -> None:
    missed = miss(store, "+79005550175", FRIDAY_NIGHT)
    told_elsewhere(
        store, "+79005550175", id=missed.id, result="not_answered", handled_at=MONDAY, number="-"
    )

    assert MissedCalls(store).still_open() == ()
    known = store.read(lambda connection: connection.execute(select(known_call)).all())
    assert known == []


def test_a_call_under_a_number_that_is_none_stands_in_no_list(store: RegisterStore) -> None:
    told_elsewhere(store, "+79005550176", result="not_answered", number="0")

    assert MissedCalls(store).still_open() == ()
    mark = MissedCalls(store).handle([BY_THE_CENTRE], OPERATOR, MissedOutcome.NOT_NEEDED)
    assert mark.result() == 0
    nobodys = MissedCalls(store).handle([UUID(int=5)], OPERATOR, MissedOutcome.NOT_NEEDED)
    assert nobodys.result() == 0


def test_the_missed_of_others_are_found_by_their_index(store: RegisterStore) -> None:
    plan = store.read(
        lambda connection: connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT * FROM known_call WHERE known_call.is_missed = 1"
                " AND known_call.handled_at IS NULL ORDER BY at DESC"
            )
        ).all()
    )

    assert any("ix_known_call_missed" in str(step) for step in plan)


def test_whom_anybody_has_missed_is_known_also_of_who_was_talked_with_since(
    store: RegisterStore,
) -> None:
    here, there, nobody, marked = (f"+790055501{low}" for low in (71, 72, 73, 74))
    miss(store, here, FRIDAY_NIGHT)
    told_elsewhere(store, here, result="not_answered")
    told_elsewhere(store, there, id=UUID(int=901), result="not_answered")
    told_elsewhere(store, there, id=UUID(int=902), at=MONDAY + HOUR, result="not_answered")
    miss(store, nobody, MONDAY, ANSWERED_ELSEWHERE)
    dealt = miss(store, marked, MONDAY)
    missed = MissedCalls(store)
    missed.handle([dealt.id], OPERATOR, MissedOutcome.CALLED_BACK).result()
    for phone in (here, there, nobody):
        talk(store, phone, MONDAY + 2 * HOUR)
    phones = (here, there, nobody, marked)

    assert missed.first_missed(phones, FRIDAY_NIGHT - HOUR) == {here: FRIDAY_NIGHT, there: MONDAY}
    assert missed.first_missed(phones, FRIDAY_NIGHT) == {here: MONDAY, there: MONDAY}
    assert missed.first_missed((nobody,), FRIDAY_NIGHT - HOUR) == {}
