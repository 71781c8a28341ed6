"""Spell-check of a field of one line: the same wave, the same keys, the same menu.

A line has no document to highlight. Qt takes formats for its letters with what an input method
tells it; such an event that brings no letters changes the look alone.
"""

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat

from console.keys.defaults import Key
from console.presenters.spelling import SpellingPresenter
from console.spelling.text_words import words_to_check
from console.views.components.fields import LineField
from console.views.components.shortcuts import KeyShortcut
from console.views.components.spelling import units_of
from console.views.components.spelling_menu import SpellingMenu
from console.views.theme import Theme


def check_line_spelling(field: LineField, theme: Theme, presenter: SpellingPresenter) -> None:
    """Check a line of prose as long as it lives."""
    _LineSpelling(field, theme, presenter)


class _LineSpelling(QObject):
    """The word that is being typed is left alone until the caret leaves it."""

    def __init__(self, field: LineField, theme: Theme, presenter: SpellingPresenter) -> None:
        super().__init__(field)
        self._field = field
        self._theme = theme
        self._presenter = presenter
        self._menu: SpellingMenu | None = None
        self._is_typing = False
        self._shown: tuple[tuple[int, int], ...] = ()
        self._is_marking = False
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._open_at)
        field.textEdited.connect(self._typed)
        field.textChanged.connect(self._text_changed)
        field.cursorPositionChanged.connect(self._caret_moved)
        field.left.connect(self._settle)
        presenter.checked.connect(self._mark)
        theme.changed.connect(self._mark_anew)
        for key, action in (
            (Key.NEXT_MISSPELLED, self._go_on),
            (Key.SIMILAR_WORDS, self._open_at_caret),
        ):
            KeyShortcut(key, field, action, context=Qt.ShortcutContext.WidgetShortcut, repeats=True)

    # --- the wave ---

    def _typed(self, _text: str) -> None:
        self._is_typing = True
        self._mark_anew()

    def _text_changed(self, _text: str) -> None:
        # What came from elsewhere; letters of a person come before ``textEdited``.
        self._mark_anew()

    def _caret_moved(self, _old: int, _new: int) -> None:
        self._mark()

    def _settle(self) -> None:
        self._is_typing = False
        self._mark()

    def _mark_anew(self) -> None:
        self._shown = ((-1, -1),)  # Qt has moved what it had for the letters before
        self._mark()

    def _mark(self) -> None:
        if self._is_marking:
            return
        field = self._field
        caret = field.cursorPosition()
        found: list[tuple[int, int]] = []
        for word in words_to_check(field.text()):
            start, length = units_of(field.text(), word)
            is_typed = self._is_typing and field.hasFocus() and start <= caret <= start + length
            if not is_typed and self._presenter.is_wrong(word.text):
                found.append((start, length))
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(self._theme.colour("danger"))
        kind = QInputMethodEvent.AttributeType.TextFormat
        marks = [
            QInputMethodEvent.Attribute(kind, start - caret, length, wave)
            for start, length in found
        ]
        self._is_marking = True
        QCoreApplication.sendEvent(field, QInputMethodEvent("", marks))
        self._is_marking = False

    # --- the menu ---

    def _go_on(self) -> None:
        """Once everything typed is judged, choose the next wrong word and open its menu."""
        if self._menu is not None:
            self._menu.close()
        self._settle()
        self._presenter.when_checked(self._choose_next)

    def _choose_next(self) -> None:
        field = self._field
        self._mark()
        if not self._shown or field.isReadOnly():
            self._presenter.tell_status()
            return
        caret = field.selectionEnd() if field.hasSelectedText() else field.cursorPosition()
        start, length = next((wrong for wrong in self._shown if wrong[0] >= caret), self._shown[0])
        field.setSelection(start, length)
        self._open((start, length), field.cursorRect().bottomLeft(), goes_on=True)

    def _open_at_caret(self) -> None:
        self._settle()
        place = self._field.cursorPosition()
        below = self._field.cursorRect().bottomLeft()
        self._presenter.when_checked(lambda: self._open(self._word_at(place), below, goes_on=False))

    def _open_at(self, position: QPoint) -> None:
        word = self._word_at(self._field.cursorPositionAt(position))
        self._open(word, position, goes_on=False)

    def _word_at(self, place: int) -> tuple[int, int] | None:
        """The wrong word that the place stands in or at the end of."""
        return next((each for each in self._shown if each[0] <= place <= sum(each)), None)

    def _open(self, word: tuple[int, int] | None, position: QPoint, *, goes_on: bool) -> None:
        field = self._field
        menu = SpellingMenu(field)
        self._menu = menu
        menu.aboutToHide.connect(self._menu_gone)
        menu.went_on.triggered.connect(self._go_on)
        if word is not None:
            self._offer(menu, *word)
        if not goes_on:
            usual = field.createStandardContextMenu()
            usual.setParent(menu, usual.windowFlags())  # else it is shown as a part of it
            menu.addActions(usual.actions())
        menu.popup(field.mapToGlobal(position))

    def _menu_gone(self) -> None:
        self._menu = None

    def _offer(self, menu: SpellingMenu, start: int, length: int) -> None:
        field = self._field
        letters = field.text()[start : start + length]

        def replace(suggestion: str) -> None:
            if field.text()[start : start + length] == letters and not field.isReadOnly():
                field.setSelection(start, length)
                field.insert(suggestion)

        menu.offer(self._presenter, letters, replace)
