"""SQLAlchemy engines of the local database, integrity check, copy, and the checkpoint thread.

The thread runs WAL checkpoints, because SQLite would otherwise run them within a commit.
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
NEEDED_SQLITE = (3, 42, 0)  # the first whose full-text index removes words from its pages
READERS = 4
_MOST_LOG_PAGES = 10_000  # then a commit brings the log in itself, should nobody else have done so
# The system keeps the file's pages too. SQLCipher's own choice is 8 MB for each connection: the
# writer's would fill with the pages of each call for a whole shift, and saves are no quicker by it.
_CACHE_KB = 512
# All that SQLite says where SQLCipher refused a page; a fault of the program has its words.
_WITHOUT_REASON = "SQL logic error"


def writing_engine(path: Path, key: StoreKey) -> Engine:
    """An engine whose transactions begin IMMEDIATE and are on disk when COMMIT returns.

    WAL with synchronous=FULL: with NORMAL a power cut loses acknowledged records. Freed pages are
    overwritten: merges of the full-text index free pages whose words may be erased later.
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
    """An engine for ``PRAGMA wal_checkpoint`` beside the writer; it begins no transaction."""
    return _engine(lambda: _connect(path, key, "rw", "synchronous=FULL"), _begin_nothing)


def reading_engine(path: Path, key: StoreKey) -> Engine:
    """An engine for any thread whose connections cannot write and never checkpoint."""
    return _engine(
        lambda: _connect(path, key, "ro", "query_only=ON", f"cache_size=-{_CACHE_KB}"),
        _begin_deferred,
        poolclass=QueuePool,
        pool_size=READERS,
    )


def checking_engine(path: Path, key: StoreKey, pace: Callable[[], int], steps: int) -> Engine:
    """An engine whose every connection reads anew from the disk and cannot write.

    ``pace`` is called each so many ``steps`` of SQLite and may rest; what it returns but 0 ends
    the statement, which raises CheckStopped.
    """

    def connect() -> Any:
        connection = _connect(path, key, "ro", "query_only=ON")
        connection.set_progress_handler(pace, steps)
        return connection

    return _engine(connect, _begin_deferred)


def file_engine(path: Path, key: StoreKey) -> Engine:
    """An engine for a file that nobody else has open: a copy, or a store that does not run."""
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
    """Write the store as it stands at one moment to a new file, encrypted by the same key.

    The writer goes on meanwhile. Raises StoreUnreadable or StoreUnavailable; a file that was
    begun is left.
    """
    _check_library()
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=sqlcipher,
        # no query_only: it would forbid the other file too
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
    """Raise the known error behind a statement that fails within; another fault as it is."""
    try:
        yield
    except DBAPIError as error:
        known = store_error(error)
        if known is None:
            raise
        raise known from error


def check_integrity(connection: Connection) -> None:
    """Return when every page in use is sound; else StoreUnreadable("damaged").

    Raises CheckStopped where the connection's progress handler ends it.

    Pages are read as any query reads them, and SQLCipher proves each. Its own
    ``cipher_integrity_check`` looks past the log into the file, where a power cut leaves half
    written what the log still holds whole: it would call a sound store damaged.
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
    """The known error behind a failed statement, or None where the program itself is at fault."""
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
    # autocommit: BEGIN is ours alone, so that DDL too stands inside a transaction
    connection = sqlcipher.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_TIMEOUT_MS / 1000,
    )
    try:
        # SQLCipher would write to stderr what we tell in our own errors
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
        # the key is looked at only now; a wrong one must not reach the pragmas below
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
    """Within a transaction no checkpoint is made."""


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _check_library() -> None:
    if sqlcipher.sqlite_version_info < NEEDED_SQLITE:
        raise LibraryTooOld(sqlcipher.sqlite_version, ".".join(map(str, NEEDED_SQLITE)))


EARLIEST_S = 5.0
QUIET_S = 0.2
LATEST_S = 30.0


class Checkpoints:
    """A thread that brings what was committed from the log into the file, so that no commit has to.

    SQLite would do it within the commit that fills the log, and whoever saves then waits for a
    second and far longer write of the disk. It is done ``earliest_s`` after the first commit since
    the last time, as soon as nothing was committed for ``quiet_s``, and after ``latest_s`` more in
    any case. The writer goes on meanwhile: a passive checkpoint keeps nobody out.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        earliest_s: float = EARLIEST_S,
        quiet_s: float = QUIET_S,
        latest_s: float = LATEST_S,
    ) -> None:
        """``engine`` is ``checkpointing_engine`` of the store."""
        self._engine = engine
        self._earliest_s = earliest_s
        self._quiet_s = quiet_s
        self._latest_s = latest_s
        self._committed = threading.Event()
        self._stopping = threading.Event()
        self._connection: Connection | None = None
        # daemon: a program that dies must die; what the log holds is safe there
        self._thread = threading.Thread(target=self._run, name="register-log", daemon=True)
        self._thread.start()

    def committed(self) -> None:
        """The log holds something new; on any thread, and nobody waits here."""
        self._committed.set()

    def stop(self, deadline_s: float) -> bool:
        """Begin no other checkpoint; True when the file is let go by the deadline."""
        self._stopping.set()
        self._committed.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._waited_for_quiet():
            self._checkpoint()
        self._disconnect()

    def _waited_for_quiet(self) -> bool:
        """Return when the log is to be brought in; False when there is an end to it."""
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
            # the log holds all until the next time; who writes is told of the disk by his own write

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate() if connection.in_transaction() else connection.close()
