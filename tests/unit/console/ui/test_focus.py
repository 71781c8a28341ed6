"""The keyboard focus is visible on every page, and Tab is never trapped."""

from __future__ import annotations

from collections.abc import Callable

import numpy
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QLabel, QWidget

from console.ui.theme import Theme
from tests.fakes.review_fakes import message_record
from tests.fakes.whole_desk import (
    ALT,
    CTRL,
    NO_SCREEN,
    Window,
    describe,
    open_editor,
    spoken_name,
)

pytestmark = NO_SCREEN
PLAIN = Qt.KeyboardModifier.NoModifier
SEEN_PX = 16  # minimum number of pixels in the ring's colour
MOST_STEPS = 120
BESIDE_PX = 6


def _call(window: Window) -> None:
    window.talk()


def _message(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.presenters.message.set_text("Звоните +7 900 555-01-37")


def _transfer(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F7)


def _by_key(key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> Callable[[Window], None]:
    return lambda window: window.press(key, modifier)


def _editor(window: Window) -> None:
    open_editor(window)
    window.presenters.editor.open("q-1")


def _section(key: Qt.Key) -> Callable[[Window], None]:
    def go(window: Window) -> None:
        open_editor(window)
        window.press(key, ALT)

    return go


def _review(window: Window) -> None:
    window.bench.city.submit(message_record(1, "Яма у дома"))
    window.press(Qt.Key.Key_F10)
    window.press(Qt.Key.Key_Return)


PAGES: dict[str, Callable[[Window], None]] = {
    "list": lambda _window: None,
    "card": _call,
    "message": _message,
    "transfer": _transfer,
    "report": _by_key(Qt.Key.Key_R, CTRL),
    "training": _by_key(Qt.Key.Key_T, CTRL),
    "calendar": _by_key(Qt.Key.Key_K, ALT),
    "answers": _by_key(Qt.Key.Key_O, CTRL),
    "call-backs": _by_key(Qt.Key.Key_F11),
    "look-up": _by_key(Qt.Key.Key_F4),
    "check": _by_key(Qt.Key.Key_F12),
    "editor": _editor,
    "searches in vain": _section(Qt.Key.Key_U),
    "synonyms": _section(Qt.Key.Key_S),
    "out of date": _section(Qt.Key.Key_O),
    "proposals": _section(Qt.Key.Key_P),
    "files": _section(Qt.Key.Key_I),
    "review": _review,
}


def _settle() -> None:
    for _round in range(4):
        QCoreApplication.processEvents()


def _spoken(widget: QWidget | None) -> str:
    return "" if widget is None else f"{type(widget).__name__} {spoken_name(widget)}"


def _ring_px(window: Window, widget: QWidget, theme: Theme) -> int:
    """Number of pixels around the widget in the colour of the ring."""
    place = QRect(widget.mapTo(window.page, QPoint()), widget.size())
    around = place.adjusted(-BESIDE_PX, -BESIDE_PX, BESIDE_PX, BESIDE_PX)
    seen = window.page.grab(around.intersected(window.page.rect()))
    image = seen.toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = numpy.frombuffer(image.constBits(), dtype=numpy.uint32)
    return int((pixels == theme.colour("focus").rgb()).sum())


def _is_page(widget: QWidget) -> bool:
    """Whether the focused widget is a page, whose title shows the location."""
    is_frame = isinstance(widget, QFrame)
    return is_frame and not isinstance(widget, QAbstractScrollArea | QLabel)


@pytest.mark.parametrize("name", list(PAGES))
def test_the_keyboard_is_seen_and_is_never_trapped(
    own_window: Window, theme: Theme, name: str
) -> None:
    PAGES[name](own_window)
    _settle()
    reached, unseen = [_spoken(QApplication.focusWidget())], []
    for _step in range(MOST_STEPS):
        at = QApplication.focusWidget()
        assert at is not None
        if not _is_page(at) and _ring_px(own_window, at, theme) < SEEN_PX:
            unseen.append(describe(at))
        own_window.press(Qt.Key.Key_Tab)
        _settle()
        reached.append(_spoken(QApplication.focusWidget()))
        if len(reached) > 2 and reached[-1] == reached[1]:
            break

    assert unseen == []
    # Tab has returned to the first widget: no widget trapped it.
    assert reached[-1] == reached[1], reached
    assert len(set(reached)) > 1
