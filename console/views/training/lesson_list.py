"""The list of the lessons: digit, title and how each stands."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console import words
from console.presenters.training_score import TrainingState
from console.training.lessons import Lesson
from console.views.components.labels import draw_pill, pill_size
from console.views.components.paint import draw_keycap, draw_row_ground, draw_text
from console.views.style_sheets import Sheet
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
DIGITS = 9
WHOLE = 100


class LessonModel(QAbstractListModel):
    """A row for each lesson, in the order of ``lessons.json``."""

    def __init__(self) -> None:
        super().__init__()
        self._state = TrainingState()

    def show_state(self, state: TrainingState) -> None:
        if len(state.lessons) != len(self._state.lessons):
            self.beginResetModel()
            self._state = state
            self.endResetModel()
            return
        self._state = state
        if state.lessons:
            self.dataChanged.emit(self.index(0), self.index(len(state.lessons) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._state.lessons)

    def lesson(self, index: Index) -> Lesson:
        return self._state.lessons[index.row()]

    def standing(self, index: Index) -> str:
        """In words; of a lesson that nobody played, that nobody did."""
        found = self._state.standings.get(self.lesson(index).key)
        if found is None:
            return words.training.not_played()
        return words.training.standing(found.best, found.last)

    def mark(self, index: Index) -> tuple[str, str, str]:
        """Text, icon and kind of the row's pill; an empty text for none."""
        found = self._state.standings.get(self.lesson(index).key)
        if found is None:
            return "", "", "neutral"
        if found.best == WHOLE:
            return f"{found.best} %", "check-circle-fill", "ok"
        return f"{found.best} %", "", "neutral"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.lesson(index).title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.lesson(index).title}, {self.standing(index)}"
            case _:
                return None


class _LessonDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: LessonModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme, self._model, self._view = theme, model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.size("row_nav"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        painter.save()
        area, chosen = draw_row_ground(painter, theme, option, self._view)
        middle = area.center().y()
        left = area.left() + 20
        if index.row() < DIGITS:
            draw_keycap(
                painter,
                theme,
                left,
                middle,
                str(index.row() + 1),
                theme.colour("text-2"),
                theme.colour("line-control"),
            )
        left += theme.size("keycap") + 12
        right = area.right() - 20
        text, icon, kind = self._model.mark(index)
        if text:
            size = pill_size(theme, text, bool(icon))
            pill = QRectF(
                right - size.width(), middle - size.height() / 2, size.width(), size.height()
            )
            draw_pill(painter, theme, pill, text, icon, kind)
            right = pill.left() - 10
        draw_text(
            painter,
            QRectF(left, area.top(), right - left, area.height()),
            self._model.lesson(index).title,
            theme.font("strong" if chosen else "body"),
            theme.colour("text"),
        )
        painter.restore()


class LessonList(QListView):
    """Arrows and letters choose, a digit or Enter begins, Esc leaves."""

    begun = Signal(str)
    pointed = Signal(object)  # QModelIndex
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lessons = LessonModel()
        theme.dress(self, Sheet.LIST)
        self.setModel(self.lessons)
        self.setItemDelegate(_LessonDelegate(theme, self.lessons, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Lessons"))
        self.doubleClicked.connect(lambda index: self.begun.emit(self.lessons.lesson(index).key))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.pointed.emit(now))

    def choose(self, row: int) -> None:
        """Point at a row, no further than the last one."""
        last = self.lessons.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.lessons.index(min(max(row, 0), last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.isValid() and not event.isAutoRepeat():
                self.begun.emit(self.lessons.lesson(index).key)
        elif 0 <= digit < min(DIGITS, self.lessons.rowCount()) and not event.modifiers():
            self.choose(digit)
            self.begun.emit(self.lessons.lesson(self.currentIndex()).key)
        else:
            super().keyPressEvent(event)
