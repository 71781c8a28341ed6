"""Which key takes back what was just done: never one that a field needs for what is typed there."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from console.presenters.undo import Undo, UndoState
from console.views.components.shortcuts import chord_of, sequences
from console.views.components.undo_strip import UndoStrip
from console.views.photos.strip import PhotoStrip

KEY = "Ctrl+Z"
EVERYWHERE_KEY = "Ctrl+Shift+Z"


class UndoKeys(QObject):
    """The keys of the strip, while it offers something.

    Ctrl+Z belongs to the field with the keyboard as long as there is anything in it to undo or
    redo: who undoes her typing step by step must not run on into a saved call. Ctrl+Shift+Z takes
    back from everywhere, and the strip shows the one that does.
    """

    def __init__(self, page: QWidget, undo: Undo, strip: UndoStrip) -> None:
        super().__init__(page)
        self._strip = strip
        self._is_offered = False
        self._shortcuts = [self._shortcut(page, key, undo) for key in (KEY, EVERYWHERE_KEY)]
        undo.changed.connect(self._offer)
        self._offer(undo.state)

    def _shortcut(self, page: QWidget, key: str, undo: Undo) -> QShortcut:
        shortcut = QShortcut(page)
        shortcut.setKeys(sequences(key))
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(undo.undo)
        # where both letters of the place are found
        shortcut.activatedAmbiguously.connect(undo.undo)
        return shortcut

    def _offer(self, state: UndoState | None) -> None:
        """While nothing can be taken back the keys are those of whatever has the keyboard."""
        is_offered = state is not None
        if is_offered is not self._is_offered:
            self._is_offered = is_offered
            application = QApplication.instance()
            if isinstance(application, QApplication):
                # Only what has the keyboard is asked whether it takes a chord, and so only that is
                # watched: the application has thousands of other events.
                if is_offered:
                    application.focusChanged.connect(self._follow)
                    self._follow(None, application.focusWidget())
                else:
                    application.focusChanged.disconnect(self._follow)
                    self._follow(application.focusWidget(), None)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(is_offered)
        if is_offered:
            self._show_key()

    def _follow(self, left: QWidget | None, entered: QWidget | None) -> None:
        if left is not None:
            left.removeEventFilter(self)
        if entered is not None:
            entered.installEventFilter(self)
        if self._is_offered:
            self._show_key()

    def _show_key(self) -> None:
        focused = QApplication.focusWidget()
        self._strip.show_key(EVERYWHERE_KEY if _has_own_undo(focused) else KEY)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        chord = chord_of(event)
        if chord not in (KEY, EVERYWHERE_KEY):
            return False
        if chord == KEY and _has_own_undo(QApplication.focusWidget()):
            event.accept()
            return True
        # A field would take it even with nothing to undo.
        event.ignore()
        return True


def _has_own_undo(focused: QWidget | None) -> bool:
    match focused:
        case QLineEdit():
            typed = focused.isUndoAvailable() or focused.isRedoAvailable()
            return typed and not focused.isReadOnly()
        case QPlainTextEdit() | QTextEdit():
            text = focused.document()
            typed = text.isUndoAvailable() or text.isRedoAvailable()
            return typed and not focused.isReadOnly()
        case _:
            return _is_in_photos(focused)


def _is_in_photos(focused: QWidget | None) -> bool:
    """Among photos of which one can be put back."""
    while focused is not None:
        if isinstance(focused, PhotoStrip):
            return focused.may_put_back
        focused = focused.parentWidget()
    return False
