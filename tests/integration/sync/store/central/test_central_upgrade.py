"""Upgrades of the central schema: to the schema of the tables, and all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extensions
import pytest
import sqlalchemy
from sqlalchemy.exc import DBAPIError

from sync.store import migrations
from sync.store.central.connection import break_off, central_transaction, initialise
from sync.store.local.register import RegisterStore
from tests.fakes.postgres import PostgresServer
from tests.fakes.schema_snapshots import load_central_snapshot
from tests.fakes.second_revision import REVISION, tree_with_second_revision
from tests.integration.sync.store.central.test_central import (
    connected,
    query,
    rows_of,
    save_message,
    schema,
)

POINTS = 5


def upgrade_cut_at(dsn: str, point: int, isolation: str) -> int:
    """Upgrade until the server is lost at a statement; the number of statements sent.

    ``isolation`` is AUTOCOMMIT for an upgrade that is broken on purpose: each statement commits.
    """
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: psycopg2.connect(dsn),
        isolation_level=isolation,
    )
    sent = 0

    def count(connection: sqlalchemy.Connection, *_rest: Any) -> None:
        nonlocal sent
        sent += 1
        if sent == point:
            break_off(connection.connection.driver_connection)

    try:
        with engine.connect() as connection:
            sqlalchemy.event.listen(connection, "before_cursor_execute", count)
            with connection.begin():
                migrations.upgrade(connection, migrations.CENTRAL)
    except (DBAPIError, psycopg2.Error):
        assert sent == point
    finally:
        engine.dispose()
    return sent


def revision_of(dsn: str) -> str | None:
    with central_transaction(dsn) as connection:
        return migrations.current(connection)


def test_revisions_after_the_snapshot_lead_to_the_schema_of_the_tables(
    dsn: str, empty_dsn: str
) -> None:
    """A change of the tables needs a revision; a centre of the first version then gets it too."""
    load_central_snapshot(empty_dsn)
    initialise(empty_dsn)
    assert schema(empty_dsn) == schema(dsn)


@pytest.fixture
def older(postgres: PostgresServer, store: RegisterStore) -> Iterator[str]:
    """The name of a database that has rows and lacks the made-up revision."""
    save_message(store, 1)
    with postgres.database() as dsn:
        initialise(dsn)
        with connected(dsn, store) as central:
            central.push(rows_of(store))
        yield psycopg2.extensions.parse_dsn(dsn)["dbname"]


@pytest.fixture
def later_program(older: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = tree_with_second_revision(migrations.CENTRAL, tmp_path)
    monkeypatch.setattr(migrations, "CENTRAL", later)


@pytest.mark.usefixtures("later_program")
def test_an_upgrade_that_breaks_off_leaves_nothing_behind(
    postgres: PostgresServer, older: str, store: RegisterStore
) -> None:
    rows = rows_of(store)
    with postgres.database(older) as dsn:
        before = revision_of(dsn)
        total = upgrade_cut_at(dsn, 0, "READ COMMITTED")
        assert revision_of(dsn) == REVISION
    assert total > 30
    for point in range(2, total, total // POINTS):
        with postgres.database(older) as dsn:
            events = query(dsn, "TABLE message_event")
            upgrade_cut_at(dsn, point, "READ COMMITTED")
            assert revision_of(dsn) == before
            assert query(dsn, "TABLE message_event") == events
            assert initialise(dsn)
            with connected(dsn, store) as central:
                assert central.push(rows) == {row.seq for row in rows}
            assert query(dsn, "SELECT count(*) FROM message_event") == [{"count": len(events)}]


@pytest.mark.usefixtures("later_program")
def test_an_upgrade_without_a_transaction_is_detected(postgres: PostgresServer, older: str) -> None:
    with postgres.database(older) as dsn:
        upgrade_cut_at(dsn, 12, "AUTOCOMMIT")
        with pytest.raises(psycopg2.Error):
            initialise(dsn)
