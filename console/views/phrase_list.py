"""Ctrl+Space: a canned text at the caret, by its short word or from a list with a search."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.phrases import PhrasesPresenter
from console.views.components.fields import LineField
from console.views.components.kept_caret import KeptCaret
from console.views.components.key_label import KeyLabel
from console.views.components.labels import ThemedLabel
from console.views.components.paint import draw_text, fill_box, text_width
from console.views.theme import Theme
from console.views.typed_place import TypedPlace, typed_place
from sync.register.phrases import Phrase, word_before

WIDTH_PX = 460
SHOWN = 5
ROW_PX = 44
EDGE_PX = 8
GAP_PX = 4  # to the field


class PhraseList(QWidget):
    """Lies over its host beside the field; what stands in the field is never overwritten.

    It is no popup of the system's: the keys of the window, as that of answering, go on working.
    """

    def __init__(self, theme: Theme, presenter: PhrasesPresenter, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._presenter = presenter
        self._host = host
        self._caret = KeptCaret()
        self._place: TypedPlace | None = None
        self._begun = ""  # the beginning of a short word before the caret
        self._search = _SearchLine(theme, self.tr("Find a text"))
        self._rows = _Rows(theme)
        self._none = ThemedLabel(theme, self.tr("No such text"), role="text-2")
        self._hint = KeyLabel(
            theme,
            self.tr("Enter inserts, Esc closes; a short word and Ctrl+Space does it at once"),
            Key.CANNED_TEXT,
            style="label",
            role="text-2",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(6)
        for part in (self._search, self._rows, self._none, self._hint):
            column.addWidget(part)
        self._search.textEdited.connect(self._find)
        self._search.stepped.connect(self._rows.step)
        self._search.taken.connect(self._take)
        self._search.closed.connect(self._close)
        self._search.abandoned.connect(self._abandon)
        self._rows.taken.connect(self._take)
        self.hide()
        host.installEventFilter(self)

    def press(self) -> None:
        """Insert the text of the short word before the caret, else open the list."""
        if self.isVisible():
            self._close()
            return
        place = typed_place()
        if place is None:
            return
        word = "" if place.selected() else word_before(place.before())
        phrase = self._presenter.triggered(word)
        if phrase is not None:
            self._insert(place, phrase, instead_of=len(word))
            return
        self._open(place, word if self._presenter.is_beginning(word) else "")

    # --- the list ---

    def _open(self, place: TypedPlace, begun: str) -> None:
        self._place, self._begun = place, begun
        self._caret.keep(place.field)
        self._search.setText(begun)
        self._stand_beside(place.field, begun)
        self.show()
        self.raise_()
        self._search.setFocus()
        self._presenter.list_shown()

    def _find(self, typed: str) -> None:
        found = self._presenter.matching(typed)
        texts = tuple(self._presenter.filled(each).text for each in found)
        self._rows.show_phrases(found, texts)
        self._rows.setVisible(bool(found))
        self._none.setVisible(not found)
        self.adjustSize()

    def _stand_beside(self, field: QWidget, begun: str) -> None:
        """Below the field or above it, where more of the list has room; never over the calls."""
        theme, host = self._theme, self._host
        width = min(theme.grown(WIDTH_PX), host.width() - 2 * EDGE_PX)
        self.setFixedWidth(width)
        above = field.mapTo(host, QPoint(0, -GAP_PX))
        below = field.mapTo(host, QPoint(0, field.height() + GAP_PX))
        room_above = above.y() - theme.size("callbar")
        room_below = host.height() - theme.size("statusbar") - below.y()
        room = max(room_above, room_below)
        for most in range(SHOWN, 0, -1):
            self._rows.set_most(most)
            self._find(begun)
            if self.height() <= room:
                break
        fits_below = self.height() <= room_below or room_below >= room_above
        top = below.y() if fits_below else above.y() - self.height()
        left = max(EDGE_PX, min(below.x(), host.width() - width - EDGE_PX))
        self.move(left, top)

    def _take(self) -> None:
        phrase, place, begun = self._rows.chosen, self._place, self._begun
        self._close()
        if phrase is not None and place is not None:
            is_called_so = bool(begun) and phrase.trigger.casefold().startswith(begun.casefold())
            self._insert(place, phrase, instead_of=len(begun) if is_called_so else 0)

    def _close(self) -> None:
        self._place = None
        self.hide()
        self._caret.give_back()

    def _abandon(self) -> None:
        """The keyboard was given to something else, a page among them: there it stays."""
        self._place = None
        self._caret.keep(None)
        self.hide()

    def _insert(self, place: TypedPlace, phrase: Phrase, *, instead_of: int) -> None:
        filled = self._presenter.filled(phrase)
        before = place.before()
        kept = before[: len(before) - instead_of]
        # Never glued to the word before it.
        gap = " " if kept and not kept[-1].isspace() else ""
        start = place.put(gap + filled.text, instead_of_before=instead_of)
        if filled.blank is not None:
            first, end = filled.blank
            place.select(start + len(gap) + first, end - first)
        self._presenter.inserted(phrase)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A grown window or another page leaves the field elsewhere.
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._close()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))


class _SearchLine(LineField):
    """Arrows move in the list, Enter takes, Esc closes, as does leaving it by Tab."""

    stepped = Signal(int)
    taken = Signal()
    closed = Signal()
    abandoned = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        focused = QApplication.focusWidget()
        if focused is None or focused is self:
            return  # a window that loses the keyboard keeps its list
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.closed.emit()
        else:
            self.abandoned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
            ):
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)


class _Rows(QWidget):
    """Short word, title and the beginning of what would stand there; one is chosen."""

    taken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._phrases: tuple[Phrase, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._chosen = 0
        self._top = 0  # the first row that is seen
        self._most = SHOWN
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    @property
    def chosen(self) -> Phrase | None:
        return self._phrases[self._chosen] if self._phrases else None

    def set_most(self, most: int) -> None:
        """So many rows are seen at once, from the next phrases on."""
        self._most = most

    def show_phrases(self, phrases: tuple[Phrase, ...], texts: tuple[str, ...]) -> None:
        """Show these, each with its text as it would be inserted."""
        self._phrases, self._texts, self._chosen, self._top = phrases, texts, 0, 0
        self.setFixedHeight(self._row_px() * min(self._most, len(phrases)))
        self._name()
        self.update()

    def step(self, steps: int) -> None:
        if self._phrases:
            self._chosen = max(0, min(len(self._phrases) - 1, self._chosen + steps))
            self._top = max(self._chosen - self._most + 1, min(self._top, self._chosen))
            self._name()
            self.update()

    def _name(self) -> None:
        chosen = self.chosen
        shown = "" if chosen is None else f"{chosen.title}. {self._texts[self._chosen]}"
        self.setAccessibleName(shown)

    def _row_px(self) -> int:
        return self._theme.grown(ROW_PX)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.grown(WIDTH_PX), self._row_px() * self._most)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._phrases:
            row = self._top + int(event.position().y() // self._row_px())
            self._chosen = max(0, min(len(self._phrases) - 1, row))
            self.update()
            # After this event: taking hides the widget that is handling it.
            QTimer.singleShot(0, self, self.taken.emit)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        seen = range(self._top, min(self._top + self._most, len(self._phrases)))
        for place, number in enumerate(seen):
            row = QRectF(0, place * self._row_px(), self.width(), self._row_px())
            if number == self._chosen:
                fill_box(painter, row, 4, theme.colour("selected"))
            area = row.adjusted(10, 4, -10, -4)
            self._paint_row(painter, area, self._phrases[number], self._texts[number])

    def _paint_row(self, painter: QPainter, area: QRectF, phrase: Phrase, filled: str) -> None:
        theme = self._theme
        half = area.height() / 2
        width = text_width(theme.font("state"), phrase.trigger) + 2
        word = QRectF(area.right() - width, area.top(), width, half)
        draw_text(painter, word, phrase.trigger, theme.font("state"), theme.colour("accent"))
        title = QRectF(area.left(), area.top(), area.width() - width - 12, half)
        draw_text(painter, title, phrase.title, theme.font("strong"), theme.colour("text"))
        text = QRectF(area.left(), area.top() + half, area.width(), half)
        shown = " ".join(filled.split())
        draw_text(painter, text, shown, theme.font("label"), theme.colour("text-2"))
