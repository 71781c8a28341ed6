"""Section for synonym pairs: list on the left, form on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.directory_editor.section_view import EditorSection
from console.features.directory_editor.synonyms import (
    BOTH_WAYS,
    ONE_WAY,
    SynonymFilter,
    SynonymsPresenter,
    SynonymsState,
)
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField, lay_out_form
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.lists import HistoryModel, MarkedList
from console.ui.notices import FoundLine
from console.ui.theme import Theme

LIST_PX = 400


class SynonymsView(EditorSection):
    """Section for synonym pairs: typing searches the list, Enter moves to the form, Ctrl+Enter
    saves.
    """

    def __init__(self, theme: Theme, presenter: SynonymsPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._model = HistoryModel()
        self._filter_names = {
            SynonymFilter.IN_FORCE: self.tr("Active"),
            SynonymFilter.SUGGESTED: self.tr("Suggested"),
            SynonymFilter.CLOSED: self.tr("Closed"),
        }
        self._title = ThemedLabel(theme, style="title")
        self._status = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._found = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._phrase, self._meaning = LineField(theme), LineField(theme)
        self._phrase.textEdited.connect(presenter.set_phrase)
        self._meaning.textEdited.connect(presenter.set_meaning)
        self._phrase.returnPressed.connect(self._meaning.setFocus)
        self._ways = ChoiceRow(
            theme,
            self.tr("Direction"),
            (
                Choice(ONE_WAY, self.tr("→ one way")),
                Choice(BOTH_WAYS, self.tr("↔ both ways")),
            ),
            tall=False,
            even=False,
        )
        self._ways.chosen.connect(presenter.set_ways)
        self._rows = {
            "phrase": FieldRow(theme, self.tr("People say"), self._phrase),
            "meaning": FieldRow(theme, self.tr("It means"), self._meaning),
        }
        ways = QWidget()
        line = QHBoxLayout(ways)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._ways)
        line.addStretch(1)
        form = QWidget()
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._status)
        self._found_again = FoundLine(theme)
        head.addWidget(self._found_again)
        lay_out_form(
            form,
            theme,
            head=head,
            fields=(
                self._rows["phrase"],
                self._rows["meaning"],
                FieldRow(theme, "", self._found),
                FieldRow(theme, self.tr("Direction"), ways),
            ),
            foot=self._foot(),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(form, 1)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _left(self) -> Surface:
        theme = self._theme
        left = Surface(theme, "surface")
        theme.fit(left, lambda it: it.setFixedWidth(theme.grown(LIST_PX)))
        new = ActionButton(theme, self.tr("New pair"), key=Key.NEW, icon="plus")
        new.clicked.connect(self.make_new)
        self._search = LineField(theme, self.tr("Find a word"))
        self._search.textEdited.connect(self._presenter.set_query)
        self._filter = ChoiceRow(
            theme,
            self.tr("Which pairs"),
            tuple(Choice(name.value, text) for name, text in self._filter_names.items()),
            tall=False,
            even=False,
        )
        self._filter.chosen.connect(self._presenter.set_filter)
        self._list = MarkedList(theme, self._model, self.tr("Synonyms"))
        self._list.moved.connect(self._presenter.choose)
        self._list.taken.connect(self._focus_form)
        self._search.returnPressed.connect(self._list.focus_chosen)
        self._empty = ThemedLabel(theme, role="text-2", wrap=True)
        self._empty.setContentsMargins(20, 12, 20, 0)
        head = QHBoxLayout()
        head.addWidget(ThemedLabel(theme, self.tr("Synonyms"), style="section"), 1)
        head.addWidget(new)
        top = QVBoxLayout()
        top.setContentsMargins(20, 11, 17, 6)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self._search)
        top.addWidget(self._filter)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        return left

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self._close = ActionButton(theme, self.tr("Close the pair"), key=Key.CLOSE_ENTRY, icon="x")
        self._save = ActionButton(
            theme, self.tr("Save"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._drop = ActionButton(
            theme, self.tr("Discard"), key=Key.DROP_CHANGES, icon="arrow-counter-clockwise"
        )
        self._drop.clicked.connect(self.drop_changes)
        self._close.clicked.connect(self.close_chosen)
        self._save.clicked.connect(self.confirm)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        foot.addWidget(self._drop)
        foot.addWidget(self._close)
        foot.addWidget(self._save)
        return foot

    # --- actions ---

    def open_section(self) -> None:
        self._presenter.reload()
        self.focus_search()

    def begin(self, phrase: str, meaning: str) -> None:
        """Opens the form of a pair for a failed search and focuses its meaning."""
        self._presenter.reload()
        self._presenter.begin(phrase, meaning)
        self._meaning.setFocus()
        self._meaning.selectAll()

    def make_new(self) -> None:
        self._list.mark(-1)
        self._presenter.begin()
        self._phrase.setFocus()

    def confirm(self) -> None:
        self._presenter.save()

    def drop_changes(self) -> None:
        self._presenter.drop()

    def close_chosen(self) -> None:
        self._presenter.close()

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _focus_form(self) -> None:
        self._phrase.setFocus()
        self._phrase.selectAll()

    # --- view state ---

    def _show(self, state: SynonymsState) -> None:
        self._filter.show_choice(state.filter.value)
        for name, text in self._filter_names.items():
            count = state.counts.get(name, 0)
            self._filter.set_text(name.value, f"{text} {count}" if count else text)
        self._model.show_rows(state.rows)
        self._list.mark(state.chosen)
        self._empty.setText(
            self.tr("Nothing to suggest: all searches found results")
            if state.filter is SynonymFilter.SUGGESTED
            else self.tr("No such pairs")
        )
        self._empty.setVisible(not state.rows)
        is_new = state.chosen < 0
        self._title.setText(self.tr("New pair") if is_new else state.rows[state.chosen].what)
        self._status.setText(state.status)
        self._status.setVisible(bool(state.status))
        self._found_again.show_found(state.found_again)
        self._phrase.replace_text(state.phrase, whole_record=True)
        self._meaning.replace_text(state.meaning, whole_record=True)
        self._ways.show_choice(state.ways)
        self._found.setText(state.found if state.meaning.strip() else "")
        self._found.set_role("warn" if state.finds_nothing else "text-2")
        for part, row in self._rows.items():
            row.show_problem(state.problems.get(part, ""))
        self._close.setText(
            self.tr("Do not suggest")
            if state.filter is SynonymFilter.SUGGESTED
            else self.tr("Close the pair")
        )
        self._close.setVisible(state.may_close)
        self._drop.setVisible(state.can_drop)
