"""The audit log in the central database: sent by the sender, protected from changes, verified by
the command.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from sync.cli import main
from sync.commands.audit import read_anchors
from sync.exchange.events import SenderEvent
from sync.exchange.sender import Sender, SenderSettings
from sync.jobs.daily import HeadsNotMailed, HeadsTold, add_options, anchoring, mailbox_of
from sync.register.audit import Audited, AuditKind, head_facts
from sync.store.central.audit import audit_heads
from sync.store.local.register import RegisterStore
from tests.fakes.events import Heard
from tests.fakes.mail_server import MailServer
from tests.fakes.records import OPERATOR, closed, filled, new_call

WAIT_S = 20.0
QUICK = SenderSettings(first_delay_s=0.05, longest_delay_s=0.2, poll_s=0.05)


Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line with --json; returns exit code and output."""

    def command(*arguments: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out or "{}")

    return command


@contextmanager
def owner(dsn: str) -> Iterator[Any]:
    """Opens the database as its owner."""
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # bounded waiting for another connection's work


def count(dsn: str) -> int:
    with owner(dsn) as cursor:
        cursor.execute("SELECT count(*) FROM audit")
        number: int = cursor.fetchone()[0]
        return number


def sent_rows(store: RegisterStore, dsn: str, calls: int, first: int = 0) -> None:
    """Sends closed calls and one read access to the central database."""
    there = count(dsn)
    for index in range(first, first + calls):
        card = store.open_card(new_call(index), OPERATOR).result(WAIT_S)
        store.close(closed(filled(card))).result(WAIT_S)
    store.note(Audited(AuditKind.LOOKED_UP, OPERATOR.id, detail="phone")).result(WAIT_S)
    events: Heard[SenderEvent] = Heard()
    sender = Sender(store, dsn, events, settings=QUICK)
    sender.start()
    try:
        until(lambda: count(dsn) == there + calls + 1)
    finally:
        assert sender.stop(WAIT_S)


FORGED = "UPDATE audit SET by_id = gen_random_uuid() WHERE seq = 3"
DELETED = "DELETE FROM audit WHERE seq = 3"
CUT = "DELETE FROM audit WHERE seq > 4"
SWAPPED = """UPDATE audit SET seq = 99 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4;
             UPDATE audit SET seq = 4 WHERE seq = 99"""
CUT_WITH_ITS_HEAD = """DELETE FROM audit WHERE seq > 4; UPDATE audit_head h SET (seq, hash) =
    (SELECT seq, hash FROM audit a WHERE a.chain = h.chain ORDER BY seq DESC LIMIT 1)"""
GONE = "DELETE FROM audit; DELETE FROM audit_head"


