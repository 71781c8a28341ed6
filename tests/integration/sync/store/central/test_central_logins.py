"""Logins of the central database as an administrator creates them, and their use by workplaces and
workers.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from psycopg2.extensions import make_dsn, parse_dsn
from uuid_utils.compat import uuid7

from sync.cli import main
from sync.errors import CentralNotReady, LoginRefused, StationTaken
from sync.exchange.feed import catch_up
from sync.records.feed_values import DocumentEntity, Feed
from sync.records.table_rules import Entity
from sync.register.people.operators import Role
from sync.store.central.administration import forget_changes
from sync.store.central.connection import Central, initialise
from sync.store.central.feed import CentralFeed
from sync.store.central.logins import (
    LoginKind,
    enrol_worker,
    enrol_workplace,
    has_roles,
    known_logins,
    set_disabled,
    set_password,
)
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.central.shared_documents import SharedDocument, put_documents
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import PASSWORD, dsn_as, new_person, owned_centre
from tests.fakes.feed_target import HeldItems
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, RANG_AT
from tests.integration.sync.store.central.test_central import (
    query,
    rows_of,
    save_call,
    save_message,
)


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in this process: starting another takes seconds on a busy machine."""

    def command(*arguments: str, typed: str = "") -> Done:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(arguments)
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return command


def test_a_workplace_sends_under_its_enrolment_login(store: RegisterStore, centre: str) -> None:
    enrolled = enrol_workplace(centre, "0001")
    assert enrolled.login == "workplace_0001"
    assert (known_logins(centre)[0].name, known_logins(centre)[0].has_come) == ("0001", False)
    save_message(store, 1)
    rows = rows_of(store)
    central = Central(enrolled.dsn)
    for _time in range(2):
        central.connect(store.station())
        assert central.push(rows) == {row.seq for row in rows}
    later = [replace(row, payload={**row.payload, "revision": 9}, rev=9) for row in rows]
    assert central.push(later) == {row.seq for row in later}
    central.close()
    assert query(centre, "SELECT DISTINCT rev FROM call_record") == [{"rev": 9}]
    assert known_logins(centre)[0].has_come


def test_a_workplace_takes_the_directory_and_changes_nothing_of_it(centre: str) -> None:
    document = SharedDocument(DocumentEntity.ENTRY, "q-1", {"id": "q-1"}, content=b"%PDF-")
    put_documents(centre, [document])
    dsn, target = enrol_workplace(centre, "0001").dsn, HeldItems()
    feed = CentralFeed(dsn)
    feed.connect()
    assert catch_up(feed, target).is_whole
    put_documents(centre, [replace(document, id="q-2")])
    assert catch_up(feed, target).count == 1
    assert target.contents
    feed.close()
    for kind in Feed:
        other = CentralFeed(dsn, "0001")
        other.connect()
        catch_up(other, HeldItems(kind))
        other.close()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        put_documents(dsn, [document])


def test_a_worker_shortens_the_log_of_changes(centre: str) -> None:
    put_documents(centre, [SharedDocument(DocumentEntity.ENTRY, "q-1", {"id": "q-1"})])
    query(centre, "UPDATE feed_change SET at = at - interval '31 days'")
    dsn = enrol_worker(centre, "worker_1").dsn
    assert forget_changes(dsn, datetime.now(UTC)) == 1
    with pytest.raises(psycopg2.DataError):
        forget_changes(dsn, datetime.now(UTC) + timedelta(days=30))


def test_a_login_writes_only_for_its_own_workplace(store: RegisterStore, centre: str) -> None:
    enrolled = enrol_workplace(centre, "0002")
    with pytest.raises(CentralNotReady) as caught:
        Central(enrolled.dsn).connect(store.station())
    assert caught.value.code == "rights_missing"


def test_a_second_store_waits_until_the_workplace_is_enrolled_anew(
    store: RegisterStore, centre: str
) -> None:
    first = Central(enrol_workplace(centre, "0001").dsn)
    first.connect(store.station())
    second = replace(store.station(), install_id=uuid7())
    with pytest.raises(LoginRefused) as caught:
        enrol_workplace(centre, "0001")
    assert caught.value.code == "enrolled"
    dsn = enrol_workplace(centre, "0001", is_anew=True).dsn
    Central(dsn).connect(second)
    with pytest.raises(StationTaken):
        Central(dsn).connect(store.station())
    with pytest.raises(psycopg2.OperationalError):  # the lost computer's password is invalid
        first.connect(store.station())


