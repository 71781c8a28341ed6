"""Paragraphs of the regulation for the focused item, opened by one key; the focus is restored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from console.core import regulation_words
from console.features.call_card.card_view import CallCard
from console.features.dialing.panel import NumberPanel
from console.features.directory_editor.proposals_view import ProposalsView
from console.features.directory_search.panel import DirectoryPanel
from console.features.message_form.page import MessageForm
from console.features.regulation.panel import ParagraphPanel
from console.features.reports.page import ReportPage
from console.features.review.decision_view import RefusePane
from console.features.review.page import ReviewPage
from console.shared.messages.term_view import TermLine
from console.shared.messages.terms import NO_TERM
from console.shell.column_layout import DeskColumns
from console.ui.fields import FieldRow
from console.ui.paragraphs import ParagraphMark, paragraphs_at
from console.ui.text_field import TextField
from console.ui.theme import Theme
from sync.register.regulation import PARAGRAPHS, Edition, Editions, Provision
from tests.fakes.review_fakes import message_record, settle
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window, cut_words, open_editor, visible

pytestmark = NO_SCREEN
SHIFT = Qt.KeyboardModifier.ShiftModifier


def read(window: Window) -> list[str]:
    """Lines in the panel."""
    return [
        label.text()
        for label in visible(window.part(ParagraphPanel), QLabel)
        if isinstance(label, QLabel) and label.text()
    ]


def ask(window: Window) -> tuple[str, ...]:
    window.press(Qt.Key.Key_F1, SHIFT)
    assert window.shows(ParagraphPanel)
    return tuple(one.number for one in window.presenters.paragraphs.state.shown)


def test_the_key_opens_what_asks_for_the_field_and_gives_the_caret_back(window: Window) -> None:
    window.talk()
    window.enter("Яма ")
    assert isinstance(QApplication.focusWidget(), TextField)

    assert ask(window) == ("7.3",)
    assert not window.shows(DirectoryPanel)
    assert "Пункт 7.3" in read(window)
    assert regulation_words.summary("7.3") in read(window)
    assert cut_words(window.page) == []
    window.enter("цифры и буквы не теряются в панели")
    window.press(Qt.Key.Key_Escape)

    assert window.shows(DirectoryPanel)
    window.enter("во дворе")
    assert window.card.content == "Яма во дворе"


def test_the_same_key_closes_and_arrows_turn_to_the_neighbours(window: Window) -> None:
    window.talk()
    ask(window)
    for key, number in (
        (Qt.Key.Key_Right, "7.4"),
        (Qt.Key.Key_Left, "7.3"),
        (Qt.Key.Key_Left, "7.2"),
    ):
        window.press(key)
        assert [one.number for one in window.presenters.paragraphs.state.shown] == [number]
        assert regulation_words.summary(number) in window.part(ParagraphPanel).accessibleName()
    window.press(Qt.Key.Key_F1, SHIFT)

    assert not window.shows(ParagraphPanel)
    assert isinstance(QApplication.focusWidget(), TextField)


def test_there_is_nothing_before_the_first_and_behind_the_last(window: Window) -> None:
    paragraphs = window.presenters.paragraphs
    for first, step in ((PARAGRAPHS[0], -1), (PARAGRAPHS[-1], 1)):
        paragraphs.open((first,))
        paragraphs.go(step)
        assert [one.number for one in paragraphs.state.shown] == [first]
    paragraphs.close()


def test_fields_of_a_message_have_theirs(window: Window) -> None:
    window.talk()
    window.enter("Яма во дворе")
    window.press(Qt.Key.Key_3, CTRL)
    form = window.part(MessageForm)
    told = {
        row.label.text(): paragraphs_at(next(_fields(row)))
        for row in form.findChildren(FieldRow)
        if row.label.text()
    }

    assert told == {
        "Автор": ("6.2",),
        "Что?": ("6.1",),
        "Где?": ("6.1",),
        "Когда?": ("6.1",),
        "Тема": ("5.3",),
        "Показать всем?": ("6.8",),
        "Фото": ("6.5", "6.6", "6.7"),
    }
    marks = [mark for mark in visible(form, ParagraphMark) if isinstance(mark, QLabel)]
    assert "п. 6.5–6.7" in [mark.text() for mark in marks]
    window.press(Qt.Key.Key_Escape)
    assert ask(window) == ("7.3",)


def _fields(row: FieldRow) -> Iterator[QWidget]:
    return iter(
        child
        for child in row.findChildren(QWidget)
        if child.focusPolicy() is not Qt.FocusPolicy.NoFocus or child.property("paragraphs")
    )


def test_a_finding_beside_the_message_names_its_own(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("1")
    rows = [
        child
        for child in visible(window.page, QWidget)
        if type(child).__name__ == "_RowView" and child.accessibleName()
    ]
    assert rows
    for row in rows:
        assert paragraphs_at(row), row.accessibleName()
        assert all(regulation_words.mark(n) in row.accessibleName() for n in paragraphs_at(row))
    window.press(Qt.Key.Key_Escape)


def test_a_mark_is_clicked_and_tells_what_it_says(window: Window) -> None:
    window.talk()
    marks = [m for m in visible(window.part(CallCard), ParagraphMark) if isinstance(m, QLabel)]
    result = next(mark for mark in marks if mark.text() == "п. 7.4")
    assert regulation_words.summary("7.4") in result.toolTip()

    QTest.mouseClick(result, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()

    assert regulation_words.summary("7.4") in read(window)
    window.press(Qt.Key.Key_Escape)
    assert isinstance(QApplication.focusWidget(), TextField)


def test_screen_readers_hear_the_paragraph_with_the_field(window: Window) -> None:
    window.talk()
    focused = QApplication.focusWidget()
    assert focused is not None

    assert focused.accessibleDescription() == regulation_words.told(("7.3",))
    assert focused.accessibleDescription().startswith("п. 7.3: ")


def test_another_column_takes_the_place_of_the_paragraphs(window: Window) -> None:
    window.talk()
    ask(window)
    window.press(Qt.Key.Key_F7)
    assert window.shows(NumberPanel)
    assert not window.shows(ParagraphPanel)
    window.press(Qt.Key.Key_Escape)


def test_a_page_that_takes_the_whole_width_has_them_beside_it_too(window: Window) -> None:
    window.press(Qt.Key.Key_R, CTRL)
    assert window.shows(ReportPage)

    assert ask(window) == ("11",)
    assert "Раздел 11" in read(window)
    assert cut_words(window.page, may_elide=True) == []
    window.press(Qt.Key.Key_Escape)
    assert window.shows(ReportPage)


def test_the_text_of_the_city_stands_under_our_line_and_scrolls(window: Window) -> None:
    long_text = "\n".join(f"строка {number};" for number in range(120))
    provisions = (Provision("7.3", f"Слова города.\n{long_text}"), Provision("7.4", "Дальше."))
    window.presenters.paragraphs.set_editions(
        Editions((Edition("Первая редакция", date(2026, 2, 1), provisions),))
    )
    window.talk()
    ask(window)
    lines = read(window)
    assert lines.index(regulation_words.summary("7.3")) < lines.index(provisions[0].text)
    assert "Первая редакция, действует с 01.02.2026" in lines
    panel = window.part(ParagraphPanel)
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() > 0
    window.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    assert "Слова города" in panel.accessibleDescription()
    window.press(Qt.Key.Key_Right)
    assert bar.value() == 0
    assert "Дальше." in read(window)
    window.press(Qt.Key.Key_Escape)
    window.presenters.paragraphs.set_editions(Editions())


def test_a_refusal_says_by_which_edition_its_grounds_are(own_window: Window) -> None:
    window = own_window
    first = Edition("Первая", date(2026, 2, 1), (Provision("7.7", "Основания."),))
    window.presenters.paragraphs.set_editions(Editions((first,)))
    window.bench.city.submit(message_record(1, "Яма у дома"))
    for key in (Qt.Key.Key_F10, Qt.Key.Key_Return, Qt.Key.Key_2):
        window.press(key)
        settle()
    pane = window.part(RefusePane)

    def said() -> list[str]:
        return [label.text() for label in pane.findChildren(QLabel) if not label.isHidden()]

    assert "Первая, действует с 01.02.2026" in said()
    window.presenters.paragraphs.set_editions(Editions())

    assert not [text for text in said() if text.startswith("Первая")]
    assert paragraphs_at(pane) == ("7.7", "7.10")


def test_a_term_names_the_paragraphs_of_its_reasons(window: Window, theme: Theme) -> None:
    line = TermLine(theme)
    why = ("Отправлено в субботу (7.12).", "Не больше двух рабочих дней: вт 01.12.2026 (7.11).")
    line.show_term(replace(NO_TERM, until="до вт 01.12.2026", why=why))

    assert paragraphs_at(line) == ("7.12", "7.11")
    line.deleteLater()


def test_the_columns_of_a_review_stay_whole_beside_them_on_a_small_screen(
    own_window: Window,
) -> None:
    own_window.bench.city.submit(message_record(1, "Яма у дома"))
    own_window.part(DeskColumns).setFixedWidth(1280)
    for key in (Qt.Key.Key_F10, Qt.Key.Key_Return, Qt.Key.Key_2):
        own_window.press(key)
        settle()
    page, pane = own_window.part(ReviewPage), own_window.part(RefusePane)
    assert pane.isVisible()
    assert ask(own_window) == ("6.1",)  # of the row of the check-list that has the keyboard
    settle()

    assert pane.mapTo(page, pane.rect().topRight()).x() < page.width()
    panel = own_window.part(ParagraphPanel)
    assert panel.mapTo(own_window.page, panel.rect().topRight()).x() < 1280


def test_a_click_opens_the_paragraphs_of_a_mark_that_was_made_late(own_window: Window) -> None:
    open_editor(own_window)
    own_window.press(Qt.Key.Key_P, ALT)
    settle()
    view = own_window.part(ProposalsView)
    mark = next(one for one in visible(view, ParagraphMark) if isinstance(one, ParagraphMark))
    assert not own_window.shows(ParagraphPanel)

    QTest.mouseClick(mark, Qt.MouseButton.LeftButton)
    settle()

    assert own_window.shows(ParagraphPanel)
