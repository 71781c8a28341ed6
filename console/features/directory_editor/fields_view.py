"""Input fields of a directory entry, which depend on its kind."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.spelling import SpellingPresenter
from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_form import FIELDS_OF
from console.features.directory_editor.entry_state import EditorState
from console.features.directory_editor.section_view import DaysRow, ReferencesField
from console.shared.messages.fields_view import CategoryField
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField
from console.ui.labels import ThemedLabel
from console.ui.spelling import check_line_spelling, check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme
from kb.entries.entries import EntryKind

_TEXTS = {
    "spoken": (2, 5),
    "body": (3, 8),
    "names": (1, 4),
    "phones": (1, 4),
    "hours": (1, 4),
    "steps": (2, 8),
    "documents": (2, 8),
    "checklist": (2, 8),
}
_PROSE = (
    "spoken",
    "body",
    "names",
    "steps",
    "documents",
    "checklist",
)  # fields with spell-check
_LINES_OF_PROSE = ("title", "term", "fee", "post", "reception")
_TOGETHER = (
    ("source", "source_url"),
    ("checked_on", "valid_from", "valid_to"),
    ("address", "email"),
    ("term", "fee"),
    ("short_title", "unit_kind"),
    ("unit", "room"),
    ("answer_days", "answer_kind"),
    ("owner",),
)
_DAYS = ("checked_on", "valid_from", "valid_to")


class EntryFields(QWidget):
    """Input fields for one kind of entry; emits each change of a text."""

    edited = Signal(str, str)  # field name, text

    def __init__(
        self,
        theme: Theme,
        presenter: EntryEditorPresenter,
        spelling: SpellingPresenter,
        kind: EntryKind,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._spelling = spelling
        self._kind = kind
        self._key = ""
        self._is_narrow = False
        self._speaking: QHBoxLayout | None = None
        self._rows: dict[tuple[str, ...], FieldRow] = {}
        self._widgets: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for names in _rows_of(kind):
            row = self._make_row(names)
            self._rows[names] = row
            column.addWidget(row)
            if "spoken" in names:
                column.addLayout(self._speaking_line())
        presenter.choices_changed.connect(self._show_choices)

    def _make_row(self, names: tuple[str, ...]) -> FieldRow:
        fields = []
        for name in names:
            field = self._make_field(name)
            self._widgets[name] = field
            fields.append(field)
        days = [field for field in fields if isinstance(field, LineField)]
        if len(names) > 1 and set(names) <= set(_DAYS):
            further = dict(zip(map(self._label, names[1:]), days[1:], strict=True))
            return DaysRow(self._theme, self._label(names[0]), days[0], further)
        row = FieldRow(self._theme, self._label(names[0]), *fields, note=self._note(names[0]))
        for name, field in zip(names[1:], fields[1:], strict=True):
            if name != "answer_kind":
                label = ThemedLabel(self._theme, self._label(name), style="label", role="text-2")
                label.setBuddy(field)
                row.body.insertWidget(row.body.indexOf(field), label)
        return row

    def _label(self, name: str) -> str:
        if name == "body":
            return directory_editor_words.body_name(self._kind)
        return directory_editor_words.field_name(name)

    def _note(self, name: str) -> str:
        return self.tr("one per line") if name in ("names", "steps", "documents", "phones") else ""

    def _make_field(self, name: str) -> QWidget:
        theme, label = self._theme, self._label(name)
        if name in _TEXTS:
            text = TextField(theme, "", _TEXTS[name])
            text.setAccessibleName(label)
            if name in _PROSE:
                check_spelling(text, theme, self._spelling)
            if name == "spoken":
                theme.fit(text, lambda it: it.setFont(theme.font("spoken")))
            text.edited.connect(lambda typed, n=name: self.edited.emit(n, typed))
            return text
        if name in ("place", "owner", "parent", "unit", "unit_kind"):
            chosen = CategoryField(
                theme,
                self._choices(name),
                name=label,
                placeholder=self.tr("Start typing the title"),
            )
            chosen.chosen.connect(lambda key, n=name: self.edited.emit(n, key))
            return chosen
        if name == "participants":
            several = ReferencesField(theme, label, self._choices(name))
            several.edited.connect(lambda ids, n=name: self.edited.emit(n, ids))
            return several
        if name == "answer_kind":
            days = ChoiceRow(
                theme,
                label,
                (
                    Choice("working", self.tr("working days")),
                    Choice("calendar", self.tr("calendar days")),
                ),
                tall=False,
                even=False,
            )
            days.chosen.connect(lambda value, n=name: self.edited.emit(n, value))
            return days
        line = LineField(theme, self.tr("DD.MM.YYYY") if name in _DAYS else "")
        line.setAccessibleName(label)
        if name in _LINES_OF_PROSE:
            check_line_spelling(line, theme, self._spelling)
        line.textEdited.connect(lambda typed, n=name: self.edited.emit(n, typed))
        return line

    def _speaking_line(self) -> QHBoxLayout:
        self._length = ThemedLabel(self._theme, style="state", role="ok")
        self._verdict = ThemedLabel(self._theme, style="label", role="text-3")
        self._speaking = line = QHBoxLayout()
        self._theme.fit(self, lambda it: it.place_speaking_line())
        line.addWidget(self._length)
        line.addStretch(1)
        line.addWidget(self._verdict)
        return line

    def set_narrow(self, is_narrow: bool) -> None:
        """Puts the labels above the fields if the form is too narrow for labels at the left."""
        self._is_narrow = is_narrow
        for row in self._rows.values():
            row.set_narrow(is_narrow)
        self.place_speaking_line()

    def place_speaking_line(self) -> None:
        """Aligns the line with the speaking time to the field of the spoken text."""
        if self._speaking is not None:
            left = 0 if self._is_narrow else self._theme.size("label_col") + 8
            self._speaking.setContentsMargins(left, 0, 0, 0)

    def _choices(self, name: str) -> Mapping[str, str]:
        choices = self._presenter.choices
        match name:
            case "place":
                return choices.places
            case "unit_kind":
                return directory_editor_words.unit_kinds()
            case "parent" if self._kind is EntryKind.TOPIC:
                return choices.topics
            case _:
                return choices.units

    def _show_choices(self) -> None:
        for name, field in self._widgets.items():
            if isinstance(field, CategoryField | ReferencesField):
                field.set_choices(self._choices(name))

    # --- view state ---

    def show_state(self, state: EditorState) -> None:
        """Shows the texts of the entry; a text that the editor is typing is not overwritten."""
        fresh = state.key != self._key
        self._key = state.key
        for name, field in self._widgets.items():
            field.setEnabled(state.may_change)
            self._show_text(name, field, state.fields.get(name, ""), fresh)
        for names, row in self._rows.items():
            wrong = [state.problems[name] for name in names if name in state.problems]
            row.show_problem(wrong[0] if wrong else "")
        length, verdict, good = state.speaking
        self._length.setText(length)
        self._length.setVisible(bool(length))
        self._verdict.setVisible(bool(length))
        self._length.set_role("ok" if good else "warn")
        self._verdict.setText(verdict)
        self._verdict.set_role("text-3" if good else "warn")

    def _show_text(self, name: str, field: QWidget, text: str, fresh: bool) -> None:
        match field:
            case CategoryField():
                field.show_value(text, self._choices(name).get(text, text))
            case LineField():
                field.replace_text(text, whole_record=fresh)
            case TextField():
                field.replace_text(text)
            case ReferencesField():
                field.show_text(text)
            case ChoiceRow():
                field.show_choice(text)

    def focus_first(self) -> None:
        self._widgets["title"].setFocus()

    def focus_field(self, name: str) -> None:
        self._widgets[name].setFocus()

    def settle(self) -> None:
        """Applies text typed into selection fields; called before the entry is published."""
        for field in self._widgets.values():
            if isinstance(field, CategoryField):
                field.settle()


def _rows_of(kind: EntryKind) -> list[tuple[str, ...]]:
    """Returns the field names of each form row; related fields share a row."""
    rows: list[tuple[str, ...]] = []
    for name in FIELDS_OF[kind]:
        together = next((names for names in _TOGETHER if name in names), (name,))
        if together not in rows:
            rows.append(tuple(one for one in together if one in FIELDS_OF[kind]))
    return rows
