"""``python -m sync`` as an administrator runs it, while the console holds the store."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.records.replicated_tables import audit
from sync.register.calendar.calendar import OrderedDay, OrderedKind, read_calendar
from sync.register.calls.calls import CallRecord
from sync.register.city import CityEdit, DaysOrdered, Revoked
from sync.register.numbering import next_number
from sync.register.people.operators import Role
from sync.store.local.audit import check_audit
from sync.store.local.city import CityStore
from sync.store.local.keys import StoreKey, key_file
from sync.store.local.register import RegisterStore
from tests.fakes.ready_commands import run
from tests.fakes.records import OPERATOR, closed, filled, new_call, registered_message

ROOT = Path(__file__).parents[4]
WAIT_S = 30


def save(store: RegisterStore) -> CallRecord:
    card = filled(store.open_card(new_call(1), OPERATOR).result(WAIT_S))
    return store.close(closed(card)).result(WAIT_S)


def test_show_gives_a_call_as_json(store: RegisterStore, path: Path) -> None:
    card = save(store)
    shown = run("show", str(card.number).replace("-", " "), "--store", str(path), "--json")
    assert (shown.returncode, shown.stderr) == (0, "")
    record = json.loads(shown.stdout)
    assert record["kind"] == "call"
    assert record["id"] == str(card.id)
    assert record["number"] == str(card.number)
    assert record["content"] == card.content
    assert record["phone"] == "+79005550101"
    assert record["arrived_at"] == "2026-11-25T09:00:00.123456+00:00"
    assert record["used_entries"] == [
        {"key": "q-17", "kind": "question", "title": "Когда вывозят мусор?"}
    ]


def test_show_gives_a_message_in_lines(store: RegisterStore, path: Path) -> None:
    card = save(store)
    message = store.save_message(registered_message(card, uuid7())).result(WAIT_S)
    shown = run("show", str(message.number), "--store", str(path))
    assert shown.returncode == 0
    assert f"call_id: {card.id}" in shown.stdout.splitlines()
    assert "event_time: 07:30:00" in shown.stdout.splitlines()
    assert run("list", "--day", "2026-11-25", "--store", str(path)).stderr == ""
    # reads by commands are audited, also while the console holds the store
    told = store.read(
        lambda connection: connection.execute(
            select(audit.c.kind, audit.c.source, audit.c.subject_id, audit.c.count)
            .where(audit.c.source == "command")
            .order_by(audit.c.row)
        ).all()
    )
    assert [tuple(row) for row in told] == [
        ("record_read", "command", message.id, 1),
        ("list_read", "command", None, 2),
    ]
    store.close(replace(card, content="иначе")).result(WAIT_S)  # the console continues afterwards
    (chain,) = store.read(check_audit)
    assert chain.broken is None


def test_show_tells_a_slip_from_a_number_never_given(store: RegisterStore, path: Path) -> None:
    given = save(store).number
    number, other = str(given), str(next_number(given.period, given.station, given.counter))
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert run("show", slip, "--store", str(path)).returncode == 2
    assert run("show", other, "--store", str(path)).returncode == 1


def test_outbox_status_counts_what_waits_and_names_what_is_refused(
    store: RegisterStore, path: Path
) -> None:
    card = save(store)
    waiting = json.loads(run("outbox", "status", "--store", str(path), "--json").stdout)
    assert (waiting["waiting"], waiting["poison"]) == (1, [])
    store.mark_poison(store.outbox_waiting(1)[0], "23514 rule").result(WAIT_S)
    shown = run("outbox", "status", "--store", str(path))
    assert shown.stdout.splitlines() == [
        "unsent: 0, oldest: -, rejected: 1",
        f"rejected: call {card.id} revision {card.revision}: 23514 rule",
    ]


def test_check_tells_a_sound_store_from_a_damaged_one(path: Path, key: StoreKey) -> None:
    store = RegisterStore.open(path, key)
    save(store)
    store.close_store()
    assert run("verify", "--store", str(path)).stdout == "no errors found\n"
    content = bytearray(path.read_bytes())
    content[-2000] ^= 0xFF
    path.write_bytes(content)
    damaged = run("verify", "--store", str(path))
    assert (damaged.returncode, damaged.stderr) == (
        3,
        "local database: the file is damaged; run `export-outbox`, then restore a backup\n",
    )


@pytest.mark.parametrize("command", [["verify"], ["outbox", "status"]])
def test_a_store_without_its_key_is_told(
    store: RegisterStore, path: Path, command: list[str]
) -> None:
    key_file(path).unlink()
    done = run(*command, "--store", str(path))
    assert (done.returncode, done.stderr) == (
        3,
        "local database: no key in the keyring or key file; run as the user who owns the database,"
        " or put back the key file\n",
    )


def test_central_init_makes_the_schema_once(empty_dsn: str) -> None:
    assert run("central", "init", "--dsn", empty_dsn).stdout == "schema created or upgraded\n"
    assert run("central", "init", "--dsn", empty_dsn).stdout == "schema is up to date\n"
    connection = psycopg2.connect(empty_dsn)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM call_record")
        assert cursor.fetchone() == (0,)
    connection.close()


def test_central_init_tells_a_wrong_dsn_without_repeating_it() -> None:
    done = run("central", "init", "--dsn", "host=x password=geheim nonsense")
    assert done.returncode == 2
    assert "geheim" not in done.stderr
    refused = run("central", "init", "--dsn", "host=127.0.0.1 port=1 connect_timeout=2")
    assert refused.returncode == 4
    assert "Traceback" not in refused.stderr


def test_the_package_runs_as_a_program() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "sync", "--help"],
        cwd=ROOT,
        env={"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.startswith("usage: python -m sync")
    assert shown.stdout == run("--help").stdout


def test_every_command_has_help() -> None:
    for command in ([], ["central"], ["central", "init"], ["outbox", "status"], ["show"]):
        shown = run(*command, "--help")
        assert shown.returncode == 0
        assert shown.stdout.startswith("usage: python -m sync")


def test_a_supervisor_adds_an_operator_while_the_console_is_closed(
    path: Path, key: StoreKey
) -> None:
    store = RegisterStore.open(path, key)
    store.create_first_operator(
        name="Первая Проба", login="senior", password="first-password", role=Role.SUPERVISOR
    ).result(WAIT_S)
    command = (
        "operator", "add", "--by", "senior", "--login", "junior", "--name", "Вторая Проба",
        "--store", str(path),
    )  # fmt: skip
    passwords = "first-password\nsecond-password\n"
    assert run(*command, typed=passwords).returncode == 3  # this process holds the store
    store.close_store()
    wrong = run(*command, typed="not the password\nsecond-password\n")
    assert (wrong.returncode, wrong.stdout) == (5, "")
    assert run(*command, typed=passwords).stdout == "junior: operator\n"
    again = run(*command, typed=passwords)
    assert again.returncode == 5
    assert "junior already" in again.stderr


def test_calendar_tells_every_edit_and_whether_it_counts(store: RegisterStore, path: Path) -> None:
    built_in = read_calendar(ROOT / "resources" / "calendars")
    city = CityStore(store, built_in)
    by = replace(OPERATOR, role=Role.SUPERVISOR)
    day = OrderedDay(date(2026, 11, 25), OrderedKind.OFF, "")
    made = city.edit(DaysOrdered((day,)), by, reason="авария", document="№ 5-р").result(WAIT_S)
    assert isinstance(made, CityEdit)
    city.edit(Revoked(made.id), by, reason="отменено").result(WAIT_S)
    shown = run("calendar", "--store", str(path))
    assert (shown.returncode, shown.stderr) == (0, "")
    first, second = map(json.loads, shown.stdout.splitlines())
    assert first["change"] == {
        "kind": "days",
        "days": [{"day": "2026-11-25", "kind": "off", "reason": ""}],
    }
    assert (first["reason"], first["document"], first["in_force"]) == ("авария", "№ 5-р", False)
    assert second["change"] == {"kind": "revoked", "edit_id": str(made.id)}


def test_votes_are_taken_in_from_a_file_while_the_console_is_closed(
    path: Path, key: StoreKey, tmp_path: Path
) -> None:
    store = RegisterStore.open(path, key)
    card = save(store)
    message = store.save_message(registered_message(card, uuid7())).result(WAIT_S)
    vote = {"number": str(message.number), "kind": "user", "at": "2026-11-26T12:00:00+03:00"}
    file = tmp_path / "votes.jsonl"
    lines = [json.dumps({**vote, "voter": voter}) for voter in ("u-1", "u-2", "u-1")]
    file.write_text("\n".join((*lines, "no vote")), encoding="utf-8")
    command = ("votes", "import", str(file), "--store", str(path))
    assert run(*command).returncode == 3  # this process holds the store
    store.close_store()

    done = run(*command)
    assert (done.returncode, done.stdout) == (2, "added: 2, already present: 1, invalid lines: 1\n")
    assert done.stderr == "line 4: not_json\n"
    assert run(*command).stdout == "added: 0, already present: 3, invalid lines: 1\n"
