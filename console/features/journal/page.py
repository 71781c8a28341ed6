"""Page of the lists of the day: table model, cell drawing, table, and the keys of a row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.own_desk import OwnDeskPresenter
from console.features.journal import words as journal_words
from console.features.journal.journal_rows import NO_ROWS, JournalRow, JournalRows
from console.features.journal.presenter import JournalList, JournalPresenter, JournalState
from console.ui.buttons import ActionButton
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.paint import draw_icon, draw_text, fill_box, place_of, text_width
from console.ui.style_sheets import Sheet
from console.ui.table_columns import Column, TableColumns
from console.ui.theme import Theme
from sync.register.calls.missed import CHOICES

Index = QModelIndex | QPersistentModelIndex
TIME, NUMBER, PHONE, ABOUT, RESULT = range(5)
COLUMNS = 5
NOTE_GAP_PX = 8
_WIDEST_TIME = "00.00.0000 00:00"


class JournalModel(QAbstractTableModel):
    """Table model of the selected list of the day; the row texts are already formatted."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        super().__init__()
        self._heads = heads
        self._rows = NO_ROWS

    def has(self, rows: JournalRows) -> bool:
        """Whether the model already shows these rows."""
        return rows == self._rows

    def show_rows(self, rows: JournalRows) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> JournalRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spoken = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role != Qt.ItemDataRole.DisplayRole and role not in spoken:
            return None
        row = self._rows[index.row()]
        text = row.cells()[index.column()]
        has_note = index.column() == TIME and role in spoken and bool(row.note)
        return f"{text}, {row.note}" if has_note else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class JournalDelegate(QStyledItemDelegate):
    """Draws rows 36 px high with a hairline below and no vertical lines."""

    def __init__(self, theme: Theme, model: JournalModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.size("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        area, state = place_of(option)
        row = self._model.row(index)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("selected"))
            if index.column() == TIME:
                fill_box(
                    painter,
                    QRectF(area.left(), area.top() + 3, 3, area.height() - 6),
                    1,
                    theme.colour("accent"),
                )
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line")
        )
        text = row.cells()[index.column()]
        left = area.left() + 12
        last = index.column() == RESULT
        if last and row.icon:
            size = theme.size("icon_meta")
            draw_icon(
                painter,
                row.icon,
                QRectF(left, area.center().y() - size / 2, size, size),
                size,
                theme.colour(row.role),
            )
            left += size + 6
        role = row.role if last else ("text" if index.column() in (TIME, ABOUT) else "text-2")
        font = "state" if last else ("strong" if index.column() == TIME else "body")
        place = QRectF(left, area.top(), area.right() - left - 6, area.height())
        taken = draw_text(painter, place, text, theme.font(font), theme.colour(role))
        if index.column() == TIME and row.note:
            # aligns the notes of all rows
            place.setLeft(left + max(taken, text_width(theme.font(font), _WIDEST_TIME)))
            self._draw_note(painter, place, row.note)
        painter.restore()

    def _draw_note(self, painter: QPainter, place: QRectF, note: str) -> None:
        """Draws the note with its icon, next to the time."""
        theme = self._theme
        size, left = theme.size("icon_meta"), place.left() + NOTE_GAP_PX
        if left + size > place.right():
            return
        colour = theme.colour("warn")
        icon = QRectF(left, place.center().y() - size / 2, size, size)
        draw_icon(painter, "clock-fill", icon, size, colour)
        place.setLeft(left + size + 4)
        draw_text(painter, place, note, theme.font("state"), colour)


def choose_row(table: QTableView, row: int) -> None:
    """Selects only this row. ``selectRow`` would also evaluate pressed modifiers, such as the Ctrl
    of the key that opened the list.
    """
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().setCurrentIndex(
        table.model().index(row, 0), flags.ClearAndSelect | flags.Rows
    )


