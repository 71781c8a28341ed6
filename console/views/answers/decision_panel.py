"""The panel of one decision: what will happen, what it needs, and one button."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.answer_actions import AnswerAction
from console.presenters.answer_decisions import AnswerDecisions, DecisionState
from console.presenters.spelling import SpellingPresenter
from console.views.answers.message_view import ICONS, Card
from console.views.answers.read_text import ReadText
from console.views.components.audience import AudienceLine
from console.views.components.buttons import ActionButton, Tone
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.field_row import FieldRow
from console.views.components.forms import lay_out_form
from console.views.components.found_line import FoundLine
from console.views.components.labels import ElidedLabel, KeyHint, ThemedLabel
from console.views.components.spelling import check_spelling
from console.views.components.text_field import TextField
from console.views.notice_preview import NoticePreview
from console.views.organ_choice import OrganChoiceFields
from console.views.theme import Theme
from console.words.audience import INSIDE
from sync.register.handling.answers import Rating

PREVIEW_PX, AROUND_LETTER_PX = 330, 240


class DecisionPanel(QWidget):
    """Esc decides nothing, Ctrl+Enter decides."""

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
            self.tr("What the author thinks"),
            tuple(Choice(rating.value, words.answers.rating_title(rating)) for rating in Rating),
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
        """The letter alone takes what the page has; beside fields it keeps to its least."""
        room = self.height() - AROUND_LETTER_PX
        state = self._presenter.state
        alone = not (state.answer or state.asks_note or state.asks_rating or state.asks_organ)
        self._preview.setMinimumHeight(max(PREVIEW_PX, room) if alone else PREVIEW_PX)

    # --- what is done ---

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

    # --- showing ---

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
        self._note.setPlaceholderText(words.answer_decisions.note_hint(state.action.value))
        self._note_reader.show_reader(state.note_reader)
        self._note.replace_text(state.note)
        self._organ.setVisible(state.asks_organ)
        self._preview.setVisible(state.tells)
        self._give_room()
        problems: Mapping[str, str] = state.problems
        self._note_row.show_problem(problems.get("note", ""))
        self._rating_row.show_problem(problems.get("rating", ""))
        self._confirm.setText(words.answer_decisions.confirm(state.action.value))
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
