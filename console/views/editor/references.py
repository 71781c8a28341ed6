"""Several entries named by one field, such as the organs that take part in a topic."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.views.category_field import CategoryField
from console.views.components.buttons import ActionButton
from console.views.theme import Theme


class ReferencesField(QWidget):
    """A button for each entry named, which takes it out, and a field that adds one."""

    edited = Signal(str)  # ids, one a line

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
            button.setAccessibleName(self.tr("Take out: %1").replace("%1", title))
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
