"""What comes to the directory from outside, all of it or change by change, with its mark."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import assert_never

from kb.attachments import Attachment
from kb.changes import (
    AttachmentClosed,
    AttachmentPut,
    Change,
    EntryClosed,
    EntryPut,
    ProposalPut,
    SynonymPut,
)
from kb.entries import Entry
from kb.proposals import Proposal
from kb.store import attachments, drafts, proposals, reading, synonyms
from kb.store.connections import driver
from kb.store.learning import LearningDirectory
from kb.store.tables import meta_value, set_meta
from kb.store.writing import MANY_CHANGES, Writing
from kb.synonyms import Synonym
from kb.usage import forget_unanswered

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
            synonyms.take_all(write.connection, pairs, self._clock())
            proposals.take(write.connection, proposed)
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
            drafts.drop(write.connection, entry.id, draft_by_id)
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
                    proposals.take(write.connection, (change,))
                case _:
                    assert_never(change)
        if pairs:
            synonyms.take(write.connection, pairs, now)

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
            return synonyms.shared(connection)

    def synonym_versions(self, pairs: Collection[Synonym]) -> dict[tuple[str, str], int]:
        """The centre's version of each pair, by its two sides; 0 for one that it has not."""
        with self._reading() as connection:
            return synonyms.versions(connection, pairs)

    def shared_proposals(self) -> tuple[Proposal, ...]:
        """The proposals that came from the centre."""
        with self._reading() as connection:
            return proposals.shared(connection)

    def proposal(self, proposal_id: str) -> tuple[Proposal, int] | None:
        """A proposal with the centre's version of it, 0 where it has none."""
        with self._reading() as connection:
            found = proposals.by_id(connection, proposal_id)
            if found is None:
                return None
            return found, proposals.version(connection, proposal_id)


def _pages(keys: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(keys)
    while page := tuple(islice(rest, _KEYS_AT_ONCE)):
        yield page
