"""An administrator lists, sends and exports the outbox."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import psycopg2
import pytest

from sync.cli import main
from sync.commands.outbox import read_outbox
from sync.exchange.supervision import RestartPace, Service, ServiceBoard
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.store.central.audit import check_central_audit
from sync.store.local.keys import StoreKey
from sync.store.local.opening import check_pages
from sync.store.local.outbox import FeedRead, note_feed_read
from sync.store.local.register import RegisterStore
from tests.fakes import ready_commands
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.tcp_proxy import TcpProxy

WAIT_S = 30


def run(*arguments: str) -> tuple[int, Any]:
    """Returns the exit code and the output: parsed if it is JSON, otherwise its lines."""
    done = ready_commands.run(*arguments)
    assert "Traceback" not in done.stderr
    out = done.stdout
    return done.returncode, json.loads(out) if out.startswith("{") else out.splitlines()


def save(store: RegisterStore, index: int, content: str = "вопрос") -> CallRecord:
    card = calls.edit(filled(store.open_card(new_call(index), OPERATOR).result()), content=content)
    return store.close(closed(card)).result(WAIT_S)


class Failing(Service):
    """A thread that fails with a bug each time."""

    def _run(self) -> None:
        raise ZeroDivisionError


def test_status_tells_of_the_background_threads_of_the_console(
    store: RegisterStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Event()
    monkeypatch.setattr(threading, "excepthook", lambda _args: failed.set())
    board, service = ServiceBoard(path), Failing("terms")
    service.restart_pace = RestartPace(first_s=3600.0, longest_s=3600.0)
    board.add(service)
    service.start()
    assert failed.wait(WAIT_S)

    code, told = run("status", "--json", "--store", str(path))
    assert code == 0
    (row,) = told["services"]
    assert (row["name"], row["state"], row["restarts"], row["bug"]) == (
        "terms",
        "backing_off",
        1,
        "ZeroDivisionError",
    )
    code, lines = run("status", "--store", str(path))
    (line,) = (line for line in lines if line.startswith("service "))
    assert line.startswith("service terms: backing_off since ")
    assert line.endswith(", restarts: 1 (ZeroDivisionError)")
    assert service.stop(WAIT_S)
    assert store.station().code


def test_status_tells_what_waits_and_how_the_centre_is(
    store: RegisterStore, path: Path, key: StoreKey, dsn: str, empty_dsn: str
) -> None:
    save(store, 1)
    refused = save(store, 2)
    store.mark_poison(store.outbox_waiting(2)[1], "23514 rule").result(WAIT_S)
    # while this process holds the store, as a console does
    code, told = run("status", "--json", "--store", str(path), "--dsn", dsn)
    assert code == 0
    assert (told["workplace"], told["unsent"]) == (store.station().code, 1)
    assert 0 <= told["oldest_age_s"] < WAIT_S
    assert [(row["id"], row["error"]) for row in told["poison"]] == [
        (str(refused.id), "23514 rule")
    ]
    assert (told["centre"]["state"], told["centre"]["reason"]) == ("reached", None)
    # the folder may be given instead of the file
    for asked, reason in ((empty_dsn, "schema_missing"), ("host=127.0.0.1 port=1", "unreachable")):
        code, told = run("status", "--json", "--store", str(path.parent), "--dsn", asked)
        assert (code, told["centre"]["reason"]) == (4, reason)
    assert told["pages"] is None
    assert told["feed"]["standing"] == "never"
    yesterday = datetime.now(UTC) - timedelta(days=1)
    store.write(partial(note_feed_read, read=FeedRead(yesterday))).result(WAIT_S)
    check = check_pages(path, key, store.station().install_id, Event(), share=1)
    assert run("status", "--store", str(path)) == (
        0,
        [
            f"workplace {store.station().code}: unsent 1, oldest 0 min",
            f"integrity check: no errors found, {check.ended_at:%Y-%m-%d %H:%M} UTC,"
            f" {check.pages} pages in {check.took_s:g} s",
            f"rejected: call {refused.id} revision 2: 23514 rule",
            f"received changes: behind since {yesterday.isoformat(timespec='minutes')}",
        ],
    )


def test_push_sends_what_waits_or_gives_up(path: Path, key: StoreKey, dsn: str) -> None:
    store = RegisterStore.open(path, key)
    save(store, 1)
    save(store, 2)
    held = ("push", "--once", "--json", "--store", str(path), "--dsn")
    assert run(*held, dsn)[0] == 3  # a console has the store open
    store.close_store()
    code, told = run(*held, "host=127.0.0.1 port=1")
    assert (code, told["sent"], told["unsent"], told["reason"]) == (4, 0, 2, "unreachable")
    code, told = run(*held, dsn)
    assert (code, told["sent"], told["unsent"], told["drained"]) == (0, 2, 0, "empty")
    # the end of the audit log is sent too: it is queued when no record waits
    (chain,) = check_central_audit(dsn)
    assert (chain.rows, chain.broken) == (2, None)
    code, told = run(*held, dsn)
    assert (code, told["sent"]) == (0, 0)


def test_refused_records_are_sent_again_on_demand(path: Path, key: StoreKey, dsn: str) -> None:
    store = RegisterStore.open(path, key)
    save(store, 1)
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE call_record ADD CONSTRAINT no CHECK (content <> 'вопрос')")
        store.close_store()
        push = ("push", "--once", "--json", "--store", str(path), "--dsn", dsn)
        code, told = run(*push)
        assert (code, told["drained"], told["poison"][0]["error"]) == (4, "refused", "23514 no")
        cursor.execute("ALTER TABLE call_record DROP CONSTRAINT no")
    connection.close()
    assert run(*push)[0] == 4
    code, told = run(*push, "--retry-refused")
    assert (code, told["sent"], told["poison"]) == (0, 1, [])


def test_export_writes_every_revision_the_centre_does_not_have(
    store: RegisterStore, path: Path, tmp_path: Path
) -> None:
    first = save(store, 1, "«один»\n")
    again = store.close(replace(first, content="два")).result(WAIT_S)
    sent = save(store, 2)
    row = next(row for row in store.outbox_waiting(9) if row.entity_id == sent.id)
    store.mark_sent([row], sent.created_at, None).result(WAIT_S)
    file = tmp_path / "outbox.jsonl"
    command = ("export-outbox", str(file), "--store", str(path))
    code, (exported, hashed) = run(*command)
    assert (code, exported) == (0, "exported: 2")
    assert read_outbox(file).sha256 == hashed.removeprefix("sha256: ")
    assert file.stat().st_mode & 0o777 == 0o600
    head, *rows, _foot = map(json.loads, file.read_text("utf-8").splitlines())
    own = store.station()
    assert (head["workplace"], head["install_id"]) == (own.code, str(own.install_id))
    assert head["rows"] == len(rows)
    assert [(row["id"], row["rev"], row["payload"]["content"]) for row in rows] == [
        (str(first.id), 2, "«один»\n"),
        (str(again.id), 3, "два"),
    ]
    assert run(*command)[0] == 2  # an existing file is not overwritten


def test_a_frozen_centre_is_told(
    store: RegisterStore,
    path: Path,
    dsn: str,
    proxy: TcpProxy,
    through_proxy: Callable[[str], str],
) -> None:
    save(store, 1)
    proxy.freeze()
    code, told = run("status", "--json", "--store", str(path), "--dsn", through_proxy(dsn))
    assert code == 4
    assert told["centre"]["reason"] in ("unreachable", "timed_out")
    assert told["unsent"] == 1


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("status", "push", "export-outbox", "rehearse"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: python -m sync {command}")
