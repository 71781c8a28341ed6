"""The call keys of the window: panels that open and restore the focus, calls by one key."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from console.features.call_bar.view import CallStrip
from console.features.call_card.card_view import CallCard
from console.features.dialing.panel import KeypadPanel, NumberPanel
from console.features.directory_search.panel import DirectoryPanel
from console.features.journal.journal_rows import NO_ROWS
from console.features.journal.page import JournalPage
from console.features.journal.presenter import JournalList
from console.shared.directory.hits_view import SearchField
from console.ui.notices import Toast
from console.ui.text_field import TextField
from sync.register.calls.calls import CallResult
from telephony.events import (
    ConferenceChanged,
    EndCause,
    PhoneEvent,
    RecordingChanged,
    RecordingState,
)
from tests.fakes.console_directory import hit, sample_unit
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import CONSULTATION, Call
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SECOND, SMALL_SCREEN, Window, cut_words

pytestmark = NO_SCREEN
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CALL = Call()
ASKED = Call(CONSULTATION, "301")


def sent(window: Window) -> list[tuple[str, ...]]:
    return [
        command
        for command in window.phone.commands
        if command[0] not in ("forget", "do_not_disturb")
    ]


def inserted(window: Window) -> list[str]:
    """Keys of the directory entries used in the active card."""
    return [used.key for used in window.card.used_entries]


def settle() -> None:
    """Processes events until the register's answers have arrived."""
    for _round in range(8):
        QCoreApplication.processEvents()


def test_f7_finds_a_unit_and_talks_first(window: Window) -> None:
    window.directory.found["дорож"] = (hit(sample_unit()),)
    window.talk()
    window.enter("Яма ")
    window.press(Qt.Key.Key_F7)
    assert window.shows(NumberPanel)
    assert not window.shows(DirectoryPanel)
    window.enter("дорож")
    assert cut_words(window.page) == []
    window.press(Qt.Key.Key_Return)

    assert sent(window) == [("consult", CALL.call_id, "+79005550150")]
    assert window.shows(DirectoryPanel)
    window.enter("на дороге")
    assert window.card.content == "Яма на дороге"
    window.hear(CALL.held(), ASKED.dialled(), ASKED.answered())
    assert window.card.sip_call_id == CALL.call_id
    assert isinstance(QApplication.focusWidget(), TextField)
    window.press(Qt.Key.Key_F7)
    window.press(Qt.Key.Key_F3)
    assert sent(window)[1:] == [("complete", CALL.call_id), ("back", CALL.call_id)]
    window.hear(ASKED.ended(EndCause.NEAR_END))


def test_the_key_that_dials_connects_nobody(own_window: Window) -> None:
    """During a consultation Shift+F4 connected the two, and the caller was lost."""
    window = own_window  # notices of an earlier test would interfere
    window.talk()
    window.desk.expect_consultation(CONSULTATION, CALL.call_id)
    window.hear(CALL.held(), ASKED.dialled(), ASKED.answered())
    for key in (Qt.Key.Key_F4, Qt.Key.Key_F2):
        window.part(Toast).hide()
        window.press(key, SHIFT)
        assert window.part(Toast).isVisible()
        told = window.part(Toast).accessibleName()
        assert told.startswith("Вы уже советуетесь об этом абоненте. F7 соединит")

    assert sent(window) == []
    window.hear(ASKED.ended(EndCause.NEAR_END))


def test_keys_for_who_answers_say_so_until_he_does(own_window: Window) -> None:
    """They had no effect and gave no reason while the number was being called."""
    window = own_window  # notices of an earlier test would interfere
    window.press(Qt.Key.Key_F4, SHIFT)
    window.enter("+79005550107")
    window.press(Qt.Key.Key_Return)
    ours = Call(window.phone.made_calls[-1], "+79005550107", rang_at=window.clock.now)
    window.hear(ours.dialled())
    silent = []
    for name, key, modifier in (
        ("hold", Qt.Key.Key_F3, NO_MODIFIER),
        ("microphone", Qt.Key.Key_F6, NO_MODIFIER),
        ("transfer", Qt.Key.Key_F7, NO_MODIFIER),
        ("keypad", Qt.Key.Key_F6, SHIFT),
        ("recording", Qt.Key.Key_F3, SHIFT),
    ):
        window.part(Toast).hide()
        window.press(key, modifier)
        if not window.part(Toast).accessibleName().startswith("Дождитесь, пока там ответят"):
            silent.append(name)

    assert silent == []
    window.hear(ours.ended(EndCause.NOT_ANSWERED))
    settle()


