"""Page of phone notifications: list of tasks on the left, text to read to the person on the
right.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.call_backs.presenter import CallBacksPresenter, CallBackState
from console.ui.buttons import ActionButton, Tone
from console.ui.labels import KeyHint, Line, ThemedLabel, show_spoken
from console.ui.lists import LIST_SHARE, PAGE_SHARE, ListColumn
from console.ui.notices import IconSpot
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from sync.store.local.messages.notices import CallOutcome

LIST_PX = 340
SPOKEN_PX = 760  # maximum line length for comfortable reading


class CallBacksPage(QFrame):
    """Page of phone notifications: arrow keys select a task, 1 to 4 record the result, Esc
    closes.
    """

    closed = Signal()
    call_asked = Signal()

    def __init__(
        self, theme: Theme, presenter: CallBacksPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), LIST_SHARE)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._right(), PAGE_SHARE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Call back"))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _left(self) -> ListColumn:
        theme = self._theme
        empty = ThemedLabel(
            theme,
            self.tr("Call those who left no e-mail. What to say appears here automatically."),
            role="text-2",
            wrap=True,
        )
        self._column = ListColumn(theme, self.tr("Call back"), empty, LIST_PX)
        self._list = self._column.list
        self._list.moved.connect(self._presenter.choose)
        return self._column

    def _right(self) -> QWidget:
        theme = self._theme
        self._recipient = ThemedLabel(theme, style="title", wrap=True)
        self._about = ThemedLabel(theme, role="text-2", wrap=True)
        self._phone = ThemedLabel(theme, style="title", role="accent")
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._phone_icon = IconSpot(theme, "phone-outgoing", "accent", theme.size("icon"))
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL, small=True)
        self._call.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._call.clicked.connect(self.call_asked)
        self._why = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._head = ThemedLabel(theme, self.tr("Read aloud"), style="state", role="accent")
        self._spoken = QTextBrowser()
        self._spoken.setProperty("flat", "true")
        theme.dress(self._spoken, Sheet.TEXT)
        theme.fit(self._spoken, lambda it: it.setFont(theme.font("spoken")))
        self._spoken.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._spoken.setAccessibleName(self.tr("Text to read aloud"))
        self._spoken.document().setDocumentMargin(0)
        self._spoken.setMaximumWidth(SPOKEN_PX)
        self._attempts = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        number = QHBoxLayout()
        number.setSpacing(8)
        number.addWidget(self._phone_icon)
        number.addWidget(self._phone)
        number.addWidget(self._call)
        number.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 14, 24, 10)
        column.setSpacing(8)
        column.addWidget(self._recipient)
        column.addWidget(self._about)
        column.addLayout(number)
        column.addWidget(self._why)
        column.addSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._spoken, 1)
        column.addWidget(self._attempts)
        column.addStretch(0)  # aligns the bottom area to the edge if there is no text
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(self._foot())
        return right

    def _foot(self) -> QHBoxLayout:
        buttons = (
            (CallOutcome.TOLD, self.tr("Informed"), "1", "check", Tone.MAIN),
            (CallOutcome.NO_ANSWER, self.tr("No answer"), "2", "phone-slash", Tone.PLAIN),
            (CallOutcome.ASKED_LATER, self.tr("Later"), "3", "clock", Tone.PLAIN),
            (CallOutcome.WRONG_NUMBER, self.tr("Wrong number"), "4", "x", Tone.PLAIN),
        )
        self._buttons: list[ActionButton] = []
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(KeyHint(self._theme, "Esc", self.tr("back")))
        foot.addSpacing(10)
        foot.addWidget(KeyHint(self._theme, Key.PLANNED, self.tr("promised calls")))
        foot.addStretch(1)
        for outcome, text, key, icon, tone in buttons:
            button = ActionButton(self._theme, text, key=key, icon=icon, tone=tone)
            button.clicked.connect(lambda _checked=False, o=outcome: self._presenter.note(o))
            # Shortcuts, because a focused list would take a digit as the start of a name to search.
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda o=outcome: self._presenter.note(o))
            foot.addWidget(button)
            self._buttons.append(button)
        return foot

    def open_page(self) -> None:
        """Loads the tasks and focuses the list."""
        self._presenter.reload()
        if self._list.isVisibleTo(self):
            self._list.focus_chosen()
        else:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: CallBackState) -> None:
        self._column.show_rows(state.subtitle, state.rows, state.chosen)
        chosen = state.chosen >= 0
        for label, text in (
            (self._recipient, state.recipient),
            (self._about, state.about),
            (self._phone, state.phone),
            (self._why, state.why),
            (self._attempts, "\n".join(state.attempts)),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._phone_icon.setVisible(bool(state.phone))
        self._call.setVisible(bool(self._presenter.chosen_number))
        for part in (self._head, self._spoken):
            part.setVisible(chosen)
        if self._spoken.toPlainText() != state.spoken:
            show_spoken(self._spoken, self._theme, state.spoken)
        for button in self._buttons:
            button.setVisible(chosen)
            button.setEnabled(state.can_note)
