"""The page of the city's calendar: an edit, the preview of moved deadlines, and the
confirmation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.spelling import SpellingPresenter
from console.features.calendar import words as calendar_words
from console.features.calendar.calendar_state import CalendarState, Stage
from console.features.calendar.page import CalendarPage, YearGrid, month_away
from console.features.calendar.side_view import EditList
from console.shared.messages.terms import USUAL_HOURS
from console.ui.labels import ThemedLabel
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.entries.attachments import Attachment, AttachmentKind
from kb.entries.entries import AnswerTerm, TopicDetails
from sync.register.calendar.calendar import DayKind, OrderedDay, OrderedKind
from sync.register.calendar.line_hours import ClosedAct, Interval, LineHours, SingleDay
from sync.register.calendar.terms import DayOfSending
from sync.register.checks.obscene import WordLists
from sync.register.checks.photo_formats import FileFormat
from sync.register.city import (
    CitySettings,
    DaysOrdered,
    EditProblem,
    LineChosen,
    Revoked,
    SettingsChosen,
    YearGiven,
)
from sync.register.handling.clocks import MovedTerm
from sync.register.messages import State
from sync.register.people.operators import Operator, Role
from sync.register.thematic import Agreed, TechnologicalMap, ThematicRegulation
from tests.fakes.city import BUILT_IN, Calendars, open_message, settled
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, InlineExecutor, Told
from tests.fakes.regulations import MAP, REGULATION, file_of
from tests.fakes.spelling import open_speller

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
SENT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Stand:
    """The presenter and its page, with two messages whose deadlines are running."""

    def __init__(self, owner: QObject, deliveries: Deliveries, milestones: Milestones) -> None:
        self.operator: Operator = SUPERVISOR
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        made = Calendars(
            InlineExecutor(), deliveries, milestones, lambda: self.operator, owner, lambda: self.now
        )
        self.city, self.store, self.terms = made.city, made.store, made.terms
        self.classifier, self.messages = made.classifier, made.messages
        self.documents = made.documents
        self.documents.attached = [
            Attachment("r", "roads", AttachmentKind.REGULATION, "Регламент", "regl-12.pdf"),
            Attachment("m", "road-service", AttachmentKind.MAP, "Карта", "karta-3.pdf"),
            Attachment("p", CATEGORIES[0].id, AttachmentKind.REGULATION, "Регл.", "regl-12.pdf"),
        ]
        self.presenter = made.presenter
        self.told = Told(self.presenter.told)
        self.messages.messages = [
            open_message(1, State.SUBMITTED, SENT),
            open_message(2, State.AT_ORGAN, SENT, text="Ёлка", category=CATEGORIES[0].id),
            open_message(3, State.CLOSED, SENT),
        ]
        given = replace(
            CATEGORIES[0], details=TopicDetails("roads", answer_term=AnswerTerm(3, "working"))
        )
        self.classifier.replace((TOPICS, (given,), ()))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        tokens = Tokens.read(RESOURCES / "styles" / "tokens.json")
        theme = Theme(tokens, ThemeChoice.LIGHT, parent=owner)
        theme.install(application)
        spelling = SpellingPresenter(
            lambda: open_speller(RESOURCES),
            InlineExecutor(),
            deliveries,
            enabled=False,
            parent=owner,
        )
        self.page = CalendarPage(theme, self.presenter, spelling)
        self.page.resize(1306, 665)
        self.page.show()
        self.page.open_page()

    @property
    def state(self) -> CalendarState:
        return self.presenter.state

    def stands_at(self, stage: Stage) -> bool:
        return self.presenter.state.stage is stage

    @property
    def grid(self) -> YearGrid:
        grid = self.page.findChild(YearGrid)
        assert isinstance(grid, YearGrid)
        return grid

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.page.focusWidget() or self.page, key)
            QCoreApplication.processEvents()

    def go_on(self) -> None:
        self.page.confirm()
        QCoreApplication.processEvents()

    def order(self, reason: str = "авария", document: str = "") -> None:
        """Applies the values of the form to the selected day."""
        self.presenter.begin_day()
        self.presenter.set_reason(reason)
        self.presenter.set_document(document)
        self.go_on()
        self.go_on()


@pytest.fixture
def stand(owner: QObject, deliveries: Deliveries, milestones: Milestones) -> Iterator[Stand]:
    made = Stand(owner, deliveries, milestones)
    yield made
    made.page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_day_off_is_ordered_by_keys_and_moves_the_terms_that_were_confirmed(
    stand: Stand,
) -> None:
    heard = Told(stand.city.changed)
    stand.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert stand.stands_at(Stage.FORM)
    assert stand.state.form.title == "Среда, 25 ноября 2026"
    assert stand.state.form.questions[0].chosen == OrderedKind.OFF.value
    stand.go_on()
    assert stand.state.form.problem == "Напишите причину"
    assert stand.store.edits == []

    stand.presenter.set_reason("авария на водоводе")
    stand.presenter.set_document("распоряжение № 5-р")
    stand.go_on()
    assert stand.stands_at(Stage.CONFIRM)
    assert stand.state.moved.title == "Сдвинутся 2 срока"
    assert [(row.what, row.who, row.version) for row in stand.state.moved.rows] == [
        (
            "2611-0001-00001-5 · Яма у дома",
            "было до чт 26.11.2026, станет до пт 27.11.2026",
            "на 1 день позже",
        ),
        (
            "2611-0001-00002-8 · Ёлка",
            "было до пт 27.11.2026, станет до пн 30.11.2026",
            "на 3 дня позже",
        ),
    ]
    assert stand.city.is_working_day(WEDNESDAY)  # nothing moves before the confirmation

    stand.go_on()
    made = stand.store.edits[0]
    assert made.change == DaysOrdered((OrderedDay(WEDNESDAY, OrderedKind.OFF, ""),))
    assert (made.reason, made.document) == ("авария на водоводе", "распоряжение № 5-р")
    assert [term.after for term in made.moved] == [date(2026, 11, 27), date(2026, 11, 30)]
    assert all(isinstance(term, MovedTerm) for term in made.moved)
    assert not stand.city.is_working_day(WEDNESDAY)
    assert len(heard.values) == 1
    assert stand.told.values[-1].head == "Календарь изменён"
    assert stand.told.values[-1].body == "Сдвинуты 2 срока"
    assert stand.stands_at(Stage.LOOK)
    assert stand.state.day.kind == "нерабочий по распоряжению"
    assert stand.state.day.lines == (
        "Причина: авария на водоводе",
        "Документ: распоряжение № 5-р",
        "Старшая Н., 24.11.2026 12:00",
        "Линия: закрыто",
    )
    assert stand.grid.hasFocus()
    assert "нерабочий по распоряжению" in stand.grid.accessibleName()
    assert not stand.page.grab().isNull()


def test_esc_goes_back_stage_by_stage_and_keeps_what_was_typed(stand: Stand) -> None:
    closed = Told(stand.page.closed)
    stand.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    stand.presenter.answer("kind", OrderedKind.SHORT.value)
    stand.presenter.set_reason("ремонт")
    stand.go_on()
    assert stand.state.moved.title == "Ни один открытый срок не сдвигается"
    stand.press(Qt.Key.Key_Escape)
    assert (stand.state.stage, stand.state.form.reason) == (Stage.FORM, "ремонт")
    stand.press(Qt.Key.Key_Escape)
    assert stand.stands_at(Stage.LOOK)
    assert not closed.values
    stand.press(Qt.Key.Key_Escape)
    assert closed.values
    assert stand.store.edits == []


def test_an_order_is_revoked_with_a_reason_and_the_terms_move_back(stand: Stand) -> None:
    stand.presenter.choose(WEDNESDAY)
    stand.order()
    stand.press(Qt.Key.Key_Delete)
    assert stand.state.form.lines == ("ср 25.11.2026 — нерабочий", "Причина: авария")
    stand.presenter.set_reason("отменено")
    stand.go_on()
    assert stand.state.moved.rows[0].version == "на 1 день раньше"
    stand.go_on()
    assert stand.store.edits[-1].change == Revoked(stand.store.edits[0].id)
    assert stand.city.is_working_day(WEDNESDAY)
    assert [(row.what, row.version) for row in stand.state.edits] == [
        ("Отменено: ср 25.11.2026 — нерабочий", ""),
        ("ср 25.11.2026 — нерабочий", "отменено"),
    ]
    for row in (0, 1, 5):  # a revocation, a revoked order, and no order
        stand.presenter.begin_revoking(row)
        assert stand.stands_at(Stage.LOOK)
    stand.presenter.begin_revoking()
    assert stand.stands_at(Stage.LOOK)


def test_a_term_that_the_edit_makes_run_out_is_told_first(stand: Stand) -> None:
    stand.presenter.choose(WEDNESDAY)
    stand.order()
    stand.now = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    stand.presenter.begin_revoking(0)
    stand.presenter.set_reason("отменено")
    stand.go_on()
    first = stand.state.moved.rows[0]
    assert (first.what[:17], first.version, first.role) == (
        "2611-0001-00001-5",
        "сразу просрочен",
        "danger",
    )
    assert "Из них 1 срок сразу окажется просрочен." in stand.state.moved.lead


def test_the_rules_of_the_city_are_asked_confirmed_and_hold(stand: Stand) -> None:
    stand.presenter.begin_rules()
    for key, value in (
        ("sending", DayOfSending.COUNTED.value),
        ("regional", "yes"),
        ("tells", "no"),
        ("turns", "yes"),
    ):
        stand.presenter.answer(key, value)
    stand.presenter.set_list("formats", "PDF, gif, неведомый")
    stand.presenter.set_reason("решение главы")
    stand.go_on()
    assert stand.state.form.problem.startswith("«неведомый» — не формат вложений")
    stand.presenter.set_list("formats", "PDF, gif")
    stand.presenter.set_list("denied", "Чебурёк, херня, вот те на")
    stand.go_on()
    assert stand.state.form.problem.startswith("«вот те на» — не одно слово")
    stand.presenter.set_list("denied", "Чебурёк, херня,")
    stand.presenter.set_list("allowed", "херня")
    stand.go_on()
    assert stand.state.form.problem.startswith("Слово стоит в обоих списках")
    stand.presenter.set_list("denied", "Чебурёк")
    stand.go_on()
    assert stand.state.moved.rows[0].who == "было до чт 26.11.2026, станет до ср 25.11.2026"
    stand.go_on()
    chosen = CitySettings(
        DayOfSending.COUNTED,
        True,
        False,
        True,
        frozenset({FileFormat.PDF, FileFormat.GIF}),
        WordLists(frozenset({"херня"}), frozenset({"чебурек"})),
    )
    assert stand.store.edits[0].change == SettingsChosen(chosen)
    assert stand.city.settings == chosen
    assert stand.city.calendar.kind_of(date(2026, 4, 21)) is DayKind.REGIONAL_HOLIDAY
    assert stand.told.values[-1].head == "Правила города изменены"
    assert stand.state.edits[0].what == "Правила города"
    stand.presenter.begin_rules()
    formats = calendar_words.formats_text(chosen.attachment_formats)
    assert [typed.text for typed in stand.state.form.lists] == [formats, "херня", "чебурек"]


LUNCH = (Interval(time(8), time(12)), Interval(time(13), time(20)))


def line_that_day(stand: Stand) -> str:
    return stand.state.day.lines[-1]


def test_the_hours_of_the_line_are_typed_confirmed_and_hold(stand: Stand) -> None:
    assert stand.city.line == LineChosen(USUAL_HOURS)
    assert line_that_day(stand) == "Линия: 08:00–20:00"
    QTest.keyClick(stand.page, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert stand.stands_at(Stage.FORM)
    typed = {field.name: field.text for field in stand.state.form.lists}
    assert typed["Понедельник"] == typed["Рабочий выходной (перенос)"] == "08:00–20:00"
    assert typed["Суббота"] == typed["Отдельные дни, через точку с запятой"] == ""
    stand.presenter.set_reason("постановление")
    stand.go_on()
    stand.go_on()
    assert stand.city.city.line == LineChosen(USUAL_HOURS)
    stand.presenter.begin_line()
    stand.presenter.set_reason("обед операторов")
    for wrong, problem in (
        ("с утра до 8", "Понедельник: «с утра до 8» — не часы"),
        ("20:00–08:00", "Понедельник: «20:00–08:00» — не часы"),
        ("8-20, перерыв 6-7", "Понедельник: «8-20, перерыв 6-7» — не часы"),
        ("8-13, 12-17", "Часы одного дня накладываются друг на друга"),
    ):
        stand.presenter.set_list("weekday-0", wrong)
        stand.go_on()
        assert stand.state.form.problem.startswith(problem)
        assert stand.stands_at(Stage.FORM)
    stand.presenter.set_list("weekday-0", "8–20, обед 12.00–13")
    stand.presenter.set_list("weekday-1", "8:00-12:00, 13:00-20:00")
    stand.presenter.set_list("weekday-2", "закрыто")
    stand.presenter.set_list("weekday-6", "0-24")
    for wrong in ("31.12.2026", "32.12.2026 8-15", "завтра 8-15"):
        stand.presenter.set_list("single-days", wrong)
        stand.go_on()
        assert stand.state.form.problem.startswith(f"«{wrong}» — не отдельный день")
    stand.presenter.set_list("single-days", "25.11.2026 8-15; 09.05.2026 закрыто")
    stand.presenter.answer("holidays", "yes")
    stand.go_on()
    assert stand.state.moved.title == "Ни один открытый срок не сдвигается"
    stand.go_on()

    usual = USUAL_HOURS.week[0]
    chosen = LineHours(
        week=(LUNCH, LUNCH, (), usual, usual, (), (Interval(time(0), time(0)),)),
        moved_working_day=usual,
        single_days=(
            SingleDay(date(2026, 5, 9)),
            SingleDay(WEDNESDAY, (Interval(time(8), time(15)),)),
        ),
        open_on_holidays=True,
    )
    assert stand.store.edits[-1].change == LineChosen(chosen)
    assert stand.city.line == LineChosen(chosen)
    assert stand.told.values[-1].head == "Часы линии изменены"
    assert stand.state.edits[0].what.startswith("Часы линии: пн–вт 08:00–20:00, перерыв 12:00–")
    assert line_that_day(stand) == "Линия: 08:00–20:00, перерыв 12:00–13:00"
    stand.press(Qt.Key.Key_Right)
    assert line_that_day(stand) == "Линия: 08:00–15:00"
    stand.presenter.begin_line()
    again = {field.key: field.text for field in stand.state.form.lists}
    assert again["weekday-0"] == again["weekday-1"] == "08:00–20:00, перерыв 12:00–13:00"
    assert again["weekday-6"] == "00:00–24:00"
    assert again["single-days"] == "09.05.2026 закрыто; 25.11.2026 08:00–15:00"
    stand.presenter.set_reason("ещё раз")
    stand.go_on()
    assert stand.state.form.problem.startswith("Это уже так")


def test_hours_of_the_line_that_another_has_changed_meanwhile_are_told(stand: Stand) -> None:
    stand.presenter.begin_line()
    stand.presenter.set_reason("обед")
    stand.presenter.set_list("weekday-0", "8-12, 13-20")
    others = LineHours((LUNCH,) * 5 + ((), ()))
    stand.city.use(settled(LineChosen(others)))
    stand.go_on()
    assert stand.stands_at(Stage.FORM)
    assert "Часы линии: пн–пт 08:00–20:00, перерыв 12:00–13:00" in stand.state.form.lines[-1]
    stand.go_on()
    stand.go_on()
    assert stand.city.line.hours.week[:2] == (LUNCH, USUAL_HOURS.week[1])


def test_what_becomes_of_calls_out_of_hours_is_chosen_with_them(stand: Stand) -> None:
    stand.presenter.begin_line()
    stand.presenter.set_reason("ночью отвечает ЕДДС")
    stand.presenter.answer("act", "redirect")
    stand.go_on()
    assert stand.state.form.problem.startswith("Укажите номер, на который переадресовать")
    stand.presenter.set_list("redirect", "+7 (900) 555-01-12")
    stand.go_on()
    stand.go_on()
    chosen = LineChosen(USUAL_HOURS, ClosedAct.REDIRECT, "+79005550112")
    assert stand.city.city.line == chosen
    said = "Часы линии: пн–пт 08:00–20:00; вне рабочих часов — на номер +79005550112"
    assert stand.state.edits[0].what == said
    stand.presenter.begin_line()
    stand.presenter.set_reason("объявление")
    stand.presenter.answer("act", "announce")
    stand.go_on()
    stand.go_on()
    assert stand.city.line.act is ClosedAct.ANNOUNCE
    assert stand.state.edits[0].what.endswith("вне рабочих часов — объявление")


def test_only_who_may_changes_the_hours_of_the_line(stand: Stand) -> None:
    stand.operator = OPERATOR
    stand.presenter.begin_line()
    assert stand.stands_at(Stage.LOOK)


def test_a_year_is_loaded_from_a_file_and_a_wrong_file_is_told_in_words(
    stand: Stand, tmp_path: Path
) -> None:
    def read(name: str, text: str) -> None:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        stand.presenter.begin_file()
        stand.presenter.set_path(str(file))
        stand.go_on()

    read("days.csv", "25.11.2026;выходной;приезд\n31.11.2026;выходной\n")
    assert stand.state.path_problem.startswith("days.csv, строка 2: нужны дата ДД.ММ.ГГГГ")
    for name, text, problem in (
        ("a.json", "{", "Файл a.json повреждён: это не целый JSON"),
        ("b.json", '{"days": 5}', "Файл b.json — не календарь"),
        ("c.json", "[]", "В файле нет ни одного дня"),
    ):
        read(name, text)
        assert stand.state.path_problem == problem
    stand.presenter.set_path(str(tmp_path / "none.json"))
    stand.go_on()
    assert stand.state.path_problem == "Файл none.json не читается"

    year = json.loads((RESOURCES / "calendars" / "russia-2027.json").read_text(encoding="utf-8"))
    moved = {"from": "2028-01-01", "to": "2028-05-05"}
    year |= {"year": 2028, "transfers": [moved], "short_days": ["2028-02-22"]}
    read("2028.json", json.dumps(year))
    assert stand.state.form.lines[1:] == (
        "1 перенесённый выходной",
        "0 рабочих выходных",
        "1 сокращённый день",
    )
    stand.presenter.answer("compared", "yes")
    stand.presenter.set_reason("постановление вышло")
    stand.go_on()
    stand.go_on()
    assert isinstance(stand.store.edits[0].change, YearGiven)
    assert not stand.city.calendar.is_provisional(2028)
    read("days.csv", "25.11.2026;выходной;приезд\n28.11.2026;рабочий\n")
    assert stand.state.form.lines == (
        "ср 25.11.2026 — нерабочий (приезд)",
        "сб 28.11.2026 — рабочий",
    )
    stand.presenter.set_reason("письмо края")
    stand.go_on()
    stand.go_on()
    assert stand.city.calendar.ordered_days[WEDNESDAY].reason == "приезд"
    assert stand.state.edits[0].what == "Из файла: 2 дня"


LIGHT = replace(
    REGULATION,
    id="roads-2026",
    topics=("roads",),
    agreed=(Agreed("waste-service", date(2025, 12, 22)),),
    body="road-service",
)
PITS = replace(MAP, category=CATEGORIES[0].id, body="road-service")


def load(stand: Stand, folder: Path, *records: ThematicRegulation | TechnologicalMap) -> None:
    file = folder / "regulations.json"
    file.write_text(file_of(*records), encoding="utf-8")
    if stand.stands_at(Stage.LOOK):
        stand.presenter.begin_file()
    stand.presenter.set_path(str(file))
    stand.go_on()


def test_regulations_are_loaded_seen_with_what_they_move_and_rule_once_confirmed(
    stand: Stand, tmp_path: Path
) -> None:
    load(stand, tmp_path, LIGHT, PITS)
    assert stand.state.form.title == "Регламенты и карты (пп. 3.1–3.3)"
    assert stand.state.form.lines == (
        "Тематический регламент № 12-р от 12.01.2026",
        "Утвердил: МКУ «Единый диспетчерский центр»",
        "Действует с 01.02.2026 по 31.12.2026",
        "Действует для тем и категорий: Дороги",
        "Срок ответа: 10 рабочих дней",
        "Файл: regl-12.pdf",
        "Орган: Дорожная служба",
        "Согласовано: Служба вывоза мусора 22.12.2025",
        "",
        "Технологическая карта № 3 от 01.03.2026",
        "Действует с 15.03.2026",
        "Действует для тем и категорий: Дороги › Ямы",
        "Срок ответа: 2 рабочих дня",
        "Файл: karta-3.pdf",
        "Орган: Дорожная служба",
    )
    stand.go_on()
    assert stand.state.form.problem == "Напишите причину"
    stand.presenter.set_reason("утверждены")
    stand.go_on()
    assert stand.stands_at(Stage.CONFIRM)
    stand.go_on()
    assert stand.stands_at(Stage.LOOK)
    assert set(stand.city.city.records) == {LIGHT, PITS}
    assert stand.state.edits[0].what == (
        "Тематический регламент № 12-р от 12.01.2026; Технологическая карта № 3 от 01.03.2026"
    )
    pit = replace(stand.messages.messages[1].standing, registered_at=SENT, organ="road-service")
    term = stand.terms.of(pit)
    assert term is not None
    assert term.due == date(2026, 11, 26)
    assert term.why[:2] == (
        "На ответ — 2 рабочих дня: так задано для категории «Дороги › Ямы» (пп. 3.1–3.3).",
        "По технологической карте № 3 от 01.03.2026 органа «Дорожная служба»:"
        " она важнее тематического регламента (п. 3.3).",
    )


def test_a_regulation_of_the_category_moves_its_term_and_its_end_moves_it_back(
    stand: Stand, tmp_path: Path
) -> None:
    pits = replace(LIGHT, topics=(), categories=(CATEGORIES[0].id,))
    load(stand, tmp_path, pits)
    stand.presenter.set_reason("утверждён")
    stand.go_on()
    assert [row.who for row in stand.state.moved.rows] == [
        "было до пт 27.11.2026, станет до вт 08.12.2026"
    ]
    stand.go_on()
    load(stand, tmp_path, replace(pits, valid_to=date(2026, 11, 23)))
    stand.presenter.set_reason("отменён")
    stand.go_on()
    assert [row.who for row in stand.state.moved.rows] == [
        "было до вт 08.12.2026, станет до пт 27.11.2026"
    ]
    stand.go_on()
    assert len(stand.city.city.edits) == 2, "the first edition stays"


def test_the_records_of_a_chosen_edit_are_told_whole(stand: Stand, tmp_path: Path) -> None:
    def shown() -> str:
        labels = stand.page.findChildren(ThemedLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    load(stand, tmp_path, LIGHT)
    stand.presenter.set_reason("утверждён")
    stand.go_on()
    stand.go_on()
    stand.presenter.choose(WEDNESDAY)
    stand.order()
    assert "Согласовано" not in shown()
    edits = stand.page.findChild(EditList)
    assert isinstance(edits, EditList)
    edits.setFocus()
    stand.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert edits.currentIndex().row() == 1
    assert "Утвердил: МКУ «Единый диспетчерский центр»" in shown()
    assert "Согласовано: Служба вывоза мусора 22.12.2025" in shown()
    stand.press(Qt.Key.Key_Up)
    assert "Согласовано" not in shown()
    stand.press(Qt.Key.Key_Down)
    load(stand, tmp_path, replace(LIGHT, number="13"))
    stand.presenter.set_reason("опечатка")
    stand.go_on()
    stand.go_on()
    assert "Согласовано" not in shown(), "no row of the new list is chosen"


def test_a_wrong_regulation_is_refused_in_words(stand: Stand, tmp_path: Path) -> None:
    load(stand, tmp_path, replace(LIGHT, topics=("lifts",)))
    assert stand.state.path_problem == (
        "В справочнике нет темы, категории или органа с ключом «lifts»"
    )
    load(stand, tmp_path, replace(LIGHT, body="nobody"))
    assert "«nobody»" in stand.state.path_problem
    load(stand, tmp_path, replace(LIGHT, file="regl-13.pdf"))
    assert stand.state.path_problem == (
        "Тематический регламент № 12-р от 12.01.2026: сначала прикрепите документ «regl-13.pdf»"
        " в справочнике к его теме, категории или органу"
    )
    stand.documents.refusing = True
    load(stand, tmp_path, LIGHT)
    assert stand.state.path_problem == "Справочник не читается; попробуйте ещё раз"
    stand.documents.refusing = False
    file = tmp_path / "regulations.json"
    file.write_text('{"regulations": [{"id": "a"}]}', encoding="utf-8")
    stand.go_on()
    assert stand.state.path_problem.startswith("Запись 1 файла regulations.json")
    load(stand, tmp_path, replace(LIGHT, valid_to=date(2026, 1, 1)))
    stand.presenter.set_reason("утверждён")
    stand.go_on()
    assert stand.state.form.problem == "Последний день действия записи раньше первого"
    assert stand.store.edits == []


def test_every_problem_of_an_edit_has_its_words() -> None:
    words = [calendar_words.edit_problem(problem) for problem in EditProblem]
    assert len(set(words)) == len(EditProblem)


def test_a_year_that_is_missing_or_provisional_is_warned_of(stand: Stand) -> None:
    assert stand.state.warning is None
    stand.presenter.move_year(1)
    assert stand.state.warning is not None
    assert stand.state.warning.head == "Календарь на 2027 год — предварительный."
    assert not stand.state.lacks_year
    assert "предварительный" in stand.state.subtitle
    stand.presenter.act_on_warning()
    stand.presenter.set_reason("сверено")
    stand.go_on()
    stand.go_on()
    assert stand.state.warning is None
    assert not stand.city.calendar.is_provisional(2027)

    stand.now = datetime(2027, 10, 1, 9, 0, tzinfo=UTC)
    stand.terms.look_at_day()
    assert stand.state.warning is not None
    assert stand.state.warning.head == "Нет календаря на 2028 год."
    assert stand.state.lacks_year
    stand.presenter.act_on_warning()
    assert stand.stands_at(Stage.FILE)
    stand.press(Qt.Key.Key_Escape)
    stand.presenter.move_year(1)
    assert stand.state.subtitle == "Переносы выходных на 2028 год не внесены"


def test_who_may_load_a_missing_year_is_told_of_it_once_a_day(stand: Stand) -> None:
    stand.now = datetime(2027, 9, 30, 20, 59, tzinfo=UTC)
    stand.presenter.signed_in()
    assert stand.told.values == []

    stand.now = datetime(2027, 9, 30, 21, 0, tzinfo=UTC)  # 1 October in the city
    stand.operator = OPERATOR
    stand.presenter.signed_in()
    assert stand.told.values == []
    stand.operator = SUPERVISOR
    for _sign_in in range(2):
        stand.presenter.signed_in()
    assert [notice.head for notice in stand.told.values] == ["Нет календаря на 2028 год."]
    assert "загрузите" in stand.told.values[0].body.lower()

    stand.now += timedelta(days=1)
    stand.presenter.signed_in()
    assert len(stand.told.values) == 2


def test_what_cannot_be_read_or_stored_leaves_the_form_as_it_was(stand: Stand) -> None:
    stand.presenter.choose(WEDNESDAY)
    stand.presenter.begin_day()
    stand.presenter.set_reason("авария")
    stand.messages.refusing = True
    stand.go_on()
    assert stand.state.form.problem == "Сообщения не читаются; попробуйте ещё раз"
    stand.messages.refusing = False
    stand.go_on()
    stand.store.refusing = True
    stand.go_on()
    assert (stand.state.stage, stand.state.form.reason) == (Stage.FORM, "авария")
    assert stand.state.form.problem.startswith("Диск не принимает запись")
    stand.store.refusing = False
    stand.go_on()
    stand.operator = OPERATOR
    stand.go_on()
    assert stand.state.form.problem == "Календарь меняют только старший и администратор"
    assert stand.city.is_working_day(WEDNESDAY)


def test_another_person_does_not_go_on_with_an_edit_and_an_operator_only_looks(
    stand: Stand,
) -> None:
    stand.presenter.begin_day()
    stand.page.show_rights()
    assert stand.stands_at(Stage.FORM)  # the same person
    stand.operator = OPERATOR
    stand.page.show_rights()
    assert stand.stands_at(Stage.LOOK)
    assert not stand.state.may_edit
    stand.press(Qt.Key.Key_Return)
    assert stand.stands_at(Stage.LOOK)
    assert stand.told.values[-1].problem


def test_who_may_not_read_the_register_sees_numbers_alone(stand: Stand) -> None:
    stand.operator = replace(SUPERVISOR, role=Role.ADMINISTRATOR)
    stand.presenter.choose(WEDNESDAY)
    stand.presenter.begin_day()
    stand.presenter.set_reason("авария")
    stand.presenter.begin_rules()  # a key pressed by mistake changes nothing
    stand.go_on()
    assert [row.what for row in stand.state.moved.rows] == [
        "2611-0001-00001-5",
        "2611-0001-00002-8",
    ]
    stand.go_on()
    assert (stand.store.edits[0].reason, stand.city.is_working_day(WEDNESDAY)) == ("авария", False)


def test_keys_walk_over_the_year_and_the_days_say_why(stand: Stand) -> None:
    assert stand.state.chosen == TUESDAY
    stand.press(Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert stand.state.chosen == date(2026, 11, 30)
    stand.press(Qt.Key.Key_PageDown)
    assert stand.state.chosen == date(2026, 12, 30)
    stand.press(Qt.Key.Key_Home)
    assert stand.state.chosen == date(2026, 12, 1)
    stand.press(Qt.Key.Key_End)
    assert stand.state.day.lines == (
        "Постановление Правительства № 1466 от 24.09.2025",
        "Линия: закрыто",
    )
    stand.press(Qt.Key.Key_Right)
    assert (stand.state.chosen, stand.state.day.kind) == (date(2027, 1, 1), "праздник")
    assert stand.state.day.lines == ("Праздник по статье 112 Трудового кодекса", "Линия: закрыто")
    assert len(stand.state.cells) == 365
    stand.presenter.choose(date(2028, 2, 29))
    stand.presenter.move_year(-1)
    assert stand.state.chosen == date(2027, 2, 28)
    assert month_away(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert BUILT_IN.kind_of(date(2026, 11, 3)) is DayKind.SHORT
    stand.presenter.choose(date(2026, 11, 3))
    assert stand.state.day.lines == (
        "На час короче (статья 95 Трудового кодекса)",
        "Линия: 08:00–19:00",
    )


def test_the_mouse_chooses_a_day_and_a_double_click_changes_it(stand: Stand) -> None:
    grid = stand.grid
    stand.presenter.choose(WEDNESDAY)
    spot = grid.chosen_area().center()
    stand.presenter.choose(TUESDAY)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=spot)
    assert stand.state.chosen == WEDNESDAY
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=spot)
    assert stand.stands_at(Stage.FORM)