def test_what_is_told_of_a_call_goes_when_it_is_not_so_any_more(own_window: Window) -> None:
    window = own_window  # notices of an earlier test would interfere
    window.talk()
    window.press(Qt.Key.Key_1, CTRL)
    window.enter("Справка")
    window.press(Qt.Key.Key_Return, CTRL)
    toast = window.part(Toast)
    assert toast.accessibleName().startswith("Запись закроется вместе с вызовом")
    assert toast.isVisible()
    window.hear(CALL.ended())
    settle()

    assert not toast.isVisible()


def test_shift_enter_transfers_a_typed_number_at_once(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F7)
    window.enter("301")
    window.press(Qt.Key.Key_Return, SHIFT)

    assert sent(window) == [("transfer", CALL.call_id, "301")]
    assert not window.shows(NumberPanel)


def test_esc_gives_the_caret_back(window: Window) -> None:
    window.talk()
    for key, modifier in ((Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F6, SHIFT)):
        window.press(key, modifier)
        assert not isinstance(QApplication.focusWidget(), TextField)
        window.press(Qt.Key.Key_Escape)
        assert isinstance(QApplication.focusWidget(), TextField)
        assert window.shows(DirectoryPanel)
    assert sent(window) == []


def test_the_keypad_sends_what_is_typed_under_any_layout(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F6, SHIFT)
    window.enter("12№")
    QApplication.clipboard().setText("доб. 4-5")
    window.press(Qt.Key.Key_V, CTRL)

    assert [command[2] for command in sent(window)] == ["1", "2", "#", "45"]
    assert window.card.content == ""
    window.tell(CALL.ended())
    assert not window.shows(KeypadPanel)


def test_f3_holds_and_ctrl_f2_goes_over_to_the_second_call(window: Window) -> None:
    window.talk()
    window.enter("Первый")
    window.press(Qt.Key.Key_F3)
    window.tell(CALL.held())
    window.press(Qt.Key.Key_F3)
    window.tell(CALL.resumed(), SECOND.ringing())
    assert window.shows(CallStrip)
    window.enter("!")
    window.press(Qt.Key.Key_F9, SHIFT)
    window.tell(SECOND.answered(30), CALL.held(30))
    window.enter("Второй")
    assert (window.card.sip_call_id, window.card.content) == (SECOND.call_id, "Второй")

    window.press(Qt.Key.Key_F9, SHIFT)
    window.tell(SECOND.held(40), CALL.resumed(40))
    assert (window.card.sip_call_id, window.card.content) == (CALL.call_id, "Первый!")
    assert sent(window) == [
        ("hold", CALL.call_id),
        ("resume", CALL.call_id),
        ("answer", SECOND.call_id),
        ("resume", CALL.call_id),
    ]
    window.tell(SECOND.ended())
    assert window.card.sip_call_id == CALL.call_id
    window.tell(CALL.ended())
    window.desk.put_aside()
    window.desk.put_aside()


def test_what_was_searched_for_one_caller_is_inserted_for_no_other(window: Window) -> None:
    search = window.part(SearchField)
    assert isinstance(search, SearchField)
    window.talk(CALL)
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    window.tell(SECOND.ringing())
    assert search.text() == "ям"
    window.press(Qt.Key.Key_F9, SHIFT)
    window.tell(SECOND.answered(30), CALL.held(30))
    settle()
    assert search.text() == ""
    window.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert inserted(window) == []

    window.press(Qt.Key.Key_F9, SHIFT)
    window.tell(SECOND.held(40), CALL.resumed(40))
    settle()
    assert search.text() == "ям"
    window.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert inserted(window) == ["q-1"]
    window.tell(SECOND.ended())
    window.tell(CALL.ended())
    window.desk.put_aside()
    window.desk.put_aside()


def test_every_state_of_a_call_has_room_on_a_small_screen(window: Window) -> None:
    steps: tuple[tuple[PhoneEvent, ...], ...] = (
        (CALL.ringing(),),
        (CALL.answered(), RecordingChanged(CALL.call_id, RANG_AT, RecordingState.STARTED, "")),
        (CALL.muted(),),
        (CALL.held(),),
        (ASKED.dialled(),),
        (ASKED.answered(),),
        (ConferenceChanged(RANG_AT, (CALL.call_id, CONSULTATION)), CALL.resumed()),
        (ConferenceChanged(RANG_AT, ()), ASKED.ended(EndCause.FAR_END)),
        (SECOND.ringing(),),
        (SECOND.ended(EndCause.CALLER_GAVE_UP, 5),),
        (CALL.ended(),),
    )
    window.desk.expect_consultation(CONSULTATION, CALL.call_id)
    for events in steps:
        window.hear(*events)
        assert window.page.width() == SMALL_SCREEN[0], events
        assert cut_words(window.page) == [], events


