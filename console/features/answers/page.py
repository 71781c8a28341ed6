"""Page of answers and deadlines: message lists, and next to them a message, form or decision."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import assert_never
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.answers.decision_view import DecisionPanel, MessageView
from console.features.answers.decisions import AnswerDecisions
from console.features.answers.form import AnswerCheck, AnswerFormPresenter
from console.features.answers.form_view import ATTACH_KEY, AnswerForm
from console.features.answers.presenter import (
    KEYS,
    AnswerAction,
    AnswerRow,
    AnswersPresenter,
    AnswersState,
)
from console.shared.messages import words as messages_words
from console.shared.messages.term_view import GAP_PX, draw_term
from console.shared.messages.topic_route import TopicRoutePresenter
from console.shared.session.undo import Undo
from console.ui.keyboard import bind_on_page
from console.ui.labels import Line, Surface, ThemedLabel
from console.ui.layout import Later, PageStack
from console.ui.lists import EmptyRing
from console.ui.notices import Trouble
from console.ui.paint import draw_keycap, draw_row_ground, draw_text, keycap_size, text_width
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from sync.register.handling.handled import HandledMessage, StepDone

Index = QModelIndex | QPersistentModelIndex

HEAD_PX = 36
SIDE_PX = 20


class AnswerModel(QAbstractListModel):
    """Model of the message lists; a row without a key is a list heading and cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[AnswerRow, ...] = ()

    def show_rows(self, rows: tuple[AnswerRow, ...]) -> None:
        """Resets the model if any row has changed."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> AnswerRow:
        return self._rows[index.row()]

    def index_of(self, key: UUID | None) -> QModelIndex:
        for number, row in enumerate(self._rows):
            if key is not None and row.key == key:
                return self.index(number)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].key is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            term = "" if row.term is None else row.term.sentence
            return ", ".join(part for part in (row.title, row.state, term, row.note) if part)
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a list heading with key, title and count, or a message with text, deadline and
    number.
    """

    def __init__(self, theme: Theme, model: AnswerModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self._model.row(index).key is None:
            return QSize(160, self._theme.grown(HEAD_PX))
        return QSize(160, self._theme.size("row_queue"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index)
        painter.save()
        area, selected = draw_row_ground(
            painter,
            self._theme,
            option,
            self._view,
            can_be_chosen=row.key is not None,
            is_marked=True,
        )
        if row.key is None:
            self._paint_head(painter, area, row)
        else:
            self._paint_message(painter, area, row, selected)
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRectF, row: AnswerRow) -> None:
        theme = self._theme
        is_empty = row.note == "0"
        ink = theme.colour("text-3" if is_empty else "text")
        middle = area.center().y() + 2
        left, right = area.left() + SIDE_PX, area.right() - SIDE_PX
        cap = keycap_size(theme, row.key_hint).width()
        border = theme.colour("line" if is_empty else "line-control")
        draw_keycap(painter, theme, left, middle, row.key_hint, theme.colour("text-3"), border)
        left += cap + 8
        font, line = theme.font("strong"), theme.line_px("strong")
        width = text_width(font, row.note) + 2
        draw_text(
            painter,
            QRectF(right - width, middle - line / 2, width, line),
            row.note,
            font,
            ink,
            Qt.AlignmentFlag.AlignRight,
        )
        draw_text(
            painter,
            QRectF(left, middle - line / 2, right - width - left - 8, line),
            row.title,
            theme.font("body" if is_empty else "strong"),
            ink,
        )
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))

    def _paint_message(
        self, painter: QPainter, area: QRectF, row: AnswerRow, selected: bool
    ) -> None:
        theme = self._theme
        left, right = area.left() + SIDE_PX, area.right() - SIDE_PX
        line = area.height() / 2
        draw_text(
            painter,
            QRectF(left, area.top() + 5, right - left, line - 5),
            row.title,
            theme.font("strong" if selected else "button"),
            theme.colour("text"),
        )
        below = QRectF(left, area.top() + line, right - left, line - 6)
        font = theme.font("label")
        ink = theme.colour("text-2" if selected else "text-3")
        width = text_width(font, row.note) + 2
        number = QRectF(right - width, below.top(), width, below.height())
        draw_text(painter, number, row.note, font, ink)
        room = QRectF(left, below.top(), below.width() - width - 12, below.height())
        if row.term is None:
            draw_text(painter, room, row.state, font, theme.colour("text-2"))
        else:
            draw_term(painter, theme, room, row.term, "state")
            if row.extra:
                icon = theme.size("icon_meta") + GAP_PX
                taken = icon + text_width(theme.font("state"), row.term.short)
                rest = room.adjusted(taken, 0, 0, 0)
                draw_text(painter, rest, f" · {row.extra}", font, ink)


