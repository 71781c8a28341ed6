"""Documents of entries: attached and closed in the editor, opened there and from a search
result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_search.presenter import (
    DirectoryState,
    HitDocumentsPresenter,
    Preview,
    places_of,
)
from console.shared.directory.documents import DocumentOpener, EntryDocumentsPresenter
from kb.entries.attachments import LARGEST_BYTES, Attachment, AttachmentKind
from kb.entries.entries import EntryKind
from kb.errors import DirectoryUnusable
from kb.store import Directory
from sync.register.people.operators import Role
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_question
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, InlineExecutor, Told, new_ids

PDF = b"%PDF-1.7 the regulation"
REGULATION = Attachment("r-1", "roads", AttachmentKind.REGULATION, "Регламент", "регламент.pdf")


class Desk:
    def __init__(
        self, owner: QObject, directory: Directory, milestones: Milestones, folder: Path
    ) -> None:
        self.directory = directory
        self.operator = replace(SUPERVISOR, role=Role.EDITOR)
        self.shown: list[Path] = []
        self.has_viewer = True
        deliveries, at_once = Deliveries(owner), InlineExecutor()
        self.opener = DocumentOpener(
            directory,
            at_once,
            deliveries,
            milestones,
            folder=folder / "copies",
            show=self._show,
            parent=owner,
        )
        self.editor = EntryDocumentsPresenter(
            directory,
            self.opener,
            at_once,
            at_once,
            deliveries,
            operator=lambda: self.operator,
            new_id=new_ids(),
            zone=CITY_ZONE,
            parent=owner,
        )
        self.panel = HitDocumentsPresenter(directory, self.opener, at_once, deliveries, owner)
        self.beside = Told(self.panel.changed)
        self.told = Told(self.editor.told)
        self.refused = Told(self.opener.told)

    def _show(self, file: Path) -> bool:
        self.shown.append(file)
        return self.has_viewer

    def settle(self) -> None:
        for _round in range(6):
            QCoreApplication.processEvents()

    def edit(self, entry_id: str = "roads", *, is_published: bool = True) -> None:
        self.editor.show_entry(entry_id, is_published=is_published)
        self.settle()

    def attach(self, file: Path, kind: AttachmentKind = AttachmentKind.REGULATION) -> None:
        self.editor.attach(kind, file)
        self.settle()


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db", starters=None)
    opened.replace_all((*TOPICS, *CATEGORIES, sample_question()))
    yield opened
    opened.close()


@pytest.fixture
def desk(owner: QObject, directory: Directory, milestones: Milestones, tmp_path: Path) -> Desk:
    return Desk(owner, directory, milestones, tmp_path)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "Регламент по дорогам.pdf"
    file.write_bytes(PDF)
    return file


def test_a_file_is_attached_for_everybody_and_named_by_its_file(desk: Desk, pdf: Path) -> None:
    desk.edit()
    desk.attach(pdf)

    (document,) = desk.editor.state.documents
    assert (document.title, document.file_name) == ("Регламент по дорогам", pdf.name)
    assert document.kind is AttachmentKind.REGULATION
    assert desk.directory.attachments("roads") == (document,)
    assert desk.directory.attachment_content(document.id) == PDF
    assert [notice.head for notice in desk.told.values] == ["Документ приложен"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("карта.exe", b"MZ", "PDF, DOCX"),
        ("карта.pdf", b"", "пустой"),
        ("карта.pdf", b"MZ", "не то"),
        ("карта.pdf", b"%PDF-" + b"0" * LARGEST_BYTES, "10"),
    ],
    ids=["format", "empty", "other", "large"],
)
def test_a_file_that_cannot_be_attached_is_told_why(
    desk: Desk, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    desk.edit()
    desk.attach(tmp_path / name)
    desk.attach(tmp_path / "нет такого.pdf")

    first, second = desk.told.values
    assert first.head == second.head == "Файл не приложен"
    assert why in first.body
    assert "прочитать" in second.body
    assert desk.directory.attachments("roads") == ()


def test_a_closed_document_is_shown_no_more_and_kept(desk: Desk, pdf: Path) -> None:
    desk.edit()
    desk.attach(pdf)
    (document,) = desk.editor.state.documents
    desk.editor.close(document)
    desk.settle()

    assert desk.editor.state.documents == ()
    assert desk.directory.attachments("roads") == ()
    assert desk.directory.attachment_content(document.id) == PDF


def test_only_an_editor_and_only_a_published_entry_gets_documents(desk: Desk, pdf: Path) -> None:
    desk.edit("topic-new", is_published=False)
    desk.attach(pdf)
    assert desk.editor.state.why_not.startswith("Сначала опубликуйте")

    desk.operator = OPERATOR
    desk.edit()
    desk.attach(pdf)
    assert not desk.editor.state.may_change
    assert desk.directory.attachments("roads", "topic-new") == ()


def test_a_document_opens_as_a_copy_with_its_own_name(desk: Desk) -> None:
    desk.directory.attach(REGULATION, PDF)
    desk.directory.attach(replace(REGULATION, id="r-2"), PDF + b" other")
    for document in desk.directory.attachments("roads"):
        desk.editor.open(document)
    desk.settle()

    assert [file.name for file in desk.shown] == ["регламент.pdf"] * 2
    assert [file.read_bytes() for file in desk.shown] == [PDF, PDF + b" other"]
    assert desk.refused.values == []


def test_neither_a_program_nor_a_way_out_of_the_folder_is_opened(
    desk: Desk, tmp_path: Path
) -> None:
    program = replace(REGULATION, id="p", file_name="регламент.pdf.exe")
    climber = replace(REGULATION, id="../../c", file_name="../../вон.pdf")
    desk.directory.attach(program, b"MZ")
    desk.directory.attach(climber, PDF)
    desk.editor.open(program)
    desk.editor.open(climber)
    desk.settle()

    (file,) = desk.shown
    assert file.resolve().is_relative_to(tmp_path / "copies")
    assert [notice.head for notice in desk.refused.values] == ["Документ не открывается"]


def test_without_a_viewer_it_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.directory.attach(REGULATION, PDF)
    desk.has_viewer = False
    desk.editor.open(REGULATION)
    desk.settle()

    def refuse(_id: str) -> NoReturn:
        raise DirectoryUnusable(Path("directory.db"), "SQLITE_IOERR")

    monkeypatch.setattr(desk.directory, "attachment_content", refuse)
    desk.editor.open(REGULATION)
    desk.settle()
    heads = [notice.head for notice in desk.refused.values]
    assert heads == ["Документ не открывается", "Справочник не читается"]


# --- search result ---


def test_beside_a_question_stand_the_documents_of_its_topic_and_category(desk: Desk) -> None:
    question = replace(sample_question(), topic="roads", section="roads-pits")
    of_category = replace(REGULATION, id="m-1", entry_id="roads-pits", kind=AttachmentKind.MAP)
    for document in (REGULATION, of_category, replace(REGULATION, id="x", entry_id="waste")):
        desk.directory.attach(document, PDF)
    preview = Preview("q-1", EntryKind.QUESTION, "Ямы", "", 0, "", places_of(question))
    desk.panel._pause.setInterval(0)

    desk.panel.follow(DirectoryState(preview=preview))
    desk.settle()
    assert desk.beside.values[-1] == (REGULATION, of_category)

    desk.panel.follow(DirectoryState())
    desk.settle()
    assert desk.beside.values[-1] == ()


def test_a_category_has_the_documents_of_its_topic_too() -> None:
    category = next(one for one in CATEGORIES if one.id == "roads-pits")

    assert places_of(category)[-1] == "roads"
