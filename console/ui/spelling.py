"""Spell-check marks and the menu of suggestions, for text fields and one-line fields."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from console.core.default_keys import Key
from console.core.keymap import KEYS, shown
from console.core.spelling import SpellingPresenter, TextWord, words_to_check
from console.ui.fields import LineField
from console.ui.keyboard import KeyShortcut, sequences
from console.ui.text_field import LONG_TEXT, TextField
from console.ui.theme import Theme


class SpellingMenu(QMenu):
    """Menu with suggestions above and other actions below; Ctrl+Shift+J moves to the next word."""

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
        """Adds suggestions for a misspelled word when available, and «Add to the dictionary»."""
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
        """Replaces the placeholder with the suggestions, the first one selected."""
        if self._is_gone:
            return  # Qt may have deleted the menu.
        waiting = self._placeholder
        if waiting is None:
            return
        if not suggestions:
            waiting.setText(self.tr("No similar words"))
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


_UNSEEN, _PENDING, _DONE = 2, 1, 0  # block states
_TURN_MS = 8
_LAST_ONE_UNIT = "\uffff"  # later characters take two UTF-16 units in Qt


def check_spelling(field: TextField, theme: Theme, presenter: SpellingPresenter) -> None:
    """Enables spell checking for the lifetime of the field."""
    _FieldSpelling(field, theme, presenter)


class _FieldSpelling(QObject):
    """Shortcuts and menu of one field."""

    def __init__(self, field: TextField, theme: Theme, presenter: SpellingPresenter) -> None:
        super().__init__(field)
        self._field = field
        self._presenter = presenter
        self._marks = _Marks(field, theme, presenter)
        self._menu: SpellingMenu | None = None
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._open_at)
        for key, action in (
            (Key.NEXT_MISSPELLED, self._go_on),
            (Key.SIMILAR_WORDS, self._open_at_caret),
        ):
            KeyShortcut(key, field, action, context=Qt.ShortcutContext.WidgetShortcut, repeats=True)

    # --- next word ---

    def _go_on(self) -> None:
        """Selects the next misspelled word and opens its menu once all words are checked."""
        if self._menu is not None:
            # The field receives the shortcut first, even while the menu has the focus.
            self._menu.close()
        self._marks.look_at_all()
        self._presenter.when_checked(self._choose_next)

    def _choose_next(self) -> None:
        field = self._field
        wrong = self._wrong_words()
        if not wrong or field.isReadOnly():
            self._presenter.tell_status()
            return
        caret = field.textCursor().selectionEnd()
        found = next((cursor for cursor in wrong if cursor.selectionStart() >= caret), wrong[0])
        field.setTextCursor(found)
        field.ensureCursorVisible()
        self._open(found, field.cursorRect(found).bottomLeft(), goes_on=True)

    def _wrong_words(self) -> list[QTextCursor]:
        document = self._field.document()
        found: list[QTextCursor] = []
        block = document.begin()
        while block.isValid():
            found += [
                _cursor(block, word)
                for word in words_to_check(block.text())
                if self._presenter.is_wrong(word.text)
            ]
            block = block.next()
        return found

    # --- menu ---

    def _open_at_caret(self) -> None:
        self._marks.look_at_all()
        rect = self._field.cursorRect()
        word = self._word_at(self._field.textCursor())
        self._presenter.when_checked(lambda: self._open(word, rect.bottomLeft(), goes_on=False))

    def _open_at(self, position: QPoint) -> None:
        word = self._word_at(self._field.cursorForPosition(position))
        self._open(word, position, goes_on=False)

    def _word_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """Word that contains the cursor or ends at it."""
        block = cursor.block()
        for word in words_to_check(block.text()):
            chosen = _cursor(block, word)
            if chosen.selectionStart() <= cursor.position() <= chosen.selectionEnd():
                return chosen
        return None

    def _open(self, word: QTextCursor | None, position: QPoint, *, goes_on: bool) -> None:
        field = self._field
        menu = SpellingMenu(field)
        self._menu = menu
        menu.aboutToHide.connect(self._menu_gone)
        menu.went_on.triggered.connect(self._go_on)
        if word is not None and self._presenter.is_wrong(word.selectedText()):
            self._offer(menu, word)
        if not goes_on:
            usual = field.createStandardContextMenu(position)
            usual.setParent(menu, usual.windowFlags())  # otherwise it is embedded as a child widget
            menu.addActions(usual.actions())
        menu.popup(field.viewport().mapToGlobal(position))

    def _offer(self, menu: SpellingMenu, word: QTextCursor) -> None:
        letters = word.selectedText()

        def replace(suggestion: str) -> None:
            if word.selectedText() == letters and not self._field.isReadOnly():
                word.insertText(suggestion)
                self._field.setTextCursor(word)

        menu.offer(self._presenter, letters, replace)

    def _menu_gone(self) -> None:
        self._menu = None


class _Marks(QSyntaxHighlighter):
    """Underlines misspelled words; checks only the changed paragraph.

    The word being typed is skipped until the cursor leaves it. Many paragraphs are checked in
    slices, visible ones first, to avoid blocking the window.
    """

    def __init__(self, field: TextField, theme: Theme, presenter: SpellingPresenter) -> None:
        super().__init__(field.document())
        self._field = field
        self._theme = theme
        self._presenter = presenter
        self._typed: tuple[int, int] | None = None  # block and cursor position in it
        self._shown_typed: tuple[int, TextWord] | None = None
        self._at = self._left = 0  # next block to check, number of blocks left
        self._is_turn = False
        self._found = _DONE  # state of the block checked last
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._look_on)
        field.document().contentsChange.connect(self._contents_changed)
        field.cursorPositionChanged.connect(self._caret_moved)
        field.left.connect(self.settle)
        presenter.checked.connect(self._look_again)
        theme.recoloured.connect(self._look_again)

    def settle(self) -> None:
        """Ends the typing state and checks the typed word."""
        shown, self._typed, self._shown_typed = self._shown_typed, None, None
        if shown is not None:
            self.rehighlightBlock(self.document().findBlockByNumber(shown[0]))

    def look_at_all(self) -> None:
        """Checks everything that is pending, without yielding to the event loop."""
        self.settle()
        while self._left:
            self._look_on()

    def highlightBlock(self, text: str) -> None:
        if self._comes_long() or self._has_turn_left():
            self.setCurrentBlockState(_UNSEEN)
            return
        block = self.currentBlock()
        number = block.blockNumber()
        pending = False
        if self._shown_typed is not None and self._shown_typed[0] == number:
            self._shown_typed = None
        is_plain = max(text, default="") <= _LAST_ONE_UNIT
        for word in words_to_check(text):
            start, length = (word.start, len(word.text)) if is_plain else units_of(text, word)
            if (
                self._typed is not None
                and self._typed[0] == number
                and (start <= self._typed[1] <= start + length)
            ):
                self._shown_typed = (number, word)
            elif self._presenter.is_wrong(word.text):
                self.setFormat(start, length, self._wave())
            else:
                pending = pending or self._presenter.is_pending(word.text)
        self._found = _PENDING if pending else _DONE
        if not self._is_turn:
            self.setCurrentBlockState(self._found)

    def _has_turn_left(self) -> bool:
        """Whether Qt continues from a changed block to a block that is queued anyway."""
        return not self._is_turn and self._left > 0 and self.currentBlockState() == _UNSEEN

    def _wave(self) -> QTextCharFormat:
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(self._theme.colour("danger"))
        return wave

    def _contents_changed(self, position: int, _removed: int, added: int) -> None:
        """Runs before the highlighter processes the block."""
        if self._left or self._comes_long():
            self._at, self._left = 0, self.document().blockCount()
            self._turn.start()
        if added and self._field.hasFocus() and not self._field.is_showing:
            block = self.document().findBlock(position + added)
            self._typed = (block.blockNumber(), position + added - block.position())

    def _caret_moved(self) -> None:
        shown = self._shown_typed
        if shown is None:
            return
        cursor = self._field.textCursor()
        start, length = units_of(self.document().findBlockByNumber(shown[0]).text(), shown[1])
        inside = cursor.blockNumber() == shown[0] and (
            start <= cursor.positionInBlock() <= start + length
        )
        if not inside:
            self.settle()

    def _comes_long(self) -> bool:
        """Whether a long text is being set by the application."""
        return self._field.is_showing and self.document().characterCount() > LONG_TEXT

    def _look_again(self) -> None:
        """Runs when words were checked or the underline colour changed."""
        seen_first = self._field.cursorForPosition(QPoint(0, 0))
        self._at, self._left = seen_first.blockNumber(), self.document().blockCount()
        self._look_on()

    def _look_on(self) -> None:
        """Checks queued blocks for `_TURN_MS`, then yields to the event loop."""
        clock = QElapsedTimer()
        clock.start()
        block = self.document().findBlockByNumber(self._at)
        while self._left and clock.elapsed() < _TURN_MS:
            if not block.isValid():
                block = self.document().begin()
            if block.userState() > _DONE or self._is_stale(block):
                self._look_at(block)
            block, self._left = block.next(), self._left - 1
        self._at = max(0, block.blockNumber())
        if self._left:
            self._turn.start()

    def _look_at(self, block: QTextBlock) -> None:
        """Restores the state afterwards, because Qt continues to the next block if it changes."""
        self._is_turn = True
        self.rehighlightBlock(block)
        self._is_turn = False
        block.setUserState(self._found)

    def _is_stale(self, block: QTextBlock) -> bool:
        """Whether the block has underlines, because the word may now be in the dictionary."""
        return bool(block.layout().formats())


def _cursor(block: QTextBlock, word: TextWord) -> QTextCursor:
    start, length = units_of(block.text(), word)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def units_of(text: str, word: TextWord) -> tuple[int, int]:
    """Start and length of a word in UTF-16 units, as Qt counts them."""
    before = sum(character > _LAST_ONE_UNIT for character in text[: word.start])
    inside = sum(character > _LAST_ONE_UNIT for character in word.text)
    return word.start + before, len(word.text) + inside


def check_line_spelling(field: LineField, theme: Theme, presenter: SpellingPresenter) -> None:
    """Enables spell checking of a single-line field for its lifetime."""
    _LineSpelling(field, theme, presenter)


class _LineSpelling(QObject):
    """Skips the word being typed until the cursor leaves it."""

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

    # --- underline ---

    def _typed(self, _text: str) -> None:
        self._is_typing = True
        self._mark_anew()

    def _text_changed(self, _text: str) -> None:
        # Text set by the application; for typed text this runs before ``textEdited``.
        self._mark_anew()

    def _caret_moved(self, _old: int, _new: int) -> None:
        self._mark()

    def _settle(self) -> None:
        self._is_typing = False
        self._mark()

    def _mark_anew(self) -> None:
        self._shown = ((-1, -1),)  # Qt has moved the old formats
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

    # --- menu ---

    def _go_on(self) -> None:
        """Selects the next misspelled word and opens its menu once all words are checked."""
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
        """Misspelled word that contains the cursor or ends at it."""
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
            usual.setParent(menu, usual.windowFlags())  # otherwise it is embedded as a child widget
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
