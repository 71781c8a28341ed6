"""The menu of a field: similar words above, what else may be done with the word below."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from console.keys.defaults import Key
from console.keys.installed import KEYS, shown
from console.presenters.spelling import SpellingPresenter
from console.views.components.shortcuts import sequences


class SpellingMenu(QMenu):
    """Similar words above, what else may be done below; Ctrl+Shift+J goes on to the next word."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        name = self.tr("Next misspelled word")
        self.went_on = QAction(f"{name}\t{shown(Key.NEXT_MISSPELLED)}", self)
        self._placeholder: QAction | None = None
        self._is_gone = False
        self.aboutToHide.connect(self.deleteLater)

    def offer(
        self, presenter: SpellingPresenter, letters: str, replace: Callable[[str], None]
    ) -> None:
        """What a misspelled word may have meant, as soon as it is known, and to add it."""
        self._placeholder = self.addAction(self.tr("Looking for similar words…"))
        self._placeholder.setEnabled(False)
        add = QAction(self.tr("Add to the dictionary: {word}").format(word=letters), self)
        add.triggered.connect(lambda: presenter.add(letters))
        self.addSeparator()
        self.addAction(add)
        self.addAction(self.went_on)
        self.addSeparator()
        self.aboutToHide.connect(self._gone)
        presenter.suggest(letters, lambda found: self._show(found, replace))

    def _gone(self) -> None:
        self._is_gone = True

    def _show(self, suggestions: tuple[str, ...], replace: Callable[[str], None]) -> None:
        """Put them in place of the line that waited, the first one chosen."""
        if self._is_gone:
            return  # Qt may have deleted it.
        waiting = self._placeholder
        if waiting is None:
            return
        if not suggestions:
            waiting.setText(self.tr("No similar word"))
            return
        actions = [QAction(text, self) for text in suggestions]
        for text, action in zip(suggestions, actions, strict=True):
            action.triggered.connect(lambda _checked=False, chosen=text: replace(chosen))
        self.insertActions(waiting, actions)
        self.removeAction(waiting)
        self._placeholder = None
        if self.activeAction() is None:
            self.setActiveAction(actions[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = KEYS.chosen.chord(Key.NEXT_MISSPELLED)
        if QKeySequence(event.keyCombination()) in sequences(chord):
            self.close()
            self.went_on.trigger()
        else:
            super().keyPressEvent(event)
