"""The chosen message: what it tells, where it stands, its answers, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.answer_actions import KEYS, Actions, AnswerAction
from console.presenters.answers import AnswersState
from console.presenters.message_detail import AnswerBlock, MessageDetail
from console.presenters.topic_route import TopicRoutePresenter
from console.views.answers.read_text import ReadText
from console.views.components.buttons import ActionButton, Tone
from console.views.components.labels import ElidedLabel, Line, Pill, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.components.scrolling import scrolled
from console.views.components.term_line import TermLine
from console.views.components.topic_route import TopicRouteView
from console.views.theme import Theme
from sync.register.checks.finding import Finding

ICONS = {
    AnswerAction.ENTER: "note-pencil",
    AnswerAction.SEND: "paper-plane-tilt",
    AnswerAction.RETURN: "arrow-u-up-left",
    AnswerAction.ROUTE: "bank",
    AnswerAction.RATE: "thumbs-up",
    AnswerAction.REWORK: "arrows-counter-clockwise",
    AnswerAction.FORWARD: "megaphone",
    AnswerAction.PUBLISH: "globe-hemisphere-east",
    AnswerAction.WITHHOLD: "eye-slash",
    AnswerAction.CLOSE: "check",
}
HISTORY_KEY, QUESTION_KEY = Key.HISTORY, Key.QUESTION_OF_ANSWER
NARROW_PX = 800
_PILLS = {"ok": "ok", "warn": "warn", "text-2": "neutral"}


class Card(QWidget):
    """An area on the ground of fields, with a hairline round it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(6)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("surface"), theme.colour("line"))


