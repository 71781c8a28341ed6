"""Monthly partitions: created before their rows arrive, and filled later without losing a row."""

from __future__ import annotations

import threading
from dataclasses import replace

import psycopg2
import pytest
import sqlalchemy

from sync.register.numbering import next_number
from sync.store.central.batch import TABLES
from sync.store.central.connection import central_transaction, initialise
from sync.store.central.partitions import (
    BY_MONTH,
    MonthMade,
    following,
    make_ahead,
    make_month,
    months_of,
    this_month,
)
from sync.store.local.outbox import OutboxRow
from sync.store.local.register import RegisterStore
from tests.integration.sync.store.central.test_central import (
    connected,
    query,
    rows_of,
    save_call,
    save_message,
)


def of_period(row: OutboxRow, period: str) -> OutboxRow:
    """The row as sent by a workplace whose clock is in another month."""
    number = str(next_number(period, "0001", row.seq))
    return replace(row, payload={**row.payload, "number": number})


def places(dsn: str) -> dict[str, int]:
    """Number of rows in each partition."""
    part: sqlalchemy.ColumnElement[str] = sqlalchemy.literal_column("tableoid::regclass::text")
    with central_transaction(dsn) as connection:
        names = [
            str(name)
            for table in TABLES.values()
            for name in connection.scalars(sqlalchemy.select(part).select_from(table))
        ]
    return {name: names.count(name) for name in sorted(set(names))}


def test_this_month_and_the_next_ones_are_there_from_the_start(empty_dsn: str) -> None:
    assert initialise(empty_dsn)
    with central_transaction(empty_dsn) as connection:
        this = this_month(connection)
        assert months_of(connection).made == tuple(following(this, count) for count in range(4))
        assert make_ahead(connection) == ()
        further = make_ahead(connection, 4)
    assert further == tuple(MonthMade(table, following(this, 4), 0) for table in BY_MONTH)


def test_a_month_follows_a_year() -> None:
    assert [following("2611", count) for count in (-11, 0, 1, 2, 14)] == [
        "2512", "2611", "2612", "2701", "2801"
    ]  # fmt: skip
    assert following("9912", 1) == "0001"


def test_a_row_of_any_month_is_taken(store: RegisterStore, dsn: str) -> None:
    for index in range(4):
        save_call(store, index)
    rows = rows_of(store)
    with central_transaction(dsn) as connection:
        this = this_month(connection)
    chosen = [
        of_period(row, period)
        for row, period in zip(rows, (this, "1001", "9912", this), strict=True)
    ]
    with connected(dsn, store) as central:
        assert central.push(chosen) == {row.seq for row in rows}
        assert central.push(chosen) == {row.seq for row in rows}
    assert places(dsn) == {f"call_record_{this}": 2, "call_record_default": 2}
    with central_transaction(dsn) as connection:
        assert months_of(connection).others == (("1001", 1), ("9912", 1))


def test_the_last_month_of_a_year_ends_before_the_first_of_the_next(
    store: RegisterStore, dsn: str
) -> None:
    with central_transaction(dsn) as connection:
        for period in ("3012", "3101"):
            made = make_month(connection, period)
            assert made == tuple(MonthMade(table, period, 0) for table in BY_MONTH)
    for index in range(2):
        save_call(store, index)
    rows = zip(rows_of(store), ("3012", "3101"), strict=True)
    with connected(dsn, store) as central:
        central.push([of_period(row, period) for row, period in rows])

    assert places(dsn) == {"call_record_3012": 1, "call_record_3101": 1}


def test_a_month_is_taken_out_of_the_default_partition(store: RegisterStore, dsn: str) -> None:
    record, _card = save_message(store, 1)
    save_call(store, 2)
    query(dsn, "CREATE TABLE heard (op text, id uuid)")
    query(
        dsn,
        """CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN INSERT INTO heard VALUES (TG_OP, coalesce(NEW.id, OLD.id)); RETURN NULL; END $$;
           CREATE TRIGGER hear AFTER INSERT OR DELETE ON message
           FOR EACH ROW EXECUTE FUNCTION hear()""",
    )
    rows = [of_period(row, "2402") for row in rows_of(store)]
    with connected(dsn, store) as central:
        central.push(rows)
    query(
        dsn,
        """INSERT INTO platform_post (station_id, period, message_id, state)
           SELECT station_id, period, id, 'waiting' FROM message""",
    )
    before = {table: query(dsn, f"TABLE {table} ORDER BY id") for table in BY_MONTH}
    with central_transaction(dsn) as connection:
        made = make_month(connection, "2402")
    assert [month.moved for month in made] == [2, 1, len(before["message_event"])]
    assert before == {table: query(dsn, f"TABLE {table} ORDER BY id") for table in BY_MONTH}
    assert not [name for name in places(dsn) if name.endswith("_default")]
    # no trigger fired for the move, and all triggers still work
    assert query(dsn, "SELECT * FROM heard") == [{"op": "INSERT", "id": record.id}]
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        query(dsn, "DELETE FROM message")
    query(dsn, "DELETE FROM platform_post; DELETE FROM message")
    assert len(query(dsn, "SELECT * FROM heard")) == 2
    with connected(dsn, store) as central:
        assert central.push(rows) == {row.seq for row in rows}


def test_a_worker_makes_months_and_owns_nothing(dsn: str) -> None:
    with central_transaction(dsn) as connection:
        connection.execute(sqlalchemy.text("SET ROLE edinyi_worker"))
        further = following(this_month(connection), 6)  # not created in advance
        assert len(make_month(connection, further)) == len(BY_MONTH)
    with central_transaction(dsn) as connection:
        connection.execute(sqlalchemy.text("SET ROLE edinyi_workplace"))
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="permission denied"):
            make_month(connection, following(further, 1))


def test_what_is_no_month_is_refused(dsn: str) -> None:
    with central_transaction(dsn) as connection, pytest.raises(sqlalchemy.exc.DBAPIError):
        make_month(connection, "2613")


def test_months_are_made_while_workplaces_send(store: RegisterStore, dsn: str) -> None:
    for index in range(40):
        save_call(store, index)
    rows = [of_period(row, "2405") for row in rows_of(store)]
    failures: list[BaseException] = []

    def send() -> None:
        try:
            with connected(dsn, store) as central:
                for row in rows:
                    assert central.push([row]) == {row.seq}
        except BaseException as error:
            failures.append(error)

    sender = threading.Thread(target=send)
    sender.start()
    for period in ("2404", "2405", "2406"):
        with central_transaction(dsn) as connection:
            make_month(connection, period)
    sender.join(30)
    assert not failures
    assert sum(places(dsn).values()) == len(rows)
