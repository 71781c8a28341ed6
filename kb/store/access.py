"""Read and write transactions on the directory's file, and their readers-writer lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.pool import NullPool, StaticPool

from kb.errors import DirectoryUnusable
from kb.store.connections import Key, engine, known_failures


class Gate:
    """Readers-writer lock: ``passing`` is shared, ``alone`` is exclusive.

    A waiting writer blocks new readers.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._passing = 0
        self._is_taken = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        with self._condition:
            while self._is_taken:
                self._condition.wait()
            self._passing += 1
        try:
            yield
        finally:
            with self._condition:
                self._passing -= 1
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._condition:
            while self._is_taken:
                self._condition.wait()
            self._is_taken = True
            while self._passing:
                self._condition.wait()
        try:
            yield
        finally:
            with self._condition:
                self._is_taken = False
                self._condition.notify_all()


# FULL: an entry edited here may exist in no other copy. The cache is limited because SQLCipher
# would retain 8 MB of pages, which the new pages of each edit fill over weeks.
_WRITER_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "cache_size = -2000")
# The pages that a search reads are in the page cache of the operating system; ten threads would
# each hold another 2 MB of them.
_READER_PRAGMAS = ("query_only = ON", "cache_size = -256")


class Access:
    """Read and write transactions on one file. Thread-safe.

    A reader sees the data committed before its transaction started. Readers block only while the
    file is being replaced.
    """

    def __init__(self, path: Path, key: Key | None) -> None:
        self.path = path
        self.key = key
        self.files_before = 0  # number of times the file was replaced
        self.writer = engine(
            path, key, begin="BEGIN IMMEDIATE", pragmas=_WRITER_PRAGMAS, pool=StaticPool
        )
        self._reader = engine(path, key, begin="BEGIN", pragmas=_READER_PRAGMAS, pool=NullPool)
        self._write_lock = threading.RLock()
        self._writing: Connection | None = None
        self._gate = Gate()
        self._local = threading.local()
        self._readers: list[Connection] = []
        self._readers_lock = threading.Lock()
        self._is_closed = False

    def close(self) -> None:
        """Closes the connections of all threads; later transactions raise DirectoryUnusable."""
        with self._write_lock, self._readers_lock:
            self._is_closed = True
        self._close_connections()

    def _close_connections(self) -> None:
        with self._write_lock, self._readers_lock:
            for connection in self._readers:
                connection.close()
            self._readers.clear()
            if self._writing is not None:
                self._writing.close()
            self.writer.dispose()
            self._reader.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Opens the only write transaction; a second writer blocks until the first has ended.

        Raises DirectoryUnusable, also after ``close``.
        """
        with self._write_lock, known_failures(self.path):
            self._refuse_closed()
            if self._writing is None or self._writing.closed:
                self._writing = self.writer.connect()
            with self._writing.begin():
                yield self._writing

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Opens a read transaction on the calling thread's connection; raises like ``writing``."""
        with self._gate.passing(), known_failures(self.path):
            connection: Connection | None = getattr(self._local, "connection", None)
            if connection is None or connection.closed:
                connection = self._local.connection = self._new_reader()
            with connection.begin():
                yield connection

    def change_file(self, files_before: int, change: Callable[[], None]) -> None:
        """Runs ``change``, which replaces the file, while no transaction is open.

        ``files_before`` is the value that the caller read before the failure. If it has changed,
        another thread has already replaced the file and nothing is done.
        """
        with self._write_lock, self._gate.alone():
            if self.files_before != files_before:
                return
            self._close_connections()
            change()
            self.files_before += 1

    def _new_reader(self) -> Connection:
        # Under the lock, because ``_close_connections`` must see every connection.
        with self._readers_lock:
            self._refuse_closed()
            connection = self._reader.connect()
            self._readers.append(connection)
        return connection

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise DirectoryUnusable(self.path, "closed")
