"""Records of callers are visible only to permitted roles; others see the workspace without them."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage
from console.features.journal.presenter import JournalList
from console.features.lookup.page import LookUpPage
from console.shell.navigation import NavigationColumn, NavRow
from console.ui.notices import Toast
from sync.register.people.operator_states import Doing
from sync.register.people.operators import Operator, Role
from telephony.events import EndCause
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window, visible

pytestmark = NO_SCREEN

OF_RECORDS = ("Пропущенные", "Черновики", "Сообщения", "Перезвонить")


def after_two_calls(window: Window) -> Window:
    """One call was missed; the record of the other is active, with its text."""
    missed = Call("missed@test.invalid", "89005550102")
    window.hear(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))
    window.talk()
    window.enter("Яма у дома")
    window.hear(Call().ended())
    settle()
    assert window.shows(CallCard)
    return window


def sit_down(window: Window, role: Role) -> None:
    window.sit_down(Operator(UUID(int=5), "other", "Третья Проба", role))
    settle()


def on_screen(window: Window) -> str:
    """All texts of the page without a call, including its table."""
    page = window.part(JournalPage)
    assert isinstance(page, JournalPage)
    model = page.table.model()
    cells = [
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    labels = [label.text() for label in visible(page, QLabel) if isinstance(label, QLabel)]
    return "\n".join((*labels, *cells))


def doing(window: Window) -> Doing:
    return window.operator_state.status.doing


def places(window: Window) -> set[str]:
    rows = visible(window.part(NavigationColumn), NavRow)
    return {row.accessibleName().split(",")[0] for row in rows}


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR])
def test_who_may_not_see_records_finds_none(own_window: Window, role: Role) -> None:
    desk = after_two_calls(own_window)
    sit_down(desk, role)

    assert desk.shows(JournalPage)
    told = on_screen(desk)
    assert "Ваша роль не видит записей вызовов" in told
    assert "555-01-0" not in told
    assert not any(name in place for place in places(desk) for name in OF_RECORDS)
    toast = desk.part(Toast)
    for key in (Qt.Key.Key_M, Qt.Key.Key_N):
        toast.hide()
        desk.press(key, CTRL)
        assert toast.accessibleName().startswith("Вашей роли это не разрешено")

    desk.sit_down(OPERATOR)
    settle()
    assert "+7 (900) 555-01-02" in on_screen(desk)
    assert all(any(name in place for place in places(desk)) for name in OF_RECORDS)
    desk.presenters.journal.show_list(JournalList.DRAFTS)
    assert "Яма у дома" in on_screen(desk)  # the active record is pending there


def test_who_hung_up_behind_the_call_in_front_is_not_shown_either(own_window: Window) -> None:
    """The caller's card became active as soon as the other card was suspended."""
    waiting, other = Call("waits@test.invalid", "89005550103"), Call()
    own_window.talk(waiting)
    own_window.enter("Ждал на линии")
    own_window.hear(waiting.held())
    own_window.hear(other.ringing(), other.answered(20))
    own_window.enter("Яма у дома")
    own_window.hear(waiting.ended(after_s=40), other.ended())
    settle()
    sit_down(own_window, Role.OBSERVER)

    assert own_window.desk.state.card is None
    assert own_window.shows(JournalPage)
    own_window.sit_down(OPERATOR)
    own_window.presenters.journal.show_list(JournalList.DRAFTS)
    settle()
    told = on_screen(own_window)
    assert "Ждал на линии" in told
    assert "Яма у дома" in told


def test_who_hung_up_behind_a_call_that_is_still_up_is_not_shown_after_it(
    own_window: Window,
) -> None:
    waiting, other = Call("waits@test.invalid", "89005550103"), Call()
    own_window.talk(waiting)
    own_window.enter("Ждал на линии")
    own_window.hear(waiting.held())
    own_window.hear(other.ringing(), other.answered(20))
    own_window.hear(waiting.ended(after_s=40))
    settle()
    sit_down(own_window, Role.OBSERVER)
    assert own_window.card.sip_call_id == other.call_id

    own_window.hear(other.ended())
    own_window.press(Qt.Key.Key_D, CTRL)
    settle()
    assert own_window.desk.state.card is None
    assert own_window.shows(JournalPage)

    own_window.sit_down(OPERATOR)
    own_window.presenters.journal.show_list(JournalList.DRAFTS)
    settle()
    assert "Ждал на линии" in on_screen(own_window)


def test_a_look_up_is_left_also_while_a_call_is_up(own_window: Window) -> None:
    own_window.talk()
    own_window.press(Qt.Key.Key_F4)
    assert own_window.shows(LookUpPage)
    sit_down(own_window, Role.ADMINISTRATOR)

    assert not own_window.shows(LookUpPage)
    assert own_window.shows(CallCard)  # the card of the active call


def test_no_call_rings_for_a_role_that_takes_none(own_window: Window) -> None:
    sit_down(own_window, Role.OBSERVER)

    assert doing(own_window) is Doing.NOT_READY
    assert own_window.phone.commands[-1] == ("do_not_disturb", "on")
    own_window.press(Qt.Key.Key_F9)
    assert own_window.part(Toast).accessibleName().startswith("Ваша роль не принимает вызовы")

    own_window.sit_down(OPERATOR)
    assert doing(own_window) is Doing.READY
    assert own_window.phone.commands[-1] == ("do_not_disturb", "off")
