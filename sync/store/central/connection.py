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

WAITS_FOR_LOCK_S = 4  # less than a client's own time-out
STATEMENT_S = 30
IDLE_IN_TRANSACTION_S = 5


def limit_session(driver: Any, idle_in_transaction_s: int = IDLE_IN_TRANSACTION_S) -> None:
    """Sets lock, statement and idle time-outs of this psycopg2 connection; raises psycopg2.Error.

    Uses SET, because connection poolers refuse the ``options`` of a DSN.
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

# Used unless the DSN overrides them. They detect a dead network within seconds. They do not detect
# a server that hangs while its kernel answers, so the exchange has a watchdog.
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
    """Upgrades the central schema to the newest revision; returns True if anything was changed.

    Also creates the partitions of this month and the next ones. Raises psycopg2.Error, DsnInvalid,
    and StoreTooNew for the schema of a newer program.
    """
    complete = complete_dsn(dsn)
    engine = _engine(lambda: psycopg2.connect(complete))
    try:
        with engine.begin() as connection:
            # If two administrators upgrade concurrently, the second finds the work done.
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
    """The central database, accessed through one connection.

    Use all methods but ``abort`` on one thread. They raise psycopg2.Error as the driver does,
    ValueError for text that PostgreSQL cannot store, and the exceptions named in each method.
    """

    def __init__(self, dsn: str) -> None:
        """Stores the DSN without connecting; raises DsnInvalid."""
        self._dsn = complete_dsn(dsn)
        self._driver: Any = None  # psycopg2's connection, for abort
        self._connection: Connection | None = None
        self._code = ""
        self._server_clock: tuple[datetime, float] | None = None  # with the local monotonic time
        self._engine = _engine(self._open_driver).execution_options(isolation_level="AUTOCOMMIT")

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    def look(self) -> CentralFacts:
        """Connects and returns the identity and state of the server, without changing anything.

        Raises CentralNotReady if schema or rights are missing, the schema is older than this
        program's, or the server is a standby.
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
        """Whether this login may write the records of this workplace; call it after ``look``."""
        try:
            with self._transaction() as connection:
                workplace_lease.require_station(connection, code)
        except CentralNotReady:
            return False
        return True

    def revision(self) -> str | None:
        """Connects and returns the installed schema revision, including older ones; read-only."""
        self.close()
        try:
            self._connection = self._engine.connect()
            return migrations.current(self._connection)
        except DBAPIError as error:
            self.close()
            raise _driver_error(error) from None

    def enrol(self, own: Station) -> None:
        """Starts sending as this workplace, without a lease.

        Raises StationTaken if another local database sends under this code, and CentralNotReady if
        this login may not write the records of the workplace.
        """
        self._code = own.code
        with self._transaction() as connection:
            workplace_lease.require_station(connection, own.code)
            workplace_lease.enrol(connection, own)

    def stand_in(self, code: str) -> None:
        """Starts sending records of this workplace on behalf of its lost local database.

        Used for records rescued from that database. Raises CentralNotReady with ``rights_missing``,
        or with ``workplace_unknown`` if no local database was ever enrolled under the code.
        """
        self._code = code
        with self._transaction() as connection:
            workplace_lease.require_station(connection, code)
            known = select(station.c.station_id).where(station.c.station_id == code)
            if connection.scalar(known) is None:
                raise CentralNotReady("workplace_unknown")

    def hold(self, own: Station, claim: Claim) -> Claimed:
        """Acquires the lease of this workplace and starts sending; ``renew`` extends the lease."""
        self._code = own.code
        with self._transaction() as connection:
            workplace_lease.require_station(connection, own.code)
            is_new = workplace_lease.enrol(connection, own)
            return workplace_lease.claim(connection, own.code, claim, is_new=is_new)

    def renew(self, session: UUID, counters: Mapping[str, int]) -> datetime:
        """Extends the lease and returns the server's time. Raises StationTaken."""
        about = self._server_time(0.0) or datetime.now(UTC)
        with self._at_once() as connection:
            now = workplace_lease.renew(connection, self._code, session, counters, about)
        self._server_clock = now, time.monotonic()
        return now

    def leave(self, session: UUID) -> None:
        """Releases the lease and closes the connection."""
        try:
            with self._at_once() as connection:
                workplace_lease.leave(connection, self._code, session)
        finally:
            self.close()

    def connect(self, own: Station) -> CentralFacts:
        """Connects and starts sending as this workplace, regardless of the server's timeline."""
        facts = self.look()
        try:
            self.enrol(own)
        except (psycopg2.Error, CentralNotReady, StationTaken):
            self.close()
            raise
        return facts

    def held(self, rows: Sequence[OutboxRow]) -> frozenset[int]:
        """Returns the ``seq`` of the rows stored centrally, in these or later revisions."""
        return self._ask(held_statement(rows))

    def ping(self) -> None:
        """Sends a query and returns when the server has answered."""
        with self._at_once() as connection:
            connection.execute(text("SELECT 1"))

    def push(self, rows: Sequence[OutboxRow], *, within_s: float | None = None) -> frozenset[int]:
        """Stores the rows and returns the ``seq`` of those stored, in these or later revisions.

        Runs in one transaction and one round trip; the answer arrives after the commit. A revision
        never replaces a later one. ``rows`` must have one revision of each record. A server that
        reads the batch later than ``within_s`` from now refuses it with SQLSTATE 57014.
        """
        standings = {row.seq for row in rows if row.entity is Entity.STANDING}
        until = None if within_s is None else self._server_time(within_s)
        try:
            return self._ask(batch_statements(rows, self._code, until)) | standings
        except psycopg2.Error as error:
            if error.pgcode == INSUFFICIENT_PRIVILEGE:
                # Rights of the workplace may have been revoked in the meantime; the rows are not at
                # fault.
                self._require_rights()
            raise

    def _server_time(self, from_now_s: float) -> datetime | None:
        """Returns the estimated server time in ``from_now_s`` seconds; None if it was never
        read.
        """
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
        """Shuts the connection down, which makes a blocked call fail. Thread-safe."""
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
        """Runs statements in one explicit transaction; BEGIN and COMMIT cost extra round trips."""
        with self._at_once() as connection, self._driver:
            yield connection

    @contextmanager
    def _at_once(self) -> Iterator[Connection]:
        """Runs statements without an explicit transaction.

        The server commits each message of the protocol separately before it answers.
        """
        if self._connection is None:
            raise RuntimeError("not connected")
        try:
            with self._connection.begin():
                yield self._connection
        except DBAPIError as error:
            raise _driver_error(error) from None


