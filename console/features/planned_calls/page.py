"""Page of scheduled callbacks: list, outcome of the selected one, form for a new one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.planned_calls.presenter import PlannedCallsPresenter, PlannedState
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField
from console.ui.keyboard import bind_on_page
from console.ui.labels import KeyHint, KeyLabel, Line, ThemedLabel
from console.ui.lists import LIST_SHARE, PAGE_SHARE, ListColumn
from console.ui.notices import FoundLine, IconSpot
from console.ui.theme import Theme
from sync.register.calls.planned import PlannedOutcome

LIST_PX = 320
FORM_PX = 720


class PlannedCallsPage(QWidget):
    """Page of scheduled callbacks. Arrow keys select, 1 to 3 record the outcome, Ins schedules
    another, Esc closes.
    """

    closed = Signal()
    call_asked = Signal()

    def __init__(
        self, theme: Theme, presenter: PlannedCallsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), LIST_SHARE)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._right(), PAGE_SHARE)
        bind_on_page(self, {Key.NEW: self.focus_form})
        presenter.changed.connect(self._show)
        presenter.planned.connect(self._list.focus_chosen)
        self._show(presenter.state)

    def _left(self) -> ListColumn:
        theme = self._theme
        empty = KeyLabel(
            theme,
            self.tr("No promised calls. Press Ins to schedule one."),
            Key.NEW,
            role="text-2",
            wrap=True,
        )
        self._column = ListColumn(theme, self.tr("Promised calls"), empty, LIST_PX)
        self._list = self._column.list
        self._list.moved.connect(self._presenter.choose)
        self._list.taken.connect(self.call_asked)
        return self._column

    def _right(self) -> QWidget:
        theme = self._theme
        self._phone = ThemedLabel(theme, style="title", role="accent")
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._phone_icon = IconSpot(theme, "phone-outgoing", "accent", theme.size("icon"))
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL, small=True)
        self._call.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._call.clicked.connect(self.call_asked)
        self._note = ThemedLabel(theme, wrap=True)
        self._made = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        number = QHBoxLayout()
        number.setSpacing(8)
        number.addWidget(self._phone_icon)
        number.addWidget(self._phone)
        number.addWidget(self._call)
        number.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 14, 24, 10)
        column.setSpacing(8)
        column.addLayout(number)
        column.addWidget(self._note)
        column.addWidget(self._made)
        column.addLayout(self._outcomes())
        column.addSpacing(8)
        self._parting = Line(theme, Qt.Orientation.Horizontal)
        column.addWidget(self._parting)
        column.addSpacing(8)
        column.addWidget(self._form())
        column.addStretch(1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addWidget(KeyHint(theme, Key.CALL_BACKS, self.tr("without e-mail")))
        foot.addStretch(1)
        foot.addWidget(self._plan)
        column.addLayout(foot)
        return right

    def _outcomes(self) -> QHBoxLayout:
        self._buttons: list[ActionButton] = []
        row = QHBoxLayout()
        row.setSpacing(2)
        for outcome, text, key, icon, tone in (
            (PlannedOutcome.TALKED, self.tr("Talked"), "1", "check", Tone.MAIN),
            (PlannedOutcome.NOT_REACHED, self.tr("Not reached"), "2", "phone-slash", Tone.PLAIN),
            (PlannedOutcome.NOT_NEEDED, self.tr("Not needed"), "3", "x", Tone.PLAIN),
        ):
            button = ActionButton(self._theme, text, key=key, icon=icon, tone=tone)
            button.clicked.connect(lambda _checked=False, o=outcome: self._presenter.note(o))
            # Only in the list: in the form a digit is input.
            shortcut = QShortcut(QKeySequence(key), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda o=outcome: self._presenter.note(o))
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        return row

    def _form(self) -> QWidget:
        theme, presenter = self._theme, self._presenter
        self._phone_field = LineField(theme, "+7 (900) 000-00-00")
        self._phone_field.setAccessibleName(self.tr("Phone to call"))
        self._moment_field = LineField(theme, self.tr("today 14:30, tomorrow 9:00, 27.11 16:00"))
        self._moment_field.setAccessibleName(self.tr("When to call"))
        self._note_field = LineField(theme, self.tr("What was promised"))
        self._whose = ChoiceRow(
            theme,
            self.tr("Whose call it is"),
            (
                Choice("anybody", self.tr("Anyone's")),
                Choice("mine", self.tr("Mine")),
            ),
            tall=False,
        )
        self._plan = ActionButton(
            theme, self.tr("Schedule"), key=Key.SAVE, icon="plus", tone=Tone.MAIN
        )
        self._plan.clicked.connect(presenter.plan)
        self._phone_row = FieldRow(theme, self.tr("Phone"), self._phone_field)
        self._moment_row = FieldRow(theme, self.tr("When"), self._moment_field)
        form = QWidget()
        self._theme.fit(form, lambda it: it.setMaximumWidth(self._theme.grown(FORM_PX)))
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(ThemedLabel(theme, self.tr("Schedule a call"), style="section"))
        self._found = FoundLine(theme)
        column.addWidget(self._found)
        for row in (
            self._phone_row,
            self._moment_row,
            FieldRow(theme, self.tr("What about"), self._note_field),
            FieldRow(theme, self.tr("Whose"), self._whose),
        ):
            column.addWidget(row)
        self._phone_field.textEdited.connect(presenter.set_phone)
        self._moment_field.textEdited.connect(presenter.set_moment)
        self._note_field.textEdited.connect(presenter.set_note)
        self._whose.chosen.connect(presenter.set_mine)
        return form

    def open_page(self) -> None:
        """Reads the callbacks and focuses the list, or the form if the list is empty."""
        self._presenter.reload()
        if self._presenter.state.rows:
            self._list.focus_chosen()
        else:
            self.focus_form()

    def focus_form(self) -> None:
        """Focuses the phone number, or the time if the phone number is filled in."""
        form = self._presenter.state.form
        (self._moment_field if form.phone else self._phone_field).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: PlannedState) -> None:
        self._column.show_rows(state.subtitle, state.rows, state.chosen)
        chosen = state.chosen >= 0
        for label, text in (
            (self._phone, state.phone), (self._note, state.note), (self._made, state.made)
        ):  # fmt: skip
            label.setText(text)
            label.setVisible(bool(text))
        for part in (self._phone_icon, self._call, self._parting):
            part.setVisible(chosen)
        for button in self._buttons:
            button.setVisible(chosen)
            button.setEnabled(state.can_note)
        form = state.form
        self._found.show_found(state.found)
        for field, text in (
            (self._phone_field, form.phone),
            (self._moment_field, form.moment),
            (self._note_field, form.note),
        ):
            field.replace_text(text, whole_record=not text)
        self._whose.show_choice("mine" if form.is_mine else "anybody")
        self._phone_row.show_problem(form.problems.get("phone", ""))
        self._moment_row.show_problem(form.problems.get("moment", ""))
