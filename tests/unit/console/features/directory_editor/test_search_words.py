"""Synonyms, unsuccessful searches and outdated entries over a real directory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_editor import unanswered
from console.features.directory_editor.publishing import EntryQueriesPresenter
from console.features.directory_editor.stale import StaleReportPresenter
from console.features.directory_editor.synonyms import (
    BOTH_WAYS,
    SynonymFilter,
    SynonymsPresenter,
)
from console.features.directory_editor.unanswered import SearchOrder, UnansweredPresenter
from console.shared.directory.edited import EditedDirectory
from kb.entries.changes import Synonym
from kb.entries.checks import STALE_AFTER_DAYS
from kb.entries.entries import Entry, EntryKind
from kb.errors import DirectoryUnusable
from kb.search.usage import QueryUse
from kb.store import Directory
from sync.register.people.operators import Role
from tests.fakes.console_directory import sample_question, sample_unit
from tests.fakes.console_fakes import (
    OPERATOR,
    SUPERVISOR,
    USUAL_DAYS,
    HeldExecutor,
    InlineExecutor,
    Told,
)

EDITOR = replace(SUPERVISOR, name="Редактор Проба", role=Role.EDITOR)
PAIRS = (Synonym("жэк", "управляющая компания", both_ways=True), Synonym("колдобина", "ямы"))


class Clock:
    """The directory's clock: the current day, shifted by a number of days."""

    def __init__(self) -> None:
        self.days = 0

    def __call__(self) -> datetime:
        return datetime.now(CITY_ZONE) + timedelta(days=self.days)


