"""The keys of a call and its card: answering, results, saving, search, typing."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from console.features.call_bar.view import CallBlock
from console.features.call_card.card_view import CallCard
from console.features.call_script.view import FormalAppealBlock
from console.features.journal.page import JournalPage
from console.features.message_form.page import MessageForm
from console.features.operator_state.menu_view import OperatorMenu
from console.shared.directory.hits_view import SearchField
from console.ui.buttons import ActionButton
from console.ui.notices import Toast
from console.ui.text_field import TextField
from sync.register.calls.calls import CallResult, CallState
from sync.register.people.operator_states import READY, Doing, Standing
from sync.register.people.values import Absence, PersonName
from telephony.events import AudioDeviceChanged, MediaReported
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_question
from tests.fakes.console_phone import Call, connected
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, SMALL_SCREEN, Window

pytestmark = NO_SCREEN


def test_f2_answers_and_f8_hangs_up(window: Window) -> None:
    call = Call()
    window.tell(call.ringing())
    window.press(Qt.Key.Key_F2)
    window.tell(call.answered())
    window.press(Qt.Key.Key_F6)
    window.press(Qt.Key.Key_F8)

    assert window.phone.commands == [
        ("answer", call.call_id),
        ("mute", call.call_id),
        ("hang_up", call.call_id),
    ]


def test_f8_rejects_a_ring(window: Window) -> None:
    window.tell(Call().ringing())
    window.press(Qt.Key.Key_F8)

    assert window.phone.commands == [("reject", Call().call_id)]


def test_answering_puts_the_caret_where_the_first_words_belong(window: Window) -> None:
    window.talk()
    window.enter("Не вывозят мусор")

    assert window.card.content == "Не вывозят мусор"


def test_digits_choose_the_result(window: Window) -> None:
    window.talk()
    chosen = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_0):
        window.press(key, CTRL)
        chosen.append(window.card.result)

    assert chosen == [
        CallResult.ANSWERED,
        CallResult.CONTACTS,
        CallResult.DROPPED,
        CallResult.SILENT,
    ]


def test_ctrl_enter_says_what_is_missing_and_then_saves(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.tell(call.ended())
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.register.of_call(call.call_id) is not None
    assert "content" in window.presenters.card.state.problems

    window.enter("Справка")
    window.press(Qt.Key.Key_Return, CTRL)

    record = window.register.of_call(call.call_id)
    assert record is not None
    assert (record.state, record.content) == (CallState.CLOSED, "Справка")
    assert window.shows(JournalPage)


def test_ctrl_enter_types_no_line_break(window: Window) -> None:
    window.talk()
    window.enter("Справка")
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.content == "Справка"


def test_ctrl_e_is_for_the_field_with_the_caret(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_E, CTRL)
    assert (window.card.email, window.card.name) == (Absence.NOT_GIVEN, Absence.NOT_ASKED)

    window.field(CallCard, "Фамилия, имя, отчество").setFocus()
    window.press(Qt.Key.Key_E, CTRL)
    assert window.card.name is Absence.NOT_GIVEN

    window.field(CallCard, "+7 (900) 000-00-00").setFocus()
    window.press(Qt.Key.Key_E, CTRL)
    assert window.card.phone is Absence.NOT_GIVEN
    window.enter("8")
    assert window.presenters.card.state.phone == "8"


def test_saving_with_the_caret_in_a_field_takes_it_as_if_left(window: Window) -> None:
    call = Call(number="")
    window.talk(call)
    window.enter("Справка")
    window.press(Qt.Key.Key_1, CTRL)
    window.field(CallCard, "Фамилия, имя, отчество").setFocus()
    window.enter("Проба Анна Петровна")
    window.field(CallCard, "+7 (900) 000-00-00").setFocus()
    window.enter("89005550107")
    window.tell(call.ended())

    window.press(Qt.Key.Key_Return, CTRL)

    record = window.register.of_call(call.call_id)
    assert record is not None
    assert record.state is CallState.CLOSED
    assert record.phone == "+79005550107"
    assert record.name == PersonName("Проба", "Анна", "Петровна")


def test_f5_searches_enter_inserts_and_esc_goes_back_to_the_field(window: Window) -> None:
    window.talk()
    window.enter("Звонок о ")
    window.press(Qt.Key.Key_F5)
    assert isinstance(QApplication.focusWidget(), SearchField)

    window.enter("ям")
    window.press(Qt.Key.Key_Return)
    assert [used.key for used in window.card.used_entries] == ["q-1"]
    assert window.card.result is CallResult.ANSWERED
    assert isinstance(QApplication.focusWidget(), SearchField)
    window.press(Qt.Key.Key_Escape)
    window.enter("!")

    assert window.card.content.startswith("Звонок о\n")
    assert window.card.content.endswith("!")


def test_alt_digit_inserts_a_hit_from_any_field(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_2, ALT)

    assert [used.key for used in window.card.used_entries] == ["road-service"]
    assert window.card.result is CallResult.CONTACTS


def test_tab_in_the_search_turns_the_preview(window: Window) -> None:
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    window.press(Qt.Key.Key_Tab)

    assert window.presenters.directory.state.written_shown
    assert isinstance(QApplication.focusWidget(), SearchField)


def test_ctrl_9_tells_where_a_formal_appeal_is_written_and_notes_it(window: Window) -> None:
    call = Call()
    window.press(Qt.Key.Key_9, CTRL)
    assert not window.presenters.formal_appeal.state.text
    window.talk(call)
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    text = window.presenters.formal_appeal.state.text
    assert "Дорожная служба, ул. Пробная, 1. Телефон: +79005550150 (приёмная)" in text
    assert window.shows(FormalAppealBlock)
    assert isinstance(QApplication.focusWidget(), TextField)
    assert [used.title for used in window.card.used_entries] == ["Обращение по 59-ФЗ"]
    assert window.card.result is CallResult.CONTACTS

    window.press(Qt.Key.Key_3, CTRL)
    assert window.shows(MessageForm)
    assert window.shows(FormalAppealBlock)
    window.press(Qt.Key.Key_9, CTRL)
    assert not window.shows(FormalAppealBlock)
    restored = window.card
    assert (restored.used_entries, restored.result, restored.content) == ((), None, "")
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Escape)
    window.tell(call.ended())
    assert window.shows(FormalAppealBlock)
    window.press(Qt.Key.Key_Return, CTRL)
    assert not window.shows(FormalAppealBlock)


def test_ctrl_9_pressed_twice_restores_the_result_that_was_chosen(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_1, CTRL)
    window.presenters.card.technical.choose("silent")
    window.press(Qt.Key.Key_9, CTRL)
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()

    assert not window.shows(FormalAppealBlock)  # the directory answered after the second press
    assert (window.card.used_entries, window.card.result) == ((), CallResult.SILENT)


def test_a_text_that_is_hidden_by_its_button_stays_noted(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    (hide,) = window.part(FormalAppealBlock).findChildren(ActionButton)
    hide.click()

    assert not window.shows(FormalAppealBlock)
    assert [used.title for used in window.card.used_entries] == ["Обращение по 59-ФЗ"]
    assert window.card.result is CallResult.CONTACTS


def test_a_directory_without_the_unit_leaves_the_law(own_window: Window) -> None:
    own_window.entries.replace_all((*TOPICS, *CATEGORIES, sample_question()))
    own_window.talk()
    own_window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    text = own_window.presenters.formal_appeal.state.text
    assert "• на бумаге: в приёмную администрации города.\n• в электронном виде" in text


def test_ctrl_d_puts_aside_and_ctrl_l_locks(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.tell(call.ended())
    window.enter("потом")
    window.press(Qt.Key.Key_D, CTRL)
    window.press(Qt.Key.Key_L, CTRL)

    assert window.desk.state.card is None
    assert window.shows(JournalPage)
    record = window.register.of_call(call.call_id)
    assert record is not None
    assert record.content == "потом"
    assert len(window.locks.values) == 1


def test_f1_shows_the_keys_and_esc_comes_back_to_the_card(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F1)
    assert not window.shows(CallCard)
    window.press(Qt.Key.Key_Escape)

    assert window.shows(CallCard)


def test_a_quiet_notice_of_the_headset_leaves_caret_and_text(own_window: Window) -> None:
    own_window.talk()
    own_window.enter("Не вы")
    own_window.hear(AudioDeviceChanged(Call().rang_at, False, False, False))
    toast = own_window.part(Toast)
    assert toast.isVisible()
    assert toast.accessibleName().startswith("Гарнитура отключена. Подключите её")
    own_window.enter("возят")

    assert own_window.card.content == "Не вывозят"


def test_the_call_block_says_how_the_call_sounds(window: Window) -> None:
    call = Call()
    window.hear(call.ringing(), call.answered())
    for second in range(3):
        at = call.answered().at + timedelta(seconds=second)
        window.hear(MediaReported(call.call_id, at, 50, 50 * second, 0, -25.0, -25.0, mos=2.4))

    block = window.part(CallBlock)
    assert "плохая связь" in block.accessibleName()
    assert "Оценка (MOS): 2,4 из 4,5" in block.toolTip()
    before = block.grab().toImage()
    window.hear(call.ended())
    assert "связь" not in block.accessibleName()
    assert block.grab().toImage() != before


def test_ctrl_g_registers_again_from_anywhere(own_window: Window) -> None:
    own_window.talk()
    own_window.presenters.status.health.has_registrar = True
    own_window.press(Qt.Key.Key_G, CTRL)

    assert ("refresh_registration",) in own_window.phone.commands


# --- operator state ---


def test_f9_opens_a_menu_whose_digits_choose_and_gives_the_keyboard_back(window: Window) -> None:
    window.hear(connected())
    window.talk()
    content = QApplication.focusWidget()
    window.press(Qt.Key.Key_F9)
    menu = window.part(OperatorMenu)
    assert menu.isVisible()
    window.press(Qt.Key.Key_F6)  # the keys of the call still work
    assert window.phone.commands[-1][0] == "mute"

    window.enter("7")

    assert not menu.isVisible()
    assert QApplication.focusWidget() is content
    assert window.card.content == ""
    state = window.operator_state.status
    assert (state.doing, state.next) == (Doing.TALKING, Standing(Doing.BREAK, "lunch"))


def test_the_menu_goes_by_f9_and_escape_and_when_somebody_works_elsewhere(window: Window) -> None:
    menu = window.part(OperatorMenu)
    for close in (Qt.Key.Key_F9, Qt.Key.Key_Escape, Qt.Key.Key_F5):
        window.press(Qt.Key.Key_F9)
        assert menu.isVisible()
        window.press(close)
        assert not menu.isVisible()
    assert window.operator_state.status.standing == READY


def test_arrows_and_enter_choose_and_f9_makes_ready_again(window: Window) -> None:
    window.hear(connected())
    window.press(Qt.Key.Key_F9)
    window.press(Qt.Key.Key_Up)
    window.press(Qt.Key.Key_Up)
    window.press(Qt.Key.Key_Return)
    assert window.operator_state.status.reason == "lunch"
    assert window.part(CallBlock).accessibleName().startswith("Перерыв У вас перерыв")

    window.press(Qt.Key.Key_F9)
    assert window.operator_state.status.doing is Doing.READY


def test_the_card_offers_to_be_ready_where_saving_alone_leads_elsewhere(window: Window) -> None:
    window.hear(connected())
    window.talk()
    window.enter("Спросил про вывоз")
    window.hear(Call().ended())
    (offered,) = [
        button
        for button in window.part(CallCard).findChildren(ActionButton)
        if "Ctrl+Shift+Enter" in button.accessibleName()
    ]
    assert not offered.isVisible()
    window.press(Qt.Key.Key_F9)
    window.enter("7")
    assert offered.isVisible()
    assert offered.width() >= offered.sizeHint().width()
    assert window.page.width() == SMALL_SCREEN[0]
    window.press(Qt.Key.Key_1, CTRL)
    offered.click()
    QCoreApplication.processEvents()

    assert window.operator_state.status.doing is Doing.READY
    assert not offered.isVisible()
    assert window.register.writes[-1] == "close"


def test_the_wrap_up_by_keys(window: Window) -> None:
    window.hear(connected())
    window.talk()
    window.enter("Спросил про вывоз")
    window.hear(Call().ended())
    window.press(Qt.Key.Key_F3)
    wrap_up = window.operator_state.status.wrap_up
    assert wrap_up is not None
    assert wrap_up.whole_s == 75
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)

    assert window.operator_state.status.doing is Doing.READY
    assert window.register.writes[-1] == "close"
