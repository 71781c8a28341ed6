"""The directory of this workplace as a receiver of the centre's feed."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kb.attachments import Attachment
from kb.changes import AttachmentClosed, AttachmentPut, Change, EntryClosed, EntryPut
from kb.entries import Entry
from kb.errors import DirectoryError, DirectoryUnusable, UnknownContent
from kb.records import entry_from, entry_record
from kb.store import Directory
from sync.errors import NotTaken
from sync.store.feed_values import Feed, FeedItem
from sync.store.shared_documents import DocumentEntity, digest_of, whole_digest

LOG = logging.getLogger(__name__)
_ATTACHMENT_FIELDS = ("id", "entry_id", "kind", "title", "file_name")


class DirectoryFeed:
    """Turns documents of the centre into changes of the directory, with the mark of the feed.

    What this program cannot read, as a kind of entry that only a newer one knows, is left out:
    one such document does not keep the others away. Every method runs on the feed's thread.
    """

    feed = Feed.DIRECTORY

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def mark(self) -> str:
        try:
            return self._directory.mark()
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
        entries: list[Entry] = []
        documents: list[AttachmentPut] = []
        for change in changes_of(items):
            match change:
                case EntryPut(entry=entry):
                    entries.append(entry)
                case AttachmentPut():
                    documents.append(change)
                case _:
                    continue
        try:
            self._directory.replace_all(entries, mark, documents=documents)
        except DirectoryError as error:
            raise _not_taken(error) from error

    def digest(self) -> str | None:
        try:
            entries = self._directory.entries()
            documents = self._directory.document_versions()
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
        )


def changes_of(items: Iterable[FeedItem]) -> Iterator[Change]:
    """The directory's changes for what came, without what cannot be read."""
    unread = 0
    for item in items:
        try:
            yield _change_of(item)
        except (ValueError, KeyError):  # RecordFault is one
            unread += 1
    if unread:
        LOG.warning("directory feed: %d documents could not be read", unread)


def attachment_record(attachment: Attachment) -> dict[str, Any]:
    """The JSON object of a document, without its content and its end."""
    record = {name: getattr(attachment, name) for name in _ATTACHMENT_FIELDS}
    return {**record, "kind": attachment.kind.value}


def _change_of(item: FeedItem) -> Change:
    entity = DocumentEntity(item.entity)
    if item.document is None:
        closed_on = item.closed_on or item.at.date()
        if entity is DocumentEntity.ENTRY:
            return EntryClosed(item.id, closed_on, item.by, item.at)
        return AttachmentClosed(item.id, closed_on, item.by, item.at)
    if entity is DocumentEntity.ENTRY:
        return EntryPut(_entry_of(item.document, item.closed_on), item.by, item.at)
    return AttachmentPut(
        _attachment_of(item.document, item.closed_on),
        item.content_sha256 or "",
        by=item.by,
        at=item.at,
    )


def _entry_of(document: Mapping[str, Any], closed_on: date | None) -> Entry:
    return replace(entry_from(document), valid_to=closed_on)


def _attachment_of(document: Mapping[str, Any], closed_on: date | None) -> Attachment:
    fields = {name: document[name] for name in _ATTACHMENT_FIELDS}
    return Attachment(**fields, valid_to=closed_on)


def _not_taken(error: DirectoryError) -> NotTaken:
    match error:
        case DirectoryUnusable(reason=reason):
            return NotTaken(reason)
        case UnknownContent():
            return NotTaken("unknown_content")
        case _:
            return NotTaken(type(error).__name__)
