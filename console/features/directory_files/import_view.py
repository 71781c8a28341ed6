"""View of the directory import: file path, progress, and preview of the rows with details."""

from html import escape

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.features.directory_files import words as directory_files_words
from console.features.directory_files.importing import (
    DirectoryImportPresenter,
    ImportRow,
    ImportState,
    Part,
    RowGroup,
    Step,
)
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.layout import ask_for_file, open_file_dialog
from console.ui.notices import IconSpot
from console.ui.paint import draw_icon, draw_row_ground, draw_text, fill_box, text_width
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ImportRow, ...] = ()

    def show_rows(self, rows: tuple[ImportRow, ...]) -> bool:
        """Replaces the rows; returns whether they differ from the previous ones."""
        if rows is self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> ImportRow:
        return self._rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.title}\n{row.detail}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(text for text in (row.title, row.detail, row.note) if text)
            case _:
                return None


class _Delegate(QStyledItemDelegate):
    """Paints a row: icon, title and note; below, its changes or faults."""

    def __init__(self, theme: Theme, model: _Model, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._theme.size("row_queue") - 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view)
        size = theme.size("icon")
        line = theme.line_px("strong")
        upper, lower = area.top() + theme.grown(17), area.top() + theme.grown(36)
        mark = QRectF(area.left() + 20, upper - size / 2, size, size)
        draw_icon(painter, row.icon, mark, size, theme.colour(row.role))
        note_font = theme.font("label")
        width = text_width(note_font, row.note) + 2
        right, left = area.right() - 20, mark.right() + 10
        note_area = QRectF(right - width, upper - line / 2, width, line)
        draw_text(painter, note_area, row.note, note_font, theme.colour("text-2"))
        room = right - width - left - 8
        title_area = QRectF(left, upper - line / 2, room, line)
        draw_text(painter, title_area, row.title, theme.font("strong"), theme.colour("text"))
        detail_area = QRectF(left, lower - line / 2, right - left, line)
        draw_text(painter, detail_area, row.detail, note_font, theme.colour("text-2"))
        painter.restore()