def test_a_workplace_shut_out_under_way_loses_no_row(store: RegisterStore, centre: str) -> None:
    enrolled = enrol_workplace(centre, "0001")
    central = Central(enrolled.dsn)
    central.connect(store.station())
    save_call(store, 1)
    assert set_disabled(centre, enrolled.login, is_disabled=True) is LoginKind.WORKPLACE
    with pytest.raises(CentralNotReady):  # and not an error that blames the row
        central.push(rows_of(store))
    with pytest.raises(psycopg2.OperationalError):
        central.connect(store.station())
    set_disabled(centre, enrolled.login, is_disabled=False)
    central.connect(store.station())
    assert len(central.push(rows_of(store))) == 1
    central.close()


def test_a_login_made_by_hand_joins_and_keeps_its_password(
    store: RegisterStore, centre: str
) -> None:
    query(centre, f"CREATE ROLE desk_1 LOGIN PASSWORD '{PASSWORD}'")
    Central(centre).connect(store.station())  # as its owner sent before logins existed
    query(centre, "CREATE ROLE workplace_0001")
    with pytest.raises(LoginRefused):
        enrol_workplace(centre, "0001")
    assert "password" not in parse_dsn(enrol_workplace(centre, "0001", login="desk_1").dsn)
    save_call(store, 1)
    central = Central(dsn_as(centre, "desk_1"))
    central.connect(store.station())
    assert len(central.push(rows_of(store))) == 1
    central.close()


def test_the_worker_works_under_a_login_of_its_own(store: RegisterStore, centre: str) -> None:
    central = Central(enrol_workplace(centre, "0001").dsn)
    central.connect(store.station())
    record, _card = save_message(store, 1)
    central.push(rows_of(store))
    central.close()
    dsn = enrol_worker(centre, "worker_1").dsn
    queue = CentralPlatformQueue(dsn, uuid7())
    at = datetime.now(UTC) + timedelta(days=400)
    (claim,) = queue.to_post(at, 10)
    assert claim.message.id == record.id
    assert queue.begin(claim, at, at)
    queue.posted(claim, "p-1", at, at)
    assert len(queue.to_poll(at, 10)) == 1
    queue.close()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        query(dsn, "UPDATE message SET text = ''")


def test_passwords_are_scram_and_may_be_given_anew(
    centre: str, password_server: PostgresServer
) -> None:
    new_person(centre, "probova")
    assert query(dsn_as(centre, "probova"), "SELECT current_user AS me") == [{"me": "probova"}]
    verifiers = query(
        password_server.dsn, "SELECT rolpassword AS kept FROM pg_authid WHERE rolname = 'probova'"
    )
    assert verifiers[0]["kept"].startswith("SCRAM-SHA-256$")
    set_password(centre, "Probova", "другой-пароль")
    with pytest.raises(psycopg2.OperationalError):
        query(dsn_as(centre, "probova"), "SELECT 1")
    assert query(make_dsn(centre, user="probova", password="другой-пароль"), "SELECT 1")


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [
        ("postgres", PASSWORD, "taken"),
        ("Pg_monitor", PASSWORD, "unfit"),
        ("workplace_0001", PASSWORD, "unfit"),
        ('a"; DROP TABLE operator', PASSWORD, "unfit"),
        ("probova", "короткий"[:7], "short_password"),
    ],
)
def test_no_login_is_made_that_is_none(centre: str, login: str, password: str, code: str) -> None:
    with pytest.raises(LoginRefused) as caught:
        new_person(centre, login, password=password)
    assert caught.value.code == code
    assert known_logins(centre) == ()


def test_an_owner_who_may_not_make_roles_gets_the_schema_and_is_told(
    store: RegisterStore, run: Run
) -> None:
    # a dedicated server: on a shared one the groups may already exist
    with PostgresServer() as server, owned_centre(server, "NOCREATEROLE") as dsn:
        done = run("central", "init", "--dsn", dsn)
        assert (done.returncode, done.stdout.splitlines()[0]) == (0, "schema created or upgraded")
        assert "warning: roles were not created" in done.stdout
        assert not has_roles(dsn)
        save_call(store, 1)
        central = Central(dsn)
        central.connect(store.station())
        assert len(central.push(rows_of(store))) == 1
        central.close()
        refused = run("central", "enrol-workplace", "0001", "--dsn", dsn)
        assert (refused.returncode, refused.stderr) == (
            4,
            "central database: roles cannot be created: permission denied; grant it with"
            " ALTER ROLE ... CREATEROLE\n",
        )
        # a superuser creates the groups once; afterwards the owner grants them
        superuser = make_dsn(server.dsn, dbname=parse_dsn(dsn)["dbname"])
        assert run("central", "init", "--dsn", superuser).stdout == "schema is up to date\n"
        assert has_roles(dsn)
        query(server.dsn, f"ALTER ROLE {parse_dsn(dsn)['user']} CREATEROLE")
        assert run("central", "enrol-workplace", "0001", "--dsn", dsn).returncode == 0


