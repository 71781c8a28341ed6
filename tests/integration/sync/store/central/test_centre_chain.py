"""Actions in the central database itself: a separate audit chain, written in the same
transaction.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from uuid_utils.compat import uuid7

from sync.cli import main
from sync.register.audit import Audited, AuditKind, BreakCode
from sync.register.people.operators import Role
from sync.register.people.persons import PersonQuery
from sync.store.central.audit import CENTRE, add_central, audit_heads, check_central_audit
from sync.store.central.connection import central_transaction
from sync.store.central.logins import enrol_worker
from sync.store.central.persons import CentralPersons, end_central_terms
from sync.store.local.people.retention import Terms
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import PASSWORD, dsn_as, new_person
from tests.fakes.persons import PHONE, save_call
from tests.fakes.records import RANG_AT
from tests.integration.sync.commands.test_persons import REASON, asked, query, send

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line with --json, passwords from a pipe; returns exit code and output."""

    def command(*arguments: str, typed: str = "") -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out or "{}")

    return command


def told(dsn: str) -> list[tuple[str, str, str]]:
    """Returns kind, detail and login of every link, in order."""
    return query(dsn, "SELECT kind, detail, source FROM central_audit ORDER BY seq")


def test_every_command_of_the_centre_is_told_in_its_chain(
    store: RegisterStore, centre: str, tmp_path: Path, run: Run
) -> None:
    at = ("--dsn", centre)
    setting = tmp_path / "setting.json"
    setting.write_text('{"city": "Белоключевск"}', encoding="utf-8")
    code, made = run("central", "enrol-workplace", "0001", *at)
    assert code == 0
    number = str(save_call(store, 1).number)
    send(store, made["dsn"])
    person = ("--login", "probova", "--name", "Проба Пробовна", "--role", "moderator")
    for command, typed in (
        (("add-operator", *person), f"{PASSWORD}\n"),
        (("set-password", "Probova"), "другой пароль\n"),
        (("disable", "probova"), ""),
        (("enable", "probova"), ""),
        (("disable", "workplace_0001"), ""),
        (("review-all", "0001"), ""),
        (("review-own", "0001"), ""),
        (("enrol-worker", "--login", "worker_1"), ""),
        (("enrol-workplace", "0001", "--anew"), ""),
        (("put-document", "setting", "places", str(setting)), ""),
        (("put-document", "setting", "places", str(setting)), ""),  # unchanged content
        (("take-over",), ""),
        (("export-person", *asked(tmp_path)), ""),
        (("erase-person", *asked(tmp_path), *REASON, "--dry-run"), ""),
        (("erase-person", *asked(tmp_path), *REASON), ""),
        (("end-terms", "--calls-days", "1"), ""),
    ):
        code, _told = run("central", *command, *at, typed=typed)
        assert code == 0, command
    # rejected commands changed nothing and are not recorded
    assert run("central", "enrol-workplace", "0001", *at)[0] == 5
    assert run("central", "disable", "nobody", *at)[0] == 5
    assert main(["central", "show", number, *at]) == 0
    owner = psycopg2.extensions.parse_dsn(centre)["user"]
    found = told(centre)
    assert {login for _kind, _detail, login in found} == {owner}
    assert [(kind, detail) for kind, detail, _login in found] == [
        (AuditKind.WORKPLACE_ENROLLED, "0001"),
        (AuditKind.OPERATOR_ADDED, "moderator"),
        (AuditKind.PASSWORD_CHANGED, ""),
        (AuditKind.LOGIN_DISABLED, ""),
        (AuditKind.LOGIN_ENABLED, ""),
        (AuditKind.LOGIN_DISABLED, "0001"),
        (AuditKind.REVIEW_CHANGED, "0001 all"),
        (AuditKind.REVIEW_CHANGED, "0001 own"),
        (AuditKind.WORKER_ENROLLED, "worker_1"),
        (AuditKind.WORKPLACE_ENROLLED, "0001 anew"),
        (AuditKind.DOCUMENTS_PUT, "setting"),
        (AuditKind.CENTRE_SUCCEEDED, ""),
        (AuditKind.PERSON_EXPORTED, ""),
        (AuditKind.LOOKED_UP, "person"),
        (AuditKind.PERSON_ERASED, ""),
        (AuditKind.RECORD_READ, ""),
    ]
    people = query(centre, "SELECT DISTINCT subject_id FROM central_audit WHERE seq IN (2, 3, 4)")
    assert people == query(centre, "SELECT id FROM operator")
    acts = query(centre, "SELECT subject_id, count FROM central_audit WHERE subject = 'act'")
    assert sorted(acts) == sorted(query(centre, "SELECT id, count FROM person_act"))
    code, verified = run("central", "audit-verify", *at)
    assert (code, verified["sound"]) == (0, True)
    chains = {one["station"]: one["rows"] for one in verified["chains"]}
    assert chains == {CENTRE: len(found)}
    heads = {head["station"]: head["seq"] for head in verified["heads"]}
    assert heads[CENTRE] == len(found)  # the worker publishes it with the others
    assert {head.station for head in audit_heads(centre)} == set(chains)
    assert all("Проб" not in str(row) for row in query(centre, "SELECT * FROM central_audit"))


