"""Thematic regulations and technological maps are shown with their entries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb.entries.attachments import (
    LARGEST_BYTES,
    Attachment,
    AttachmentFault,
    AttachmentKind,
    content_hash,
    fault_of,
    has_known_format,
)
from kb.entries.changes import AttachmentClosed, AttachmentPut, EntryPut
from kb.entries.entries import Entry, EntryKind
from kb.errors import UnknownContent, UnknownEntry
from kb.store import Directory

TODAY = datetime.now(UTC).date()
REGULATION = Attachment(
    "r-1", "homes/cold", AttachmentKind.REGULATION, "Регламент по теплу", "тепло.pdf"
)
MAP = Attachment("m-1", "homes/cold", AttachmentKind.MAP, "Карта ответа", "карта.docx")


def test_documents_of_an_entry_are_listed_without_their_content(directory: Directory) -> None:
    directory.attach(REGULATION, b"%PDF", by="probova")
    directory.attach(MAP, b"\x00" * 300_000)
    directory.attach(replace(MAP, id="m-2", entry_id="q-wifi"), b"other")

    assert directory.attachments("homes/cold") == (REGULATION, MAP)
    assert directory.attachments("q-cold") == ()
    assert directory.attachment_content("r-1") == b"%PDF"
    assert directory.attachment_content("m-1") == b"\x00" * 300_000
    assert directory.attachment_content("nothing") is None


def test_a_new_version_takes_the_place_of_the_old_one(directory: Directory) -> None:
    directory.attach(REGULATION, b"first")
    directory.attach(MAP, b"map")
    renamed = replace(REGULATION, title="Регламент по теплу и воде")
    directory.attach(renamed, b"second", by="probova")

    assert directory.attachments("homes/cold") == (renamed, MAP)
    assert directory.attachment_content("r-1") == b"second"
    with directory._reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT number, by, content FROM attachment JOIN attachment_content USING (sha256)"
            " WHERE key = 'r-1' ORDER BY number"
        ).all()
    assert kept == [(1, "", b"first"), (2, "probova", b"second")]


def test_the_same_document_again_is_no_version(directory: Directory) -> None:
    for _time in range(2):
        directory.attach(REGULATION, b"%PDF")

    with directory._reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar() == 1


def test_a_closed_document_is_not_listed_and_not_deleted(directory: Directory) -> None:
    directory.attach(REGULATION, b"%PDF")
    directory.attach(MAP, b"map")

    directory.close_attachment("r-1", TODAY - timedelta(days=1), by="starshaya")
    directory.close_attachment("m-1", TODAY + timedelta(days=1000))

    assert [one.id for one in directory.attachments("homes/cold")] == ["m-1"]
    assert directory.attachment_content("r-1") == b"%PDF"


def test_a_document_belongs_to_an_entry(directory: Directory) -> None:
    with pytest.raises(UnknownEntry):
        directory.attach(replace(MAP, entry_id="nothing"), b"")
    with pytest.raises(UnknownEntry):
        directory.close_attachment("nothing", TODAY)


def test_what_is_no_document_is_refused() -> None:
    for change in ({"kind": "film"}, {"id": ""}, {"file_name": ""}):
        with pytest.raises(ValueError, match=r"film|requires an id"):
            replace(MAP, **change)  # type: ignore[arg-type]


def test_new_content_leaves_the_documents(directory: Directory, tmp_path: Path) -> None:
    directory.attach(MAP, b"map")
    directory.replace_all(directory.entries(), "2")

    assert directory.attachments("homes/cold") == (MAP,)


# --- from a feed ---


def _put(document: Attachment, content: bytes, *, whole: bool = True) -> AttachmentPut:
    return AttachmentPut(document, content_hash(content), content if whole else None, "feed")


def _versions(directory: Directory) -> int:
    with directory._reading() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar()
    assert isinstance(found, int)
    return found


def test_a_feed_brings_documents_and_brings_them_once(directory: Directory) -> None:
    changes = (_put(REGULATION, b"%PDF"), _put(MAP, b"map"))
    for _time in range(2):
        directory.apply(changes, "mark-1")

    assert directory.attachments("homes/cold") == (REGULATION, MAP)
    assert directory.attachment_content("r-1") == b"%PDF"
    assert _versions(directory) == 2
    assert directory.mark() == "mark-1"


def test_a_document_may_come_before_its_entry(directory: Directory) -> None:
    early = replace(MAP, entry_id="topic-new")
    directory.apply([_put(early, b"map")])
    directory.apply([EntryPut(Entry("topic-new", EntryKind.TOPIC, "Новая", ""))])

    assert directory.attachments("topic-new") == (early,)


def test_a_content_that_is_there_need_not_be_sent_again(directory: Directory) -> None:
    directory.apply([_put(REGULATION, b"%PDF")])
    renamed = replace(REGULATION, title="Регламент по теплу и воде")
    directory.apply([_put(renamed, b"%PDF", whole=False)])

    assert directory.attachments("homes/cold") == (renamed,)
    assert directory.attachment_content("r-1") == b"%PDF"


def test_without_a_content_that_is_missing_nothing_of_the_feed_is_taken(
    directory: Directory,
) -> None:
    mark = directory.mark()
    with pytest.raises(UnknownContent):
        directory.apply([_put(REGULATION, b"%PDF"), _put(MAP, b"map", whole=False)], "mark-2")

    assert directory.attachments("homes/cold") == ()
    assert directory.mark() == mark


def test_a_feed_closes_documents_and_knows_of_none_that_is_not_there(directory: Directory) -> None:
    directory.apply([_put(REGULATION, b"%PDF")])
    for _time in range(2):
        directory.apply([AttachmentClosed("r-1", TODAY), AttachmentClosed("nothing", TODAY)])

    assert directory.attachments("homes/cold") == ()
    assert _versions(directory) == 1


def test_a_hash_of_another_content_is_refused() -> None:
    with pytest.raises(ValueError, match="does not match the content"):
        AttachmentPut(MAP, content_hash(b"map"), b"other")


# --- permitted files ---


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("Регламент.PDF", b"%PDF-1.7 ...", None),
        ("карта.docx", b"PK\x03\x04...", None),
        ("схема.jpeg", b"\xff\xd8\xff\xe0", None),
        ("схема.tif", b"MM\x00*", None),
        ("карта.exe", b"MZ", AttachmentFault.FORMAT),
        ("карта.docm", b"PK\x03\x04", AttachmentFault.FORMAT),
        ("карта", b"%PDF-", AttachmentFault.FORMAT),
        ("карта.pdf", b"", AttachmentFault.EMPTY),
        ("карта.pdf", b"MZ", AttachmentFault.OTHER_CONTENT),
        ("карта.png", b"%PDF-", AttachmentFault.OTHER_CONTENT),
        ("карта.pdf", b"%PDF-" + b" " * (LARGEST_BYTES - 4), AttachmentFault.TOO_LARGE),
        ("карта.pdf", b"%PDF-" + b" " * (LARGEST_BYTES - 5), None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_judged_by_its_name_size_and_beginning(
    name: str, content: bytes, fault: AttachmentFault | None
) -> None:
    assert fault_of(name, content) is fault


def test_a_program_is_never_opened() -> None:
    assert has_known_format("карта.docx")
    assert not any(map(has_known_format, ("карта.pdf.exe", "карта.desktop", "pdf")))
