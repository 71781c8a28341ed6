"""Lists: field with matching suggestions, version history, generic row list, list column.

Also a focus ring for an empty list, and removal of all widgets from a layout.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.core import words as core_words
from console.core.view_data import HistoryRow
from console.ui.fields import LineField
from console.ui.keyboard import announce
from console.ui.labels import Surface, ThemedLabel
from console.ui.paint import (
    draw_focus_ring,
    draw_icon,
    draw_row_ground,
    draw_text,
    fill_box,
    text_width,
)
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """List model of the versions of an entry, or of proposals for topics."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HistoryRow, ...] = ()

    def show_rows(self, rows: tuple[HistoryRow, ...]) -> bool:
        """Replaces the rows; returns False if they are the same as before."""
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> HistoryRow:
        return self._rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.version}. {row.what}. {row.who}"
        return None


class HistoryDelegate(QStyledItemDelegate):
    """Paints a row of a version history: icon, change and number, with author and time below."""

    def __init__(self, theme: Theme, model: HistoryModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._theme.size("row_queue") - 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view)
        size = theme.size("icon")
        upper_px, lower_px = theme.line_px("body"), theme.line_px("label")
        above = area.top() + (area.height() - upper_px - lower_px) / 2
        top = above + upper_px / 2
        colour = theme.colour(row.role)
        draw_icon(painter, row.icon, QRectF(20, top - size / 2, size, size), size, colour)
        width = text_width(theme.font("state"), row.version) + 2
        right = area.right() - 20
        draw_text(
            painter,
            QRectF(right - width, above, width, upper_px),
            row.version,
            theme.font("state"),
            theme.colour(row.role),
        )
        left = 20 + size + 8
        draw_text(
            painter,
            QRectF(left, above, right - width - left - 8, upper_px),
            row.what,
            theme.font("body"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left, above + upper_px, right - left, lower_px),
            row.who,
            theme.font("label"),
            theme.colour("text-2"),
        )
        painter.restore()


def take_widgets_out(layout: QLayout) -> None:
    """Removes and deletes all widgets of a layout; stretches and spacers remain.

    ``takeAt`` is not used, because it would leak the layout items, and a window exists for a whole
    shift.
    """
    items = [layout.itemAt(place) for place in range(layout.count())]
    for widget in [item.widget() for item in items if item is not None]:
        if widget is not None:
            layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()


INSET_PX = 1


class EmptyRing(QWidget):
    """Focus ring around a list without a current row; transparent for mouse events."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.installEventFilter(self)
        theme.changed.connect(self.update)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(self._view.hasFocus())
        self.setGeometry(self._view.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view.currentIndex().isValid():
            return  # the row paints its own ring
        area = QRectF(self.rect()).adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
        draw_focus_ring(QPainter(self), self._theme, area, 6)


SHOWN = 7


class MatchingField(LineField):
    """Text field with a list of matches below it; arrows select, Enter and Tab accept, Esc closes
    the list.
    """

    def __init__(self, theme: Theme, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, placeholder, parent)
        self._list = MatchList(theme, self)
        self._list.taken.connect(self._take)

    @abstractmethod
    def _take(self, key: str) -> None:
        """Accepts the match with this key."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and not event.modifiers():
            match event.key():
                case Qt.Key.Key_Down:
                    self._list.step(1)
                    return
                case Qt.Key.Key_Up:
                    self._list.step(-1)
                    return
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._list.has_choice:
                    self._list.take()
                    return
                case Qt.Key.Key_Escape:
                    self._list.close_list()
                    return
                case _:
                    pass
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab accepts the selected match, then moves to the next field as usual.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self._list.has_choice
        ):
            self._list.take()
        return super().event(event)


