"""Directory API: edits, reads and searches entries, and applies updates from a feed.

Updates carry a watermark. All methods are thread-safe.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import assert_never

from kb.entries.attachments import Attachment
from kb.entries.changes import (
    AttachmentClosed,
    AttachmentPut,
    Change,
    ChangedMeanwhile,
    Decision,
    EntryClosed,
    EntryDraft,
    EntryPut,
    EntrySummary,
    Proposal,
    ProposalPut,
    ProposedTopic,
    Published,
    Revision,
    Synonym,
    SynonymPut,
    entry_of_proposal,
)
from kb.entries.checks import STALE_AFTER_DAYS, StaleEntry
from kb.entries.entries import Entry, EntryKind, PersonDetails
from kb.errors import UnknownEntry
from kb.search.meaning import is_installed, to_bytes
from kb.search.search import Hit, SearchResult
from kb.search.usage import forget_unanswered
from kb.search.vocabulary import IsRussian
from kb.store import attachments, editing, reading
from kb.store.connections import driver
from kb.store.file import LearningDirectory
from kb.store.reading import DirectoryStats, meta_value, set_meta
from kb.store.writing import MANY_CHANGES, Writing

_KEYS_AT_ONCE = 1000


class FedDirectory(LearningDirectory):
    """Directory that applies updates from a feed. Thread-safe."""

    def replace_all(
        self,
        entries: Iterable[Entry | EntryPut],
        mark: str = "",
        *,
        documents: Iterable[AttachmentPut] | None = None,
        pairs: Iterable[SynonymPut] = (),
        proposed: Iterable[ProposalPut] = (),
        by: str = "",
        at: datetime | None = None,
    ) -> None:
        """Replaces the content in one transaction and stores the watermark.

        Entries that are not given are closed as of today. The same applies to attachments if
        ``documents`` is given, and to synonyms if ``pairs`` is not empty. Usage statistics are
        retained by entry id. Raises ValueError for a repeated id, RecordFault for an entry that
        could not be read again, and UnknownContent for an attachment without stored content.
        """
        entries = tuple(entries)
        puts = None if documents is None else tuple(documents)
        pairs, proposed = tuple(pairs), tuple(proposed)

        def replace(write: Writing) -> None:
            write.replace_all(entries, by, at)
            if puts is not None:
                attachments.replace_all(write.connection, puts, self._clock(), by)
            editing.take_all(write.connection, pairs, self._clock())
            editing.take(write.connection, proposed)
            set_meta(write.connection, "mark", mark)

        self._write(replace)
        if pairs:
            self._use_synonyms(self.synonyms())

    def apply(
        self,
        changes: Iterable[Change],
        mark: str | None = None,
        *,
        on_change: Callable[[int], None] = lambda _number: None,
    ) -> None:
        """Applies the changes, their index rows and the watermark in one transaction.

        Without ``mark`` the stored watermark is unchanged. References are not checked, because a
        feed may deliver a question before its unit. ``on_change`` is called before each change with
        the number of changes applied so far; an exception that it raises rolls the transaction
        back. Raises UnknownContent for an attachment with only a hash if its content is not stored.
        """
        changes = tuple(changes)

        def make(write: Writing) -> None:
            self._make(write, changes, on_change)
            if mark is not None:
                set_meta(write.connection, "mark", mark)

        self._write(make)
        if any(isinstance(change, SynonymPut) for change in changes):
            self._use_synonyms(self.synonyms())

    def take_published(self, change: EntryPut, draft_by_id: str) -> None:
        """Stores an entry that a local editor published to the central database and deletes its
        draft.
        """
        entry = change.entry

        def take(write: Writing) -> None:
            self._make(write, (change,), lambda _number: None)
            editing.drop(write.connection, entry.id, draft_by_id)
            for text in (entry.title, *entry.names):
                forget_unanswered(driver(write.connection), " ".join(text.split()))

        self._write(take)

    def _make(
        self, write: Writing, changes: Collection[Change], on_change: Callable[[int], None]
    ) -> None:
        if len(changes) >= MANY_CHANGES:
            write.index_at_the_end()
        now = self._clock()
        pairs: list[SynonymPut] = []
        for number, change in enumerate(changes):
            on_change(number)
            match change:
                case EntryPut(entry, by, at, by_id, action, ver):
                    write.put(entry, by, at, action, by_id, ver)
                case EntryClosed(entry_id, on, by, at, ver):
                    write.close(entry_id, on, by, at, ver)
                case AttachmentPut():
                    attachments.put(write.connection, change, now)
                case AttachmentClosed(attachment_id, on, by, at):
                    attachments.close(write.connection, attachment_id, on, by, at or now)
                case SynonymPut():
                    pairs.append(change)
                case ProposalPut():
                    editing.take(write.connection, (change,))
                case _:
                    assert_never(change)
        if pairs:
            editing.take_synonyms(write.connection, pairs, now)

    def keep_content(self, content: bytes) -> None:
        """Stores attachment content for later changes that refer to it by hash."""
        with self._writing() as write:
            attachments.keep_content(write.connection, content)

    # --- feed state ---

    def mark(self) -> str:
        """Returns the watermark of the last feed update; empty before the first."""
        with self._reading() as connection:
            return meta_value(connection, "mark") or ""

    def has_own_entries(self) -> bool:
        """Whether an entry without an end date exists only at this workplace."""
        with self._reading() as connection:
            return reading.has_own_entries(connection)

    def entry_versions(self, entry_ids: Collection[str]) -> dict[str, int]:
        """Returns the central database's version of each stored entry, 0 for a local entry."""
        with self._reading() as connection:
            found: dict[str, int] = {}
            for some in _pages(entry_ids):
                found |= reading.versions(connection, some)
            return found

    def missing_contents(self, hashes: Collection[str]) -> frozenset[str]:
        """Returns the hashes without stored content."""
        with self._reading() as connection:
            return frozenset(hashes) - attachments.known_contents(connection, hashes)

    def document_versions(self) -> tuple[tuple[Attachment, str], ...]:
        """Returns the latest version of every attachment and its content hash, closed ones
        included.
        """
        with self._reading() as connection:
            return attachments.newest_of_all(connection)

    def shared_synonyms(self) -> tuple[Synonym, ...]:
        """Returns the valid synonyms that were received from the central database."""
        with self._reading() as connection:
            return editing.shared_synonyms(connection)

    def synonym_versions(self, pairs: Collection[Synonym]) -> dict[tuple[str, str], int]:
        """Returns the central database's version of each pair by (phrase, meaning); 0 for a local
        pair.
        """
        with self._reading() as connection:
            return editing.versions(connection, pairs)

    def shared_proposals(self) -> tuple[Proposal, ...]:
        """Returns the proposals that were received from the central database."""
        with self._reading() as connection:
            return editing.shared(connection)

    def proposal(self, proposal_id: str) -> tuple[Proposal, int] | None:
        """Returns a proposal and its version in the central database (0: not there); None if
        unknown.
        """
        with self._reading() as connection:
            found = editing.by_id(connection, proposal_id)
            if found is None:
                return None
            return found, editing.version(connection, proposal_id)


