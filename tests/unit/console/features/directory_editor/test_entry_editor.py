"""The entry editor over a real directory: drafts, versions, concurrent editors, the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_list import EntryFilter, EntryListPresenter
from kb.entries.changes import EntryDraft
from kb.entries.entries import Entry, EntryKind
from kb.entries.hours import city_now
from kb.errors import DirectoryUnusable
from kb.store import Directory
from sync.register.people.operators import Role
from tests.fakes.console_directory import (
    CATEGORIES,
    TOPICS,
    sample_person,
    sample_question,
    sample_unit,
)
from tests.fakes.console_fakes import (
    OPERATOR,
    SUPERVISOR,
    USUAL_DAYS,
    InlineExecutor,
    Told,
    new_ids,
)
from tests.fakes.records import answered_message

ANSWERED = answered_message("  Яму заделают до 1 декабря.\n")
EDITOR = replace(SUPERVISOR, name="Редактор Проба", role=Role.EDITOR)
OTHER = "Другая Нина Петровна"


class Desk:
    """List and editor over one directory; work runs immediately, results arrive with events."""

    def __init__(self, owner: QObject, directory: Directory, milestones: Milestones) -> None:
        self.directory = directory
        self.operator = EDITOR
        deliveries, at_once = Deliveries(owner), InlineExecutor()
        self.list = EntryListPresenter(
            directory,
            at_once,
            deliveries,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.editor = EntryEditorPresenter(
            directory,
            at_once,
            at_once,
            deliveries,
            milestones,
            operator=lambda: self.operator,
            new_id=new_ids(),
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            parent=owner,
        )
        self.told = Told(self.editor.told)
        self.editor.stored.connect(self.list.refresh)
        self.list.choices_changed.connect(self.editor.use_choices)
        self.list.reload()
        self.settle()

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

    def stored(self, entry_id: str = "q-1") -> Entry:
        entry = self.directory.entry(entry_id)
        assert entry is not None
        return entry

    def listed(self) -> list[str]:
        return [row.key for row in self.list.state.rows if row.key]


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db", starters=None)
    checked = city_now().date()
    everything = (
        *TOPICS,
        *CATEGORIES,
        replace(sample_question(), checked_on=checked),
        replace(sample_question("q-old", "Когда красят заборы"), checked_on=date(2020, 1, 1)),
        replace(sample_unit(), checked_on=checked),
        sample_person(),
    )
    opened.replace_all(everything)
    yield opened
    opened.close()


@pytest.fixture
def desk(owner: QObject, directory: Directory, milestones: Milestones) -> Desk:
    return Desk(owner, directory, milestones)


def test_what_is_typed_is_on_the_disk_and_found_by_another_start(
    desk: Desk, owner: QObject, directory: Directory, milestones: Milestones
) -> None:
    desk.open()
    desk.type("spoken", "Ямы чинят за")
    desk.type("checked_on", "12.")

    assert directory.entry("q-1") == replace(sample_question(), checked_on=city_now().date())
    again = Desk(owner, directory, milestones)
    again.open()

    state = again.editor.state
    assert state.fields["spoken"] == "Ямы чинят за"
    assert state.fields["checked_on"] == "12."
    assert (state.is_changed, state.conflict) == (True, "")
    assert [row.number for row in state.history] == [0, 1]
    assert state.history[0].what == "Сказать, Проверено"


def test_the_draft_is_written_within_a_second_of_the_first_key(desk: Desk) -> None:
    desk.open()
    desk.editor.set_field("title", "Ямы")

    assert 0 < desk.editor._keeper.due_in_ms <= 900
    desk.editor.set_field("title", "Ямы и")
    assert desk.editor._keeper.due_in_ms <= 900


def test_publishing_makes_a_version_in_the_editors_name(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Кто чинит дорогу")
    desk.publish()

    assert desk.stored().title == "Кто чинит дорогу"
    newest = desk.directory.history("q-1")[-1]
    assert (newest.number, newest.by) == (2, EDITOR.name)
    assert desk.directory.draft("q-1", str(EDITOR.id)) is None
    state = desk.editor.state
    assert not state.is_changed
    assert state.subtitle.endswith("правка 2")
    assert [notice.head for notice in desk.told.values] == ["Запись опубликована"]
    assert "q-1" in [hit.entry_id for hit in desk.directory.search("дорогу")]


def test_a_new_entry_is_a_draft_until_published(desk: Desk) -> None:
    desk.editor.create("service")
    desk.type("title", "Бункер")
    desk.type("place", "waste-yard")
    entry_id = desk.editor.state.entry_id

    assert desk.directory.entry(entry_id) is None
    assert desk.listed()[0] == entry_id
    desk.editor.close_entry_view()
    desk.open(entry_id)
    desk.publish()

    stored = desk.stored(entry_id)
    assert (stored.kind, stored.title) == (EntryKind.SERVICE, "Бункер")
    assert (stored.topic, stored.section, stored.author) == ("waste", "waste-yard", EDITOR.name)
    assert desk.directory.drafts(str(EDITOR.id)) == ()


def test_an_empty_title_is_warned_of_and_may_be_published(desk: Desk) -> None:
    desk.open()
    desk.type("title", "")

    assert desk.editor.state.problems["title"] == (
        "Без названия операторы вряд ли найдут эту запись"
    )
    desk.publish()
    assert desk.stored().title == ""


def test_what_cannot_be_read_is_marked_and_nothing_is_published(desk: Desk) -> None:
    incomplete = Told(desk.editor.incomplete)
    desk.open("road-service")
    desk.type("hours", "по настроению")
    desk.publish()

    assert desk.editor.state.problems["hours"].startswith("Пишите так")
    assert len(desk.directory.history("road-service")) == 1
    assert len(incomplete.values) == 1
    assert desk.directory.draft("road-service", str(EDITOR.id)) is not None


def test_the_second_editor_is_told_and_may_put_both_together(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Моё название")
    desk.directory.upsert(replace(desk.stored(), body="Их текст"), by=OTHER)
    desk.publish()

    state = desk.editor.state
    assert "Другая Н. П." in state.conflict
    assert "Отправить" in state.conflict
    assert desk.stored().title == sample_question().title
    desk.editor.move_to_newest()
    assert desk.editor.state.conflict == ""
    desk.publish()

    assert (desk.stored().title, desk.stored().body) == ("Моё название", "Их текст")


def test_the_second_editor_may_take_the_new_version(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Моё название")
    desk.directory.upsert(replace(desk.stored(), title="Их название"), by=OTHER)
    desk.open()
    assert desk.editor.state.conflict != ""

    desk.editor.discard()
    desk.settle()

    assert desk.editor.state.fields["title"] == "Их название"
    assert desk.directory.draft("q-1", str(EDITOR.id)) is None


def test_checked_today_is_one_key(desk: Desk) -> None:
    desk.open("q-old")
    assert "давно" in desk.editor.state.attention
    desk.editor.check_today()
    desk.settle()

    today = datetime.now(CITY_ZONE).date()
    assert desk.stored("q-old").checked_on == today
    assert desk.editor.state.attention == ""
    assert desk.editor.state.history[0].what == "Проверено"


def test_closing_keeps_the_entry_and_takes_it_from_the_search(desk: Desk) -> None:
    desk.open()
    desk.editor.close_today()
    desk.publish()

    assert desk.stored().valid_to == datetime.now(CITY_ZONE).date()
    assert "q-1" in desk.listed()
    assert "q-1" not in [hit.entry_id for hit in desk.directory.search("ямы на дороге")]


def test_an_old_version_is_looked_at_and_restored(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Неудачно")
    desk.publish()
    desk.editor.show_version(1)
    row = desk.editor.state.row
    assert row is not None
    assert row.title == sample_question().title

    desk.editor.restore()
    desk.settle()

    assert desk.stored().title == sample_question().title
    assert desk.editor.state.history[0].what == "Возвращена старая версия"
    assert desk.editor.state.fields["title"] == sample_question().title


def test_nothing_is_restored_over_what_is_typed(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Раз")
    desk.publish()
    desk.editor.set_field("title", "Два")
    desk.editor.show_version(1)
    desk.editor.restore()
    desk.settle()

    assert desk.stored().title == "Раз"
    assert desk.editor.state.fields["title"] == "Два"


def test_changes_typed_back_leave_no_draft(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Иначе")
    desk.type("title", sample_question().title)

    assert desk.directory.drafts(str(EDITOR.id)) == ()
    assert not desk.editor.state.is_changed


def test_a_disk_that_refuses_is_told_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_draft: EntryDraft) -> None:
        raise DirectoryUnusable(Path("directory.db"), "SQLITE_FULL")

    desk.open()
    monkeypatch.setattr(desk.directory, "keep_draft", refuse)
    desk.type("title", "Не потеряется")
    assert desk.editor.state.keeping_fails
    assert desk.editor._keeper.waits

    monkeypatch.undo()
    desk.editor.keep_now()
    desk.settle()
    assert not desk.editor.state.keeping_fails
    draft = desk.directory.draft("q-1", str(EDITOR.id))
    assert draft is not None
    assert draft.fields["title"] == "Не потеряется"


def test_an_operator_changes_nothing(desk: Desk) -> None:
    desk.operator = OPERATOR
    desk.open()
    desk.type("title", "Чужое")
    desk.publish()
    desk.editor.create("question")

    assert desk.stored().title == sample_question().title
    assert [notice.head for notice in desk.told.values] == ["Ваша роль не изменяет справочник"]


def test_an_editor_proposes_topics_and_the_supervisor_changes_them(desk: Desk) -> None:
    desk.open("roads")
    desk.type("title", "Проезды")
    desk.publish()
    desk.editor.create("topic")

    state = desk.editor.state
    assert (state.entry_id, state.may_change) == ("roads", False)
    assert state.fields["title"] == "Дороги"
    assert "предложите изменение" in state.attention
    assert [notice.head for notice in desk.told.values] == [state.attention]

    desk.operator = SUPERVISOR
    desk.open("roads")
    desk.type("title", "Проезды")
    desk.publish()
    assert desk.stored("roads").title == "Проезды"
    assert desk.editor.state.attention == ""


def test_a_directory_that_cannot_be_read_is_told_in_plain_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_ids: str) -> NoReturn:
        raise DirectoryUnusable(Path("directory.db"), "SQLITE_IOERR_READ")

    before = desk.listed()
    for name in ("history", "summaries", "summary"):
        monkeypatch.setattr(desk.directory, name, refuse)
    desk.open()
    desk.list.reload()
    desk.settle()

    head, body = desk.list.state.problem
    assert (desk.told.values[-1].head, desk.told.values[-1].body) == (head, body)
    assert head == "Справочник не читается"
    assert "перезапустите программу" in body
    assert desk.listed() == before

    monkeypatch.undo()
    desk.list.reload()
    desk.settle()
    assert desk.list.state.problem == ("", "")


# --- list ---


def test_after_a_publication_one_row_is_read_and_not_the_list(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole_list(*_ids: str) -> NoReturn:
        raise AssertionError("the whole list was read")

    states = Told(desk.list.changed)
    before = {row.key: row for row in desk.list.state.rows}
    monkeypatch.setattr(desk.directory, "summaries", whole_list)
    desk.open("q-old")
    desk.type("title", "Когда красят ограды")
    drafted = {row.key: row for row in desk.list.state.rows}
    desk.editor.check_today()
    desk.publish()

    after = {row.key: row for row in desk.list.state.rows}
    assert (drafted["q-old"].title, drafted["q-old"].note) == ("Когда красят заборы", "черновик")
    assert after["q-old"].title == "Когда красят ограды"
    assert [key for key in after if after[key] is not before[key]] == ["q-old"]
    assert states.values[-1].counts[EntryFilter.MINE] == 1
    stale = before["q-old"].mark == "warning-fill"
    assert stale
    assert after["q-old"].mark == ""


def test_what_is_published_while_the_list_is_read_is_in_it(desk: Desk) -> None:
    desk.list.reload()
    desk.directory.upsert(replace(desk.stored(), title="Ямы и трещины"))
    desk.list.refresh("q-1")
    desk.settle()

    assert "Ямы и трещины" in [row.title for row in desk.list.state.rows]


def test_what_others_change_is_read_only_while_the_page_is_on_the_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole_list(*_ids: str) -> NoReturn:
        raise AssertionError("the whole list was read for nobody")

    def titles() -> list[str]:
        return [row.title for row in desk.list.state.rows]

    renewed = Told(desk.list.renewed)
    with monkeypatch.context() as patch:
        patch.setattr(desk.directory, "summaries", whole_list)
        desk.directory.upsert(replace(desk.stored(), title="Ямы и трещины"))
        desk.list.renew()
        desk.settle()
    assert "Ямы и трещины" not in titles()

    desk.list.set_on_screen(True)
    desk.settle()
    assert "Ямы и трещины" in titles()
    desk.directory.upsert(replace(desk.stored(), title="Ямы и выбоины"))
    desk.list.renew()
    desk.settle()
    assert "Ямы и выбоины" in titles()
    assert len(renewed.values) == 2


def test_a_renamed_topic_is_the_head_of_its_entries_at_once(desk: Desk) -> None:
    desk.operator = SUPERVISOR
    desk.list.reload()
    desk.open("roads")
    desk.type("title", "Проезды")
    desk.publish()

    assert desk.list.state.rows[0].title == "Проезды"
    assert desk.editor.choices.topics["roads"] == "Проезды"
    assert desk.editor.choices.places["roads-pits"].startswith("Проезды › ")


def test_of_two_editors_of_one_name_each_has_a_list_of_mine(desk: Desk) -> None:
    desk.open()
    desk.type("title", "Мой черновик")
    desk.operator = replace(EDITOR, id=UUID(int=77))
    desk.list.reload()
    desk.open()

    assert desk.list.state.counts[EntryFilter.MINE] == 0
    assert desk.editor.state.fields["title"] == sample_question().title


def test_entries_stand_under_their_topics(desk: Desk) -> None:
    rows = [(bool(row.key), row.title) for row in desk.list.state.rows]

    assert rows[:3] == [(False, "Дороги"), (True, "Ямы"), (True, "Знаки и разметка")]
    assert (False, "Органы и службы города") in rows
    assert (False, "Должностные лица") in rows


def test_stale_ones_have_icon_colour_and_date(desk: Desk) -> None:
    row = next(row for row in desk.list.state.rows if row.key == "q-old")

    assert (row.note, row.mark, row.role) == ("01.01.2020", "warning-fill", "warn")
    desk.list.set_filter("stale")
    desk.settle()
    assert desk.listed() == ["q-old", "person-1"]
    assert desk.list.state.counts[EntryFilter.STALE] == 2


def test_mine_are_those_i_changed_or_began(desk: Desk) -> None:
    desk.open("q-old")
    desk.type("title", "Заборы")
    desk.publish()
    desk.open("q-1")
    desk.type("title", "Ямы")
    desk.list.set_filter("mine")
    desk.settle()

    assert desk.listed() == ["q-1", "q-old"]


def test_search_finds_words_of_a_title(desk: Desk) -> None:
    desk.list.set_query("забор крас")
    desk.settle()

    assert desk.listed() == ["q-old"]


def test_an_answer_of_an_organ_is_a_draft_with_its_source_and_is_begun_once(desk: Desk) -> None:
    entry_id = desk.editor.open_answer(ANSWERED)
    desk.settle()
    fields = desk.editor.state.fields
    assert desk.editor.state.entry_id == entry_id
    assert fields["body"] == "Яму заделают до 1 декабря."
    assert (fields["place"], fields["owner"]) == ("roads-pits", "road-service")
    assert fields["source"] == f"Ответ органа на сообщение № {ANSWERED.number} от 25.11.2026"
    desk.type("title", "Когда заделают яму?")
    desk.editor.close_entry_view()
    desk.settle()

    assert desk.editor.open_answer(ANSWERED) == entry_id
    desk.settle()
    assert desk.editor.state.fields["title"] == "Когда заделают яму?"
    desk.publish()
    entry = desk.stored(entry_id)
    assert (entry.topic, entry.section, entry.owner) == ("roads", "roads-pits", "road-service")
    assert entry.source == fields["source"]


def test_no_question_is_made_of_an_answer_by_who_may_not_or_where_there_is_none(
    desk: Desk,
) -> None:
    assert desk.editor.open_answer(replace(ANSWERED, answer_text=" ")) == ""
    desk.operator = OPERATOR
    assert desk.editor.open_answer(ANSWERED) == ""
    desk.settle()
    assert desk.editor.state.entry_id == ""


def test_a_list_that_is_being_read_is_no_answer_yet(desk: Desk) -> None:
    assert desk.list.is_settled
    desk.list.reload()
    assert not desk.list.is_settled
    desk.settle()
    assert desk.list.is_settled
