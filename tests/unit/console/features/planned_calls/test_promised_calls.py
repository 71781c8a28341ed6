"""Scheduled callbacks by keyboard: scheduled during a call, reported when due, closed by a
digit.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from console.core.view_data import Notice
from console.features.call_card.card_view import CallCard
from console.features.planned_calls.page import PlannedCallsPage
from sync.register.calls.missed import CallClaim, ClaimHolder, ClaimStage
from sync.register.calls.planned import PlannedCall, PlannedOutcome
from sync.register.people.operators import Operator, Role
from tests.fakes.console_fakes import SUPERVISOR, Told
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SECOND, Window, cut_words

pytestmark = NO_SCREEN

SHIFT = Qt.KeyboardModifier.ShiftModifier
COLLEAGUE = Operator(UUID(int=88), "vtoraya", "Вторая Проба Ивановна", Role.OPERATOR)


def only(window: Window) -> PlannedCall:
    (call,) = window.planned.calls.values()
    return call


def plan(window: Window, phone: str, moment: str) -> None:
    """Type a call into the form, from its first field on."""
    window.presenters.planned.set_phone(phone)
    window.presenters.planned.set_moment(moment)
    window.presenters.planned.plan()
    settle()


def test_a_call_is_promised_beside_the_one_that_goes_on(own_window: Window) -> None:
    own_window.talk(Call())
    own_window.enter("Просит перезвонить")
    own_window.press(Qt.Key.Key_F11, SHIFT)
    assert own_window.shows(PlannedCallsPage)
    # The caller's phone number is prefilled, so the focus is on the time.
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Когда позвонить"
    own_window.enter("через час")
    own_window.press(Qt.Key.Key_Tab)
    own_window.enter("о графике")
    own_window.press(Qt.Key.Key_Tab)
    own_window.press(Qt.Key.Key_Right)
    own_window.press(Qt.Key.Key_Return, CTRL)
    settle()

    call = only(own_window)
    assert (call.phone, call.note, call.for_id) == ("+79005550101", "о графике", SUPERVISOR.id)
    assert call.at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    own_window.press(Qt.Key.Key_Escape)
    assert own_window.shows(CallCard)
    assert own_window.card.content == "Просит перезвонить"


def test_its_time_is_told_once_and_takes_no_caret(own_window: Window) -> None:
    told: list[Notice] = []
    plan(own_window, "8 900 555-01-73", "сегодня 12:30")
    own_window.presenters.planned.told.connect(told.append)
    own_window.talk(Call())
    own_window.enter("Первое ")
    own_window.clock.advance(45 * 60)
    own_window.presenters.planned.look()
    own_window.enter("слово")
    own_window.presenters.planned.look()

    assert [notice.head for notice in told] == ["Пришло время обещанного звонка"]
    assert "555" not in f"{told[0].head}{told[0].body}"
    assert own_window.card.content == "Первое слово"
    assert own_window.presenters.planned.state.due == 1


def test_due_ones_stand_first_and_a_digit_says_what_came_of_it(own_window: Window) -> None:
    plan(own_window, "8 900 555-01-74", "сегодня 18:00")
    plan(own_window, "8 900 555-01-75", "через 10 минут")
    own_window.clock.advance(11 * 60)
    own_window.press(Qt.Key.Key_F11, SHIFT)
    settle()
    rows = own_window.presenters.planned.state.rows
    assert [row.icon for row in rows] == ["clock-fill", "clock"]
    own_window.press(Qt.Key.Key_Home)
    assert own_window.presenters.planned.chosen_number == "+79005550175"
    own_window.press(Qt.Key.Key_2)
    settle()
    by_phone = {one.phone: one for one in own_window.planned.calls.values()}
    again = by_phone["+79005550175"]
    assert (again.tries, again.at) == (1, datetime(2026, 11, 25, 9, 41, tzinfo=UTC))
    own_window.press(Qt.Key.Key_1)
    settle()
    assert {one.outcome for one in own_window.planned.calls.values()} == {
        PlannedOutcome.TALKED,
        None,
    }


def test_one_key_calls_and_says_why(own_window: Window) -> None:
    plan(own_window, "8 900 555-01-76", "через 10 минут")
    own_window.presenters.planned.set_note("")
    own_window.press(Qt.Key.Key_F11, SHIFT)
    settle()
    own_window.press(Qt.Key.Key_F2, SHIFT)
    assert own_window.phone.commands[-1] == ("call", "+79005550176")


@pytest.mark.parametrize("is_of_that_talk", [True, False])
def test_what_was_promised_in_a_talk_is_called_while_a_colleague_writes_that_talk_down(
    own_window: Window, is_of_that_talk: bool
) -> None:
    plan(own_window, "8 900 555-01-73", "через час")
    promised_at, phone = own_window.clock.now, "+79005550173"
    talked_at = promised_at + timedelta(minutes=-1 if is_of_that_talk else 1)
    own_window.team.is_reachable = True
    own_window.team.claims.held[phone] = CallClaim(
        UUID(int=77), phone, COLLEAGUE.id, COLLEAGUE.name, ClaimStage.WRITING, talked_at
    )
    own_window.team.board.told[phone] = ClaimHolder(COLLEAGUE.name, ClaimStage.WRITING, talked_at)
    own_window.presenters.claims.look_at_board()
    own_window.press(Qt.Key.Key_F11, SHIFT)
    settle()
    own_window.press(Qt.Key.Key_F2, SHIFT)
    settle()

    called = [command for command in own_window.phone.commands if command[0] == "call"]
    assert called == ([("call", phone)] if is_of_that_talk else [])


def test_what_is_missing_is_said_and_nothing_typed_is_lost(own_window: Window) -> None:
    own_window.press(Qt.Key.Key_F11, SHIFT)
    for phone, moment, field in (
        ("", "завтра 9:00", "phone"),
        ("8 900 555-01-77", "когда-нибудь", "moment"),
        ("8 900 555-01-77", "24.11.2026 9:00", "moment"),
    ):
        plan(own_window, phone, moment)
        form = own_window.presenters.planned.state.form
        assert list(form.problems) == [field]
        assert (form.phone, form.moment) == (phone, moment)
    own_window.planned.refusing = True
    plan(own_window, "8 900 555-01-77", "завтра 9:00")
    assert own_window.presenters.planned.state.form.moment == "завтра 9:00"
    own_window.planned.refusing = False
    own_window.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert only(own_window).phone == "+79005550177"


def test_a_ring_leaves_what_is_being_promised(own_window: Window) -> None:
    own_window.press(Qt.Key.Key_F11, SHIFT)
    own_window.enter("8900")
    own_window.tell(SECOND.ringing())
    own_window.enter("5550178")
    assert own_window.presenters.planned.state.form.phone == "89005550178"
    assert own_window.shows(PlannedCallsPage)
    own_window.tell(SECOND.answered())
    assert own_window.shows(CallCard)
    own_window.press(Qt.Key.Key_F11, SHIFT)
    assert own_window.presenters.planned.state.form.phone == "89005550178"


def test_its_words_have_room(own_window: Window) -> None:
    plan(own_window, "8 900 555-01-79", "через 10 минут")
    own_window.press(Qt.Key.Key_F11, SHIFT)
    settle()
    assert cut_words(own_window.part(PlannedCallsPage), may_elide=True) == []


def test_what_one_has_typed_is_not_planned_by_the_next(own_window: Window) -> None:
    planned = own_window.presenters.planned
    own_window.press(Qt.Key.Key_F11, SHIFT)
    own_window.enter("8 900 555-01-76")
    planned.set_moment("через час")
    planned.set_note("о графике")
    planned.set_mine("mine")
    own_window.sit_down(COLLEAGUE)
    planned.signed_in()
    own_window.press(Qt.Key.Key_F11, SHIFT)
    settle()
    typed = [field.text() for field in own_window.part(PlannedCallsPage).findChildren(QLineEdit)]
    assert "".join(typed) == ""
    own_window.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert own_window.planned.calls == {}

    own_window.sit_down(SUPERVISOR)
    planned.signed_in()
    planned.plan()
    settle()
    call = only(own_window)
    assert (call.note, call.for_id) == ("о графике", SUPERVISOR.id)
    assert call.made_by_name == SUPERVISOR.name


def test_what_is_typed_while_a_call_is_written_is_the_next_one(own_window: Window) -> None:
    planned = own_window.presenters.planned
    told = Told(planned.told)
    own_window.press(Qt.Key.Key_F11, SHIFT)
    own_window.enter("8 900 555-01-76")
    planned.set_moment("через час")
    own_window.planned.held = True
    own_window.press(Qt.Key.Key_Return, CTRL)
    planned.set_phone("")
    own_window.enter("8 900 555-01-77")
    own_window.press(Qt.Key.Key_Return, CTRL)
    assert [notice.head for notice in told.values] == ["Предыдущее ещё записывается"]
    own_window.planned.write()
    settle()
    own_window.enter("1")  # the caret has not gone to the list, where this means "talked"
    settle()

    call = only(own_window)
    assert (call.phone, call.outcome) == ("+79005550176", None)
    form = planned.state.form
    assert (form.phone, form.moment) == ("8 900 555-01-771", "")
