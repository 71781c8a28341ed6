"""Changing the text size at run time gives the same layout as a start with that size."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from console.features.call_bar.block_content import BlockContent
from console.features.call_bar.view import SIDE_PX, CallBlock, OperatorPill
from console.features.call_card.card_view import CallCard
from console.features.call_script.presenter import CallHint
from console.features.call_script.view import ScriptBlock
from console.features.directory_editor.entry_view import EntryForm
from console.features.directory_editor.section_view import DaysRow
from console.features.directory_search.panel import DirectoryPanel
from console.features.message_form.checks_view import ChecksPanel
from console.features.message_form.page import MessageForm
from console.shared.session.undo_view import FirstThing
from console.shell.column_layout import DeskColumns
from console.ui.buttons import ActionButton, ThemedButton
from console.ui.fields import LineField
from console.ui.notices import Toast
from console.ui.text_field import TextField
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.console_fakes import Clock
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import (
    ALT,
    CTRL,
    NO_SCREEN,
    SMALL_SCREEN,
    Window,
    cut_words,
    describe,
    in_sight,
    open_editor,
    pages_of,
    visible,
)

pytestmark = NO_SCREEN
PLAIN = Qt.KeyboardModifier.NoModifier
LARGE, LARGEST = 1.5, 2.0
CALL = Call()
MOST_TURNS = 10_000


@pytest.fixture
def theme(qapp: QApplication, tokens: Tokens, owner: QObject) -> Theme:
    made = Theme(tokens, ThemeChoice.LIGHT, parent=owner)
    made.install(qapp)
    return made


@pytest.fixture
def make_window(
    theme: Theme, owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[[str], Window]]:
    made: list[Window] = []

    def make(name: str) -> Window:
        folder = tmp_path / name
        folder.mkdir()
        window = Window(theme, owner, milestones, clock, folder)
        window.page.setFixedSize(1920, 1080)
        qtbot.addWidget(window.page)
        made.append(window)
        return window

    yield make
    for window in made:
        window.page.hide()
        window.entries.close()


def look(window: Window) -> dict[str, list[tuple[int, int, int, int]]]:
    """Geometry of all visible widgets, by description and parent."""
    settle()
    columns = window.page.findChild(DeskColumns)
    assert columns is not None
    # First: a wrong page is more informative than the geometry of its parts.
    places: dict[str, list[tuple[int, int, int, int]]] = {
        f"the page is {type(columns.current.widget).__name__}": []
    }
    for child in window.page.findChildren(QWidget):
        # The text of the status bar depends on the clock.
        if child.isVisible() and "StatusBar <" not in describe(child):
            box = child.geometry()
            at = (box.x(), box.y(), box.width(), box.height())
            places.setdefault(describe(child), []).append(at)
    return places


def choose(theme: Theme, scale: float) -> None:
    """Applies this size, including to all hidden widgets."""
    theme.choose(theme.choice, scale)
    settle_size(theme)


def settle_size(theme: Theme) -> None:
    for _turn in range(MOST_TURNS):
        if theme.is_settled:
            break
        QCoreApplication.processEvents()
    assert theme.is_settled
    settle()


Places = dict[str, list[tuple[int, int, int, int]]]


def differing(found: dict[str, Places], wanted: dict[str, Places]) -> dict[str, object]:
    """Widgets of each page with a different geometry, with both values."""
    differs = {
        page: {
            name: (wanted[page].get(name), found[page].get(name))
            for name in sorted({*wanted[page], *found[page]})
            if wanted[page].get(name) != found[page].get(name)
        }
        for page in wanted
    }
    return {page: names for page, names in differs.items() if names}


def see_every_page(window: Window) -> None:
    for _page in pages_of(window):
        settle()
    window.page.setFocus()


def test_every_page_is_laid_out_as_after_a_start_with_that_size(
    make_window: Callable[[str], Window], theme: Theme
) -> None:
    """Each page was shown in small text before, so it must grow completely."""
    grown = make_window("grown")
    see_every_page(grown)
    choose(theme, LARGE)
    found = {page: look(grown) for page in pages_of(grown)}
    made_so = make_window("made so")
    see_every_page(made_so)
    wanted = {page: look(made_so) for page in pages_of(made_so)}

    assert differing(found, wanted) == {}


def test_a_page_that_is_shown_before_its_turn_is_laid_out_as_after_a_start(
    make_window: Callable[[str], Window], theme: Theme
) -> None:
    grown = make_window("grown")
    see_every_page(grown)
    found: dict[str, Places] = {}
    pages = pages_of(grown)
    choose(theme, 1.0)
    theme.choose(theme.choice, LARGE)
    for page in pages:
        found[page] = look(grown)
        choose(theme, 1.0)
        theme.choose(theme.choice, LARGE)
    settle_size(theme)
    made_so = make_window("made so")
    see_every_page(made_so)
    wanted = {page: look(made_so) for page in pages_of(made_so)}

    assert differing(found, wanted) == {}


def test_the_words_in_an_empty_field_grow_as_after_a_start_with_that_size(
    make_window: Callable[[str], Window], theme: Theme
) -> None:
    def seen(window: Window) -> QImage:
        settle()
        field = window.part(CallCard).findChild(TextField)
        assert isinstance(field, TextField)
        window.page.setFocus()  # no text cursor
        return field.grab().toImage()

    grown = make_window("grown")
    grown.talk()
    small = seen(grown)
    theme.choose(theme.choice, LARGE)
    found = seen(grown)
    made_so = make_window("made so")
    made_so.talk()

    assert found == seen(made_so)
    assert found != small


def line_heights(part: QWidget, left: int) -> list[int]:
    """Height in px of each text line to the right of ``left``."""
    image = part.grab().toImage()
    ground = image.pixel(image.width() - 1, image.height() // 2)
    rows = [
        any(image.pixel(x, y) != ground for x in range(left, image.width()))
        for y in range(image.height())
    ]
    return [len(list(row)) for is_ink, row in groupby(rows) if is_ink]


def test_the_lines_of_the_call_keep_clear_of_one_another_in_the_largest_letters(
    theme: Theme, clock: Clock
) -> None:
    block = CallBlock(theme, clock)
    block.show_content(BlockContent("none", "phone", "+7 (900) 555-01-01", "(112000)"))
    heights = []
    for scale in (1.0, LARGEST):
        choose(theme, scale)
        block.resize(1000, theme.size("call_block"))
        heights.append(line_heights(block, SIDE_PX + theme.size("disc") + SIDE_PX))
    usual, large = heights

    assert len(usual) == len(large) == 2
    assert all(found > 1.8 * px for found, px in zip(large, usual, strict=True)), heights


def test_a_long_name_leaves_room_for_the_word_that_nobody_hears(theme: Theme, clock: Clock) -> None:
    """After a long name the warning was omitted, and so was the recording state."""
    muted = ("Вас не слышно", "microphone-slash", "warn")
    recording = ("Идёт запись", "record-fill", "danger")
    quality = ("хорошая связь", "cell-signal-full", "neutral")
    block = CallBlock(theme, clock)
    for title in ("Дежурный", "МУП «Белоключевский водоканал», абонентский отдел"):
        block.resize(486, theme.size("call_block"))
        content = BlockContent(
            "ok", "phone", title, "линия 301", None, clock.now, "Разговор", quality
        )
        content = replace(content, recording=recording)
        block.show_content(content)
        heard = block.grab().toImage()
        block.show_content(replace(content, pill=muted))

        assert block.grab().toImage() != heard, title


def test_the_page_that_is_shown_grows_at_once_and_shrinks_back(
    make_window: Callable[[str], Window], theme: Theme
) -> None:
    window = make_window("one")
    window.talk()
    before = look(window)
    theme.choose(theme.choice, LARGE)
    large = look(window)

    assert large != before
    assert cut_words(window.page, may_elide=True) == []

    theme.choose(theme.choice, 1.0)

    assert look(window) == before


def test_the_timer_of_a_long_call_is_given_its_room_when_the_hour_is_over(
    theme: Theme, clock: Clock, qtbot: QtBot
) -> None:
    block = CallBlock(theme, clock)

    def show(past_s: float) -> int:
        since = clock.now - timedelta(seconds=past_s)
        block.show_content(BlockContent("accent", "phone", "+7 (900) 555-01-01", "", since=since))
        return block.needed_px(with_disc=True)

    assert show(9) == show(3590)
    short = show(3598.5)
    with qtbot.waitSignal(block.timer_widened, timeout=10_000):
        block.show()
        clock.advance(2)
    hour = block.needed_px(with_disc=True)
    assert hour > short
    assert show(36_000) > hour
    assert show(9) == short


# --- largest text on a small screen ---


@pytest.fixture
def large_window(make_window: Callable[[str], Window], theme: Theme) -> Window:
    """Text at 200 percent at 1366 by 768 px, with an active call."""
    window = make_window("one")
    theme.choose(theme.choice, LARGEST)
    window.page.setFixedSize(*SMALL_SCREEN)
    settle()
    window.hear(CALL.ringing(), CALL.answered())
    settle()
    return window


@pytest.mark.parametrize("scale", [1.0, 1.25, LARGE, 1.75, LARGEST])
def test_the_days_of_an_entry_are_seen_to_their_last_digit(
    make_window: Callable[[str], Window], theme: Theme, scale: float
) -> None:
    window = make_window("one")
    window.page.setFixedSize(*SMALL_SCREEN)
    open_editor(window)
    window.presenters.editor.open("q-1")
    choose(theme, scale)
    row = window.part(DaysRow)
    days = [field for field in visible(row, LineField) if isinstance(field, LineField)]
    names = [field.accessibleName() for field in sorted(days, key=lambda it: (it.y(), it.x()))]

    assert names == ["Проверено", "Действует с", "Закрыта с"]
    assert [one.width() for one in days if one.width() < one.px_for("00.00.0000")] == []
    assert row.width() <= window.part(EntryForm).width()
    choose(theme, 1.0)
    assert len({field.y() for field in days}) == 1


def test_the_days_of_an_entry_stand_anew_as_often_as_the_size_changes(
    make_window: Callable[[str], Window], theme: Theme
) -> None:
    """A deleted line crashed the application."""
    window = make_window("one")
    window.page.setFixedSize(*SMALL_SCREEN)
    open_editor(window)
    window.presenters.editor.open("q-1")
    for _time in range(5):
        for scale, lines in ((LARGE, 2), (1.0, 1)):
            choose(theme, scale)
            fields = visible(window.part(DaysRow), LineField)
            gc.collect()
            assert len({field.y() for field in fields}) == lines


def outside(window: Window) -> list[str]:
    """Buttons that are not completely on the page."""
    room = window.page.rect()
    return [
        describe(button)
        for button in visible(window.page, ThemedButton)
        if not room.contains(QRect(button.mapTo(window.page, QPoint()), QSize(button.width(), 1)))
    ]


def test_the_search_lies_over_the_page_when_it_is_asked_for_and_goes_by_escape(
    large_window: Window,
) -> None:
    """It was next to the card, half of it off the screen, and cut off the card's text."""
    window = large_window
    window.enter("Яма ")
    assert not window.shows(DirectoryPanel)
    assert (outside(window), cut_words(window.page, may_elide=True)) == ([], [])

    window.press(Qt.Key.Key_F5)
    settle()
    panel = window.part(DirectoryPanel)
    assert panel.isVisible()
    assert in_sight(panel) == panel.rect()
    assert outside(window) == []
    window.press(Qt.Key.Key_Escape)
    assert not window.shows(DirectoryPanel)
    window.enter("у школы")
    assert window.card.content == "Яма у школы"


