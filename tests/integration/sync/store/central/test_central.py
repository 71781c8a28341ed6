"""The central schema; each record is stored once, and updated in the order of its revisions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg2
import psycopg2.errors
import psycopg2.extras
import pytest
import sqlalchemy
from uuid_utils.compat import uuid7

from sync.errors import CentralNotReady, DsnInvalid, StationTaken, StoreTooNew
from sync.records.central_tables import call_record, message, metadata
from sync.records.row_codec import call_row, message_row
from sync.records.table_rules import Entity
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.messages import MessageRecord
from sync.register.people.operator_states import Cause, Doing, StateChange
from sync.store import migrations
from sync.store.central.connection import Central, complete_dsn, initialise, limit_session
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.outbox import OutboxRow
from sync.store.local.people.operators import OperatorStates
from sync.store.local.register import RegisterStore
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message
from tests.fakes.second_revision import tree_with_second_revision
from tests.fakes.slow_line import SlowLine
from tests.fakes.tcp_proxy import TcpProxy

WAIT_S = 10


def query(dsn: str, statement: str) -> list[dict[str, Any]]:
    connection = psycopg2.connect(dsn, cursor_factory=psycopg2.extras.RealDictCursor)
    try:
        psycopg2.extras.register_uuid(conn_or_curs=connection)  # type: ignore[no-untyped-call]
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [dict(row) for row in cursor.fetchall()] if cursor.description else []
    finally:
        connection.close()


def save_call(
    store: RegisterStore, index: int, content: str = "", at: datetime | None = None
) -> CallRecord:
    """A closed call with this time, or with the present one."""
    rang = new_call(index, at or datetime.now(UTC))
    card = filled(store.open_card(rang, OPERATOR).result(WAIT_S))
    if content:
        card = calls.edit(card, content=content)
    return store.close(closed(card)).result(WAIT_S)


def save_message(
    store: RegisterStore,
    index: int,
    at: datetime | None = None,
    unit: str | None = "road-service",
) -> tuple[MessageRecord, CallRecord]:
    """A message from a call with this time, or with the present one: registered, and sent to its
    body.
    """
    rang = new_call(index, at or datetime.now(UTC))
    card = filled(store.open_card(rang, OPERATOR).result(WAIT_S))
    record = replace(registered_message(card, uuid7()), unit=unit)
    linked = calls.link_message(card, record.id, record.text)
    saved, card = store.register_message(record, linked).result(WAIT_S)
    return saved, store.close(closed(card)).result(WAIT_S)


def rows_of(store: RegisterStore) -> tuple[OutboxRow, ...]:
    return store.outbox_waiting(1000)


@contextmanager
def connected(dsn: str, store: RegisterStore) -> Iterator[Central]:
    central = Central(dsn)
    central.connect(store.station())
    try:
        yield central
    finally:
        central.close()


def schema(dsn: str) -> list[tuple[str, ...]]:
    """Columns, constraints and indexes of the public schema in PostgreSQL's format.

    Partitions are left out: the metadata does not contain them, and their tables define them.
    """
    statements = (
        """SELECT 'column' AS kind, table_name AS a, column_name AS b,
                  concat_ws(' ', data_type, character_maximum_length, is_nullable,
                            column_default) AS c
           FROM information_schema.columns JOIN information_schema.tables
                USING (table_schema, table_name)
           WHERE table_schema = 'public' AND table_type = 'BASE TABLE'""",
        """SELECT 'constraint' AS kind, conrelid::regclass::text AS a, conname AS b,
                  pg_get_constraintdef(oid) AS c
           FROM pg_constraint
           WHERE connamespace = 'public'::regnamespace AND conparentid = 0""",
        """SELECT 'index' AS kind, tablename AS a, indexname AS b, indexdef AS c
           FROM pg_indexes WHERE schemaname = 'public'""",
        """SELECT 'partitions' AS kind, partrelid::regclass::text AS a, '' AS b,
                  pg_get_partkeydef(partrelid) AS c
           FROM pg_partitioned_table""",
    )
    parts = {
        row["relname"] for row in query(dsn, "SELECT relname FROM pg_class WHERE relispartition")
    }
    found = [tuple(row.values()) for statement in statements for row in query(dsn, statement)]
    return sorted(row for row in found if row[1] not in {"alembic_version", *parts})


def test_migrations_end_in_the_schema_of_the_tables(postgres: PostgresServer, dsn: str) -> None:
    with postgres.database() as other:
        engine = sqlalchemy.create_engine(
            "postgresql+psycopg2://", creator=lambda: psycopg2.connect(other)
        )
        # column defaults call these functions; the tests of the access rights cover their results
        for name, kind in (("current_operator_name", "text"), ("current_operator", "uuid")):
            query(other, f"CREATE FUNCTION public.{name}() RETURNS {kind} RETURN NULL::{kind}")
        metadata.create_all(engine)
        engine.dispose()
        assert schema(dsn) == schema(other)
        assert any(row[:3] == ("column", "call_record", "rev") for row in schema(dsn))
        assert [row[1:] for row in schema(dsn) if row[0] == "partitions"] == [
            (table, "", "RANGE (period)") for table in ("call_record", "message", "message_event")
        ]


def test_what_a_server_reads_too_late_it_refuses(
    store: RegisterStore, dsn: str, proxy: TcpProxy, through_proxy: Callable[[str], str]
) -> None:
    save_call(store, 1)
    with connected(through_proxy(dsn), store) as central:

        def pushed_late(within_s: float | None) -> frozenset[int]:
            proxy.freeze()
            waking = threading.Timer(0.4, proxy.thaw)
            waking.start()
            try:
                return central.push(rows_of(store), within_s=within_s)
            finally:
                waking.join()

        with pytest.raises(psycopg2.errors.QueryCanceled):
            pushed_late(0.1)
        assert query(dsn, "SELECT 1 FROM call_record") == []
        assert central.push(rows_of(store), within_s=10.0) == {row.seq for row in rows_of(store)}

        # without a limit, rows are stored although the caller has stopped waiting
        query(dsn, "DELETE FROM call_record")
        assert pushed_late(None) == {row.seq for row in rows_of(store)}


def test_init_is_idempotent_and_refuses_a_newer_schema(dsn: str) -> None:
    assert not initialise(dsn)
    query(dsn, "UPDATE alembic_version SET version_num = 'future'")
    with pytest.raises(StoreTooNew):
        initialise(dsn)


def test_every_field_of_the_call_arrives(store: RegisterStore, dsn: str) -> None:
    card = save_call(store, 1)
    rows = rows_of(store)
    with connected(dsn, store) as central:
        assert central.push(rows) == {row.seq for row in rows}
    (row,) = query(dsn, "SELECT * FROM call_record")
    assert row.pop("received_at") is not None
    expected = call_row(card)
    expected["rev"] = expected.pop("revision")
    number = card.number
    assert row == {
        **expected,
        "station_id": number.station,
        "period": number.period,
        "counter": number.counter,
    }
    # no column of the central table is missing, and no field of the record
    assert set(row) | {"received_at"} == set(call_record.columns.keys())


def test_every_event_of_the_message_arrives_once(store: RegisterStore, dsn: str) -> None:
    record, _card = save_message(store, 1)
    handled = MessageHandling(store).handled(record.id)
    assert handled is not None
    rows = rows_of(store)
    with connected(dsn, store) as central:
        for _time in range(2):
            assert central.push(rows) == {row.seq for row in rows}
    found = query(dsn, "SELECT * FROM message_event ORDER BY seq")
    assert [(row["id"], row["step"], row["at"], row["by_id"]) for row in found] == [
        (event.id, event.step.value, event.at, OPERATOR.id) for event in handled.history.events
    ]
    assert {row["message_id"] for row in found} == {record.id}
    assert found[0]["facts"]["contents"]["text"] == record.text


def test_every_field_of_the_message_arrives(store: RegisterStore, dsn: str) -> None:
    record, card = save_message(store, 1)
    rows = rows_of(store)
    with connected(dsn, store) as central:
        assert central.push(rows) == {row.seq for row in rows}
    (row,) = query(dsn, "SELECT * FROM message")
    assert row.pop("received_at") is not None
    expected = message_row(record)
    expected["rev"] = expected.pop("revision")
    number = record.number
    assert number is not None
    assert row == {
        **expected,
        "station_id": number.station,
        "period": number.period,
        "counter": number.counter,
    }
    assert set(row) | {"received_at"} == set(message.columns.keys())
    (call,) = query(dsn, "SELECT id, message_id FROM call_record")
    assert call == {"id": card.id, "message_id": record.id}


def test_an_older_revision_never_overwrites_a_newer_one(store: RegisterStore, dsn: str) -> None:
    first = save_call(store, 1)
    older = rows_of(store)
    newer_card = store.close(replace(first, content="исправлено")).result(WAIT_S)
    newer = rows_of(store)
    assert [row.rev for row in newer] == [first.revision + 1]
    with connected(dsn, store) as central:
        assert central.push(newer) == {newer[0].seq}
        # the central database has a later revision: the row counts as stored, and nothing changes
        assert central.push(older) == {older[0].seq}
    (row,) = query(dsn, "SELECT rev, content FROM call_record")
    assert row == {"rev": newer_card.revision, "content": "исправлено"}


def test_what_is_sent_again_changes_nothing(store: RegisterStore, dsn: str) -> None:
    for index in range(5):
        save_call(store, index)
    rows = rows_of(store)
    with connected(dsn, store) as central:
        central.push(rows)
        before = query(dsn, "SELECT * FROM call_record ORDER BY id")
        assert central.push(rows) == {row.seq for row in rows}
    assert query(dsn, "SELECT * FROM call_record ORDER BY id") == before


def test_a_row_the_centre_swallows_is_not_confirmed(store: RegisterStore, dsn: str) -> None:
    kept, swallowed = save_call(store, 1), save_call(store, 2)
    query(
        dsn,
        f"""CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF NEW.id = '{swallowed.id}' THEN RETURN NULL; END IF; RETURN NEW; END $$;
            CREATE TRIGGER swallow BEFORE INSERT ON call_record
            FOR EACH ROW EXECUTE FUNCTION swallow()""",
    )
    rows = rows_of(store)
    with connected(dsn, store) as central:
        held = central.push(rows)
    assert held == {row.seq for row in rows if row.entity_id == kept.id}


def test_a_batch_of_all_kinds_takes_one_round_trip(
    store: RegisterStore, postgres: PostgresServer, dsn: str
) -> None:
    for index in range(60):
        save_message(store, index)
    assert store.queue_audit(100).result(WAIT_S)
    rows = rows_of(store)
    assert len(rows) > 200
    assert {row.entity for row in rows} == {
        Entity.CALL, Entity.MESSAGE, Entity.MESSAGE_EVENT, Entity.AUDIT
    }  # fmt: skip
    with SlowLine(postgres.port, 0.005) as line:
        through = dsn.replace(f"port={postgres.port}", f"port={line.port}")
        with connected(through, store) as central:
            before = line.round_trips
            assert central.push(rows) == {row.seq for row in rows}
            assert line.round_trips == before + 1
            # existing rows need no further round trip, and a query or a ping needs one each
            assert central.push(rows) == central.held(rows) == {row.seq for row in rows}
            central.ping()
            assert line.round_trips == before + 4
    assert len(query(dsn, "SELECT id FROM call_record")) == 60


def test_what_operators_did_arrives_once(store: RegisterStore, dsn: str) -> None:
    lunch = StateChange(RANG_AT, Doing.READY, Doing.BREAK, "lunch", Cause.CHOSEN)
    OperatorStates(store).note(OPERATOR, lunch).result(WAIT_S)
    rows = rows_of(store)
    with connected(dsn, store) as central:
        for _time in range(2):
            assert central.push(rows) == {row.seq for row in rows}

    (row,) = query(dsn, "SELECT * FROM operator_state")
    assert (row["at"], row["former"], row["doing"]) == (RANG_AT, "ready", "break")
    assert (row["reason"], row["cause"]) == ("lunch", "chosen")
    assert (row["operator_id"], row["station_id"]) == (OPERATOR.id, store.station().code)


def test_a_batch_refused_at_its_very_commit_is_not_held(store: RegisterStore, dsn: str) -> None:
    """The rows of the response are sent before the commit is attempted."""
    query(
        dsn,
        """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE 'no space' USING ERRCODE = '53100'; END $$;
           CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON call_record
           DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk()""",
    )
    save_call(store, 1)
    rows = rows_of(store)
    with connected(dsn, store) as central:
        with pytest.raises(psycopg2.errors.DiskFull):
            central.push(rows)
        assert central.held(rows) == frozenset()
        query(dsn, "DROP TRIGGER full_disk ON call_record")
        assert central.push(rows) == {row.seq for row in rows}


def test_rows_of_a_former_program_go_along(store: RegisterStore, dsn: str) -> None:
    first, second = save_call(store, 1), save_call(store, 2)
    rows = rows_of(store)
    fewer = {name: value for name, value in rows[0].payload.items() if name != "closed_by_name"}
    with connected(dsn, store) as central:
        sent = [replace(rows[0], payload=fewer), rows[1]]
        assert central.push(sent) == {row.seq for row in rows}
    found = query(dsn, "SELECT id, closed_by_name FROM call_record")
    assert {row["id"]: row["closed_by_name"] for row in found} == {
        first.id: None,
        second.id: second.closed_by_name,
    }


def test_another_store_under_the_same_code_is_refused(store: RegisterStore, dsn: str) -> None:
    with connected(dsn, store):
        pass
    clone = replace(store.station(), install_id=uuid7())
    with pytest.raises(StationTaken) as caught:
        Central(dsn).connect(clone)
    assert caught.value.station == "0001"


def test_a_database_without_the_schema_is_told(store: RegisterStore, empty_dsn: str) -> None:
    central = Central(empty_dsn)
    with pytest.raises(CentralNotReady) as caught:
        central.connect(store.station())
    assert caught.value.code == "schema_missing"
    assert not central.is_connected


def test_an_older_schema_is_refused_until_it_is_upgraded(
    store: RegisterStore, empty_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    initialise(empty_dsn)
    later = tree_with_second_revision(migrations.CENTRAL, tmp_path)
    monkeypatch.setattr(migrations, "CENTRAL", later)
    save_message(store, 1)
    central = Central(empty_dsn)
    with pytest.raises(CentralNotReady) as caught:
        central.connect(store.station())
    assert caught.value.code == "schema_missing"
    assert initialise(empty_dsn)
    rows = rows_of(store)
    with connected(empty_dsn, store) as ready:
        assert ready.push(rows) == {row.seq for row in rows}


def test_missing_rights_are_told_before_any_row_is_blamed(store: RegisterStore, dsn: str) -> None:
    role = f"reader_{UUID(int=store.station().install_id.int).hex[:8]}"
    query(dsn, f"CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    try:
        with pytest.raises(CentralNotReady) as caught:
            Central(dsn.replace("user=postgres", f"user={role}")).connect(store.station())
        assert caught.value.code == "rights_missing"
    finally:
        query(dsn, f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_the_timeline_is_learnt_at_connect(store: RegisterStore, dsn: str) -> None:
    central = Central(dsn)
    facts = central.connect(store.station())
    central.close()
    assert facts.branch.timeline == 1


def test_a_dsn_given_by_hand_is_used_as_given() -> None:
    complete = complete_dsn("postgresql://someone@a:1,b:2/centre?connect_timeout=9&sslmode=require")
    parsed = psycopg2.extensions.parse_dsn(complete)
    assert parsed["connect_timeout"] == "9"
    assert parsed["sslmode"] == "require"
    assert (parsed["host"], parsed["port"]) == ("a,b", "1,2")
    assert parsed["target_session_attrs"] == "read-write"
    with pytest.raises(DsnInvalid) as caught:
        complete_dsn("host=x password=secret nonsense")
    assert "secret" not in str(caught.value)


def test_errors_of_the_driver_carry_no_personal_data_in_their_codes(
    store: RegisterStore, dsn: str
) -> None:
    first, second = save_call(store, 1), save_call(store, 2)
    rows = rows_of(store)
    collided = replace(rows[1], payload={**rows[1].payload, "number": str(first.number)})
    with connected(dsn, store) as central:
        with pytest.raises(psycopg2.errors.UniqueViolation) as caught:
            central.push([rows[0], collided])
        assert caught.value.diag.constraint_name == (
            f"uq_call_record_{first.number.period}_station_id_period_counter"
        )
        # the transaction was rolled back completely, and the connection remains usable
        assert query(dsn, "SELECT id FROM call_record") == []
        assert central.push([rows[1]]) == {rows[1].seq}
    assert query(dsn, "SELECT id FROM call_record") == [{"id": second.id}]


def test_a_transaction_whose_other_end_is_gone_holds_nobody_up(dsn: str) -> None:
    held, gone, waiting = (psycopg2.connect(dsn) for _each in range(3))
    limit_session(waiting)
    limit_session(gone, idle_in_transaction_s=1)
    ask = "SELECT count(*) FROM station"
    try:
        with waiting.cursor() as cursor:
            gone.cursor().execute("LOCK TABLE station")
            cursor.execute(ask)
            waiting.rollback()
            # an open transaction keeps its lock; other sessions get an error after the time limit
            held.cursor().execute("LOCK TABLE station")
            with pytest.raises(psycopg2.errors.LockNotAvailable):
                cursor.execute(ask)
    finally:
        for each in (held, gone, waiting):
            each.close()
