"""Connections to the directory's file, plain or encrypted; quarantine of damaged files."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import Pool

from kb.errors import DirectoryUnusable

Key = bytes | str
LOCK_TIMEOUT_S = 10.0  # another process may be importing
RAW_KEY_BYTES = 32
OPERATIONAL_ERRORS = (sqlite3.OperationalError, sqlcipher.OperationalError)

_ENVIRONMENT_CODES = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


def connect(path: Path, key: Key | None, pragmas: Sequence[str]) -> sqlite3.Connection:
    """Opens a connection in autocommit mode that another thread may close.

    With a key the connection is SQLCipher's, which has the same methods. A key is 32 raw bytes or a
    passphrase; another number of bytes or an empty passphrase raises ValueError. A wrong key is
    reported as SQLITE_NOTADB.
    """
    if key is None:
        connection = sqlite3.connect(
            path, timeout=LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
    else:
        connection = _encrypted(path, key)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _encrypted(path: Path, key: Key) -> Any:
    stated = _stated(key)
    connection = sqlcipher.connect(
        str(path), timeout=LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    try:
        # SQLCipher would log to stderr; its errors are already raised as exceptions.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = {stated}")
        # SQLCipher checks the key at the first read. Other pragmas must not run with a wrong key.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _stated(key: Key) -> str:
    if isinstance(key, str):
        quoted = key.replace("'", "''")
        if not key or "\0" in key:
            raise ValueError("the passphrase is empty")
        return f"'{quoted}'"
    if len(key) != RAW_KEY_BYTES:
        raise ValueError(f"a raw key must have {RAW_KEY_BYTES} bytes")
    return f"\"x'{key.hex()}'\""


def engine(
    path: Path, key: Key | None, *, begin: str, pragmas: Sequence[str], pool: type[Pool]
) -> Engine:
    """Returns an engine whose connections come from ``connect``; ``begin`` is the SQL that starts a
    transaction.
    """
    made = create_engine(
        "sqlite+pysqlite://",
        module=sqlite3 if key is None else sqlcipher,
        creator=lambda: connect(path, key, pragmas),
        poolclass=pool,
        hide_parameters=True,
    )
    event.listen(made, "begin", lambda connection: driver(connection).execute(begin))
    return made


def driver(connection: Connection) -> sqlite3.Connection:
    """Returns the underlying sqlite3 connection, for operations SQLAlchemy does not support."""
    found: Any = connection.connection.driver_connection
    known: tuple[type, ...] = (sqlite3.Connection, sqlcipher.Connection)
    if type(found) not in known:
        raise TypeError(f"not an SQLite connection: {type(found)}")
    return cast(sqlite3.Connection, found)


def look_at(path: Path, key: Key | None, look: Callable[[sqlite3.Connection], None]) -> None:
    """Passes a connection to the existing file to ``look``, before anything is written to the file.

    ``look`` is not called if the file is missing or empty.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    with closing(connect(path, key, ())) as connection:
        look(connection)


@contextmanager
def known_failures(path: Path) -> Iterator[None]:
    """Converts I/O, file and lock errors to DirectoryUnusable; other errors pass through."""
    try:
        yield
    except OSError as error:
        raise DirectoryUnusable(path, type(error).__name__) from error
    except (DBAPIError, sqlite3.Error, sqlcipher.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code not in _ENVIRONMENT_CODES:
            raise
        raise DirectoryUnusable(path, str(getattr(origin, "sqlite_errorname", code))) from error


SIDE_FILES = ("", "-wal", "-shm")
_PART = ".damaged-"
_NO_FILE = "SQLITE_NOTADB"


def free_name(path: Path) -> Path:
    """Returns an unused path for a damaged file of this name."""
    number = 1
    while (name := path.with_name(f"{path.name}{_PART}{number}")).exists():
        number += 1
    return name


def damaged_files(path: Path) -> tuple[Path, ...]:
    """Returns the damaged files that were moved aside from this path."""
    begin = f"{path.name}{_PART}"
    return tuple(
        sorted(
            found
            for found in path.parent.iterdir()
            if found.name.startswith(begin) and found.name.removeprefix(begin).isdecimal()
        )
    )


def forget_in(
    path: Path, key: Key | None, forget: Callable[[sqlite3.Connection], int]
) -> tuple[int, bool]:
    """Runs ``forget`` on a damaged file.

    Returns the number of deleted rows and whether the file could be processed. Raises
    DirectoryUnusable if an I/O error or a lock prevents access for now.
    """
    moment = path.stat()
    try:
        with known_failures(path), closing(connect(path, key, ("synchronous = FULL",))) as damaged:
            damaged.execute("BEGIN IMMEDIATE")
            rows = forget(damaged)
            damaged.execute("COMMIT")
    except DirectoryUnusable as error:
        if error.is_damage or error.reason == _NO_FILE:
            return 0, False
        raise
    except OPERATIONAL_ERRORS:
        return 0, False  # file of an older version without this table
    os.utime(path, ns=(moment.st_atime_ns, moment.st_mtime_ns))  # age is unchanged
    return rows, True


def note_moment(path: Path, now: datetime) -> None:
    """Sets the file's modification time, which is the time it was moved aside."""
    os.utime(path, (now.timestamp(), now.timestamp()))


def is_older(path: Path, day: date) -> bool:
    """Whether the file was moved aside before this day (UTC)."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() < day


def remove(path: Path) -> None:
    """Deletes the file and its ``-wal`` and ``-shm`` files. Raises DirectoryUnusable."""
    with known_failures(path):
        for side in SIDE_FILES:
            path.with_name(path.name + side).unlink(missing_ok=True)
