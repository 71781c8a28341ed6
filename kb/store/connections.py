"""Connections to the directory's file, plain or encrypted, and what can go wrong with them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
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