def test_the_centre_holds_the_chain_and_the_command_finds_what_breaks_it(
    store: RegisterStore, dsn: str, path: Path, tmp_path: Path, run: Run
) -> None:
    sent_rows(store, dsn, 5)
    code, told = run("central", "audit-verify", "--dsn", dsn)
    assert (code, told["sound"], told["chains"][0]["rows"]) == (0, True, 6)
    assert run("audit-verify", "--store", str(path)) == (0, told)
    anchors = tmp_path / "worker.log"
    anchors.write_text("no line of it\n" + json.dumps({"event": "AuditHeads", **told}) + "\n")
    for change in (FORGED, DELETED, "TRUNCATE audit"):
        with pytest.raises(psycopg2.Error, match="only added"), owner(dsn) as cursor:
            cursor.execute(change)

    def broken(change: str, *further: str) -> tuple[int, Any]:
        """Returns the command's finding after this change, which is then reverted."""
        with owner(dsn) as cursor:
            cursor.execute("ALTER TABLE audit DISABLE TRIGGER USER")
            cursor.execute("CREATE TABLE kept AS TABLE audit")
            cursor.execute("CREATE TABLE kept_head AS TABLE audit_head")
            cursor.execute(change)
        code, told = run("central", "audit-verify", "--dsn", dsn, *further)
        with owner(dsn) as cursor:
            cursor.execute("DELETE FROM audit; INSERT INTO audit TABLE kept; DROP TABLE kept")
            cursor.execute("DELETE FROM audit_head; INSERT INTO audit_head TABLE kept_head")
            cursor.execute("DROP TABLE kept_head")
            cursor.execute("ALTER TABLE audit ENABLE TRIGGER USER")
        assert told["sound"] is (code == 0)
        return code, told["chains"][0]["broken"] if told["chains"] else None

    with_anchors = ("--anchors", str(anchors))
    assert broken(FORGED) == (1, {"code": "altered", "seq": 3})
    assert broken(DELETED) == (1, {"code": "missing", "seq": 4})
    assert broken(SWAPPED) == (1, {"code": "altered", "seq": 3})
    assert broken(CUT) == (1, {"code": "cut", "seq": 4})
    # The owner of the database rewrites the heads too: only heads published outside reveal this.
    assert broken(CUT_WITH_ITS_HEAD) == (0, None)
    assert broken(CUT_WITH_ITS_HEAD, *with_anchors) == (1, {"code": "cut", "seq": 4})
    assert broken(GONE) == (0, None)
    assert broken(GONE, *with_anchors) == (1, {"code": "cut", "seq": 0})
    assert broken("SELECT 1", *with_anchors) == (0, None)
    empty = tmp_path / "empty"
    empty.write_text("")
    assert run("central", "audit-verify", "--dsn", dsn, "--anchors", str(empty)) == (2, {})


def test_the_heads_are_told_outside_and_are_anchors(
    store: RegisterStore, dsn: str, tmp_path: Path, run: Run
) -> None:
    sent_rows(store, dsn, 2)
    log, letter = tmp_path / "worker.log", tmp_path / "letter.txt"
    at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    with MailServer() as server:
        mailbox = mailbox_of(options(server.port))
        job = anchoring(lambda: audit_heads(dsn), mailbox)
        (told,) = job.run(at)
        assert isinstance(told, HeadsTold)
        # An hour without changes gives a log line and no letter.
        assert len(job.run(at)) == 1
        sent_rows(store, dsn, 3, first=2)
        server.to_recipient.append("451 later")
        assert [type(event) for event in job.run(at)] == [HeadsTold, HeadsNotMailed]
        assert len(job.run(at)) == 1
    assert len(server.letters) == 2
    body = server.letters[0].message.get_body(("plain",))
    assert body is not None
    letter.write_text(body.get_content())
    log.write_text(json.dumps({"event": "HeadsTold", "heads": head_facts(told.heads)}))
    for file in (log, letter):
        assert [head.seq for head in read_anchors(file)] == [3]
        assert run("central", "audit-verify", "--dsn", dsn, "--anchors", str(file))[0] == 0
    with owner(dsn) as cursor:
        cursor.execute("ALTER TABLE audit DISABLE TRIGGER USER; DELETE FROM audit WHERE seq > 2")
        cursor.execute("DELETE FROM audit_head")
    assert run("central", "audit-verify", "--dsn", dsn, "--anchors", str(letter))[0] == 1


def options(port: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(
        f"--heads-to audit@city.test --mail-host 127.0.0.1 --mail-port {port} "
        "--mail-security plain_in_closed_network --mail-sender nomer@city.test".split()
    )


def test_a_second_sending_changes_nothing(store: RegisterStore, dsn: str) -> None:
    sent_rows(store, dsn, 2)
    rows = store.read(lambda connection: connection.exec_driver_sql("SELECT * FROM outbox").all())
    store.write(
        lambda connection: connection.exec_driver_sql("UPDATE outbox SET state = 'new'").rowcount
    ).result(WAIT_S)
    events: Heard[SenderEvent] = Heard()
    sender = Sender(store, dsn, events, settings=QUICK)
    sender.start()
    try:
        until(lambda: not store.outbox_waiting(10))
    finally:
        assert sender.stop(WAIT_S)
    assert count(dsn) == 3
    assert len(rows) == 5
    assert store.outbox_poison() == ()
