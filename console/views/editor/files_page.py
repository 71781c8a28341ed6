"""The page that loads the directory from files and writes it into them."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.directory_export import DirectoryExportPresenter
from console.presenters.directory_import import DirectoryImportPresenter
from console.views.components.buttons import ActionButton
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.file_dialogs import ask_for_file
from console.views.components.labels import ThemedLabel
from console.views.components.page_stack import PageStack
from console.views.components.shortcuts import bind_on_page
from console.views.editor.export_view import ExportView
from console.views.editor.import_view import ImportView
from console.views.theme import Theme

_LOAD, _WRITE = "load", "write"


class FilesPage(QFrame):
    """Two halves, one shown; Esc goes back to the entries."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        imports: DirectoryImportPresenter,
        exports: DirectoryExportPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._imports = imports
        self._exports = exports
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = self.tr("Files of the directory")
        self.setAccessibleName(title)
        self._import = ImportView(theme, imports)
        self._export = ExportView(theme, exports)
        self._halves = ChoiceRow(
            theme,
            title,
            (Choice(_LOAD, self.tr("Load")), Choice(_WRITE, self.tr("Write"))),
            tall=False,
        )
        self._halves.setFixedWidth(300)
        self._halves.chosen.connect(self._choose)
        sample = ActionButton(theme, self.tr("Sample table"), key=Key.SAMPLE_TABLE, icon="table")
        sample.clicked.connect(self.save_sample)
        self._stack = PageStack()
        self._stack.addWidget(self._import)
        self._stack.addWidget(self._export)
        self._refusal = ThemedLabel(theme, words.editing.not_allowed(), role="text-2")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(ThemedLabel(theme, title, style="title"))
        head.addSpacing(12)
        head.addWidget(self._halves)
        head.addStretch(1)
        head.addWidget(sample)
        self._whole = QWidget()
        inside = QVBoxLayout(self._whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addLayout(head)
        inside.addWidget(self._stack, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.addWidget(self._whole)
        page.addWidget(self._refusal, 0, Qt.AlignmentFlag.AlignCenter)
        self._make_keys()
        self._choose(_LOAD)

    def _make_keys(self) -> None:
        keys: dict[Key, Callable[[], object]] = {
            Key.FILES: self.turn,
            Key.SAMPLE_TABLE: self.save_sample,
            Key.CHOOSE_FILE: lambda: self._of_loading(self._import.choose_file),
            Key.SAVE_FAULTS: lambda: self._of_loading(self._import.save_faults),
            Key.LOAD_GOOD_ROWS: lambda: self._of_loading(self._imports.load_good_rows),
            Key.UNDO_LOAD: lambda: self._of_loading(self._imports.undo),
            Key.STOP_LOADING: self._imports.stop,
        }
        bind_on_page(self, keys)

    def open_page(self) -> None:
        """Put the keyboard where it is needed next."""
        self.show_rights()
        if self._imports.may_load():
            self._shown().focus_first()
        else:
            self.setFocus()

    def show_rights(self) -> None:
        """Another person may work here now: show nothing of the one before."""
        self._imports.leave_to_another()
        self._whole.setVisible(self._imports.may_load())
        self._refusal.setVisible(not self._imports.may_load())

    def turn(self) -> None:
        """Change between loading and writing."""
        self._choose(_WRITE if self._shown() is self._import else _LOAD)
        self._shown().focus_first()

    def confirm(self) -> None:
        """Load, or write, what is shown."""
        if self._imports.may_load():
            self._shown().confirm()

    def save_sample(self) -> None:
        """Ask where, and write a table to fill in there."""
        if self._exports.may_write():
            file = self._exports.offered_sample()
            ask_for_file(
                self._theme, self, self.tr("Sample table"), file, self._exports.write_sample
            )

    def _shown(self) -> ImportView | ExportView:
        return self._import if self._stack.currentWidget() is self._import else self._export

    def _choose(self, half: str) -> None:
        self._stack.setCurrentWidget(self._import if half == _LOAD else self._export)
        self._halves.show_choice(half)

    def _of_loading(self, action: Callable[[], None]) -> None:
        if self._shown() is self._import:
            action()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
