"""The line below a field: how what stands in it was read, and what one key would put there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.person_entry import ReadLine
from console.views.components.buttons import LinkButton
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme

OFFER_KEY = Key.TAKE_OFFER


class ReadLineView(QWidget):
    """No room taken where there is nothing to say."""

    offer_taken = Signal()

    def __init__(self, theme: Theme, *, style: str = "label") -> None:
        super().__init__()
        self._icon = IconSpot(theme, "warning-fill", "warn", theme.size("icon_meta"))
        self._text = ThemedLabel(theme, style=style, role="text-2", wrap=True)
        self._offer = LinkButton(theme, "")
        # By keyboard it is the key beside it, from within the field.
        self._offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._offer.clicked.connect(self.offer_taken)
        self._key = KeyHint(theme, OFFER_KEY, "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._offer)
        row.addWidget(self._key)
        self.show_line(ReadLine())

    def show_line(self, line: ReadLine) -> None:
        self._text.setText(line.text)
        self._text.set_role("warn" if line.warns else "text-2")
        self._icon.setVisible(line.warns)
        self._offer.setText(line.offer)
        self._offer.setAccessibleName(line.offer)
        self._offer.updateGeometry()
        for part in (self._offer, self._key):
            part.setVisible(bool(line.offer))
        self.setVisible(bool(line.text or line.offer))