def test_nothing_is_taken_that_is_not_in_sight(large_window: Window) -> None:
    window = large_window
    window.press(Qt.Key.Key_1, ALT)

    assert window.part(Toast).accessibleName().startswith("Найденное сейчас не видно. F5")
    assert window.card.used_entries == ()


def test_the_script_comes_over_the_page_by_its_key(large_window: Window) -> None:
    window = large_window
    window.press(Qt.Key.Key_4, CTRL)
    settle()
    assert window.shows(ScriptBlock)
    window.press(Qt.Key.Key_4, CTRL)
    settle()
    assert not window.shows(ScriptBlock)


def test_findings_come_over_the_message_and_escape_leaves_them_first(
    large_window: Window,
) -> None:
    window = large_window
    window.press(Qt.Key.Key_3, CTRL)
    window.presenters.message.set_text("Яма")
    assert not window.shows(ChecksPanel)
    window.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert window.shows(ChecksPanel)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(MessageForm)
    assert not window.shows(ChecksPanel)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(CallCard)


@pytest.mark.parametrize("talked", [timedelta(), timedelta(hours=1), timedelta(days=2)])
def test_the_number_is_read_whole_and_the_state_gives_way_to_it(
    large_window: Window, talked: timedelta
) -> None:
    """The timer of a long call took so much space that the number was cut off."""
    window = large_window
    window.clock.now += talked
    window.hear(CALL.muted())
    settle()
    block, pill = window.part(CallBlock), window.part(OperatorPill)
    assert isinstance(block, CallBlock)
    assert block.width() >= block.needed_px(with_disc=False)
    assert pill.geometry().right() < block.geometry().left()
    assert pill.accessibleName().startswith("Разговор")


