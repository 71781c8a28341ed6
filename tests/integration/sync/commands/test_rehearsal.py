"""``python -m sync rehearse`` as an administrator runs it, and with sudden power loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from sync.store.central.administration import code_of_name, codes_for
from sync.store.central.logins import enrol_workplace
from sync.store.local.keys import KEY_BYTES
from tests.fakes.postgres import PostgresServer
from tests.fakes.rehearsal import Line, Rehearsing, Told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_what_is_told_stands_in_the_view_after_a_drain(folder: Path, empty_dsn: str) -> None:
    """Runs on an uninitialised database with a workplace that is not enrolled."""
    told = Told()
    options = ("--workplace", "0042", "--count", "60", "--edit-share", "0.3", "--drain")
    with Rehearsing(folder, empty_dsn, *options) as process:
        code, summary = process.finish()
    process.tell(told)
    assert code == 0
    assert summary["calls"] + summary["edits"] == 60
    assert summary["edits"] > 0
    assert (summary["workplace"], summary["unsent"], summary["drained"]) == ("0042", 0, "empty")
    assert len(told.acked) == len(told.attempts) == 60
    assert max(line.rev for line in told.acked) > 2
    assert told.faults(empty_dsn).are_none
    key_file = folder / "register.db.key"
    assert (len(key_file.read_text()), key_file.stat().st_mode & 0o777) == (2 * KEY_BYTES, 0o600)


def test_a_killed_one_goes_on_in_its_folder_and_sigterm_ends_it(folder: Path, dsn: str) -> None:
    told = Told()
    for _ in range(2):
        with Rehearsing(folder, dsn, "--edit-share", "0.2") as process:
            process.wait_for_acked(15)
            process.kill()
        process.tell(told)
    with Rehearsing(folder, dsn, "--rate", "200", "--drain") as process:
        process.wait_for_acked(5)
        process.terminate()
        code, summary = process.finish()
    process.tell(told)
    assert (code, summary["drained"]) == (0, "empty")
    numbers = {line.fields[0] for line in told.attempts}
    assert len({line.id for line in told.attempts}) == len(numbers) > 2
    assert told.faults(dsn).are_none


def test_saves_go_on_without_a_centre_and_are_drained_later(folder: Path) -> None:
    told = Told()
    with PostgresServer() as server, server.database() as dsn:
        server.stop()
        with Rehearsing(folder, dsn, "--workplace", "desk-7", "--count", "20") as process:
            code, summary = process.finish()
        process.tell(told)
        assert (code, summary["unsent"], summary["drained"]) == (0, 20, None)
        assert summary["workplace"] == next(codes_for("desk-7"))
        server.start()
        with Rehearsing(folder, dsn, "--count", "0", "--drain") as process:
            code, summary = process.finish()
        assert (code, summary["unsent"]) == (0, 0)
        assert len(told.acked) == 20
        assert told.faults(dsn).are_none


def test_two_names_never_have_one_code(dsn: str) -> None:
    first = code_of_name(dsn, "desk-7")
    assert first == next(codes_for("desk-7")) == code_of_name(dsn, "desk-7")
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        # another name already has the most likely code, so the store uses the next code
        likely = codes_for("окно")
        cursor.execute(
            "INSERT INTO workplace_name (name, station_id) VALUES ('x', %s)", (next(likely),)
        )
        cursor.execute(
            "INSERT INTO station (station_id, install_id) VALUES (%s, gen_random_uuid())",
            (next(likely),),
        )
    connection.close()
    assert code_of_name(dsn, "окно") == next(likely)
    assert [next(codes_for(f"desk-{index}")) for index in (8, 9, 10)] == [
        f"{(int(first) - 2000 + index) % 8000 + 2000:04d}" for index in (1, 2, 3)
    ]


def test_a_folder_stays_the_workplace_it_is(folder: Path, dsn: str, tmp_path: Path) -> None:
    for name, expected in (("desk-1", 0), ("desk-1", 0), ("desk-2", 2)):
        with Rehearsing(folder, dsn, "--workplace", name, "--count", "1") as process:
            assert process.finish()[0] == expected
    # the same name in another folder is another store with the same code: the central database
    # rejects it
    other = tmp_path / "other"
    with Rehearsing(other, dsn, "--workplace", "desk-1", "--count", "1", "--drain") as process:
        code, summary = process.finish()
    assert (code, summary["drained"], summary["unsent"]) == (4, "station_taken", 1)


def test_the_login_of_a_workplace_is_that_workplace(folder: Path, dsn: str) -> None:
    enrolled = enrol_workplace(dsn, "0731")
    options = ("--workplace", "desk-1", "--count", "2", "--edit-share", "0.5", "--drain")
    with Rehearsing(folder, enrolled.dsn, *options) as process:
        code, summary = process.finish()
    assert (code, summary["workplace"], summary["unsent"]) == (0, "0731", 0)


def test_a_register_of_real_calls_is_not_rehearsed_in(folder: Path, dsn: str) -> None:
    folder.mkdir()
    (folder / "register.db").write_bytes(b"real")
    with Rehearsing(folder, dsn, "--count", "1") as process:
        assert process.finish()[0] == 2
    assert (folder / "register.db").read_bytes() == b"real"


def test_the_comparison_finds_what_is_lost_stale_doubled_and_altered() -> None:
    first, second = Line("a", 2, ("n1", "x", "answered", "p")), Line("b", 3, ("n2", "y", "z", "p"))
    earlier = replace(second, rev=2)
    told = Told(attempts=[first, earlier, second], acked=[first, earlier, second])
    assert told.faults_of([first, second]).are_none
    assert told.faults_of([first]).lost == {"b"}
    assert told.faults_of([first, earlier]).stale == {"b"}
    assert told.faults_of([first, first, second]).doubled == {"a"}
    assert told.faults_of([first, replace(second, fields=("n1", "y", "z", "p"))]).doubled == {
        "a",
        "b",
    }
    assert told.faults_of([replace(first, fields=("n1", "X", "answered", "p")), second]).altered
