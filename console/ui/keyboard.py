"""Keyboard support: configurable shortcuts, key filters, saved focus, screen reader messages."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from console.core.default_keys import Key
from console.core.keymap import KEYS, in_latin, in_russian


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Sends a screen reader announcement for ``widget``; no-op without a screen reader."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class FocusFilter(QObject):
    """Event filter that is installed only on the widget that has the focus."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.focusChanged.connect(self._follow)
        self._follow(None, application.focusWidget())

    def _follow(self, left: QWidget | None, entered: QWidget | None) -> None:
        if left is not None:
            left.removeEventFilter(self)
        if entered is not None:
            entered.installEventFilter(self)


class AltLetters(FocusFilter):
    """Ignores Alt with a letter, so that text fields do not insert the letter; parent widgets still
    receive the key.

    AltGr, which inserts characters, is reported as a separate modifier or as Ctrl+Alt.
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


class KeptCaret:
    """Remembers the focused widget when a panel, menu or bar takes the focus, to restore the focus
    later.
    """

    def __init__(self, widget: QWidget | None = None) -> None:
        self._widget = widget

    def keep(self, widget: QWidget | None) -> None:
        """Remembers this widget, which has the focus now."""
        self._widget = widget

    def give_back(self) -> bool:
        """Restores the focus once; returns False if the remembered widget was deleted or is not
        visible.

        If a list was reloaded, its rows are new widgets and the remembered row no longer exists.
        """
        widget, self._widget = self._widget, None
        if widget is None or not isValid(widget) or not widget.isVisible():
            return False
        widget.setFocus()
        return True


class KeysInOrder(FocusFilter):
    """Retains the order of shortcuts and text input while a screen reader delays key events."""

    def __init__(
        self,
        application: QApplication,
        parent: QObject,
        is_read: Callable[[], bool] = QAccessible.isActive,
    ) -> None:
        """``is_read`` returns whether a screen reader is active."""
        self._is_read = is_read
        super().__init__(application, parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Key events that the screen reader has delayed and sends again are not spontaneous.
        if not isinstance(event, QKeyEvent) or not event.spontaneous():
            return False
        if not self._is_read():
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                event.accept()  # postpones the shortcut until the key press arrives
                return True
            case QEvent.Type.KeyPress:
                # The screen reader did not delay this event, so a copy is sent to match shortcuts
                # now.
                QCoreApplication.sendEvent(watched, event.clone())
                event.accept()
                return True
            case _:
                return False


ON_PAGE = Qt.ShortcutContext.WidgetWithChildrenShortcut


def sequences(chord: str) -> list[QKeySequence]:
    """Returns Qt key sequences for a chord, for both Enter keys and for the Cyrillic letter on the
    same physical key.

    Qt itself maps a Cyrillic letter to the Latin letter of the key only if a Latin layout is
    installed.
    """
    head, _, last = chord.rpartition("+")
    twins = {"Enter": "Return"}.get(last) or in_russian(last)
    return [QKeySequence(chord)] + ([QKeySequence(f"{head}+{twins}")] if twins else [])


def chord_of(event: QKeyEvent) -> str:
    """Returns the chord of the event in the notation of the key map, with Latin letters in any
    keyboard layout.
    """
    return in_latin(
        QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    )


class KeyShortcut(QShortcut):
    """Shortcut of the key map, which follows changes of its chord by the operator."""

    def __init__(
        self,
        key: Key,
        host: QObject,
        action: Callable[[], object],
        *,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
        repeats: bool = False,
    ) -> None:
        super().__init__(host)
        self._key = key
        self.setContext(context)
        self.setAutoRepeat(repeats)
        self.activated.connect(lambda: action())
        # The Latin and the Cyrillic letter of one key may both match, which Qt reports as
        # ambiguous; different keys never share a chord.
        self.activatedAmbiguously.connect(lambda: action())
        KEYS.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setKeys(sequences(KEYS.chosen.chord(self._key)))


def bind_on_page(host: QObject, keys: dict[Key, Callable[[], object]]) -> None:
    """Binds shortcuts that work while the page or one of its children has the focus."""
    for key, action in keys.items():
        KeyShortcut(key, host, action, context=ON_PAGE)