class JournalTable(QTableView):
    """Table with keys: Enter opens the row, digits record the outcome of the selected rows."""

    opened = Signal(QModelIndex)
    digit_pressed = Signal(int)
    looked_at = Signal()  # the table was focused, or the row changed

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Selects the current row on focus, which shows the row that Enter will open."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.OtherFocusReason:  # focus set by the application
            self.looked_at.emit()
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            choose_row(self, self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdecimal() and digit.isascii() and not event.modifiers():
            self.digit_pressed.emit(int(digit))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


FIRST_PX, ANSWERS_FIRST_PX = 68, 104  # a time of day, a complete date
MISSED_FIRST_PX, NOTED_FIRST_PX = 136, 228  # date and time, also with an after-hours note


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Selected rows by record id, the current row, and the position of the first selected row."""

    keys: frozenset[UUID] = frozenset()
    current: UUID | None = None
    place: int = 0


class JournalPage(QWidget):
    """Page of the lists of the day: heading and table; an empty list shows advice."""

    call_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: JournalPresenter,
        own_desk: OwnDeskPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._listed = presenter.state.shown
        self._title = ThemedLabel(theme, style="title")
        self._subtitle = ThemedLabel(theme, role="text-2")
        heads = (
            self.tr("Time"),
            self.tr("Number"),
            self.tr("Phone"),
            self.tr("About"),
            self.tr("Result"),
        )
        self._model = JournalModel(heads)
        self.table = self._make_table()
        self._columns = TableColumns(theme, self.table, own_desk)
        theme.fit(self, lambda it: it.size_columns())
        self._offers_question = False
        self._question = ActionButton(
            theme,
            self.tr("Create a standard question"),
            key=Key.QUESTION_OF_ANSWER,
            icon="chat-centered-text",
        )
        self._question.setToolTip(self.tr("Create a directory question from the answer"))
        self._question.clicked.connect(self.make_question)
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL, icon="phone-outgoing")
        self._call.clicked.connect(self.call_asked)
        self.table.selectionModel().currentRowChanged.connect(lambda _now: self._show_actions())
        self._dealt_with: set[UUID] = set()  # calls handled from this page
        self._is_moved = False  # the selection moved automatically and was not seen yet
        for looked in (self.table.looked_at, self.table.selectionModel().selectionChanged):
            looked.connect(self._look)
        self._empty = empty = QFrame()
        empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(empty)
        column.setContentsMargins(12, 24, 12, 0)
        self._empty_head = ThemedLabel(theme, style="strong")
        self._empty_body = ThemedLabel(theme, role="text-2", wrap=True)
        column.addWidget(self._empty_head)
        column.addWidget(self._empty_body)
        column.addStretch(1)
        self._columns.take_keys_of(empty)
        self._missed_hints = self._make_missed_hints()
        self._hint = KeyHint(theme, "Enter", self.tr("open"))
        self._back_hint = KeyHint(theme, "Esc", self.tr("back to the record"))
        self._texts: tuple[str, ...] = ()  # shown texts except the rows
        self._stack = QStackedLayout()
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self._title)
        heading.addWidget(self._subtitle)
        top = QHBoxLayout()
        top.addLayout(heading, 1)
        for button in (self._question, self._call):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(12)
        page.addLayout(top)
        page.addLayout(self._stack, 1)
        # The widgets are added only now, because a stack without a parent shows its first widget as
        # a separate window.
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        foot = QHBoxLayout()
        foot.setSpacing(18)
        for hint in (self._missed_hints, self._hint, self._back_hint):
            foot.addWidget(hint)
        foot.addStretch(1)
        page.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _make_missed_hints(self) -> QWidget:
        """Hints for the digits that record the outcome of missed calls."""
        hints = QWidget()
        row = QHBoxLayout(hints)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        for digit, outcome in enumerate(CHOICES, 1):
            row.addWidget(KeyHint(self._theme, str(digit), journal_words.missed_outcome(outcome)))
        row.addWidget(KeyHint(self._theme, "Ctrl+A", self.tr("select all")))
        return hints

    def _note_missed(self, digit: int) -> None:
        if self._presenter.state.shown is not JournalList.MISSED or not 1 <= digit <= len(CHOICES):
            return
        if not self.refuses_moved():
            chosen = self.table.selectionModel().selectedRows()
            keys = [self._model.row(index).key for index in chosen]
            self._dealt_with.update(keys)
            self._presenter.note_missed(keys, CHOICES[digit - 1])

    def _look(self) -> None:
        self._is_moved = False

    def refuses_moved(self) -> bool:
        """Whether to ignore a key because the selected call has just left the list; the next key is
        accepted.
        """
        is_moved, self._is_moved = self._is_moved, False
        if is_moved:
            self._presenter.tell_moved()
        return is_moved

    def _make_table(self) -> JournalTable:
        theme = self._theme
        table = JournalTable()
        self._theme.dress(table, Sheet.TABLE)
        table.setModel(self._model)
        table.setItemDelegate(JournalDelegate(theme, self._model))
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setVisible(False)
        theme.fit(
            table.verticalHeader(), lambda it: it.setDefaultSectionSize(theme.size("row_table"))
        )
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.digit_pressed.connect(self._note_missed)
        table.opened.connect(self._open)
        table.doubleClicked.connect(self._open)
        theme.changed.connect(table.viewport().update)
        return table

    def size_columns(self) -> None:
        """Sets the column widths by text size; the fourth column takes the remaining width."""
        shown, grown = self._presenter.state.shown, self._theme.grown
        missed_px = NOTED_FIRST_PX if self._presenter.state.has_notes else MISSED_FIRST_PX
        first = {JournalList.ANSWERS: ANSWERS_FIRST_PX, JournalList.MISSED: missed_px}
        # A call is identified by its phone number, a message by its registration number. A missed
        # call has no subject.
        of_messages = shown in {JournalList.MESSAGES, JournalList.ANSWERS}
        is_missed = shown is JournalList.MISSED
        self._columns.make(
            f"journal.{shown.value}",
            (
                Column("time", grown(first.get(shown, FIRST_PX))),
                Column("number", grown(164), gives_way=0 if of_messages else 2),
                Column("phone", grown(156), gives_way=1 if of_messages else 0),
                Column("about", None, gives_way=1 if is_missed else 0),
                Column("result", grown(160)),
            ),
        )

    def _open(self, index: QModelIndex) -> None:
        """Calls back a missed caller, or opens the record."""
        if self._presenter.state.shown is JournalList.MISSED:
            self.call_asked.emit()
        else:
            self._presenter.open_row(self._model.row(index).key)

    def note_called(self) -> None:
        """Marks the selected missed call as called back from this page, so its removal from the
        list is expected.
        """
        index = self.table.currentIndex()
        if index.isValid():
            self._dealt_with.add(self._model.row(index).key)

    def chosen_phone(self) -> str:
        """Phone number of the caller or author in the selected row; empty if there is none."""
        index = self.table.currentIndex()
        return self._presenter.phone_of(self._model.row(index).key) if index.isValid() else ""

    def chosen_missed_at(self) -> datetime | None:
        """Time of the missed call in the selected row; None if the row is not a missed call."""
        index = self.table.currentIndex()
        if self._presenter.state.shown is not JournalList.MISSED or not index.isValid():
            return None
        return self._presenter.missed_at(self._model.row(index).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def offer_question(self, offered: bool) -> None:
        """Shows or hides the action that creates a typical question from an answer; it is only for
        roles that may edit the directory.
        """
        self._offers_question = offered
        self._show_actions()

    def make_question(self) -> bool:
        """Starts a typical question from the answer in the selected row; returns whether one was
        started.
        """
        index = self.table.currentIndex()
        row = self._model.row(index) if index.isValid() else None
        if row is None or not (self._offers_question and row.has_answer):
            return False
        self._presenter.make_question(row.key)
        return True

    def _show_actions(self) -> None:
        self._call.setVisible(bool(self.chosen_phone()))
        index = self.table.currentIndex()
        has_answer = index.isValid() and self._model.row(index).has_answer
        self._question.setVisible(self._offers_question and has_answer)

    def _chosen(self) -> _Chosen:
        model, current = self._model, self.table.currentIndex()
        rows = self.table.selectionModel().selectedRows()
        return _Chosen(
            frozenset(model.row(index).key for index in rows),
            model.row(current).key if current.isValid() else None,
            min((index.row() for index in rows), default=0),
        )

    def _choose_again(self, chosen: _Chosen, state: JournalState) -> None:
        """Restores the selection after the list has changed, because digit keys apply to the
        selected rows.

        If the selected record was removed, the row at its position is selected.
        """
        selection = self.table.selectionModel()
        if not chosen.keys or selection.hasSelection() or not state.rows:
            return
        flags = QItemSelectionModel.SelectionFlag
        for place, key in enumerate(state.rows.keys):
            if key == chosen.current:
                selection.setCurrentIndex(self._model.index(place, 0), flags.NoUpdate)
            if key in chosen.keys:
                selection.select(self._model.index(place, 0), flags.Select | flags.Rows)
        if not selection.hasSelection():
            choose_row(self.table, min(chosen.place, len(state.rows) - 1))
            # A colleague handled the call: a key pressed now was meant for it.
            self._is_moved = self.table.hasFocus() and not chosen.keys <= self._dealt_with
        elif not selection.currentIndex().isValid():  # Enter opens the current row
            first = min(selection.selectedRows(), key=lambda index: index.row())
            selection.setCurrentIndex(first, flags.NoUpdate)
        self.table.scrollTo(self.table.currentIndex())

    def _show(self, state: JournalState) -> None:
        """Shows the list of the state. After a ring or a save the list is usually unchanged, and
        nothing is done.
        """
        self._back_hint.setVisible(state.is_beside_card)
        is_same, has_rows = state.shown is self._listed, self._model.has(state.rows)
        texts = (state.title, state.subtitle, state.empty_head, state.empty_body)
        if is_same and has_rows and texts == self._texts:
            return
        self._texts = texts
        self._title.setText(state.title)
        self._subtitle.setText(state.subtitle)
        chosen = self._chosen() if is_same else _Chosen()
        was_moved = self._is_moved and is_same
        if not is_same:
            self._listed = state.shown
            self.table.selectionModel().clear()  # two lists may have the same rows
        if not has_rows:
            self._model.show_rows(state.rows)
        is_missed = state.shown is JournalList.MISSED
        self._missed_hints.setVisible(is_missed and bool(state.rows))
        self._hint.setVisible(not is_missed and bool(state.rows))
        self.table.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if is_missed
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self._choose_again(chosen, state)
        self._is_moved |= was_moved  # the earlier automatic selection was not seen yet
        self.size_columns()
        self.table.setAccessibleName(state.title)
        self._empty_head.setText(state.empty_head)
        self._empty_body.setText(state.empty_body)
        self._empty.setAccessibleName(f"{state.title}. {state.empty_head}. {state.empty_body}")
        had_keyboard = self._empty.hasFocus() or self.table.hasFocus()
        self._stack.setCurrentIndex(0 if state.rows else 1)
        # An empty table is hidden. Its placeholder takes the focus and is read by screen readers.
        self.table.setFocusProxy(None if state.rows else self._empty)  # type: ignore[arg-type]  # the stubs forget that there may be none
        if had_keyboard:
            self.table.setFocus()
        is_worked_on = is_missed or state.shown is JournalList.DRAFTS
        has_keyboard = self.table.hasFocus()
        begins = bool(state.rows) and (is_worked_on or state.rows[0].has_answer or has_keyboard)
        # A focused table automatically has a current row, but no selected one.
        if begins and not self.table.selectionModel().hasSelection():
            choose_row(self.table, max(self.table.currentIndex().row(), 0))
        self._show_actions()
