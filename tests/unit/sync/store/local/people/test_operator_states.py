"""States of operators in the register: append-only, read back, and sent to the central database."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, delete, update
from sqlalchemy.exc import IntegrityError

from sync.cli import main
from sync.records.replicated_tables import operator_state
from sync.records.table_rules import Entity
from sync.register.figures.operator_days import operator_days
from sync.register.people.operator_states import Cause, Doing, StateChange
from sync.register.people.operators import Operator, Role
from sync.store.local.keys import StoreKey, write_key_file
from sync.store.local.people.operators import OperatorStates, changes_of_period, state_changes
from sync.store.local.register import RegisterStore

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OPERATOR = Operator(UUID(int=1), "probova", "Пробова Анна", Role.OPERATOR)
SIGNED_IN = StateChange(AT, Doing.OFFLINE, Doing.READY, "", Cause.SIGNED_IN)
LUNCH = StateChange(AT + timedelta(hours=3), Doing.READY, Doing.BREAK, "lunch", Cause.CHOSEN)


def changes(store: RegisterStore) -> list[StateChange]:
    found = state_changes(store, AT, AT + timedelta(days=1))
    return [kept.change for kept in found]


def test_changes_come_back_as_they_were_and_wait_for_the_centre(store: RegisterStore) -> None:
    states = OperatorStates(store, clock=lambda: AT)
    for change in (SIGNED_IN, LUNCH):
        states.note(OPERATOR, change).result()

    assert changes(store) == [SIGNED_IN, LUNCH]
    rows = store.outbox_waiting(10)
    assert [row.entity for row in rows] == [Entity.OPERATOR_STATE] * 2
    assert rows[1].payload["reason"] == "lunch"
    assert rows[1].payload["operator_id"] == str(OPERATOR.id)
    # they are sent with the records, and are not counted as unsent records
    assert store.outbox_status().waiting == 0


def test_what_was_done_is_not_written_anew(store: RegisterStore) -> None:
    OperatorStates(store).note(OPERATOR, SIGNED_IN).result()

    def rewrite(connection: Connection) -> None:
        connection.execute(update(operator_state).values(cause="chosen"))

    def remove(connection: Connection) -> None:
        connection.execute(delete(operator_state))

    for forbidden in (rewrite, remove):
        with pytest.raises(IntegrityError, match="only added"):
            store.write(forbidden).result()


def test_the_next_start_ends_what_a_program_that_died_left_open(store: RegisterStore) -> None:
    later = AT + timedelta(hours=9)
    states = OperatorStates(store, clock=lambda: later)
    states.close_left_open().result()
    assert changes(store) == []

    states.note(OPERATOR, SIGNED_IN).result()
    for _start in range(2):
        states.close_left_open().result()

    assert changes(store) == [
        SIGNED_IN,
        StateChange(later, Doing.READY, Doing.OFFLINE, "", Cause.PROGRAM_ENDED),
    ]


def test_the_command_tells_changes_and_times(
    store: RegisterStore, path: Path, key: StoreKey, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key_file(key, path)
    states = OperatorStates(store)
    for change in (SIGNED_IN, LUNCH):
        states.note(OPERATOR, change).result()

    assert main(["states", "--day", "2026-11-24", "--store", str(path)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["doing"], one["cause"]) for one in told] == [
        ("ready", "signed_in"),
        ("break", "chosen"),
    ]
    assert main(["states", "--times", "--day", "2026-11-24", "--store", str(path)]) == 0
    (times,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert times["operator_name"] == OPERATOR.name
    assert times["seconds"]["ready"] == 3 * 3600
    assert times["occupancy"] == 0


DAY_START = datetime(2026, 11, 25, 21, tzinfo=UTC)
"""Midnight in the city: the 26th."""


def told_times(
    path: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> tuple[dict[str, int], int]:
    """Seconds of each state without zeros, and the seconds without a known state."""
    assert main(["states", "--times", "--day", day, "--store", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    if not lines:
        return {}, 0
    (times,) = (json.loads(line) for line in lines)
    return {doing: s for doing, s in times["seconds"].items() if s}, times["unknown_s"]


def note_all(store: RegisterStore, *given: tuple[datetime, Doing, Doing, Cause]) -> None:
    states = OperatorStates(store)
    for at, former, doing, cause in given:
        states.note(OPERATOR, StateChange(at, former, doing, "", cause)).result()


def test_a_state_before_midnight_counts_in_the_day_after_it(
    store: RegisterStore, path: Path, key: StoreKey, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key_file(key, path)
    at_six = DAY_START + timedelta(hours=6)
    note_all(
        store,
        (DAY_START - timedelta(hours=4), Doing.OFFLINE, Doing.READY, Cause.SIGNED_IN),
        (at_six, Doing.READY, Doing.TALKING, Cause.CALL_TAKEN),
        (at_six + timedelta(hours=1), Doing.TALKING, Doing.OFFLINE, Cause.SIGNED_OUT),
    )

    assert told_times(path, "2026-11-25", capsys) == ({"ready": 4 * 3600}, 0)
    seconds, unknown_s = told_times(path, "2026-11-26", capsys)
    assert (seconds["ready"], seconds["talking"], unknown_s) == (6 * 3600, 3600, 0)
    # the next day: the operator had signed out
    assert told_times(path, "2026-11-27", capsys) == ({}, 0)


def test_the_time_before_a_program_was_found_dead_is_unknown_on_each_day(
    store: RegisterStore, path: Path, key: StoreKey, capsys: pytest.CaptureFixture[str]
) -> None:
    write_key_file(key, path)
    ready_at = DAY_START - timedelta(hours=6, minutes=10)
    note_all(store, (ready_at, Doing.OFFLINE, Doing.READY, Cause.SIGNED_IN))
    started_at = DAY_START + timedelta(days=1, hours=8)
    OperatorStates(store, clock=lambda: started_at).close_left_open().result()

    assert told_times(path, "2026-11-25", capsys) == ({}, 6 * 3600 + 600)
    assert told_times(path, "2026-11-26", capsys) == ({}, 24 * 3600)
    assert told_times(path, "2026-11-27", capsys)[1] == 8 * 3600


def test_the_report_names_a_state_that_has_lasted_since_before_midnight(
    store: RegisterStore,
) -> None:
    ready_at = DAY_START - timedelta(hours=4)
    note_all(store, (ready_at, Doing.OFFLINE, Doing.READY, Cause.SIGNED_IN))
    until = DAY_START + timedelta(minutes=10)
    day = date(2026, 11, 26)

    found = changes_of_period(store, DAY_START, DAY_START + timedelta(days=1))
    (only,) = operator_days(
        found, (), first=day, last=day, until=until, zone=ZoneInfo("Europe/Moscow")
    )

    assert only.last is not None
    assert only.last.change.at == ready_at
    assert only.times.by_doing == {Doing.READY: timedelta(minutes=10)}


def test_the_list_of_changes_has_those_of_the_day_alone(store: RegisterStore) -> None:
    note_all(store, (AT - timedelta(hours=1), Doing.OFFLINE, Doing.READY, Cause.SIGNED_IN))
    assert changes(store) == []
