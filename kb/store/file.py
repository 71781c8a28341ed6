"""Opens, repairs and closes the directory's file; records selections, failed searches, synonyms.

Base classes of ``kb.store.directory.Directory``. All methods are thread-safe.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection

from kb.entries.changes import Synonym
from kb.entries.entries import holds_contact
from kb.entries.hours import city_now
from kb.errors import (
    DamagedFileRemoved,
    DirectoryEvent,
    DirectoryUnusable,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from kb.search import index
from kb.search.lexicon import forget_texts, forget_texts_before, kept_texts
from kb.search.ranking import Weights
from kb.search.rewording import (
    STARTERS,
    KeptSynonym,
    Synonyms,
    SynonymSuggestion,
    count_reworded,
    forget_reworded,
    in_vain_before,
    proposed_pair,
    read_synonyms,
    rewordings,
)
from kb.search.usage import (
    QueryUse,
    UnansweredSearch,
    count_pick,
    count_unanswered,
    forget_old,
    forget_unanswered,
    picks_of_entry,
    unanswered_searches,
)
from kb.store import editing, reading
from kb.store.access import Access
from kb.store.connections import (
    Key,
    damaged_files,
    driver,
    forget_in,
    is_older,
    known_failures,
    look_at,
    remove,
)
from kb.store.reading import generation_of, meta_value, set_meta
from kb.store.schema import check_owner, migrate
from kb.store.searching import Searching, Snapshot
from kb.store.writing import Rebuild, Writing, mend
from kb.text import NORMALISER_VERSION, Stemmer, folded_words

Result = TypeVar("Result")
Tell = Callable[[DirectoryEvent], None]
KEPT_ENCODER = "sentence-encoder.kept"


class DirectoryFile:
    """One directory file with its index in memory. Thread-safe."""

    def __init__(
        self,
        path: Path,
        key: Key | None,
        clock: Callable[[], datetime],
        weights: Weights,
        tell: Tell,
        starters: Path | None,
    ) -> None:
        """Internal; use ``open``."""
        self._starters = starters
        self._clock = clock
        self._tell = tell
        self._stem = Stemmer()
        self._searching = Searching(clock, weights, self._stem, path.with_name(KEPT_ENCODER))
        self._access = Access(path, key)
        self._rebuild: Rebuild | None = None
        self._rebuilding = threading.Lock()  # acquired to start a rebuild
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
        """Opens the directory file and creates it if it is missing; with a key it is encrypted.

        A key is 32 bytes or a passphrase. Raises DirectoryTooNew for the file of a newer version,
        and DirectoryUnusable for a file that cannot be opened, is not a directory or has another
        key; such a file is left unchanged.

        A damaged index is rebuilt before this returns. The index of another normaliser version is
        rebuilt in the background and answers searches during the rebuild. Events of both are
        reported on any thread. A file that has never had a synonym is filled from ``starters``, and
        editors then maintain these synonyms; see ``read_synonyms`` for the format and the errors.
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
            migrate(driver(connection))
            forget_old(driver(connection), self._clock().astimezone(UTC).date())
            if self._starters is not None and not editing.has_any(connection):
                editing.put_synonyms(connection, read_synonyms(self._starters), "", self._clock())
            self._use_synonyms(editing.in_force(connection))
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
        """Starts a rebuild of an index with too many deleted documents, unless one is running or
        the directory is closed.
        """
        with self._rebuilding:
            is_made = self._rebuild is not None and self._rebuild.is_running()
            if not is_made and not self._is_closed:
                self._rebuild_behind(RebuildReason.WORN)

    def _rebuild_behind(self, reason: RebuildReason) -> None:
        self._rebuild = Rebuild(reason, self._writing, self._tell)
        self._rebuild.start()

    def close(self) -> None:
        """Closes the connections of all threads. A running index rebuild is cancelled; the next
        ``open`` starts it again.
        """
        with self._rebuilding:
            self._is_closed = True
        if self._rebuild is not None:
            self._rebuild.stop()
        self._access.close()

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        """Opens the only write transaction; its index snapshot is used after the commit."""
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
        """Runs the work. If the file is damaged, it is replaced with a repaired copy and the work
        is retried once.
        """
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


_SHORTEST_ABANDONED = 3  # characters; shorter texts are useless to an editor
_SEEN_HITS = 9  # hits visible to an operator; lower ones count as not found
_MOST_REWORDED = 3  # wordings before the last one
_SEARCHES_READ = "searches_read"
_READ_FOR = "lone surnames"  # version of the personal-data check


