"""Section for topic proposals: list on the left, form and decision on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.directory_editor import finding_words
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.proposals import (
    PARTS,
    ProposalsPresenter,
    ProposalsState,
)
from console.features.directory_editor.section_view import EditorSection, ReferencesField
from console.shared.messages.fields_view import CategoryField
from console.ui.buttons import ActionButton, Tone
from console.ui.fields import FieldRow, LineField, lay_out_form
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.lists import HistoryModel, MarkedList
from console.ui.notices import FoundLine
from console.ui.spelling import check_line_spelling, check_spelling
from console.ui.text_field import TextField
from console.ui.theme import Theme

LIST_PX = 320


class ProposalsView(EditorSection):
    """Section for topic proposals: editors write them, the supervisor decides."""

    def __init__(
        self,
        theme: Theme,
        presenter: ProposalsPresenter,
        editor: EntryEditorPresenter,
        spelling: SpellingPresenter,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._editor = editor
        self._spelling = spelling
        self._model = HistoryModel()
        self._fields: dict[str, QWidget] = {name: self._make_field(name) for name in PARTS}
        self._rows = {
            name: FieldRow(theme, finding_words.part_name(name), field, paragraphs=("4.2",))
            for name, field in self._fields.items()
        }
        self._reason = TextField(theme, "", (1, 4))
        self._reason.edited.connect(presenter.set_reason)
        check_spelling(self._reason, theme, spelling)
        self._rows["reason"] = FieldRow(theme, self.tr("Reason"), self._reason, paragraphs=("4.2",))
        self._status = ThemedLabel(theme, style="strong", role="text-2", wrap=True)
        form = QWidget()
        lay_out_form(
            form,
            theme,
            head=self._head(),
            fields=tuple(self._rows.values()),
            foot=self._foot(),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(form, 1)
        editor.choices_changed.connect(self._show_choices)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _left(self) -> Surface:
        theme = self._theme
        left = Surface(theme, "surface")
        theme.fit(left, lambda it: it.setFixedWidth(theme.grown(LIST_PX)))
        self._view = MarkedList(theme, self._model, self.tr("Proposals"))
        self._view.moved.connect(self._moved)
        new = ActionButton(theme, self.tr("New proposal"), key=Key.NEW_PROPOSAL, icon="plus")
        new.clicked.connect(self.make_new)
        head = QVBoxLayout()
        head.setContentsMargins(17, 11, 17, 6)
        head.addWidget(new)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._view, 1)
        return left

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(2)
        self._title = ThemedLabel(self._theme, style="title")
        head.addWidget(self._title)
        head.addWidget(self._status)
        self._found = FoundLine(self._theme)
        head.addWidget(self._found)
        return head

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self._propose = ActionButton(
            theme, self.tr("Record"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._decline = ActionButton(theme, self.tr("Decline"), key=Key.CLOSE_ENTRY, icon="x")
        self._accept = ActionButton(
            theme, self.tr("Accept"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._propose.clicked.connect(self.confirm)
        self._accept.clicked.connect(self.confirm)
        self._decline.clicked.connect(self.close_chosen)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        for button in (self._decline, self._accept, self._propose):
            foot.addWidget(button)
        return foot

    def _make_field(self, name: str) -> QWidget:
        theme, label = self._theme, finding_words.part_name(name)
        presenter = self._presenter
        if name == "participants":
            several = ReferencesField(theme, label, self._editor.choices.units)
            several.edited.connect(lambda ids, n=name: presenter.set_field(n, ids))
            return several
        if name in ("name", "route"):
            line = LineField(theme)
            line.setAccessibleName(label)
            if name == "name":
                check_line_spelling(line, theme, self._spelling)
            line.textEdited.connect(lambda text, n=name: presenter.set_field(n, text))
            return line
        empty = self.tr("Leave empty for a new one") if name == "entry" else ""
        hint = empty or self.tr("Start typing the title")
        chosen = CategoryField(theme, self._choices(name), name=label, placeholder=hint)
        chosen.chosen.connect(lambda key, n=name: presenter.set_field(n, key))
        return chosen

    def _choices(self, name: str) -> dict[str, str]:
        match name:
            case "entry":
                return dict(self._editor.choices.places)
            case "parent":
                return dict(self._editor.choices.topics)
            case _:
                return dict(self._editor.choices.units)

    def _show_choices(self) -> None:
        for name, field in self._fields.items():
            if isinstance(field, CategoryField | ReferencesField):
                field.set_choices(self._choices(name))
        self._show(self._presenter.state)

    # --- actions ---

    def open_section(self) -> None:
        self._presenter.reload()
        self.make_new()

    def make_new(self) -> None:
        """Shows and focuses the form of a new proposal."""
        self._presenter.choose("")
        self._view.mark(-1)
        self._fields["entry"].setFocus()

    def focus_name(self) -> None:
        """Focuses the name of the proposed topic."""
        self._fields["name"].setFocus()

    def confirm(self) -> None:
        """Stores the new proposal, or accepts the selected one."""
        for field in self._fields.values():
            if isinstance(field, CategoryField):
                field.settle()
        if self._presenter.state.chosen:
            self._presenter.decide(accepted=True)
        else:
            self._presenter.propose()

    def close_chosen(self) -> None:
        """Declines the selected proposal."""
        self._presenter.decide(accepted=False)

    def _moved(self, row: int) -> None:
        self._presenter.choose(self._presenter.state.ids[row])

    # --- view state ---

    def _show(self, state: ProposalsState) -> None:
        is_new = not state.chosen
        fresh = not is_new or not any(state.fields.values())
        known = state.fields["entry"] in self._editor.choices.places
        title = self.tr("New proposal") if is_new else state.fields["name"]
        self._title.setText(title)
        self._status.setText(state.status)
        self._status.setVisible(bool(state.status))
        self._found.show_found(state.found_again)
        self._reason.replace_text(state.reason)
        for name, field in self._fields.items():
            text = state.fields[name]
            match field:
                case CategoryField():
                    shown = self._choices(name).get(text, "" if name == "entry" else text)
                    field.show_value(text, shown)
                case LineField():
                    field.replace_text(text, whole_record=fresh)
                case ReferencesField():
                    field.show_text(text)
            field.setEnabled(is_new)
        self._rows["entry"].setVisible(is_new or known)
        for name, row in self._rows.items():
            row.show_problem(state.problems.get(name, ""))
        self._rows["reason"].setVisible(state.may_decide)
        self._propose.setVisible(is_new)
        self._accept.setVisible(state.may_decide)
        self._decline.setVisible(state.may_decide)
        if self._model.show_rows(state.rows) and state.chosen:
            self._view.mark(state.ids.index(state.chosen))
