"""What stands in the way of a part of the screen, in its place and until it is gone."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme


class Trouble(QWidget):
    """Icon, what has happened, and below what to do; takes no room while all is well."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._head = ThemedLabel(theme, style="strong", role="danger", wrap=True)
        self._body = ThemedLabel(theme, role="text-2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "warning-octagon-fill", "danger", theme.size("icon")))
        row.addWidget(self._head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._body)
        self.hide()

    def show_trouble(self, trouble: tuple[str, str]) -> None:
        """Show head and body; two empty texts hide it."""
        head, body = trouble
        self._head.setText(head)
        self._body.setText(body)
        self.setVisible(bool(head))
