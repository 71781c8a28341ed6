"""What comes before all else, 112 or whose matter it is: its icon, words and colour."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.views.components.labels import WholeLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme

_LOOKS = {
    "danger": ("danger-soft", "danger", "warning-octagon-fill"),
    "warn": ("warn-soft", "warn", "bank"),
    "fault": ("warn-soft", "warn", "warning-fill"),
}


class FirstThing(QWidget):
    """Above everything else of its column; red for a danger, amber for another body's matter."""

    def __init__(self, theme: Theme, kind: str = "danger", *, style: str = "body") -> None:
        """``style`` is that of the sentence: what is to be said aloud is larger."""
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._head = WholeLabel(theme, style="section", role="danger")
        self._body = WholeLabel(theme, style=style)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._head)
        lines.addWidget(self._body)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 12)
        layout.setSpacing(10)
        self._icon = IconSpot(theme, "", "danger", theme.size("icon_call"))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)
        self.hide()
        theme.changed.connect(self.update)

    def set_kind(self, kind: str) -> None:
        """A danger, another body's matter ("warn"), or a fault of what was laid down."""
        self._kind = kind
        _ground, ink, icon = _LOOKS[kind]
        self._head.set_role(ink)
        self._icon.set_icon(icon, ink)
        self.update()

    def show_banner(self, banner: tuple[str, str] | None) -> None:
        """Head and sentence, or nothing."""
        self.setVisible(banner is not None)
        if banner is not None:
            self._head.setText(banner[0])
            self._body.setText(banner[1])
            self.setAccessibleName(f"{banner[0]}. {banner[1]}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, ink, _icon = _LOOKS[self._kind]
        painter.fillRect(self.rect(), self._theme.colour(ground))
        painter.fillRect(0, 0, 3, self.height(), self._theme.colour(ink))
