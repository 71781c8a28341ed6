"""Names for screen readers, and enough space for every text."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from console.features.call_card.card_view import CallCard, PromiseBlock
from console.features.incidents.page import IncidentStrip
from console.features.message_form.page import MessageForm
from console.features.reports.page import ReportPage
from console.shared.session.undo import Offer
from console.shared.session.undo_view import UndoStrip
from console.shell.status_bar import StatusBar
from console.ui.buttons import ThemedButton
from console.ui.choices import ChoiceRow
from console.ui.labels import ElidedLabel, KeyHint
from console.ui.notices import Toast
from sync.exchange.events import CentralLost
from sync.exchange.failures import FailureKind
from sync.register.incidents import IncidentAct, IncidentStep
from sync.store.local.outbox import OutboxStatus
from telephony.events import AudioDeviceChanged, RegistrationState
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import Call, registration
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import (
    CTRL,
    NO_SCREEN,
    SMALL_SCREEN,
    Window,
    cut_words,
    describe,
    fail_everything,
    spoken_name,
    visible,
)

pytestmark = NO_SCREEN


def test_every_control_has_a_name_for_screen_readers(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_R, CTRL)
    pages = {"KeysPage", "TrainingPage"}  # handle keys as a whole and have no value
    nameless = [
        control
        for control in controls(window.page)
        if not spoken_name(control)
        and type(control).__name__ not in pages
        and control.objectName() not in ("qt_scrollarea_viewport",)
        and control.isEnabled()
        and control.parentWidget() is not None
        and not isinstance(control.parentWidget(), QAbstractItemView)
        and not hidden_for_good(control, window)
    ]

    assert [describe(control) for control in nameless] == []


def controls(root: QWidget) -> list[QWidget]:
    """All controls on the page that a user can operate."""
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)
    return [
        child
        for child in root.findChildren(QWidget)
        if isinstance(child, kinds)
        or child.focusPolicy() in (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.TabFocus)
    ]


def hidden_for_good(control: QWidget, window: Window) -> bool:
    """A banner button without an action is not part of the page."""
    return isinstance(control, ThemedButton) and not control.text() and not control.isVisible()


@pytest.mark.parametrize(
    "page", ["ring", "talk", "wrap-up", "message", "list", "training", "check", "keys"]
)
def test_all_words_have_room_on_a_small_screen(window: Window, page: str) -> None:
    call = Call()
    match page:
        case "ring":
            window.tell(call.ringing())
        case "talk":
            window.talk(call)
        case "wrap-up":
            window.talk(call)
            window.tell(call.ended())
        case "message":
            window.talk(call)
            window.press(Qt.Key.Key_3, CTRL)
        case "training":
            window.press(Qt.Key.Key_T, CTRL)
        case "check":
            window.press(Qt.Key.Key_F12)
            fail_everything(window)
        case "keys":
            window.press(Qt.Key.Key_F1)
        case _:
            pass
    for _round in range(8):  # a column, its rows and their texts are laid out in turn
        QCoreApplication.processEvents()

    outside = [
        describe(child)
        for child in visible(window.page, ThemedButton)
        if not on_the_page(child, window.page)
    ]
    assert (cut_words(window.page), outside) == ([], [])


def on_the_page(child: QWidget, page: QWidget) -> bool:
    return page.rect().contains(QRect(child.mapTo(page, child.rect().topLeft()), child.size()))


def test_the_foot_s_hints_make_room_for_what_is_wrong(own_window: Window) -> None:
    status = own_window.presenters.status
    hints = own_window.part(StatusBar).findChildren(KeyHint)
    assert all(hint.isVisible() for hint in hints)
    status.receive_sender(CentralLost(RANG_AT, FailureKind.UNREACHABLE))
    own_window.register.outbox = OutboxStatus(12, RANG_AT - timedelta(minutes=35), 0)
    own_window.hear(registration(RegistrationState.REGISTERED, RANG_AT))
    status.health.has_registrar = True
    own_window.hear(AudioDeviceChanged(RANG_AT, True, True, True))
    status.refresh()
    for _ in range(3):
        QCoreApplication.processEvents()

    assert own_window.page.width() == SMALL_SCREEN[0]
    shown = [hint for hint in hints if hint.isVisible()]
    assert shown
    assert len(shown) < len(hints)
    assert shown[-1].accessibleName().startswith("F1")
    assert "Телефон на связи с" in status.state.phone.text
    cut = [
        label.text()
        for label in visible(own_window.part(StatusBar), QLabel)
        if isinstance(label, QLabel) and label.width() < label.sizeHint().width()
    ]
    assert cut == []


def test_what_is_to_be_said_before_the_end_is_seen_whole(own_window: Window) -> None:
    own_window.talk()
    own_window.presenters.card.choose_result("technical")  # one more row
    own_window.presenters.card.show_promise(
        "Ваше сообщение зарегистрировано. Запишите номер: двадцать шесть одиннадцать, ноль один,"
        " ноль ноль, ноль шестнадцать, пять. Ответ подготовят до понедельника, тридцатого ноября."
    )
    now = own_window.clock.now
    own_window.presenters.answers.undo.show(Offer("Готово", "2611-0001-00016-5", now, lambda: None))
    QCoreApplication.processEvents()
    promise = own_window.part(PromiseBlock)

    assert promise.isVisible()
    assert promise.visibleRegion().boundingRect() == promise.rect()
    toast = own_window.part(Toast)
    assert isinstance(toast, Toast)
    toast.show_toast("Готово к работе", "звук не проверен")
    QCoreApplication.processEvents()
    said = QRect(promise.mapTo(own_window.page, promise.rect().topLeft()), promise.size())
    assert not toast.geometry().intersects(said)


@pytest.mark.parametrize(("height_px", "stands_beside"), [(768, True), (1080, False)])
def test_the_results_are_seen_whole_under_an_incident_with_what_can_be_taken_back(
    own_window: Window, height_px: int, stands_beside: bool
) -> None:
    """The undo bar took so much of a low window that half of the result row was hidden."""
    window = own_window
    window.page.resize(SMALL_SCREEN[0], height_px)
    text = (
        "На Лесной размыло дорогу, там работает бригада. Проезд откроют к 22 часам, объезд"
        " по Горной и Заречной."
    )
    step = IncidentStep(IncidentAct.DECLARED, UUID(int=1), "Лесная", "roads-pits", text, 0)
    window.incidents.take(step, window.desk.operator).result()
    window.presenters.incidents.reload()
    window.talk()
    settle()
    offer = Offer("Вызов сохранён", "2611-0001-00016-5", window.clock.now, lambda: None)
    window.presenters.answers.undo.show(offer)
    for _round in range(4):
        settle()
    undo, status = window.part(UndoStrip), window.part(StatusBar)

    assert window.shows(IncidentStrip)
    (results,) = [
        row
        for row in visible(window.part(CallCard), ChoiceRow)
        if row.accessibleName() == "Итог вызова"
    ]
    for part in (results, undo, window.part(IncidentStrip), status):
        assert part.visibleRegion().boundingRect() == part.rect(), describe(part)
    if stands_beside:
        assert status.geometry().right() < undo.geometry().left()
    else:
        assert undo.geometry().bottom() < status.geometry().top()
    assert cut_words(window.page, may_elide=True) == []


def test_what_can_be_taken_back_goes_from_beside_the_status_bar_to_above_it(
    own_window: Window,
) -> None:
    window = own_window
    offer = Offer("Вызов сохранён", "2611-0001-00016-5", window.clock.now, lambda: None)
    window.presenters.answers.undo.show(offer)
    undo, status = window.part(UndoStrip), window.part(StatusBar)
    for height_px, stands_beside in ((768, True), (1000, False), (768, True)):
        window.page.resize(SMALL_SCREEN[0], height_px)
        for _round in range(4):
            settle()
        assert undo.height() == undo.sizeHint().height()
        assert undo.visibleRegion().boundingRect() == undo.rect()
        assert (status.geometry().right() < undo.geometry().left()) is stands_beside


def test_the_hints_that_may_give_way_are_whole_at_the_usual_size(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)

    cut = [
        child.text()
        for child in visible(window.part(MessageForm), ElidedLabel)
        if isinstance(child, ElidedLabel) and child.width() < child.sizeHint().width()
    ]
    assert cut == []


def test_the_report_asks_for_no_room_beside_the_directory(window: Window) -> None:
    window.talk()
    before = window.page.minimumSizeHint().width()
    window.press(Qt.Key.Key_R, CTRL)
    report = window.part(ReportPage)
    needed = report.minimumSizeHint().width()

    assert window.page.minimumSizeHint().width() <= before
    window.page.resize(1024, 640)
    QCoreApplication.processEvents()
    assert report.width() >= needed
