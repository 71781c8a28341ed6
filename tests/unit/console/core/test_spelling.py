"""Spell checking of the text fields, with the real dictionary and real key events."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.spelling import (
    HunspellDictionary,
    NoDictionary,
    Speller,
    SpellingPresenter,
    SpellingStatus,
    TextWord,
    words_to_check,
)
from console.core.view_data import Notice
from console.ui.fields import LineField
from console.ui.spelling import check_line_spelling, check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.errors import DirectoryUnusable
from tests.fakes.console_fakes import Told
from tests.fakes.counted_calls import CountedCalls
from tests.fakes.spelling import open_speller

pytestmark = pytest.mark.qt_log_ignore("plugin does not support")

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
LIMIT_MS = 10_000
RED = 60  # redder than green; letters and background are grey


def test_each_plain_word_is_taken_once() -> None:
    """Every typed letter causes all words of the paragraph to be read again."""
    with CountedCalls(TextWord.__init__) as counted:
        words = list(words_to_check("не горит свет во дворе дома"))

    assert [word.text for word in words] == ["не", "горит", "свет", "во", "дворе", "дома"]
    assert counted.counts.total() == len(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Не работает лифт", ["Не", "работает", "лифт"]),
        ("почта ivan@mail.ru и www.gorod.ru, сайт город.рф", ["почта", "сайт"]),
        ("на 2-й день, кв15, 5-этажный дом", ["на", "день", "дом"]),
        ("на ул. Ленина в МФЦ", ["на"]),
        ("Пришла Орлова. Дом стоит", ["Пришла", "Дом", "стоит"]),
        ("сайт на Wi-Fi и IT-отдел", ["сайт", "на", "отдел"]),
        ("кое-где пaспорт", ["кое-где", "пaспорт"]),
        ("ГорВодоканал молчит", ["молчит"]),
        ("дорга. Потом", ["дорга", "Потом"]),
        ("- Ведро\n", ["Ведро"]),
        ("", []),
    ],
)
def test_only_words_that_may_be_misspelled_are_asked_about(text: str, words: list[str]) -> None:
    found = list(words_to_check(text))
    assert [word.text for word in found] == words
    assert all(text[word.start : word.end] == word.text for word in found)


def test_dictionaries_and_the_city_know_words(tmp_path: Path) -> None:
    speller = open_speller(tmp_path, ["Горзеленхоз Белоключевска"])
    right = ("заявление", "Заявление", "ёлка", "пандусы", "горзеленхоз", "день-два")
    wrong = ("заевление", "горзеленхос", "вообщем", "пaспорт")
    assert [speller.is_right(word) for word in right] == [True] * len(right)
    assert [speller.is_right(word) for word in wrong] == [False] * len(wrong)
    assert speller.suggestions("заевление")[0] == "заявление"
    speller.close()


def test_an_added_word_is_right_after_the_next_start(tmp_path: Path) -> None:
    speller = open_speller(tmp_path)
    assert not speller.is_right("ступенькоход")
    speller.add("Ступенькоход")
    speller.add("ступенькоход")
    assert speller.is_right("ступенькоход")
    speller.close()
    again = open_speller(tmp_path)
    assert again.is_right("ступенькоход")
    assert (tmp_path / "added_words.txt").read_text(encoding="utf-8") == "ступенькоход\n"
    again.close()


def test_words_are_read_for_one_that_nobody_else_knows_and_given_back(tmp_path: Path) -> None:
    dictionary = HunspellDictionary()
    speller = Speller(dictionary, tmp_path / "added_words.txt", lambda: ["Горзеленхоз"])
    assert speller.is_right("заявление")
    assert speller.is_right("горзеленхоз")
    assert not dictionary.is_read
    assert not speller.is_right("заевление")
    assert dictionary.is_read
    speller.rest()
    assert dictionary.is_read
    speller.rest()
    assert not dictionary.is_read
    assert speller.suggestions("заевление")[0] == "заявление"
    assert dictionary.is_read
    speller.close()
    assert not dictionary.is_read


def test_words_that_nobody_needs_are_given_back_by_the_clock(
    qtbot: QtBot, tmp_path: Path, owner: QObject
) -> None:
    dictionary = HunspellDictionary()
    spelling = SpellingPresenter(
        lambda: Speller(dictionary, tmp_path / "added_words.txt", lambda: ()),
        ThreadPoolExecutor(1),
        Deliveries(owner),
        enabled=True,
        parent=owner,
        rest_every_ms=20,
    )
    with qtbot.waitSignal(spelling.checked, timeout=LIMIT_MS):
        assert not spelling.is_wrong("заевление")
    assert spelling.is_wrong("заевление")
    qtbot.waitUntil(lambda: not dictionary.is_read, timeout=LIMIT_MS)
    with qtbot.waitSignal(spelling.checked, timeout=LIMIT_MS):
        assert not spelling.is_wrong("горзеленхос")
    assert spelling.is_wrong("горзеленхос")
    spelling.close()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoDictionary, match="dictionary"):
        HunspellDictionary(dictionary=str(tmp_path / "ru_RU.dic"))
    with pytest.raises(NoDictionary, match="library"):
        HunspellDictionary(library=str(tmp_path / "hunspell.dll"))


class Desk:
    """A window with a spell-checked text field, operated by key events."""

    def __init__(self, qtbot: QtBot, folder: Path, owner: QObject, speller: object = None) -> None:
        self.qtbot = qtbot
        self.worker = ThreadPoolExecutor(1)

        def none_there() -> Speller:
            raise NoDictionary("dictionary")

        opens = none_there if speller == "none" else lambda: open_speller(folder)
        self.spelling = SpellingPresenter(
            opens, self.worker, Deliveries(owner), enabled=speller != "off", parent=owner
        )
        self.notices = Told(self.spelling.told)
        self.theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
        self.window = QWidget()
        self.field = TextField(self.theme, "")
        self.other = TextField(self.theme, "")
        self.line = LineField(self.theme)
        check_spelling(self.field, self.theme, self.spelling)
        check_line_spelling(self.line, self.theme, self.spelling)
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.other)
        column.addWidget(self.line)
        self.edited = Told(self.field.edited)
        self.window.resize(500, 300)
        self.window.show()
        QTest.qWaitForWindowActive(self.window)
        self.field.setFocus()

    def close(self) -> None:
        self.spelling.close()
        self.window.close()
        self.window.deleteLater()

    def type(self, text: str, field: QWidget | None = None) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(field or self.field, event)

    def line_is_waved(self) -> bool:
        """Whether the line contains red pixels, as errors do in this theme."""
        image = self.line.grab().toImage()
        places = product(range(image.width()), range(image.height()))
        inks = (image.pixelColor(x, y) for x, y in places)
        return any(ink.red() - ink.green() > RED for ink in inks)

    def waved(self) -> list[str]:
        """Words that the layout underlines in the error colour."""
        found = []
        block = self.field.document().begin()
        while block.isValid():
            units = block.text().encode("utf-16-le")
            for one in block.layout().formats():
                style = one.format.underlineStyle()  # type: ignore[attr-defined]
                colour = one.format.underlineColor()  # type: ignore[attr-defined]
                assert style == QTextCharFormat.UnderlineStyle.WaveUnderline
                assert colour == self.theme.colour("danger")
                start, length = one.start, one.length  # type: ignore[attr-defined]
                found.append(units[2 * start : 2 * (start + length)].decode("utf-16-le"))
            block = block.next()
        return found

    def until_waved(self, *words: str) -> None:
        self.qtbot.waitUntil(lambda: self.waved() == list(words), timeout=LIMIT_MS)

    def menu(self) -> QMenu:
        """The open menu, once it has its suggestions."""

        def is_ready() -> bool:
            menu = QApplication.activePopupWidget()
            return isinstance(menu, QMenu) and menu.activeAction() is not None

        self.qtbot.waitUntil(is_ready, timeout=LIMIT_MS)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, owner: QObject) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, owner)
    yield made
    made.close()


def test_a_word_is_marked_once_the_caret_has_left_it(desk: Desk) -> None:
    desk.type("Нет отоплния")
    desk.spelling.when_checked(lambda: None)
    assert desk.waved() == []
    desk.type(" и воды")
    desk.until_waved("отоплния")
    desk.type(".")
    desk.until_waved("отоплния")


def test_the_word_is_marked_when_the_field_is_left(desk: Desk) -> None:
    desk.type("Нет отоплния")
    desk.other.setFocus()
    desk.until_waved("отоплния")


def test_a_rare_character_does_not_move_the_wave(desk: Desk) -> None:
    desk.field.replace_text("🙂🙂 нет отоплния 🙂 дорга")
    desk.until_waved("отоплния", "дорга")


def test_f7_goes_to_the_word_and_a_choice_mends_the_text(desk: Desk) -> None:
    desk.type("Нет отоплния и воды")
    desk.until_waved("отоплния")
    before = len(desk.edited.values)
    QTest.keyClick(
        desk.field,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    menu = desk.menu()
    assert desk.field.textCursor().selectedText() == "отоплния"
    assert desk.field.toPlainText() == "Нет отоплния и воды"
    assert len(desk.edited.values) == before
    active = menu.activeAction()
    assert active is not None
    assert active.text() == "отопления"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.field.toPlainText() == "Нет отопления и воды")
    assert desk.edited.values[-1] == "Нет отопления и воды"
    desk.until_waved()
    desk.field.undo()
    assert desk.field.toPlainText() == "Нет отоплния и воды"


def test_f7_judges_the_word_just_typed_and_goes_round(desk: Desk) -> None:
    desk.type("Нет дорги, нет отоплния")
    cursor = desk.field.textCursor()
    cursor.setPosition(len("Нет дорги,"))
    desk.field.setTextCursor(cursor)
    chosen = []
    QTest.keyClick(
        desk.field,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    for _ in range(3):
        menu = desk.menu()
        chosen.append(desk.field.textCursor().selectedText())
        QTest.keyClick(
            menu,
            Qt.Key.Key_J,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
    assert chosen == ["отоплния", "дорги", "отоплния"]
    QTest.keyClick(desk.menu(), Qt.Key.Key_Escape)


@pytest.mark.parametrize("in_line", [False, True])
def test_the_usual_menu_does_not_lie_over_the_words_that_are_offered(
    desk: Desk, in_line: bool
) -> None:
    field: LineField | TextField = desk.line if in_line else desk.field
    field.setFocus()
    desk.type("Нет отоплния", field)
    field.customContextMenuRequested.emit(field.rect().center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    # The usual text actions are in the same menu.
    assert len(menu.actions()) > 5
    assert [one for one in menu.findChildren(QWidget) if one.isVisible()] == []
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_an_added_word_loses_its_wave(desk: Desk) -> None:
    desk.field.replace_text("купили ступенькоход")
    desk.until_waved("ступенькоход")
    QTest.keyClick(
        desk.field,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    menu = desk.menu()
    add = next(action for action in menu.actions() if action.text().startswith("Добавить"))
    add.trigger()
    menu.close()
    desk.until_waved()


def test_a_changed_theme_changes_the_wave(desk: Desk) -> None:
    desk.field.replace_text("нет отоплния")
    desk.until_waved("отоплния")
    desk.theme.choose(ThemeChoice.DARK)
    assert desk.waved() == ["отоплния"]


LINES = 600
WRONG = "нет отоплния"
LONG = "\n".join([WRONG] * LINES)  # more lines than one pass checks


def test_a_long_text_that_comes_leaves_the_window_its_turns(desk: Desk) -> None:
    desk.field.replace_text(WRONG)
    desk.until_waved("отоплния")  # the misspelled word is cached
    desk.field.replace_text(LONG)

    assert desk.waved() == []
    desk.until_waved(*["отоплния"] * LINES)


def test_a_turn_looks_at_a_part_of_a_long_text(desk: Desk) -> None:
    desk.field.replace_text(WRONG)
    desk.until_waved("отоплния")
    desk.field.replace_text("\n".join([" ".join([WRONG] * 20)] * LINES))
    document = desk.field.document()
    seen = [(False, False)]
    while not all(seen[-1]):
        QApplication.processEvents()
        ends = document.begin(), document.lastBlock()
        seen.append((is_waved(ends[0]), is_waved(ends[1])))
        assert len(seen) < LIMIT_MS

    assert (True, False) in seen


def is_waved(block: QTextBlock) -> bool:
    return bool(block.layout().formats())


def test_a_long_text_that_is_changed_while_it_is_looked_at_is_looked_at_whole(desk: Desk) -> None:
    desk.field.replace_text(WRONG)
    desk.until_waved("отоплния")
    desk.field.replace_text(LONG)
    cursor = desk.field.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len(WRONG) * 2, cursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()

    desk.until_waved(*["отоплния"] * (LINES - 2))


def test_the_next_wrong_word_of_a_long_text_that_has_just_come_is_found(desk: Desk) -> None:
    desk.field.replace_text("нет отопления\n" * LINES + WRONG)
    QTest.keyClick(
        desk.field,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    desk.menu().close()

    assert desk.field.textCursor().selectedText() == "отоплния"


def test_a_long_text_stands_with_the_spacing_of_a_short_one_and_is_no_typing(desk: Desk) -> None:
    desk.field.replace_text(WRONG)
    short = desk.field.document().begin().blockFormat().lineHeight()
    desk.field.replace_text(LONG)
    document = desk.field.document()
    spacings = {document.findBlockByNumber(one).blockFormat().lineHeight() for one in range(LINES)}

    assert (desk.field.toPlainText(), spacings) == (LONG, {short})
    assert (document.isUndoAvailable(), desk.edited.values) == (False, [])
    desk.field.replace_text("")
    low = desk.field.height()
    desk.field.replace_text(LONG)
    assert desk.field.height() > low


def test_a_long_text_that_comes_is_laid_out_no_further_than_it_is_seen(desk: Desk) -> None:
    """The cursor of an empty field is at its end: the text up to there was laid out immediately."""
    desk.field.replace_text("")
    desk.field.replace_text(LONG)
    document = desk.field.document()

    assert document.begin().layout().lineCount() == 1
    assert document.lastBlock().layout().lineCount() == 0


def test_typing_and_undo_in_a_long_text_that_has_just_come_lose_nothing(desk: Desk) -> None:
    desk.field.replace_text("")
    desk.field.replace_text(LONG)
    QTest.keyClicks(desk.field, "!")
    assert desk.edited.values == [LONG + "!"]
    QTest.keyClick(desk.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert desk.field.toPlainText() == LONG
    assert not desk.field.document().isUndoAvailable()


@pytest.mark.parametrize("text", ["🙂 нет отопления", "🙂\n" + LONG])
def test_the_caret_keeps_its_place_in_a_text_that_comes(desk: Desk, text: str) -> None:
    """A character outside the BMP takes two Qt positions: a cursor at the end moved before it."""
    desk.field.replace_text("🙂🙂 нет")
    cursor = desk.field.textCursor()
    cursor.setPosition(5)
    desk.field.setTextCursor(cursor)
    desk.field.replace_text(text)
    assert desk.field.textCursor().position() == 5
    cursor.movePosition(cursor.MoveOperation.End)
    desk.field.setTextCursor(cursor)
    desk.field.replace_text(text + "!")
    assert desk.field.textCursor().atEnd()
    desk.field.replace_text("ж")
    assert desk.field.textCursor().atEnd()


def test_nothing_wrong_is_told(desk: Desk) -> None:
    desk.field.replace_text("нет отопления")
    QTest.keyClick(
        desk.field,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    desk.qtbot.waitUntil(lambda: bool(desk.notices.values), timeout=LIMIT_MS)
    notice = desk.notices.values[-1]
    assert isinstance(notice, Notice)
    assert notice.head == "В этом поле нет ошибок"


@pytest.mark.parametrize(
    ("speller", "status", "head"),
    [
        ("none", SpellingStatus.NO_DICTIONARY, "Нет словаря для проверки"),
        ("off", SpellingStatus.OFF, "Проверка правописания выключена"),
    ],
)
def test_without_a_dictionary_or_switched_off_it_is_said(
    qtbot: QtBot,
    tmp_path: Path,
    owner: QObject,
    speller: str,
    status: SpellingStatus,
    head: str,
) -> None:
    desk = Desk(qtbot, tmp_path, owner, speller)
    desk.field.replace_text("нет отоплния")
    QTest.keyClick(
        desk.field,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: bool(desk.notices.values), timeout=LIMIT_MS)
    notice = desk.notices.values[-1]
    assert isinstance(notice, Notice)
    assert (notice.head, notice.problem) == (head, False)
    assert desk.spelling.status is status
    assert desk.waved() == []
    desk.close()


def test_a_line_is_checked_as_a_text_is_and_loses_nothing_of_its_own(desk: Desk) -> None:
    desk.line.setFocus()
    desk.type("Нет отоплния", desk.line)
    told = Told(desk.line.textEdited)
    desk.qtbot.wait(50)
    assert not desk.line_is_waved()  # the word may still be incomplete
    desk.other.setFocus()
    desk.qtbot.waitUntil(desk.line_is_waved, timeout=LIMIT_MS)

    desk.line.setFocus()
    QTest.keyClick(desk.line, Qt.Key.Key_Home)
    QTest.keyClick(
        desk.line,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    menu = desk.menu()
    assert menu.activeAction().text() == "отопления"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert desk.line.text() == "Нет отопления"
    assert told.values == ["Нет отопления"]
    desk.qtbot.waitUntil(lambda: not desk.line_is_waved(), timeout=LIMIT_MS)
    QTest.keyClick(desk.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.line.text() == "Нет отоплния"


def test_a_line_that_is_shown_is_checked_too(desk: Desk) -> None:
    desk.line.setText("Лифт не рaботает")
    desk.qtbot.waitUntil(desk.line_is_waved, timeout=LIMIT_MS)
    desk.line.setText("Лифт не работает")
    desk.qtbot.waitUntil(lambda: not desk.line_is_waved(), timeout=LIMIT_MS)
    QTest.keyClick(
        desk.line,
        Qt.Key.Key_J,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    desk.qtbot.waitUntil(lambda: bool(desk.notices.values), timeout=LIMIT_MS)


def test_an_unreadable_directory_leaves_the_words_that_were_read(tmp_path: Path) -> None:
    is_readable = True

    def titles() -> Iterator[str]:
        yield "Горзеленхоз"
        if not is_readable:
            raise DirectoryUnusable(tmp_path, "SQLITE_CORRUPT")

    speller = Speller(NoWords(), tmp_path / "added_words.txt", titles)
    is_readable = False
    speller.read_city()

    assert speller.is_right("горзеленхоз")
    assert not speller.is_right("горзеленкос")


class NoWords:
    """A dictionary without words."""

    def is_right(self, _word: str) -> bool:
        return False

    def suggestions(self, _word: str) -> tuple[str, ...]:
        return ()

    def rest(self) -> None: ...

    def close(self) -> None: ...