class AnswerListView(QListView):
    """View of the message lists: arrow keys skip headings, Enter starts the main action."""

    moved = Signal(object)  # UUID
    taken = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._model = AnswerModel()
        theme.dress(self, Sheet.LIST)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self._model, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self.taken.emit())
        theme.changed.connect(self.viewport().update)
        EmptyRing(theme, self)

    def show_rows(self, rows: tuple[AnswerRow, ...], chosen: UUID | None) -> None:
        """Shows the rows and the selection without emitting signals."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.show_rows(rows)
        index = self._model.index_of(chosen)
        if index != self.currentIndex() or not selection.isSelected(index):
            self.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        key = self._model.row(current).key if current.isValid() else None
        if key is not None:
            self.moved.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape or event.text().isdigit():
            event.ignore()  # handled by the page: Esc closes it, a digit selects a list
        else:
            super().keyPressEvent(event)


LIST_PX, WIDE_LIST_PX = 340, 420
WIDE_FROM_PX = 1240


@dataclass(frozen=True, slots=True)
class AnswersPresenters:
    """Presenters of the page of answers.

    ``check`` checks the latest answer of the selected message. ``open_file`` opens a file attached
    to an answer; its arguments are message id and file name.
    """

    answers: AnswersPresenter
    form: AnswerFormPresenter
    decisions: AnswerDecisions
    check: AnswerCheck
    undo: Undo
    open_file: Callable[[UUID, str], None]
    spelling: SpellingPresenter
    route: TopicRoutePresenter


class _Side(Enum):
    """Content shown next to the message lists."""

    MESSAGE = auto()
    FORM = auto()
    DECISION = auto()


class AnswersPage(QWidget):
    """Page of answers: Enter starts the main action; Esc returns to the lists, then closes the
    page.
    """

    closed = Signal()
    history_asked = Signal(object)  # HandledMessage
    file_asked = Signal(object, str)  # message id, file name
    question_asked = Signal(object)  # MessageRecord whose answer becomes a directory question

    def __init__(self, theme: Theme, presenters: AnswersPresenters) -> None:
        super().__init__()
        self._theme = theme
        self._presenters = presenters
        self._list = AnswerListView(theme, messages_words.place_title())
        self._message = MessageView(theme, presenters.route)
        self._form = Later(lambda: AnswerForm(theme, presenters.form, presenters.spelling))
        self._decision = Later(
            lambda: DecisionPanel(theme, presenters.decisions, presenters.spelling)
        )
        self._subtitle = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._trouble = Trouble(theme)
        self._lay_out()
        self._connect()
        self._make_keys()
        self._show(presenters.answers.state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenters.answers.set_on_screen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenters.answers.set_on_screen(False)

    def _lay_out(self) -> None:
        theme = self._theme
        self._left = Surface(theme, "surface")
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(6)
        title = ThemedLabel(theme, messages_words.place_title(), style="section")
        title.setContentsMargins(20, 0, 20, 0)
        self._subtitle.setContentsMargins(20, 0, 20, 0)
        self._trouble.setContentsMargins(20, 0, 20, 0)
        column.addWidget(title)
        column.addWidget(self._subtitle)
        column.addWidget(self._trouble)
        column.addWidget(self._list, 1)
        head, body = messages_words.nothing_to_do()
        empty = QWidget()
        lines = QVBoxLayout(empty)
        lines.setContentsMargins(32, 32, 32, 0)
        lines.addWidget(ThemedLabel(theme, head, style="strong"))
        lines.addWidget(ThemedLabel(theme, body, role="text-2", wrap=True))
        lines.addStretch(1)
        self._empty = empty
        self._stack = PageStack()
        for side in (empty, self._message):
            self._stack.addWidget(side)
        for later in (self._form, self._decision):
            later.when_made(self._stack.addWidget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._stack, 1)

    def _connect(self) -> None:
        presenters = self._presenters
        presenters.answers.changed.connect(self._show)
        presenters.check.changed.connect(lambda _found: self._show(presenters.answers.state))
        presenters.form.taken.connect(self._taken)
        presenters.form.left_to_another.connect(self._leave_to_another)
        presenters.decisions.taken.connect(self._taken)
        presenters.decisions.left_to_another.connect(self._leave_to_another)
        presenters.undo.undone.connect(self._taken_back)
        self._list.moved.connect(presenters.answers.choose)
        self._list.taken.connect(self.act)
        self._message.asked.connect(self.begin)
        self._message.history_asked.connect(self.ask_history)
        self._message.file_asked.connect(self._ask_file)
        self._message.question_asked.connect(self.make_question)
        self._form.when_made(lambda form: form.left.connect(self.to_message))
        self._decision.when_made(lambda panel: panel.left.connect(self._leave_decision))

    def _make_keys(self) -> None:
        keys: dict[Key, Callable[[], object]] = {
            key: partial(self._act_on, action) for action, key in KEYS.items()
        }
        keys[ATTACH_KEY] = self._attach
        bind_on_page(self, keys)

    # --- page ---

    def open_page(self) -> None:
        """Reloads the lists and sets the keyboard focus."""
        self._presenters.answers.reload()
        self._focus_side()

    def work_on(self, handled: HandledMessage) -> bool:
        """Selects a message found on another page; returns False if no action on it is possible."""
        is_listed = self._presenters.answers.show_message(handled)
        self.to_message()
        return is_listed

    def go_to(self, number: int) -> None:
        """Selects the first message of the list with this number, from 1."""
        self._presenters.answers.go_to(number)
        self.to_message()

    def to_message(self) -> None:
        """Closes the form or decision, shows the selected message and focuses the lists."""
        self._turn_to(_Side.MESSAGE)
        self._list.setFocus()

    def _leave_to_another(self) -> None:
        """Replaces an emptied form or decision by the message; does not change the keyboard
        focus.
        """
        if self._stack.currentWidget() in (self._form.made, self._decision.made):
            self._turn_to(_Side.MESSAGE)

    def _leave_decision(self) -> None:
        self._presenters.decisions.leave()
        self.to_message()

    def _turn_to(self, side: _Side) -> None:
        if self._presenters.answers.chosen is None:
            self._stack.setCurrentWidget(self._empty)
            return
        match side:
            case _Side.MESSAGE:
                self._stack.setCurrentWidget(self._message)
            case _Side.FORM:
                self._stack.setCurrentWidget(self._form.widget)
            case _Side.DECISION:
                self._stack.setCurrentWidget(self._decision.widget)
            case _:
                assert_never(side)

    def _focus_side(self) -> None:
        side = self._stack.currentWidget()
        if side is self._form.made:
            self._form.widget.focus_first()
        elif side is self._decision.made:
            self._decision.widget.focus_first()
        else:
            self._list.setFocus()

    # --- actions ---

    def act(self) -> None:
        """Starts the main action of the selected message."""
        main = self._presenters.answers.state.actions.main
        if main is not None:
            self.begin(main)

    def _act_on(self, action: AnswerAction) -> None:
        if action in self._presenters.answers.state.actions.all:
            self.begin(action)

    def begin(self, action: AnswerAction) -> None:
        """Opens the form or decision panel of an action for the selected message."""
        chosen = self._presenters.answers.chosen
        if chosen is None:
            return
        if action is AnswerAction.ENTER:
            self._presenters.form.begin(chosen.handled)
            self._turn_to(_Side.FORM)
            self._form.widget.focus_first()
        else:
            self._presenters.decisions.begin(action, chosen, self._presenters.check.found)
            self._turn_to(_Side.DECISION)
            self._decision.widget.focus_first()

    def confirm(self) -> None:
        """Ctrl+Enter: confirms the form or decision, or starts the main action."""
        side = self._stack.currentWidget()
        if side is self._form.made:
            self._presenters.form.confirm()
        elif side is self._decision.made:
            self._decision.widget.confirm()
        else:
            self.act()

    def _taken(self, done: StepDone) -> None:
        self._presenters.answers.take_in(done)
        self._presenters.undo.offer(done)
        if self.isVisible():
            self.to_message()
        else:  # hidden by a call, which has the keyboard focus
            self._turn_to(_Side.MESSAGE)

    def _taken_back(self, done: StepDone) -> None:
        self._presenters.answers.take_in(done)
        self._presenters.answers.choose(done.handled.id)

    def open_document(self) -> None:
        """Opens the document of the message's topic, or a choice if the topic has several
        documents.
        """
        self._message.open_document()

    def _attach(self) -> None:
        if self._stack.currentWidget() is self._form.made:
            self._form.widget.ask_for_file()

    def ask_history(self) -> None:
        """Alt+H: shows the history of the selected message."""
        chosen = self._presenters.answers.chosen
        if chosen is not None:
            self.history_asked.emit(chosen.handled)

    def offer_question(self, offered: bool) -> None:
        """Shows or hides the button "Question" (shown only to operators who may edit the
        directory).
        """
        self._message.offer_question(offered)

    def make_question(self) -> None:
        """Alt+Q: requests a directory question based on the message's latest answer (9.8)."""
        chosen = self._presenters.answers.chosen
        if chosen is not None and chosen.handled.record.answer_text:
            self.question_asked.emit(chosen.handled.record)

    def _ask_file(self, name: str) -> None:
        chosen = self._presenters.answers.chosen
        if chosen is not None:
            self.file_asked.emit(chosen.handled.id, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.text().isdigit() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.go_to(int(event.text()))
        else:
            super().keyPressEvent(event)

    # --- view state ---

    def _show(self, state: AnswersState) -> None:
        self._subtitle.setText(state.subtitle)
        self._trouble.show_trouble(state.trouble)
        self._list.show_rows(state.rows, state.chosen)
        self._presenters.check.show(_unsent(state))
        chosen = self._presenters.answers.chosen
        contents = None if chosen is None else chosen.handled.standing.contents
        if contents is None:
            self._presenters.route.show(None, None)
        else:
            self._presenters.route.show(contents.topic, contents.category)
        self._message.show_state(state, self._presenters.check.found)
        side = self._stack.currentWidget()
        if state.detail is None:
            self._stack.setCurrentWidget(self._empty)
        elif side is self._empty:
            self._stack.setCurrentWidget(self._message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(WIDE_LIST_PX if self.width() >= WIDE_FROM_PX else LIST_PX)


def _unsent(state: AnswersState) -> str:
    """Returns the text of the latest answer if it is still to be checked (6.12), otherwise ""."""
    answers = () if state.detail is None else state.detail.answers
    return answers[0].text if answers and answers[0].is_to_be_checked else ""
