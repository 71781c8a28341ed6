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
    """A connection that begins no transaction by itself and may be closed by another thread.

    With a key it is SQLCipher's, which has the same methods: 32 bytes are the key itself, a text
    is a passphrase. A wrong key is told as SQLITE_NOTADB. Raises ValueError for other bytes.
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
        # SQLCipher would write to stderr what is told in errors of our own.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = {stated}")
        # The key is looked at only now; a wrong one must not reach other pragmas.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _stated(key: Key) -> str:
    if isinstance(key, str):
        quoted = key.replace("'", "''")
        if not key or "\0" in key:
            raise ValueError("a passphrase of at least one character is needed")
        return f"'{quoted}'"
    if len(key) != RAW_KEY_BYTES:
        raise ValueError(f"a raw key has {RAW_KEY_BYTES} bytes")
    return f"\"x'{key.hex()}'\""


def engine(
    path: Path, key: Key | None, *, begin: str, pragmas: Sequence[str], pool: type[Pool]
) -> Engine:
    """An engine of such connections whose transactions begin with this statement."""
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
    """The connection of SQLite itself, for what SQLAlchemy has no words for."""
    found: Any = connection.connection.driver_connection
    known: tuple[type, ...] = (sqlite3.Connection, sqlcipher.Connection)
    if type(found) not in known:
        raise TypeError(f"a connection of SQLite is needed, not {type(found)}")
    return cast(sqlite3.Connection, found)


def look_at(path: Path, key: Key | None, look: Callable[[sqlite3.Connection], None]) -> None:
    """Show the file to the function before anything is written to it; not one that is new."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with closing(connect(path, key, ())) as connection:
        look(connection)


@contextmanager
def known_failures(path: Path) -> Iterator[None]:
    """Failures of disk, file and lock become DirectoryUnusable; our own mistakes pass through."""
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
    """Where a damaged file of this name can be put."""
    number = 1
    while (name := path.with_name(f"{path.name}{_PART}{number}")).exists():
        number += 1
    return name


def damaged_files(path: Path) -> tuple[Path, ...]:
    """The damaged files that were put aside from this path."""
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
    """How many rows of a damaged file have gone, and whether it takes that at all.

    Raises DirectoryUnusable where disk or another program do not let it be read now.
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
        return 0, False  # of an older program: it has no such table
    os.utime(path, ns=(moment.st_atime_ns, moment.st_mtime_ns))  # it is no younger by that
    return rows, True


def note_moment(path: Path, now: datetime) -> None:
    """It is put aside now, whenever it was written last."""
    os.utime(path, (now.timestamp(), now.timestamp()))


def is_older(path: Path, day: date) -> bool:
    """Whether it was put aside before the day in UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() < day


def remove(path: Path) -> None:
    """Remove it with what belongs to it. Raises DirectoryUnusable."""
    with known_failures(path):
        for side in SIDE_FILES:
            path.with_name(path.name + side).unlink(missing_ok=True)