def _pages(keys: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(keys)
    while page := tuple(islice(rest, _KEYS_AT_ONCE)):
        yield page


class Directory(FedDirectory):
    """Directory in one file. Thread-safe.

    Each thread reads on its own connection; writers block each other. Call ``close`` after the last
    call of any other method. The current day is taken in the time zone of the clock.
    """

    # --- writing ---

    def upsert(self, entry: Entry, *, by: str = "", at: datetime | None = None) -> None:
        """Inserts or updates an entry; an identical entry is left unchanged."""
        self._write(lambda write: write.put(entry, by, at))

    def close_entry(
        self, entry_id: str, on: date, *, by: str = "", at: datetime | None = None
    ) -> None:
        """Ends the validity of an entry on the given day; raises UnknownEntry."""
        if not self._write(lambda write: write.close(entry_id, on, by, at)):
            raise UnknownEntry(entry_id)

    def restore(
        self,
        entry_id: str,
        number: int,
        *,
        based_on: int | None = None,
        by: str = "",
        by_id: str = "",
        at: datetime | None = None,
    ) -> ChangedMeanwhile | None:
        """Makes an older version the latest again; raises UnknownEntry.

        ``based_on`` is the latest version that the editor saw. If there is a newer one, nothing is
        written and it is returned.
        """
        with self._writing() as write:
            newest = reading.newest_revision(write.connection, entry_id)
            if newest is not None and based_on is not None and newest.number != based_on:
                return ChangedMeanwhile(newest)
            if not write.restore(entry_id, number, by, at, by_id):
                raise UnknownEntry(entry_id, number)
        return None

    def publish(
        self, entry: Entry, *, based_on: int, by: str, by_id: str, at: datetime | None = None
    ) -> Published | ChangedMeanwhile:
        """Stores an editor's text based on version ``based_on`` (0: new entry) and deletes the
        draft.

        ``by`` is the editor's display name, ``by_id`` the owner of the draft. If there is a newer
        version, nothing is written, the draft is retained and the newer version is returned. Raises
        RecordFault for an entry that could not be read again.
        """
        with self._writing() as write:
            connection = write.connection
            known = reading.newest_revision(connection, entry.id)
            if known is not None and known.number != based_on:
                return ChangedMeanwhile(known)
            write.put(entry, by, at, by_id=by_id)
            editing.drop(connection, entry.id, by_id)
            for text in (entry.title, *entry.names):
                # Searches for these texts now find the entry.
                forget_unanswered(driver(connection), " ".join(text.split()))
            newest = reading.newest_revision(connection, entry.id)
            return Published(0 if newest is None else newest.number)

    def mark_checked(self, entry_id: str, on: date, *, by: str, at: datetime | None = None) -> None:
        """Records the day of the entry's last check; drafts are retained. Raises UnknownEntry."""
        with self._writing() as write:
            entry = reading.entry_by_id(write.connection, entry_id)
            if entry is None:
                raise UnknownEntry(entry_id)
            write.put(replace(entry, checked_on=on), by, at)

    def keep_draft(self, draft: EntryDraft, *, at: datetime | None = None) -> None:
        """Saves the editor's draft of the entry; there is one draft per editor and entry."""
        with self._writing() as write:
            editing.keep(write.connection, draft, at or self._clock())

    def drop_draft(self, entry_id: str, by_id: str) -> None:
        """Deletes the editor's draft of the entry, if there is one."""
        with self._writing() as write:
            editing.drop(write.connection, entry_id, by_id)

    def propose(
        self,
        proposal_id: str,
        topic: ProposedTopic,
        *,
        organ: str,
        by: str,
        at: datetime | None = None,
    ) -> None:
        """Stores an authority's proposal on a topic, to be decided by the supervisor.

        Raises ValueError if a part required by Regulation 4.2 is missing or the id is not a
        topic's.
        """
        missing = tuple(topic.missing())
        if missing:
            raise ValueError(f"a proposal requires {missing[0]}")
        with self._writing() as write:
            before = reading.entry_by_id(write.connection, topic.entry_id)
            entry_of_proposal(topic, before, by)
            new = Proposal(proposal_id, topic, organ, by, at or self._clock())
            editing.put(write.connection, new)

    def decide(
        self,
        proposal_id: str,
        *,
        accepted: bool,
        reason: str = "",
        by: str,
        at: datetime | None = None,
    ) -> Decision:
        """Accepts or declines a proposal; accepting changes the topic in the same transaction.

        A proposal that is already decided is left unchanged and its decision is returned. Raises
        UnknownEntry, and ValueError for declining without a reason.
        """
        if not accepted and not reason.strip():
            raise ValueError("declining a proposal requires a reason")
        with self._writing() as write:
            connection = write.connection
            found = editing.by_id(connection, proposal_id)
            if found is None:
                raise UnknownEntry(proposal_id)
            if found.decision is not None:
                return found.decision
            decision = Decision(accepted, reason.strip(), by, at or self._clock())
            if accepted:
                before = reading.entry_by_id(connection, found.topic.entry_id)
                write.put(entry_of_proposal(found.topic, before, found.by), by, at)
            editing.decide(connection, proposal_id, decision)
            return decision

    def attach(
        self, document: Attachment, content: bytes, *, by: str = "", at: datetime | None = None
    ) -> None:
        """Adds an attachment to an entry, or a version of it; raises UnknownEntry."""
        with self._writing() as write:
            attachments.attach(write.connection, document, content, by, at or self._clock())

    def close_attachment(
        self, attachment_id: str, on: date, *, by: str = "", at: datetime | None = None
    ) -> None:
        """Ends the validity of an attachment on the given day; raises UnknownEntry."""
        with self._writing() as write:
            closed_at = at or self._clock()
            if not attachments.close(write.connection, attachment_id, on, by, closed_at):
                raise UnknownEntry(attachment_id)

    # --- reading ---

    def entry(self, entry_id: str) -> Entry | None:
        """Returns the latest version of the entry, also after it was closed."""
        with self._reading() as connection:
            return reading.entry_by_id(connection, entry_id)

    def titles(self, entry_ids: Collection[str]) -> dict[str, str]:
        """Returns the titles of these entries by id; unknown ids are left out."""
        with self._reading() as connection:
            return reading.titles(connection, entry_ids)

    def unit(self, entry_id: str) -> Entry | None:
        """Returns the unit with this id; None if the id is unknown or not a unit's."""
        entry = self.entry(entry_id)
        return entry if entry is not None and entry.kind is EntryKind.UNIT else None

    def entries(self) -> tuple[Entry, ...]:
        """Returns the latest version of all entries, closed ones included, in order of creation."""
        with self._reading() as connection:
            return reading.entries(connection)

    def people_and_units(self) -> tuple[Entry, ...]:
        """Returns the latest version of persons and units, closed ones included, in order of
        creation.
        """
        with self._reading() as connection:
            return reading.people_and_units(connection)

    def topics(self) -> tuple[Entry, ...]:
        """Returns the valid topics in order of creation."""
        with self._reading() as connection:
            found = reading.topic_entries(connection, self._today())
            return tuple(entry for entry in found if entry.parent is None)

    def categories(self, topic: str | None = None) -> tuple[Entry, ...]:
        """Returns the valid categories of one topic or of all, in order of creation."""
        with self._reading() as connection:
            found = reading.topic_entries(connection, self._today())
            categories = [entry for entry in found if entry.parent is not None]
        return tuple(entry for entry in categories if topic in (None, entry.parent))

    def topics_and_categories(self) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """Returns the valid topics and the valid categories from one query."""
        with self._reading() as connection:
            found = tuple(reading.topic_entries(connection, self._today()))
        topics = tuple(entry for entry in found if entry.parent is None)
        return topics, tuple(entry for entry in found if entry.parent is not None)

    def unit_titles(self, today: date) -> dict[str, str]:
        """Returns the titles of valid units by id, in order of creation."""
        with self._reading() as connection:
            return reading.unit_titles(connection, today)

    def officials(self, today: date) -> dict[str, dict[str, str]]:
        """Returns name and post of the valid persons by key, for each unit (Regulation 12.3)."""
        found: dict[str, dict[str, str]] = {}
        for entry in self.people_and_units():
            if entry.kind is EntryKind.PERSON and entry.holds_on(today):
                person = entry.details if isinstance(entry.details, PersonDetails) else None
                unit, post = ("", "") if person is None else (person.unit, person.post)
                told = ", ".join(filter(None, (entry.title, post)))
                found.setdefault(unit or entry.owner, {})[entry.id] = told
        return found

    def units_with_term(self) -> tuple[Entry, ...]:
        """Returns valid units with their own answer deadline, in order of creation."""
        with self._reading() as connection:
            return tuple(reading.units_with_term(connection, self._today()))

    def history(self, entry_id: str) -> tuple[Revision, ...]:
        """Returns every version of the entry, the latest last; empty for an unknown entry."""
        with self._reading() as connection:
            return reading.revisions(connection, entry_id)

    def proposals(self) -> tuple[Proposal, ...]:
        """Returns all proposals, open ones first, each group with the latest first."""
        with self._reading() as connection:
            return editing.all_of(connection)

    def drafts(self, by_id: str) -> tuple[EntryDraft, ...]:
        """Returns the editor's drafts, the latest first."""
        with self._reading() as connection:
            return editing.of_editor(connection, by_id)

    def draft(self, entry_id: str, by_id: str) -> EntryDraft | None:
        """Returns the editor's draft of the entry."""
        with self._reading() as connection:
            return editing.of_entry(connection, entry_id, by_id)

    def summaries(self, by_id: str) -> tuple[EntrySummary, ...]:
        """Returns all entries for the editor's list, closed ones included, in order of creation."""
        with self._reading() as connection:
            return tuple(editing.summaries(connection, by_id))

    def summary(self, entry_id: str, by_id: str) -> EntrySummary | None:
        """Returns one entry for the editor's list."""
        with self._reading() as connection:
            return next(editing.summaries(connection, by_id, entry_id), None)

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]:
        """Returns the attachments of these entries that are valid today, in order of creation."""
        with self._reading() as connection:
            return attachments.of_entries(connection, entry_ids, self._today())

    def attachment_content(self, attachment_id: str) -> bytes | None:
        """Returns the content of an attachment's latest version; None for an unknown attachment."""
        with self._reading() as connection:
            return attachments.content_of(connection, attachment_id)

    def stale(
        self, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
    ) -> tuple[StaleEntry, ...]:
        """Returns valid entries whose last check exceeds the limit of their kind, oldest check
        first.

        A kind without a limit is never stale.
        """
        with self._reading() as connection:
            return tuple(reading.stale_entries(connection, today, limit_days))

    def count_stale(
        self, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
    ) -> int:
        """Returns the number of entries that ``stale`` returns."""
        with self._reading() as connection:
            return reading.count_stale(connection, today, limit_days)

    def stats(self) -> DirectoryStats:
        """Returns entry counts, version counts and the watermark."""
        with self._reading() as connection:
            return reading.stats(connection, self._today())

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """Returns the best entries for a text, best first; never raises for any text."""
        return list(self.find(text, limit).hits)

    def find(self, text: str, limit: int = 10, only: EntryKind | None = None) -> SearchResult:
        """Searches like ``search``, optionally one kind only.

        Returns the hits with the interpretation of the query and the number of matching entries by
        kind.
        """
        return self._read(lambda connection: self._searching.find(connection, text, limit, only))

    @property
    def knows_meaning(self) -> bool:
        """Whether semantic search is installed (the extra ``meaning``)."""
        return is_installed()

    def search_by_meaning(self, text: str, limit: int = 10) -> list[Hit]:
        """Returns the best entries by text and by semantic search combined, best first.

        Entries without an embedding are encoded first, at some milliseconds each;
        ``find_by_meaning`` skips them. Raises MeaningUnavailable if the extra is not installed.
        """
        while self.encode_entries():
            pass
        return list(self.find_by_meaning(text, limit).hits)

    def find_by_meaning(
        self, text: str, limit: int = 10, only: EntryKind | None = None
    ) -> SearchResult:
        """Searches like ``search_by_meaning`` among the entries encoded so far; returns like
        ``find``.
        """
        return self._read(
            lambda connection: self._searching.find(connection, text, limit, only, by_meaning=True)
        )

    def load_encoder(self) -> None:
        """Loads the sentence encoder in advance, which takes about a second.

        Raises MeaningUnavailable if the extra is not installed.
        """
        self._searching.meanings.load()

    def encode_entries(self, limit: int = 64) -> bool:
        """Encodes up to ``limit`` new or changed entries; returns whether there may be more.

        No transaction is open during the encoding. Returns False during an index rebuild, without
        blocking for it. Raises MeaningUnavailable if the extra is not installed.
        """
        if self._rebuild is not None and self._rebuild.is_running():
            return False
        meanings = self._searching.meanings
        with self._reading() as connection:
            missing = meanings.missing(connection, limit)
        if not missing:
            return False
        vectors = meanings.encode([text for _row_id, _payload, text in missing])
        with self._writing() as write:
            for (row_id, payload, _text), vector in zip(missing, vectors, strict=True):
                meanings.keep(write.connection, row_id, payload, to_bytes(vector))
        return True

    def knows_word(self, word: str) -> bool:
        """Whether an entry or a synonym contains the word in any of its forms."""
        return self._read(lambda connection: self._searching.knows_word(connection, word))

    def use_dictionary(self, is_russian: IsRussian) -> None:
        """Sets the Russian dictionary; queried words that it contains are not corrected as typing
        errors.

        ``is_russian`` is called on any thread, with words in lower case and ``е`` for ``ё``.
        """
        self._searching.use_dictionary(is_russian)

    def frequent(self, limit: int = 10) -> tuple[Hit, ...]:
        """Returns the entries selected most in the last weeks, then the first question of each
        topic.
        """
        return self._read(lambda connection: self._searching.frequent(connection, limit))

    def _today(self) -> date:
        return self._clock().date()
