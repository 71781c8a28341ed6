"""Side panels of the calendar page: selected day, file import, edit form, and confirmation."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.calendar.calendar_state import CalendarState, FormState
from console.features.calendar.presenter import CalendarPresenter
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import LineField, ProblemLine
from console.ui.labels import Line, Pill, ThemedLabel
from console.ui.layout import open_file_dialog
from console.ui.lists import HistoryModel, MarkedList, take_widgets_out
from console.ui.notices import FoundLine
from console.ui.spelling import check_line_spelling
from console.ui.theme import Theme


class EditList(MarkedList):
    """List of edits to the city's calendar and rules; Delete revokes the selected edit."""

    revoked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.revoked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _scrolled(theme: Theme, fields: QWidget) -> QScrollArea:
    """Wraps the fields in a vertical scroll area, because they may not fit with large text."""
    area = QScrollArea()
    theme.dress_area(area)
    area.setWidget(fields)
    fields.setAutoFillBackground(False)  # the scroll area turned it on
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class LookSide(QWidget):
    """Panel of the selected day with its reasons and actions; the list of edits is below.

    The regulations and maps of a selected edit are shown below the list.
    """

    def __init__(self, theme: Theme, presenter: CalendarPresenter) -> None:
        super().__init__()
        self._title = ThemedLabel(theme, style="section", wrap=True)
        self._pill = Pill(theme)
        self._lines = ThemedLabel(theme, role="text-2", wrap=True)
        self._change = ActionButton(theme, self.tr("Change"), key="Enter", icon="pencil-simple")
        self._change.clicked.connect(presenter.begin_day)
        self._revoke = ActionButton(
            theme, self.tr("Revoke"), key="Del", icon="arrow-counter-clockwise"
        )
        self._revoke.clicked.connect(lambda: presenter.begin_revoking())
        self._head = ThemedLabel(theme, self.tr("City decisions"), style="section")
        self._none = ThemedLabel(
            theme,
            self.tr("No decisions yet: this is the built-in calendar."),
            role="text-2",
            wrap=True,
        )
        self._model = HistoryModel()
        self.edits = EditList(theme, self._model, self.tr("City decisions"))
        self.edits.revoked.connect(presenter.begin_revoking)
        self.edits.selectionModel().currentRowChanged.connect(
            lambda now, _before: presenter.look_at_edit(now.row())
        )
        self._records = ThemedLabel(theme, role="text-2", wrap=True)
        told = QWidget()
        records = QVBoxLayout(told)
        records.setContentsMargins(20, 8, 20, 8)
        records.addWidget(self._records)
        records.addStretch(1)
        self._told = _scrolled(theme, told)
        pill = QHBoxLayout()
        pill.addWidget(self._pill)
        pill.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self._change)
        buttons.addWidget(self._revoke)
        buttons.addStretch(1)
        upper = QVBoxLayout()
        upper.setContentsMargins(20, 0, 20, 8)
        upper.setSpacing(8)
        upper.addWidget(self._title)
        upper.addLayout(pill)
        upper.addWidget(self._lines)
        upper.addLayout(buttons)
        lower = QVBoxLayout()
        lower.setContentsMargins(20, 8, 20, 4)
        lower.setSpacing(4)
        lower.addWidget(self._head)
        lower.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(lower)
        column.addWidget(self.edits, 1)
        column.addWidget(self._told, 2)
        column.addStretch(0)

    def show_state(self, state: CalendarState) -> None:
        day = state.day
        self._title.setText(day.title)
        self._pill.set_state(day.kind, kind=day.pill)
        self._lines.setText("\n".join(day.lines))
        self._lines.setVisible(bool(day.lines))
        self._change.setVisible(state.may_edit)
        self._revoke.setVisible(state.may_edit and day.is_ordered)
        self._none.setVisible(not state.edits)
        self.edits.setVisible(bool(state.edits))
        self._records.setText("\n".join(state.edit_lines))
        self._told.setVisible(bool(state.edit_lines))
        if self._model.show_rows(state.edits):
            self.edits.setCurrentIndex(QModelIndex())


