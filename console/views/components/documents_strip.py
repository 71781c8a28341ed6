"""Names of documents beside an entry, each opened by a press."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.views.components.buttons import ActionButton
from console.views.style_sheets import Sheet
from console.views.theme import Theme
from kb.attachments import Attachment

SHOWN = 2


class DocumentsStrip(QWidget):
    """At most two buttons below each other; where there are more, the second opens a menu."""

    opened = Signal(object)  # Attachment

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._documents: tuple[Attachment, ...] = ()
        self._buttons: list[ActionButton] = []
        self._menu = QMenu(self)
        theme.dress(self._menu, Sheet.MENU)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_documents(self, documents: Sequence[Attachment]) -> None:
        """Show these; none takes no room."""
        if tuple(documents) == self._documents:
            return
        self._documents = tuple(documents)
        for button in self._buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        alone = self._documents if len(self._documents) <= SHOWN else self._documents[: SHOWN - 1]
        for document in alone:
            button = self._button(document.title)
            button.setToolTip(document.title)
            button.setAccessibleName(self.tr("Open: %1").replace("%1", document.title))
            button.clicked.connect(lambda _checked=False, one=document: self.opened.emit(one))
        if len(alone) < len(self._documents):
            count = len(self._documents) - len(alone)
            more = self._button(self.tr("%n more document(s)", "", count))
            more.clicked.connect(lambda: self._ask(self._documents[len(alone) :], more))
        self.setVisible(bool(self._documents))

    def open_first(self) -> None:
        """Open the one document, or ask which of several."""
        if len(self._documents) == 1:
            self.opened.emit(self._documents[0])
        elif self._documents:
            self._ask(self._documents, self._buttons[0])

    def _button(self, text: str) -> ActionButton:
        key = "" if self._buttons else Key.DOCUMENT
        button = ActionButton(self._theme, text, key=key, icon="paperclip", small=True, elides=True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(button)
        self._buttons.append(button)
        return button

    def _ask(self, documents: Sequence[Attachment], beside: QWidget) -> None:
        self._menu.clear()
        for number, document in enumerate(documents, start=1):
            self._menu.addAction(
                f"&{number} {document.title}", lambda one=document: self.opened.emit(one)
            )
        self._menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))
