"""The text about formal appeals above the card or the message, until it is read out."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.formal_appeal import FormalAppealPresenter, FormalAppealState
from console.views.components.buttons import ActionButton
from console.views.components.icons import draw_icon
from console.views.components.labels import ThemedLabel
from console.views.components.paint import fill_box
from console.views.theme import Theme

KEY = Key.FORMAL_APPEAL


class FormalAppealBlock(QWidget):
    """Takes no focus: the caret stays in the field where the operator writes."""

    def __init__(
        self, theme: Theme, presenter: FormalAppealPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ThemedLabel(theme, style="body", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title = ThemedLabel(
            theme, self.tr("Say: a formal appeal under 59-FZ"), style="strong", role="accent"
        )
        hide = ActionButton(theme, self.tr("Hide"), key=KEY, icon="x", small=True)
        hide.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hide.clicked.connect(presenter.hide)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        room = QWidget()  # for the icon, which is painted
        theme.fit(room, lambda it: it.setFixedWidth(theme.size("icon") + 8))
        head.addWidget(room)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 16, 40, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._text)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: FormalAppealState) -> None:
        self._text.setText(state.text)
        self.setAccessibleName(state.text)
        self.setVisible(bool(state.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect()).adjusted(24, 10, -24, -2)
        fill_box(painter, box, 8, theme.colour("accent-soft"))
        size = theme.size("icon")
        middle = box.top() + 6 + theme.size("button") / 2
        draw_icon(
            painter,
            "scales",
            QRectF(40, middle - size / 2, size, size),
            size,
            theme.colour("accent"),
        )