class Desk:
    def __init__(
        self,
        owner: QObject,
        directory: Directory,
        folder: Path,
        edited: Directory | EditedDirectory | None = None,
    ) -> None:
        """``edited`` applies editors' changes if the directory is in the central database."""
        self.directory = directory
        edited = edited or directory
        self.operator = EDITOR
        self.folder = folder
        at_once, deliveries = InlineExecutor(), Deliveries(owner)
        self.synonyms = SynonymsPresenter(
            edited,
            at_once,
            at_once,
            deliveries,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.unanswered = UnansweredPresenter(
            directory,
            at_once,
            at_once,
            deliveries,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            parent=owner,
        )
        self.stale = StaleReportPresenter(
            edited,
            at_once,
            at_once,
            deliveries,
            operator=lambda: self.operator,
            folder=folder,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.told = Told(self.synonyms.told)
        self.reload()

    def reload(self) -> None:
        for presenter in (self.synonyms, self.unanswered, self.stale):
            presenter.reload()
        self.settle()

    def settle(self) -> None:
        for _round in range(6):
            QCoreApplication.processEvents()

    def pairs(self) -> list[str]:
        return [row.what for row in self.synonyms.state.rows]

    def save(self, phrase: str, meaning: str) -> None:
        self.synonyms.set_phrase(phrase)
        self.synonyms.set_meaning(meaning)
        self.synonyms.save()
        self.settle()

    def searches(self) -> list[str]:
        return [row.what for row in self.unanswered.state.rows]

    def choose_search(self, index: int) -> None:
        self.unanswered.choose(index)
        self.settle()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def directory(tmp_path: Path, clock: Clock) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db", clock=clock, starters=None)
    today = datetime.now(CITY_ZONE).date()
    over = timedelta(days=STALE_AFTER_DAYS[EntryKind.QUESTION] + 5)
    opened.replace_all(
        (
            replace(sample_unit(), checked_on=today),
            replace(sample_question(), checked_on=today - over, owner="road-service"),
            Entry("q-never", EntryKind.QUESTION, "Кто красит заборы", ""),
            Entry("q-fresh", EntryKind.QUESTION, "Вывоз мусора", "", checked_on=today),
        )
    )
    opened.put_synonyms(PAIRS, by="Старшая Нина")
    yield opened
    opened.close()


@pytest.fixture
def desk(owner: QObject, directory: Directory, tmp_path: Path) -> Desk:
    return Desk(owner, directory, tmp_path / "reports")


# --- synonyms ---


def test_pairs_are_listed_found_and_changed(desk: Desk) -> None:
    assert desk.pairs() == ["жэк ↔ управляющая компания", "колдобина → ямы"]
    desk.synonyms.set_query("ЯМ")
    assert desk.pairs() == ["колдобина → ямы"]
    desk.synonyms.choose(0)
    desk.settle()
    state = desk.synonyms.state
    assert (state.phrase, state.meaning, state.chosen) == ("колдобина", "ямы", 0)
    assert state.found == f"Найдётся: {sample_question().title}"

    desk.synonyms.set_ways(BOTH_WAYS)
    desk.save("колдобины", " ямы  на дороге")

    assert desk.directory.synonyms() == (PAIRS[0], Synonym("колдобины", "ямы на дороге", True))
    (closed,) = [one for one in desk.directory.kept_synonyms() if one.closed_at is not None]
    assert (closed.pair, closed.closed_by) == (PAIRS[1], EDITOR.name)
    assert desk.synonyms.state.phrase == ""
    assert desk.told.values[0].head == "Синоним сохранён: колдобины ↔ ямы на дороге"


def test_a_closed_pair_is_kept_and_may_hold_again(desk: Desk) -> None:
    desk.synonyms.choose(1)
    assert desk.synonyms.state.may_close
    desk.synonyms.close()
    desk.settle()
    assert desk.directory.synonyms() == (PAIRS[0],)

    desk.synonyms.set_filter(SynonymFilter.CLOSED)
    assert [row.version for row in desk.synonyms.state.rows] == ["закрыта"]
    desk.synonyms.choose(0)
    assert not desk.synonyms.state.may_close
    assert "Редактор П." in desk.synonyms.state.status
    desk.synonyms.save()
    desk.settle()
    assert desk.directory.synonyms() == PAIRS


def test_a_pair_without_words_or_with_the_same_ones_is_not_written(desk: Desk) -> None:
    desk.save(" - ", "")
    assert desk.synonyms.state.problems == {
        "phrase": "Напишите, как говорят люди",
        "meaning": "Напишите, как это названо в справочнике",
    }
    desk.save("Ямы", "ямы")
    assert set(desk.synonyms.state.problems) == {"meaning"}
    assert desk.directory.synonyms() == PAIRS


def test_a_meaning_that_finds_nothing_is_warned_of(desk: Desk) -> None:
    desk.synonyms.begin("хлам", "абракадабра")
    desk.settle()

    assert desk.synonyms.state.finds_nothing
    assert desk.synonyms.state.found.startswith("По этим словам ничего не находится")


def test_a_suggestion_becomes_a_pair_or_is_declined(desk: Desk) -> None:
    desk.directory.picked("вывоз мусора", "q-fresh", after=("хлам",))
    desk.directory.picked("мусор", "q-fresh", after=("рухлядь",))
    desk.reload()
    desk.synonyms.set_filter(SynonymFilter.SUGGESTED)
    assert sorted(desk.pairs()) == ["рухлядь → мусор", "хлам → вывоз мусора"]
    desk.synonyms.choose(desk.pairs().index("хлам → вывоз мусора"))
    assert "по словам «вывоз мусора»: 1 раз" in desk.synonyms.state.status
    desk.synonyms.save()
    desk.settle()
    assert Synonym("хлам", "вывоз мусора") in desk.directory.synonyms()
    assert desk.pairs() == ["рухлядь → мусор"]

    desk.synonyms.choose(0)
    desk.synonyms.close()
    desk.settle()
    assert desk.pairs() == []
    assert len(desk.directory.synonyms()) == 3
    assert desk.directory.synonym_suggestions() == ()


def test_a_full_disk_is_told_and_the_form_stays(
    desk: Desk, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise DirectoryUnusable(Path("directory.db"), "SQLITE_FULL")

    monkeypatch.setattr(directory, "put_synonyms", full)
    desk.save("хлам", "мусор")

    assert desk.told.values[-1].problem
    assert desk.synonyms.state.phrase == "хлам"
    monkeypatch.undo()
    desk.synonyms.save()
    desk.settle()
    assert Synonym("хлам", "мусор") in directory.synonyms()


def test_a_directory_that_cannot_be_read_is_told_and_read_again_later(
    owner: QObject, desk: Desk, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_args: object, **_named: object) -> None:
        raise DirectoryUnusable(Path("directory.db"), "SQLITE_CORRUPT")

    directory.picked("ямы", "q-1")
    told = [Told(each.told) for each in (desk.synonyms, desk.unanswered, desk.stale)]
    queries = EntryQueriesPresenter(
        directory, InlineExecutor(), Deliveries(owner), zone=CITY_ZONE, parent=owner
    )
    for method in ("kept_synonyms", "unanswered_searches", "stale", "count_stale", "queries_of"):
        monkeypatch.setattr(directory, method, unreadable)
    desk.reload()
    desk.stale.count()  # in the background: no notice
    queries.show_entry("q-1")
    desk.settle()

    heads = [[(notice.head, notice.problem) for notice in each.values] for each in told]
    assert heads == [[("Справочник не читается", True)]] * 3
    assert not desk.unanswered.is_reading
    assert len(desk.pairs()) == 2  # the earlier result remains

    monkeypatch.setattr(directory, "find", unreadable)
    desk.unanswered.look_for("ямы")
    desk.settle()
    assert desk.unanswered.is_settled
    assert len(told[1].values) == 2

    monkeypatch.undo()
    desk.reload()
    queries.show_entry("q-1")
    desk.settle()
    assert queries.state.queries == (QueryUse("ямы", 1),)


# --- unsuccessful searches ---


def test_searches_in_vain_come_often_asked_or_newest_first(desk: Desk, clock: Clock) -> None:
    clock.days = -2
    for typed in ("качели", "качели", "лавки"):
        desk.directory.abandoned(typed)
    clock.days = 0
    desk.directory.abandoned("вывоз")
    desk.reload()

    assert desk.searches() == ["качели", "вывоз", "лавки"]
    assert desk.unanswered.state.rows[0].version == "2 раза"
    assert [row.who.partition(" · ")[2] for row in desk.unanswered.state.rows] == [
        "ничего не найдено",
        "нашлось 1, не пригодилось",
        "ничего не найдено",
    ]
    desk.unanswered.set_order(SearchOrder.NEWEST)
    assert desk.searches() == ["вывоз", "качели", "лавки"]


def test_a_chosen_search_shows_what_it_finds_and_another_may_be_looked_for(desk: Desk) -> None:
    desk.directory.abandoned("вывоз")
    desk.reload()
    desk.choose_search(0)
    assert desk.unanswered.state.looked_for == "вывоз"
    assert desk.unanswered.chosen_entry == "q-fresh"

    desk.unanswered.look_for("заборы")
    desk.settle()
    assert (desk.unanswered.chosen_entry, desk.unanswered.chosen_title) == (
        "q-never",
        "Кто красит заборы",
    )
    desk.unanswered.look_for(" ")
    assert desk.unanswered.chosen_entry == ""


def test_what_is_dealt_with_goes_and_the_next_one_is_chosen(desk: Desk) -> None:
    for typed in ("качели", "качели", "лавки", "горка"):
        desk.directory.abandoned(typed)
    desk.reload()
    desk.choose_search(0)
    desk.unanswered.settle()
    desk.settle()

    assert desk.searches() == ["горка", "лавки"]
    assert desk.unanswered.state.query == "горка"
    assert [one.query for one in desk.directory.unanswered_searches()] == ["горка", "лавки"]
    desk.operator = OPERATOR
    desk.unanswered.settle()
    desk.settle()
    assert len(desk.directory.unanswered_searches()) == 2


# --- words that find an entry ---


def test_the_newest_entry_wins_however_late_an_answer_comes(
    owner: QObject, directory: Directory
) -> None:
    directory.picked("ямы", "q-1")
    directory.picked("мусор", "q-fresh")
    held = HeldExecutor()
    presenter = EntryQueriesPresenter(
        directory, held, Deliveries(owner), zone=CITY_ZONE, parent=owner
    )
    presenter.show_entry("q-1")
    presenter.show_entry("q-fresh")
    held.run(1)
    held.run(0)
    QCoreApplication.processEvents()

    assert presenter.state.entry_id == "q-fresh"
    assert presenter.state.queries == (QueryUse("мусор", 1),)


# --- outdated entries ---


def test_entries_out_of_date_stand_under_those_who_answer_for_them(desk: Desk) -> None:
    rows = desk.stale.state.rows

    assert [(row.title, bool(row.key)) for row in rows] == [
        ("Никто не отвечает", False),
        ("Кто красит заборы", True),
        (sample_unit().short_title, False),
        (sample_question().title, True),
    ]
    assert rows[1].note == "Вопрос · Ни разу не проверено"
    assert rows[3].note.endswith("просрочено на 5 дней")
    assert desk.stale.state.count == 2


def test_a_check_is_one_key_and_goes_on_to_the_next(desk: Desk) -> None:
    assert desk.stale.state.chosen == "q-never"
    desk.stale.check()
    desk.settle()

    newest = desk.directory.history("q-never")[-1]
    today = datetime.now(CITY_ZONE).date()
    assert (newest.by, newest.entry.checked_on) == (EDITOR.name, today)
    assert desk.stale.state.chosen == "q-1"
    desk.operator = OPERATOR
    desk.stale.check()
    desk.settle()
    assert len(desk.directory.history("q-1")) == 1


def test_the_report_is_written_as_a_table(desk: Desk) -> None:
    told = Told(desk.stale.told)
    desk.stale.write_xlsx()
    desk.settle()

    (file,) = desk.folder.glob("устаревшие-записи_*.xlsx")
    assert file.name in told.values[0].head
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][3:5] == ("Проверено", "Дней сверх срока")
    assert rows[1][:4] == (
        "Никто не отвечает",
        "Вопрос",
        "Кто красит заборы",
        "Ни разу не проверено",
    )
    assert rows[2][0] == sample_unit().short_title
    assert rows[2][4] == 5


def test_a_folder_that_takes_no_file_is_told(desk: Desk) -> None:
    desk.folder.write_text("no folder")
    told = Told(desk.stale.told)
    desk.stale.write_xlsx()
    desk.settle()

    assert told.values[0].problem


def test_the_count_is_read_without_the_report(desk: Desk) -> None:
    desk.directory.mark_checked("q-never", datetime.now(CITY_ZONE).date(), by="Другая")
    desk.stale.count()
    desk.settle()

    assert desk.stale.state.count == 1
    assert len([row for row in desk.stale.state.rows if row.key]) == 2


def test_more_searches_than_are_listed_are_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unanswered, "SHOWN_SEARCHES", 2)
    for typed in ("качели", "лавки", "горка"):
        desk.directory.abandoned(typed)
    desk.reload()

    assert (desk.unanswered.state.count, len(desk.searches())) == (3, 2)