class MatchList(QWidget):
    """List of matches below a field, painted over the form; not a separate window."""

    taken = Signal(str)

    def __init__(self, theme: Theme, field: LineField) -> None:
        super().__init__(field)
        self._theme = theme
        self._field = field
        self._rows: list[tuple[str, str]] = []
        self._current = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_matches(self, rows: list[tuple[str, str]], *, is_chosen: bool) -> None:
        """Shows matches as pairs of key and text; with ``is_chosen`` the first is selected and
        Enter accepts it.
        """
        self._rows, self._current = rows, 0 if is_chosen else -1
        if not rows:
            self.close_list()
            return
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self._row_px() * len(rows) + 8
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        if below.y() + height > window.height():
            below = self._field.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(below.x(), below.y(), self._field.width(), height)
        self._say(0)
        self.show()
        self.raise_()
        self.update()

    def close_list(self) -> None:
        self.hide()

    def step(self, steps: int) -> None:
        self._current = max(0, min(len(self._rows) - 1, self._current + steps))
        self._say(self._current)
        self.update()

    def _say(self, place: int) -> None:
        """Announces the selected row to screen readers, because the focus is in the field and not
        in the list.
        """
        text = self._rows[place][1]
        self.setAccessibleName(text)
        announce(self._field, core_words.choice(text, place + 1, len(self._rows)))

    @property
    def has_choice(self) -> bool:
        """Whether a row is selected and can be accepted."""
        return self.isVisible() and 0 <= self._current < len(self._rows)

    def take(self) -> None:
        if 0 <= self._current < len(self._rows):
            self.taken.emit(self._rows[self._current][0])

    def sizeHint(self) -> QSize:
        return QSize(200, self._row_px() * SHOWN)

    def _row_px(self) -> int:
        return self._theme.size("row_table")

    def _row_at(self, event: QMouseEvent) -> int:
        return max(0, min(len(self._rows) - 1, int((event.position().y() - 4) // self._row_px())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._current = self._row_at(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._current = self._row_at(event)
        # Delayed until this event has been handled, because accepting hides the widget.
        QTimer.singleShot(0, self, self.take)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        fill_box(
            painter, QRectF(self.rect()), 6, theme.colour("raised"), theme.colour("line-control")
        )
        for number, (_key, text) in enumerate(self._rows):
            row = QRectF(4, 4 + number * self._row_px(), self.width() - 8, self._row_px())
            if number == self._current:
                fill_box(painter, row, 4, theme.colour("selected"))
            draw_text(
                painter,
                row.adjusted(10, 0, -10, 0),
                text,
                theme.font("field"),
                theme.colour("text"),
            )


class MarkedList(QListView):
    """List view of a version history; Enter emits ``taken``, the page handles Esc."""

    moved = Signal(int)
    taken = Signal()

    def __init__(self, theme: Theme, model: HistoryModel, name: str) -> None:
        super().__init__()
        theme.dress(self, Sheet.LIST)
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(theme, model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self.taken.emit())
        theme.changed.connect(self.viewport().update)
        EmptyRing(theme, self)

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row())

    def mark(self, row: int) -> None:
        """Selects a row without emitting ``moved``; -1 clears the selection."""
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        selection = self.selectionModel()
        if index == self.currentIndex() and selection.isSelected(index) == index.isValid():
            return
        selection.blockSignals(True)
        self.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def focus_chosen(self) -> None:
        """Sets the keyboard focus to the selected row, or to the first."""
        index = self.currentIndex()
        self.setFocus()
        # Without a selection Qt makes the first row current on focus but does not select it.
        if not index.isValid() and self.model().rowCount():
            index = self.model().index(0, 0)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


LIST_SHARE, PAGE_SHARE = 1, 2  # stretch factors; the list grows only up to its maximum width


class ListColumn(Surface):
    """Column with a heading and a list; ``width_px`` is its width at a text size of 100 % and grows
    with the text size.

    ``empty`` is shown instead of a list without rows, ``under`` below the heading.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        empty: ThemedLabel,
        width_px: int,
        *,
        under: QLayout | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self.setMinimumWidth(width_px)
        theme.fit(self, lambda it: it.setMaximumWidth(theme.grown(width_px)))
        self._model = HistoryModel()
        self._subtitle = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self.list = MarkedList(theme, self._model, title)
        self._empty = empty
        empty.setContentsMargins(20, 12, 20, 0)
        top = QVBoxLayout()
        top.setContentsMargins(20, 15, 17, 8)
        top.setSpacing(4)
        top.addWidget(ThemedLabel(theme, title, style="section"))
        top.addWidget(self._subtitle)
        if under is not None:
            top.addLayout(under)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def show_rows(self, subtitle: str, rows: tuple[HistoryRow, ...], chosen: int) -> None:
        """Shows the rows below the heading; ``chosen`` is the index of the active row, negative for
        none.
        """
        self._subtitle.setText(subtitle)
        self._model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.list.mark(chosen)


Row = TypeVar("Row")

_PAGE_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowModel(QAbstractListModel, Generic[Row]):
    """List model of prepared rows; ``title`` returns the display text, ``whole`` the text for tool
    tip and screen reader.
    """

    def __init__(self, title: Callable[[Row], str], whole: Callable[[Row], str]) -> None:
        super().__init__()
        self._title = title
        self._whole = whole
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, index: Index) -> Row:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._whole(row)
        return None


class RowList(QListView, Generic[Row]):
    """List view of a ``RowModel``; ``moved`` reports the index of the row that the user
    selected.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme, model: RowModel[Row], name: str) -> None:
        super().__init__()
        self._theme = theme
        self._rows = model
        theme.dress(self, Sheet.LIST)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[Row, ...], chosen: int) -> None:
        """Shows the rows and selects the row ``chosen``, none if negative, without emitting
        ``moved``.
        """
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._rows.show_rows(rows)
        self.setCurrentIndex(self._rows.index(chosen) if chosen >= 0 else QModelIndex())
        selection.blockSignals(False)
        if chosen >= 0:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() or event.key() in _PAGE_KEYS:
            event.ignore()  # digits are decision keys, not input for a list search
        else:
            super().keyPressEvent(event)