def test_the_field_with_the_caret_is_in_sight(large_window: Window) -> None:
    """The focused field was below the visible area, so the input was not seen."""
    content = QApplication.focusWidget()
    assert content is not None
    assert content.visibleRegion().boundingRect().height() == content.height()


def test_the_right_column_stands_beside_the_page_again_where_there_is_room(
    large_window: Window, theme: Theme
) -> None:
    window = large_window
    theme.choose(theme.choice, 1.0)
    settle()

    panel = window.part(DirectoryPanel)
    assert panel.isVisible()
    card = window.part(CallCard)
    assert (
        card.mapTo(window.page, QPoint()).x() + card.width()
        <= panel.mapTo(window.page, QPoint()).x()
    )


@pytest.mark.parametrize(("width_px", "right_px"), [(1366, 392), (1440, 412), (1920, 560)])
def test_what_a_form_leaves_over_goes_to_the_right_column(
    make_window: Callable[[str], Window], width_px: int, right_px: int
) -> None:
    """On a wide screen titles were cut off next to 270 unused pixels."""
    window = make_window("one")
    window.page.setFixedSize(width_px, 1080)
    window.talk()
    settle()

    assert window.part(DirectoryPanel).width() == right_px
    assert window.part(CallCard).width() >= 700


def test_the_buttons_of_a_form_stand_under_its_fields_on_a_wide_screen(
    make_window: Callable[[str], Window], theme: Theme
) -> None:
    """At 3840 pixels the save button was two thousand pixels away."""
    window = make_window("one")
    window.page.setFixedSize(3840, 2160)
    window.talk()
    settle()
    card = window.part(CallCard)
    fields_px = theme.size("form_max") + theme.size("label_col") + 8
    edges = [
        button.mapTo(card, QPoint()).x() + button.width() for button in visible(card, ActionButton)
    ]

    assert max(edges) <= 24 + fields_px
    assert max(edges) >= fields_px - 60  # at its right end


def test_a_danger_is_seen_where_the_right_column_is_not(large_window: Window) -> None:
    window = large_window
    window.presenters.call_hint.changed.emit(CallHint("Сначала 112", "Звоните 112", is_danger=True))
    settle()

    (first,) = [one for one in visible(window.page, FirstThing) if one.isVisible()]
    assert first.visibleRegion().boundingRect() == first.rect()
    assert not window.shows(DirectoryPanel)
