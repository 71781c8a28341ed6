"""The selection in the lists of the day is visible, and survives new rows."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from console.features.journal.page import PHONE, RESULT, TIME, JournalTable
from console.features.journal.presenter import JournalList
from console.shared.session import call_words
from console.ui.paint import text_width
from console.ui.theme import Theme
from sync.register.calls.missed import CallClaim, ClaimHolder, ClaimStage, MissedOutcome
from telephony.events import EndCause
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN


def miss(window: Window, digit: int) -> str:
    """Adds a missed call and returns its phone number as displayed."""
    window.clock.advance(60)
    call = Call(f"missed-{digit}@test.invalid", f"8900555010{digit}", rang_at=window.clock.now)
    window.hear(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    settle()
    return f"+7 (900) 555-01-0{digit}"


def chosen(table: JournalTable) -> set[str]:
    rows = table.selectionModel().selectedRows(2)
    return {str(index.data()) for index in rows}


@pytest.fixture
def table(own_window: Window) -> JournalTable:
    """Three missed calls, the newest first; the keyboard is on the first."""
    for digit in (1, 2, 3):
        miss(own_window, digit)
    own_window.press(Qt.Key.Key_M, CTRL)
    found = own_window.part(JournalTable)
    assert isinstance(found, JournalTable)
    return found


def test_a_digit_means_the_call_that_was_chosen_though_another_one_came(
    own_window: Window, table: JournalTable
) -> None:
    own_window.press(Qt.Key.Key_Down)
    assert chosen(table) == {"+7 (900) 555-01-02"}
    miss(own_window, 4)  # it comes on top, at the very moment in which she has decided
    assert chosen(table) == {"+7 (900) 555-01-02"}

    own_window.press(Qt.Key.Key_3)
    settle()
    ((handled, outcome),) = own_window.missed.handled.items()
    assert outcome is MissedOutcome.NOT_NEEDED
    assert own_window.register.records[handled].caller_number_raw == "89005550102"
    assert chosen(table) == {"+7 (900) 555-01-01"}  # the one in its place


def test_several_that_were_chosen_stay_so(own_window: Window, table: JournalTable) -> None:
    own_window.press(Qt.Key.Key_A, CTRL)
    new = miss(own_window, 4)

    assert len(chosen(table)) == 3
    assert new not in chosen(table)


def test_enter_means_one_of_those_that_stay_where_the_row_it_was_on_is_gone(
    own_window: Window, table: JournalTable
) -> None:
    """A colleague resolved one of two selected calls: Enter had no effect after that."""
    own_window.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(table) == {"+7 (900) 555-01-03", "+7 (900) 555-01-02"}
    here, elsewhere = own_window.presenters.journal.state.rows[:2]
    own_window.presenters.journal.note_missed([elsewhere.key], MissedOutcome.NOT_NEEDED)
    settle()
    assert chosen(table) == {here.phone}

    own_window.press(Qt.Key.Key_Return)
    assert own_window.phone.commands[-1] == ("call", "+79005550103")


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_a_key_is_for_no_other_call_where_the_chosen_one_went_away_under_the_hand(
    own_window: Window, table: JournalTable, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    """A colleague resolved it just before; the next call would have been marked as resolved."""
    elsewhere, _next, last = own_window.presenters.journal.state.rows
    for one in (elsewhere, last):
        own_window.presenters.journal.note_missed([one.key], MissedOutcome.ELSEWHERE)
        settle()
    assert chosen(table) == {"+7 (900) 555-01-02"}
    commands = list(own_window.phone.commands)

    own_window.press(key, modifier)
    settle()
    assert set(own_window.missed.handled) == {elsewhere.key, last.key}
    assert own_window.phone.commands == commands
    own_window.press(key, modifier)
    settle()
    if key is Qt.Key.Key_1:
        assert len(own_window.missed.handled) == 3
    else:
        assert own_window.phone.commands[-1] == ("call", "+79005550102")


def test_who_moves_to_another_row_or_dealt_with_the_last_one_herself_presses_once(
    own_window: Window, table: JournalTable
) -> None:
    elsewhere = own_window.presenters.journal.state.rows[0]
    own_window.presenters.journal.note_missed([elsewhere.key], MissedOutcome.ELSEWHERE)
    settle()
    own_window.press(Qt.Key.Key_Down)
    for count in (2, 3):
        own_window.press(Qt.Key.Key_1)
        settle()
        assert len(own_window.missed.handled) == count


def test_who_has_called_one_back_presses_once_for_the_next(
    own_window: Window, table: JournalTable
) -> None:
    called = own_window.presenters.journal.state.rows[0]
    own_window.press(Qt.Key.Key_Return)
    assert own_window.phone.commands[-1] == ("call", "+79005550103")
    table.setFocus()
    own_window.presenters.journal.note_missed([called.key], MissedOutcome.CALLED_BACK)  # by talking
    settle()

    own_window.press(Qt.Key.Key_1)
    settle()
    assert len(own_window.missed.handled) == 2


def test_one_whom_a_colleague_calls_is_called_with_a_second_press_alone(
    own_window: Window, table: JournalTable
) -> None:
    own_window.team.is_reachable = True
    own_window.team.board.told["+79005550103"] = ClaimHolder(
        "Вторая Вера Павловна", ClaimStage.CALLING
    )
    own_window.presenters.claims.look_at_board()
    settle()
    first = own_window.presenters.journal.state.rows[0]
    assert (first.phone[-5:], first.result) == ("01-03", "звонит Вторая В. П.")
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert [command for command in own_window.phone.commands if command[0] == "call"] == []

    own_window.team.now_s += 2
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert own_window.phone.commands[-1] == ("call", "+79005550103")
    own_window.team.board.told.clear()
    own_window.presenters.claims.look_at_board()
    settle()
    assert own_window.presenters.journal.state.rows[0].result == "не дождался"


def test_who_calls_again_while_the_record_of_his_call_back_is_written_is_open_to_all(
    own_window: Window, table: JournalTable
) -> None:
    """The new call claimed, as the old one did, that a colleague was writing the record."""
    old = own_window.presenters.journal.state.rows[0]
    own_window.team.is_reachable = True
    phone, talked_at = "+79005550103", own_window.clock.now
    own_window.team.claims.held[phone] = CallClaim(
        UUID(int=77), phone, UUID(int=7), "Вторая Вера Павловна", ClaimStage.WRITING, talked_at
    )
    own_window.team.board.told[phone] = ClaimHolder(
        "Вторая Вера Павловна", ClaimStage.WRITING, talked_at
    )
    own_window.presenters.claims.look_at_board()
    own_window.clock.advance(60)
    again = Call("again@test.invalid", "89005550103", rang_at=own_window.clock.now)
    own_window.hear(again.ringing(), again.ended(EndCause.CALLER_GAVE_UP))
    settle()
    results = {row.key: row.result for row in own_window.presenters.journal.state.rows[:2]}
    assert results.pop(old.key) == "пишет запись Вторая В. П."
    assert set(results.values()) == {"не дождался"}

    assert chosen(table) == {"+7 (900) 555-01-03"}
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert [command for command in own_window.phone.commands if command[0] == "call"] == []
    own_window.press(Qt.Key.Key_Up)
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert own_window.phone.commands[-1] == ("call", phone)


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("percent", [100, 150])
def test_that_a_call_came_after_hours_is_seen_in_every_window(
    own_window: Window, size: tuple[int, int], percent: int
) -> None:
    """It was in a column that is hidden at 1,440 px, and was omitted if the row had another
    note.
    """
    by_day = miss(own_window, 1)
    own_window.of_phone.is_after_hours = True
    at_night = miss(own_window, 2)
    own_window.press(Qt.Key.Key_M, CTRL)
    own_window.page.resize(*size)
    own_window.presenters.own_desk.choose_text(percent)
    settle()
    table = own_window.part(JournalTable)
    assert isinstance(table, JournalTable)
    table.clearSelection()
    spoken, looks = {}, {}
    for row in range(2):
        cell = table.model().index(row, TIME)
        phone = str(table.model().index(row, PHONE).data())
        spoken[phone] = str(cell.data(Qt.ItemDataRole.AccessibleTextRole)).partition(", ")[2]
        at = table.visualRect(cell)
        at.setLeft(at.right() - 40)  # behind every time; words that are cut do not reach it
        looks[phone] = table.viewport().grab(at).toImage()
    assert spoken == {by_day: "", at_night: "вне часов"}
    assert not table.isColumnHidden(TIME)
    assert looks[by_day] != looks[at_night]


def test_another_list_begins_with_nothing_chosen_before(
    own_window: Window, table: JournalTable
) -> None:
    own_window.press(Qt.Key.Key_Down)
    own_window.presenters.journal.show_list(JournalList.CALLS)
    settle()
    own_window.presenters.journal.show_list(JournalList.MISSED)

    assert chosen(table) == {"+7 (900) 555-01-03"}


def test_the_row_that_enter_opens_is_seen_wherever_the_keyboard_comes_from(
    own_window: Window, table: JournalTable
) -> None:
    own_window.presenters.journal.show_list(JournalList.CALLS)
    own_window.page.setFocus()
    table.clearSelection()
    table.setFocus()

    assert table.currentIndex().isValid()
    assert len(chosen(table)) == 1


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_why_nobody_took_a_call_is_read_to_its_last_letter(
    own_window: Window, theme: Theme, table: JournalTable, percent: int
) -> None:
    """«Нет общего шифрования» was cut in every window."""
    own_window.presenters.own_desk.choose_text(percent)
    settle()
    around_px = 12 + theme.size("icon_meta") + 6 + 6
    room_px = table.columnWidth(RESULT) - around_px
    told = {call_words.unanswered(cause.value) for cause in EndCause}
    assert len(told) > 5
    assert [text for text in told if text_width(theme.font("state"), text) > room_px] == []
