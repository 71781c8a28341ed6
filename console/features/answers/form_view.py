"""View of the answer form: kind of answer, the fields that the kind requires, attached files."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.answers import decision_words
from console.features.answers.form import AnswerFormPresenter, AnswerFormState, FileRow
from console.shared.messages import words as messages_words
from console.shared.messages.audience_words import Audience, Reader
from console.shared.messages.fields_view import AudienceLine
from console.ui.buttons import ActionButton, Toggle, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, lay_out_form
from console.ui.labels import ElidedLabel, KeyHint, ThemedLabel
from console.ui.layout import open_file_dialog
from console.ui.notices import FoundLine
from console.ui.read_text import ReadText, marks
from console.ui.spelling import check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme
from sync.register.handling.answers import AnswerKind
from sync.register.handling.contents import Confidential

ATTACH_KEY = Key.ATTACH


class AnswerForm(QWidget):
    """Answer form; Esc closes it and retains the draft."""

    left = Signal()

    def __init__(
        self, theme: Theme, presenter: AnswerFormPresenter, spelling: SpellingPresenter
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._shown_files: tuple[FileRow, ...] = ()
        self._file_lines: list[QWidget] = []
        self._build_fields()
        for field in (self._text, self._measures, self._grounds):
            check_spelling(field, theme, spelling)
        lay_out_form(self, theme, head=self._head(), fields=self._rows, foot=self._foot())
        self._connect()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _head(self) -> QVBoxLayout:
        theme = self._theme
        self._heading = ThemedLabel(theme, style="title")
        self._about = ElidedLabel(theme, role="text-2")
        self._found = FoundLine(theme)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._heading)
        head.addWidget(self._about)
        head.addWidget(self._found)
        return head

    def _build_fields(self) -> None:
        theme = self._theme
        self._kind = ChoiceRow(
            theme,
            self.tr("Type of answer"),
            tuple(
                Choice(kind.value, messages_words.kind_title(kind), messages_words.kind_hint(kind))
                for kind in AnswerKind
            ),
            tall=True,
        )
        self._text = TextField(theme, self.tr("Text for the author"), (5, 14))
        self._arrived = ReadText(theme, self.tr("Answer received in the meantime"))
        self._planned = LineField(theme, self.tr("DD.MM.YYYY"))
        self._measures = TextField(theme, self.tr("What will be done by then"), (2, 5))
        self._grounds = TextField(theme, self.tr("Why the issue cannot be solved"), (2, 5))
        self._attach = ActionButton(
            theme, self.tr("Attach a file"), key=ATTACH_KEY, icon="paperclip", small=True
        )
        files = QWidget()
        self._files = QVBoxLayout(files)
        self._files.setContentsMargins(0, 0, 0, 0)
        self._files.setSpacing(2)
        self._files.addWidget(self._attach)
        self._toggles = {
            kind: Toggle(theme, messages_words.confidential_name(kind)) for kind in Confidential
        }
        marked = QWidget()
        grid = QGridLayout(marked)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for place, toggle in enumerate(self._toggles.values()):
            grid.addWidget(toggle, place // 2, place % 2)
        grid.setColumnStretch(2, 1)
        self._warning = ThemedLabel(theme, style="state", role="wrap", wrap=True)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(4)
        column.addWidget(marked)
        column.addWidget(self._warning)
        self._by_name: Mapping[str, FieldRow] = {
            "kind": FieldRow(theme, self.tr("Type"), self._kind, paragraphs=("9.4",)),
            "arrived": FieldRow(theme, self.tr("Received since"), self._arrived),
            "text": FieldRow(theme, self.tr("Answer"), self._text, paragraphs=("9.4",)),
            "planned": FieldRow(
                theme, self.tr("Promised date"), self._planned, paragraphs=("9.4", "9.6")
            ),
            "measures": FieldRow(theme, self.tr("Measures"), self._measures, paragraphs=("9.4",)),
            "grounds": FieldRow(theme, self.tr("Grounds"), self._grounds, paragraphs=("9.4",)),
            "files": FieldRow(theme, self.tr("Files"), files, paragraphs=("9.9",)),
            "marked": FieldRow(theme, self.tr("Contains"), held, paragraphs=("6.12",)),
        }
        self._reader = AudienceLine(theme, self._text, Reader(Audience.AUTHOR))
        self._by_name["text"].add_below(self._reader)
        self._by_name["planned"].body.addStretch(2)
        self._rows = tuple(self._by_name.values())

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self._take = ActionButton(
            theme, self.tr("Accept the answer"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        hint = ElidedLabel(theme, style="label", role="text-2")
        hint.set_text(self.tr("It will be checked again before sending: par. 9.4, 9.5"))
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the message")))
        foot.addWidget(hint, 1)
        foot.addWidget(self._take)
        return foot

    def _connect(self) -> None:
        presenter = self._presenter
        self._kind.chosen.connect(presenter.set_kind)
        self._text.edited.connect(presenter.set_text)
        self._planned.textEdited.connect(presenter.set_planned)
        self._measures.edited.connect(presenter.set_measures)
        self._grounds.edited.connect(presenter.set_grounds)
        self._take.clicked.connect(presenter.confirm)
        self._attach.clicked.connect(self.ask_for_file)
        for kind, toggle in self._toggles.items():
            toggle.toggled.connect(partial(presenter.set_marked, kind))
        presenter.incomplete.connect(self.focus_first_problem)
        self._theme.changed.connect(self._mark)

    # --- actions ---

    def focus_first(self) -> None:
        """Focuses the text field; if it already has text, focuses the kind of answer."""
        (self._kind if self._text.toPlainText().strip() else self._text).setFocus()
        if self._text.toPlainText().strip():
            self._kind.focus_choice()

    def focus_first_problem(self) -> None:
        fields: Mapping[str, QWidget] = {
            "text": self._text,
            "planned": self._planned,
            "measures": self._measures,
            "grounds": self._grounds,
            "files": self._attach,
        }
        for name, field in fields.items():
            if name in self._presenter.state.problems:
                field.setFocus()
                return

    def ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Attach a file"))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(decision_words.name_filter())
        dialog.fileSelected.connect(lambda path: self._presenter.attach(Path(path)))
        open_file_dialog(self._theme, dialog, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- view state ---

    def _show(self, state: AnswerFormState) -> None:
        own = not state.organ
        self._heading.setText(self.tr("Your own answer") if own else self.tr("Authority's answer"))
        who = f"{state.organ} · " if state.organ else ""
        self._about.set_text(f"{who}№ {state.number} · {state.message_text}")
        self._kind.show_choice(state.kind.value)
        for kind in AnswerKind:
            self._kind.show_cell(kind.value, shown=kind in state.kinds)
        self._text.replace_text(state.text)
        self._arrived.show_text(state.arrived)
        self._by_name["arrived"].setVisible(bool(state.arrived))
        self._found.show_found(state.found_again)
        self._mark()
        self._planned.replace_text(state.planned)
        self._measures.replace_text(state.measures)
        self._grounds.replace_text(state.grounds)
        for name in ("planned", "measures"):
            self._by_name[name].setVisible(state.kind is AnswerKind.PLANNED)
        self._by_name["grounds"].setVisible(state.kind is AnswerKind.IMPOSSIBLE)
        for confidential, toggle in self._toggles.items():
            toggle.show_on(confidential in state.marked)
        everybody = Audience.EVERYBODY if state.is_published else Audience.AUTHOR
        self._reader.show_reader(Reader(everybody))
        held = state.is_published and bool(state.marked)
        self._warning.setText(messages_words.held_back() if held else "")
        self._warning.setVisible(held)
        self._show_files(state.files)
        for name, row in self._by_name.items():
            row.show_problem(state.problems.get(name, ""))
        self._take.setEnabled(not state.is_busy)

    def _mark(self) -> None:
        """Highlights the personal data (6.12) found in the text, in the colours of the theme."""
        found = self._presenter.state.found
        self._text.setExtraSelections(marks(self._text, self._theme, found))

    def _show_files(self, files: tuple[FileRow, ...]) -> None:
        if files == self._shown_files:
            return
        self._shown_files = files
        for line in self._file_lines:
            self._files.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._file_lines = [self._file_line(place, file) for place, file in enumerate(files)]
        for place, line in enumerate(self._file_lines):
            self._files.insertWidget(place, line)

    def _file_line(self, place: int, file: FileRow) -> QWidget:
        theme = self._theme
        name = ElidedLabel(theme)
        name.set_text(file.name)
        remove = ActionButton(theme, self.tr("Remove"), icon="x", small=True)
        remove.setAccessibleName(self.tr("Remove: %1").replace("%1", file.name))
        remove.clicked.connect(lambda: self._presenter.remove_file(place))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name, 1)
        row.addWidget(ThemedLabel(theme, file.about, style="label", role="text-2"))
        row.addWidget(remove)
        return line
