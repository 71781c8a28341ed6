"""Earlier messages that are alike: how much, where they stand, and whether their term runs."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console import words
from console.presenters.decision_state import SimilarRow
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_row_ground, draw_text, text_width
from console.views.components.term_line import draw_term
from console.views.review.row_list import Index, RowList, RowModel
from console.views.theme import Theme

PADDING_PX = 14


class _Delegate(QStyledItemDelegate):
    """Number and score; how alike; status and term; the first line of the text."""

    def __init__(self, theme: Theme, model: RowModel[SimilarRow], view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme
        return QSize(160, theme.line_px("body") * 2 + theme.line_px("label") * 2 + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view, is_marked=True)
        left, right = area.left() + PADDING_PX + 6, area.right() - PADDING_PX
        body, label = theme.line_px("body"), theme.line_px("label")
        top = area.top() + 8
        width = text_width(theme.font("strong"), row.score) + 2
        draw_text(
            painter,
            QRectF(right - width, top, width, body),
            row.score,
            theme.font("strong"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left, top, right - width - left - 8, body),
            f"№ {row.number}",
            theme.font("strong"),
            theme.colour("text"),
        )
        top += body
        draw_text(
            painter,
            QRectF(left, top, right - left, body),
            row.about,
            theme.font("body"),
            theme.colour("text-2"),
        )
        top += body
        draw_text(
            painter,
            QRectF(left, top, right - left, label),
            row.reason,
            theme.font("label"),
            theme.colour("text-2"),
        )
        top += label
        self._paint_status(painter, row, QRectF(left, top, right - left, label))
        painter.restore()

    def _paint_status(self, painter: QPainter, row: SimilarRow, area: QRectF) -> None:
        theme = self._theme
        text, icon, role = row.status
        size = theme.size("icon_meta")
        draw_icon(
            painter,
            icon,
            QRectF(area.left(), area.top(), size, area.height()),
            size,
            theme.colour(role),
        )
        left = area.left() + size + 5
        left += draw_text(
            painter,
            QRectF(left, area.top(), area.width() / 2, area.height()),
            text,
            theme.font("label"),
            theme.colour(role),
        )
        left += 14
        if row.term.short and left < area.right():
            draw_term(
                painter,
                theme,
                QRectF(left, area.top(), area.right() - left, area.height()),
                row.term,
            )


class SimilarList(RowList[SimilarRow]):
    """Arrows lay another message beside this one; digits and Enter are the page's."""

    def __init__(self, theme: Theme) -> None:
        model = RowModel[SimilarRow](lambda row: row.number, _whole)
        super().__init__(theme, model, self.tr("Similar earlier messages"))
        self.setItemDelegate(_Delegate(theme, model, self))


def _whole(row: SimilarRow) -> str:
    parts = (f"№ {row.number}", row.score, row.reason, row.status[0], row.term.sentence,
             words.decision.may_repeat(row.may_repeat), row.about)  # fmt: skip
    return ". ".join(part for part in parts if part)
