"""The directory's file: opened, made whole where it is damaged, read and written."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection

from kb import index
from kb.city_time import city_now
from kb.errors import DirectoryUnusable
from kb.events import (
    DirectoryEvent,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from kb.ranking import Weights
from kb.schema import check_owner, migrate
from kb.store import synonyms
from kb.store.access import Access
from kb.store.connections import Key, driver, known_failures, look_at
from kb.store.mending import mend
from kb.store.rebuilding import Rebuild
from kb.store.searching import Searching, Snapshot
from kb.store.tables import generation_of, meta_value
from kb.store.writing import Writing
from kb.synonyms import STARTERS, Synonym, Synonyms, read_synonyms
from kb.text import NORMALISER_VERSION, Stemmer
from kb.usage import forget_old

Result = TypeVar("Result")
Tell = Callable[[DirectoryEvent], None]
KEPT_ENCODER = "sentence-encoder.kept"


class DirectoryFile:
    """One file with its index in memory; every method may be called from any thread."""

    def __init__(
        self,
        path: Path,
        key: Key | None,
        clock: Callable[[], datetime],
        weights: Weights,
        tell: Tell,
        starters: Path | None,
    ) -> None:
        """Use ``open``."""
        self._starters = starters
        self._clock = clock
        self._tell = tell
        self._stem = Stemmer()
        self._searching = Searching(clock, weights, self._stem, path.with_name(KEPT_ENCODER))
        self._access = Access(path, key)
        self._rebuild: Rebuild | None = None
        self._rebuilding = threading.Lock()  # held by who begins one
        self._is_closed = False

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        key: Key | None = None,
        clock: Callable[[], datetime] = city_now,
        weights: Weights | None = None,
        tell: Tell = lambda _event: None,
        starters: Path | None = STARTERS,
    ) -> Self:
        """The directory of the file, which is made where there is none, encrypted with a key.

        A key is 32 bytes or a passphrase. Raises DirectoryTooNew for the file of a newer program
        and DirectoryUnusable for one that cannot be opened, is no directory or has another key;
        such a file is left as it is.

        A damaged index is made anew before this returns. One that another version of the program
        made is made anew in the background, and answers until that is done. ``tell`` is told of
        both, on any thread. A file that has never had a synonym takes those of ``starters``, which
        editors then keep; see ``read_synonyms`` for the form and the errors.
        """
        path = Path(path)
        with known_failures(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            look_at(path, key, lambda connection: check_owner(connection, path))
        directory = cls(path, key, clock, weights or Weights(), tell, starters)
        try:
            directory._mending(directory._prepare)
        except BaseException:
            directory.close()
            raise
        return directory

    def _prepare(self) -> None:
        with self._writing() as write:
            connection = write.connection
            migrate(driver(connection), self._clock())
            forget_old(driver(connection), self._clock().astimezone(UTC).date())
            if self._starters is not None and not synonyms.has_any(connection):
                synonyms.put(connection, read_synonyms(self._starters), "", self._clock())
            self._use_synonyms(synonyms.in_force(connection))
            normaliser = meta_value(connection, "normaliser")
            if normaliser is None:
                write.rebuild_index()
                return
            state = index.load_state(driver(connection))
            self._searching.use(Snapshot(generation_of(connection), state))
        if normaliser != str(NORMALISER_VERSION):
            self._rebuild_behind(RebuildReason.NORMALISER)
        elif index.is_worn(state):
            self._rebuild_behind(RebuildReason.WORN)

    def _use_synonyms(self, pairs: Iterable[Synonym]) -> None:
        self._searching.use_synonyms(Synonyms(pairs, self._stem))

    def _rebuild_worn(self) -> None:
        """Begin an index of what there is now, unless one is being made or this is the end."""
        with self._rebuilding:
            is_made = self._rebuild is not None and self._rebuild.is_running()
            if not is_made and not self._is_closed:
                self._rebuild_behind(RebuildReason.WORN)

    def _rebuild_behind(self, reason: RebuildReason) -> None:
        self._rebuild = Rebuild(reason, self._writing, self._tell)
        self._rebuild.start()

    def close(self) -> None:
        """Close every thread's connection; an index that is being made is left to the next time."""
        with self._rebuilding:
            self._is_closed = True
        if self._rebuild is not None:
            self._rebuild.stop()
        self._access.close()

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        """The one write transaction; its vocabulary is used once it is committed."""
        with self._access.writing() as connection:
            write = Writing(connection, self._searching, self._stem, self._clock())
            yield write
            snapshot = write.finish()
        if snapshot is not None:
            self._searching.use(snapshot)
            if index.is_worn(snapshot.state):
                self._rebuild_worn()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._access.reading() as connection:
            yield connection

    def _write(self, work: Callable[[Writing], Result]) -> Result:
        def write_once() -> Result:
            with self._writing() as write:
                return work(write)

        return self._mending(write_once)

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        def read_once() -> Result:
            with self._reading() as connection:
                return work(connection)

        return self._mending(read_once)

    def _mending(self, work: Callable[[], Result]) -> Result:
        """Do the work; where the file is damaged, put a whole one in its place and do it again."""
        seen = self._access.files_before
        try:
            return work()
        except DirectoryUnusable as error:
            if not error.is_damage:
                raise
        self._access.change_file(seen, self._mend)
        return work()

    def _mend(self) -> None:
        self._tell(IndexRebuildStarted(RebuildReason.DAMAGED))
        access = self._access
        try:
            aside = mend(access.path, access.key, self._clock())
            self._prepare()
        except DirectoryUnusable as error:
            self._tell(IndexRebuildFailed(RebuildReason.DAMAGED, error.reason))
            raise
        self._tell(IndexRebuilt(RebuildReason.DAMAGED, aside))
