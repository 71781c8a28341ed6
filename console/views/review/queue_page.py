"""The page «На проверке»: what waits, what is running out, and who has what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.own_desk import OwnDeskPresenter
from console.presenters.review_queue import QueueState, ReviewQueuePresenter
from console.views.components.buttons import ActionButton, Tone
from console.views.components.labels import KeyHint, Line, ThemedLabel
from console.views.components.shortcuts import bind_on_page
from console.views.components.trouble import Trouble
from console.views.review.new_message_form import NewMessageForm
from console.views.review.queue_table import QueueModel, QueueTable
from console.views.theme import Theme

LEAST_PX = 640


class QueuePage(QWidget):
    """Heading, table, and at the foot what Enter does."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: ReviewQueuePresenter,
        form: NewMessageForm,
        own_desk: OwnDeskPresenter,
        parent: QWidget | None = None,
    ) -> None:
        """``form`` is of a message without a call, which Ins opens."""
        super().__init__(parent)
        self._presenter = presenter
        self._form = form
        form.closed.connect(self._show_list)
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
        self.table = QueueTable(theme, model, own_desk)
        self.table.setAccessibleName(self.tr("Messages to be checked"))
        self.table.taken.connect(presenter.open_selected)
        self.table.moved.connect(presenter.select)
        self._release = ActionButton(
            theme, self.tr("Give back to the queue"), key=Key.RELEASE, icon="arrow-u-up-left"
        )
        self._release.clicked.connect(presenter.release_selected)
        self._new = ActionButton(theme, self.tr("Without a call"), key=Key.NEW, icon="plus")
        self._new.setToolTip(self.tr("Write down a message that was brought or written"))
        self._new.clicked.connect(self.write_new)
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
        bind_on_page(
            self._list,
            {Key.RELEASE: presenter.release_selected, Key.NEW: self.write_new},
        )
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
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self._title)
        heading.addWidget(self._subtitle)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for hint in self._hints:
            foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(self._new)
        foot.addWidget(self._release)
        foot.addWidget(self._take)
        self._list = QFrame()
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list.setAccessibleName(self.tr("Messages to be checked"))
        self.table.take_keys_of(self._list)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._form)
        page = QVBoxLayout(self._list)
        page.setContentsMargins(24, 18, 24, 10)
        page.setSpacing(10)
        page.addLayout(heading)
        page.addWidget(self._trouble)
        page.addLayout(self._stack, 1)
        # Only now: a stack shows its first one, which would open a window of its own.
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addLayout(foot)

    def open_page(self) -> None:
        """Read the queue again and put the keyboard on it, or into what was being written."""
        self._presenter.reload()
        if self._pages.currentWidget() is self._form:
            self._form.focus_first()
        else:
            self._focus_list()

    @property
    def is_writing(self) -> bool:
        """Whether the form of a message without a call is shown."""
        return self._pages.currentWidget() is self._form

    def write_new(self) -> None:
        """Ins: write down a message that came by no call (7.4)."""
        self._pages.setCurrentWidget(self._form)
        self._form.focus_first()

    def close_form(self) -> None:
        """The message is on its way: the list is there when this page comes back."""
        self._pages.setCurrentWidget(self._list)

    def _show_list(self) -> None:
        self.close_form()
        self._focus_list()

    def _focus_list(self) -> None:
        """The keys of the page work where there are no rows, too."""
        (self.table if self._presenter.state.rows else self._list).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: QueueState) -> None:
        self._subtitle.setText(state.subtitle)
        self._trouble.show_trouble(state.trouble)
        self.table.show_rows(state.rows, state.index)
        had_keyboard = self.table.hasFocus() or self._list.hasFocus()
        self._stack.setCurrentIndex(0 if state.rows else 1)
        if had_keyboard:
            self._focus_list()
        self._take.setVisible(bool(state.rows))
        self._release.setVisible(state.can_release)
