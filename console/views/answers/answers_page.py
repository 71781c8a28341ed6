"""The page «Ответы и сроки»: the lists at the left, the message that is worked on beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import assert_never
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.answer_actions import KEYS, AnswerAction
from console.presenters.answer_check import AnswerCheck
from console.presenters.answer_decisions import AnswerDecisions
from console.presenters.answer_form import AnswerFormPresenter
from console.presenters.answers import AnswersPresenter, AnswersState
from console.presenters.spelling import SpellingPresenter
from console.presenters.topic_route import TopicRoutePresenter
from console.presenters.undo import Undo
from console.views.answers.answer_form import ATTACH_KEY, AnswerForm
from console.views.answers.answer_list import AnswerListView
from console.views.answers.decision_panel import DecisionPanel
from console.views.answers.message_view import MessageView
from console.views.components.labels import Line, Surface, ThemedLabel
from console.views.components.page_stack import PageStack
from console.views.components.shortcuts import bind_on_page
from console.views.components.trouble import Trouble
from console.views.later import Later
from console.views.theme import Theme
from sync.register.handling.handled import HandledMessage, StepDone

LIST_PX, WIDE_LIST_PX = 340, 420
WIDE_FROM_PX = 1240


@dataclass(frozen=True, slots=True)
class AnswersPresenters:
    """The presenters of the page, made once by the application.

    ``check`` follows the newest answer of the message that is shown; ``open_file`` shows a file
    of an answer, by the id of its message and its name.
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
    """What stands beside the lists."""

    MESSAGE = auto()
    FORM = auto()
    DECISION = auto()


class AnswersPage(QWidget):
    """Enter does the next thing with the chosen message; Esc goes back to the lists, then away."""

    closed = Signal()
    history_asked = Signal(object)  # HandledMessage
    file_asked = Signal(object, str)  # id of the message, name of the file
    question_asked = Signal(object)  # MessageRecord whose answer is to be a typical question

    def __init__(self, theme: Theme, presenters: AnswersPresenters) -> None:
        super().__init__()
        self._theme = theme
        self._presenters = presenters
        self._list = AnswerListView(theme, words.answers.place_title())
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
        title = ThemedLabel(theme, words.answers.place_title(), style="section")
        title.setContentsMargins(20, 0, 20, 0)
        self._subtitle.setContentsMargins(20, 0, 20, 0)
        self._trouble.setContentsMargins(20, 0, 20, 0)
        column.addWidget(title)
        column.addWidget(self._subtitle)
        column.addWidget(self._trouble)
        column.addWidget(self._list, 1)
        head, body = words.answers.nothing_to_do()
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

    # --- the page ---

    def open_page(self) -> None:
        """Read the lists anew and put the keyboard where it is needed next."""
        self._presenters.answers.reload()
        self._focus_side()

    def work_on(self, handled: HandledMessage) -> bool:
        """Show a message that was found elsewhere; False where nothing is to be done with it."""
        is_listed = self._presenters.answers.show_message(handled)
        self.to_message()
        return is_listed

    def go_to(self, number: int) -> None:
        """Go to the list with this digit."""
        self._presenters.answers.go_to(number)
        self.to_message()

    def to_message(self) -> None:
        """Back from a form or a decision to the message and the lists."""
        self._turn_to(_Side.MESSAGE)
        self._list.setFocus()

    def _leave_to_another(self) -> None:
        """Form and panel are empty by now: back to the message, wherever the keyboard is."""
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

    # --- what is done ---

    def act(self) -> None:
        """Begin what comes next for the chosen message."""
        main = self._presenters.answers.state.actions.main
        if main is not None:
            self.begin(main)

    def _act_on(self, action: AnswerAction) -> None:
        if action in self._presenters.answers.state.actions.all:
            self.begin(action)

    def begin(self, action: AnswerAction) -> None:
        """Open the form or the panel of an action for the chosen message."""
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
        """Ctrl+Enter: take in, decide, or begin what comes next."""
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
        else:  # a call has come before it meanwhile: the keyboard is there
            self._turn_to(_Side.MESSAGE)

    def _taken_back(self, done: StepDone) -> None:
        self._presenters.answers.take_in(done)
        self._presenters.answers.choose(done.handled.id)

    def open_document(self) -> None:
        """Open the document of the message's topic, or ask which of several."""
        self._message.open_document()

    def _attach(self) -> None:
        if self._stack.currentWidget() is self._form.made:
            self._form.widget.ask_for_file()

    def ask_history(self) -> None:
        """Alt+H: all that happened to the chosen message."""
        chosen = self._presenters.answers.chosen
        if chosen is not None:
            self.history_asked.emit(chosen.handled)

    def offer_question(self, offered: bool) -> None:
        """Offer to make questions of answers only to those who may edit the directory."""
        self._message.offer_question(offered)

    def make_question(self) -> None:
        """Alt+Q: a typical question of the newest answer to the chosen message (9.8)."""
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

    # --- showing ---

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
    """The text of an answer that nobody has sent yet: the one to be checked (6.12)."""
    answers = () if state.detail is None else state.detail.answers
    return answers[0].text if answers and answers[0].is_to_be_checked else ""
