"""A workplace locked during a call: the lock page shows the call without a name, and its keys
control it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.assembly.desk_lock import DeskLock
from console.core.default_keys import Key
from console.core.deliveries import Deliveries
from console.features.call_bar.locked_view import LockedCallCard
from console.features.sign_in.page import SignInPage
from console.features.sign_in.presenter import SignInMode, SignInPresenter
from console.shell.main_window import MainWindow
from console.ui.buttons import CallButton
from console.ui.theme import Theme
from sync.store.local.register import RegisterStore
from telephony.events import CallHeld, CallResumed, MuteChanged, Side
from tests.fakes.console_fakes import InlineExecutor
from tests.fakes.console_phone import Call
from tests.fakes.whole_desk import NO_SCREEN, SECOND, SMALL_SCREEN, Window, cut_words

pytestmark = NO_SCREEN
LIMIT_MS = 5000
NAME, LOGIN, PASSWORD = "Пробова Анна Петровна", "probova", "белая-ключевая-1"
CALLER = "Иванова Мария Львовна"
CALL = Call(number="89005550101", name=CALLER)
LED = ("answer", "reject", "hang_up", "mute", "unmute", "hold", "resume", "transfer", "record")
HEARD, UNHEARD = "Микрофон включён: вас слышно", "Микрофон выключен: вас не слышно"


class Locked:
    """A workspace in the main window, which Ctrl+L hides behind the sign-in page."""

    def __init__(
        self,
        desk: Window,
        theme: Theme,
        store: RegisterStore,
        deliveries: Deliveries,
        owner: QObject,
        folder: Path,
        bot: QtBot,
    ) -> None:
        self.desk, self.bot = desk, bot
        self.main = MainWindow(theme, "", 60_000, folder / "window.ini")
        self.sign_in = SignInPresenter(
            store, InlineExecutor(), deliveries, clock=desk.clock, parent=owner
        )
        self.page = SignInPage(theme, self.sign_in)
        self.main.show_page(self.page)
        self.lock = DeskLock(
            self.main, self.sign_in, self.page, desk.presenters,
            LockedCallCard(theme, desk.presenters.call_bar), is_training=False, parent=owner,
        )  # fmt: skip
        desk.page.lock_asked.connect(self.lock.lock)
        self.sign_in.signed_in.connect(lambda _operator: self.main.show_page(desk.page))
        self.sign_in.let_in(NAME, LOGIN, PASSWORD)
        bot.waitUntil(lambda: self.main.shown_page() is desk.page, timeout=LIMIT_MS)
        self.main.resize(*SMALL_SCREEN)
        self.main.show()
        self.main.activateWindow()
        QTest.qWaitForWindowActive(self.main, LIMIT_MS)
        desk.page.setFocus()

    @property
    def card(self) -> LockedCallCard:
        found = self.page.findChild(LockedCallCard)
        assert isinstance(found, LockedCallCard)
        return found

    def press_lock(self) -> None:
        self.desk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert self.main.shown_page() is self.page

    def words(self) -> str:
        """Text of the page, as read on the screen and by a screen reader."""
        seen = [child for child in self.page.findChildren(QWidget) if child.isVisible()]
        said = [child.accessibleName() for child in seen]
        read = [child.text() for child in seen if isinstance(child, QLabel)]
        tips = [child.toolTip() for child in seen]
        return "\n".join(filter(None, (*said, *read, *tips)))

    def buttons(self) -> dict[str, bool]:
        """Visible buttons, and whether each is enabled."""
        found = self.card.findChildren(CallButton)
        return {one.text(): one.isEnabled() for one in found if one.isVisible()}

    def click(self, text: str) -> None:
        (button,) = [
            one for one in self.card.findChildren(CallButton)
            if one.isVisible() and one.text() == text
        ]  # fmt: skip
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def sent(self) -> list[tuple[str, ...]]:
        return [told for told in self.desk.phone.commands if told[0] in LED]


@pytest.fixture
def locked(
    own_window: Window,
    theme: Theme,
    store: RegisterStore,
    deliveries: Deliveries,
    owner: QObject,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Locked]:
    made = Locked(own_window, theme, store, deliveries, owner, tmp_path, qtbot)
    yield made
    own_window.page.setParent(None)
    made.main.close_at_once()
    made.main.deleteLater()


def test_the_page_shows_line_timer_and_microphone_and_nothing_of_the_caller(
    locked: Locked,
) -> None:
    locked.desk.talk(CALL)
    locked.desk.enter("Не горит фонарь у дома")
    locked.press_lock()
    locked.desk.clock.now += timedelta(seconds=31)

    words = locked.words()
    assert "Идёт разговор" in words
    assert "линия 112000" in words
    assert HEARD in words
    assert "Пробова А. П. · с " in words
    assert locked.buttons() == {"Выключить микрофон": True, "Удержать": True, "Завершить": True}
    for kept in ("900", "555", CALLER.split()[0], "фонарь", "Петровна"):
        assert kept not in words
    assert locked.main.windowTitle() == ""
    focused = locked.main.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.echoMode() is QLineEdit.EchoMode.Password


def test_the_timer_is_that_of_the_call_bar_and_runs(locked: Locked) -> None:
    locked.desk.talk(CALL)
    locked.press_lock()
    state = locked.desk.presenters.call_bar.state
    assert state.locked is not None
    assert state.locked.block.since == state.block.since is not None

    before = locked.card.grab().toImage()
    locked.desk.clock.now += timedelta(minutes=2)
    locked.bot.waitUntil(lambda: locked.card.grab().toImage() != before, timeout=LIMIT_MS)


def test_the_keys_of_the_call_bar_mute_hold_and_hang_up(locked: Locked) -> None:
    desk = locked.desk
    desk.talk(CALL)
    locked.press_lock()
    desk.press(Qt.Key.Key_F6)
    desk.hear(MuteChanged(CALL.call_id, desk.clock.now, muted=True))
    assert UNHEARD in locked.words()
    assert "Включить микрофон" in locked.buttons()

    desk.press(Qt.Key.Key_F3)
    desk.hear(CallHeld(CALL.call_id, desk.clock.now, Side.NEAR))
    assert "Абонент на удержании" in locked.words()
    assert "Вернуть" in locked.buttons()
    desk.hear(MuteChanged(CALL.call_id, desk.clock.now, muted=False))
    assert "Удержание: вас не слышно" in locked.words()

    QTest.qWait(1100)  # a second press within a second is ignored as accidental
    desk.press(Qt.Key.Key_F3)
    desk.hear(CallResumed(CALL.call_id, desk.clock.now, Side.NEAR))
    assert HEARD in locked.words()
    desk.press(Qt.Key.Key_F8)

    assert locked.sent() == [
        ("mute", CALL.call_id),
        ("hold", CALL.call_id),
        ("resume", CALL.call_id),
        ("hang_up", CALL.call_id),
    ]


def test_the_buttons_do_the_same_and_the_caret_stays_in_the_password(locked: Locked) -> None:
    locked.desk.talk(CALL)
    locked.press_lock()
    locked.desk.enter("бел")
    locked.click("Выключить микрофон")
    locked.click("Удержать")
    locked.click("Завершить")
    locked.desk.enter("ая")

    assert [told[0] for told in locked.sent()] == ["mute", "hold", "hang_up"]
    password = locked.main.focusWidget()
    assert isinstance(password, QLineEdit)
    assert password.text() == "белая"


def test_nothing_else_of_the_desk_works_and_nobody_is_answered(locked: Locked) -> None:
    desk = locked.desk
    desk.talk(CALL)
    locked.press_lock()
    desk.hear(SECOND.ringing())
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)

    assert locked.sent() == []
    assert "ещё один вызов ждёт ответа" in locked.words()
    assert SECOND.number[-4:] not in locked.words()


def test_a_call_that_only_rings_is_neither_taken_nor_turned_away(locked: Locked) -> None:
    desk = locked.desk
    desk.hear(CALL.ringing())
    locked.press_lock()
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F8)
    locked.lock.press(Key.HANG_UP_ANYWHERE)

    assert locked.sent() == []
    assert not locked.card.isVisible()
    assert "Поступает вызов" in locked.words()


def test_the_end_of_the_call_is_told_and_its_record_is_kept(locked: Locked) -> None:
    desk = locked.desk
    desk.talk(CALL)
    desk.enter("Не горит фонарь")
    locked.press_lock()
    desk.hear(CALL.ended())

    assert "Разговор закончен в " in locked.words()
    assert set(locked.buttons().values()) == {False}
    desk.press(Qt.Key.Key_F6)
    assert "Вызов завершён" in locked.words()
    assert locked.sent() == []
    assert desk.card.content == "Не горит фонарь"

    # The notice of the call's end is not shown if the workplace is locked after the call.
    locked.sign_in.submit(name="", login="", password=PASSWORD, again="")
    locked.bot.waitUntil(lambda: locked.main.shown_page() is desk.page, timeout=LIMIT_MS)
    desk.page.setFocus()
    locked.press_lock()
    assert not locked.card.isVisible()


def test_a_call_is_led_while_another_signs_in_and_the_password_is_changed(locked: Locked) -> None:
    locked.desk.talk(CALL)
    locked.press_lock()
    locked.sign_in.begin_password_change("")
    assert locked.card.isVisible()
    locked.sign_in.cancel_password_change()
    assert "Пробова А. П. · с " in locked.words()
    locked.sign_in.change_operator()
    assert locked.sign_in.state.mode is SignInMode.SIGN_IN
    locked.desk.press(Qt.Key.Key_F8)
    assert locked.sent() == [("hang_up", CALL.call_id)]


def test_what_the_phone_refuses_is_said_on_the_page(locked: Locked) -> None:
    desk = locked.desk
    desk.talk(CALL)
    locked.press_lock()
    desk.press(Qt.Key.Key_F3)
    QTest.qWait(3300)  # the phone does not confirm the hold
    QCoreApplication.processEvents()

    assert "Не удалось" in locked.words()
    assert HEARD in locked.words()


def test_keys_of_other_programs_mute_and_hang_up(locked: Locked) -> None:
    locked.desk.talk(CALL)
    locked.lock.press(Key.MUTE_ANYWHERE)
    assert locked.sent() == []  # the workspace itself is visible
    locked.press_lock()
    locked.lock.press(Key.ANSWER_ANYWHERE)
    locked.lock.press(Key.MUTE_ANYWHERE)
    locked.lock.press(Key.HANG_UP_ANYWHERE)

    assert [told[0] for told in locked.sent()] == ["mute", "hang_up"]


@pytest.mark.parametrize("size", [SMALL_SCREEN, (1024, 640)])
def test_nothing_is_cut_and_nothing_lies_over_another(
    locked: Locked, size: tuple[int, int]
) -> None:
    locked.main.resize(*size)
    locked.desk.talk(CALL)
    locked.press_lock()

    assert cut_words(locked.page) == []
    whole = locked.page.rect()
    card, panel = locked.card.geometry(), locked.page.panel.geometry()
    assert whole.contains(card)
    assert whole.contains(panel)
    assert not card.intersects(panel)
