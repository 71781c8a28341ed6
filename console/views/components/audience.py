"""The line below a field that says who will read it; a field for an inside note looks otherwise."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from console import words
from console.views.components.fields import mark_inside
from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paragraphs import described
from console.views.theme import Theme
from console.words.audience import Audience, Reader


class AudienceLine(QWidget):
    """Follows one field: its words are read aloud with it, and it is coloured as an inside note."""

    def __init__(self, theme: Theme, field: QWidget, reader: Reader) -> None:
        super().__init__()
        self._field = field
        self._icon = IconSpot(theme, "lock-simple", "text-2", theme.size("icon_meta"))
        self._text = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self.show_reader(reader)

    def show_reader(self, reader: Reader) -> None:
        text, icon, role = words.audience.line(reader)
        self._icon.set_icon(icon, role)
        self._text.setText(text)
        self._text.set_role(role)
        self._field.setAccessibleDescription(described(self._field, text))
        mark_inside(self._field, reader.audience is Audience.COLLEAGUES)
