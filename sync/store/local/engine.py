"""SQLAlchemy engines of the local database, integrity check, copy, and the checkpoint thread.

The checkpoint thread copies the WAL to the database file, because SQLite would otherwise do this
within a commit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from sync.errors import (
    CheckStopped,
    LibraryTooOld,
    StoreError,
    StoreUnavailable,
    StoreUnreadable,
)
from sync.store.local.keys import StoreKey

BUSY_TIMEOUT_MS = 5000
NEEDED_SQLITE = (3, 42, 0)  # first version that erases deleted words from FTS pages
READERS = 4
_MOST_LOG_PAGES = 10_000  # limit for a checkpoint within a commit
# The operating system caches the file too. SQLCipher's default is 8 MB per connection: the writer's
# cache would fill during a shift without making saves faster.
_CACHE_KB = 512
# SQLite's only text when SQLCipher rejects a page; a programming error has a specific text.
_WITHOUT_REASON = "SQL logic error"


def writing_engine(path: Path, key: StoreKey) -> Engine:
    """Creates an engine whose transactions are IMMEDIATE and durable when COMMIT returns.

    WAL with synchronous=FULL: with NORMAL a power failure loses acknowledged records. Freed pages
    are overwritten, because merges of the full-text index free pages whose words may have to be
    erased later.
    """
    pragmas = (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        f"cache_size=-{_CACHE_KB}",
        f"wal_autocheckpoint={_MOST_LOG_PAGES}",
    )
    return _engine(lambda: _connect(path, key, "rwc", *pragmas), _begin_immediate)


def checkpointing_engine(path: Path, key: StoreKey) -> Engine:
    """Creates an engine for ``PRAGMA wal_checkpoint`` concurrent with the writer.

    Its connections start no transactions.
    """
    return _engine(lambda: _connect(path, key, "rw", "synchronous=FULL"), _begin_nothing)


def reading_engine(path: Path, key: StoreKey) -> Engine:
    """Creates a read-only engine whose connections never checkpoint. Thread-safe."""
    return _engine(
        lambda: _connect(path, key, "ro", "query_only=ON", f"cache_size=-{_CACHE_KB}"),
        _begin_deferred,
        poolclass=QueuePool,
        pool_size=READERS,
    )


def checking_engine(path: Path, key: StoreKey, pace: Callable[[], int], steps: int) -> Engine:
    """Creates a read-only engine whose connections start with an empty cache.

    ``pace`` is called after every ``steps`` SQLite instructions and may sleep. A result other than
    0 aborts the statement, which raises CheckStopped.
    """

    def connect() -> Any:
        connection = _connect(path, key, "ro", "query_only=ON")
        connection.set_progress_handler(pace, steps)
        return connection

    return _engine(connect, _begin_deferred)


def file_engine(path: Path, key: StoreKey) -> Engine:
    """Creates an engine for a file that no other process has open: a copy, or an idle database."""
    return _engine(lambda: _connect(path, key, "rw", "synchronous=FULL"), _begin_immediate)


def _engine(connect: Callable[[], Any], begin: Callable[[Connection], None], **pool: Any) -> Engine:
    _check_library()
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        hide_parameters=True,
        **({"poolclass": NullPool} | pool),
    )
    event.listen(engine, "begin", begin)
    return engine


def copy_into(path: Path, key: StoreKey, target: Path) -> None:
    """Writes a consistent snapshot of the database to a new file, encrypted with the same key.

    The writer can continue. Raises StoreUnreadable or StoreUnavailable; a partial file is not
    deleted.
    """
    _check_library()
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=sqlcipher,
        # no query_only: it would forbid writing to the target too
        creator=lambda: _connect(path, key, "ro", "synchronous=FULL"),
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with known_errors(), engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
    finally:
        engine.dispose()


@contextmanager
def known_errors() -> Iterator[None]:
    """Converts database errors raised within the block to StoreError subclasses.

    Other errors are not converted.
    """
    try:
        yield
    except DBAPIError as error:
        known = store_error(error)
        if known is None:
            raise
        raise known from error


def check_integrity(connection: Connection) -> None:
    """Raises StoreUnreadable("damaged") unless every page in use is intact.

    Raises CheckStopped if the connection's progress handler aborts the check. Pages are read as by
    any query, and SQLCipher authenticates each. SQLCipher's ``cipher_integrity_check`` is not used,
    because it reads the file without the WAL. After a power failure the file can contain
    half-written pages that are intact in the WAL, so it would report a sound database as damaged.
    """
    try:
        pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        links = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    except DBAPIError as error:
        known = store_error(error)
        if isinstance(known, StoreUnavailable | CheckStopped):
            raise known from error
        raise StoreUnreadable("damaged") from error
    if links or pages != ["ok"]:
        raise StoreUnreadable("damaged")


def store_error(error: DBAPIError) -> StoreError | None:
    """Returns the StoreError for a failed statement, or None for a programming error."""
    code = getattr(error.orig, "sqlite_errorname", None)
    match code:
        case "SQLITE_NOTADB":
            return StoreUnreadable("not_a_store_or_wrong_key")
        case "SQLITE_CORRUPT":
            return StoreUnreadable("damaged")
        case "SQLITE_ERROR" if str(error.orig) == _WITHOUT_REASON:
            return StoreUnreadable("damaged")
        case "SQLITE_INTERRUPT":
            return CheckStopped()
        case (
            "SQLITE_FULL"
            | "SQLITE_READONLY"
            | "SQLITE_IOERR"
            | "SQLITE_BUSY"
            | "SQLITE_LOCKED"
            | "SQLITE_CANTOPEN"
            | "SQLITE_PERM"
            | "SQLITE_NOMEM"
        ):
            return StoreUnavailable(code)
        case _:
            return None


def _connect(path: Path, key: StoreKey, mode: str, *pragmas: str) -> Any:
    # autocommit: only this module sends BEGIN, so DDL runs within a transaction too
    connection = sqlcipher.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1000,
    )
    try:
        # errors are reported by our own exceptions; SQLCipher would write to stderr
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
        # the key is verified only here; with a wrong key the pragmas below must not run
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in ("foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_nothing(_connection: Connection) -> None:
    """Sends no BEGIN, because a checkpoint cannot run within a transaction."""


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _check_library() -> None:
    if sqlcipher.sqlite_version_info < NEEDED_SQLITE:
        raise LibraryTooOld(sqlcipher.sqlite_version, ".".join(map(str, NEEDED_SQLITE)))


EARLIEST_S = 5.0
QUIET_S = 0.2
LATEST_S = 30.0


class Checkpoints:
    """Thread that copies committed pages from the WAL to the database file, outside of commits.

    SQLite would do this within the commit that fills the WAL, and that save would block on a
    second, much longer write. A checkpoint runs ``earliest_s`` after the first commit since the
    last checkpoint, when there was no commit for ``quiet_s``, and at the latest after another
    ``latest_s``. Checkpoints are passive: they block neither readers nor the writer.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        earliest_s: float = EARLIEST_S,
        quiet_s: float = QUIET_S,
        latest_s: float = LATEST_S,
    ) -> None:
        """Starts the thread. ``engine`` is the ``checkpointing_engine`` of the database."""
        self._engine = engine
        self._earliest_s = earliest_s
        self._quiet_s = quiet_s
        self._latest_s = latest_s
        self._committed = threading.Event()
        self._stopping = threading.Event()
        self._connection: Connection | None = None
        # daemon: must not delay the exit of a failing process; the WAL is durable
        self._thread = threading.Thread(target=self._run, name="register-log", daemon=True)
        self._thread.start()

    def committed(self) -> None:
        """Notifies the thread of a commit. Does not block. Thread-safe."""
        self._committed.set()

    def stop(self, deadline_s: float) -> bool:
        """Stops the thread; returns True if it has closed the database within ``deadline_s``."""
        self._stopping.set()
        self._committed.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._waited_for_quiet():
            self._checkpoint()
        self._disconnect()

    def _waited_for_quiet(self) -> bool:
        """Blocks until a checkpoint is due. Returns False when the thread must stop."""
        self._committed.wait()
        self._stopping.wait(self._earliest_s)
        until_s = time.monotonic() + self._latest_s
        while not self._stopping.is_set() and time.monotonic() < until_s:
            self._committed.clear()
            if not self._committed.wait(self._quiet_s):
                break
        return not self._stopping.is_set()

    def _checkpoint(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                self._connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except DBAPIError as error:
            self._disconnect()
            if store_error(error) is None:
                raise
            # the WAL holds everything until the next checkpoint; a failing disk is reported by the
            # next write

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate() if connection.in_transaction() else connection.close()