def break_off(driver: Any) -> None:
    """Shuts the socket of a psycopg2 connection down, which makes a blocked call on it fail."""
    if driver.closed:
        return
    try:
        wire = socket.socket(fileno=driver.fileno())
    except (OSError, psycopg2.InterfaceError):
        return  # closed in the meantime
    try:
        wire.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the server closed it first
    finally:
        wire.detach()  # the driver closes the descriptor


def complete_dsn(dsn: str) -> str:
    """Returns the DSN with defaults for the parameters it does not set; raises DsnInvalid."""
    try:
        given = parse_dsn(dsn)
    except psycopg2.ProgrammingError:
        raise DsnInvalid from None  # the driver's text may repeat a password
    added = {name: value for name, value in CONNECTION_DEFAULTS.items() if name not in given}
    return make_dsn(dsn, **added)


def configured_dsn(dsn: str, ca_file: str | None = None) -> str:
    """Returns the DSN of a setting, completed to verify the certificate of a network server.

    ``sslmode`` and ``sslrootcert`` given in the DSN take precedence. Connections within this
    computer are not verified. Raises DsnInvalid.
    """
    given = parse_dsn(complete_dsn(dsn))
    hosts = str(given.get("host") or given.get("hostaddr") or "").split(",")
    # A libpq service has its own file, which may set these values.
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
    """Returns the driver's own error, which has the SQLSTATE."""
    return error.orig if error.orig is not None else error


@contextmanager
def central_transaction(
    dsn: str, opened: Callable[[Any], None] = lambda _driver: None
) -> Iterator[Connection]:
    """Opens a connection for one transaction; commits it and closes the connection at the end.

    ``opened`` receives psycopg2's connection, which allows another thread to shut it down. Raises
    DsnInvalid, and psycopg2.Error as the driver does.
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
