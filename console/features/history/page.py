"""Two read-only pages: the history of a message, and a saved call record."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.features.history.call import RecordState, ShownRecordPresenter
from console.features.history.message import HistoryItem, HistoryState, MessageHistoryPresenter
from console.ui.buttons import ActionButton
from console.ui.labels import ElidedLabel, KeyHint, Line, Pill, ThemedLabel
from console.ui.layout import scrolled, scrolls
from console.ui.notices import IconSpot, Trouble
from console.ui.theme import Theme

WHEN_PX = 120
WIDEST_PX = 980


class MessageHistoryPage(QFrame):
    """History of a message. Arrow keys scroll, Esc closes."""

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
        self.setAccessibleName(state.title or self.tr("Message history"))
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
    """Item of the message history: time at the left, then event, actor, clause and details."""

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
            undone = Pill(theme, self.tr("undone"), icon="arrow-counter-clockwise")
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


RECORD_WIDEST_PX = 900


class ShownRecordPage(QFrame):
    """Saved call record. Arrow keys scroll, Enter opens the call's message, Esc returns to the
    list.
    """

    closed = Signal()
    call_asked = Signal()

    def __init__(self, theme: Theme, presenter: ShownRecordPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._labels: list[QWidget] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = ThemedLabel(theme, style="title")
        self._subtitle = ThemedLabel(theme, role="text-2")
        self._subtitle.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL, icon="phone-outgoing")
        self._call.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._call.clicked.connect(self.call_asked)
        self._message = KeyHint(theme, "Enter", self.tr("message from this call"))
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.setSpacing(8)
        page.addLayout(self._head())
        page.addWidget(self._body(), 1)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        foot = QHBoxLayout()
        foot.setSpacing(18)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addWidget(self._message)
        foot.addStretch(1)
        page.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self._call, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _body(self) -> QScrollArea:
        inside = QWidget()
        inside.setMaximumWidth(RECORD_WIDEST_PX)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 8, 8, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._area = scrolled(self._theme, inside)
        return self._area

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._presenter.ask_message()
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: RecordState) -> None:
        self._title.setText(state.title)
        self._subtitle.setText(state.subtitle)
        self._call.setVisible(bool(state.phone))
        self._message.setVisible(bool(state.message) or state.unfinished)
        told = (f"{name}: {text}" for name, text, _paragraph in state.facts)
        self.setAccessibleName(". ".join((state.title, state.subtitle, *told)))
        if state.facts == self._shown:
            return
        self._shown = state.facts
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for place, (name, text, paragraph) in enumerate(state.facts):
            self._add(place, name, text, paragraph)
        self._area.verticalScrollBar().setValue(0)

    def _add(self, place: int, name: str, text: str, paragraph: str) -> None:
        theme, top = self._theme, Qt.AlignmentFlag.AlignTop
        head = QWidget()
        theme.fit(head, lambda it: it.setFixedWidth(theme.size("label_col")))
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ThemedLabel(theme, name, role="text-2"))
        if paragraph:
            column.addWidget(ThemedLabel(theme, paragraph, style="label", role="text-3"))
        told = ThemedLabel(theme, text, style="field", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(head, place, 0, top)
        self._grid.addWidget(told, place, 1, top)
        self._labels += [head, told]