def test_the_commands(centre: str, run: Run) -> None:
    enrolled = json.loads(
        run("central", "enrol-workplace", "0007", "--dsn", centre, "--json").stdout
    )
    assert parse_dsn(enrolled["dsn"])["user"] == enrolled["login"] == "workplace_0007"
    added = run(
        "central", "add-operator", "--login", "Probova", "--name", "Пробова Анна", "--role",
        "supervisor", "--dsn", centre, "--json", typed=PASSWORD + "\n",
    )  # fmt: skip
    assert json.loads(added.stdout)["login"] == "probova"
    again = run(
        "central", "add-operator", "--login", "probova", "--name", "Другая", "--dsn", centre,
        typed=PASSWORD + "\n",
    )  # fmt: skip
    assert (again.returncode, again.stderr) == (
        5,
        "login: the server already has a login with this name\n",
    )
    assert run("central", "disable", "probova", "--dsn", centre).returncode == 0
    assert run("central", "disable", "nobody", "--dsn", centre).returncode == 5
    listed = run("central", "list", "--dsn", centre, "--json").stdout.splitlines()
    workplace, operator = (json.loads(line) for line in listed)
    assert (workplace["name"], workplace["has_come"]) == ("0007", False)
    assert (operator["name"], operator["role"]) == ("Пробова Анна", Role.SUPERVISOR.value)
    assert operator["disabled_at"] is not None
    with pytest.raises(psycopg2.OperationalError):
        query(dsn_as(centre, "probova"), "SELECT 1")


def test_operators_of_records_are_held_against_the_accounts(
    store: RegisterStore, centre: str, run: Run
) -> None:
    """A record is accepted with any operator, and unknown operators are reported."""
    central = Central(enrol_workplace(centre, "0001").dsn)
    central.connect(store.station())
    save_call(store, 1)
    central.push(rows_of(store))
    central.close()
    command = ("central", "check-operators", "--days", "1", "--dsn", centre, "--json")
    told = json.loads(run(*command).stdout)
    assert (told["workplace"], told["operator_id"], told["doubt"], told["records"]) == (
        "0001",
        str(OPERATOR.id),
        "unknown",
        1,
    )
    person = new_person(centre, "probova")
    query(centre, f"UPDATE call_record SET operator_id = '{person.id}'")
    assert run(*command).stdout == ""
    query(centre, "UPDATE operator SET disabled_at = now() - interval '1 hour'")
    assert json.loads(run(*command).stdout)["doubt"] == "shut_out"
    query(centre, "UPDATE operator SET disabled_at = now() + interval '1 hour'")
    assert run(*command).stdout == ""


def test_rights_are_renewed_while_workplaces_send(
    store: RegisterStore, centre: str, password_server: PostgresServer
) -> None:
    """As ``central init`` of a newer version does it: no sender gets a deadlock error."""
    central = Central(enrol_workplace(centre, "0001").dsn)
    central.connect(store.station())
    save_message(store, 1)
    rows = rows_of(store)
    ended = threading.Event()
    pushed: list[int] = []

    def send() -> None:
        while not ended.is_set():
            revision = len(pushed) + 10
            later = [
                replace(row, payload={**row.payload, "revision": revision}, rev=revision)
                for row in rows
                if row.entity is not Entity.AUDIT
            ]
            assert len(central.push(later)) == len(later)
            pushed.append(revision)

    with ThreadPoolExecutor(1) as sending:
        done = sending.submit(send)
        try:
            for _time in range(8):
                query(centre, "COMMENT ON FUNCTION current_station() IS 'rights of before'")
                initialise(centre)
        finally:
            ended.set()
        done.result(30)
    central.close()
    assert len(pushed) > 1
    assert query(centre, "SELECT max(rev) AS rev FROM message") == [{"rev": pushed[-1]}]


def test_reports_are_counted_under_the_logins_of_who_may_see_them(
    store: RegisterStore, centre: str, run: Run
) -> None:
    central = Central(enrol_workplace(centre, "0001").dsn)
    central.connect(store.station())
    save_call(store, 1, at=RANG_AT)
    central.push(rows_of(store))
    central.close()
    command = ("central", "report", "--first", "2026-11-01", "--last", "2026-11-30", "--json")
    by_owner = json.loads(run(*command, "--dsn", centre).stdout)
    assert by_owner["calls"] == 1
    counted: dict[Role, int | None] = {}
    for role in Role:
        new_person(centre, role.value, role)
        done = run(*command, "--dsn", dsn_as(centre, role.value))
        counted[role] = json.loads(done.stdout)["calls"] if done.returncode == 0 else None
    assert counted == {
        Role.SUPERVISOR: 1,
        Role.OBSERVER: 1,
        Role.OPERATOR: 0,  # own calls only, and this one is another operator's
        Role.MODERATOR: 0,
        Role.EDITOR: None,
        Role.ADMINISTRATOR: None,
    }
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        query(dsn_as(centre, "observer"), "SELECT content FROM call_record")
