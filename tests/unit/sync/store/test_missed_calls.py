"""Missed calls stay until they are dealt with, however old they are and whoever deals with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, text

from sync.register import calls
from sync.register.calls import ANSWERED_ELSEWHERE, CallRecord, CallResult, NewCall
from sync.register.missed_calls import MissedOutcome
from sync.register.numbering import next_number, period_of
from sync.register.operators import Operator, Role
from sync.store import migrations
from sync.store.engine import writing_engine
from sync.store.keys import StoreKey
from sync.store.missed_calls import MissedCalls
from sync.store.register import RegisterStore
from sync.store.rows import call_row
from sync.store.tables import call_record
from tests.fakes.old_store import NOT_YET
from tests.fakes.records import new_call

FRIDAY_NIGHT = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
BEFORE_THE_LIST = "l0025"
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


def test_an_upgrade_leaves_only_the_last_days_to_be_dealt_with(path: Path, key: StoreKey) -> None:
    now = datetime.now(UTC)
    engine = writing_engine(path, key)
    with engine.begin() as connection:
        migrations.upgrade(connection, migrations.LOCAL, BEFORE_THE_LIST)
        for index, at in enumerate((now - timedelta(days=9), now), 1):
            opened = calls.open_card(
                replace(new_call(index, at), caller_number=f"8900555015{index}"),
                id=UUID(int=index),
                number=next_number(period_of(at), "0001", index),
                at=at,
                operator=OPERATOR,
                workplace="0001",
                home_area_code="87999",
            )
            values = call_row(calls.missed(opened, at, "caller_gave_up"))
            for name in NOT_YET:
                del values[name]
            connection.execute(insert(call_record).values(values))
    engine.dispose()
    store = RegisterStore.open(path, key)
    try:
        assert [one.id for one in MissedCalls(store).still_open()] == [UUID(int=2)]
        old = store.call(UUID(int=1))
        assert old is not None
        assert old.result is CallResult.NOT_ANSWERED
    finally:
        assert store.close_store()
