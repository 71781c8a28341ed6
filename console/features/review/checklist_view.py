"""List views of a review: check-list with selectable grounds, and check findings."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.core import regulation_words
from console.features.review.checklist import CheckLine, CheckState
from console.features.review.presenter import FindingRow
from console.ui.lists import RowList, RowModel
from console.ui.paint import (
    draw_icon,
    draw_keycap,
    draw_row_ground,
    draw_text,
    keycap_size,
    text_width,
)
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from sync.register.checks.finding import Ground

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 27
PADDING_PX = 14

# Digits are item numbers of clause 6.3; the other grounds have letter keys of the Russian layout.
GROUND_KEYS: dict[Ground, str] = {
    Ground.NOT_RUSSIAN: "0",
    Ground.OBSCENE: "1",
    Ground.PERSONAL: "2",
    Ground.HATRED: "3",
    Ground.HARM: "4",
    Ground.INSULT: "5",
    Ground.THREAT: "6",
    Ground.OTHER_PURPOSE: "7",
    Ground.ANSWERED_BEFORE: "8",
    Ground.FEDERAL: "9",
    Ground.SEVERAL_QUESTIONS: "Й",
    Ground.NO_PLACE: "Ц",
    Ground.INCOMPLETE: "У",
    Ground.REPEATED: "К",
    Ground.PHOTO_FORMAT: "Е",
    Ground.PHOTO_COUNT: "Н",
    Ground.PHOTO_EDITING: "Г",
    Ground.CATEGORY: "Ш",
}
_SAME_KEYS = dict(zip("QWERTYUI", "ЙЦУКЕНГШ", strict=True))
_BY_KEY = {key: ground for ground, key in GROUND_KEYS.items()}

_MARKS = {
    CheckState.FINE: ("check-circle-fill", "ok"),
    CheckState.FINDING: ("x-circle-fill", "danger"),
    CheckState.LOOK: ("warning-fill", "warn"),
    CheckState.HIDES: ("eye-slash", "wrap"),
    CheckState.PERSON: ("eye", "text-3"),
    CheckState.WAITING: ("circle-dashed", "text-3"),
}

_SPEAKING = frozenset({CheckState.FINDING, CheckState.LOOK, CheckState.HIDES})


def ground_of_key(text: str) -> Ground | None:
    """Returns the ground selected by a key of the Russian or Latin layout; None if there is
    none.
    """
    letter = text.upper()
    return _BY_KEY.get(_SAME_KEYS.get(letter, letter))


class ChecklistModel(QAbstractListModel):
    """Qt model of the check-list lines and the selected grounds; `ticked` is None outside a
    refusal.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[CheckLine, ...] = ()
        self.ticked: frozenset[Ground] | None = None

    def show_lines(self, lines: tuple[CheckLine, ...], ticked: frozenset[Ground] | None) -> None:
        if (lines, ticked) == (self._lines, self.ticked):
            return
        reset = len(lines) != len(self._lines)
        if reset:
            self.beginResetModel()
        self._lines, self.ticked = lines, ticked
        if reset:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def line(self, index: Index) -> CheckLine:
        return self._lines[index.row()]

    def is_ticked(self, line: CheckLine) -> bool:
        return bool(self.ticked) and line.ground in (self.ticked or ())

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            number = regulation_words.mark(line.paragraph)  # the heading has the symbol
            return f"{number}. {line.text}: {line.state_text}"
        if role == Qt.ItemDataRole.CheckStateRole and self.ticked is not None and line.ground:
            ticked = self.is_ticked(line)
            return (Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked).value
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a check-list line: status, text and clause.

    During a refusal, the key and a check box replace the status.
    """

    def __init__(self, theme: Theme, model: ChecklistModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, max(ROW_PX, self._theme.line_px("body") + 7))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, model = self._theme, self._model
        line = model.line(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view)
        icon, role = _MARKS[line.state]
        size = theme.size("icon_meta") + 1
        left, right = area.left() + PADDING_PX, area.right() - PADDING_PX
        ticking = model.ticked is not None
        if ticking and line.ground is not None:
            left = self._paint_tick(painter, area, line, left, role)
        else:
            if ticking:
                left += keycap_size(theme, "0").width() + 8
            draw_icon(
                painter,
                icon,
                QRectF(left, area.top(), size, area.height()),
                size,
                theme.colour(role),
            )
            left += size + 8
        number_font = theme.font("label")
        width = text_width(number_font, line.paragraph) + 2
        draw_text(
            painter,
            QRectF(right - width, area.top(), width, area.height()),
            line.paragraph,
            number_font,
            theme.colour("text-3"),
        )
        strong = line.state in _SPEAKING or model.is_ticked(line)
        draw_text(
            painter,
            QRectF(left, area.top(), right - width - left - 8, area.height()),
            line.text,
            theme.font("strong" if strong else "body"),
            theme.colour("text" if strong else "text-2"),
        )
        painter.restore()

    def _paint_tick(
        self, painter: QPainter, area: QRectF, line: CheckLine, left: float, role: str
    ) -> float:
        theme = self._theme
        ground = line.ground
        key = GROUND_KEYS[ground] if ground is not None else ""
        cap = keycap_size(theme, "0").width()
        draw_keycap(
            painter,
            theme,
            left,
            area.center().y(),
            key,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )
        left += cap + 8
        ticked = self._model.is_ticked(line)
        size = theme.size("icon")
        draw_icon(
            painter,
            "check-square-fill" if ticked else "square",
            QRectF(left, area.top(), size, area.height()),
            size,
            theme.colour("accent" if ticked else ("text-2" if role == "ok" else role)),
        )
        return left + size + 7


class ChecklistView(QListView):
    """List of check-list lines. Enter shows the finding of a line, Space selects its ground.

    The page handles letter keys.
    """

    line_taken = Signal(object)  # CheckLine
    ticked = Signal(object)  # Ground

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = ChecklistModel()
        theme.dress(self, Sheet.LIST)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self._model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Section 6 checklist"))
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.viewport().update)

    def show_lines(self, lines: tuple[CheckLine, ...], ticked: frozenset[Ground] | None) -> None:
        was_ticking = self._model.ticked is not None
        self._model.show_lines(lines, ticked)
        if was_ticking and ticked is None and not self.hasFocus():
            self.setCurrentIndex(QModelIndex())
        self.viewport().update()

    def focus_ticked(self) -> None:
        """Focuses the first selected line, or the first line if none is selected."""
        self.setFocus()
        lines = [self._model.index(row) for row in range(self._model.rowCount())]
        ticked = (index for index in lines if self._model.is_ticked(self._model.line(index)))
        first = next(ticked, lines[0] if lines else QModelIndex())
        if first.isValid():
            self.setCurrentIndex(first)

    def _clicked(self, index: QModelIndex) -> None:
        line = self._model.line(index)
        if self._model.ticked is not None and line.ground is not None:
            self.ticked.emit(line.ground)
        else:
            self.line_taken.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self._clicked(index)
        elif is_enter and index.isValid() and self._model.ticked is None:
            self.line_taken.emit(self._model.line(index))
        elif event.text().strip() or event.key() == Qt.Key.Key_Escape or is_enter:
            event.ignore()  # digits and letters select grounds; no list search
        else:
            super().keyPressEvent(event)


FINDING_ROW_PX = 28
MOST_ROWS = 4


class _FindingDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: RowModel[FindingRow], view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, max(FINDING_ROW_PX, self._theme.line_px("body") + 8))

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
    """List of findings that grows to four rows, then scrolls.

    The selected row highlights its position in the text.
    """

    def __init__(self, theme: Theme) -> None:
        model = RowModel[FindingRow](lambda row: row.title, _whole)
        super().__init__(theme, model, self.tr("Found in the text"))
        self.setItemDelegate(_FindingDelegate(theme, model, self))

    def show_rows(self, rows: tuple[FindingRow, ...], chosen: int) -> None:
        row_px = max(FINDING_ROW_PX, self._theme.line_px("body") + 8)
        self.setFixedHeight(min(len(rows), MOST_ROWS) * row_px + 4)
        self.setVisible(bool(rows))
        super().show_rows(rows, chosen)


def _whole(row: FindingRow) -> str:
    return f"{row.title}, {row.paragraph}. {row.evidence}"
