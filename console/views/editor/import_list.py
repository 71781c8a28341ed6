"""The rows of an import: a list at the left, the chosen row told whole at the right."""

from html import escape

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QWidget,
)

from console.presenters.import_rows import ImportRow, Part
from console.views.components.icons import draw_icon
from console.views.components.labels import Line, Surface
from console.views.components.paint import draw_row_ground, draw_text, text_width
from console.views.style_sheets import Sheet
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ImportRow, ...] = ()

    def show_rows(self, rows: tuple[ImportRow, ...]) -> bool:
        """Whether these are other rows than before."""
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
    """Paints a row: icon, title and note; below, what changes or what is wrong."""

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
    """List and detail side by side; arrows walk the list."""

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
        self.view.setAccessibleName(self.tr("Rows of the file"))
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._detail = QTextBrowser()
        self._detail.setProperty("flat", "true")
        theme.dress(self._detail, Sheet.TEXT)
        self._detail.setFrameShape(QTextBrowser.Shape.NoFrame)
        theme.fit(self._detail, lambda it: it.setFont(theme.font("body")))
        self._detail.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._detail.setAccessibleName(self.tr("The chosen row"))
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
        """Show other rows, the first one chosen."""
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
