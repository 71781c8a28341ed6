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
    """Have it said, in the name of ``widget``; nothing happens where nobody listens."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class FocusFilter(QObject):
    """Installed where the keyboard goes, and taken away where it leaves."""

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


class KeptCaret:
    """What had the keyboard before a panel, a menu or a strip took it."""

    def __init__(self, widget: QWidget | None = None) -> None:
        self._widget = widget

    def keep(self, widget: QWidget | None) -> None:
        """Remember what has it now."""
        self._widget = widget

    def give_back(self) -> bool:
        """Whether it is there again: once, and not where nobody would see it.

        A list that was read anew meanwhile has other lines, and those of before are no more.
        """
        widget, self._widget = self._widget, None
        if widget is None or not isValid(widget) or not widget.isVisible():
            return False
        widget.setFocus()
        return True


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


ON_PAGE = Qt.ShortcutContext.WidgetWithChildrenShortcut


def sequences(chord: str) -> list[QKeySequence]:
    """The chord for Qt: each Enter is a key of its own, and so is a letter of a Russian keyboard.

    Qt finds the Latin letter of a place by itself only where a Latin layout is there beside the
    Russian one.
    """
    head, _, last = chord.rpartition("+")
    twins = {"Enter": "Return"}.get(last) or in_russian(last)
    return [QKeySequence(chord)] + ([QKeySequence(f"{head}+{twins}")] if twins else [])


def chord_of(event: QKeyEvent) -> str:
    """The chord as the map writes it, with Latin letters under any layout."""
    return in_latin(
        QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    )


class KeyShortcut(QShortcut):
    """A shortcut of the map; its key is whatever the operator has for it."""

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
        # of the two letters that stand for one place both may be found; no two keys have one chord
        self.activatedAmbiguously.connect(lambda: action())
        KEYS.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setKeys(sequences(KEYS.chosen.chord(self._key)))


def bind_on_page(host: QObject, keys: dict[Key, Callable[[], object]]) -> None:
    """The keys of one page, which work while it or something on it has the keyboard."""
    for key, action in keys.items():
        KeyShortcut(key, host, action, context=ON_PAGE)
