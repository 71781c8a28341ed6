"""Connection to the central database: time-outs, schema upgrade, sending, lease, transactions.

The server ends a connection with a silent client: a line cut in one direction would otherwise leave
a transaction open, and its locks would block all other clients.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg2
import sqlalchemy
from psycopg2.extensions import make_dsn, parse_dsn
from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sync.errors import CentralNotReady, DsnInvalid, StationTaken
from sync.records.central_shared_tables import station, succession
from sync.records.table_rules import Entity
from sync.store import migrations
from sync.store.central import partitions, workplace_lease
from sync.store.central.batch import (
    ADDED_ONLY,
    TABLES,
    Statements,
    batch_statements,
    held_statement,
)
from sync.store.central.rights import ensure_rights
from sync.store.central.server_identity import CentralFacts, read_facts
from sync.store.central.workplace_lease import Claim, Claimed
from sync.store.local.outbox import OutboxRow
from sync.store.local.reading import Station

WAITS_FOR_LOCK_S = 4  # less than a client waits for its answer
STATEMENT_S = 30
IDLE_IN_TRANSACTION_S = 5


def limit_session(driver: Any, idle_in_transaction_s: int = IDLE_IN_TRANSACTION_S) -> None:
    """Let the server end this psycopg2 connection's waits; raises psycopg2.Error.

    By SET, since poolers refuse what a DSN's ``options`` say.
    """
    with driver.cursor() as cursor:
        cursor.execute(
            f"SET lock_timeout = '{WAITS_FOR_LOCK_S}s';"
            f"SET statement_timeout = '{STATEMENT_S}s';"
            f"SET idle_in_transaction_session_timeout = '{idle_in_transaction_s}s'"
        )
    if not driver.autocommit:
        driver.commit()


WANTED_RIGHTS: Mapping[Table, tuple[str, ...]] = {
    station: ("SELECT", "INSERT"),
    **dict.fromkeys(TABLES.values(), ("SELECT", "INSERT", "UPDATE")),
    **dict.fromkeys(ADDED_ONLY, ("SELECT", "INSERT")),
    succession: ("SELECT",),
}

# Taken where a DSN does not say otherwise. A dead network is told within seconds; a server that
# hangs while its kernel answers is not, which is why the exchange has a watchdog.
CONNECTION_DEFAULTS: Mapping[str, str | int] = {
    "application_name": "edinyi-nomer",
    "client_encoding": "utf8",
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,  # ms
    "target_session_attrs": "read-write",
}

INSUFFICIENT_PRIVILEGE = "42501"


def initialise(dsn: str) -> bool:
    """Bring the central schema to the newest revision; True when there was something to do.

    The partitions of this month and the next ones are there afterwards.
    Raises psycopg2.Error, DsnInvalid, and StoreTooNew for the schema of a newer program.
    """
    complete = complete_dsn(dsn)
    engine = _engine(lambda: psycopg2.connect(complete))
    try:
        with engine.begin() as connection:
            # two administrators at once: the second finds it done
            connection.execute(text("SELECT pg_advisory_xact_lock(5505550)"))
            is_changed = migrations.upgrade(connection, migrations.CENTRAL)
            partitions.make_ahead(connection)
            ensure_rights(connection)
            return is_changed
    except DBAPIError as error:
        raise _driver_error(error) from None
    finally:
        engine.dispose()


class Central:
    """The central database through one connection.

    All methods but ``abort`` belong to one thread. They raise psycopg2.Error as the driver does,
    ValueError for text that PostgreSQL cannot hold, and the SyncErrors named with each.
    """

    def __init__(self, dsn: str) -> None:
        """Prepare for this DSN without connecting; raises DsnInvalid."""
        self._dsn = complete_dsn(dsn)
        self._driver: Any = None  # psycopg2's connection, for abort
        self._connection: Connection | None = None
        self._code = ""
        self._server_clock: tuple[datetime, float] | None = None  # with ours, monotonic
        self._engine = _engine(self._open_driver).execution_options(isolation_level="AUTOCOMMIT")

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    def look(self) -> CentralFacts:
        """Connect, change nothing, and learn which server this is.

        Raises CentralNotReady where schema or rights are missing, the schema is an older one, or
        the server is a standby.
        """
        self.close()
        try:
            self._connection = self._engine.connect()
            with self._transaction() as connection:
                facts = read_facts(connection, WANTED_RIGHTS)
        except DBAPIError as error:
            self.close()
            raise _driver_error(error) from None
        except (psycopg2.Error, CentralNotReady):
            self.close()
            raise
        self._server_clock = facts.now, time.monotonic()
        return facts

    def may_send_as(self, code: str) -> bool:
        """Whether this login may write the records of this workplace; after ``look``."""
        try:
            with self._transaction() as connection:
                workplace_lease.require_station(connection, code)
        except CentralNotReady:
            return False
        return True

    def revision(self) -> str | None:
        """The schema that stands there, older ones too; connects, and changes nothing."""
        self.close()
        try:
            self._connection = self._engine.connect()
            return migrations.current(self._connection)
        except DBAPIError as error:
            self.close()
            raise _driver_error(error) from None

    def enrol(self, own: Station) -> None:
        """Send as this workplace from now on, without a lease.

        Raises StationTaken where another store sends under our code, CentralNotReady where this
        login may not write our records.
        """
        self._code = own.code
        with self._transaction() as connection:
            workplace_lease.require_station(connection, own.code)
            workplace_lease.enrol(connection, own)

    def stand_in(self, code: str) -> None:
        """Send records of this workplace from now on without being its store.

        For what was rescued from one that is no more. Raises CentralNotReady: ``rights_missing``,
        and ``workplace_unknown`` where no store was ever enrolled under the code.
        """
        self._code = code
        with self._transaction() as connection:
            workplace_lease.require_station(connection, code)
            known = select(station.c.station_id).where(station.c.station_id == code)
            if connection.scalar(known) is None:
                raise CentralNotReady("workplace_unknown")

    def hold(self, own: Station, claim: Claim) -> Claimed:
        """Send as this workplace from now on, as the one store that does; ``renew`` keeps it.

        Raises as ``enrol`` does, and StoreBehind where ours is older than what it sent.
        """
        self._code = own.code
        with self._transaction() as connection:
            workplace_lease.require_station(connection, own.code)
            is_new = workplace_lease.enrol(connection, own)
            return workplace_lease.claim(connection, own.code, claim, is_new=is_new)

    def renew(self, session: UUID, counters: Mapping[str, int]) -> datetime:
        """Hold the code for longer; the server's clock. Raises StationTaken."""
        about = self._server_time(0.0) or datetime.now(UTC)
        with self._at_once() as connection:
            now = workplace_lease.renew(connection, self._code, session, counters, about)
        self._server_clock = now, time.monotonic()
        return now

    def leave(self, session: UUID) -> None:
        """Give the code back and close."""
        try:
            with self._at_once() as connection:
                workplace_lease.leave(connection, self._code, session)
        finally:
            self.close()

    def connect(self, own: Station) -> CentralFacts:
        """Look at the server and enrol at once, whichever branch of its history it writes."""
        facts = self.look()
        try:
            self.enrol(own)
        except (psycopg2.Error, CentralNotReady, StationTaken):
            self.close()
            raise
        return facts

    def held(self, rows: Sequence[OutboxRow]) -> frozenset[int]:
        """The ``seq`` of the rows that the centre holds, these or later revisions of them."""
        return self._ask(held_statement(rows))

    def ping(self) -> None:
        """Return when the server answers."""
        with self._at_once() as connection:
            connection.execute(text("SELECT 1"))

    def push(self, rows: Sequence[OutboxRow], *, within_s: float | None = None) -> frozenset[int]:
        """The ``seq`` of the rows that the centre holds, these or later revisions of them.

        All in one transaction and one round trip: the answer comes after the commit. A revision
        never replaces a later one. Rows come with one revision of each record. A server that
        reads them later than ``within_s`` from now refuses them with 57014.
        """
        standings = {row.seq for row in rows if row.entity is Entity.STANDING}
        until = None if within_s is None else self._server_time(within_s)
        try:
            return self._ask(batch_statements(rows, self._code, until)) | standings
        except psycopg2.Error as error:
            if error.pgcode == INSUFFICIENT_PRIVILEGE:
                # a workplace shut out under way, and no fault of these rows
                self._require_rights()
            raise

    def _server_time(self, from_now_s: float) -> datetime | None:
        """By the server's clock, as it was told last; None where it was never asked."""
        if self._server_clock is None:
            return None
        told, at_s = self._server_clock
        return told + timedelta(seconds=time.monotonic() - at_s + from_now_s)

    def _ask(self, statements: Statements) -> frozenset[int]:
        with self._at_once() as connection:
            answer = connection.exec_driver_sql(statements.sql, dict(statements.parameters))
            return frozenset(answer.scalars())

    def _require_rights(self) -> None:
        with self._at_once() as connection:
            read_facts(connection, WANTED_RIGHTS)
            workplace_lease.require_station(connection, self._code)

    def abort(self) -> None:
        """Break the connection off under a call that hangs; for another thread."""
        driver = self._driver
        if driver is not None:
            break_off(driver)

    def close(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _open_driver(self) -> Any:
        self._driver = psycopg2.connect(self._dsn)
        limit_session(self._driver)
        return self._driver

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """What is asked here is done as a whole or not at all; BEGIN and COMMIT are trips more."""
        with self._at_once() as connection, self._driver:
            yield connection

    @contextmanager
    def _at_once(self) -> Iterator[Connection]:
        """Each message to the server is a transaction of its own, committed when it answers."""
        if self._connection is None:
            raise RuntimeError("not connected")
        try:
            with self._connection.begin():
                yield self._connection
        except DBAPIError as error:
            raise _driver_error(error) from None


def break_off(driver: Any) -> None:
    """Shut the socket of a psycopg2 connection, so that a call that hangs on it fails."""
    if driver.closed:
        return
    try:
        wire = socket.socket(fileno=driver.fileno())
    except (OSError, psycopg2.InterfaceError):
        return  # gone meanwhile
    try:
        wire.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster
    finally:
        wire.detach()  # the descriptor stays the driver's to close


def complete_dsn(dsn: str) -> str:
    """The DSN with our settings wherever it has none of its own; raises DsnInvalid."""
    try:
        given = parse_dsn(dsn)
    except psycopg2.ProgrammingError:
        raise DsnInvalid from None  # the driver's words may repeat a password
    added = {name: value for name, value in CONNECTION_DEFAULTS.items() if name not in given}
    return make_dsn(dsn, **added)


def configured_dsn(dsn: str, ca_file: str | None = None) -> str:
    """The DSN of a setting, which trusts no server of the network but the one it names.

    Its own ``sslmode`` and ``sslrootcert`` stand; on this very machine nobody is in between.
    Raises DsnInvalid.
    """
    given = parse_dsn(complete_dsn(dsn))
    hosts = str(given.get("host") or given.get("hostaddr") or "").split(",")
    # a service has a file of its own, which may state it
    if "service" not in given and not all(map(_is_this_machine, hosts)):
        given.setdefault("sslmode", "verify-full")
    if ca_file is not None:
        given.setdefault("sslrootcert", ca_file)
    return str(make_dsn(**given))


def _is_this_machine(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1") or host.startswith(("/", "@"))


def _engine(creator: Any) -> sqlalchemy.Engine:
    return sqlalchemy.create_engine(
        "postgresql+psycopg2://", creator=creator, poolclass=NullPool, hide_parameters=True
    )


def _driver_error(error: DBAPIError) -> BaseException:
    """The driver's own error, which has the SQLSTATE."""
    return error.orig if error.orig is not None else error


@contextmanager
def central_transaction(
    dsn: str, opened: Callable[[Any], None] = lambda _driver: None
) -> Iterator[Connection]:
    """A connection in one transaction, committed in the end and closed.

    ``opened`` hears of psycopg2's own connection, which may be broken off. Raises DsnInvalid, and
    psycopg2.Error as the driver does.
    """
    complete = complete_dsn(dsn)

    def connect() -> Any:
        driver = psycopg2.connect(complete)
        opened(driver)
        return driver

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=connect,
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        if error.orig is None:
            raise
        raise error.orig from None  # the driver's own error, which has the SQLSTATE
    finally:
        engine.dispose()
