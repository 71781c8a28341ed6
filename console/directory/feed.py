"""The directory of this workplace as a receiver of the centre's feed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from console.directory.documents import (
    attachment_record,
    changes_of,
    proposal_document,
    synonym_document,
)
from kb.changes import AttachmentPut, EntryPut, ProposalPut, SynonymPut
from kb.errors import DirectoryError, DirectoryUnusable, UnknownContent
from kb.records import entry_record
from kb.store import Directory
from sync.errors import NotTaken
from sync.store.feed_values import Feed, FeedItem, FeedMark
from sync.store.shared_documents import DocumentEntity, SharedDocument, digest_of, whole_digest


class DirectoryFeed:
    """Turns documents of the centre into changes of the directory, with the mark of the feed.

    What this program cannot read, as a kind of entry that only a newer one knows, is left out:
    one such document does not keep the others away. Every method runs on the feed's thread.
    """

    feed = Feed.DIRECTORY

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def mark(self) -> str:
        """The mark, of no use where entries are here of which the centre's version is not known.

        A program before this one did not keep versions: all is taken anew, once.
        """
        try:
            mark = FeedMark.read(text := self._directory.mark())
            if mark is not None and self._directory.has_own_entries():
                return replace(mark, timeline=0).as_text()
            return text
        except DirectoryError as error:
            raise _not_taken(error) from error

    def missing(self, hashes: Collection[str]) -> Collection[str]:
        try:
            return self._directory.missing_contents(hashes)
        except DirectoryError as error:
            raise _not_taken(error) from error

    def keep_content(self, content: bytes) -> None:
        try:
            self._directory.keep_content(content)
        except DirectoryError as error:
            raise _not_taken(error) from error

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        try:
            self._directory.apply(changes_of(items), mark)
        except DirectoryError as error:
            raise _not_taken(error) from error

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        entries: list[EntryPut] = []
        documents: list[AttachmentPut] = []
        pairs: list[SynonymPut] = []
        proposed: list[ProposalPut] = []
        for change in changes_of(items):
            match change:
                case EntryPut():
                    entries.append(change)
                case AttachmentPut():
                    documents.append(change)
                case SynonymPut():
                    pairs.append(change)
                case ProposalPut():
                    proposed.append(change)
                case _:
                    continue
        try:
            self._directory.replace_all(
                entries, mark, documents=documents, pairs=pairs, proposed=proposed
            )
        except DirectoryError as error:
            raise _not_taken(error) from error

    def digest(self) -> str | None:
        try:
            entries = self._directory.entries()
            documents = self._directory.document_versions()
            pairs = self._directory.shared_synonyms()
            proposed = self._directory.shared_proposals()
        except DirectoryError as error:
            raise _not_taken(error) from error
        return whole_digest(
            [
                (DocumentEntity.ENTRY.value, entry.id, digest_of(entry_record(entry)))
                for entry in entries
                if entry.valid_to is None
            ]
            + [
                (DocumentEntity.ATTACHMENT.value, one.id, digest_of(attachment_record(one), sha256))
                for one, sha256 in documents
                if one.valid_to is None
            ]
            + [_line(synonym_document(pair)) for pair in pairs]
            + [_line(proposal_document(one)) for one in proposed]
        )


def _line(document: SharedDocument) -> tuple[str, str, str]:
    return document.entity.value, document.id, digest_of(document.document)


def _not_taken(error: DirectoryError) -> NotTaken:
    match error:
        case DirectoryUnusable(reason=reason):
            return NotTaken(reason)
        case UnknownContent():
            return NotTaken("unknown_content")
        case _:
            return NotTaken(type(error).__name__)
