"""Page for directory files: export view, and switch between import and export."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.directory_files.exporting import (
    ENCODINGS,
    DirectoryExportPresenter,
    ExportState,
)
from console.features.directory_files.import_view import ImportView
from console.features.directory_files.importing import DirectoryImportPresenter
from console.shared.directory import words as directory_words
from console.ui.buttons import RING_PX, ActionButton, ThemedButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow
from console.ui.keyboard import bind_on_page
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.layout import PageStack, ask_for_file
from console.ui.paint import draw_icon, draw_text, text_width
from console.ui.theme import Theme
from kb.entries.entries import EntryKind

_IN_FORCE, _ALL = "in_force", "all"


class _Tick(ThemedButton):
    """Check box with a label; Space toggles it."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("button"), self.text()) + 2
        icon = self._theme.size("icon")
        return QSize(
            round(width) + icon + 8 + 2 * 12 + 2 * RING_PX,
            self._theme.size("button") + 2 * RING_PX,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, text_role, _cap = self._paint_ground(painter)
        size = self._theme.size("icon")
        chosen = self.isChecked()
        colour = self._theme.colour("accent" if chosen else text_role)
        mark = QRectF(box.left() + 12, box.center().y() - size / 2, size, size)
        draw_icon(painter, "check-square" if chosen else "square", mark, size, colour)
        text = QRectF(mark.right() + 8, box.top(), box.right() - mark.right() - 8, box.height())
        draw_text(painter, text, self.text(), self._theme.font("button"), colour)


class ExportView(QWidget):
    """View of the directory export; Ctrl+Enter asks for a path and writes the file."""

    def __init__(self, theme: Theme, presenter: DirectoryExportPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._kinds = {kind: _Tick(theme, directory_words.entry_kind(kind)) for kind in EntryKind}
        for kind, tick in self._kinds.items():
            tick.clicked.connect(lambda chosen, k=kind: presenter.choose_kind(k, chosen))
        kinds = QWidget()
        row = QHBoxLayout(kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for tick in self._kinds.values():
            row.addWidget(tick)
        row.addStretch(1)
        self._force = self._choices(
            self.tr("Which entries"),
            (_IN_FORCE, self.tr("in force today")),
            (_ALL, self.tr("also closed and future")),
        )
        self._force.chosen.connect(lambda name: presenter.set_in_force(name == _IN_FORCE))
        self._ending = self._choices(
            self.tr("Format"),
            (".xlsx", self.tr("XLSX, one sheet per kind")),
            (".csv", self.tr("CSV, one table")),
            (".jsonl", self.tr("JSONL, for programs")),
        )
        self._ending.chosen.connect(presenter.choose_ending)
        self._encoding = self._choices(
            self.tr("CSV encoding"),
            (ENCODINGS[0], "UTF-8"),
            (ENCODINGS[1], self.tr("Windows-1251, for old spreadsheets")),
        )
        self._encoding.chosen.connect(presenter.choose_encoding)
        self._encoding_row = self._row(self.tr("Encoding"), self._encoding)
        self._told = ThemedLabel(theme, style="strong", role="text-2", wrap=True)
        self._save = ActionButton(
            theme, self.tr("Export the file"), key=Key.SAVE, icon="file-arrow-down",
            tone=Tone.MAIN,
        )  # fmt: skip
        self._save.clicked.connect(self.confirm)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._row(self.tr("What"), kinds))
        column.addWidget(self._row(self.tr("Which"), self._force))
        column.addWidget(self._row(self.tr("Format"), self._ending))
        column.addWidget(self._encoding_row)
        column.addWidget(self._told)
        column.addStretch(1)
        column.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _choices(self, name: str, *choices: tuple[str, str]) -> ChoiceRow:
        made = tuple(Choice(value, text) for value, text in choices)
        return ChoiceRow(self._theme, name, made, tall=False, even=False)

    def _row(self, label: str, field: QWidget) -> FieldRow:
        row = FieldRow(self._theme, label, field)
        row.body.addStretch(1)
        return row

    def focus_first(self) -> None:
        self._kinds[EntryKind.QUESTION].setFocus()

    def confirm(self) -> None:
        """Asks for a path and writes the selected entries there."""
        presenter = self._presenter
        if presenter.state.kinds and not presenter.state.is_busy:
            ask_for_file(
                self._theme,
                self,
                self.tr("Export the directory"),
                presenter.offered_file(),
                presenter.write,
                presenter.state.ending,
            )

    def _show(self, state: ExportState) -> None:
        for kind, tick in self._kinds.items():
            tick.setChecked(kind in state.kinds)
        self._force.show_choice(_IN_FORCE if state.in_force else _ALL)
        self._ending.show_choice(state.ending)
        self._encoding.show_choice(state.encoding)
        self._encoding_row.setVisible(state.ending == ".csv")
        self._told.setText(state.told)
        self._save.setEnabled(bool(state.kinds) and not state.is_busy)


_LOAD, _WRITE = "load", "write"


class FilesPage(QFrame):
    """Page with import and export views, one visible at a time; Esc returns to the directory
    entries.
    """

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
        title = self.tr("Directory files")
        self.setAccessibleName(title)
        self._import = ImportView(theme, imports)
        self._export = ExportView(theme, exports)
        self._halves = ChoiceRow(
            theme,
            title,
            (Choice(_LOAD, self.tr("Load")), Choice(_WRITE, self.tr("Export"))),
            tall=False,
        )
        self._halves.setFixedWidth(300)
        self._halves.chosen.connect(self._choose)
        sample = ActionButton(theme, self.tr("Sample table"), key=Key.SAMPLE_TABLE, icon="table")
        sample.clicked.connect(self.save_sample)
        self._stack = PageStack()
        self._stack.addWidget(self._import)
        self._stack.addWidget(self._export)
        self._refusal = ThemedLabel(theme, directory_words.not_allowed(), role="text-2")
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
        """Updates the rights and focuses the visible view."""
        self.show_rights()
        if self._imports.may_load():
            self._shown().focus_first()
        else:
            self.setFocus()

    def show_rights(self) -> None:
        """Shows the views or the refusal by the operator's rights.

        If another person has signed in, the data of the previous operator are removed.
        """
        self._imports.leave_to_another()
        self._whole.setVisible(self._imports.may_load())
        self._refusal.setVisible(not self._imports.may_load())

    def turn(self) -> None:
        """Switches between import and export."""
        self._choose(_WRITE if self._shown() is self._import else _LOAD)
        self._shown().focus_first()

    def confirm(self) -> None:
        """Starts the main action of the visible view: import or export."""
        if self._imports.may_load():
            self._shown().confirm()

    def save_sample(self) -> None:
        """Asks for a path and writes the sample table there."""
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
