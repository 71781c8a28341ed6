"""Missed calls stay until they are dealt with, however old they are and whoever deals with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, TextClause, text

from sync.register import calls
from sync.register.calls import ANSWERED_ELSEWHERE, CallRecord, CallResult, NewCall
from sync.register.missed_calls import MissedOutcome
from sync.register.operators import Operator, Role
from sync.store import migrations
from sync.store.keys import StoreKey
from sync.store.missed_calls import MissedCalls
from sync.store.register import RegisterStore
from tests.fakes.old_store import NOT_YET

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


def _run(statement: TextClause, connection: Connection) -> None:
    connection.execute(statement)


def test_an_upgrade_leaves_only_the_last_days_to_be_dealt_with(
    tmp_path: Path, key: StoreKey, store: RegisterStore
) -> None:
    now = datetime.now(UTC)
    old, new = miss(store, "89005550155", now - timedelta(days=9)), miss(store, "89005550156", now)
    store.write(lambda connection: connection.execute(text("DROP TABLE missed_handled"))).result()
    for index in ("missed", "by_hand", "part_of"):
        drop = text(f"DROP INDEX ix_call_record_{index}")
        store.write(partial(_run, drop)).result()
    for column in NOT_YET:
        drop = text(f"ALTER TABLE call_record DROP COLUMN {column}")
        store.write(partial(_run, drop)).result()
    store.write(
        lambda connection: connection.execute(
            text("UPDATE alembic_version SET version_num = 'l0025'")
        )
    ).result()
    store.write(lambda connection: migrations.upgrade(connection, migrations.LOCAL)).result()

    assert MissedCalls(store).still_open() == (new,)
    assert old.result is CallResult.NOT_ANSWERED
