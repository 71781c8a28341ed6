"""Directory shared with the central database: edits, feed of changes, record conversion.

``EditedDirectory`` blocks on the network; never call it on the GUI thread.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar

from kb.entries.attachments import Attachment
from kb.entries.changes import (
    AttachmentClosed,
    AttachmentPut,
    Change,
    ChangedMeanwhile,
    Decision,
    EntryClosed,
    EntryPut,
    Proposal,
    ProposalPut,
    ProposedTopic,
    Published,
    Revision,
    Synonym,
    SynonymPut,
    entry_of_proposal,
)
from kb.entries.entries import Entry, entry_from, entry_record
from kb.entries.hours import city_now
from kb.errors import DirectoryError, DirectoryUnusable, UnknownContent, UnknownEntry
from kb.store import Directory
from sync.errors import CentreUnwritten, NotTaken
from sync.exchange.claims import CentralEditing
from sync.records.feed_values import (
    DocumentEntity,
    Feed,
    FeedItem,
    FeedMark,
    digest_of,
    whole_digest,
)
from sync.store.central.shared_documents import DocumentEdit, DocumentsOvertaken, SharedDocument

LOG = logging.getLogger(__name__)
_ATTACHMENT_FIELDS = ("id", "entry_id", "kind", "title", "file_name")


def changes_of(items: Iterable[FeedItem]) -> Iterator[Change]:
    """Yields the directory changes of received items; unreadable items are skipped and counted in
    the log.
    """
    unread = 0
    for item in items:
        try:
            yield _change_of(item)
        except (ValueError, KeyError, TypeError):  # includes RecordFault
            unread += 1
    if unread:
        LOG.warning("directory feed: invalid documents: %d", unread)


def revision_of(item: FeedItem) -> Revision | None:
    """Returns an entry version of the central database; None for a tombstone or an
    unreadable item.
    """
    if item.document is None:
        return None
    try:
        entry = _entry_of(item.document, item.closed_on)
    except ValueError:
        return None
    return Revision(item.ver, item.at, item.by, item.action, entry, item.ver)


# --- directory objects to documents ---


def entry_document(entry: Entry) -> SharedDocument:
    """Returns an entry as a central document; its end of validity is a separate field."""
    record = entry_record(replace(entry, valid_to=None))
    return SharedDocument(DocumentEntity.ENTRY, entry.id, record, entry.valid_to)


def attachment_document(attachment: Attachment, content: bytes | None) -> SharedDocument:
    """Returns an attached document with its file."""
    record = attachment_record(attachment)
    return SharedDocument(
        DocumentEntity.ATTACHMENT, attachment.id, record, attachment.valid_to, content
    )


def attachment_record(attachment: Attachment) -> dict[str, Any]:
    """Returns the JSON object of a document, without content and end of validity."""
    record = {name: getattr(attachment, name) for name in _ATTACHMENT_FIELDS}
    return {**record, "kind": attachment.kind.value}


def synonym_document(pair: Synonym, closed_on: date | None = None) -> SharedDocument:
    """Returns a synonym pair; its key consists of both sides."""
    key = json.dumps([pair.phrase, pair.meaning], ensure_ascii=False)
    return SharedDocument(DocumentEntity.SYNONYM, key, asdict(pair), closed_on)


def proposal_document(proposal: Proposal) -> SharedDocument:
    """Returns a proposal; the central database adds author and decision maker from their logins."""
    topic = asdict(proposal.topic) | {"participants": list(proposal.topic.participants)}
    record = {"id": proposal.id, "organ": proposal.organ, "topic": topic}
    if proposal.decision is not None:
        decision = {"accepted": proposal.decision.accepted, "reason": proposal.decision.reason}
        at = proposal.at.astimezone(UTC).isoformat(timespec="microseconds")
        record |= {"by": proposal.by, "at": at, "decision": decision}
    return SharedDocument(DocumentEntity.PROPOSAL, proposal.id, record)


# --- received items to changes ---


def _change_of(item: FeedItem) -> Change:
    match DocumentEntity(item.entity):
        case DocumentEntity.ENTRY:
            return _entry_change(item)
        case DocumentEntity.ATTACHMENT:
            return _attachment_change(item)
        case DocumentEntity.SYNONYM:
            document = item.document or {}
            pair = Synonym(
                _text(document["phrase"]), _text(document["meaning"]), bool(document["both_ways"])
            )
            return SynonymPut(pair, item.ver, item.by, item.at, item.closed_on is not None)
        case DocumentEntity.PROPOSAL:
            return ProposalPut(_proposal_of(item, item.document or {}), item.ver)
        case _:
            raise ValueError(item.entity)


def _entry_change(item: FeedItem) -> EntryPut | EntryClosed:
    if item.document is None:
        return EntryClosed(item.id, item.closed_on or item.at.date(), item.by, item.at, item.ver)
    entry = _entry_of(item.document, item.closed_on)
    return EntryPut(entry, item.by, item.at, item.by_id, item.action, item.ver)


def _entry_of(document: Mapping[str, Any], closed_on: date | None) -> Entry:
    return replace(entry_from(document), valid_to=closed_on)


def _attachment_change(item: FeedItem) -> AttachmentPut | AttachmentClosed:
    if item.document is None:
        return AttachmentClosed(item.id, item.closed_on or item.at.date(), item.by, item.at)
    fields = {name: item.document[name] for name in _ATTACHMENT_FIELDS}
    attachment = Attachment(**fields, valid_to=item.closed_on)
    return AttachmentPut(attachment, item.content_sha256 or "", by=item.by, at=item.at)


def _proposal_of(item: FeedItem, document: Mapping[str, Any]) -> Proposal:
    topic = dict(document["topic"])
    proposed = ProposedTopic(**(topic | {"participants": tuple(topic["participants"])}))
    decided = document.get("decision")
    if decided is None:
        return Proposal(item.id, proposed, _text(document["organ"]), item.by, item.at)
    return Proposal(
        item.id,
        proposed,
        _text(document["organ"]),
        _text(document["by"]),
        datetime.fromisoformat(document["at"]),
        Decision(bool(decided["accepted"]), _text(decided["reason"]), item.by, item.at),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


class DirectoryFeed:
    """Converts documents of the central database to directory changes and stores the feed cursor.

    Unreadable documents, such as an entry kind of a newer version, are skipped and do not block the
    others. Runs on the thread of the feed.
    """

    feed = Feed.DIRECTORY

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def mark(self) -> str:
        """Returns the feed cursor, invalidated if entries with unknown central versions exist.

        Earlier versions of the application did not store versions; the invalid cursor causes one
        full resync.
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

    def check(self, item: FeedItem) -> None:
        _change_of(item)

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


