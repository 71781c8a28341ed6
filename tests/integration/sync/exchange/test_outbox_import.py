"""A workplace's outbox is exported to a file, its store removed, and the file imported exactly
once.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import make_dsn

from sync.cli import main
from sync.register.audit import Audited, AuditKind
from sync.store.central.audit import check_central_audit
from sync.store.central.connection import Central
from sync.store.central.logins import enrol_worker, enrol_workplace
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR
from tests.fakes.store_template import StoreTemplate
from tests.integration.sync.commands.test_outbox_commands import save
from tests.integration.sync.commands.test_persons import query, send

WAIT_S = 20
Run = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line with --json; returns exit code, output and error output."""

    def command(*arguments: str) -> tuple[int, dict[str, Any], str]:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        capsys.readouterr()
        code = main([*arguments, "--json"])
        told = capsys.readouterr()
        return code, json.loads(told.out or "{}"), told.err

    return command


def calls_there(dsn: str) -> list[tuple[str, int, str]]:
    return query(dsn, "SELECT number, rev, content FROM call_record ORDER BY number")


def test_what_was_rescued_is_in_the_centre_once(
    path: Path, key: StoreKey, store_template: StoreTemplate, centre: str, tmp_path: Path, run: Run
) -> None:
    store = store_template.open_copy(path, home_area_code="87999")
    own = enrol_workplace(centre, store.station().code).dsn
    sent = save(store, 1, "отправлен")
    send(store, own)
    waits = [save(store, index, f"ждёт {index}") for index in range(2, 6)]
    last = store.close(replace(waits[0], content="ждёт исправленный")).result(WAIT_S)
    store.note(Audited(AuditKind.LOOKED_UP, OPERATOR.id, detail="phone")).result(WAIT_S)
    assert store.close_store()
    file = tmp_path / "outbox.jsonl"
    code, told, complaint = run("export-outbox", str(file), "--store", str(path))
    assert (code, complaint) == (0, "")
    audit_rows = 8  # six closed or changed cards, a read access, and this export
    assert told["rows"] == 5 + audit_rows
    assert run("reset", "--store", str(path))[0] == 0
    assert not path.exists()

    # only the owner and this workplace may import it
    strange = enrol_workplace(centre, "0042").dsn
    for other in (strange, enrol_worker(centre, "worker_1").dsn):
        code, _told, complaint = run("import-outbox", str(file), "--dsn", other)
        assert (code, complaint) == (
            4,
            "central database: this login may not write records of this workplace; run"
            " `central enrol-workplace`\n",
        )
    assert len(calls_there(centre)) == 1
    command = ("import-outbox", str(file), "--sha256", told["sha256"], "--dsn")
    assert run(*command, make_dsn(centre, port=1))[0] == 4
    code, imported, complaint = run(*command, centre)
    assert (code, complaint) == (0, "")
    assert (imported["put"], imported["there"], imported["earlier"]) == (4 + audit_rows, 0, 1)
    expected = [
        (str(card.number), card.revision, card.content) for card in (sent, last, *waits[1:])
    ]
    assert calls_there(centre) == expected
    chains = {one.station: one for one in check_central_audit(centre)}
    own_chain = chains[store_template_code(expected)]
    assert (own_chain.rows, own_chain.broken) == (audit_rows, None)
    # a second import changes nothing, under the workplace's own login too
    for dsn in (centre, own):
        code, again, _complaint = run(*command, dsn)
        assert (code, again["put"], again["there"]) == (0, 0, 4 + audit_rows)
        assert (again["newer"], again["refused"]) == ([], [])
    assert calls_there(centre) == expected
    told_of = query(
        centre, "SELECT detail, count FROM central_audit WHERE kind = 'outbox_imported'"
    )
    assert set(told_of) == {(imported["workplace"], 5 + audit_rows)}


def store_template_code(calls: list[tuple[str, int, str]]) -> str:
    """Returns the workplace code in the numbers of its calls."""
    return calls[0][0].split("-")[1]


def test_what_the_centre_has_newer_or_refuses_is_told_and_the_rest_arrives(
    store: RegisterStore, path: Path, dsn: str, tmp_path: Path, run: Run
) -> None:
    cards = [save(store, index, f"вопрос {index}") for index in range(1, 5)]
    file = tmp_path / "outbox.jsonl"
    assert run("export-outbox", str(file), "--store", str(path))[0] == 0
    code, _told, complaint = run("import-outbox", str(file), "--dsn", dsn)
    assert (code, complaint) == (
        4,
        "central database: the workplace is not enrolled; run `central enrol-workplace`\n",
    )
    # the store remains in use and sends its first call in a later revision
    store.close(replace(cards[0], content="новее")).result(WAIT_S)
    central = Central(dsn)
    central.connect(store.station())
    rows = [row for row in store.outbox_waiting(50) if row.entity_id == cards[0].id]
    assert central.push(rows) == {row.seq for row in rows}
    central.close()
    query(dsn, "ALTER TABLE call_record ADD CONSTRAINT no CHECK (content <> 'вопрос 3')")
    code, told, _complaint = run("import-outbox", str(file), "--dsn", dsn)
    assert (code, told["put"]) == (4, 2)
    assert [(one["id"], one["rev"]) for one in told["newer"]] == [
        (str(cards[0].id), cards[0].revision)
    ]
    assert [(one["id"], one["error"]) for one in told["refused"]] == [
        (str(cards[2].id), "23514 no")
    ]
    assert [content for _number, _rev, content in calls_there(dsn)] == [
        "новее",
        "вопрос 2",
        "вопрос 4",
    ]
    query(dsn, "ALTER TABLE call_record DROP CONSTRAINT no")
    code, told, _complaint = run("import-outbox", str(file), "--dsn", dsn)
    assert (code, told["put"], told["there"]) == (0, 1, 2)
    # a damaged file imports nothing
    text = file.read_text("utf-8")
    file.write_text(text.replace("вопрос 2", "вопрос 9"), "utf-8")
    code, _told, complaint = run("import-outbox", str(file), "--dsn", dsn)
    assert code == 2
    assert complaint.endswith(
        "hash mismatch: the file was modified after the export; nothing was imported\n"
    )
    file.write_text(text[:-40], "utf-8")
    code, _told, complaint = run("import-outbox", str(file), "--dsn", dsn)
    assert (code, "the file is truncated: rows are missing" in complaint) == (2, True)
    assert "вопрос 9" not in str(calls_there(dsn))