class MessageView(QWidget):
    """Head and message scroll, the foot with the buttons does not."""

    asked = Signal(object)  # AnswerAction
    history_asked = Signal()
    question_asked = Signal()
    file_asked = Signal(str)

    def __init__(self, theme: Theme, route: TopicRoutePresenter) -> None:
        super().__init__()
        self._theme = theme
        self._route = TopicRouteView(theme, route)
        self._shown: MessageDetail | None = None
        self._found: tuple[Finding, ...] = ()
        self._cards: list[_AnswerCard] = []
        self._buttons: dict[AnswerAction, ActionButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 10)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._body(), 1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(self._foot())

    def _head(self) -> QVBoxLayout:
        theme = self._theme
        self._title = ElidedLabel(theme, style="title")
        self._number = ThemedLabel(theme, style="strong", role="text-2")
        self._state = Pill(theme)
        self._publicity = Pill(theme)
        self._term = TermLine(theme)
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(self._title, 1)
        names.addWidget(self._term)
        pills = QHBoxLayout()
        pills.setSpacing(8)
        pills.addWidget(self._number)
        pills.addWidget(self._state)
        pills.addWidget(self._publicity)
        pills.addStretch(1)
        self._question = ActionButton(
            theme, self.tr("Question"), key=QUESTION_KEY, icon="chat-centered-text", small=True
        )
        self._question.setToolTip(self.tr("The answer as a new question of the directory"))
        self._question.clicked.connect(self.question_asked)
        self._offers_question = False
        self._history = ActionButton(
            theme, self.tr("History"), key=HISTORY_KEY, icon="clock-counter-clockwise", small=True
        )
        self._history.clicked.connect(self.history_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._question)
        buttons.addWidget(self._history)
        buttons.addStretch(0)
        self._marks = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._marks.setSpacing(8)
        self._marks.addLayout(pills, 1)
        self._marks.addLayout(buttons)
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addLayout(names)
        head.addLayout(self._marks)
        head.addWidget(self._term.why)
        return head

    def _body(self) -> QScrollArea:
        theme = self._theme
        inside = QWidget()
        theme.fit(
            inside, lambda it: it.setMaximumWidth(theme.size("form_max") + theme.size("label_col"))
        )
        self._author = ElidedLabel(theme, role="text-2")
        self._happened = ElidedLabel(theme, role="text-2")
        self._organ = ElidedLabel(theme, role="text-2")
        self._text = ReadText(theme, self.tr("Text of the message"))
        self._notes = ThemedLabel(theme, role="text-2", wrap=True)
        message = Card(theme)
        message.column.addWidget(self._happened)
        message.column.addWidget(self._text)
        message.column.addWidget(self._author)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self._column.addWidget(message)
        self._column.addWidget(self._organ)
        self._column.addWidget(self._notes)
        self._column.addWidget(self._route)
        self._column.addStretch(1)
        self._area = scrolled(theme, inside)
        return self._area

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        for action in AnswerAction:
            word = words.answer_decisions.button(action.value, is_at_organ=False, is_own=False)
            button = ActionButton(theme, word, key=KEYS[action], icon=ICONS[action])
            button.clicked.connect(lambda _checked=False, one=action: self.asked.emit(one))
            self._buttons[action] = button
            foot.addWidget(button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A number is never cut: without room side by side the buttons go below.
        is_narrow = self.width() < self._theme.grown(NARROW_PX)
        direction = QBoxLayout.Direction
        self._marks.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def open_document(self) -> None:
        """Open the document of the message's topic, or ask which of several."""
        self._route.open_document()

    def offer_question(self, offered: bool) -> None:
        """Offer to make questions of answers only to those who may edit the directory."""
        self._offers_question = offered

    # --- showing ---

    def show_state(self, state: AnswersState, found: tuple[Finding, ...]) -> None:
        """Show the chosen message; ``found`` is what of 6.12 stands in its newest answer."""
        detail = state.detail
        if detail is not None and (detail != self._shown or found != self._found):
            is_other = self._shown is None or self._shown.id != detail.id
            self._shown, self._found = detail, found
            self._show_detail(detail)
            if is_other:
                self._area.verticalScrollBar().setValue(0)
        self._show_actions(state.actions, detail)

    def _show_detail(self, detail: MessageDetail) -> None:
        self._title.set_text(detail.title)
        self._number.setText(f"№ {detail.number}")
        state, publicity = detail.state, detail.publicity
        self._state.set_state(state.text, icon=state.icon, kind=_PILLS.get(state.kind, "neutral"))
        self._publicity.set_state(publicity.text, icon=publicity.icon, kind=publicity.kind)
        self._term.show_term(detail.term)
        self._author.set_text(detail.author)
        self._happened.set_text(detail.happened)
        self._happened.setVisible(bool(detail.happened))
        self._text.show_text(detail.text)
        self._organ.set_text(words.answers.organ_line(detail.organ))
        self._notes.setText("\n".join(detail.notes))
        self._notes.setVisible(bool(detail.notes))
        self._show_answers(detail.answers)

    def _show_answers(self, answers: Sequence[AnswerBlock]) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for place, block in enumerate(answers):
            card = _AnswerCard(self._theme, block, self._found if place == 0 else ())
            card.file_asked.connect(self.file_asked)
            self._cards.append(card)
            self._column.insertWidget(place, card)  # what is worked on stands first

    def _show_actions(self, actions: Actions, detail: MessageDetail | None) -> None:
        organ = bool(detail and detail.organ)
        for action, button in self._buttons.items():
            button.setVisible(action in actions.all)
            button.set_tone(Tone.MAIN if action is actions.main else Tone.PLAIN)
            button.setText(
                words.answer_decisions.button(action.value, is_at_organ=organ, is_own=not organ)
            )
            button.updateGeometry()
        self._history.setVisible(detail is not None)
        has_answer = detail is not None and bool(detail.answers)
        self._question.setVisible(self._offers_question and has_answer)


class _AnswerCard(Card):
    """One answer: who gave it, its text with what of 6.12 stands in it, what became of it."""

    file_asked = Signal(str)

    def __init__(self, theme: Theme, block: AnswerBlock, found: tuple[Finding, ...]) -> None:
        super().__init__(theme)
        head = ElidedLabel(theme, style="strong")
        head.set_text(block.head)
        self.column.addWidget(head)
        text = ReadText(theme, block.head)
        text.show_text(block.text, found)
        self.column.addWidget(text)
        if found:
            self.column.addLayout(_warning(theme, found))
        for line in block.lines:
            self.column.addWidget(ThemedLabel(theme, line, role="text-2", wrap=True))
        for name in block.files:
            button = ActionButton(theme, name, icon="paperclip", small=True, elides=True)
            button.setToolTip(name)
            button.clicked.connect(lambda _checked=False, one=name: self.file_asked.emit(one))
            self.column.addWidget(button)


def _warning(theme: Theme, found: tuple[Finding, ...]) -> QHBoxLayout:
    texts = tuple(dict.fromkeys(one.text for one in found))
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(
        IconSpot(theme, "eye-slash", "wrap", theme.size("icon_meta")),
        0,
        Qt.AlignmentFlag.AlignTop,
    )
    line = words.answers.confidential_line(texts)
    row.addWidget(ThemedLabel(theme, line, style="state", role="wrap", wrap=True), 1)
    return row
