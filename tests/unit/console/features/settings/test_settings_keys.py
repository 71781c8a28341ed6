"""The settings by keyboard only: opened, filled in, tested, saved and left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage
from console.features.own_desk.keys_view import KeyChoicePage
from console.features.own_desk.page import OwnDeskPage
from console.features.settings.devices_view import DevicesSection
from console.features.settings.form_view import FormSection
from console.features.settings.page import FirstSettings, SettingsPage
from console.features.settings.parts_view import WaySection
from console.features.shift_check.page import PhoneCheckPage
from console.features.sign_in.page import SignInPage
from console.features.sign_in.presenter import SignInPresenter
from console.shell.right_column import RightColumn
from console.ui.choices import ChoiceBox
from console.ui.theme import Theme
from sync.store.local.register import RegisterStore
from telephony.findings import Check, Finding, Part, Verdict
from telephony.headset.descriptor import Button, ButtonMoved
from telephony.headset.watch import HeadsetFound, HeadsetPressed
from tests.fakes.console_fakes import SUPERVISOR, InlineExecutor, Told
from tests.fakes.console_phone import Call
from tests.fakes.settings import HEADSET, SPEAKER, SettingsBench
from tests.fakes.whole_desk import (
    ALT,
    CTRL,
    NO_SCREEN,
    SMALL_SCREEN,
    Window,
    cut_words,
    spoken_name,
    visible,
)

pytestmark = NO_SCREEN
SETTINGS = (Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)


def settle() -> None:
    for _round in range(6):
        QCoreApplication.processEvents()


def open_account(window: Window) -> None:
    window.press(*SETTINGS)
    window.press(Qt.Key.Key_1, ALT)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def shown_section(window: Window) -> QWidget:
    (found,) = (
        page
        for kind in (FormSection, DevicesSection)
        for page in window.part(SettingsPage).findChildren(kind)
        if page.isVisible()
    )
    return found


def test_an_account_is_typed_tried_and_kept_by_keys(own_window: Window) -> None:
    window, bench = own_window, own_window.settings_bench
    open_account(window)
    assert focused().accessibleName() == "Станция"
    for text in ("pbx.invalid", "117", "geheim-1"):
        window.enter(text)
        window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_T, ALT)
    bench.account_test.found.emit(Finding(Check.REGISTRATION, Verdict.FAILED, "refused", 403))
    bench.account_test.ended.emit(True)
    assert "Неверен номер или пароль (403)" in said(window)

    window.press(Qt.Key.Key_Return, CTRL)
    settle()
    account = bench.chosen.settings.account
    assert account is not None
    assert (account.server, account.user, account.password) == ("pbx.invalid", "117", "geheim-1")
    assert "Сохранено" in said(window)


def said(window: Window) -> str:
    """Text of the page as a screen reader reads it."""
    return " | ".join(
        spoken_name(child)
        for child in shown_section(window).findChildren(QWidget)
        if child.isVisible() and spoken_name(child)
    )


def test_a_password_that_was_not_kept_waits_for_nobody_else(own_window: Window) -> None:
    window, form = own_window, own_window.settings_bench.presenters.account
    open_account(window)
    for text in ("pbx.invalid", "117", "geheim-1"):
        window.enter(text)
        window.press(Qt.Key.Key_Tab)
    assert form.state.is_changed
    window.presenters.settings.forget_typed()

    assert not form.state.is_changed
    fields = shown_section(window).findChildren(QLineEdit)
    assert not [field for field in fields if "geheim" in field.text()]
    form.save()
    settle()
    assert window.settings_bench.chosen.settings.account is None


def test_what_is_wrong_takes_the_keyboard_and_says_why(window: Window) -> None:
    open_account(window)
    window.enter("pbx.invalid")
    window.press(Qt.Key.Key_Return, CTRL)

    assert focused().accessibleName() == "Номер (логин)"
    assert focused().accessibleDescription() == "Укажите номер или логин телефона"
    window.settings_bench.presenters.account.drop()


def test_a_password_is_never_letters_on_the_screen(window: Window) -> None:
    open_account(window)
    window.press(Qt.Key.Key_4, ALT)  # the page of the database
    hidden = [
        field
        for field in window.part(SettingsPage).findChildren(QLineEdit)
        if field.accessibleName() == "Пароль"
    ]

    assert len(hidden) == 2
    assert {field.echoMode() for field in hidden} == {QLineEdit.EchoMode.Password}


def test_esc_goes_to_the_list_and_then_back_to_the_work(window: Window) -> None:
    open_account(window)
    assert isinstance(focused(), QLineEdit)
    window.press(Qt.Key.Key_Escape)
    assert focused().accessibleName() == "Настройки"
    assert window.shows(SettingsPage)
    assert not window.shows(RightColumn)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_arrows_and_digits_choose_a_page(window: Window) -> None:
    window.press(*SETTINGS)
    window.press(Qt.Key.Key_Home)
    window.press(Qt.Key.Key_Down)
    assert isinstance(shown_section(window), DevicesSection)
    window.press(Qt.Key.Key_4, ALT)
    assert focused().accessibleName() == "Подключение"


def test_buttons_are_chosen_by_arrows_tried_and_kept(own_window: Window) -> None:
    window, bench = own_window, own_window.settings_bench
    window.press(*SETTINGS)
    window.press(Qt.Key.Key_3, ALT)
    assert focused().accessibleName() == "Включены"
    window.press(Qt.Key.Key_T, ALT)
    (headset,) = bench.headsets
    headset.tell(HeadsetFound(b"3", "Wireless 75", frozenset({Button.HOOK}), frozenset()))
    settle()
    assert "Wireless 75: нажмите любую её кнопку" in said(window)
    headset.tell(HeadsetPressed(b"3", ButtonMoved(Button.HOOK, True)))
    settle()
    assert "Нажата «ответить и завершить»" in said(window)

    window.press(Qt.Key.Key_Right)
    assert focused().accessibleName() == "Выключены"
    window.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert not bench.chosen.settings.headset.buttons
    assert "Сохранено; начнёт действовать после" in said(window)


def test_a_device_is_chosen_by_arrows_heard_and_kept(own_window: Window) -> None:
    window, bench = own_window, own_window.settings_bench
    window.press(*SETTINGS)
    window.press(Qt.Key.Key_2, ALT)
    settle()
    (box,) = (
        one
        for one in window.part(SettingsPage).findChildren(ChoiceBox)
        if one.accessibleName() == "Наушники гарнитуры"
    )
    box.setFocus()
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_T, ALT)
    (order,) = bench.device_test.orders
    assert (order.part, order.settings.audio.output_device) == (Part.EARPIECE, HEADSET.name)
    bench.device_test.found.emit(Finding(Check.RINGER, Verdict.PASSED, "played"))
    bench.device_test.ended.emit(True)
    assert "В гарнитуре прозвучал звонок" in said(window)

    box.setFocus()
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert bench.chosen.settings.audio.output_device == SPEAKER.name


def test_who_may_not_configure_is_offered_neither_account_nor_database(own_window: Window) -> None:
    window = own_window  # each page opens where it was left
    window.settings_bench.may_configure = False
    window.press(*SETTINGS)

    assert isinstance(shown_section(window), DevicesSection)
    assert visible(window.part(SettingsPage), FormSection) == []
    window.press(Qt.Key.Key_2, ALT)
    assert window.shows(OwnDeskPage)


def test_the_check_of_the_phone_leads_to_the_account_that_is_missing(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    (button,) = (
        child
        for child in visible(window.part(PhoneCheckPage), QWidget)
        if spoken_name(child) == "Указать учётную запись"
    )
    button.setFocus()
    window.press(Qt.Key.Key_Space)

    assert window.shows(SettingsPage)
    assert focused().accessibleName() == "Станция"
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_a_ring_leaves_the_page_and_what_is_typed(window: Window) -> None:
    open_account(window)
    window.enter("pbx.inv")
    window.hear(Call().ringing())
    window.enter("alid")
    assert window.shows(SettingsPage)
    window.hear(Call().answered())
    assert window.shows(CallCard)
    window.press(*SETTINGS)

    form = window.settings_bench.presenters.account
    assert form.state.fields["server"].value == "pbx.invalid"
    form.drop()


def test_every_control_of_the_pages_has_a_name_and_no_word_is_cut(window: Window) -> None:
    for digit in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        window.press(*SETTINGS)
        window.press(digit, ALT)
        settle()
        section = shown_section(window)
        unnamed = [
            type(child).__name__
            for child in visible(section, QWidget)
            if child.focusPolicy() is not Qt.FocusPolicy.NoFocus and not spoken_name(child)
        ]
        assert unnamed == []
        for size in ((SMALL_SCREEN[0], 640), SMALL_SCREEN):
            window.page.resize(*size)
            settle()
            assert window.page.width() == size[0]
            assert cut_words(window.part(SettingsPage)) == []
        window.press(Qt.Key.Key_Escape)


def test_another_person_does_not_find_the_page_open(own_window: Window) -> None:
    window = own_window
    open_account(window)
    window.sit_down(SUPERVISOR)
    settle()

    assert window.shows(JournalPage)


def test_in_training_there_is_only_what_each_has_for_herself(own_window: Window) -> None:
    window = own_window
    object.__setattr__(window.presenters.settings, "is_offered", False)
    window.press(*SETTINGS)

    (shown,) = visible(window.part(SettingsPage), WaySection)
    assert isinstance(shown, WaySection)
    window.press(Qt.Key.Key_Return)
    assert window.shows(OwnDeskPage)


def test_appearance_and_keys_are_reached_from_the_list(window: Window) -> None:
    for digit, page in ((Qt.Key.Key_5, OwnDeskPage), (Qt.Key.Key_6, KeyChoicePage)):
        window.press(*SETTINGS)
        window.press(digit, ALT)
        assert window.shows(page)


# --- before the first operator ---


@pytest.fixture
def bench(tmp_path: Path, owner: QObject) -> SettingsBench:
    return SettingsBench(tmp_path, owner)


@pytest.fixture
def first(bench: SettingsBench, theme: Theme, qtbot: QtBot) -> FirstSettings:
    page = FirstSettings(theme, bench.presenters)
    qtbot.addWidget(page)
    page.resize(*SMALL_SCREEN)
    page.show()
    QTest.qWaitForWindowActive(page)
    page.open_page()
    return page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)
    settle()


def test_a_centre_is_pasted_tried_and_kept_before_anybody_works_here(
    first: FirstSettings, bench: SettingsBench
) -> None:
    left = Told(first.closed)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    QApplication.clipboard().setText("postgresql://w:geheim-1@centre.invalid/register")
    press(Qt.Key.Key_V, CTRL)
    field = focused()
    assert isinstance(field, QLineEdit)
    press(Qt.Key.Key_Tab)
    assert "geheim" not in field.text()
    press(Qt.Key.Key_T, ALT)
    assert len(bench.asked) == 1
    press(Qt.Key.Key_Return, CTRL)

    assert "geheim-1" in (bench.chosen.settings.central_dsn or "")
    assert bench.presenters.centre.state.needs_restart
    asked = Told(bench.chosen.restart_asked)
    assert cut_words(first) == []
    (button,) = [
        one for one in visible(first, QWidget) if spoken_name(one) == "Перезапустить сейчас"
    ]
    assert button.isEnabled()
    while focused() is not button:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert len(asked.values) == 1
    for _step in range(2):
        press(Qt.Key.Key_Escape)
    assert len(left.values) == 1


def test_the_way_to_the_settings_is_open_before_the_first_operator_alone(
    theme: Theme, owner: QObject, deliveries: Deliveries, qtbot: QtBot, store: RegisterStore
) -> None:
    presenter = SignInPresenter(store, InlineExecutor(), deliveries, parent=owner)
    page = SignInPage(theme, presenter)
    qtbot.addWidget(page)
    page.show()
    asked = Told(page.settings_asked)

    def way() -> list[QWidget]:
        return [
            one for one in visible(page, QWidget) if spoken_name(one) == "Настройки рабочего места"
        ]

    assert way() == []  # it is not known yet whether an operator exists
    presenter.start()
    settle()
    (link,) = way()
    link.setFocus()
    press(Qt.Key.Key_Space)
    assert len(asked.values) == 1
    entered = Told(presenter.signed_in)
    presenter.let_in("Пробова Анна Петровна", "probova", "белая-ключевая-1")
    qtbot.waitUntil(lambda: len(entered.values) == 1, timeout=5000)
    presenter.lock()
    assert way() == []
    presenter.change_operator()
    assert way() == []
