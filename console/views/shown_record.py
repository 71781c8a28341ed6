"""A saved record on a page of its own, to be read and not to be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.shown_record import RecordState, ShownRecordPresenter
from console.views.components.buttons import ActionButton
from console.views.components.labels import KeyHint, Line, ThemedLabel
from console.views.components.scrolling import scrolled, scrolls
from console.views.theme import Theme

WIDEST_PX = 900


class ShownRecordPage(QFrame):
    """Arrows scroll, Enter leads to the call's message, Esc goes back to the list."""

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
        self._message = KeyHint(theme, "Enter", self.tr("message of this call"))
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
        inside.setMaximumWidth(WIDEST_PX)
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
        self._message.setVisible(bool(state.message))
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
