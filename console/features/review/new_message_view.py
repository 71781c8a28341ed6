"""Form for a message that arrived in person or in writing, without a call (Regulation 7.4)."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.review.new_message import NewMessagePresenter, NewMessageState
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, lay_out_form
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme


class NewMessageForm(QWidget):
    """Form with text, place, author and visibility; the other fields are set in the review."""

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: NewMessagePresenter, spelling: SpellingPresenter
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._had_problem = False
        self._shown: UUID | None = None
        self._text = TextField(theme, self.tr("What happened and what is requested"), (5, 12))
        check_spelling(self._text, theme, spelling)
        self._lines = {
            "place": LineField(theme, self.tr("Street, house or landmark")),
            "name": LineField(theme, self.tr("Last, first and middle name")),
            "phone": LineField(theme, self.tr("Phone number")),
            "email": LineField(theme, self.tr("E-mail address")),
        }
        self._publicity = ChoiceRow(
            theme,
            self.tr("Show to everyone?"),
            (
                Choice("non_public", self.tr("Non-public")),
                Choice("public", self.tr("Public")),
                Choice("not_stated", self.tr("Not asked")),
            ),
            tall=False,
        )
        asked = {"place": ("6.1",), "name": ("6.2",), "phone": ("7.3",), "email": ("7.3",)}
        names = {
            "place": self.tr("Where?"),
            "name": self.tr("Author"),
            "phone": self.tr("Phone"),
            "email": self.tr("E-mail"),
        }
        self._rows = {
            "text": FieldRow(theme, self.tr("What?"), self._text, paragraphs=("6.1",)),
            **{
                name: FieldRow(theme, names[name], field, paragraphs=asked[name])
                for name, field in self._lines.items()
            },
            "publicity": FieldRow(
                theme, self.tr("Show to everyone?"), self._publicity, paragraphs=("6.8",)
            ),
        }
        lay_out_form(
            self,
            theme,
            head=self._head(theme),
            fields=tuple(self._rows.values()),
            foot=self._foot(theme),
        )
        self._text.edited.connect(lambda text: presenter.set_field("text", text))
        for name, field in self._lines.items():
            field.textEdited.connect(lambda text, n=name: presenter.set_field(n, text))
        self._publicity.chosen.connect(presenter.set_publicity)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _head(self, theme: Theme) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(ThemedLabel(theme, self.tr("Message without a call"), style="title"))
        head.addWidget(
            ThemedLabel(
                theme,
                self.tr("Brought, written or told in person; date, time and topic come next"),
                role="text-2",
            )
        )
        return head

    def _foot(self, theme: Theme) -> QHBoxLayout:
        self._submit = ActionButton(
            theme, self.tr("To review"), key=Key.SAVE, icon="arrow-right", tone=Tone.MAIN
        )
        self._submit.clicked.connect(self._presenter.submit)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the queue; what you typed is kept")))
        foot.addStretch(1)
        foot.addWidget(self._submit)
        return foot

    def focus_first(self) -> None:
        self._text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: NewMessageState) -> None:
        is_another, self._shown = state.id != self._shown, state.id
        self._text.replace_text(state.text)
        values = {
            "place": state.place,
            "name": state.name,
            "phone": state.phone,
            "email": state.email,
        }
        for name, field in self._lines.items():
            field.replace_text(values[name], whole_record=is_another)
        self._publicity.show_choice(state.publicity)
        self._submit.setEnabled(not state.is_busy)
        problem = next(iter(state.problems), "")
        for name, row in self._rows.items():
            row.show_problem(state.problems.get(name, ""))
        if problem and not self._had_problem:
            target = self._text if problem == "text" else self._lines[problem]
            target.setFocus()
        self._had_problem = bool(problem)