class FileSide(QWidget):
    """Panel for the path of a calendar file; Enter reads the file."""

    def __init__(self, theme: Theme, presenter: CalendarPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        lead = self.tr(
            "Whole year: JSON as in resources/calendars, or XML from xmlcalendar.ru. "
            "Single days: CSV or JSON with date, kind (off, working, short) and reason. "
            "Regulations and maps (3.1–3.3): JSON."
        )
        self._path = LineField(theme, self.tr("File path"))
        self._path.setAccessibleName(self.tr("File path"))
        self._path.textEdited.connect(presenter.set_path)
        self._path.returnPressed.connect(presenter.read_file)
        self._problem = ThemedLabel(theme, role="danger", wrap=True)
        choose = ActionButton(theme, self.tr("Choose"), key=Key.CALENDAR_FILE, icon="folder-open")
        choose.clicked.connect(self.choose_file)
        read = ActionButton(theme, self.tr("Preview"), key="Enter", tone=Tone.MAIN)
        read.clicked.connect(presenter.read_file)
        buttons = QHBoxLayout()
        buttons.addWidget(choose)
        buttons.addStretch(1)
        buttons.addWidget(read)
        fields = QWidget()
        rows = QVBoxLayout(fields)
        rows.setContentsMargins(20, 0, 20, 0)
        rows.setSpacing(10)
        rows.addWidget(ThemedLabel(theme, self.tr("Calendar from a file"), style="section"))
        rows.addWidget(ThemedLabel(theme, lead, role="text-2", wrap=True))
        self._found = FoundLine(theme)
        rows.addWidget(self._found)
        rows.addWidget(self._path)
        rows.addWidget(self._problem)
        rows.addLayout(buttons)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(_scrolled(theme, fields))

    def focus_first(self) -> None:
        self._path.setFocus()

    def choose_file(self) -> None:
        """Opens the system's file dialog."""
        dialog = QFileDialog(self, self.tr("Calendar from a file"))
        dialog.setDirectory(str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Calendars (%1)").replace("%1", "*.json *.xml *.csv"))
        dialog.fileSelected.connect(self._chosen)
        open_file_dialog(self._theme, dialog, self)

    def _chosen(self, path: str) -> None:
        self._presenter.set_path(path)
        self._presenter.read_file()

    def show_state(self, state: CalendarState) -> None:
        self._found.show_found(state.found)
        self._path.replace_text(state.path, whole_record=True)
        self._problem.setText(state.path_problem)
        self._problem.setVisible(bool(state.path_problem))


class FormSide(QWidget):
    """Form of an edit and its reason; Ctrl+Enter shows the preview."""

    def __init__(
        self, theme: Theme, presenter: CalendarPresenter, spelling: SpellingPresenter
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._key = 0
        self._title = ThemedLabel(theme, style="section", wrap=True)
        self._lines = ThemedLabel(theme, role="text-2", wrap=True)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(8)
        self._rows: dict[str, ChoiceRow] = {}
        self._lists: dict[str, LineField] = {}
        self._reason = LineField(theme, self.tr("Reason, as others will see it"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.textEdited.connect(presenter.set_reason)
        check_line_spelling(self._reason, theme, spelling)
        self._document = LineField(theme, self.tr("Order number and date, if any"))
        self._document.setAccessibleName(self.tr("Document"))
        self._document.textEdited.connect(presenter.set_document)
        for field in (self._reason, self._document):
            field.returnPressed.connect(presenter.go_on)
        self._problem = ThemedLabel(theme, role="danger", wrap=True)
        self._go_on = ActionButton(
            theme, self.tr("What will move"), key=Key.SAVE, icon="caret-right", tone=Tone.MAIN
        )
        self._go_on.clicked.connect(presenter.go_on)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._go_on)
        fields = QWidget()
        rows = QVBoxLayout(fields)
        rows.setContentsMargins(20, 0, 20, 8)
        rows.setSpacing(8)
        self._found = FoundLine(theme)
        rows.addWidget(self._title)
        rows.addWidget(self._found)
        rows.addWidget(self._lines)
        rows.addLayout(self._questions)
        for name, field in (
            (self.tr("Reason"), self._reason),
            (self.tr("Document"), self._document),
        ):
            rows.addWidget(ThemedLabel(theme, name, role="text-2"))
            rows.addWidget(field)
        rows.addStretch(1)
        # The form of the rules is longer than a small screen; button and error must remain visible.
        area = _scrolled(theme, fields)
        below = QVBoxLayout()
        below.setContentsMargins(20, 0, 20, 12)
        below.setSpacing(8)
        below.addWidget(self._problem)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(area, 1)
        column.addLayout(below)

    def focus_first(self) -> None:
        """Focuses the first choice field, or the reason."""
        rows = tuple(self._rows.values())
        if rows:
            rows[0].focus_choice()
        else:
            self._reason.setFocus()

    def focus_reason(self) -> None:
        self._reason.setFocus()

    def show_state(self, state: CalendarState) -> None:
        form = state.form
        if state.form_key != self._key:
            self._key = state.form_key
            self._make_questions(form)
        for question in form.questions:
            self._rows[question.key].show_choice(question.chosen)
        self._title.setText(form.title)
        self._lines.setText("\n".join(form.lines))
        self._lines.setVisible(bool(form.lines))
        for typed in form.lists:
            self._lists[typed.key].replace_text(typed.text, whole_record=True)
        self._found.show_found(state.found)
        self._reason.replace_text(form.reason, whole_record=True)
        self._document.replace_text(form.document, whole_record=True)
        self._problem.setText(form.problem)
        self._problem.setVisible(bool(form.problem))
        self._go_on.setEnabled(not state.is_busy)

    def _make_questions(self, form: FormState) -> None:
        take_widgets_out(self._questions)
        self._rows.clear()
        self._lists.clear()
        for question in form.questions:
            label = ThemedLabel(self._theme, question.name, role="text-2", wrap=True)
            choices = tuple(Choice(value, text) for value, text in question.choices)
            row = ChoiceRow(self._theme, question.name, choices, tall=False)
            row.chosen.connect(lambda value, key=question.key: self._presenter.answer(key, value))
            self._rows[question.key] = row
            self._questions.addWidget(label)
            self._questions.addWidget(row)
        for typed in form.lists:
            field = LineField(self._theme)
            field.setAccessibleName(typed.name)
            field.textEdited.connect(
                lambda text, key=typed.key: self._presenter.set_list(key, text)
            )
            field.returnPressed.connect(self._presenter.go_on)
            self._lists[typed.key] = field
            self._questions.addWidget(
                ThemedLabel(self._theme, typed.name, role="text-2", wrap=True)
            )
            self._questions.addWidget(field)
        # The choice fields are created last but come first in the tab order.
        stops = [stop for row in self._rows.values() for stop in row.tab_stops]
        order = (*stops, *self._lists.values(), self._reason, self._document, self._go_on)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)


class ConfirmSide(QWidget):
    """Panel with the deadlines that an edit moves; the operator confirms or goes back."""

    def __init__(self, theme: Theme, presenter: CalendarPresenter) -> None:
        super().__init__()
        self._title = ThemedLabel(theme, style="section", wrap=True)
        self._lead = ThemedLabel(theme, role="text-2", wrap=True)
        self._problem = ProblemLine(theme)
        self._model = HistoryModel()
        self._list = MarkedList(theme, self._model, self.tr("Deadlines that move"))
        self._confirm = ActionButton(
            theme, self.tr("Confirm"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._confirm.clicked.connect(presenter.go_on)
        back = ActionButton(theme, self.tr("Back"), key="Esc", icon="caret-left")
        back.clicked.connect(lambda: presenter.go_back())
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 8)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self._lead)
        head.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 12)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addLayout(foot)

    def focus_first(self) -> None:
        self._confirm.setFocus() if not self._model.rowCount() else self._list.focus_chosen()

    def show_state(self, state: CalendarState) -> None:
        moved = state.moved
        self._title.setText(moved.title)
        self._lead.setText(moved.lead)
        self._model.show_rows(moved.rows)
        self._confirm.setEnabled(not state.is_busy)
