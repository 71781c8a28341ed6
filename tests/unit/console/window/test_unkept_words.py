"""What is typed and stands on no disk is found before the program is started again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from console.assembly.unkept_words import where_words_are_unkept
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import ALT, NO_SCREEN, Window

pytestmark = NO_SCREEN


def test_a_desk_at_rest_and_a_card_that_is_being_filled_in_keep_everything(window: Window) -> None:
    assert where_words_are_unkept(window.presenters) == ""
    window.talk()
    window.enter("Нет воды")
    assert where_words_are_unkept(window.presenters) == ""


def test_a_message_without_a_call_is_a_draft_of_the_disk(own_window: Window) -> None:
    own_window.presenters.reviews.new.set_field("text", "Яма у дома")
    assert where_words_are_unkept(own_window.presenters) == ""
    own_window.page.hide()


def test_forms_that_are_kept_while_they_are_typed_stand_in_no_way(own_window: Window) -> None:
    own_window.presenters.planned.set_note("о счёте")
    own_window.presenters.handover.set_note("Проверить 2611-0001-00001-1")
    assert where_words_are_unkept(own_window.presenters) == ""
    own_window.page.hide()


def test_an_edit_of_the_calendar_is_named(own_window: Window) -> None:
    own_window.press(Qt.Key.Key_K, ALT)
    settle()
    calendar = own_window.presenters.calendar
    assert where_words_are_unkept(own_window.presenters) == ""
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert calendar.state.stage.value == "form"
    assert where_words_are_unkept(own_window.presenters) == "календарь города"
    own_window.page.hide()
