"""View of the selected message with its answers, and the panel in which a decision is confirmed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.answers import decision_words
from console.features.answers.decisions import AnswerDecisions, DecisionState
from console.features.answers.presenter import KEYS, Actions, AnswerAction, AnswersState
from console.shared.messages import words as messages_words
from console.shared.messages.audience_words import INSIDE
from console.shared.messages.fields_view import AudienceLine, NoticePreview, OrganChoiceFields
from console.shared.messages.message_detail import AnswerBlock, MessageDetail
from console.shared.messages.term_view import TermLine, TopicRouteView
from console.shared.messages.topic_route import TopicRoutePresenter
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, lay_out_form
from console.ui.labels import ElidedLabel, KeyHint, Line, Pill, ThemedLabel
from console.ui.layout import scrolled
from console.ui.notices import FoundLine, IconSpot
from console.ui.paint import fill_box
from console.ui.read_text import ReadText
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme
from sync.register.checks.finding import Finding
from sync.register.handling.answers import Rating

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
    """Framed area with the background of form fields."""

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
    """Selected message with its answers; the action buttons at the bottom do not scroll."""

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
        self._question.setToolTip(self.tr("Create a directory question from the answer"))
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
        self._text = ReadText(theme, self.tr("Message text"))
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
            word = decision_words.button(action.value, is_at_organ=False, is_own=False)
            button = ActionButton(theme, word, key=KEYS[action], icon=ICONS[action])
            button.clicked.connect(lambda _checked=False, one=action: self.asked.emit(one))
            self._buttons[action] = button
            foot.addWidget(button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The registration number must be complete: without enough width the buttons move below it.
        is_narrow = self.width() < self._theme.grown(NARROW_PX)
        direction = QBoxLayout.Direction
        self._marks.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def open_document(self) -> None:
        """Opens the document of the message's topic, or a choice if the topic has several
        documents.
        """
        self._route.open_document()

    def offer_question(self, offered: bool) -> None:
        """Shows or hides the button "Question" (shown only to operators who may edit the
        directory).
        """
        self._offers_question = offered

    # --- view state ---

    def show_state(self, state: AnswersState, found: tuple[Finding, ...]) -> None:
        """Shows the selected message.

        ``found`` are the findings under Regulation 6.12 (personal data) in its latest answer.
        """
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
        self._organ.set_text(messages_words.organ_line(detail.organ))
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
            self._column.insertWidget(place, card)  # the latest answer first

    def _show_actions(self, actions: Actions, detail: MessageDetail | None) -> None:
        organ = bool(detail and detail.organ)
        for action, button in self._buttons.items():
            button.setVisible(action in actions.all)
            button.set_tone(Tone.MAIN if action is actions.main else Tone.PLAIN)
            button.setText(decision_words.button(action.value, is_at_organ=organ, is_own=not organ))
            button.updateGeometry()
        self._history.setVisible(detail is not None)
        has_answer = detail is not None and bool(detail.answers)
        self._question.setVisible(self._offers_question and has_answer)


class _AnswerCard(Card):
    """One answer: its author, its text with the highlighted personal data (6.12), and its
    status.
    """

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
    line = messages_words.confidential_line(texts)
    row.addWidget(ThemedLabel(theme, line, style="state", role="wrap", wrap=True), 1)
    return row


PREVIEW_PX, AROUND_LETTER_PX = 330, 240


class DecisionPanel(QWidget):
    """Panel for confirming one decision on a message: Esc cancels, Ctrl+Enter confirms."""

    left = Signal()

    def __init__(
        self, theme: Theme, presenter: AnswerDecisions, spelling: SpellingPresenter
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._build(spelling)
        lay_out_form(self, theme, head=self._head(), fields=self._fields, foot=self._foot())
        presenter.changed.connect(self._show)
        presenter.incomplete.connect(self.focus_first_problem)
        self._show(presenter.state)

    def _head(self) -> QVBoxLayout:
        self._heading = ThemedLabel(self._theme, style="title")
        self._about = ElidedLabel(self._theme, role="text-2")
        self._found = FoundLine(self._theme)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._heading)
        head.addWidget(self._about)
        head.addWidget(self._found)
        return head

    def _build(self, spelling: SpellingPresenter) -> None:
        theme = self._theme
        self._lead = ThemedLabel(theme, wrap=True)
        self._warning = ThemedLabel(theme, style="state", role="wrap", wrap=True)
        self._answer = Card(theme)
        self._answer_head = ElidedLabel(theme, style="strong")
        self._answer_text = ReadText(theme, self.tr("Answer"))
        self._answer_lines = ThemedLabel(theme, role="text-2", wrap=True)
        for part in (self._answer_head, self._answer_text, self._answer_lines):
            self._answer.column.addWidget(part)
        self._rating = ChoiceRow(
            theme,
            self.tr("Author's feedback"),
            tuple(Choice(rating.value, messages_words.rating_title(rating)) for rating in Rating),
            tall=False,
        )
        self._rating.chosen.connect(self._presenter.set_rating)
        self._rating_row = FieldRow(theme, self.tr("Rating"), self._rating, paragraphs=("10.1",))
        self._note = TextField(theme, "", (3, 8))
        check_spelling(self._note, theme, spelling)
        self._note.edited.connect(self._presenter.set_note)
        self._note_row = FieldRow(theme, self.tr("Note"), self._note, paragraphs=("10.2",))
        self._note_reader = AudienceLine(theme, self._note, INSIDE)
        self._note_row.add_below(self._note_reader)
        self._organ = OrganChoiceFields(theme, self._presenter.organ, spelling)
        self._preview = NoticePreview(theme, self._presenter.preview)
        self._preview.setMinimumHeight(PREVIEW_PX)
        self._fields = (
            self._lead,
            self._warning,
            self._answer,
            self._rating_row,
            self._organ,
            self._note_row,
            self._preview,
        )

    def _foot(self) -> QHBoxLayout:
        self._confirm = ActionButton(self._theme, "", key=Key.SAVE, icon="check", tone=Tone.MAIN)
        self._confirm.clicked.connect(self.confirm)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(KeyHint(self._theme, "Esc", self.tr("to the message")))
        foot.addStretch(1)
        foot.addWidget(self._confirm)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Gives the e-mail preview the full height, or its minimum height if the panel has input
        fields.
        """
        room = self.height() - AROUND_LETTER_PX
        state = self._presenter.state
        alone = not (state.answer or state.asks_note or state.asks_rating or state.asks_organ)
        self._preview.setMinimumHeight(max(PREVIEW_PX, room) if alone else PREVIEW_PX)

    # --- actions ---

    def confirm(self) -> None:
        if self._presenter.state.asks_organ:
            self._organ.settle()
        self._presenter.confirm()

    def focus_first(self) -> None:
        state = self._presenter.state
        if state.asks_rating:
            self._rating.focus_choice()
        elif state.asks_note:
            self._note.setFocus()
        elif state.asks_organ:
            self._organ.setFocus()
        else:
            self._confirm.setFocus()

    def focus_first_problem(self) -> None:
        problems = self._presenter.state.problems
        if "rating" in problems:
            self._rating.focus_choice()
        elif "note" in problems:
            self._note.setFocus()
        else:
            self._organ.focus_first_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- view state ---

    def _show(self, state: DecisionState) -> None:
        if state.action is None:
            return
        self._heading.setText(state.heading)
        self._about.set_text(f"№ {state.number} · {state.message_text}")
        self._found.show_found(state.found_again)
        self._lead.setText("\n".join(state.lead))
        self._lead.setVisible(bool(state.lead))
        self._warning.setText(state.warning)
        self._warning.setVisible(bool(state.warning))
        self._show_answer(state)
        self._rating_row.setVisible(state.asks_rating)
        self._rating.show_choice(None if state.rating is None else state.rating.value)
        self._note_row.setVisible(state.asks_note)
        self._note_row.label.setText(self._note_label(state))
        self._note.setAccessibleName(self._note_label(state))
        self._note.setPlaceholderText(decision_words.note_hint(state.action.value))
        self._note_reader.show_reader(state.note_reader)
        self._note.replace_text(state.note)
        self._organ.setVisible(state.asks_organ)
        self._preview.setVisible(state.tells)
        self._give_room()
        problems: Mapping[str, str] = state.problems
        self._note_row.show_problem(problems.get("note", ""))
        self._rating_row.show_problem(problems.get("rating", ""))
        self._confirm.setText(decision_words.confirm(state.action.value))
        self._confirm.set_icon(ICONS[state.action])
        self._confirm.setEnabled(not state.is_busy)

    def _show_answer(self, state: DecisionState) -> None:
        block = state.answer
        self._answer.setVisible(block is not None)
        if block is not None:
            self._answer_head.set_text(block.head)
            self._answer_text.show_text(block.text)
            self._answer_lines.setText("\n".join((*block.lines, *block.files)))
            self._answer_lines.setVisible(bool(block.lines or block.files))

    def _note_label(self, state: DecisionState) -> str:
        if state.asks_remarks:
            return self.tr("Remarks")
        return self.tr("Reason") if state.action is AnswerAction.WITHHOLD else self.tr("Note")
