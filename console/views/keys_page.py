"""All keys on one page, shown by F1 and left by Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console import words
from console.views.components.buttons import ActionButton
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.scrolling import SCROLLS
from console.views.theme import Theme

COLUMNS = 2  # where there is room


class KeysPage(QFrame):
    """The keys in groups, as they are now: call, card, directory, window."""

    closed = Signal()
    change_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys"))
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._page = page = QVBoxLayout(inside)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(6)
        change = ActionButton(
            theme, self.tr("Change keys"), key="Enter", icon="pencil-simple", small=True
        )
        change.clicked.connect(self.change_asked)
        head = QHBoxLayout()
        head.addWidget(ThemedLabel(theme, self.tr("Keys"), style="title"), 1)
        head.addWidget(change)
        page.addLayout(head)
        self._grids: list[tuple[QGridLayout, list[KeyHint]]] = []
        for group in words.keys.sheet():
            page.addSpacing(8)
            page.addWidget(ThemedLabel(theme, group.title, style="section", role="text-2"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(24)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(COLUMNS, 1)
            page.addLayout(grid)
            self._grids.append((grid, [KeyHint(theme, row.key, row.text) for row in group.rows]))
        self._columns = 0
        self._place(COLUMNS)
        page.addStretch(1)
        self._area.setWidget(inside)
        theme.fit(self, lambda it: it.measure())

    def measure(self) -> None:
        """How wide the columns side by side are in letters of this size."""
        # Else the grids answer with what they were told of smaller letters.
        for grid, hints in self._grids:
            for hint in hints:
                hint.updateGeometry()
            grid.invalidate()
        self._page.invalidate()
        self._place(COLUMNS)
        self._widest_px = self._area.widget().minimumSizeHint().width()

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, hints in self._grids:
            for number, hint in enumerate(hints):
                grid.addWidget(hint, *divmod(number, columns))
        # Else it would share out the room that the rows needed before.
        self._page.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room_px = self.width() - self._area.verticalScrollBar().sizeHint().width()
        self._place(COLUMNS if self._widest_px <= room_px else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.change_asked.emit()
        elif (action := SCROLLS.get(event.key())) is not None:
            self._area.verticalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)
