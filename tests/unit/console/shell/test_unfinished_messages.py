"""A message started in a call is never lost: form, drafts and the record of the call show it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from console.features.history.page import ShownRecordPage
from console.features.journal.page import JournalPage
from console.features.journal.presenter import JournalList
from console.features.message_form.page import MessageForm
from console.ui.notices import Toast
from sync.register.calls import calls
from sync.register.calls.calls import CallResult, CallState
from sync.register.messages import State
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SECOND, Window

pytestmark = NO_SCREEN
PLACE = "ул. Пробная, у дома 5"


@pytest.fixture(autouse=True)
def _back_to_calls(window: Window) -> Iterator[None]:
    """Leaves the window for the next test with the list of calls and no open record."""
    yield
    window.presenters.journal.show_list(JournalList.CALLS)
    window.presenters.shown_record.forget()


def type_message(window: Window) -> UUID:
    """Presses Ctrl+3 and fills some fields; the message is then saved."""
    window.press(Qt.Key.Key_3, CTRL)
    assert window.shows(MessageForm)
    message = window.presenters.message
    message.set_place(PLACE)
    message.keep()
    settle()
    assert message.state.id is not None
    return message.state.id


def begin_call(window: Window, call: Call) -> UUID:
    window.talk(call)
    window.desk.change_card(calls.edit(window.card, content="Яма на дороге"))
    return window.card.id


def save_without_message(window: Window) -> None:
    """The first key press warns about the unfinished message, the second closes the call."""
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.shows(MessageForm)
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Return, CTRL)
    settle()


@pytest.fixture
def left(window: Window) -> tuple[UUID, UUID]:
    """A call and its message, which was unfinished when the call was closed."""
    call = Call()
    card_id = begin_call(window, call)
    message_id = type_message(window)
    window.tell(call.ended())
    save_without_message(window)
    assert window.register.records[card_id].state is CallState.CLOSED
    window.presenters.journal.reload()
    settle()
    return card_id, message_id


def test_the_form_stays_open_when_its_call_ends_though_the_card_was_to_be_saved_then(
    window: Window,
) -> None:
    call = Call()
    card_id = begin_call(window, call)
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.desk.state.closes_at_end
    message_id = type_message(window)
    window.tell(call.ended())
    settle()

    assert window.shows(MessageForm)
    assert window.presenters.message.state.place == PLACE
    assert window.register.records[card_id].state is CallState.DRAFT
    assert window.register.messages[message_id].state is State.DRAFT


def test_a_card_is_saved_with_its_call_again_when_no_message_is_made_after_all(
    window: Window,
) -> None:
    call = Call()
    card_id = begin_call(window, call)
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    window.press(Qt.Key.Key_3, CTRL)
    assert not window.desk.state.closes_at_end
    window.press(Qt.Key.Key_Escape)
    assert window.desk.state.closes_at_end
    window.tell(call.ended())
    settle()

    assert window.register.records[card_id].state is CallState.CLOSED
    assert window.register.messages == {}


def test_saving_the_call_says_that_a_message_is_unfinished(window: Window) -> None:
    call = Call()
    begin_call(window, call)
    type_message(window)
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.shows(MessageForm)
    toast = window.part(Toast)
    assert "Сообщение из этого вызова не закончено" in toast.accessibleName()
    assert not window.desk.state.closes_at_end


def test_a_message_of_a_closed_call_is_among_the_drafts_and_can_be_finished(
    window: Window, left: tuple[UUID, UUID]
) -> None:
    card_id, message_id = left
    window.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.shows(JournalPage)
    rows = window.presenters.journal.state.rows
    assert [(row.key, row.number) for row in rows] == [(message_id, "не закончено")]
    window.press(Qt.Key.Key_Return)
    settle()
    assert window.shows(MessageForm)
    message = window.presenters.message
    assert (message.state.place, message.state.text) == (PLACE, "Яма на дороге")
    number = window.register.records[card_id].number
    assert str(number) in message.state.subtitle

    window.tell(SECOND.ringing(), SECOND.ended())  # the form remains during missed calls
    assert window.shows(MessageForm)
    message.set_time_text("8:30")
    message.set_category("roads-pits")
    window.press(Qt.Key.Key_Return, CTRL)
    settle()

    assert window.register.messages[message_id].number is not None
    card = window.register.records[card_id]
    assert (card.state, card.message_id) == (CallState.CLOSED, message_id)
    assert (card.result, card.content) == (CallResult.MESSAGE, "Яма на дороге")
    assert not window.shows(MessageForm)
    window.presenters.journal.reload()
    settle()
    window.presenters.journal.show_list(JournalList.DRAFTS)
    assert list(window.presenters.journal.state.rows) == []


def test_the_record_of_the_call_shows_its_unfinished_message_and_leads_to_it(
    window: Window, left: tuple[UUID, UUID]
) -> None:
    card_id, _message_id = left
    window.presenters.journal.show_list(JournalList.CALLS)
    window.presenters.journal.open_row(card_id)
    settle()
    assert window.shows(ShownRecordPage)
    facts = {name: text for name, text, _ in window.presenters.shown_record.state.facts}
    assert facts["Незаконченное сообщение"] == "Яма на дороге"

    window.press(Qt.Key.Key_Return)
    settle()
    assert window.shows(MessageForm)
    assert window.presenters.message.state.place == PLACE


def test_a_form_that_is_emptied_and_left_is_no_draft_any_more(window: Window) -> None:
    begin_call(window, Call())
    message_id = type_message(window)
    window.presenters.message.set_text("")
    window.presenters.message.set_place(" ")
    window.press(Qt.Key.Key_Escape)
    settle()

    assert window.handling.steps_of(message_id) == ["discard"]
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert not window.shows(MessageForm)


def test_a_message_begun_in_a_call_that_is_a_draft_opens_with_its_card(
    window: Window,
) -> None:
    call = Call()
    card_id = begin_call(window, call)
    message_id = type_message(window)
    window.tell(call.ended())
    window.desk.put_aside()
    window.presenters.journal.reload()
    settle()
    window.presenters.journal.show_list(JournalList.DRAFTS)
    assert {row.key for row in window.presenters.journal.state.rows} == {card_id, message_id}

    window.presenters.journal.open_row(message_id)
    settle()
    assert window.shows(MessageForm)
    assert window.card.id == card_id
    assert window.presenters.message.state.id == message_id
