"""The history of a message on a page of its own, the newest first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.presenters.message_history import (
    HistoryItem,
    HistoryState,
    MessageHistoryPresenter,
)
from console.views.components.labels import ElidedLabel, KeyHint, Line, Pill, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.scrolling import scrolled, scrolls
from console.views.components.trouble import Trouble
from console.views.theme import Theme

WHEN_PX = 120
WIDEST_PX = 980


class MessageHistoryPage(QFrame):
    """Arrows scroll, Esc goes back."""

    closed = Signal()

    def __init__(self, theme: Theme, presenter: MessageHistoryPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._items: list[QWidget] = []
        self._shown: tuple[HistoryItem, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = ThemedLabel(theme, style="title")
        self._about = ElidedLabel(theme, role="text-2")
        self._trouble = Trouble(theme)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST_PX)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = scrolled(theme, inside)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.setSpacing(8)
        page.addWidget(self._title)
        page.addWidget(self._about)
        page.addWidget(self._trouble)
        page.addWidget(self._area, 1)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: HistoryState) -> None:
        self._title.setText(state.title)
        self.setAccessibleName(state.title or self.tr("History of a message"))
        self._about.set_text(state.about)
        self._trouble.show_trouble(state.trouble)
        if state.items == self._shown:
            return
        self._shown = state.items
        for item in self._items:
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = [_Item(self._theme, item) for item in state.items]
        for place, item in enumerate(self._items):
            self._column.insertWidget(place, item)
        self._area.verticalScrollBar().setValue(0)


class _Item(QWidget):
    """When at the left; then what, who, by which paragraph, and what was told with it."""

    def __init__(self, theme: Theme, item: HistoryItem) -> None:
        super().__init__()
        when = ThemedLabel(theme, item.at, role="text-2")
        when.setFixedWidth(WHEN_PX)
        what = ThemedLabel(theme, item.what, style="strong", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(what, 1)
        if item.is_undone:
            what.set_role("text-3")
            undone = Pill(theme, self.tr("taken back"), icon="arrow-counter-clockwise")
            head.addWidget(undone)
        head.addWidget(ThemedLabel(theme, item.paragraph, style="label", role="text-3"))
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addLayout(head)
        told.addWidget(ThemedLabel(theme, item.who, style="label", role="text-2"))
        role = "text-3" if item.is_undone else "text"
        for line in item.lines:
            told.addWidget(ThemedLabel(theme, line, role=role, wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(when, 0, top)
        icon = "text-3" if item.is_undone else item.role
        row.addWidget(IconSpot(theme, item.icon, icon, theme.size("icon")), 0, top)
        row.addLayout(told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        texts = (item.at, item.what, item.who, item.paragraph, *item.lines)
        self.setAccessibleName(". ".join(texts))
