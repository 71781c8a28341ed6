"""Alt with a letter types nothing, on whatever page it is pressed.

Qt's fields take the letter of a chord that is no shortcut where they stand: a key of another page
left its letter in the middle of a caller's words.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from console.views.components.focus_filter import FocusFilter


class AltLetters(FocusFilter):
    """Keeps them from fields; what stands around the field may still want them.

    AltGr, which does write, comes as a modifier of its own or as Ctrl and Alt together.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        held = event.modifiers()
        is_alone = held & Qt.KeyboardModifier.AltModifier and not (
            held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.GroupSwitchModifier)
        )
        if not is_alone or not event.text().isprintable() or not event.text():
            return False
        event.ignore()
        return True