FORGED = "UPDATE central_audit SET subject_id = gen_random_uuid() WHERE seq = 3"
DELETED = "DELETE FROM central_audit WHERE seq = 3"
CUT = "DELETE FROM central_audit WHERE seq > 3"
CUT_WITH_ITS_HEAD = """DELETE FROM central_audit WHERE seq > 3; UPDATE audit_head SET (seq, hash) =
    (SELECT seq, hash FROM central_audit ORDER BY seq DESC LIMIT 1) WHERE station_id = 'centre'"""


def test_what_breaks_the_chain_is_found(dsn: str, tmp_path: Path, run: Run) -> None:
    for number in range(5):
        add(dsn, str(number))
    anchors = tmp_path / "worker.log"
    anchors.write_text(json.dumps(run("central", "audit-verify", "--dsn", dsn)[1]))
    for change in (FORGED, DELETED, "TRUNCATE central_audit"):
        with pytest.raises(psycopg2.Error, match="only added"):
            query(dsn, change)
    rows = query(dsn, "SELECT count(*) FROM central_audit")
    assert rows == [(5,)]
    query(dsn, "ALTER TABLE central_audit DISABLE TRIGGER USER")
    query(dsn, "CREATE TABLE kept AS TABLE central_audit")
    query(dsn, "CREATE TABLE kept_head AS TABLE audit_head")

    def broken(change: str, *further: str) -> tuple[int, Any]:
        query(dsn, change)
        code, found = run("central", "audit-verify", "--dsn", dsn, *further)
        query(dsn, "DELETE FROM central_audit; INSERT INTO central_audit TABLE kept")
        query(dsn, "DELETE FROM audit_head; INSERT INTO audit_head TABLE kept_head")
        return code, found["chains"][0]["broken"]

    assert broken("SELECT 1") == (0, None)
    assert broken(FORGED) == (1, {"code": "altered", "seq": 3})
    assert broken(DELETED) == (1, {"code": "missing", "seq": 4})
    assert broken(CUT) == (1, {"code": "cut", "seq": 3})
    # only a published head reveals that the owner cut the chain with its head
    assert broken(CUT_WITH_ITS_HEAD) == (0, None)
    assert broken(CUT_WITH_ITS_HEAD, "--anchors", str(anchors)) == (1, {"code": "cut", "seq": 3})
    # a link written after a cut end does not close the gap
    query(dsn, CUT)
    query(dsn, "ALTER TABLE central_audit ENABLE TRIGGER USER")
    add(dsn, "later")
    (report,) = check_central_audit(dsn)
    assert report.broken is not None
    assert (report.broken.code, report.broken.seq) == (BreakCode.MISSING, 6)


def add(dsn: str, detail: str) -> None:
    with central_transaction(dsn) as connection:
        add_central(connection, Audited(AuditKind.DOCUMENTS_PUT, detail=detail))


def test_it_is_told_in_the_same_transaction_or_not_at_all(store: RegisterStore, dsn: str) -> None:
    save_call(store, 1)
    send(store, dsn)

    def no_paper(_found: object) -> None:
        raise OSError

    with pytest.raises(OSError, match="^$"):
        CentralPersons(dsn).erase(PersonQuery(phone=PHONE), uuid7(), RANG_AT, no_paper)
    assert told(dsn) == []
    # concurrent writers create one chain without gaps
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add(dsn, str(number)), range(24)))
    (report,) = [one for one in check_central_audit(dsn) if one.station == CENTRE]
    assert (report.rows, report.broken) == (24, None)


def test_the_worker_tells_the_end_of_terms_and_nothing_else(
    store: RegisterStore, centre: str
) -> None:
    call = save_call(store, 1)
    send(store, centre)
    worker = enrol_worker(centre, "worker_1").dsn
    later = call.arrived_at + timedelta(days=40)
    assert end_central_terms(worker, Terms(calls_days=30), later).calls == 1
    assert end_central_terms(worker, Terms(calls_days=30), later).calls == 0
    assert told(centre)[1:] == [("term_passed", "call", "worker_1")]
    for kind in (AuditKind.PERSON_ERASED, AuditKind.DOCUMENTS_PUT):
        with (
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
            central_transaction(worker) as connection,
        ):
            add_central(connection, Audited(kind))
    for statement in ("UPDATE central_audit SET count = 0", "SELECT * FROM central_audit"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            query(worker, statement)
    # supervisors may read it, others may not
    new_person(centre, "starshaya", Role.SUPERVISOR)
    new_person(centre, "probova", Role.OPERATOR)
    assert len(told(dsn_as(centre, "starshaya"))) == 4
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        told(dsn_as(centre, "probova"))


def test_another_workplace_cannot_write_into_a_chain(store: RegisterStore, dsn: str) -> None:
    """Rows in the name of another chain break only the writer's own chain."""
    query(dsn, "INSERT INTO station (station_id, install_id) VALUES ('0001', gen_random_uuid())")
    add(dsn, "first")
    query(
        dsn,
        "INSERT INTO audit (station_id, period, id, chain, seq, at, kind, source, detail, count,"
        " hash, schema_version, rev) SELECT '0001', '2611', gen_random_uuid(), chain, 99, now(),"
        " 'looked_up', 'command', '', 1, repeat('0', 64), 1, 1 FROM central_audit",
    )
    broken = {one.station: one.broken for one in check_central_audit(dsn)}
    assert broken[CENTRE] is None
    assert broken["0001"] is not None