class LearningDirectory(DirectoryFile):
    """Directory that learns from selections and failed searches. Thread-safe."""

    def picked(self, query: str, entry_id: str, *, after: Sequence[str] = ()) -> None:
        """Records that an entry found by this query was used for an answer.

        The entry is ranked higher for this query and slightly higher for all queries; the effect
        halves every 30 days. ``after`` are the preceding queries of the same search, oldest first;
        those that do not find the entry are stored for editors. A text with a phone number or an
        address of a person is never stored: then the selection counts for the entry only.
        """
        missed = [" ".join(text.split()) for text in after[-_MOST_REWORDED:]]
        in_vain = [text for text in missed if _is_kept(text) and not self._leads_to(text, entry_id)]
        self._when_indexed(lambda: self._count_pick(query, entry_id, in_vain))

    def _count_pick(self, query: str, entry_id: str, in_vain: Iterable[str]) -> None:
        with self._writing() as write:
            connection, at = driver(write.connection), self._clock()
            learned, typed = self._searching.learned_as(write.connection, query)
            if holds_contact(query) or holds_contact(typed):
                learned, typed, in_vain = "", "", ()  # no query is stored
            count_pick(connection, learned, typed, entry_id, at)
            forget_unanswered(connection, " ".join(query.split()))
            for text in in_vain:
                count_reworded(connection, text, typed, entry_id, at)
        self._searching.learn(learned, entry_id)

    def _leads_to(self, text: str, entry_id: str) -> bool:
        """Whether an operator who searches for the text sees the entry."""
        found = self._read(
            lambda connection: self._searching.find(connection, text, _SEEN_HITS, None)
        ).hits
        return any(hit.entry_id == entry_id for hit in found)

    def abandoned(self, query: str) -> None:
        """Records a search without a result: no entry was found or none was used.

        Stored are the text, the day and the number of entries found; nothing is stored if the text
        contains a person's phone number or address.
        """
        typed = " ".join(query.split())
        if not _is_kept(typed):
            return
        found = self._read(
            lambda connection: self._searching.find(connection, typed, 1, None)
        ).total
        self._when_indexed(lambda: self._count_abandoned(typed, found))

    def _count_abandoned(self, typed: str, found: int) -> None:
        with self._writing() as write:
            count_unanswered(driver(write.connection), typed, found, self._clock())

    # --- deletion ---

    def forget_searches_before(self, day: date) -> int:
        """Deletes the texts of searches made before the day; returns the number of rows.

        The texts are deleted in damaged files too. Damaged files older than the day are deleted
        entirely.
        """
        return self._forget(
            lambda connection: forget_texts_before(connection, day),
            is_over=lambda damaged: is_older(damaged, day),
        )

    def forget_searches(self, is_meant: Callable[[str], bool]) -> int:
        """Deletes the texts of searches for which ``is_meant`` returns True; returns the number of
        rows.

        A deleted selection still counts for its entry, but no longer for a query.
        """
        return self._forget(
            lambda connection: forget_texts(connection, is_meant), is_over=lambda _damaged: False
        )

    def _forget(
        self,
        forget: Callable[[sqlite3.Connection], int],
        *,
        is_over: Callable[[Path], bool],
    ) -> int:
        """Runs ``forget`` on the directory's file and on all damaged files that were saved.

        A damaged file is deleted if ``is_over`` returns True for it or if it cannot be processed.
        """
        rows = self._write(lambda write: forget(driver(write.connection)))
        self._searching.forget_picks()
        access = self._access
        with known_failures(access.path):  # a damaged file may be open or removed
            for damaged in damaged_files(access.path):
                is_kept = False
                if not is_over(damaged):
                    gone, is_kept = forget_in(damaged, access.key, forget)
                    rows += gone
                if not is_kept:
                    remove(damaged)
                    self._tell(DamagedFileRemoved(damaged))
        return rows

    def searches_to_read(self) -> tuple[str, ...]:
        """Returns stored search texts that were not yet checked for personal data.

        Texts checked by an older version of the check are returned again.
        """
        with self._reading() as connection:
            is_read = meta_value(connection, _SEARCHES_READ) == _READ_FOR
            return () if is_read else kept_texts(driver(connection))

    def note_searches_read(self) -> None:
        """Records that the stored texts were checked and those with personal data deleted."""
        with self._writing() as write:
            set_meta(write.connection, _SEARCHES_READ, _READ_FOR)

    def _when_indexed(self, work: Callable[[], None]) -> None:
        """Runs the work. During an index rebuild it is deferred to the end of the rebuild, because
        it would block searches.
        """
        if self._rebuild is None or not self._rebuild.keep(work):
            work()

    def answer_found(self, query: str) -> None:
        """Records that an editor has resolved a search without a result."""
        with self._writing() as write:
            connection, typed = driver(write.connection), " ".join(query.split())
            forget_unanswered(connection, typed)
            forget_reworded(connection, typed)

    # --- synonyms ---

    def put_synonyms(
        self, pairs: Iterable[Synonym], *, by: str = "", at: datetime | None = None
    ) -> None:
        """Adds synonyms; they apply to the next search, in another process after its restart.

        A failed search for the phrase counts as resolved. Raises ValueError for a pair with a side
        that has no word.
        """
        self._change_synonyms((), tuple(pairs), by, at)

    def replace_synonym(
        self, old: Synonym, new: Synonym, *, by: str = "", at: datetime | None = None
    ) -> None:
        """Closes the old pair and adds the new one in one transaction.

        Raises ValueError for a pair with a side that has no word.
        """
        is_same = (old.phrase, old.meaning) == (new.phrase, new.meaning)
        self._change_synonyms(() if is_same else (old,), (new,), by, at)

    def _change_synonyms(
        self, gone: Sequence[Synonym], new: Sequence[Synonym], by: str, at: datetime | None
    ) -> None:
        for pair in new:
            if not (any(folded_words(pair.phrase)) and any(folded_words(pair.meaning))):
                raise ValueError("a synonym requires a word on each side")
        moment = at or self._clock()
        with self._writing() as write:
            for pair in gone:
                editing.close(write.connection, pair, by, moment)
            editing.put_synonyms(write.connection, new, by, moment)
            for pair in new:
                forget_unanswered(driver(write.connection), " ".join(pair.phrase.split()))
            held = editing.in_force(write.connection)
        self._use_synonyms(held)

    def close_synonym(self, pair: Synonym, *, by: str = "", at: datetime | None = None) -> bool:
        """Closes the pair; False if it was not valid."""
        with self._writing() as write:
            was_there = editing.close(write.connection, pair, by, at or self._clock())
            held = editing.in_force(write.connection)
        self._use_synonyms(held)
        return was_there

    def synonyms(self) -> tuple[Synonym, ...]:
        """Returns the valid synonyms, sorted by phrase."""
        with self._reading() as connection:
            return editing.in_force(connection)

    def kept_synonyms(self) -> tuple[KeptSynonym, ...]:
        """Returns all synonyms, closed ones included, sorted by phrase."""
        with self._reading() as connection:
            return editing.everything(connection)

    # --- search log ---

    def unanswered_searches(
        self, *, since: date | None = None, limit: int = 100
    ) -> tuple[UnansweredSearch, ...]:
        """Returns searches without a result since the day, most frequent first."""
        with self._reading() as connection:
            return unanswered_searches(driver(connection), since, limit)

    def queries_of(self, entry_id: str, *, since: date, limit: int = 10) -> tuple[QueryUse, ...]:
        """Returns the queries that found the entry since the day, most frequent first.

        They are followed by queries that failed before another query found the entry.
        """
        with self._reading() as connection:
            picks = picks_of_entry(driver(connection), entry_id, since, limit)
            return (*picks, *in_vain_before(driver(connection), entry_id, since, limit))

    def synonym_suggestions(self, limit: int = 30) -> tuple[SynonymSuggestion, ...]:
        """Returns synonyms with which a failed query would have found the entry that operators
        found by another query.

        Most frequent first. A failed query that finds its entry now is left out. Takes some
        milliseconds for each pair.
        """
        with self._reading() as connection:
            seen = rewordings(driver(connection))
            held = {(pair.phrase, pair.meaning) for pair in editing.in_force(connection)}
        suggested: list[SynonymSuggestion] = []
        for one in seen:
            if len(suggested) == limit:
                break
            pair = proposed_pair(one.query, one.found_by, self._stem)
            if pair is None or (pair.phrase, pair.meaning) in held:
                continue
            with self._reading() as connection:
                entry = reading.entry_by_id(connection, one.entry_id)
            if entry is None or not entry.holds_on(self._clock().date()):
                continue
            if not self._leads_to(one.query, one.entry_id):
                suggested.append(SynonymSuggestion(pair, one, entry.title))
        return tuple(suggested)


def _is_kept(text: str) -> bool:
    return len(text) >= _SHORTEST_ABANDONED and not holds_contact(text)
