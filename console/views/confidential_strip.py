"""Below the publicity of a message: why it stays non-public, and the word that it need not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.message_checks import ChecksState
from console.views.components.audience import AudienceLine
from console.views.components.buttons import ActionButton
from console.views.components.fields import LineField
from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme
from console.words.audience import INSIDE


class ConfidentialStrip(QWidget):
    """The consequence of 6.12 in one line; a person may say with a reason that it is mistaken."""

    cleared = Signal(str)  # the reason
    typed = Signal(str)  # the reason as it stands, empty once it is left
    uncleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconSpot(theme, "", "wrap", theme.size("icon"))
        self._note = ThemedLabel(theme, style="state", role="wrap", wrap=True)
        self._clear = ActionButton(
            theme, self.tr("These are no personal data"), key=Key.NO_PERSONAL_DATA, small=True
        )
        self._unclear = ActionButton(
            theme, self.tr("Take back"), key=Key.NO_PERSONAL_DATA, small=True
        )
        self._reason = _ReasonField(theme, self.tr("Why: for instance, the name of a shop"))
        self._reason.textEdited.connect(self.typed)
        self._reason.taken.connect(self._take)
        self._reason.left_by_escape.connect(self._give_up)
        self._clear.clicked.connect(self.ask)
        self._unclear.clicked.connect(self.uncleared)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._icon)
        top.addWidget(self._note, 1)
        top.addWidget(self._clear)
        top.addWidget(self._unclear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._reason)
        self._reader = AudienceLine(theme, self._reason, INSIDE)
        column.addWidget(self._reader)
        self._hide_reason()

    def ask(self) -> None:
        """Alt+N: ask for the reason, or take the word back."""
        if self._clear.isVisible():
            self._reason.show()
            self._reader.show()
            self._reason.setFocus()
        elif self._unclear.isVisible():
            self.uncleared.emit()

    def show_state(self, state: ChecksState, said_by: str) -> None:
        """Show the consequence of 6.12; where there is none, who wrote down what was said (6.8)."""
        note = state.publicity_note
        self._note.setText(note or said_by)
        self._note.set_role("wrap" if note else "text-2")
        icon = "eye-slash" if state.may_clear else "check"
        self._icon.set_icon(icon, "wrap" if note else "text-2")
        self._clear.setVisible(state.may_clear)
        self._unclear.setVisible(bool(note) and not state.may_clear)
        if not state.may_clear:
            self._reason.clear()
            self._hide_reason()
        elif state.clearing:
            self._reason.replace_text(state.clearing)
            self._reason.show()
            self._reader.show()
        elif self._reason.text().strip():  # what somebody else types is not hers
            self._reason.setText("")
            self._hide_reason()

    def _take(self) -> None:
        if self._reason.text().strip():
            self.cleared.emit(self._reason.text())
            self._unclear.setFocus()

    def _give_up(self) -> None:
        self._reason.clear()
        self.typed.emit("")
        self._hide_reason()
        self._clear.setFocus()

    def _hide_reason(self) -> None:
        self._reason.hide()
        self._reader.hide()


class _ReasonField(LineField):
    """One line; Enter takes it, Esc leaves it."""

    taken = Signal()
    left_by_escape = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.left_by_escape.emit()
            case _:
                super().keyPressEvent(event)
