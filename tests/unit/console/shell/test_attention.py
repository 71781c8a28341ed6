"""Notifications outside the window, and the alarm that sounds until it is acknowledged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.shell.attention import Attention, sign
from console.ui.buttons import ActionButton
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.register.people.operator_states import Doing, Standing
from telephony.events import PhoneEvent
from tests.fakes.console_fakes import Clock
from tests.fakes.console_phone import Call, FakePhone, connected, disconnected
from tests.fakes.console_register import FakeRegister
from tests.fakes.faked_parts.shared import RESOURCES
from tests.fakes.led_desk import usual_desk, usual_status
from tests.fakes.operator_state import StateBench

pytestmark = pytest.mark.qt_log_ignore("does not support")
LUNCH = Standing(Doing.BREAK, "lunch")
TITLE = "Единый номер"


class Workplace:
    """A workspace with its phone, and a substitute for its window."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        deliveries, register = Deliveries(owner), FakeRegister()
        self.phone = FakePhone()
        self.desk = usual_desk(self.phone, register, deliveries, milestones, clock, owner)
        self.status = usual_status(register, deliveries, clock, owner)
        self.bench = StateBench(self.phone, self.desk, self.status, deliveries, clock, owner)
        self.attention, self.alarm = self.bench.attention, self.bench.alarm

    def hear(self, *events: PhoneEvent) -> None:
        for event in events:
            self.status.receive_phone(event)
            self.bench.state.receive_phone(event)
            self.desk.receive(event)
            QCoreApplication.processEvents()


@pytest.fixture
def work(owner: QObject, milestones: Milestones, clock: Clock) -> Workplace:
    made = Workplace(owner, milestones, clock)
    made.hear(connected())
    return made


def test_four_signs_each_with_a_shape_and_words_of_its_own(work: Workplace) -> None:
    states = [work.attention.state]
    work.bench.state.choose(LUNCH)
    states.append(work.attention.state)
    work.bench.state.press_key()
    call = Call()
    work.hear(call.ringing())
    states.append(work.attention.state)
    work.hear(call.answered())
    assert work.attention.state.icon == states[-1].icon
    work.hear(call.ended(), disconnected())
    states.append(work.attention.state)

    assert [state.text for state in states] == [
        "Готов",
        "Перерыв",
        "Входящий звонок",
        "Звонки не поступают",
    ]
    assert len({state.icon for state in states}) == len({state.role for state in states}) == 4
    assert [state.rings for state in states] == [False, False, True, False]


def test_the_alarm_sounds_once_a_minute_until_it_is_heard(work: Workplace) -> None:
    work.alarm.ring()
    assert work.bench.alarms == 0
    work.hear(disconnected())
    for _minute in range(2):
        work.alarm.ring()
    assert (work.alarm.waits, work.bench.alarms) == (True, 2)

    work.alarm.acknowledge()
    work.alarm.ring()
    assert (work.alarm.waits, work.bench.alarms) == (False, 2)

    # Acknowledging one problem does not silence the next.
    work.hear(connected())
    work.status.set_store_failed(True)
    work.alarm.ring()
    assert (work.alarm.waits, work.bench.alarms) == (True, 3)


@pytest.fixture
def theme() -> Theme:
    return Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)


def test_a_ring_while_the_window_is_away_is_a_toast_that_answers(
    work: Workplace, theme: Theme, owner: QObject, qtbot: QtBot
) -> None:
    answered: list[bool] = []
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setWindowTitle(TITLE)
    other = QPushButton()
    qtbot.addWidget(other)
    attention = Attention(theme, work.attention, lambda: answered.append(True), window, owner)
    toast = attention.toast
    window.show()
    work.hear(Call().ringing())
    assert not toast.isVisible()
    assert window.windowTitle() == f"Входящий звонок — {TITLE}"

    window.showMinimized()
    other.show()
    other.setFocus()
    QCoreApplication.processEvents()
    assert toast.isVisible()
    assert not toast.isActiveWindow()
    # Passers-by can read it, so it has no phone number.
    assert Call().number[-4:] not in toast.accessibleName()

    answer, _window = toast.findChildren(ActionButton)
    answer.click()
    assert answered == [True]
    assert not window.isMinimized()
    assert not toast.isVisible()
    work.hear(Call().answered(), Call().ended())
    assert window.windowTitle() == TITLE
    attention.close()


def test_a_sign_is_drawn_in_every_state(work: Workplace, theme: Theme) -> None:
    ready = sign(theme, work.attention.state)
    work.hear(disconnected())
    lost = sign(theme, work.attention.state)

    assert ready.pixmap(32).toImage() != lost.pixmap(32).toImage()
