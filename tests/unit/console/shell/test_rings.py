"""A ring during work never takes a letter, the focus or a page away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from console.features.call_card.card_view import CallCard
from console.features.directory_search.panel import DirectoryPanel
from console.features.message_form.page import MessageForm
from console.features.review.decision_state import Mode
from console.features.review.page import ReviewPage
from console.features.review.queue_page import QueuePage
from console.shared.directory.hits_view import SearchField
from console.shared.session.live_calls import LineState
from telephony.events import EndCause
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import message_record, settle
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, SECOND, Window

pytestmark = NO_SCREEN


def test_a_ring_never_takes_a_letter_from_a_field_being_typed_in(window: Window) -> None:
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    now = window.clock.now  # today, so the list shows them
    rings = [Call(f"ring-{index}@test.invalid", rang_at=now) for index in range(20)]
    for call in rings:
        window.tell(call.ringing())
        window.enter("а")
        window.tell(call.ended(EndCause.CALLER_GAVE_UP, after_s=5))
        window.enter("б")

    search = window.part(SearchField)
    assert isinstance(search, QLineEdit)
    assert search.text() == "ям" + "аб" * len(rings)
    assert search.hasFocus()
    assert window.phone.commands == [("forget", call.call_id) for call in rings]
    assert all(card.content == "" for card in window.register.records.values())


def test_a_ring_in_wrap_up_leaves_caret_and_text(window: Window) -> None:
    first = Call()
    window.talk(first)
    window.tell(first.ended())
    window.enter("Первый ")
    window.tell(SECOND.ringing())
    window.enter("звонок")

    assert window.card.sip_call_id == first.call_id
    assert window.card.content == "Первый звонок"
    assert window.desk.state.line is LineState.RINGING
    window.tell(SECOND.answered())
    window.enter("второй")
    assert window.card.sip_call_id == SECOND.call_id
    assert window.card.content == "второй"
    kept = window.register.of_call(first.call_id)
    assert kept is not None
    assert kept.content == "Первый звонок"


def test_a_ring_leaves_the_message_that_is_being_typed(window: Window) -> None:
    first = Call()
    window.talk(first)
    window.tell(first.ended())
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("текст")
    window.tell(SECOND.ringing())
    window.enter(" дальше")

    assert window.shows(MessageForm)
    assert window.presenters.message.state.text == "текст дальше"


def test_a_ring_without_typing_brings_the_card_and_its_caret(window: Window) -> None:
    window.tell(Call().ringing())

    assert window.shows(CallCard)
    window.enter("до ответа")
    assert window.card.content == "до ответа"


def test_a_call_interrupts_a_review_and_gives_it_back(own_window: Window) -> None:
    own_window.bench.city.submit(message_record(1, "Яма у дома"))
    own_window.press(Qt.Key.Key_F10)
    settle()
    assert own_window.shows(QueuePage)
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert own_window.shows(ReviewPage)
    assert not own_window.shows(DirectoryPanel)
    own_window.tell(SECOND.ringing())
    assert own_window.shows(ReviewPage)
    own_window.press(Qt.Key.Key_2, ALT)
    settle()
    assert own_window.bench.decision.state.mode is Mode.REFUSE
    own_window.tell(SECOND.answered())
    assert own_window.shows(CallCard)
    own_window.tell(SECOND.ended())
    own_window.desk.put_aside()
    settle()
    assert own_window.shows(ReviewPage)
    assert own_window.bench.decision.state.mode is Mode.REFUSE
    own_window.press(Qt.Key.Key_Escape)
    own_window.press(Qt.Key.Key_Escape)
    settle()
    assert own_window.shows(QueuePage)
    assert own_window.bench.city.holder(1) == ""