def test_a_link_stands_in_the_panel_until_enter(window: Window) -> None:
    page = window.page
    page.offer_call("mailto:nobody")
    assert not window.shows(NumberPanel)
    page.offer_call("tel:+7-900-555-01-07;ext=12")
    assert window.shows(NumberPanel)
    assert sent(window) == []
    window.press(Qt.Key.Key_Return)

    assert sent(window) == [("call", "+79005550107")]


def test_enter_in_the_missed_list_calls_back(window: Window) -> None:
    missed = Call("missed@test.invalid", "89005550103", rang_at=window.clock.now)
    window.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP, 5))
    window.presenters.journal.show_list(JournalList.MISSED)
    settle()
    journal = window.part(JournalPage)
    assert isinstance(journal, JournalPage)
    journal.table.setFocus()
    journal.table.selectRow(0)
    window.press(Qt.Key.Key_Return)
    assert sent(window) == [("call", "+79005550103")]
    ours = Call(window.phone.made_calls[-1], "+79005550103", rang_at=window.clock.now)
    window.tell(ours.dialled())
    assert window.shows(CallCard)
    assert window.card.direction == "outgoing"

    window.tell(ours.ended(EndCause.NOT_ANSWERED))
    settle()
    record = window.register.of_call(ours.call_id)
    assert record is not None
    assert record.result is CallResult.NOT_ANSWERED
    state = window.presenters.journal.state
    assert state.counts[JournalList.MISSED] == 1
    window.presenters.journal.show_list(JournalList.CALLS)


def test_a_list_that_is_read_anew_keeps_the_keyboard(window: Window) -> None:
    """One list has rows, the next is empty until they are loaded: the keyboard focus remains on the
    list.
    """
    missed = Call("missed@test.invalid", "89005550103", rang_at=window.clock.now)
    window.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP, 5))
    lists, journal = window.presenters.journal, window.part(JournalPage)
    lists.show_list(JournalList.CALLS)
    settle()
    assert isinstance(journal, JournalPage)
    journal.table.setFocus()
    assert QApplication.focusWidget() is journal.table
    state = lists.state
    lists.changed.emit(replace(state, rows=NO_ROWS))
    assert QApplication.focusWidget() is not None
    lists.changed.emit(state)
    assert QApplication.focusWidget() is journal.table
    lists.show_list(JournalList.MISSED)
    settle()
    assert lists.state.rows
    assert QApplication.focusWidget() is journal.table
    assert [index.row() for index in journal.table.selectionModel().selectedRows()] == [0]
    lists.show_list(JournalList.CALLS)


def test_who_has_just_called_is_called_back_after_the_call(window: Window) -> None:
    window.talk()
    window.tell(CALL.ended())
    window.press(Qt.Key.Key_F2, SHIFT)

    assert sent(window) == [("call", CALL.number)]


def test_a_hit_is_called_by_one_key(window: Window) -> None:
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    window.press(Qt.Key.Key_Down)
    assert cut_words(window.page) == []
    window.press(Qt.Key.Key_F2, SHIFT)

    assert sent(window) == [("call", "+79005550150")]


def test_the_redial_button_offers_the_last_number_but_not_where_buttons_are_tried(
    window: Window,
) -> None:
    numbers = window.presenters.numbers
    numbers.call_number("88799923456")
    window.phone.commands.clear()
    window.press(Qt.Key.Key_F12)
    numbers.ask_for_last()
    assert not window.shows(NumberPanel)
    window.press(Qt.Key.Key_Escape)
    numbers.ask_for_last()

    assert isinstance(QApplication.focusWidget(), SearchField)
    assert window.shows(NumberPanel)
    assert numbers.state.query == "88799923456"
    assert sent(window) == []
    window.press(Qt.Key.Key_Escape)


def test_shift_f4_dials_a_typed_number(window: Window) -> None:
    window.press(Qt.Key.Key_F4, SHIFT)
    assert isinstance(QApplication.focusWidget(), SearchField)
    window.enter("8 (87999) 2-34-56")
    window.press(Qt.Key.Key_Return)

    assert sent(window) == [("call", "88799923456")]
    assert not window.shows(NumberPanel)
