"""``central upgrade``, ``status`` and ``partitions`` as an administrator runs them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import update

from sync.cli import main
from sync.records.central_shared_tables import station
from sync.store import migrations
from sync.store.central.connection import central_transaction, initialise
from sync.store.central.partitions import following, this_month
from sync.store.local.register import RegisterStore
from tests.fakes.second_revision import REVISION, tree_with_second_revision
from tests.integration.sync.store.central.test_central import (
    connected,
    query,
    rows_of,
    save_call,
)
from tests.integration.sync.store.central.test_partitions import of_period


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["central", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def test_the_schema_is_upgraded_and_never_downgraded(
    empty_dsn: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "central init" in told(capsys, "upgrade", "--dsn", empty_dsn, code=4)
    assert "central init" in told(capsys, "status", "--dsn", empty_dsn, code=4)
    initialise(empty_dsn)
    first = migrations.newest(migrations.CENTRAL)
    later = tree_with_second_revision(migrations.CENTRAL, tmp_path)
    monkeypatch.setattr(migrations, "CENTRAL", later)
    state = json.loads(told(capsys, "status", "--dsn", empty_dsn, "--json"))
    assert (state["revision"], state["known"], state["is_older"]) == (first, REVISION, True)
    assert (
        told(capsys, "upgrade", "--dsn", empty_dsn) == f"schema upgraded: {first} -> {REVISION}\n"
    )
    assert "up to date" in told(capsys, "upgrade", "--dsn", empty_dsn)
    query(empty_dsn, "UPDATE alembic_version SET version_num = 'zz999'")
    refused = told(capsys, "upgrade", "--dsn", empty_dsn, code=4)
    assert "schema zz999 is newer than this version supports" in refused
    assert query(empty_dsn, "TABLE alembic_version") == [{"version_num": "zz999"}]
    assert json.loads(told(capsys, "status", "--dsn", empty_dsn, "--json"))["is_older"] is False


def test_no_revision_has_a_downgrade() -> None:
    for tree in (migrations.CENTRAL, migrations.LOCAL):
        steps = [*migrations.steps(tree)]
        assert steps
        assert [step.revision for step in steps if hasattr(step.module, "downgrade")] == []


def test_months_are_made_on_order(
    store: RegisterStore, dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for index in range(3):
        save_call(store, index)
    rows = [
        of_period(row, period)
        for row, period in zip(rows_of(store), ("2401", "2402", "9901"), strict=True)
    ]
    with connected(dsn, store) as central:
        central.push(rows)
    with central_transaction(dsn) as connection:
        this = this_month(connection)
    assert "no partition: 2402, rows: 1\n" in told(capsys, "partitions", "--dsn", dsn)
    ahead = json.loads(told(capsys, "partitions", "--dsn", dsn, "--months", "5", "--json"))
    assert ahead["new"][-1] == {"table": "message_event", "period": following(this, 5), "moved": 0}
    told(capsys, "partitions", "--dsn", dsn, "--month", "2402")
    past = json.loads(told(capsys, "partitions", "--dsn", dsn, "--past", "--json"))
    assert past["new"][0] == {"table": "call_record", "period": "2401", "moved": 1}
    # a month far from the others, as with an incorrect clock, gets no partition
    assert past["others"] == [["9901", 1]]
    with pytest.raises(SystemExit):
        main(["central", "partitions", "--dsn", dsn, "--month", "2413"])
    with pytest.raises(SystemExit):
        main(["central", "partitions", "--dsn", dsn, "--months", "-1"])


def test_status_tells_workplaces_and_who_holds_the_feed(
    store: RegisterStore, dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with connected(dsn, store):
        pass
    assert "workplace 0001: last record -" in told(capsys, "status", "--dsn", dsn)
    save_call(store, 1)
    with connected(dsn, store) as central:
        central.push(rows_of(store))
    (received,) = query(dsn, "SELECT received_at FROM call_record")
    with closing(psycopg2.connect(dsn, application_name="slow editor")) as slow:
        with slow.cursor() as cursor:
            cursor.execute("UPDATE station SET enrolled_at = enrolled_at")
        state = json.loads(told(capsys, "status", "--dsn", dsn, "--json"))
        assert state["watermark"]["application"] == "slow editor"
        assert 0 < state["watermark"]["age"] < 60
        assert " s, slow editor\n" in told(capsys, "status", "--dsn", dsn)
    (workplace,) = state["workplaces"]
    assert workplace["code"] == "0001"
    assert workplace["last_record_at"] == received["received_at"].isoformat()
    assert state["months"]["made"][-1] == following(state["months"]["this"], 3)
    assert workplace["is_connected"] is None
    for login, is_connected in (("postgres", True), ("nobody", False)):
        with central_transaction(dsn) as connection:
            connection.execute(update(station).values(login=login))
        with connected(dsn, store):
            state = json.loads(told(capsys, "status", "--dsn", dsn, "--json"))
        assert state["workplaces"][0]["is_connected"] is is_connected
