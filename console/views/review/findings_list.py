"""What was found in the text, a line each; the pointed one shows its evidence."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.presenters.review_state import FindingRow
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_row_ground, draw_text, text_width
from console.views.review.row_list import Index, RowList, RowModel
from console.views.theme import Theme

ROW_PX = 28
MOST_ROWS = 4


class _Delegate(QStyledItemDelegate):
    """Icon, title, the words of the text, and at the right the paragraph."""

    def __init__(self, theme: Theme, model: RowModel[FindingRow], view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, max(ROW_PX, self._theme.line_px("body") + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view)
        size = theme.size("icon")
        left, right = area.left() + 12, area.right() - 14
        draw_icon(
            painter,
            row.icon,
            QRectF(left, area.top(), size, area.height()),
            size,
            theme.colour(row.role),
        )
        left += size + 8
        width = text_width(theme.font("label"), row.paragraph) + 2
        draw_text(
            painter,
            QRectF(right - width, area.top(), width, area.height()),
            row.paragraph,
            theme.font("label"),
            theme.colour("text-3"),
        )
        right -= width + 10
        left += draw_text(
            painter,
            QRectF(left, area.top(), right - left, area.height()),
            row.title,
            theme.font("strong"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left + 8, area.top(), max(0.0, right - left - 8), area.height()),
            row.evidence,
            theme.font("body"),
            theme.colour("text-2"),
        )
        painter.restore()


class FindingsList(RowList[FindingRow]):
    """Grows to four lines, then scrolls; a line that is gone to tells its place."""

    def __init__(self, theme: Theme) -> None:
        model = RowModel[FindingRow](lambda row: row.title, _whole)
        super().__init__(theme, model, self.tr("What was found in the text"))
        self.setItemDelegate(_Delegate(theme, model, self))

    def show_rows(self, rows: tuple[FindingRow, ...], chosen: int) -> None:
        row_px = max(ROW_PX, self._theme.line_px("body") + 8)
        self.setFixedHeight(min(len(rows), MOST_ROWS) * row_px + 4)
        self.setVisible(bool(rows))
        super().show_rows(rows, chosen)


def _whole(row: FindingRow) -> str:
    return f"{row.title}, {row.paragraph}. {row.evidence}"
