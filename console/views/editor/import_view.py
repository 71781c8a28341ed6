"""Loading from a file: the file, what it would do, its faults, and the keys that decide."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.directory_import import DirectoryImportPresenter, ImportState, Step
from console.presenters.import_rows import RowGroup
from console.views.components.buttons import ActionButton, Tone
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.field_row import FieldRow
from console.views.components.fields import LineField
from console.views.components.file_dialogs import ask_for_file, open_file_dialog
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.editor.import_list import ImportList
from console.views.theme import Theme

_ICONS = {"ok": "check-circle-fill", "danger": "warning-octagon-fill", "text-2": "info"}
_KEEP, _CLOSE = "keep", "close"


class _ShareLine(QWidget):
    """How much of a work is done; empty where nobody knows, and its room is kept."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share: float | None = None
        self.setFixedHeight(4)

    def show_share(self, share: float | None) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share is None:
            return
        painter = QPainter(self)
        whole = QRectF(self.rect())
        fill_box(painter, whole, 2, self._theme.colour("neutral-soft"))
        whole.setWidth(whole.width() * self._share)
        fill_box(painter, whole, 2, self._theme.colour("accent"))


class ImportView(QWidget):
    """Enter reads the file that was typed; Ctrl+Enter loads what is shown."""

    def __init__(self, theme: Theme, presenter: DirectoryImportPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._group_names = {
            RowGroup.FAULTS: self.tr("Wrong"),
            RowGroup.NEW: self.tr("New ones"),
            RowGroup.CHANGED: self.tr("To change"),
            RowGroup.CLOSED: self.tr("To close"),
            RowGroup.UNCHANGED: self.tr("Unchanged"),
        }
        self._make_file_row()
        self._make_told_row()
        self._groups = ChoiceRow(
            theme,
            self.tr("Rows of the file"),
            tuple(Choice(group.value, name) for group, name in self._group_names.items()),
            tall=False,
            even=False,
        )
        self._groups.chosen.connect(lambda name: presenter.choose_group(RowGroup(name)))
        self._list = ImportList(theme)
        self._lay_out()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _make_file_row(self) -> None:
        theme, presenter = self._theme, self._presenter
        self._path = LineField(theme, self.tr("Path of an XLSX, CSV or JSONL file"))
        self._path.textEdited.connect(presenter.set_path)
        self._path.returnPressed.connect(self.read)
        self._choose = ActionButton(
            theme, self.tr("Choose"), key=Key.CHOOSE_FILE, icon="folder-open"
        )
        self._choose.clicked.connect(self.choose_file)
        self._read = ActionButton(theme, self.tr("Look"), key="Enter", icon="magnifying-glass")
        self._read.clicked.connect(self.read)
        self._file_row = FieldRow(theme, self.tr("File"), self._path)
        self._file_row.body.addWidget(self._choose)
        self._file_row.body.addWidget(self._read)
        self._others = ChoiceRow(
            theme,
            self.tr("Entries that the file does not have"),
            (
                Choice(_KEEP, self.tr("leave as they are")),
                Choice(_CLOSE, self.tr("close from today on")),
            ),
            tall=False,
            even=False,
        )
        self._others.chosen.connect(lambda name: presenter.set_closes_others(name == _CLOSE))
        self._others_row = FieldRow(theme, self.tr("Not in the file"), self._others)
        self._others_row.body.addStretch(1)

    def _make_told_row(self) -> None:
        theme = self._theme
        self._told_icon = IconSpot(theme, "", "text-2", theme.size("icon"))
        self._told = ThemedLabel(theme, style="strong", wrap=True)
        self._stop = ActionButton(theme, self.tr("Stop"), key=Key.STOP_LOADING, icon="x")
        self._stop.clicked.connect(self._presenter.stop)
        self._share = _ShareLine(theme)

    def _lay_out(self) -> None:
        theme = self._theme
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._told_icon)
        told.addWidget(self._told, 1)
        told.addWidget(self._stop)
        groups = QHBoxLayout()
        groups.addWidget(self._groups)
        groups.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._file_row)
        column.addWidget(self._others_row)
        column.addLayout(told)
        column.addWidget(self._share)
        column.addLayout(groups)
        # Before a file is read the list keeps its place: the rows above stay together.
        policy = self._list.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._list.setSizePolicy(policy)
        column.addWidget(self._list, 1)
        column.addLayout(self._foot())
        theme.fit(self, lambda it: it.setMinimumWidth(theme.size("left")))

    def _foot(self) -> QHBoxLayout:
        theme, presenter = self._theme, self._presenter
        self._undo = ActionButton(
            theme, self.tr("Undo the load"), key=Key.UNDO_LOAD, icon="arrow-counter-clockwise"
        )
        self._undo.clicked.connect(presenter.undo)
        self._report = ActionButton(
            theme, self.tr("Save the faults"), key=Key.SAVE_FAULTS, icon="file-arrow-down"
        )
        self._report.clicked.connect(self.save_faults)
        self._good = ActionButton(
            theme, self.tr("Load good rows only"), key=Key.LOAD_GOOD_ROWS, icon="upload-simple"
        )
        self._good.clicked.connect(presenter.load_good_rows)
        self._load = ActionButton(
            theme, self.tr("Load"), key=Key.SAVE, icon="upload-simple", tone=Tone.MAIN
        )
        self._load.clicked.connect(presenter.load)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        for button in (self._undo, self._report, self._good, self._load):
            foot.addWidget(button)
        return foot

    # --- what is done ---

    def focus_first(self) -> None:
        self._path.setFocus()
        self._path.selectAll()

    def read(self) -> None:
        """Show what loading the file would do."""
        self._presenter.read()

    def confirm(self) -> None:
        """Load what is shown, or look at the file first."""
        if self._presenter.state.step is Step.FILE:
            self.read()
        else:
            self._presenter.load()

    def choose_file(self) -> None:
        """Let the system's own window find the file."""
        dialog = QFileDialog(self, self.tr("File of the directory"))
        dialog.setDirectory(str(self._presenter.folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Tables (%1)").replace("%1", "*.xlsx *.csv *.jsonl"))
        dialog.fileSelected.connect(self._chosen)
        open_file_dialog(self._theme, dialog, self)

    def _chosen(self, path: str) -> None:
        self._presenter.set_path(path)
        self.read()

    def save_faults(self) -> None:
        """Ask where, and write what is wrong with the file there."""
        if self._presenter.state.count(RowGroup.FAULTS):
            name = self._presenter.faults_name()
            folder = self._presenter.folder()
            title = self.tr("Save the faults")
            ask_for_file(self._theme, self, title, folder / name, self._presenter.write_faults)

    # --- showing ---

    def _show(self, state: ImportState) -> None:
        # What is typed is in the state at once: other text is another file, or another person's.
        self._path.replace_text(state.path, whole_record=True)
        self._path.setReadOnly(state.is_busy)
        self._file_row.show_problem(state.problem)
        self._others.show_choice(_CLOSE if state.closes_others else _KEEP)
        for part in (self._choose, self._read, self._others):
            part.setEnabled(not state.is_busy)
        self._told.setText(state.told or words.files.state_the_file())
        self._told.set_role(state.role if state.told else "text-2")
        self._told_icon.set_icon(_ICONS[state.role], state.role)
        self._stop.setVisible(state.is_busy)
        self._share.show_share(state.share)
        for group, name in self._group_names.items():
            count = words.files.count_text(state.count(group))
            self._groups.set_text(group.value, f"{name} {count}" if state.rows else name)
        self._groups.setVisible(bool(state.rows))
        self._groups.show_choice(state.group.value)
        self._list.setVisible(bool(state.rows))
        self._list.show_rows(state.rows.get(state.group, ()))
        self._undo.setVisible(state.may_undo)
        self._report.setVisible(state.count(RowGroup.FAULTS) > 0)
        self._good.setVisible(state.may_load_good)
        self._load.setEnabled(state.may_load)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and self._path.hasFocus()
        if down and self._list.isVisible():
            self._list.view.setFocus()
        else:
            super().keyPressEvent(event)