class EditNotSent(DirectoryError):
    """The central database rejected the edit; `code` is that of `CentreUnwritten`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EditOvertaken(DirectoryError):
    """Nothing was written, because another user has just changed the same document."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__()
        self.by = by
        self.at = at


T = TypeVar("T")


class EditedDirectory:
    """Reads from the local directory; sends edits to the central database and applies the result
    locally.

    While the directory is not shared, edits are local. Every method blocks on the network and can
    be called on any thread except the GUI thread. Writing methods raise `EditNotSent` and
    `EditOvertaken`.
    """

    def __init__(
        self,
        directory: Directory,
        editing: CentralEditing,
        writer: Executor,
        is_shared: Callable[[], bool],
    ) -> None:
        """`writer` is the single thread that also saves drafts."""
        self._directory = directory
        self._editing = editing
        self._writer = writer
        self._is_shared = is_shared
        self.find = directory.find
        self.entry = directory.entry
        self.entries = directory.entries
        self.draft = directory.draft
        self.drafts = directory.drafts
        self.keep_draft = directory.keep_draft
        self.drop_draft = directory.drop_draft
        self.kept_synonyms = directory.kept_synonyms
        self.synonym_suggestions = directory.synonym_suggestions
        self.answer_found = directory.answer_found
        self.proposals = directory.proposals
        self.stale = directory.stale
        self.count_stale = directory.count_stale
        self.attachments = directory.attachments
        self.attachment_content = directory.attachment_content

    @property
    def is_shared(self) -> bool:
        """Whether edits are sent to the central database."""
        return self._is_shared()

    # --- entries ---

    def history(self, entry_id: str) -> tuple[Revision, ...]:
        """Returns the local versions, oldest first, with central numbers if the directory is
        shared.
        """
        kept = self._directory.history(entry_id)
        if not kept or not self._is_shared():
            return kept
        newest = kept[-1]
        # Versions that the central database lost in a failover or restore have higher numbers than
        # its latest.
        last = newest.ver or max(one.ver for one in kept)
        by_number = {one.ver: replace(one, number=one.ver) for one in kept if 0 < one.ver <= last}
        if newest.ver == 0:  # closed or removed locally, numbered as the last known version
            number = max(by_number, default=0)
            by_number[number] = replace(newest, number=number)
        return tuple(by_number[number] for number in sorted(by_number))

    def central_history(self, entry_id: str) -> tuple[Revision, ...]:
        """Returns all versions of the central database, oldest first."""
        try:
            items = self._editing.history(DocumentEntity.ENTRY, entry_id)
        except CentreUnwritten as error:
            raise EditNotSent(error.code) from error
        return tuple(found for found in map(revision_of, items) if found is not None)

    def publish(
        self, entry: Entry, *, based_on: int, by: str, by_id: str
    ) -> Published | ChangedMeanwhile:
        """Publishes the entry, unless another version was published after `based_on`."""
        if not self._is_shared():
            return self._here(
                lambda: self._directory.publish(entry, based_on=based_on, by=by, by_id=by_id)
            )
        ready = entry_from(entry_record(entry))
        outcome = self._send_entry(ready, based_on, "put")
        if isinstance(outcome, ChangedMeanwhile):
            return outcome
        self._take_here(lambda: self._directory.take_published(outcome, by_id))
        return Published(outcome.ver)

    def restore(
        self,
        entry_id: str,
        number: int,
        *,
        based_on: int | None = None,
        by: str = "",
        by_id: str = "",
    ) -> ChangedMeanwhile | None:
        """Publishes an earlier version again; raises `UnknownEntry`."""
        if not self._is_shared():
            return self._here(
                lambda: self._directory.restore(
                    entry_id, number, based_on=based_on, by=by, by_id=by_id
                )
            )
        found = {one.number: one.entry for one in self.central_history(entry_id)}
        if number not in found:
            raise UnknownEntry(entry_id, number)
        seen = max(found) if based_on is None else based_on
        outcome = self._send_entry(found[number], seen, "restore")
        if isinstance(outcome, ChangedMeanwhile):
            return outcome
        self._take_here(lambda: self._directory.apply((outcome,)))
        return None

    def _send_entry(self, entry: Entry, based_on: int, action: str) -> EntryPut | ChangedMeanwhile:
        edit = DocumentEdit(entry_document(entry), based_on, action)
        try:
            outcome = self._editing.edit([edit])
        except CentreUnwritten as error:
            raise EditNotSent(error.code) from error
        (item,) = outcome.items
        if isinstance(outcome, DocumentsOvertaken):
            newest = revision_of(item)
            if newest is None:  # from a newer version of the application, or deleted
                raise EditOvertaken(item.by, item.at)
            return ChangedMeanwhile(newest)
        return EntryPut(entry, item.by, item.at, item.by_id, item.action, item.ver)

    def mark_checked(self, entry_id: str, on: date, *, by: str) -> None:
        """Sets the date of the last check of an entry; raises `UnknownEntry`."""
        if not self._is_shared():
            self._here(lambda: self._directory.mark_checked(entry_id, on, by=by))
            return
        entry = self._directory.entry(entry_id)
        if entry is None:
            raise UnknownEntry(entry_id)
        checked = EntryPut(replace(entry, checked_on=on))
        self._edit(self._edits_of((checked,)))

    def apply(
        self,
        changes: Iterable[Change],
        mark: str | None = None,
        *,
        on_change: Callable[[int], None] = lambda _number: None,
    ) -> None:
        """Applies the changes of a file, all or none; `on_change` is called before each change."""
        wanted = tuple(changes)
        if not self._is_shared():
            self._here(lambda: self._directory.apply(wanted, mark, on_change=on_change))
            return
        for number in range(len(wanted)):
            on_change(number)
        self._edit(self._edits_of(wanted))

    def _edits_of(self, changes: Sequence[Change]) -> list[DocumentEdit]:
        """Returns the edits of entries, each based on its local version."""
        entries: list[tuple[Entry, str]] = []
        for change in changes:
            match change:
                case EntryPut(entry):
                    entries.append((entry_from(entry_record(entry)), "put"))
                case EntryClosed(entry_id, on):
                    known = self._directory.entry(entry_id)
                    if known is not None:
                        entries.append((replace(known, valid_to=on), "close"))
                case AttachmentPut() | AttachmentClosed() | SynonymPut() | ProposalPut():
                    raise TypeError(type(change).__name__)  # not part of import files
        versions = self._directory.entry_versions([entry.id for entry, _action in entries])
        return [
            DocumentEdit(entry_document(entry), versions.get(entry.id, 0), action)
            for entry, action in entries
        ]

    # --- documents of entries ---

    def attach(self, document: Attachment, content: bytes, *, by: str = "") -> None:
        """Attaches a document to an entry."""
        if not self._is_shared():
            self._here(lambda: self._directory.attach(document, content, by=by))
            return
        self._take_here(lambda: self._directory.keep_content(content))
        self._edit([DocumentEdit(attachment_document(document, content))])

    def close_attachment(self, attachment_id: str, on: date, *, by: str = "") -> None:
        """Ends the validity of a document; raises `UnknownEntry`."""
        if not self._is_shared():
            self._here(lambda: self._directory.close_attachment(attachment_id, on, by=by))
            return
        known = [one for one in self._directory.document_versions() if one[0].id == attachment_id]
        if not known:
            raise UnknownEntry(attachment_id)
        document, sha256 = known[-1]
        closed = attachment_document(replace(document, valid_to=on), None)
        self._edit([DocumentEdit(closed, action="close", content_sha256=sha256)])

    # --- synonyms ---

    def put_synonyms(self, pairs: tuple[Synonym, ...], *, by: str = "") -> None:
        """Adds synonyms."""
        if not self._is_shared():
            self._here(lambda: self._directory.put_synonyms(pairs, by=by))
            return
        self._change_synonyms((), pairs)

    def replace_synonym(self, old: Synonym, new: Synonym, *, by: str = "") -> None:
        """Replaces a synonym pair."""
        if not self._is_shared():
            self._here(lambda: self._directory.replace_synonym(old, new, by=by))
            return
        self._require_in_force(old)
        is_same = (old.phrase, old.meaning) == (new.phrase, new.meaning)
        self._change_synonyms(() if is_same else (old,), (new,))

    def close_synonym(self, pair: Synonym, *, by: str = "") -> bool:
        """Ends the validity of a synonym pair; returns False if it did not exist."""
        if not self._is_shared():
            return self._here(lambda: self._directory.close_synonym(pair, by=by))
        self._require_in_force(pair)
        self._change_synonyms((pair,), ())
        return True

    def _require_in_force(self, seen: Synonym) -> None:
        """Raises `EditOvertaken` if the pair differs from the version that the editor saw."""
        for kept in self._directory.kept_synonyms():
            if (kept.pair.phrase, kept.pair.meaning) != (seen.phrase, seen.meaning):
                continue
            if kept.closed_at is not None:
                raise EditOvertaken(kept.closed_by, kept.closed_at)
            if kept.pair != seen:
                raise EditOvertaken(kept.by, kept.at)

    def _change_synonyms(self, gone: Sequence[Synonym], new: Sequence[Synonym]) -> None:
        directory, today = self._directory, city_now().date()
        versions = directory.synonym_versions((*gone, *new))
        edits = [
            DocumentEdit(synonym_document(pair, closed_on), versions[pair.phrase, pair.meaning],
                         "put" if closed_on is None else "close")
            for pairs, closed_on in ((gone, today), (new, None))
            for pair in pairs
        ]  # fmt: skip
        # If the central database has no synonyms yet, the first edit publishes those of this
        # workplace.
        mine = () if directory.shared_synonyms() else directory.synonyms()
        begun = [synonym_document(pair) for pair in mine]
        self._edit(edits, begun)
        for pair in new:
            self._take_here(partial(directory.answer_found, pair.phrase))

    # --- proposals on topics ---

    def propose(self, proposal_id: str, topic: ProposedTopic, *, organ: str, by: str) -> None:
        """Stores a body's proposal on a topic for the decision of a supervisor."""
        if not self._is_shared():
            self._here(lambda: self._directory.propose(proposal_id, topic, organ=organ, by=by))
            return
        entry_of_proposal(topic, self._directory.entry(topic.entry_id), by)
        new = Proposal(proposal_id, topic, organ, by, datetime.now(UTC))
        self._edit([DocumentEdit(proposal_document(new), 0)])

    def decide(self, proposal_id: str, *, accepted: bool, reason: str = "", by: str) -> Decision:
        """Decides on a proposal; accepting it also changes the topic."""
        directory = self._directory
        if not self._is_shared():
            return self._here(
                lambda: directory.decide(proposal_id, accepted=accepted, reason=reason, by=by)
            )
        known = directory.proposal(proposal_id)
        if known is None:
            raise UnknownEntry(proposal_id)
        found, ver = known
        if found.decision is not None:
            return found.decision
        decision = Decision(accepted, reason.strip(), by, datetime.now(UTC))
        decided = proposal_document(replace(found, decision=decision))
        edits = [DocumentEdit(decided, ver)]
        if accepted:
            before = directory.entry(found.topic.entry_id)
            edits += self._edits_of((EntryPut(entry_of_proposal(found.topic, before, found.by)),))
        self._edit(edits)
        return decision

    # --- exchange ---

    def _edit(self, edits: Sequence[DocumentEdit], first: Sequence[SharedDocument] = ()) -> None:
        """Sends the edits and applies the results; on a conflict applies the newer versions and
        raises an error.
        """
        try:
            outcome = self._editing.edit(edits, first)
        except CentreUnwritten as error:
            raise EditNotSent(error.code) from error
        self._take(outcome.items)
        if isinstance(outcome, DocumentsOvertaken):
            newest = max(outcome.items, key=lambda item: item.at)
            raise EditOvertaken(newest.by, newest.at)

    def _take(self, items: Sequence[FeedItem]) -> None:
        changes = tuple(changes_of(items))
        self._take_here(lambda: self._directory.apply(changes))

    def _take_here(self, work: Callable[[], object]) -> None:
        """Applies a central result locally. After a local error the feed delivers it again."""
        try:
            self._here(work)
        except DirectoryError as error:
            LOG.warning("directory: central edit not applied: %s", type(error).__name__)

    def _here(self, work: Callable[[], T]) -> T:
        return self._writer.submit(work).result()
