"""Topic and category in one field: any part of either name finds it, Enter takes it."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from console.views.components.fields import LineField
from console.views.theme import Theme


class CategoryField(LineField):
    """A line with a completer over «Тема › Категория»."""

    chosen = Signal(str)  # key of the category, empty when the field was cleared

    def __init__(
        self, theme: Theme, choices: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self.setPlaceholderText(self.tr("Start typing the topic or the category"))
        self.setAccessibleName(self.tr("Topic and category"))
        self._by_text = {text: key for key, text in choices.items()}
        self._key = ""
        completer = QCompleter(QStringListModel(sorted(self._by_text)), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(9)
        completer.popup().setProperty("popup", "true")
        completer.popup().setFont(theme.font("field"))
        completer.activated[str].connect(self._taken)  # type: ignore[index]  # overloaded signal
        self.setCompleter(completer)
        self.left.connect(self._settle)

    def show_value(self, key: str, text: str) -> None:
        if key != self._key or (not self.hasFocus() and text != self.text()):
            self._key = key
            self.replace_text(text)

    def _taken(self, text: str) -> None:
        key = self._by_text.get(text, "")
        if key:
            self._key = key
            self.chosen.emit(key)

    def _settle(self) -> None:
        """On leaving: an exact or only match is taken, anything else goes back to what was."""
        text = self.text().strip()
        if not text:
            if self._key:
                self._key = ""
                self.chosen.emit("")
            return
        if text in self._by_text:
            self._taken(text)
            return
        matches = [whole for whole in self._by_text if text.casefold() in whole.casefold()]
        if len(matches) == 1:
            self.setText(matches[0])
            self._taken(matches[0])
        else:
            known = {key: whole for whole, key in self._by_text.items()}
            self.setText(known.get(self._key, ""))
