"""The line over a form that says that its words were found again after a new start."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme


class FoundLine(QWidget):
    """Takes no room where nothing was found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "note-pencil", "accent", theme.size("icon")))
        row.addWidget(self._text, 1)
        self.hide()

    def show_found(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))
