"""Documents of the centre as changes of the directory, and what the directory has as documents."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from kb.attachments import Attachment
from kb.changes import (
    AttachmentClosed,
    AttachmentPut,
    Change,
    EntryClosed,
    EntryPut,
    ProposalPut,
    Revision,
    SynonymPut,
)
from kb.entries import Entry
from kb.proposals import Decision, Proposal, ProposedTopic
from kb.records import entry_from, entry_record
from kb.synonyms import Synonym
from sync.store.feed_values import FeedItem
from sync.store.shared_documents import DocumentEntity, SharedDocument

LOG = logging.getLogger(__name__)
_ATTACHMENT_FIELDS = ("id", "entry_id", "kind", "title", "file_name")


def changes_of(items: Iterable[FeedItem]) -> Iterator[Change]:
    """The directory's changes for what came, without what cannot be read."""
    unread = 0
    for item in items:
        try:
            yield _change_of(item)
        except (ValueError, KeyError, TypeError):  # RecordFault is one
            unread += 1
    if unread:
        LOG.warning("directory feed: %d documents could not be read", unread)


def revision_of(item: FeedItem) -> Revision | None:
    """A version of an entry in the centre; None for a tombstone and what cannot be read."""
    if item.document is None:
        return None
    try:
        entry = _entry_of(item.document, item.closed_on)
    except ValueError:
        return None
    return Revision(item.ver, item.at, item.by, item.action, entry, item.ver)


# --- what the directory has, as documents ---


def entry_document(entry: Entry) -> SharedDocument:
    """An entry as the centre has it: when it ends stands beside it."""
    record = entry_record(replace(entry, valid_to=None))
    return SharedDocument(DocumentEntity.ENTRY, entry.id, record, entry.valid_to)


def attachment_document(attachment: Attachment, content: bytes | None) -> SharedDocument:
    """A document of an entry with its file."""
    record = attachment_record(attachment)
    return SharedDocument(
        DocumentEntity.ATTACHMENT, attachment.id, record, attachment.valid_to, content
    )


def attachment_record(attachment: Attachment) -> dict[str, Any]:
    """The JSON object of a document, without its content and its end."""
    record = {name: getattr(attachment, name) for name in _ATTACHMENT_FIELDS}
    return {**record, "kind": attachment.kind.value}


def synonym_document(pair: Synonym, closed_on: date | None = None) -> SharedDocument:
    """A pair; its two sides are its key."""
    key = json.dumps([pair.phrase, pair.meaning], ensure_ascii=False)
    return SharedDocument(DocumentEntity.SYNONYM, key, asdict(pair), closed_on)


def proposal_document(proposal: Proposal) -> SharedDocument:
    """A proposal; who wrote an open one, and who decided it, the centre says of their logins."""
    topic = asdict(proposal.topic) | {"participants": list(proposal.topic.participants)}
    record = {"id": proposal.id, "organ": proposal.organ, "topic": topic}
    if proposal.decision is not None:
        decision = {"accepted": proposal.decision.accepted, "reason": proposal.decision.reason}
        at = proposal.at.astimezone(UTC).isoformat(timespec="microseconds")
        record |= {"by": proposal.by, "at": at, "decision": decision}
    return SharedDocument(DocumentEntity.PROPOSAL, proposal.id, record)


# --- what came, as changes ---


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
