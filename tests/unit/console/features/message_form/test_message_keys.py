"""Keys of a message created from a call: findings, place, time and similar messages."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.features.call_card.card_view import CallCard
from console.features.directory_search.panel import DirectoryPanel
from console.features.message_form.checks_view import ChecksPanel
from console.features.message_form.open_messages_view import NearMessages
from console.features.message_form.page import ConfidentialStrip, MessageForm
from console.shared.messages.fields_view import CategoryField, PlaceField
from console.shared.messages.term_view import TopicRouteView
from console.ui.labels import ElidedLabel, Pill
from console.ui.text_field import TextField
from sync.register.calls.calls import CallState
from sync.register.checks.finding import FindingKind, Level
from sync.register.handling.handled import HandledMessage, projected
from sync.register.places import HouseRange, Landmark, PlaceList, Street
from sync.store.local.sidecar_files import write_places
from tests.fakes.console_phone import Call
from tests.fakes.message_ways import UP, led, registered
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window, visible

pytestmark = NO_SCREEN


def test_ctrl_3_makes_a_message_and_ctrl_enter_registers_it(own_window: Window) -> None:
    own_window.talk()
    own_window.enter("Яма на дороге")
    own_window.press(Qt.Key.Key_3, CTRL)
    assert own_window.shows(MessageForm)
    own_window.enter("ул. Пробная, 5")
    own_window.field(MessageForm, "ЧЧ:ММ").setFocus()
    own_window.enter("0830")
    own_window.part(MessageForm).findChildren(CategoryField)[0].setFocus()
    own_window.enter("ям")
    own_window.press(Qt.Key.Key_Return, CTRL)
    QCoreApplication.processEvents()  # The text is checked first, on another thread.

    assert len(own_window.register.messages) == 1
    message = next(iter(own_window.register.messages.values()))
    assert (message.text, message.place) == ("Яма на дороге", "ул. Пробная, 5")
    assert message.category == "roads-pits"
    assert own_window.shows(CallCard)
    assert own_window.card.message_id == message.id


def test_findings_stand_beside_the_message_and_keys_lead_to_their_words(
    window: Window, qtbot: QtBot
) -> None:
    window.reader.finds["голос"] = (FindingKind.EMERGENCY, Level.WARN, "fire")
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("Слышу голос, звоните +7 900 555-01-37")
    checks = window.presenters.message_checks
    qtbot.waitUntil(lambda: len(checks.state.marks) == 2, timeout=5000)
    QCoreApplication.processEvents()  # New rows appear after the layout.
    panel = window.part(ChecksPanel)
    assert panel.isVisible()
    assert not window.shows(DirectoryPanel)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Сначала 112" in shown
    assert any(text.startswith("2. Персональные данные") for text in shown)
    assert any(text.startswith("Спросите: «Можно не писать") for text in shown)
    text = window.part(MessageForm).findChildren(TextField)[0]
    # PySide6's stubs leave out the public fields of ExtraSelection.
    marked = [one.cursor.selectedText() for one in text.extraSelections()]  # type: ignore[attr-defined]
    assert marked == ["голос", "+7 900 555-01-37"]

    route = panel.findChildren(TopicRouteView)[0]
    assert not route.isVisible()
    window.presenters.message.set_category("roads-pits")
    assert route.isVisible()
    assert route.accessibleName().startswith("Дороги › Ямы. Отвечает: ")

    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_2, ALT)
    assert text.hasFocus()
    assert text.textCursor().selectedText() == "+7 900 555-01-37"
    window.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.field(MessageForm, "Улица, дом или ориентир")

    window.press(Qt.Key.Key_F5)
    assert window.shows(DirectoryPanel)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(ChecksPanel)


def test_a_place_goes_on_from_the_list_by_keys_and_a_strange_house_is_pointed_out(
    own_window: Window, tmp_path: Path
) -> None:
    street = Street("ул.", "Родниковая", (HouseRange(1, 25),))
    write_places(tmp_path / "places.json", PlaceList((street,), (Landmark("Парк «Источник»"),)))
    own_window.talk()
    own_window.press(Qt.Key.Key_3, CTRL)  # Ctrl+3 opens the list
    place = own_window.field(MessageForm, "Улица, дом или ориентир")
    assert isinstance(place, PlaceField)
    place.setFocus()
    own_window.enter("родн")
    own_window.press(Qt.Key.Key_Down)
    own_window.press(Qt.Key.Key_Return)
    assert place.text() == "ул. Родниковая, д. "
    own_window.enter("14")
    own_window.press(Qt.Key.Key_Tab)
    assert own_window.presenters.message.state.place == "ул. Родниковая, д. 14"
    assert not place.hasFocus()

    place.setFocus()
    own_window.enter("0")
    shown = [
        label.text() for label in own_window.page.findChildren(ElidedLabel) if label.isVisible()
    ]
    assert any(text.startswith("В списке нет дома 140 на ул. Родниковая") for text in shown)

    place.selectAll()
    own_window.enter("родн")
    own_window.press(Qt.Key.Key_Tab)  # nothing was selected: the input remains
    assert place.text() == "родн"
    place.setFocus()
    place.selectAll()
    own_window.enter("ист")
    own_window.press(Qt.Key.Key_Down)
    own_window.press(Qt.Key.Key_Tab)
    assert own_window.presenters.message.state.place == "Парк «Источник»"
    place.setFocus()
    place.selectAll()
    own_window.enter("родн")
    own_window.press(Qt.Key.Key_Down)
    own_window.press(Qt.Key.Key_Return)
    own_window.press(Qt.Key.Key_Tab)  # without a house number
    assert own_window.presenters.message.state.place == "ул. Родниковая"


def test_a_place_that_was_only_begun_is_asked_about_and_taken_by_an_arrow(
    own_window: Window, tmp_path: Path
) -> None:
    """«родн 14» and Tab: the body would have received exactly this text."""
    spring = Street("ул.", "Родниковая", (HouseRange(1, 20),))
    write_places(tmp_path / "places.json", PlaceList((spring,)))
    own_window.talk()
    own_window.enter("Яма")
    own_window.press(Qt.Key.Key_3, CTRL)
    QCoreApplication.processEvents()
    field = own_window.part(PlaceField)
    assert isinstance(field, PlaceField)
    field.setFocus()
    own_window.enter("родн 14")
    own_window.press(Qt.Key.Key_Tab)
    labels = own_window.part(MessageForm).findChildren(ElidedLabel)
    remarks = [label.text() for label in labels if label.isVisible()]
    assert "Это ул. Родниковая, д. 14? ↓ и Enter впишут так" in remarks

    field.setFocus()
    own_window.press(Qt.Key.Key_Down)
    own_window.press(Qt.Key.Key_Return)
    assert field.text() == "ул. Родниковая, д. 14"


def test_arrows_choose_a_moment_and_words_are_taken_on_leaving(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    day = window.field(MessageForm, "ДД.ММ.ГГГГ")
    hour = window.field(MessageForm, "ЧЧ:ММ")
    assert isinstance(day, QLineEdit)
    assert isinstance(hour, QLineEdit)
    day.setFocus()
    window.press(Qt.Key.Key_Down)
    assert (day.text(), hour.text()) == ("25.11.2026", "12:00")
    window.press(Qt.Key.Key_Up)
    assert (day.text(), hour.text()) == ("24.11.2026", "19:00")
    day.selectAll()
    window.enter("позавчера 18:30")
    window.press(Qt.Key.Key_Tab)
    assert (day.text(), hour.text()) == ("23.11.2026", "18:30")
    shown = [label.text() for label in visible(window.page, ElidedLabel)]  # type: ignore[attr-defined]
    assert "позавчера, понедельник 23 ноября, 18:30" in shown


def test_ctrl_d_ties_the_call_to_what_is_known_and_alt_s_splits(
    own_window: Window, qtbot: QtBot
) -> None:
    steps = (UP, registered(7))
    for low in (7, 8):
        way = led(low, steps, place="ул. Пробная, 5")
        record = projected(way.record, way.standing, way.history.events)
        own_window.handling.messages[record.id] = HandledMessage(record, way.history)
    own_window.talk()
    own_window.enter("Яма. Лампа")
    own_window.press(Qt.Key.Key_3, CTRL)
    text = own_window.part(MessageForm).findChildren(TextField)[0]
    text.setFocus()
    for _ in "Лампа":
        own_window.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    own_window.press(Qt.Key.Key_S, ALT)
    assert text.toPlainText() == "Яма."
    assert "сообщение 1 из 2" in [pill.accessibleName() for pill in visible(own_window.page, Pill)]

    own_window.field(MessageForm, "Улица, дом или ориентир").setFocus()
    own_window.enter("ул. Пробная, 5")
    near = own_window.part(NearMessages)
    qtbot.waitUntil(near.isVisible, timeout=5000)
    own_window.press(Qt.Key.Key_L, ALT)
    own_window.press(Qt.Key.Key_D, CTRL)
    assert own_window.card.message_id == UUID(int=8)
    # The additional question of the call is active now, and is not lost when saving.
    assert own_window.shows(MessageForm)
    assert text.toPlainText() == "Лампа"
    own_window.tell(Call().ended())
    own_window.press(Qt.Key.Key_Escape)
    assert own_window.shows(CallCard)
    own_window.press(Qt.Key.Key_Return, CTRL)
    assert own_window.shows(MessageForm)
    assert own_window.card.state is CallState.DRAFT
    own_window.press(Qt.Key.Key_Escape)
    own_window.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: own_window.desk.state.card is None, timeout=5000)


def test_tab_comes_to_the_chosen_cell_and_an_arrow_chooses_its_neighbour(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.part(MessageForm).findChildren(CategoryField)[0].setFocus()
    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Left)
    assert window.presenters.message.state.publicity == "public"


def test_alt_n_says_why_it_is_no_personal_data(window: Window, qtbot: QtBot) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("Звоните +7 900 555-01-37")
    window.presenters.message.set_publicity("public")
    checks = window.presenters.message_checks
    qtbot.waitUntil(lambda: checks.state.may_clear, timeout=5000)
    strip = window.part(ConfidentialStrip)
    assert strip.isVisible()
    window.press(Qt.Key.Key_N, ALT)
    window.enter("телефон магазина")
    window.press(Qt.Key.Key_Return)
    assert not checks.keeps_from_others
    assert checks.state.publicity_note == "Отмечено: не персональные данные — телефон магазина"
    window.press(Qt.Key.Key_N, ALT)
    assert checks.keeps_from_others


def test_esc_leaves_the_message_for_the_card(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.press(Qt.Key.Key_Escape)

    assert window.shows(CallCard)
    window.enter("дальше")
    assert window.card.content == "дальше"
