"""The preferences page by keyboard: each choice has an immediate effect, columns retain their
width.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage
from console.features.own_desk.page import OwnDeskPage
from console.shell.column_layout import ColumnEdge, DeskColumns
from console.shell.main_page import DeskPage
from console.shell.navigation import NavigationColumn
from console.shell.right_column import RightColumn
from console.ui.buttons import ActionButton
from console.ui.choices import ChoiceRow
from console.ui.notices import Toast
from console.ui.theme import Theme
from sync.register.people.own_desk import OwnDesk
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Told
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SMALL_SCREEN, Window, cut_words, visible

pytestmark = NO_SCREEN
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
LARGE_SCREEN = (1920, 1080)


@pytest.fixture
def desk(own_window: Window) -> Window:
    """A workspace whose operator has signed in and changed no preference yet."""
    own_window.presenters.own_desk.sign_in(OPERATOR, OwnDesk())
    own_window.page.setFixedSize(*LARGE_SCREEN)
    own_window.press(Qt.Key.Key_B, CTRL_SHIFT)
    settle()
    return own_window


def kept(desk: Window) -> OwnDesk:
    return desk.own_desks.kept[OPERATOR.id]


def right_px(desk: Window) -> int:
    settle()
    return desk.part(RightColumn).width()


def go_to(desk: Window, name: str) -> None:
    """By Tab, as an operator without a mouse does."""
    page = desk.part(OwnDeskPage)
    rows = {row.accessibleName(): row for row in page.findChildren(ChoiceRow)}
    for _step in range(20):
        focused = desk.page.focusWidget()
        assert focused is not None
        if focused.accessibleName() == name or (name in rows and rows[name].isAncestorOf(focused)):
            return
        desk.press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def test_every_choice_holds_at_once_and_is_kept(desk: Window, theme: Theme) -> None:
    go_to(desk, "Цвета")
    desk.press(Qt.Key.Key_Right)
    assert theme.name == "dark"
    go_to(desk, "Размер текста")
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Right)
    assert theme.text_scale == 1.25
    go_to(desk, "Карточка вызова")
    desk.press(Qt.Key.Key_Right)
    go_to(desk, "Левый столбец")
    desk.press(Qt.Key.Key_Right)
    settle()
    assert desk.part(NavigationColumn).width() == theme.size("left_rail")
    go_to(desk, "Язык")
    desk.press(Qt.Key.Key_Right)
    settle()
    said = [label.text() for label in visible(desk.page, QLabel) if isinstance(label, QLabel)]
    assert "Язык сменится, когда программа будет запущена снова." in said

    assert kept(desk) == OwnDesk("dark", 125, "en", "answer", True)
    assert cut_words(desk.page) == []

    go_to(desk, "Всё как на рабочем месте")
    desk.press(Qt.Key.Key_Space)
    settle()
    assert kept(desk) == OwnDesk()
    assert (theme.name, theme.text_scale) == ("light", 1.0)
    assert desk.part(NavigationColumn).width() == theme.size("left")
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows(JournalPage)


def test_the_program_is_started_again_for_a_language_by_a_key(desk: Window) -> None:
    asked = Told(desk.settings_bench.chosen.restart_asked)
    go_to(desk, "Язык")
    desk.press(Qt.Key.Key_Right)
    settle()
    go_to(desk, "Перезапустить сейчас")
    desk.settings_bench.line_is_free = False
    desk.press(Qt.Key.Key_Space)

    def said() -> list[str]:
        labels = visible(desk.part(OwnDeskPage), QLabel)
        return [label.text() for label in labels if isinstance(label, QLabel)]

    assert "Идёт вызов: перезапустите программу, когда линия свободна" in said()
    assert cut_words(desk.page) == []
    assert asked.values == []
    desk.settings_bench.line_is_free = True
    desk.press(Qt.Key.Key_Space)
    assert not any("Идёт вызов" in text for text in said())
    assert len(asked.values) == 1


def test_no_word_of_a_choice_is_cut_in_large_letters(desk: Window, theme: Theme) -> None:
    rows = desk.part(OwnDeskPage).findChildren(ChoiceRow)
    usual = [len({cell.y() for cell in row.tab_stops}) for row in rows]
    desk.page.setFixedSize(*SMALL_SCREEN)
    for percent in (150, 200):
        desk.presenters.own_desk.choose_text(percent)
        settle()
        narrow = [
            (row.accessibleName(), cell.accessibleName())
            for row in rows
            for cell in row.tab_stops
            if cell.width() < cell.needed_px
        ]
        assert narrow == []
    desk.presenters.own_desk.choose_text(100)
    settle()

    assert [len({cell.y() for cell in row.tab_stops}) for row in rows] == usual == [1] * len(rows)


def test_the_arrows_go_on_where_the_choices_stand_in_several_lines(
    desk: Window, theme: Theme
) -> None:
    """With large text the right arrow stopped at the end of a line."""
    desk.page.setFixedSize(*SMALL_SCREEN)
    go_to(desk, "Размер текста")
    for key, percents in (
        (Qt.Key.Key_Right, (110, 125, 150, 175, 200, 200)),
        (Qt.Key.Key_Left, (175, 150, 125, 110, 100, 100)),
    ):
        reached = []
        for _step in percents:
            desk.press(key)
            settle()
            reached.append(round(theme.text_scale * 100))
        assert reached == list(percents)


def test_without_another_language_no_new_start_is_offered(desk: Window) -> None:
    names = [one.accessibleName() for one in visible(desk.part(OwnDeskPage), ActionButton)]
    assert "Перезапустить сейчас" not in names


def test_the_right_column_is_made_wider_by_keys_and_stays_so(desk: Window, theme: Theme) -> None:
    fitting = right_px(desk)
    go_to(desk, "Шире")
    for _time in range(3):
        desk.press(Qt.Key.Key_Space)
    assert right_px(desk) == fitting + 120
    assert kept(desk).right_px == fitting + 120
    desk.press(Qt.Key.Key_Escape)
    desk.talk()
    assert desk.shows(CallCard)
    assert right_px(desk) == fitting + 120

    # a larger text size widens the column if there is space
    desk.presenters.own_desk.choose_right(500)
    desk.presenters.own_desk.choose_text(150)
    assert right_px(desk) == 750
    desk.presenters.own_desk.choose_text(100)
    desk.press(Qt.Key.Key_B, CTRL_SHIFT)
    go_to(desk, "По ширине окна")
    desk.press(Qt.Key.Key_Space)
    assert right_px(desk) == fitting
    assert kept(desk).right_px is None


def test_no_width_leaves_the_form_without_room(desk: Window, theme: Theme) -> None:
    desk.presenters.own_desk.choose_right(1200)
    widest = right_px(desk)
    assert widest == 1920 - theme.size("left") - theme.size("form_narrow")
    desk.page.setFixedSize(1366, 768)
    assert right_px(desk) == 1366 - theme.size("left_rail") - theme.size("form_narrow")
    desk.page.setFixedSize(*LARGE_SCREEN)
    assert right_px(desk) == widest  # the preference is retained in a small window
    desk.presenters.own_desk.choose_right(300)
    assert right_px(desk) == theme.size("right_least")


def test_a_step_while_the_column_lies_over_the_page_goes_on_from_what_was_chosen(
    desk: Window, theme: Theme
) -> None:
    """The width that covers the page was stored, regardless of the key pressed."""
    desk.presenters.own_desk.choose_right(500)
    go_to(desk, "Шире")
    desk.page.setFixedSize(theme.size("left_rail") + theme.size("right_least") + 300, 768)
    settle()
    columns = desk.part(DeskColumns)
    assert isinstance(columns, DeskColumns)
    assert columns.is_over
    desk.press(Qt.Key.Key_Space)
    assert kept(desk).right_px == 540
    desk.page.setFixedSize(*LARGE_SCREEN)
    settle()
    assert right_px(desk) == 540


def test_a_hand_draws_the_edge_of_the_column(desk: Window) -> None:
    fitting = right_px(desk)
    edge = desk.part(ColumnEdge)
    start = QPoint(2, 300)
    QTest.mousePress(edge, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(edge, start - QPoint(100, 0))
    settle()
    assert right_px(desk) == fitting + 100
    assert OPERATOR.id not in desk.own_desks.kept  # the mouse button is still pressed
    # the edge has moved away from the pointer
    QTest.mouseRelease(edge, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    assert kept(desk).right_px == fitting + 100
    QTest.mouseDClick(edge, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    assert right_px(desk) == fitting
    assert kept(desk) == OwnDesk()


def test_the_key_of_the_theme_goes_round_and_is_kept(desk: Window, theme: Theme) -> None:
    seen = []
    for _time in range(3):
        desk.press(Qt.Key.Key_B, CTRL)
        seen.append(theme.name)

    assert seen == ["dark", "contrast", "light"]
    assert kept(desk).theme == "light"


def test_another_person_has_her_own_desk_at_once(desk: Window, theme: Theme) -> None:
    own_desk = desk.presenters.own_desk
    own_desk.choose_theme("dark")
    own_desk.choose_right(500)
    own_desk.sign_in(SUPERVISOR, OwnDesk(theme="contrast", text_percent=150))
    assert (theme.name, theme.text_scale) == ("contrast", 1.5)
    own_desk.sign_in(OPERATOR, kept(desk))
    assert (theme.name, theme.text_scale, right_px(desk)) == ("dark", 1.0, 500)


def test_a_language_that_waits_since_before_there_was_a_desk_is_told(
    own_window: Window, theme: Theme
) -> None:
    own_window.presenters.own_desk.sign_in(OPERATOR, OwnDesk(language="en"))
    columns = DeskColumns(theme, own_window.presenters)
    page = DeskPage(theme, own_window.presenters, columns, CITY_ZONE)
    page.show()

    toast = page.findChild(Toast)
    assert toast is not None
    assert toast.isVisible()
    shown = [label.text() for label in toast.findChildren(QLabel)]
    assert "Для вашего языка нужен новый запуск" in shown
    page.close()
    page.deleteLater()
    own_window.presenters.own_desk.sign_in(OPERATOR, OwnDesk())
