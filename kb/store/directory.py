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
    """The part of the directory that is fed; every method may be called from any thread."""

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
        """Put all these in one transaction, with the mark; every other entry is closed today.

        So is every other document where documents are given, and every other synonym where there
        is one. Usage stays, by entry id. Raises ValueError for a repeated id, RecordFault for an
        entry that could not be read back, UnknownContent for a document whose content is not there.
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
        """Make the changes, their index rows and the mark true in one transaction.

        Without a mark the last one stays. References are not checked: a feed may bring a question
        before its unit. ``on_change`` is told before each change how many are made; what it raises
        leaves everything as it was. Raises UnknownContent for a document whose content is named by
        a hash alone and is not there.
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
        """Put what an editor of here has published in the centre, and drop the draft of it."""
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
        """Keep a document's content for changes that will name it by its hash."""
        with self._writing() as write:
            attachments.keep_content(write.connection, content)

    # --- how far it has come ---

    def mark(self) -> str:
        """The mark of the last content or changes; empty before the first."""
        with self._reading() as connection:
            return meta_value(connection, "mark") or ""

    def has_own_entries(self) -> bool:
        """Whether an entry that has no end is of this workplace alone."""
        with self._reading() as connection:
            return reading.has_own_entries(connection)

    def entry_versions(self, entry_ids: Collection[str]) -> dict[str, int]:
        """The centre's number of each entry that is here, 0 for one of this workplace alone."""
        with self._reading() as connection:
            found: dict[str, int] = {}
            for some in _pages(entry_ids):
                found |= reading.versions(connection, some)
            return found

    def missing_contents(self, hashes: Collection[str]) -> frozenset[str]:
        """Those of the hashes whose content the directory does not have."""
        with self._reading() as connection:
            return frozenset(hashes) - attachments.known_contents(connection, hashes)

    def document_versions(self) -> tuple[tuple[Attachment, str], ...]:
        """Every document's newest version with its content's hash, closed ones too."""
        with self._reading() as connection:
            return attachments.newest_of_all(connection)

    def shared_synonyms(self) -> tuple[Synonym, ...]:
        """The synonyms that hold and came from the centre."""
        with self._reading() as connection:
            return editing.shared_synonyms(connection)

    def synonym_versions(self, pairs: Collection[Synonym]) -> dict[tuple[str, str], int]:
        """The centre's version of each pair, by its two sides; 0 for one that it has not."""
        with self._reading() as connection:
            return editing.versions(connection, pairs)

    def shared_proposals(self) -> tuple[Proposal, ...]:
        """The proposals that came from the centre."""
        with self._reading() as connection:
            return editing.shared(connection)

    def proposal(self, proposal_id: str) -> tuple[Proposal, int] | None:
        """A proposal with the centre's version of it, 0 where it has none."""
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
    """The directory of one file.

    Every method may be called from any thread: each thread reads on a connection of its own,
    writes wait for each other. ``close`` comes after the last call of any other method. The
    clock's own zone says which day it is.
    """

    # --- writing ---------------------------------------------------------------------------

    def upsert(self, entry: Entry, *, by: str = "", at: datetime | None = None) -> None:
        """Put one entry, new or with new text; one that is the same stays as it is."""
        self._write(lambda write: write.put(entry, by, at))

    def close_entry(
        self, entry_id: str, on: date, *, by: str = "", at: datetime | None = None
    ) -> None:
        """Let an entry hold no more from the day on; raises UnknownEntry."""
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
        """Make an older version the newest once more; raises UnknownEntry.

        ``based_on`` is the newest version that was seen: where another has come since, nothing is
        written.
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
        """Put what an editor made of the version ``based_on`` (0: new entry), and drop the draft.

        ``by`` is the editor's name for people, ``by_id`` whose draft it was. Where another version
        came meanwhile nothing is written and the draft stays. Raises RecordFault for an entry that
        could not be read back.
        """
        with self._writing() as write:
            connection = write.connection
            known = reading.newest_revision(connection, entry.id)
            if known is not None and known.number != based_on:
                return ChangedMeanwhile(known)
            write.put(entry, by, at, by_id=by_id)
            editing.drop(connection, entry.id, by_id)
            for text in (entry.title, *entry.names):
                # Found by these words from now on, whoever looked for them in vain.
                forget_unanswered(driver(connection), " ".join(text.split()))
            newest = reading.newest_revision(connection, entry.id)
            return Published(0 if newest is None else newest.number)

    def mark_checked(self, entry_id: str, on: date, *, by: str, at: datetime | None = None) -> None:
        """Note that the entry was checked on the day; drafts stay. Raises UnknownEntry."""
        with self._writing() as write:
            entry = reading.entry_by_id(write.connection, entry_id)
            if entry is None:
                raise UnknownEntry(entry_id)
            write.put(replace(entry, checked_on=on), by, at)

    def keep_draft(self, draft: EntryDraft, *, at: datetime | None = None) -> None:
        """Make this the editor's one draft of the entry."""
        with self._writing() as write:
            editing.keep(write.connection, draft, at or self._clock())

    def drop_draft(self, entry_id: str, by_id: str) -> None:
        """Forget the editor's draft of the entry, if there is one."""
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
        """Write down an organ's proposal on a topic, for the supervisor to decide.

        Raises ValueError where a part of 4.2 is missing or the id is that of no topic.
        """
        missing = tuple(topic.missing())
        if missing:
            raise ValueError(f"a proposal needs its {missing[0]}")
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
        """Decide a proposal; accepting it changes the topic in the same transaction.

        One that is decided stays so, and its decision comes back. Raises UnknownEntry, and
        ValueError for declining without a reason.
        """
        if not accepted and not reason.strip():
            raise ValueError("a proposal is declined with a reason")
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
        """Put a document to an entry, new or in a new version; raises UnknownEntry."""
        with self._writing() as write:
            attachments.attach(write.connection, document, content, by, at or self._clock())

    def close_attachment(
        self, attachment_id: str, on: date, *, by: str = "", at: datetime | None = None
    ) -> None:
        """Let a document hold no more from the day on; raises UnknownEntry."""
        with self._writing() as write:
            closed_at = at or self._clock()
            if not attachments.close(write.connection, attachment_id, on, by, closed_at):
                raise UnknownEntry(attachment_id)

    # --- reading ---------------------------------------------------------------------------

    def entry(self, entry_id: str) -> Entry | None:
        """The newest version of the entry, also of one that is closed."""
        with self._reading() as connection:
            return reading.entry_by_id(connection, entry_id)

    def titles(self, entry_ids: Collection[str]) -> dict[str, str]:
        """The titles of these entries by id; one that is not there is left out."""
        with self._reading() as connection:
            return reading.titles(connection, entry_ids)

    def unit(self, entry_id: str) -> Entry | None:
        """The unit of the id; None where the id is another entry's."""
        entry = self.entry(entry_id)
        return entry if entry is not None and entry.kind is EntryKind.UNIT else None

    def entries(self) -> tuple[Entry, ...]:
        """All entries in their newest version, closed ones too, in the order they came in."""
        with self._reading() as connection:
            return reading.entries(connection)

    def people_and_units(self) -> tuple[Entry, ...]:
        """Persons and units in their newest version, closed ones too, in the order they came in."""
        with self._reading() as connection:
            return reading.people_and_units(connection)

    def topics(self) -> tuple[Entry, ...]:
        """Topics in force, in the order they came in."""
        with self._reading() as connection:
            found = reading.topic_entries(connection, self._today())
            return tuple(entry for entry in found if entry.parent is None)

    def categories(self, topic: str | None = None) -> tuple[Entry, ...]:
        """Categories in force, in the order they came in, of one topic or of all."""
        with self._reading() as connection:
            found = reading.topic_entries(connection, self._today())
            categories = [entry for entry in found if entry.parent is not None]
        return tuple(entry for entry in categories if topic in (None, entry.parent))

    def topics_and_categories(self) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The same of both, read once."""
        with self._reading() as connection:
            found = tuple(reading.topic_entries(connection, self._today()))
        topics = tuple(entry for entry in found if entry.parent is None)
        return topics, tuple(entry for entry in found if entry.parent is not None)

    def unit_titles(self, today: date) -> dict[str, str]:
        """The titles of units in force by id, in the order they came in."""
        with self._reading() as connection:
            return reading.unit_titles(connection, today)

    def officials(self, today: date) -> dict[str, dict[str, str]]:
        """Name and post of the persons in force, by key, of each unit (Regulation 12.3)."""
        found: dict[str, dict[str, str]] = {}
        for entry in self.people_and_units():
            if entry.kind is EntryKind.PERSON and entry.holds_on(today):
                person = entry.details if isinstance(entry.details, PersonDetails) else None
                unit, post = ("", "") if person is None else (person.unit, person.post)
                told = ", ".join(filter(None, (entry.title, post)))
                found.setdefault(unit or entry.owner, {})[entry.id] = told
        return found

    def units_with_term(self) -> tuple[Entry, ...]:
        """Units in force that have an answer term of their own, in the order they came in."""
        with self._reading() as connection:
            return tuple(reading.units_with_term(connection, self._today()))

    def history(self, entry_id: str) -> tuple[Revision, ...]:
        """Every version of the entry, the newest last; none of an unknown one."""
        with self._reading() as connection:
            return reading.revisions(connection, entry_id)

    def proposals(self) -> tuple[Proposal, ...]:
        """All proposals, open ones first, each group with the newest first."""
        with self._reading() as connection:
            return editing.all_of(connection)

    def drafts(self, by_id: str) -> tuple[EntryDraft, ...]:
        """The editor's drafts, the newest first."""
        with self._reading() as connection:
            return editing.of_editor(connection, by_id)

    def draft(self, entry_id: str, by_id: str) -> EntryDraft | None:
        """The editor's draft of the entry."""
        with self._reading() as connection:
            return editing.of_entry(connection, entry_id, by_id)

    def summaries(self, by_id: str) -> tuple[EntrySummary, ...]:
        """Every entry, closed ones too, in the order they came in, as the editor sees them."""
        with self._reading() as connection:
            return tuple(editing.summaries(connection, by_id))

    def summary(self, entry_id: str, by_id: str) -> EntrySummary | None:
        """The same of one entry."""
        with self._reading() as connection:
            return next(editing.summaries(connection, by_id, entry_id), None)

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]:
        """The documents of these entries that hold today, in the order they came in."""
        with self._reading() as connection:
            return attachments.of_entries(connection, entry_ids, self._today())

    def attachment_content(self, attachment_id: str) -> bytes | None:
        """The bytes of a document's newest version; None for an unknown one."""
        with self._reading() as connection:
            return attachments.content_of(connection, attachment_id)

    def stale(
        self, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
    ) -> tuple[StaleEntry, ...]:
        """Entries in force not checked for longer than their kind may go, oldest check first.

        A kind without a limit is never stale.
        """
        with self._reading() as connection:
            return tuple(reading.stale_entries(connection, today, limit_days))

    def count_stale(
        self, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
    ) -> int:
        """How many entries ``stale`` tells of."""
        with self._reading() as connection:
            return reading.count_stale(connection, today, limit_days)

    def stats(self) -> DirectoryStats:
        """How much the directory holds."""
        with self._reading() as connection:
            return reading.stats(connection, self._today())

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The best entries for a text, best first; never raises, whatever the text."""
        return list(self.find(text, limit).hits)

    def find(self, text: str, limit: int = 10, only: EntryKind | None = None) -> SearchResult:
        """The same, of one kind if asked, with how the text was read and how many entries match."""
        return self._read(lambda connection: self._searching.find(connection, text, limit, only))

    @property
    def knows_meaning(self) -> bool:
        """Whether search by meaning is installed: the extra ``meaning``."""
        return is_installed()

    def search_by_meaning(self, text: str, limit: int = 10) -> list[Hit]:
        """The best entries by words and meaning together, best first.

        Entries not encoded yet are encoded first, at some milliseconds each; ``find_by_meaning``
        does without them. Raises MeaningUnavailable where the extra is not installed.
        """
        while self.encode_entries():
            pass
        return list(self.find_by_meaning(text, limit).hits)

    def find_by_meaning(
        self, text: str, limit: int = 10, only: EntryKind | None = None
    ) -> SearchResult:
        """The same of the entries encoded so far, with how the text was read."""
        return self._read(
            lambda connection: self._searching.find(connection, text, limit, only, by_meaning=True)
        )

    def load_encoder(self) -> None:
        """Have the first search by meaning wait for nothing: a second's work.

        Raises MeaningUnavailable without the extra.
        """
        self._searching.meanings.load()

    def encode_entries(self, limit: int = 64) -> bool:
        """Encode entries that are new or have changed; whether there may be more of them.

        The encoding holds no transaction, and waits for no index that is being made. Raises
        MeaningUnavailable without the extra.
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
        """Whether an entry or a synonym has the word, in whatever form."""
        return self._read(lambda connection: self._searching.knows_word(connection, word))

    def use_dictionary(self, is_russian: IsRussian) -> None:
        """Take no word of a dictionary of Russian for a slip of another; asked on any thread.

        It is given words in small letters, with ``е`` for ``ё``.
        """
        self._searching.use_dictionary(is_russian)

    def frequent(self, limit: int = 10) -> tuple[Hit, ...]:
        """What was picked most of late, filled up with the first question of each topic."""
        return self._read(lambda connection: self._searching.frequent(connection, limit))

    def _today(self) -> date:
        return self._clock().date()
