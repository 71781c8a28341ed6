"""The workspace shows keys that the operator has changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.core.default_keys import Key
from console.core.keymap import KEYS, ChosenKeys
from console.features.call_card.card_view import CallCard
from console.features.call_card.persons_view import PersonPanel
from console.features.handover.page import HandoverPage
from console.features.planned_calls.page import PlannedCallsPage
from console.ui.labels import ElidedLabel
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN
RESULTS = {
    5: Key.RESULT_ANSWERED,
    6: Key.RESULT_CONTACTS,
    7: Key.MAKE_MESSAGE,
    8: Key.RESULT_TECHNICAL,
}


@pytest.fixture
def desk(window: Window) -> Iterator[Window]:
    """Yields the workspace, and restores its default keys."""
    yield window
    KEYS.install(ChosenKeys())


def read(part: QWidget) -> str:
    """Full text of the labels, even if it is elided."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    labels = [label.text() for label in part.findChildren(QLabel) if not label.isHidden()]
    return "\n".join(labels + [label.text() for label in part.findChildren(ElidedLabel)])


@pytest.mark.usefixtures("desk")
def test_sentences_of_pages_that_are_there_name_the_keys_of_now(own_window: Window) -> None:
    desk = own_window
    desk.press(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    planned, card = desk.part(PlannedCallsPage), desk.part(CallCard)
    assert "Ins" in read(planned)
    assert "F5" in read(card)

    KEYS.install(ChosenKeys().with_chord(Key.NEW, "Ctrl+S").with_chord(Key.SEARCH, "Ctrl+Q"))

    assert "Ctrl+S" in read(planned)
    assert "Ins" not in read(planned)
    assert "Ctrl+Q" in read(card)
    assert "F5" not in read(card)


def test_results_say_what_is_held_with_their_digits_or_each_its_chord(desk: Window) -> None:
    card = desk.part(CallCard)
    assert "Ctrl + цифра" in read(card)

    KEYS.install(ChosenKeys().with_chord(Key.RESULT_CONTACTS, "Ctrl+S"))
    assert "+ цифра" not in read(card)

    by_alt = ChosenKeys({key: f"Alt+{digit}" for digit, key in RESULTS.items()})
    KEYS.install(by_alt)
    assert "Alt + цифра" in read(card)


@pytest.mark.parametrize(("key", "left"), [(Key.PRINT, Key.WHO_CALLS), (Key.WHO_CALLS, Key.PRINT)])
def test_another_chord_for_printing_changes_nothing_of_who_calls_and_the_other_way_round(
    own_window: Window, key: Key, left: Key
) -> None:
    desk = own_window
    KEYS.install(ChosenKeys().with_chord(key, "Ctrl+S"))
    pressed = {key: Qt.Key.Key_S, left: Qt.Key.Key_P}
    try:
        desk.talk()
        desk.press(pressed[Key.PRINT], CTRL)
        assert not desk.shows(PersonPanel)
        desk.press(pressed[Key.WHO_CALLS], CTRL)
        assert desk.shows(PersonPanel)
        desk.press(Qt.Key.Key_Escape)

        desk.press(Qt.Key.Key_H, CTRL)
        for _round in range(8):
            QCoreApplication.processEvents()
        assert desk.shows(HandoverPage)
        desk.press(pressed[Key.WHO_CALLS], CTRL)
        assert not list(desk.handover_folder.glob("*.pdf"))
        desk.press(pressed[Key.PRINT], CTRL)
        assert len(list(desk.handover_folder.glob("*.pdf"))) == 1
        assert f"{'Ctrl+S' if key is Key.PRINT else 'Ctrl+P'}" in read_buttons(
            desk.part(HandoverPage)
        )
    finally:
        KEYS.install(ChosenKeys())


def read_buttons(part: QWidget) -> str:
    """Names of the controls for a screen reader."""
    return "\n".join(child.accessibleName() for child in part.findChildren(QWidget))
