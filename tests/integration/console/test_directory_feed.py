"""The central directory is copied to a workplace's file and found by its search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from console.shared.directory.edited import DirectoryFeed, attachment_record
from kb.entries.attachments import Attachment, AttachmentKind, content_hash
from kb.entries.entries import Entry, entry_record
from kb.store import Directory
from sync.errors import NotTaken
from sync.records.feed_values import DocumentEntity, FeedItem, FeedMark, digest_of, whole_digest
from tests.fakes.console_directory import sample_question, sample_unit

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
TODAY = date(2026, 11, 26)
MARK = FeedMark("server/1", 1, 10, 5).as_text()
PDF = b"%PDF-1.7"


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db", clock=lambda: AT)
    yield opened
    opened.close()


def item(entry: Entry, ver: int = 1, closed_on: date | None = None) -> FeedItem:
    return FeedItem("entry", entry.id, ver, entry_record(entry), None, closed_on, "Редактор", AT)


def document(key: str) -> FeedItem:
    attachment = Attachment(key, "q-1", AttachmentKind.MAP, "Карта", "map.pdf")
    record = attachment_record(attachment)
    return FeedItem("attachment", key, 1, record, content_hash(PDF), None, "Редактор", AT)


def test_the_whole_takes_the_place_of_what_was_here(directory: Directory) -> None:
    own = sample_question("own", "Своя запись")
    directory.replace_all([own], "sample")
    feed = DirectoryFeed(directory)
    assert feed.mark() == "sample"
    with pytest.raises(NotTaken, match="unknown_content"):
        feed.replace(iter([item(sample_question()), document("d-1")]), MARK)
    assert feed.mark() == "sample", "nothing of a batch that could not be taken"

    assert feed.missing([content_hash(PDF)]) == {content_hash(PDF)}
    feed.keep_content(PDF)
    assert not feed.missing([content_hash(PDF)])
    items = [item(sample_question()), item(sample_unit()), document("d-1")]
    feed.replace(iter(items), MARK)
    assert feed.mark() == MARK
    assert [one.id for one in directory.entries() if one.valid_to is None] == [
        sample_question().id, sample_unit().id,
    ]  # fmt: skip
    assert directory.attachment_content("d-1") == PDF
    assert directory.search("кто чинит ямы")[0].entry.id == "q-1"
    centre = [(one.entity, one.id, digest_of(one.document, one.content_sha256)) for one in items]
    assert feed.digest() == whole_digest(centre)

    feed.replace(iter(items[:1]), MARK)
    assert not directory.attachments("q-1")
    assert feed.digest() == whole_digest(centre[:1])


def test_changes_tombstones_and_what_only_a_newer_program_reads(directory: Directory) -> None:
    feed = DirectoryFeed(directory)
    question, unit = sample_question(), sample_unit()
    feed.keep_content(PDF)
    newer = FeedItem("entry", "n-1", 1, {"id": "n-1", "kind": "robot"}, None, None, "", AT)
    feed.apply([item(question), newer, item(unit), document("d-1")], MARK)
    renamed = replace(question, title="Кто чистит снег во дворе?")
    gone = [
        FeedItem(entity.value, key, 2, None, None, TODAY, "", AT)
        for entity, key in (
            (DocumentEntity.ENTRY, unit.id),
            (DocumentEntity.ATTACHMENT, "d-1"),
            (DocumentEntity.ENTRY, "never-here"),
        )
    ]
    later = FeedMark("server/1", 1, 12, 9).as_text()
    for _again in range(2):
        feed.apply([item(renamed, 2), *gone], later)
    assert directory.search("чистит снег")[0].entry.title == renamed.title
    assert [one.by for one in directory.history(question.id)] == ["Редактор", "Редактор"]
    closed = directory.entry(unit.id)
    assert closed is not None
    assert closed.valid_to == TODAY
    assert not directory.attachments("q-1")
    assert feed.mark() == later
