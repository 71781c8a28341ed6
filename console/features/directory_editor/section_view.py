"""Base class of the editor's sections; form fields for several dates and for entry references."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.shared.messages.fields_view import CategoryField
from console.ui.buttons import ActionButton
from console.ui.fields import FieldRow, LineField
from console.ui.labels import ThemedLabel
from console.ui.theme import Theme

WIDEST_DAY = "00.00.0000"
GAP_PX = 8
Line = list[LineField]


class DaysRow(FieldRow):
    """Form row with several date fields.

    The label of the first field is at the left, as in every row; each further field has its own
    label.
    """

    def __init__(
        self, theme: Theme, label: str, first: LineField, further: Mapping[str, LineField]
    ) -> None:
        super().__init__(theme, label, first, *further.values())
        self._days: Line = [first, *further.values()]
        self._names: dict[LineField, ThemedLabel] = {}
        for name, field in further.items():
            self._names[field] = ThemedLabel(theme, name, style="label", role="text-2")
            self._names[field].setBuddy(field)
        self._stand_as: list[Line] = []
        self._lines = [QHBoxLayout() for _ in self._days]
        column = QVBoxLayout()
        column.setSpacing(GAP_PX)
        for line in self._lines:
            line.setSpacing(GAP_PX)
            column.addLayout(line)
        self.body.addLayout(column, 1)
        theme.fit(self, lambda it: it.fold())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def set_narrow(self, is_narrow: bool) -> None:
        super().set_narrow(is_narrow)
        self.fold()

    def fold(self) -> None:
        """Distributes the date fields over the fewest lines in which each is completely visible.

        Fields after the first share a line if possible.
        """
        first, *further = self._days
        room_px = self.width() - self.label_px
        ways: tuple[list[Line], ...] = (
            [self._days],
            [[first], further],
            [[one] for one in self._days],
        )
        fitting = (lines for lines in ways if max(map(self._needed_px, lines)) <= room_px)
        self._stand(next(fitting, ways[-1]))

    def _needed_px(self, line: Line) -> int:
        parts_px = [field.px_for(WIDEST_DAY) for field in line]
        parts_px += [self._names[one].sizeHint().width() for one in line if one in self._names]
        return sum(parts_px) + GAP_PX * (len(parts_px) - 1)

    def _stand(self, stand: list[Line]) -> None:
        if stand == self._stand_as:
            return
        self._stand_as = stand
        for place, line in enumerate(stand):
            for field in line:
                if field in self._names:
                    self._lines[place].addWidget(self._names[field])
                self._lines[place].addWidget(field, 1)


class ReferencesField(QWidget):
    """Field for references to entries: each has a remove button, and a text field adds another."""

    edited = Signal(str)  # ids, one per line

    def __init__(self, theme: Theme, name: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._theme = theme
        self._choices = choices
        self._ids: tuple[str, ...] = ()
        self._buttons: list[ActionButton] = []
        self._add = CategoryField(
            theme, choices, name=name, placeholder=self.tr("Start typing a title to add it")
        )
        self._add.chosen.connect(self._chosen)
        self.setFocusProxy(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._add)

    def set_choices(self, choices: Mapping[str, str]) -> None:
        self._choices = choices
        self._add.set_choices(choices)
        self._fill()

    def show_text(self, text: str) -> None:
        ids = tuple(text.splitlines())
        if ids != self._ids:
            self._ids = ids
            self._fill()

    def _fill(self) -> None:
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, entry_id in enumerate(self._ids):
            title = self._choices.get(entry_id, entry_id)
            button = ActionButton(self._theme, title, icon="x", small=True, elides=True)
            button.setAccessibleName(self.tr("Remove: %1").replace("%1", title))
            button.clicked.connect(lambda _checked=False, gone=entry_id: self._take_out(gone))
            self._column.insertWidget(number, button)
            self._buttons.append(button)

    def _chosen(self, entry_id: str) -> None:
        if not entry_id:
            return
        self._add.show_value("", "")
        self._add.clear()
        if entry_id not in self._ids:
            self._tell((*self._ids, entry_id))

    def _take_out(self, gone: str) -> None:
        self._tell(tuple(one for one in self._ids if one != gone))

    def _tell(self, ids: tuple[str, ...]) -> None:
        self._ids = ids
        self._fill()
        self.edited.emit("\n".join(ids))


class EditorSection(QWidget):
    """Base class of all sections except the entries.

    A section overrides the keys that it supports; the others do nothing.
    """

    def open_section(self) -> None:
        """Reloads the section's data and sets the keyboard focus."""

    def confirm(self) -> None:
        """Ctrl+Enter: starts the section's main action."""

    def close_chosen(self) -> None:
        """Alt+X: closes or declines the selected item."""

    def drop_changes(self) -> None:
        """Alt+Z: discards unsaved input."""

    def make_new(self) -> None:
        """Ins and Alt+N: starts a new item of the section."""

    def focus_search(self) -> None:
        """Ctrl+F: focuses the section's search field."""
