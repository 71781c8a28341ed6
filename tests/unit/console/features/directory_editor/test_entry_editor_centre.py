"""The editor of a directory in the central database: concurrent editors, an unreachable database,
history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_editor.entry import EntryEditorPresenter
from console.shared.directory.edited import EditedDirectory, changes_of, entry_document
from kb.entries.entries import Entry
from kb.store import Directory
from sync.register.people.operators import Role
from sync.store.central.shared_documents import DocumentEdit
from tests.fakes.console_directory import sample_question
from tests.fakes.console_fakes import SUPERVISOR, USUAL_DAYS, InlineExecutor, Told, new_ids
from tests.fakes.documents_centre import DocumentsCentre

EDITOR = replace(SUPERVISOR, name="Редактор Проба", role=Role.EDITOR)
OTHER = "Другая Нина Петровна"


class Desk:
    """A workplace with a central database and an editor over a real file; the feed is run
    manually.
    """

    def __init__(
        self, owner: QObject, directory: Directory, milestones: Milestones, centre: DocumentsCentre
    ) -> None:
        at_once = InlineExecutor()
        self.directory = directory
        self.centre = centre
        edited = EditedDirectory(directory, centre, at_once, lambda: True)
        self.editor = EntryEditorPresenter(
            edited,
            at_once,
            at_once,
            Deliveries(owner),
            milestones,
            operator=lambda: EDITOR,
            new_id=new_ids(),
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            centre=edited,
            parent=owner,
        )
        self.told = Told(self.editor.told)

    def settle(self) -> None:
        for _round in range(6):
            QCoreApplication.processEvents()

    def open(self, entry_id: str = "q-1") -> None:
        self.editor.open(entry_id)
        self.settle()

    def type(self, name: str, text: str) -> None:
        self.editor.set_field(name, text)
        self.editor.keep_now()
        self.settle()

    def publish(self) -> None:
        self.editor.publish()
        self.settle()

    def feed(self) -> None:
        """Copies the versions of the central database to the workplace."""
        newest = [versions[-1] for versions in self.centre.versions.values()]
        self.directory.apply(changes_of(newest))
        self.editor.read_again()
        self.settle()

    def change_elsewhere(self, **fields: str) -> None:
        """Another editor publishes a change of the same entry."""
        mine, self.centre.by = self.centre.by, ("editor-2", OTHER)
        entry = replace(self.newest(), **fields)  # type: ignore[arg-type]
        self.centre.edit([DocumentEdit(entry_document(entry))])
        self.centre.by = mine

    def newest(self) -> Entry:
        found = self.directory.entry("q-1")
        assert found is not None
        return found

    def titles(self) -> list[str]:
        versions = self.centre.versions["entry", "q-1"]
        return [str((one.document or {}).get("title")) for one in versions]


@pytest.fixture
def desk(owner: QObject, tmp_path: Path, milestones: Milestones) -> Iterator[Desk]:
    directory = Directory.open(tmp_path / "directory.db", starters=None)
    centre = DocumentsCentre()
    entry = replace(sample_question(), checked_on=date(2026, 11, 20))
    centre.edit([DocumentEdit(entry_document(entry), 0)])
    made = Desk(owner, directory, milestones, centre)
    made.feed()
    yield made
    directory.close()


def test_what_is_published_is_in_the_centre_and_here_at_once(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Кто чинит дорогу")
    desk.publish()

    assert desk.titles()[-1] == "Кто чинит дорогу"
    assert [notice.head for notice in desk.told.values] == ["Запись опубликована"]
    assert "всех рабочих местах" in desk.told.values[0].body
    state = desk.editor.state
    assert (state.is_changed, state.subtitle.endswith("правка 2")) == (False, True)
    assert desk.directory.search("дорогу")
    assert desk.directory.draft("q-1", str(EDITOR.id)) is None
    desk.feed()
    assert [row.number for row in desk.editor.state.history] == [2, 1]


def test_a_second_editor_sees_both_texts_and_loses_nothing(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Моё название")
    desk.change_elsewhere(body="Их текст", title="Их название")
    desk.publish()

    state = desk.editor.state
    assert "Другая Н. П." in state.conflict
    assert state.comparison is not None
    assert "Название: Моё название" in state.comparison.ours
    assert "Название: Их название" in state.comparison.theirs
    assert "Отправить: Их текст" in state.comparison.theirs
    assert "Другая Н. П." in state.theirs
    assert desk.titles()[-1] == "Их название"
    draft = desk.directory.draft("q-1", str(EDITOR.id))
    assert draft is not None
    assert draft.fields["title"] == "Моё название"

    desk.editor.move_to_newest()
    assert (desk.editor.state.conflict, desk.editor.state.comparison) == ("", None)
    desk.publish()
    desk.feed()
    assert (desk.newest().title, desk.newest().body) == ("Моё название", "Их текст")
    assert [row.number for row in desk.editor.state.history] == [3, 2, 1]


def test_what_comes_by_the_feed_is_shown_where_nothing_is_typed_and_told_where_it_is(
    desk: Desk,
) -> None:
    desk.open()
    desk.change_elsewhere(title="Первое")
    desk.feed()
    assert desk.editor.state.fields["title"] == "Первое"
    assert desk.editor.state.conflict == ""

    desk.type("title", "Моё")
    desk.change_elsewhere(title="Второе")
    desk.feed()
    assert desk.editor.state.fields["title"] == "Моё"
    assert "Другая Н. П." in desk.editor.state.conflict


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("unreachable", "Центр не отвечает"),
        ("not_signed_in", "Вы вошли без центра"),
        ("refused", "Центр не разрешает"),
        ("schema_missing", "Центр старше"),
        ("older_branch", "Вместо центра отвечает другой"),
    ],
)
def test_without_the_centre_the_draft_stays_and_the_same_key_sends_it_later(
    desk: Desk, owner: QObject, milestones: Milestones, code: str, told: str
) -> None:
    desk.open()
    desk.centre.refuses = code
    desk.type("title", "Кто чинит дорогу")
    desk.publish()

    assert desk.told.values[-1].head.startswith(told)
    assert desk.editor.state.unsent.startswith(told)
    assert desk.editor.state.fields["title"] == "Кто чинит дорогу"
    assert len(desk.titles()) == 1
    again = Desk(owner, desk.directory, milestones, desk.centre)
    again.open()
    assert again.editor.state.unsent.startswith("Центр не ответил"), "also after another start"
    summary = desk.directory.summary("q-1", str(EDITOR.id))
    assert summary is not None
    assert summary.is_unsent

    desk.centre.refuses = ""
    desk.editor.centre_is_back()
    desk.settle()
    assert desk.told.values[-1].body.startswith("1 запись ждёт")
    desk.publish()
    assert desk.titles()[-1] == "Кто чинит дорогу"
    assert desk.editor.state.unsent == ""
    desk.editor.centre_is_back()
    desk.settle()
    assert desk.told.values[-1].head == "Запись опубликована"


def test_an_answer_that_was_lost_makes_no_second_version(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Кто чинит дорогу")
    desk.centre.loses_answer = True
    desk.publish()
    desk.centre.loses_answer = False
    desk.publish()

    assert desk.titles() == [sample_question().title, "Кто чинит дорогу"]
    assert (desk.editor.state.conflict, desk.editor.state.unsent) == ("", "")


def test_the_centres_whole_history_is_there_and_an_old_version_holds_again(desk: Desk) -> None:
    for title in ("Второе", "Третье"):
        desk.change_elsewhere(title=title)
    assert len(desk.directory.history("q-1")) == 1, "this workplace was away"
    desk.open()
    assert [row.number for row in desk.editor.state.history] == [3, 2, 1]
    assert desk.editor.state.fields["title"] == "Третье"

    desk.editor.show_version(1)
    desk.editor.restore()
    desk.settle()
    assert desk.titles()[-1] == sample_question().title
    assert desk.newest().title == sample_question().title
    assert desk.editor.state.history[0].what == "Возвращена старая версия"

    desk.editor.show_version(2)
    desk.change_elsewhere(title="Четвёртое")
    desk.editor.restore()
    desk.settle()
    assert desk.told.values[-1].head.startswith("Другая Н. П.")
    assert desk.titles()[-1] == "Четвёртое", "nothing was put over what nobody had seen"


def test_without_the_centre_its_history_is_what_has_come_from_it(desk: Desk) -> None:
    desk.change_elsewhere(title="Второе")
    desk.feed()
    desk.change_elsewhere(title="Третье")
    desk.centre.refuses = "unreachable"
    desk.open()

    assert [row.number for row in desk.editor.state.history] == [2, 1]
    assert desk.told.values == []


def test_a_version_that_the_centre_has_lost_is_told_of_and_the_text_goes_up_again(
    desk: Desk,
) -> None:
    """After a failover with replication lag, the central database has only the previous version."""
    desk.open()
    desk.type("title", "Второе")
    desk.publish()
    versions = desk.centre.versions["entry", "q-1"]
    versions.pop()

    desk.type("body", "Ещё текст")
    desk.publish()
    assert desk.editor.state.conflict
    assert desk.editor.state.fields["title"] == "Второе"
    desk.editor.move_to_newest()
    desk.publish()
    assert [one.ver for one in versions] == [1, 2]
    assert (versions[-1].document or {})["body"] == "Ещё текст"
