"""Manual records and additional questions of one call, operated by keyboard: no input is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from console.features.call_card.card_rows_view import ByHandRows
from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage
from console.features.journal.presenter import JournalList
from console.shared.session import card_words
from console.shared.session.live_calls import LineState
from sync.register.calls.calls import CallRecord, CallResult, CallState, RequestWay
from sync.register.people.operator_states import Doing
from sync.register.people.operators import Operator, Role
from sync.register.people.values import Absence
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SECOND, Window, cut_words

pytestmark = NO_SCREEN

COLLEAGUE = Operator(UUID(int=88), "vtoraya", "Вторая Проба Ивановна", Role.OPERATOR)
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def caret() -> str:
    focused = QApplication.focusWidget()
    return "" if focused is None else focused.accessibleName()


def doing(window: Window) -> Doing:
    return window.operator_state.status.doing


def stored(window: Window, card: CallRecord) -> CallRecord:
    found = window.register.call(card.id)
    assert found is not None
    return found


def test_a_walk_in_is_registered_by_keys_alone(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    assert window.shows(CallCard)
    assert window.shows(ByHandRows)
    assert caret() == "Лично"
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Tab)
    assert caret() == "Когда поступил запрос"
    window.enter("вчера 14:30")
    window.press(Qt.Key.Key_Tab)
    assert caret() == "Фамилия, имя, отчество"
    window.press(Qt.Key.Key_Tab)
    window.enter("8 900 555-01-55")
    for _field in range(2):
        window.press(Qt.Key.Key_Tab)
    window.enter("Спросил о графике")
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)

    (record,) = window.register.records.values()
    assert record.state is CallState.CLOSED
    assert record.way is RequestWay.MOBILE
    assert record.arrived_at == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert record.phone == "+79005550155"
    assert record.result is CallResult.ANSWERED
    assert record.answered_at is None


def test_its_list_says_that_no_call_is_behind_it(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    window.presenters.card.set_content("Спросил о графике")
    assert "внесена вручную" in window.presenters.card.state.subtitle
    window.press(Qt.Key.Key_D, CTRL)
    window.presenters.journal.show_list(JournalList.DRAFTS)
    settle()

    (row,) = window.presenters.journal.state.rows
    assert row.about == "Лично, внесена вручную: Спросил о графике"
    window.presenters.journal.show_list(JournalList.CALLS)


def test_what_is_no_moment_is_said_and_not_saved(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    window.presenters.card.set_content("Спросил о графике")
    window.press(Qt.Key.Key_1, CTRL)
    began = window.card.arrived_at
    moment = window.field(ByHandRows, "Когда поступил запрос")
    for text, told in (
        ("вчера", "Добавьте час"),
        ("как-то раз", "не поняты"),
        ("25.11.2026 23:30", "ещё не наступило"),
        ("01.09.2026 10:00", "Раньше прошлого месяца"),
    ):
        moment.setFocus()
        window.presenters.by_hand.set_moment(text)
        assert told in window.presenters.by_hand.state.problem
        window.press(Qt.Key.Key_Return, CTRL)
        assert moment.hasFocus()
        assert window.card.state is CallState.DRAFT
        assert window.card.arrived_at == began
    window.presenters.by_hand.set_moment("сегодня 9:15")
    window.press(Qt.Key.Key_Return, CTRL)

    (record,) = window.register.records.values()
    assert record.arrived_at == datetime(2026, 11, 25, 6, 15, tzinfo=UTC)


def test_opened_by_mistake_it_is_closed_as_such(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    window.press(Qt.Key.Key_0, CTRL)
    window.press(Qt.Key.Key_0, CTRL)
    assert window.card.result is CallResult.WRONG_NUMBER
    assert cut_words(window.part(CallCard), may_elide=True) == []
    window.press(Qt.Key.Key_Return, CTRL)

    (record,) = window.register.records.values()
    assert record.state is CallState.CLOSED
    assert card_words.result_mark(record)[0] == "открыта по ошибке"


def test_a_ring_leaves_it_and_an_answered_call_gives_it_back(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    record = window.card
    window.field(CallCard, "Что?").setFocus()
    window.enter("Пришёл ")
    window.tell(SECOND.ringing())
    assert window.desk.state.line is LineState.RINGING
    window.enter("лично")
    assert window.card.content == "Пришёл лично"
    window.tell(SECOND.answered())
    assert window.card.sip_call_id == SECOND.call_id
    assert stored(window, record).content == "Пришёл лично"
    window.enter("звонок")
    window.tell(SECOND.ended())
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.id == record.id
    assert window.card.content == "Пришёл лично"
    assert window.shows(CallCard)
    assert window.shows(ByHandRows)


def test_a_record_begun_while_a_call_is_answered_waits_for_its_turn(window: Window) -> None:
    window.register.held = True
    window.press(Qt.Key.Key_N, CTRL)
    window.press(Qt.Key.Key_N, CTRL)  # pressing it twice creates one record
    window.tell(SECOND.ringing(), SECOND.answered())
    window.register.held = False
    # The card of the call is opened first, as may happen with a slow disk.
    by_hand = window.register.take_waiting()
    window.register.release()
    QCoreApplication.processEvents()
    assert window.card.sip_call_id == SECOND.call_id
    by_hand()
    QCoreApplication.processEvents()
    assert window.card.sip_call_id == SECOND.call_id
    window.enter("звонок")
    window.press(Qt.Key.Key_1, CTRL)
    window.tell(SECOND.ended())
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.way is RequestWay.WALK_IN
    assert len(window.register.records) == 2


def test_a_record_covers_no_call_whose_card_is_still_being_written(window: Window) -> None:
    window.register.held = True
    window.press(Qt.Key.Key_N, CTRL)
    window.tell(SECOND.ringing(), SECOND.answered())
    window.register.release(1)
    QCoreApplication.processEvents()
    assert window.desk.state.line is LineState.TALKING
    assert window.desk.state.card is None
    window.register.held = False
    window.register.release()
    QCoreApplication.processEvents()
    assert window.card.sip_call_id == SECOND.call_id
    window.enter("звонок")
    window.press(Qt.Key.Key_1, CTRL)
    window.tell(SECOND.ended())
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.way is RequestWay.WALK_IN


def test_a_record_begun_at_the_ring_covers_no_call_that_is_answered_meanwhile(
    window: Window,
) -> None:
    window.tell(SECOND.ringing())
    window.register.held = True
    window.press(Qt.Key.Key_N, CTRL)
    window.tell(SECOND.answered())
    window.register.held = False
    window.register.release()
    QCoreApplication.processEvents()
    assert window.card.sip_call_id == SECOND.call_id
    window.enter("звонок")
    window.press(Qt.Key.Key_1, CTRL)
    window.tell(SECOND.ended())
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.way is RequestWay.WALK_IN


def test_all_that_was_interrupted_comes_back_one_after_the_other(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    first = window.card
    window.field(CallCard, "Что?").setFocus()
    window.enter("Пришёл лично")
    window.tell(SECOND.ringing(), SECOND.answered())
    call = window.card
    window.enter("звонок")
    window.tell(SECOND.ended())
    window.press(Qt.Key.Key_N, CTRL)
    assert window.card.id not in (first.id, call.id)
    window.field(CallCard, "Что?").setFocus()
    window.enter("Письмо")
    back = []
    for _record in range(2):
        window.press(Qt.Key.Key_1, CTRL)
        window.press(Qt.Key.Key_Return, CTRL)
        back.append((window.card.id, window.card.content))

    assert back == [(call.id, "звонок"), (first.id, "Пришёл лично")]


def test_a_draft_that_is_opened_takes_none_of_the_interrupted_away(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    first = window.card
    window.tell(SECOND.ringing(), SECOND.answered())
    window.enter("звонок")
    window.tell(SECOND.ended())
    window.press(Qt.Key.Key_N, CTRL)  # the call is now pending too
    window.desk.open_draft(stored(window, first))
    assert window.card.id == first.id
    window.press(Qt.Key.Key_0, CTRL)
    window.press(Qt.Key.Key_0, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.sip_call_id == SECOND.call_id


def test_what_one_was_kept_from_is_not_laid_before_the_next(own_window: Window) -> None:
    own_window.press(Qt.Key.Key_N, CTRL)
    first = own_window.card
    own_window.tell(SECOND.ringing(), SECOND.answered())
    own_window.enter("звонок")
    own_window.tell(SECOND.ended())
    own_window.sit_down(COLLEAGUE)
    own_window.press(Qt.Key.Key_1, CTRL)
    own_window.press(Qt.Key.Key_Return, CTRL)

    assert own_window.desk.state.card is None
    assert stored(own_window, first).state is CallState.DRAFT


def test_a_record_that_is_written_late_is_no_card_of_the_next(own_window: Window) -> None:
    own_window.register.held = True
    own_window.press(Qt.Key.Key_N, CTRL)
    own_window.sit_down(COLLEAGUE)
    own_window.register.held = False
    own_window.register.release()
    QCoreApplication.processEvents()

    assert own_window.desk.state.card is None
    own_window.press(Qt.Key.Key_N, CTRL)
    assert own_window.card.operator_id == COLLEAGUE.id


def test_a_second_question_during_the_call_is_a_record_of_its_own(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.enter("Первый вопрос")
    window.press(Qt.Key.Key_1, CTRL)
    window.presenters.card.person.set_email("a@test.invalid")
    first = window.card
    window.press(Qt.Key.Key_N, CTRL_SHIFT)

    question = window.card
    assert question.part_of == first.number
    assert (question.content, question.email) == ("", "a@test.invalid")
    assert not window.shows(ByHandRows)
    window.enter("Второй вопрос")
    # Holding and resuming the same caller opens no other card.
    window.tell(call.held(), call.resumed())
    assert window.card.id == question.id
    window.tell(call.ended())
    assert window.card.content == "Второй вопрос"
    assert stored(window, first).state is CallState.CLOSED
    assert doing(window) is Doing.WRAP_UP
    window.press(Qt.Key.Key_2, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert stored(window, question).state is CallState.CLOSED
    assert doing(window) is Doing.READY
    assert window.desk.state.card is None


def test_a_question_that_is_not_whole_comes_back_after_the_next_one(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.enter("Первый вопрос")
    first = window.card
    window.tell(call.ended())
    window.press(Qt.Key.Key_N, CTRL_SHIFT)
    window.enter("Второй вопрос")
    question = window.card
    assert question.id != first.id
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.id == first.id
    assert doing(window) is Doing.WRAP_UP
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert doing(window) is Doing.READY


def test_a_question_is_added_to_the_call_saved_last(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.enter("Первый вопрос")
    window.press(Qt.Key.Key_1, CTRL)
    window.tell(call.ended())
    first = window.card
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.shows(JournalPage)
    window.press(Qt.Key.Key_N, CTRL_SHIFT)

    assert window.shows(CallCard)
    assert window.card.part_of == first.number
    assert f"к записи № {first.number}" in window.presenters.card.state.subtitle
    window.enter("Второй вопрос")
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    texts = [card.content for card in window.register.records.values()]
    assert texts == ["Первый вопрос", "Второй вопрос"]


def test_without_a_call_there_is_nothing_to_divide(own_window: Window) -> None:
    told: list[str] = []
    own_window.presenters.by_hand.told.connect(lambda notice: told.append(notice.head))
    own_window.press(Qt.Key.Key_N, CTRL_SHIFT)

    assert told == ["Нет вызова, к которому добавить вопрос"]
    assert own_window.register.records == {}


def test_a_request_without_a_telephone_shows_none(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    assert window.card.phone is Absence.NOT_ASKED
    assert window.card.arrived_at == RANG_AT
    window.press(Qt.Key.Key_D, CTRL)
    window.presenters.journal.show_list(JournalList.DRAFTS)
    settle()
    assert window.presenters.journal.state.rows[0].phone == "—"
    window.presenters.journal.show_list(JournalList.CALLS)


def test_rows_have_room_at_the_smallest_width_and_in_words(window: Window) -> None:
    window.press(Qt.Key.Key_N, CTRL)
    assert cut_words(window.part(CallCard), may_elide=True) == []
    window.page.resize(1280, 720)
    assert cut_words(window.part(CallCard), may_elide=True) == []
