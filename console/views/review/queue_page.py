"""The page «На проверке»: what waits, what is running out, and who has what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from console import words
from console.presenters.review_queue import QueueState, ReviewQueuePresenter
from console.views.components.buttons import ActionButton, Tone
from console.views.components.labels import KeyHint, Line, ThemedLabel
from console.views.components.trouble import Trouble
from console.views.review.queue_table import QueueModel, QueueTable
from console.views.theme import Theme

LEAST_PX = 640


class QueuePage(QWidget):
    """Heading, table, and at the foot what Enter does."""

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: ReviewQueuePresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = ThemedLabel(theme, self.tr("Under review"), style="title")
        self._subtitle = ThemedLabel(theme, role="text-2")
        self._trouble = Trouble(theme)
        model = QueueModel(
            (
                self.tr("Decide until"),
                self.tr("Number, received"),
                self.tr("Message"),
                self.tr("Place"),
                self.tr("Who has it"),
            )
        )
        self.table = QueueTable(theme, model)
        self.table.setAccessibleName(self.tr("Messages to be checked"))
        self.table.taken.connect(presenter.open_selected)
        self.table.moved.connect(presenter.select)
        self._release = ActionButton(
            theme, self.tr("Give back to the queue"), key="Alt+R", icon="arrow-u-up-left"
        )
        self._release.clicked.connect(presenter.release_selected)
        self._take = ActionButton(
            theme, self.tr("Check"), key="Enter", icon="arrow-right", tone=Tone.MAIN
        )
        self._take.clicked.connect(presenter.open_selected)
        self._hints = (
            KeyHint(theme, "Esc", self.tr("to the calls")),
            KeyHint(theme, "↑ ↓", self.tr("choose")),
        )
        self._lay_out(theme)
        # Pages of one stack ask for room together: a page that is not shown is to ask for little.
        self.setMinimumWidth(LEAST_PX)
        release = QShortcut(QKeySequence("Alt+R"), self)
        release.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        release.activated.connect(presenter.release_selected)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self, theme: Theme) -> None:
        head, body = words.review.nobody_waits()
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(12, 24, 12, 0)
        column.addWidget(ThemedLabel(theme, head, style="strong"))
        column.addWidget(ThemedLabel(theme, body, role="text-2", wrap=True))
        column.addStretch(1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self._title)
        heading.addWidget(self._subtitle)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for hint in self._hints:
            foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(self._release)
        foot.addWidget(self._take)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 10)
        page.setSpacing(10)
        page.addLayout(heading)
        page.addWidget(self._trouble)
        page.addLayout(self._stack, 1)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addLayout(foot)

    def open_page(self) -> None:
        """Read the queue again and put the keyboard on it."""
        self._presenter.reload()
        self.setFocus()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: QueueState) -> None:
        self._subtitle.setText(state.subtitle)
        self._trouble.show_trouble(state.trouble)
        self.table.show_rows(state.rows, state.index)
        self._stack.setCurrentIndex(0 if state.rows else 1)
        self._take.setVisible(bool(state.rows))
        self._release.setVisible(state.can_release)
