"""Keys in the order in which they were pressed, also where a screen reader hears each of them.

Qt asks the screen reader about every key (AT-SPI) and hands it on only after the answer; shortcuts
are not asked about, so that one overtakes the letters before it. On a busy machine Ctrl+Enter then
saves what has not been written yet. While a reader is there no key is a shortcut at once: it goes
the way of the letters, and Qt looks for a shortcut when it comes back from there.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication

from console.views.components.focus_filter import FocusFilter


class KeysInOrder(FocusFilter):
    """Holds shortcuts back for as long as the letters before them."""

    def __init__(
        self,
        application: QApplication,
        parent: QObject,
        is_read: Callable[[], bool] = QAccessible.isActive,
    ) -> None:
        """``is_read`` tells whether a screen reader is there."""
        self._is_read = is_read
        super().__init__(application, parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What comes back from the reader is the program's own event, no longer the window system's.
        if not isinstance(event, QKeyEvent) or not event.spontaneous():
            return False
        if not self._is_read():
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut yet
                return True
            case QEvent.Type.KeyPress:
                # Nobody has held it back, so it looks for its shortcut here and now.
                QCoreApplication.sendEvent(watched, event.clone())
                event.accept()
                return True
            case _:
                return False
