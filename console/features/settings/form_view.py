"""Settings page with text fields, choices, a test button and a save button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.settings import words as settings_words
from console.features.settings.form import SettingField, SettingsForm, SettingsFormState
from console.features.settings.parts_view import OutcomeLine, SectionPage
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, lay_out_form
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.layout import open_file_dialog
from console.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class TextSpec:
    """Definition of a text field; ``is_file`` adds a button that opens a file dialog."""

    name: str
    label: str
    example: str = ""
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """Definition of a field with a few values, each with its label."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]


class FormSection(SectionPage):
    """Settings page with fields. Tab moves between fields, Alt+T tests, Ctrl+Enter saves, Esc
    returns to the list.
    """

    def __init__(
        self,
        theme: Theme,
        presenter: SettingsForm,
        title: str,
        lead: str,
        specs: tuple[TextSpec | ChoiceSpec, ...],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._waits_for_outcome = False  # a result is pending, and the page is untouched since
        self._rows: dict[str, FieldRow] = {}
        self._lines: dict[str, LineField] = {}
        self._choices: dict[str, ChoiceRow] = {}
        self._file_buttons: dict[str, ActionButton] = {}
        self._marks: dict[str, ThemedLabel] = {}
        self._examples = {spec.name: spec.example for spec in specs if isinstance(spec, TextSpec)}
        rows = [self._row(spec) for spec in specs]
        self._note = ThemedLabel(theme, role="warn", wrap=True)
        self._outcome = OutcomeLine(theme)
        self._restart = ActionButton(theme, self.tr("Restart now"), icon="arrow-clockwise")
        self._restart.clicked.connect(presenter.restart)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(ThemedLabel(theme, title, style="title"))
        head.addWidget(ThemedLabel(theme, lead, role="text-2", wrap=True))
        head.addWidget(self._note)
        lay_out_form(self, theme, head=head, fields=rows, foot=self._foot())
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _foot(self) -> QVBoxLayout:
        """Builds the bottom area: the result above the buttons, where it cannot be scrolled out of
        view.
        """
        theme = self._theme
        self._try = ActionButton(theme, self.tr("Test"), key=Key.TRY_SETTINGS, icon="play")
        self._save = ActionButton(
            theme, self.tr("Save"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._drop = ActionButton(
            theme, self.tr("Discard changes"), icon="arrow-counter-clockwise", elides=True
        )
        self._try.clicked.connect(self.try_it)
        self._save.clicked.connect(self.confirm)
        self._drop.clicked.connect(self._presenter.drop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(KeyHint(theme, "Esc", self.tr("to the list")))
        buttons.addStretch(1)
        for button in (self._drop, self._try, self._save):
            buttons.addWidget(button)
        foot = QVBoxLayout()
        foot.setSpacing(6)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._outcome, 1)
        told.addWidget(self._restart, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addLayout(told)
        foot.addLayout(buttons)
        return foot

    def _row(self, spec: TextSpec | ChoiceSpec) -> FieldRow:
        mark = ThemedLabel(self._theme, style="label", role="text-2")
        mark.hide()
        row = self._choice_row(spec) if isinstance(spec, ChoiceSpec) else self._text_row(spec)
        row.add_below(mark)
        self._marks[spec.name] = mark
        self._rows[spec.name] = row
        return row

    def _choice_row(self, spec: ChoiceSpec) -> FieldRow:
        cells = ChoiceRow(
            self._theme,
            spec.label,
            tuple(Choice(value, text) for value, text in spec.values),
            tall=False,
            wraps=True,
        )
        cells.chosen.connect(lambda value: self._edit(spec.name, value))
        self._choices[spec.name] = cells
        return FieldRow(self._theme, spec.label, cells)

    def _text_row(self, spec: TextSpec) -> FieldRow:
        line = LineField(self._theme, spec.example)
        line.setAccessibleName(spec.label)
        if spec.name in self._presenter.secrets:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(lambda text: self._edit(spec.name, text))
        line.focused.connect(self._touch)
        # Pasted text may have been split: a password moves to the field that hides it.
        line.left.connect(lambda: self._show_text(spec.name, anew=True))
        self._lines[spec.name] = line
        row = FieldRow(self._theme, spec.label, line)
        if spec.is_file:
            choose = ActionButton(self._theme, self.tr("Choose…"), icon="folder-open", small=True)
            choose.clicked.connect(lambda: self._ask_for_file(spec))
            row.body.addWidget(choose)
            self._file_buttons[spec.name] = choose
        return row

    # --- operations for the settings frame ---

    def open_page(self) -> None:
        self._show(self._presenter.state)

    def focus_first(self) -> None:
        state = self._presenter.state
        names = [name for name in self._lines if not state.fields[name].is_fixed]
        wrong = [name for name in names if state.fields[name].problem]
        empty = [
            name
            for name in names
            if not state.fields[name].value and not state.fields[name].is_kept
        ]
        first = next(iter((*wrong, *empty[:1], *names)), None)
        if first is not None:
            self._lines[first].setFocus()
            return
        free = [row for name, row in self._choices.items() if not state.fields[name].is_fixed]
        if free:
            free[0].focus_choice()
        else:
            self._save.setFocus()

    def confirm(self) -> None:
        self._presenter.save()
        self._waits_for_outcome = True
        self._go_to_problem()

    def try_it(self) -> None:
        self._presenter.try_it()
        self._waits_for_outcome = True
        self._go_to_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- internals ---

    def _edit(self, name: str, text: str) -> None:
        self._touch()
        self._presenter.edit(name, text)

    def _touch(self) -> None:
        self._waits_for_outcome = False

    def _go_to_problem(self) -> None:
        """Focuses the first invalid field, unless the operator has continued typing."""
        state = self._presenter.state
        if state.is_busy or not self._waits_for_outcome:
            return
        self._waits_for_outcome = False
        for name, line in self._lines.items():
            if state.fields[name].problem:
                line.setFocus()
                return

    def _ask_for_file(self, spec: TextSpec) -> None:
        dialog = QFileDialog(self, spec.label)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda path: self._presenter.edit(spec.name, path))
        open_file_dialog(self._theme, dialog, self)

    def _show(self, state: SettingsFormState) -> None:
        for name, shown in state.fields.items():
            self._rows[name].show_problem(shown.problem)
            self._show_mark(name, shown)
            if name in self._choices:
                self._choices[name].show_choice(shown.value)
                self._choices[name].setEnabled(not shown.is_fixed)
            else:
                self._show_text(name)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        self._outcome.show_outcome(state.outcome)
        may_change = self._presenter.may_change()
        self._try.setEnabled(may_change and not state.is_busy)
        self._save.setEnabled(may_change and not state.is_busy)
        self._drop.setVisible(state.is_changed)
        self._restart.setVisible(may_change and state.needs_restart)
        self._restart.setEnabled(not (state.is_busy or state.is_changed))
        if self.isVisible():
            self._go_to_problem()

    def _show_text(self, name: str, *, anew: bool = False) -> None:
        shown, line = self._presenter.state.fields[name], self._lines[name]
        line.setReadOnly(shown.is_fixed)
        line.setPlaceholderText(
            settings_words.kept_secret() if shown.is_kept else self._examples[name]
        )
        is_emptied = not shown.value and bool(line.text())
        line.replace_text(shown.value, whole_record=anew or is_emptied)
        if name in self._file_buttons:
            self._file_buttons[name].setEnabled(not shown.is_fixed)

    def _show_mark(self, name: str, shown: SettingField) -> None:
        text = settings_words.fixed_by_administrator() if shown.is_fixed else ""
        self._marks[name].setText(text)
        self._marks[name].setVisible(bool(text))
        field: QWidget = self._lines.get(name) or self._choices[name]
        field.setAccessibleDescription(shown.problem or text)
