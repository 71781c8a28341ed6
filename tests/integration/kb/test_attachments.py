"""Thematic regulations and technological maps stand beside the entries they belong to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb.attachments import Attachment, AttachmentKind
from kb.errors import UnknownEntry
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
            "SELECT number, by, content FROM attachment WHERE key = 'r-1' ORDER BY number"
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
        with pytest.raises(ValueError, match=r"film|needs an id"):
            replace(MAP, **change)  # type: ignore[arg-type]


def test_new_content_leaves_the_documents(directory: Directory, tmp_path: Path) -> None:
    directory.attach(MAP, b"map")
    directory.replace_all(directory.entries(), "2")

    assert directory.attachments("homes/cold") == (MAP,)