class ImportList(QWidget):
    """List of imported rows with the details of the selected row next to it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = _Model()
        self.view = QListView()
        theme.dress(self.view, Sheet.LIST)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Delegate(theme, self._model, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("File rows"))
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._detail = QTextBrowser()
        self._detail.setProperty("flat", "true")
        theme.dress(self._detail, Sheet.TEXT)
        self._detail.setFrameShape(QTextBrowser.Shape.NoFrame)
        theme.fit(self._detail, lambda it: it.setFont(theme.font("body")))
        self._detail.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._detail.setAccessibleName(self.tr("Selected row"))
        self._detail.setViewportMargins(16, 10, 12, 8)
        self._parts: tuple[Part, ...] = ()
        ground = Surface(theme, "surface")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.view, 3)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._detail, 2)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ground)
        theme.changed.connect(self._repaint)

    def show_rows(self, rows: tuple[ImportRow, ...]) -> None:
        """Shows the rows and, if they have changed, selects the first one."""
        if self._model.show_rows(rows):
            self.view.setCurrentIndex(self._model.index(0) if rows else QModelIndex())
            self._tell(rows[0].parts() if rows else ())

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self._tell(self._model.row(current).parts())

    def _tell(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        grey = self._theme.colour("text-2").name()
        self._detail.setHtml(
            "".join(
                f'<p style="margin:0 0 10px 0"><span style="color:{grey}">{escape(part.heading)}'
                f"</span><br>{'<br>'.join(escape(line) for line in part.lines)}</p>"
                for part in parts
            )
        )

    def _repaint(self) -> None:
        self.view.viewport().update()
        self._tell(self._parts)


_ICONS = {"ok": "check-circle-fill", "danger": "warning-octagon-fill", "text-2": "info"}
_KEEP, _CLOSE = "keep", "close"


class _ShareLine(QWidget):
    """Progress bar, empty if the total is unknown. It always occupies its space."""

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
    """View of the directory import: Enter reads the file, Ctrl+Enter imports the previewed rows."""

    def __init__(self, theme: Theme, presenter: DirectoryImportPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._group_names = {
            RowGroup.FAULTS: self.tr("Errors"),
            RowGroup.NEW: self.tr("Added"),
            RowGroup.CHANGED: self.tr("To change"),
            RowGroup.CLOSED: self.tr("To close"),
            RowGroup.UNCHANGED: self.tr("Unchanged"),
        }
        self._make_file_row()
        self._make_told_row()
        self._groups = ChoiceRow(
            theme,
            self.tr("File rows"),
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
        self._path = LineField(theme, self.tr("Path to an XLSX, CSV or JSONL file"))
        self._path.textEdited.connect(presenter.set_path)
        self._path.returnPressed.connect(self.read)
        self._choose = ActionButton(
            theme, self.tr("Choose"), key=Key.CHOOSE_FILE, icon="folder-open"
        )
        self._choose.clicked.connect(self.choose_file)
        self._read = ActionButton(theme, self.tr("Preview"), key="Enter", icon="magnifying-glass")
        self._read.clicked.connect(self.read)
        self._file_row = FieldRow(theme, self.tr("File"), self._path)
        self._file_row.body.addWidget(self._choose)
        self._file_row.body.addWidget(self._read)
        self._others = ChoiceRow(
            theme,
            self.tr("Entries missing from the file"),
            (
                Choice(_KEEP, self.tr("leave as is")),
                Choice(_CLOSE, self.tr("close from today")),
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
        # The space of the hidden list is reserved to align the rows above at the top before a file
        # is read.
        policy = self._list.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._list.setSizePolicy(policy)
        column.addWidget(self._list, 1)
        column.addLayout(self._foot())
        theme.fit(self, lambda it: it.setMinimumWidth(theme.size("left")))

    def _foot(self) -> QHBoxLayout:
        theme, presenter = self._theme, self._presenter
        self._undo = ActionButton(
            theme, self.tr("Undo import"), key=Key.UNDO_LOAD, icon="arrow-counter-clockwise"
        )
        self._undo.clicked.connect(presenter.undo)
        self._report = ActionButton(
            theme, self.tr("Save error list"), key=Key.SAVE_FAULTS, icon="file-arrow-down"
        )
        self._report.clicked.connect(self.save_faults)
        self._good = ActionButton(
            theme, self.tr("Import valid rows only"), key=Key.LOAD_GOOD_ROWS, icon="upload-simple"
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

    # --- actions ---

    def focus_first(self) -> None:
        self._path.setFocus()
        self._path.selectAll()

    def read(self) -> None:
        """Reads the file and shows a preview of the import."""
        self._presenter.read()

    def confirm(self) -> None:
        """Imports the previewed rows; if there is no preview yet, reads the file to create it."""
        if self._presenter.state.step is Step.FILE:
            self.read()
        else:
            self._presenter.load()

    def choose_file(self) -> None:
        """Opens the file dialog of the system."""
        dialog = QFileDialog(self, self.tr("Directory file"))
        dialog.setDirectory(str(self._presenter.folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Tables (%1)").replace("%1", "*.xlsx *.csv *.jsonl"))
        dialog.fileSelected.connect(self._chosen)
        open_file_dialog(self._theme, dialog, self)

    def _chosen(self, path: str) -> None:
        self._presenter.set_path(path)
        self.read()

    def save_faults(self) -> None:
        """Asks for a path and writes the fault report there."""
        if self._presenter.state.count(RowGroup.FAULTS):
            name = self._presenter.faults_name()
            folder = self._presenter.folder()
            title = self.tr("Save error list")
            ask_for_file(self._theme, self, title, folder / name, self._presenter.write_faults)

    # --- view state ---

    def _show(self, state: ImportState) -> None:
        # The presenter already has all typed text, so different text is of another file or
        # operator.
        self._path.replace_text(state.path, whole_record=True)
        self._path.setReadOnly(state.is_busy)
        self._file_row.show_problem(state.problem)
        self._others.show_choice(_CLOSE if state.closes_others else _KEEP)
        for part in (self._choose, self._read, self._others):
            part.setEnabled(not state.is_busy)
        self._told.setText(state.told or directory_files_words.state_the_file())
        self._told.set_role(state.role if state.told else "text-2")
        self._told_icon.set_icon(_ICONS[state.role], state.role)
        self._stop.setVisible(state.is_busy)
        self._share.show_share(state.share)
        for group, name in self._group_names.items():
            count = directory_files_words.count_text(state.count(group))
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
