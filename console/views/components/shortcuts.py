"""Keys of the map bound to what they do; they follow when the operator changes the map."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from console.keys.chosen import in_latin, in_russian
from console.keys.defaults import Key
from console.keys.installed import KEYS

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
