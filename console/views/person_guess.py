"""Who may be calling, over the fields of the card, until somebody has said who it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.keys.installed import KEYS, shown
from console.presenters.caller_persons import CallerPersonsPresenter, CallerPersonsState
from console.views.components.labels import ElidedLabel, KeyHint, Pill
from console.views.components.notices import IconSpot
from console.views.person_panel import PERSON_KEY
from console.views.theme import Theme


class PersonGuess(QWidget):
    """One line with the key that opens the choice; a click does the same."""

    choice_asked = Signal()

    def __init__(self, theme: Theme, presenter: CallerPersonsPresenter) -> None:
        super().__init__()
        self._text = ElidedLabel(theme, style="strong", role="text")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "user", "warn", theme.size("icon")))
        row.addWidget(Pill(theme, self.tr("guess"), kind="warn"))
        row.addWidget(self._text, 1)
        row.addWidget(KeyHint(theme, PERSON_KEY, self.tr("choose")))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._presenter = presenter
        presenter.changed.connect(self._show)
        KEYS.changed.connect(self._keys_changed)
        self._show(presenter.state)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.choice_asked.emit()

    def _keys_changed(self) -> None:
        self._show(self._presenter.state)

    def _show(self, state: CallerPersonsState) -> None:
        self._text.set_text(state.guess)
        self._text.setToolTip(state.guess_detail)
        self.setAccessibleName(f"{state.guess}. {shown(PERSON_KEY)}" if state.guess else "")
        self.setVisible(bool(state.guess))
