"""The page without a call: the day's calls, missed ones, drafts or messages as one table."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.keys.defaults import Key
from console.presenters.journal import JournalList, JournalPresenter, JournalState
from console.presenters.own_desk import OwnDeskPresenter
from console.views.components.buttons import ActionButton
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.table_columns import Column, TableColumns
from console.views.journal_table import JournalDelegate, JournalModel, JournalTable, choose_row
from console.views.style_sheets import Sheet
from console.views.theme import Theme
from sync.register.missed_calls import CHOICES

FIRST_PX, ANSWERS_FIRST_PX = 68, 104  # a time of day, a whole date
MISSED_FIRST_PX, NOTED_FIRST_PX = 136, 228  # both, and that it came after hours


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The rows that are chosen, by their records, and the one that the keyboard is on."""

    keys: frozenset[UUID] = frozenset()
    current: UUID | None = None
    place: int = 0


class JournalPage(QWidget):
    """Heading, table, and what to do when there is nothing in it."""

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
            self.tr("Make a typical question"),
            key=Key.QUESTION_OF_ANSWER,
            icon="chat-centered-text",
        )
        self._question.setToolTip(self.tr("The answer as a new question of the directory"))
        self._question.clicked.connect(self.make_question)
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL, icon="phone-outgoing")
        self._call.clicked.connect(self.call_asked)
        self.table.selectionModel().currentRowChanged.connect(lambda _now: self._show_actions())
        self._dealt_with: set[UUID] = set()  # by a digit or a call, here
        self._is_moved = False  # another row than she chose is chosen, and she has not looked yet
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
        self._texts: tuple[str, ...] = ()  # what is shown besides the rows
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
        # Only now: a stack shows its first one, which would open a window of its own.
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
        """What the digits say of the chosen missed calls."""
        hints = QWidget()
        row = QHBoxLayout(hints)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        for digit, outcome in enumerate(CHOICES, 1):
            row.addWidget(KeyHint(self._theme, str(digit), words.lists.missed_outcome(outcome)))
        row.addWidget(KeyHint(self._theme, "Ctrl+A", self.tr("all of them")))
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
        """Whether the key was meant for a call that went away meanwhile; the next one is taken."""
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
        """Room for what stands in each, by the size of the text; the fourth has the rest."""
        shown, grown = self._presenter.state.shown, self._theme.grown
        missed_px = NOTED_FIRST_PX if self._presenter.state.has_notes else MISSED_FIRST_PX
        first = {JournalList.ANSWERS: ANSWERS_FIRST_PX, JournalList.MISSED: missed_px}
        # A call is known by its telephone, a message by its number; a missed one is about nothing.
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
        """Enter calls back who was missed, and opens every other record."""
        if self._presenter.state.shown is JournalList.MISSED:
            self.call_asked.emit()
        else:
            self._presenter.open_row(self._model.row(index).key)

    def note_called(self) -> None:
        """The chosen one is being called from here: that it leaves the list is no surprise."""
        index = self.table.currentIndex()
        if index.isValid():
            self._dealt_with.add(self._model.row(index).key)

    def chosen_phone(self) -> str:
        """The number of the chosen row's caller or author; empty where there is none."""
        index = self.table.currentIndex()
        return self._presenter.phone_of(self._model.row(index).key) if index.isValid() else ""

    def chosen_missed_at(self) -> datetime | None:
        """When the missed call of the chosen row came; None where the row is of anything else."""
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
        """Offer to make questions of answers only to those who may edit the directory."""
        self._offers_question = offered
        self._show_actions()

    def make_question(self) -> bool:
        """Make a typical question of the answer in the chosen row, if there is one."""
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
        """What was chosen stays so when the list is another one: a digit must mean that alone.

        Where it is there no more, the row in its place is chosen.
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
            # a colleague has dealt with it: what her hand does now was meant for that call
            self._is_moved = self.table.hasFocus() and not chosen.keys <= self._dealt_with
        elif not selection.currentIndex().isValid():  # the others stay, and Enter means the first
            first = min(selection.selectedRows(), key=lambda index: index.row())
            selection.setCurrentIndex(first, flags.NoUpdate)
        self.table.scrollTo(self.table.currentIndex())

    def _show(self, state: JournalState) -> None:
        """Show the list; at a ring or a save it is mostly the one that is shown already."""
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
        self._is_moved |= was_moved  # the list choosing anew is no look of hers
        self.size_columns()
        self.table.setAccessibleName(state.title)
        self._empty_head.setText(state.empty_head)
        self._empty_body.setText(state.empty_body)
        self._empty.setAccessibleName(f"{state.title}. {state.empty_head}. {state.empty_body}")
        had_keyboard = self._empty.hasFocus() or self.table.hasFocus()
        self._stack.setCurrentIndex(0 if state.rows else 1)
        # A table without rows is not shown: what stands in its place has the keyboard, and is read.
        self.table.setFocusProxy(None if state.rows else self._empty)  # type: ignore[arg-type]  # the stubs forget that there may be none
        if had_keyboard:
            self.table.setFocus()
        is_worked_on = is_missed or state.shown is JournalList.DRAFTS
        has_keyboard = self.table.hasFocus()
        begins = bool(state.rows) and (is_worked_on or state.rows[0].has_answer or has_keyboard)
        # A table that takes the keyboard has a current row by itself, and none that is chosen.
        if begins and not self.table.selectionModel().hasSelection():
            choose_row(self.table, max(self.table.currentIndex().row(), 0))
        self._show_actions()
