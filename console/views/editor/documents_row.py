"""The documents of the entry in the editor's form: open, close, attach another."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.documents import EntryDocumentsPresenter, EntryDocumentsState
from console.views.components.buttons import ActionButton
from console.views.components.field_row import FieldRow
from console.views.components.file_dialogs import open_file_dialog
from console.views.components.labels import ThemedLabel
from console.views.style_sheets import Sheet
from console.views.theme import Theme
from kb.attachments import Attachment, AttachmentKind


class DocumentsRow(QWidget):
    """A line for each document, and below them the button that attaches one."""

    def __init__(self, theme: Theme, presenter: EntryDocumentsPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._lines: list[QWidget] = []
        self._shown: tuple[Attachment, ...] = ()
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._why_not = ThemedLabel(theme, role="text-2", wrap=True)
        self._add = ActionButton(theme, self.tr("Attach a file"), key=Key.ATTACH, icon="paperclip")
        self._add.clicked.connect(self.ask_kind)
        self._column.addWidget(self._why_not)
        self._column.addWidget(self._add)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._row = FieldRow(theme, self.tr("Files"), body)
        row.addWidget(self._row)
        self._menu = QMenu(self)
        theme.dress(self._menu, Sheet.MENU)
        for number, kind in enumerate(AttachmentKind, start=1):
            text = f"&{number} {words.documents.kind(kind)}"
            self._menu.addAction(text, partial(self._choose_file, kind))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def set_narrow(self, is_narrow: bool) -> None:
        """Put the label above the files, as those of the fields beside it."""
        self._row.set_narrow(is_narrow)

    def ask_kind(self) -> None:
        """Ask what the document is, then which file."""
        if self._presenter.state.may_change:
            self._menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _choose_file(self, kind: AttachmentKind) -> None:
        dialog = QFileDialog(self, words.documents.kind(kind))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(words.documents.name_filter())
        dialog.fileSelected.connect(lambda path: self._presenter.attach(kind, Path(path)))
        open_file_dialog(self._theme, dialog, self)

    def _show(self, state: EntryDocumentsState) -> None:
        self._why_not.setText(state.why_not)
        self._why_not.setVisible(bool(state.why_not))
        self._add.setVisible(not state.why_not)
        self._add.setEnabled(state.may_change)
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(one, may_close=state.may_change) for one in state.documents]
        for number, line in enumerate(self._lines):
            self._column.insertWidget(number, line)

    def _line(self, document: Attachment, *, may_close: bool) -> QWidget:
        theme = self._theme
        open_it = ActionButton(theme, document.title, icon="paperclip", small=True, elides=True)
        open_it.setToolTip(document.file_name)
        open_it.setAccessibleName(self.tr("Open: %1").replace("%1", document.title))
        open_it.clicked.connect(lambda: self._presenter.open(document))
        close = ActionButton(theme, self.tr("Close"), icon="minus-circle", small=True)
        close.setAccessibleName(self.tr("Close: %1").replace("%1", document.title))
        close.setToolTip(self.tr("From today on nobody is shown the document; it is kept"))
        close.clicked.connect(lambda: self._presenter.close(document))
        close.setEnabled(may_close)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(open_it)
        kind = words.documents.kind(document.kind)
        row.addWidget(ThemedLabel(theme, kind, style="label", role="text-2"))
        row.addStretch(1)
        row.addWidget(close)
        return line
