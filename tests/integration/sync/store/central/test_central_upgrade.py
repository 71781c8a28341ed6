"""An upgrade of the centre that breaks off: nothing of it is left, and the next one passes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg2
import psycopg2.extensions
import pytest
import sqlalchemy
from sqlalchemy.exc import DBAPIError

from sync.records.central_shared_tables import station
from sync.store import migrations
from sync.store.central.connection import break_off, central_transaction, initialise
from sync.store.local.register import RegisterStore
from tests.fakes.postgres import PostgresServer
from tests.integration.sync.store.central.test_central import (
    connected,
    query,
    rows_of,
    save_message,
)
from tests.integration.sync.store.central.test_partitions import (
    places,
    send_as_known,
    tables_as_they_stand,
)

FIRST = "c0003"
POINTS = 5


@pytest.fixture(scope="module")
def older(postgres: PostgresServer) -> Iterator[str]:
    """The name of a database with an older schema."""
    with postgres.database() as dsn:
        with central_transaction(dsn) as connection:
            migrations.upgrade(connection, migrations.CENTRAL, FIRST)
        yield psycopg2.extensions.parse_dsn(dsn)["dbname"]


def upgrade_cut_at(dsn: str, point: int, isolation: str) -> int:
    """Upgrade until the server is lost at a statement; how many statements there were.

    ``isolation`` is AUTOCOMMIT for an upgrade that is broken on purpose: each statement stays.
    """
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: psycopg2.connect(dsn),
        isolation_level=isolation,
    )
    asked = 0

    def count(connection: sqlalchemy.Connection, *_rest: Any) -> None:
        nonlocal asked
        asked += 1
        if asked == point:
            break_off(connection.connection.driver_connection)

    try:
        with engine.connect() as connection:
            sqlalchemy.event.listen(connection, "before_cursor_execute", count)
            with connection.begin():
                migrations.upgrade(connection, migrations.CENTRAL)
    except (DBAPIError, psycopg2.Error):
        assert asked == point
    finally:
        engine.dispose()
    return asked


def revision_of(dsn: str) -> str | None:
    with central_transaction(dsn) as connection:
        return migrations.current(connection)


def test_an_upgrade_that_breaks_off_leaves_nothing_behind(
    postgres: PostgresServer, older: str, store: RegisterStore
) -> None:
    save_message(store, 1)
    rows = rows_of(store)
    with postgres.database(older) as dsn:
        total = upgrade_cut_at(dsn, 0, "READ COMMITTED")
    assert total > 50
    for point in range(2, total, total // POINTS):
        with postgres.database(older) as dsn:
            known = tables_as_they_stand(dsn)
            with central_transaction(dsn) as connection:
                own = store.station()
                connection.execute(
                    sqlalchemy.insert(station).values(
                        station_id=own.code, install_id=own.install_id
                    )
                )
            send_as_known(dsn, known, rows)
            before = query(dsn, "TABLE message_event")
            upgrade_cut_at(dsn, point, "READ COMMITTED")
            assert revision_of(dsn) == FIRST
            assert query(dsn, "TABLE message_event") == before
            # the workplaces go on meanwhile, and nothing is sent for nothing
            send_as_known(dsn, known, rows)
            assert initialise(dsn)
            with connected(dsn, store) as central:
                assert central.push(rows) == {row.seq for row in rows}
            assert sum(places(dsn).values()) == len(rows)


def test_an_upgrade_in_pieces_would_be_found(postgres: PostgresServer, older: str) -> None:
    with postgres.database(older) as dsn:
        upgrade_cut_at(dsn, 12, "AUTOCOMMIT")
        with pytest.raises(psycopg2.Error):
            initialise(dsn)
